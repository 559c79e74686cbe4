//! The picture of a card that follows the pointer.

use crate::ui::board::Point;
use gloo::utils::{body, document};
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

thread_local! {
    /// There is one at most, since one card is in hand at most.
    static GHOST: RefCell<Option<Ghost>> = const { RefCell::new(None) };
}

/// A copy of a card, without what names the original.
pub struct Ghost {
    copy: HtmlElement,
    /// From the card's corner to the pointer.
    grip: Point,
    /// Half of its height: its middle says where it would land.
    half: f64,
}

impl Ghost {
    /// Shows a card's copy under the pointer.
    pub fn lift(item: &str, at: Point) {
        let original = document().query_selector(&format!("[data-item=\"{item}\"] .card")).ok().flatten();
        let ghost = original.and_then(|original| Self::of(&original, at));
        GHOST.set(ghost);
        Self::follow(at);
    }

    fn of(original: &Element, at: Point) -> Option<Self> {
        let copy: HtmlElement = original.clone_node_with_deep(true).ok()?.dyn_into().ok()?;
        let area = original.get_bounding_client_rect();
        for name in ["data-testid", "id"] {
            copy.remove_attribute(name).ok()?;
        }
        for (name, value) in [("class", "card ghost"), ("aria-hidden", "true"), ("inert", "")] {
            copy.set_attribute(name, value).ok()?;
        }
        let style = copy.style();
        for (name, length) in [("inline-size", area.width()), ("block-size", area.height())] {
            style.set_property(name, &format!("{length}px")).ok()?;
        }
        body().append_child(&copy).ok()?;
        Some(Self { copy, grip: Point { x: at.x - area.left(), y: at.y - area.top() }, half: area.height() / 2.0 })
    }

    /// Moves the copy along.
    pub fn follow(at: Point) {
        GHOST.with_borrow(|ghost| {
            if let Some(Self { copy, grip, .. }) = ghost {
                let place = format!("translate({}px, {}px)", at.x - grip.x, at.y - grip.y);
                let _ = copy.style().set_property("transform", &place);
            }
        });
    }

    /// The middle of the copy's height, beside the pointer; the pointer itself where there is no copy.
    pub fn middle(at: Point) -> Point {
        GHOST.with_borrow(|ghost| match ghost {
            Some(ghost) => Point { x: at.x, y: at.y - ghost.grip.y + ghost.half },
            None => at,
        })
    }

    /// Takes the copy away.
    pub fn vanish() {
        GHOST.set(None);
    }
}

impl Drop for Ghost {
    fn drop(&mut self) {
        self.copy.remove();
    }
}

//! Pointers: mouse, pen and finger.

use crate::ui::board::Point;
use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, PointerEvent};

/// A pointer event, read.
#[derive(Clone, Copy, Debug)]
pub struct Pointer {
    pub id: i32,
    pub touch: bool,
    /// The mouse's first button without a key that gives a click another meaning, a pen or a finger.
    pub plain: bool,
    /// Whether no button is down, and nothing touches.
    pub up: bool,
    pub at: Point,
}

pub fn pointer(event: &PointerEvent) -> Pointer {
    let meant = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
    Pointer {
        id: event.pointer_id(),
        touch: event.pointer_type() == "touch",
        plain: event.button() == 0 && !meant,
        up: event.buttons() == 0,
        at: Point { x: event.client_x().into(), y: event.client_y().into() },
    }
}

/// The id of the card that an event met, unless it met one of its buttons.
pub fn item_of(event: &Event) -> Option<String> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    if target.closest("button").ok()?.is_some() {
        return None;
    }
    target.closest("[data-item]").ok()??.get_attribute("data-item")
}

/// Sends all that the pointer does to the element which hears this event, wherever the pointer goes.
pub fn capture(board: &Element, pointer: i32) {
    // A pointer that is gone already will be reported as lost.
    let _ = board.set_pointer_capture(pointer);
}

pub fn release(board: &Element, pointer: i32) {
    let _ = board.release_pointer_capture(pointer);
}

/// Keeps a finger from scrolling, and from opening the browser's own menu, while `held` says so.
pub fn prevent_scrolling(board: &Element, held: impl Fn() -> bool + Clone + 'static) {
    let active = EventListenerOptions::enable_prevent_default();
    for name in ["touchmove", "contextmenu", "dragstart"] {
        let held = held.clone();
        let hear = move |event: &Event| {
            // A link is dragged by the browser itself, which we never want.
            if event.type_() == "dragstart" || held() {
                event.prevent_default();
            }
        };
        EventListener::new_with_options(board, name, active, hear).forget();
    }
}

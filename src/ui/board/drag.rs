//! Dragging a card by mouse, pen or finger.

use super::{
    BoardState,
    hold::{Gesture, Hand, Hold, Outcome, Place, Point, Press},
    moves,
};
use crate::ui::{
    browser::{self, Pointer},
    line::Line,
};
use leptos::{ev, html, prelude::*};

/// A finger that rests for so long on a card means to lift it, in milliseconds.
const REST: u32 = 380;

/// The click that a drop makes comes within so many milliseconds, or not at all.
const CLICK: u32 = 250;

/// Handles for the columns' events.
#[derive(Clone, Copy)]
pub struct Drag {
    line: Line,
    board: BoardState,
    columns: NodeRef<html::Div>,
    /// Where the pointer was last.
    last: StoredValue<Point>,
    /// Counts presses, so that a rest knows which one it belongs to.
    presses: StoredValue<u32>,
    /// Whether the click that follows a drop is still to come; it must not open the card.
    dropped: StoredValue<bool>,
}

impl Drag {
    pub fn new(line: Line, board: BoardState, columns: NodeRef<html::Div>) -> Self {
        let (last, presses) = (StoredValue::new(Point::default()), StoredValue::new(0));
        Self { line, board, columns, last, presses, dropped: StoredValue::new(false) }
    }

    /// Begins to listen, once the columns are in the page.
    pub fn listen(self) {
        if let Some(columns) = self.columns.get_untracked() {
            browser::prevent_scrolling(&columns, move || self.by_pointer().is_some());
        }
    }

    /// The pointer that holds a card.
    fn by_pointer(self) -> Option<i32> {
        match self.board.hold.try_get_untracked()?.held()?.by {
            Hand::Pointer(pointer) => Some(pointer),
            Hand::Keys => None,
        }
    }

    pub fn down(self, event: &ev::PointerEvent) {
        let pointer = browser::pointer(event);
        self.dropped.set_value(false);
        let item = browser::item_of(event).and_then(|item| item.parse().ok());
        let card = item.and_then(|item| self.board.peek(item)).filter(|card| self.board.can_move(card));
        let place = card.and_then(|card| Some((card.id, self.board.place(card.id)?)));
        let Some((item, from)) = place.filter(|_| pointer.plain) else {
            // A second finger beside the cards puts one that is in hand back, too.
            if let Some(held) = self.board.hold.get_untracked().held() {
                let Pointer { id: pointer, touch, at, .. } = pointer;
                self.apply(Gesture::Down(Press { item: held.item, pointer, touch, at, from: held.from }));
            }
            return;
        };
        self.last.set_value(pointer.at);
        self.apply(Gesture::Down(Press { item, pointer: pointer.id, touch: pointer.touch, at: pointer.at, from }));
        self.presses.update_value(|presses| *presses += 1);
        if pointer.touch {
            let own = self.presses.get_value();
            browser::later(REST, move || {
                let waits = matches!(self.board.hold.try_get_untracked(), Some(Hold::Pressed(_)));
                if waits && self.presses.try_get_value() == Some(own) {
                    self.apply(Gesture::Rested);
                }
            });
        }
    }

    pub fn moved(self, event: &ev::PointerEvent) {
        if self.board.hold.with_untracked(|hold| *hold == Hold::Idle) {
            return;
        }
        let pointer = browser::pointer(event);
        if pointer.up {
            // It was let go where nobody heard of it.
            return self.apply(Gesture::Lost { pointer: pointer.id });
        }
        if self.by_pointer() == Some(pointer.id) {
            self.last.set_value(pointer.at);
            browser::Ghost::follow(pointer.at);
        }
        self.apply(Gesture::Moved { pointer: pointer.id, at: pointer.at, over: self.over(pointer.at) });
    }

    pub fn up(self, event: &ev::PointerEvent) {
        self.apply(Gesture::Up { pointer: browser::pointer(event).id });
    }

    /// The columns do not get the pointer's events any more. A link that loses a finger to them says so, too.
    pub fn lost_capture(self, event: &ev::PointerEvent) {
        if event.target() == event.current_target() {
            self.lost(event);
        }
    }

    pub fn lost(self, event: &ev::PointerEvent) {
        self.apply(Gesture::Lost { pointer: browser::pointer(event).id });
    }

    /// Swallows the click that the browser makes of a drop.
    pub fn click(self, event: &ev::MouseEvent) {
        if self.dropped.get_value() {
            self.dropped.set_value(false);
            event.prevent_default();
            event.stop_propagation();
        }
    }

    fn apply(self, gesture: Gesture) {
        match moves::apply(self.line, self.board, gesture) {
            Outcome::Lifted(held) => {
                browser::Ghost::lift(&held.item.to_string(), self.last.get_value());
                if let (Hand::Pointer(pointer), Some(columns)) = (held.by, self.columns.get_untracked()) {
                    browser::capture(&columns, pointer);
                }
                self.scroll_near_edges();
            }
            Outcome::Dropped(held) | Outcome::Cancelled(held) => {
                browser::Ghost::vanish();
                self.dropped.set_value(true);
                // A finger makes no click of it.
                browser::later(CLICK, move || {
                    self.dropped.try_set_value(false);
                });
                if let (Hand::Pointer(pointer), Some(columns)) = (held.by, self.columns.get_untracked()) {
                    browser::release(&columns, pointer);
                }
            }
            Outcome::Nothing | Outcome::Shifted(_) => {}
        }
    }

    /// Over which place the card in hand is.
    fn over(self, at: Point) -> Option<Place> {
        self.by_pointer()?;
        let (column, cards) = browser::card_slot(browser::Ghost::middle(at))?;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // not below 0, and far from 2^52
        Some(Place { column, index: cards.max(0.0) as usize })
    }

    /// With each picture, for as long as the card is in hand.
    fn scroll_near_edges(self) {
        request_animation_frame(move || {
            let (Some(pointer), Some(at)) = (self.by_pointer(), self.last.try_get_value()) else {
                // It may have been put back by somebody else's change, or the page was left.
                return browser::Ghost::vanish();
            };
            if browser::auto_scroll(at) {
                self.apply(Gesture::Moved { pointer, at, over: self.over(at) });
            }
            self.scroll_near_edges();
        });
    }
}

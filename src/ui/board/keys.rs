//! The board by keyboard: arrows between cards, Space to lift one, and shortcuts.

use super::{
    BoardState,
    hold::{Gesture, Key, Place, step},
    moves,
};
use crate::{
    domain::{ids::ItemId, policy},
    i18n,
    ui::{browser, line::Line},
};
use leptos::{ev, prelude::*};

/// A key by its name in the browser.
fn key(event: &ev::KeyboardEvent) -> Option<Key> {
    if event.ctrl_key() || event.alt_key() || event.meta_key() {
        return None;
    }
    Some(match event.key().as_str() {
        "ArrowUp" => Key::Up,
        "ArrowDown" => Key::Down,
        "ArrowLeft" => Key::Left,
        "ArrowRight" => Key::Right,
        "Home" => Key::Home,
        "End" => Key::End,
        " " => Key::Space,
        "Escape" => Key::Escape,
        _ => return None,
    })
}

/// A key pressed within the columns.
pub fn on_board(line: Line, board: BoardState, event: &ev::KeyboardEvent) {
    if board.hold.with_untracked(|hold| hold.held().is_some()) {
        if event.key() == "Tab" {
            // Whoever goes elsewhere has not decided: the card goes back.
            moves::apply(line, board, Gesture::Key(Key::Escape));
        } else if let Some(key) = key(event).or((event.key() == "Enter").then_some(Key::Space)) {
            event.prevent_default();
            // Not the page's Escape as well.
            event.stop_propagation();
            moves::apply(line, board, Gesture::Key(key));
        }
        return;
    }
    let Some((item, from)) = on_card(board, event) else { return };
    match key(event) {
        Some(Key::Space) => lift(line, board, item, from),
        Some(Key::Escape) => return,
        Some(key) => walk(board, from, key),
        None if letter(event) == "m" && !event.ctrl_key() && !event.meta_key() => open_menu(board, item),
        None => return,
    }
    event.prevent_default();
}

fn on_card(board: BoardState, event: &ev::KeyboardEvent) -> Option<(ItemId, Place)> {
    let item = browser::item_of(event)?.parse().ok()?;
    Some((item, board.place(item)?))
}

fn lift(line: Line, board: BoardState, item: ItemId, from: Place) {
    match board.peek(item) {
        Some(card) if board.can_move(&card) => {
            moves::apply(line, board, Gesture::Lift { item, from });
        }
        _ => board.say(i18n::board::cannot_move(line.locale()).to_owned()),
    }
}

fn open_menu(board: BoardState, item: ItemId) {
    if board.peek(item).is_some_and(|card| board.can_move(&card)) {
        board.menu.set(Some(item));
    }
}

/// What is printed on a key, in lower case; where letters are not Latin, what a Latin keyboard has in its place.
fn letter(event: &ev::KeyboardEvent) -> String {
    let key = event.key().to_lowercase();
    match event.code().strip_prefix("Key") {
        Some(latin) if !key.is_ascii() => latin.to_lowercase(),
        _ => key,
    }
}

/// To the card in that direction; columns without cards are passed over.
fn walk(board: BoardState, from: Place, key: Key) {
    let room = board.room(None);
    let mut to = step(from, key, &room);
    while to.column != from.column && room.get(to.column) == Some(&0) {
        let next = step(to, key, &room);
        if next == to {
            return;
        }
        to = next;
    }
    let Some(last) = room.get(to.column).and_then(|count| count.checked_sub(1)) else { return };
    focus(board, Place { index: to.index.min(last), ..to });
}

/// Moves the focus to the card at a place, which may have to be drawn first.
fn focus(board: BoardState, place: Place) {
    let column = board.column(place.column);
    if let Some(item) = column.and_then(|column| column.ids.with_untracked(|ids| ids.get(place.index).copied())) {
        board.go_to(item);
    }
}

/// What a key pressed anywhere on the page means; nothing while somebody types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortcut {
    NewItem,
    Search,
    Filters,
    Help,
}

pub fn shortcut(board: BoardState, event: &ev::KeyboardEvent) -> Option<Shortcut> {
    if event.ctrl_key()
        || event.alt_key()
        || event.meta_key()
        || browser::is_typing(event)
        || browser::open_dialogs() > 0
        || board.hold.with_untracked(|hold| hold.held().is_some())
    {
        return None;
    }
    match letter(event).as_str() {
        "n" if board.viewer.with_value(policy::can_create_items) => Some(Shortcut::NewItem),
        "/" => Some(Shortcut::Search),
        "f" => Some(Shortcut::Filters),
        "?" => Some(Shortcut::Help),
        _ => None,
    }
}

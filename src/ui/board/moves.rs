//! What a gesture leads to: the card is lifted, moves, lands or goes back, and each step is told.

use super::{
    BoardState,
    hold::{Gesture, Hand, Held, Hold, Outcome, Place},
};
use crate::{
    domain::{
        change::Command,
        ids::{ItemId, StatusId},
        items::ItemCommand,
    },
    i18n::{self, Locale},
    ui::{
        browser,
        kit::names,
        line::{Answered, Line},
    },
};
use leptos::prelude::*;

/// Feeds a gesture to what is in hand, and does what follows.
pub fn apply(line: Line, board: BoardState, gesture: Gesture) -> Outcome {
    let hold = board.hold.get_untracked();
    let item = match (hold, gesture) {
        (Hold::Held(held), _) => Some(held.item),
        (Hold::Pressed(press), _) => Some(press.item),
        (Hold::Idle, Gesture::Lift { item, .. }) => Some(item),
        (Hold::Idle, _) => None,
    };
    let (next, outcome) = hold.on(gesture, &board.room(item));
    if next != hold {
        board.hold.set(next);
    }
    match outcome {
        Outcome::Nothing => {}
        Outcome::Lifted(held) => told(line, board, &held, i18n::board::lifted),
        Outcome::Shifted(held) => told(line, board, &held, i18n::board::shifted),
        Outcome::Dropped(held) => land(line, board, &held),
        Outcome::Cancelled(held) => go_back(line, board, &held),
    }
    outcome
}

/// Where a card is, in words that get the title, the status, the place and how many there are.
type Told = fn(Locale, String, String, usize, usize) -> String;

fn told(line: Line, board: BoardState, held: &Held, words: Told) {
    let words = place_in_words(line, board, held.item, held.to, words);
    board.say(words);
    if held.by == Hand::Keys {
        board.measure();
        // The place is drawn with the next picture.
        request_animation_frame(browser::show_place);
    }
}

fn place_in_words(line: Line, board: BoardState, item: ItemId, to: Place, words: Told) -> String {
    let locale = line.locale();
    let title = board.peek(item).map(|card| card.title.clone()).unwrap_or_default();
    let status = board.column(to.column);
    let status = status.map(|column| column.status.with_value(|status| names::status(locale, status)));
    let room = board.room(Some(item)).get(to.column).copied().unwrap_or_default();
    words(locale, title, status.unwrap_or_default(), to.index + 1, room + 1)
}

fn go_back(line: Line, board: BoardState, held: &Held) {
    let title = board.peek(held.item).map(|card| card.title.clone()).unwrap_or_default();
    board.say(i18n::board::put_back(line.locale(), title));
    board.measure();
    if held.by == Hand::Keys {
        board.go_to(held.item);
    }
}

fn land(line: Line, board: BoardState, held: &Held) {
    if held.by == Hand::Keys {
        board.want_focus(held.item);
    }
    if held.from == held.to {
        return go_back(line, board, held);
    }
    let Some(column) = board.column(held.to.column) else { return };
    let to = column.status.with_value(|status| status.id);
    board.say(place_in_words(line, board, held.item, held.to, i18n::board::dropped));
    submit(line, board, held.item, to, board.neighbour(held.item, held.to));
}

/// Moves a card to the top of a status, as its menu does.
pub fn move_to(line: Line, board: BoardState, item: ItemId, column: usize) {
    let Some(column) = board.column(column) else { return };
    let to = Place { column: column.at, index: 0 };
    board.say(place_in_words(line, board, item, to, i18n::board::dropped));
    submit(line, board, item, column.status.with_value(|status| status.id), None);
}

fn submit(line: Line, board: BoardState, item: ItemId, to: StatusId, after: Option<ItemId>) {
    let title = board.peek(item).map(|card| card.title.clone()).unwrap_or_default();
    let command = Command::Item(ItemCommand::Move { item, to, after });
    line.submit(command, move |answered| {
        if let Answered::Refused(error) = answered {
            line.tell_refused(&title, &error);
        }
    });
}

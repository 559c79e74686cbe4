//! What others did while somebody looks: the card that they moved glows, and one that is gone from the hand is told.

use super::{BoardState, hold::Gesture, moves};
use crate::{
    domain::{
        change::Change,
        ids::{ItemId, OrgId},
        items::ItemChange,
    },
    i18n::{self, Locale},
    ui::{
        browser,
        kit::{day, names},
        line::Line,
    },
};
use leptos::prelude::*;

/// For how long a card glows, in milliseconds.
const GLOW: u32 = 2400;

/// For how long somebody who has touched a card wants to know who else does, in milliseconds.
const TOUCHED: f64 = 600_000.0;

/// What is not older than so many milliseconds was a moment ago.
const RECENT: i64 = 180_000;

/// For how long that stands on the card.
const TOLD: u32 = 60_000;

/// Tells of a change that has just been applied.
pub fn tell(line: Line, board: BoardState, change: &Change, by: Option<OrgId>, at: i64, own: bool) {
    let Change::Item(change) = change else {
        // The plan itself has changed; everything may look different.
        return line.newer.set(true);
    };
    let item = change.item();
    let hold = board.hold.get_untracked().held().filter(|held| held.item == item);
    if hold.is_some() && board.place(item).is_none() {
        moves::apply(line, board, Gesture::Gone(item));
        line.notices.tell(i18n::board::gone(line.locale()).to_owned());
    }
    if own {
        return;
    }
    let short = |org: OrgId| board.frame.with_value(|frame| frame.organisation(org).map(|org| org.short_name.clone()));
    let mark = by.and_then(short).unwrap_or_default();
    if board.has_touched(item, TOUCHED) {
        tell_overtaken(line, board, change, &mark, at);
    }
    if matches!(change, ItemChange::Moved { .. }) {
        glow(board, item, mark);
    }
}

fn glow(board: BoardState, item: ItemId, mark: String) {
    let revision = board.revision();
    board.glow.update(|glow| drop(glow.insert(item, (mark, revision))));
    browser::later(GLOW, move || {
        // Unless it was moved again meanwhile.
        if board.glow.with_untracked(|glow| glow.get(&item).is_some_and(|glow| glow.1 == revision)) {
            board.glow.update(|glow| drop(glow.remove(&item)));
        }
    });
}

/// Whoever has just worked on a card is told, on the card, that somebody else has, too.
fn tell_overtaken(line: Line, board: BoardState, change: &ItemChange, by: &str, at: i64) {
    let (locale, item) = (line.locale(), change.item());
    let when = when(locale, at);
    let words = match change {
        ItemChange::Moved { to, .. } => {
            let status = board.frame.with_value(|frame| frame.status(*to).map(|status| names::status(locale, status)));
            i18n::board::overtaken_moved(locale, status.unwrap_or_default(), by, when)
        }
        ItemChange::Edited { .. } => i18n::board::overtaken_edited(locale, by, when),
        // The card is gone, so it is told beside the board.
        ItemChange::Archived { .. } | ItemChange::Hidden { .. } => {
            let title = board.peek(item).map(|card| card.title.clone()).unwrap_or_default();
            return line.notices.tell(i18n::board::overtaken_gone(locale, title, by, when));
        }
        _ => return,
    };
    board.overtaken.update(|overtaken| drop(overtaken.insert(item, words.clone())));
    board.say(words.clone());
    browser::later(TOLD, move || {
        if board.overtaken.with_untracked(|overtaken| overtaken.get(&item) == Some(&words)) {
            board.overtaken.update(|overtaken| drop(overtaken.remove(&item)));
        }
    });
}

/// A moment ago, or the day and the time of it.
fn when(locale: Locale, at: i64) -> String {
    if browser::wall_clock() - at < RECENT {
        return i18n::board::moment_ago(locale).to_owned();
    }
    let (day, time) = browser::local_day_and_time(at);
    let day = day.map(|day| day::full(locale, day)).unwrap_or_default();
    i18n::board::on_day(locale, day, time)
}

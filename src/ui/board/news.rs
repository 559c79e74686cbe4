//! What others did while somebody looks: the card that they moved glows, and one that is gone from the hand is told.

use super::{BoardState, hold::Gesture, moves};
use crate::{
    domain::{change::Change, ids::OrgId, items::ItemChange},
    i18n,
    ui::{browser, line::Line},
};
use leptos::prelude::*;

/// For how long a card glows, in milliseconds.
const GLOW: u32 = 2400;

/// Tells of a change that has just been applied.
pub fn tell(line: Line, board: BoardState, change: &Change, by: Option<OrgId>, own: bool) {
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
    if own || !matches!(change, ItemChange::Moved { .. }) {
        return;
    }
    let short = |org: OrgId| board.frame.with_value(|frame| frame.organisation(org).map(|org| org.short_name.clone()));
    let mark = by.and_then(short).unwrap_or_default();
    board.glow.set(Some((item, mark)));
    browser::later(GLOW, move || {
        board.glow.update(|glow| *glow = glow.take().filter(|(glowing, _)| *glowing != item));
    });
}

//! Which status each item had when, as the history of the plan tells it.

use crate::domain::{
    change::{Change, Entry},
    day::Day,
    ids::{ItemId, Revision, StatusId},
    items::ItemChange,
};
use std::collections::HashMap;

/// An item's coming into a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Milliseconds since 1970, UTC.
    pub at: i64,
    pub status: StatusId,
}

/// The turns of every item, each in the order in which they were recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Course {
    /// Up to which revision of the plan it goes.
    pub revision: Revision,
    turns: HashMap<ItemId, Vec<Turn>>,
}

impl Course {
    /// Follows what was recorded; entries come in order, and those that move nothing may be left out.
    pub fn apply(&mut self, entry: &Entry) {
        self.revision = self.revision.max(entry.revision);
        let Change::Item(change) = &entry.change else { return };
        let (item, status) = match change {
            ItemChange::Created(item) => (item.id, item.status),
            ItemChange::Moved { item, to, .. } => (*item, *to),
            _ => return,
        };
        let turns = self.turns.entry(item).or_default();
        // A card that only changed its place in a column has made no turn.
        if turns.last().is_none_or(|last| last.status != status) {
            turns.push(Turn { at: entry.at, status });
        }
    }

    /// The turns of an item, oldest first.
    pub fn of(&self, item: ItemId) -> &[Turn] {
        self.turns.get(&item).map(Vec::as_slice).unwrap_or_default()
    }

    /// The status at the end of a day; nothing before there was the item. `day_of` says on which day an instant was.
    pub fn status_on(&self, item: ItemId, day: Day, day_of: impl Fn(i64) -> Day) -> Option<StatusId> {
        let until = self.of(item).iter().rev().find(|turn| day_of(turn.at) <= day);
        until.map(|turn| turn.status)
    }

    /// Since when an item was done without a break, as far as its turns are known that `counts` lets count; nothing if it
    /// was not done after the last of them.
    pub fn done_since(
        &self,
        item: ItemId,
        counts: impl Fn(i64) -> bool,
        is_done: impl Fn(StatusId) -> bool,
    ) -> Option<i64> {
        let turns = self.of(item).iter().rev().skip_while(|turn| !counts(turn.at));
        turns.take_while(|turn| is_done(turn.status)).last().map(|turn| turn.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        ids::{MemberId, OpId},
        rank::Rank,
    };
    use uuid::Uuid;

    const DAY: i64 = 86_400_000;

    fn status(n: u128) -> StatusId {
        StatusId(Uuid::from_u128(n))
    }

    fn day(n: i64) -> Day {
        Day::new(2026, 1, 1).unwrap().plus_days(i32::try_from(n).unwrap()).unwrap()
    }

    fn moved(revision: i64, on: i64, to: u128) -> Entry {
        let (item, rank) = (ItemId(Uuid::nil()), Rank::stored("8".to_owned()));
        Entry {
            revision: Revision(revision),
            op: OpId(Uuid::nil()),
            actor: MemberId(Uuid::nil()),
            at: on * DAY,
            change: Change::Item(ItemChange::Moved { item, to: status(to), rank }),
        }
    }

    fn course(turns: &[(i64, u128)]) -> Course {
        let mut course = Course::default();
        for (nth, (on, to)) in turns.iter().enumerate() {
            course.apply(&moved(i64::try_from(nth).unwrap() + 1, *on, *to));
        }
        course
    }

    #[test]
    fn an_item_had_the_status_that_it_came_into_last() {
        let course = course(&[(1, 1), (3, 2), (3, 3), (9, 1)]);
        let on = |n| course.status_on(ItemId(Uuid::nil()), day(n), |at| day(at / DAY));
        assert_eq!(
            [0, 1, 2, 3, 8, 9].map(on),
            [None, Some(1), Some(1), Some(3), Some(3), Some(1)].map(|n| n.map(status))
        );
        assert_eq!(course.revision, Revision(4));
    }

    #[test]
    fn done_counts_from_when_it_was_done_for_good() {
        let until = |turns: &[(i64, u128)], until: i64| {
            course(turns).done_since(ItemId(Uuid::nil()), |at| at <= until * DAY, |it| it == status(9))
        };
        let since = |turns: &[(i64, u128)]| until(turns, 99);
        assert_eq!(since(&[(1, 1), (2, 9), (3, 1), (5, 9)]), Some(5 * DAY));
        assert_eq!(
            [2, 3, 5].map(|day| until(&[(1, 1), (2, 9), (3, 1), (5, 9)], day)),
            [Some(2 * DAY), None, Some(5 * DAY)]
        );
        assert_eq!(since(&[(1, 1), (2, 9), (6, 9)]), Some(2 * DAY), "moved up and down among what is done");
        assert_eq!(since(&[(1, 9), (2, 1)]), None);
        assert_eq!(since(&[]), None);
    }
}

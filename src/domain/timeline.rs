//! Items as bars over the quarters of a plan, and what becomes of their days when a bar is moved.

use super::{day::Day, items::Facts, plan::Plan};

/// The whole of a timeline, in the units in which places on it are told.
pub const WHOLE: i32 = 1000;

/// From the first day of the plan's first quarter to the last of its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeline {
    first: Day,
    last: Day,
}

/// What a bar spans. An item without a start begins with the quarter in which it is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    pub start: Day,
    pub due: Day,
}

/// What somebody does to a bar, in days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shift {
    /// Start and due day together.
    Whole(i32),
    /// The due day alone.
    Due(i32),
}

impl Timeline {
    pub fn of(plan: &Plan) -> Self {
        let last = plan.ends.quarter().max(plan.starts.quarter());
        Self { first: plan.starts.quarter().first_day(), last: last.last_day() }
    }

    pub fn days(self) -> i32 {
        self.first.days_until(self.last) + 1
    }

    /// How many days of it are over at the beginning of a day; none before it, all after it.
    pub fn passed(self, day: Day) -> i32 {
        self.first.days_until(day).clamp(0, self.days())
    }

    /// Where a day begins, of [`WHOLE`].
    pub fn at(self, day: Day) -> i32 {
        self.passed(day) * WHOLE / self.days()
    }

    /// Where a day ends.
    pub fn after(self, day: Day) -> i32 {
        (self.first.days_until(day) + 1).clamp(0, self.days()) * WHOLE / self.days()
    }

    /// What days become: start, where there is one, and due day. What is moved whole keeps its length, so it gets a start if
    /// it had none. Nothing if there is no due day, if it would come before the start, or go further beyond the timeline.
    pub fn shifted(self, facts: &Facts, shift: Shift) -> Option<(Option<Day>, Day)> {
        let bar = Bar::of(facts.start, facts.due)?;
        let (start, due) = match shift {
            Shift::Whole(0) | Shift::Due(0) => return Some((facts.start, bar.due)),
            Shift::Whole(days) => (Some(bar.start.plus_days(days)?), bar.due.plus_days(days)?),
            Shift::Due(days) => (facts.start, bar.due.plus_days(days)?),
        };
        let is_near = self.beyond(due) == 0 || self.beyond(due) < self.beyond(bar.due);
        (is_near && start.is_none_or(|start| start <= due)).then_some((start, due))
    }

    /// How many days a day lies before or after it.
    fn beyond(self, day: Day) -> i32 {
        day.days_until(self.first).max(self.last.days_until(day)).max(0)
    }
}

impl Bar {
    pub fn of(start: Option<Day>, due: Option<Day>) -> Option<Self> {
        let due = due?;
        let start = start.unwrap_or_else(|| due.quarter().first_day());
        Some(Self { start, due })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{ObjectiveId, OrgId, PlanId};
    use proptest::prelude::*;
    use uuid::Uuid;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn timeline() -> Timeline {
        Timeline::of(&Plan {
            id: PlanId(Uuid::nil()),
            title: String::new(),
            starts: day("2026-02-01"),
            ends: day("2027-11-30"),
            time_zone: "UTC".to_owned(),
        })
    }

    fn facts(start: Option<&str>, due: Option<&str>) -> Facts {
        Facts {
            objective: ObjectiveId(Uuid::nil()),
            lead: OrgId(Uuid::nil()),
            co_partners: Vec::new(),
            start: start.map(day),
            due: due.map(day),
            measure: None,
        }
    }

    #[test]
    fn a_timeline_has_whole_quarters() {
        let timeline = timeline();
        assert_eq!(timeline.days(), 730);
        assert_eq!((timeline.at(day("2026-01-01")), timeline.after(day("2027-12-31"))), (0, WHOLE));
        assert_eq!(timeline.at(day("2027-01-01")), WHOLE / 2);
        assert_eq!((timeline.at(day("2020-01-01")), timeline.at(day("2030-01-01"))), (0, WHOLE));
    }

    #[test]
    fn a_bar_without_a_start_begins_with_its_quarter() {
        let bar = Bar::of(None, Some(day("2026-12-31"))).unwrap();
        assert_eq!(bar.start, day("2026-10-01"));
        assert_eq!(Bar::of(Some(day("2026-12-01")), None), None);
    }

    #[test]
    fn a_bar_is_moved_whole_or_by_its_end() {
        let timeline = timeline();
        let item = facts(Some("2026-03-01"), Some("2026-03-31"));
        let moved = timeline.shifted(&item, Shift::Whole(7));
        assert_eq!(moved, Some((Some(day("2026-03-08")), day("2026-04-07"))));
        let longer = timeline.shifted(&item, Shift::Due(7));
        assert_eq!(longer, Some((Some(day("2026-03-01")), day("2026-04-07"))));
        assert_eq!(timeline.shifted(&item, Shift::Due(-31)), None, "not before its start");
        assert_eq!(timeline.shifted(&facts(None, Some("2027-12-31")), Shift::Whole(1)), None, "not beyond the plan");
        assert_eq!(timeline.shifted(&facts(Some("2026-03-01"), None), Shift::Whole(7)), None);
    }

    #[test]
    fn a_bar_without_a_start_keeps_the_length_that_was_drawn() {
        let item = facts(None, Some("2026-12-31"));
        let moved = timeline().shifted(&item, Shift::Whole(7));
        assert_eq!(moved, Some((Some(day("2026-10-08")), day("2027-01-07"))));
        assert_eq!(timeline().shifted(&item, Shift::Due(7)), Some((None, day("2027-01-07"))));
        assert_eq!(timeline().shifted(&item, Shift::Whole(0)), Some((None, day("2026-12-31"))));
    }

    #[test]
    fn what_is_due_beyond_the_plan_can_be_brought_back() {
        let timeline = timeline();
        let item = facts(Some("2027-01-01"), Some("2028-06-30"));
        assert!(timeline.shifted(&item, Shift::Due(-7)).is_some());
        assert_eq!(timeline.shifted(&item, Shift::Due(7)), None);
    }

    proptest! {
        #[test]
        fn what_is_moved_and_moved_back_is_as_it_was(start in 0..300, length in 0..300, days in -100..100) {
            let timeline = timeline();
            let first = day("2026-02-01");
            let start = first.plus_days(start).unwrap();
            let item = Facts { start: Some(start), due: start.plus_days(length), ..facts(None, None) };
            for shift in [Shift::Whole as fn(i32) -> Shift, Shift::Due] {
                if let Some((start, due)) = timeline.shifted(&item, shift(days)) {
                    let moved = Facts { start, due: Some(due), ..item.clone() };
                    let back = timeline.shifted(&moved, shift(-days));
                    prop_assert_eq!(back, item.due.map(|due| (item.start, due)));
                }
            }
        }
    }
}

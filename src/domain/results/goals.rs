//! Changes of baseline and targets. Moving a goal after the first value has been approved changes what was promised, so
//! it needs a reason, which is kept with what stood there before.

use super::{
    indicator::Indicator,
    scale::{Accumulation, Baseline, Direction, Scale},
    value::Point,
};
use crate::domain::{
    day::{Day, Quarter},
    fields::{Field, FieldError, Problem},
    text::{Reason, Unit},
};
use serde::{Deserialize, Serialize};

/// A change of one goal, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GoalChange {
    Baseline {
        before: Option<Baseline>,
        after: Option<Baseline>,
    },
    Target {
        period: Quarter,
        before: Option<Point>,
        after: Option<Point>,
    },
    /// Of a baseline and targets that stay as numbers, but come to mean something else.
    Direction {
        before: Direction,
        after: Direction,
    },
    Accumulation {
        before: Accumulation,
        after: Accumulation,
    },
    Unit {
        before: Unit,
        after: Unit,
    },
    /// Whether it counts people, and so who is told of small numbers.
    People {
        before: bool,
        after: bool,
    },
}

/// Changed goals, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoalChanges {
    pub changes: Vec<GoalChange>,
    /// Always there once a reading has been approved, until it is withdrawn.
    pub reason: Option<Reason>,
}

/// Goals of an indicator that moved, as history has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// In the plan's time zone.
    pub day: Day,
    pub goals: GoalChanges,
}

impl GoalChanges {
    /// What changes of what was promised; nothing if no goal does. `was_approved` says whether any reading of the
    /// indicator ever was, even if it has been reopened since.
    pub fn between(
        before: &Indicator,
        after: &Indicator,
        was_approved: bool,
        reason: Option<Reason>,
    ) -> Result<Option<Self>, FieldError> {
        let (from, to) = (&before.scale, &after.scale);
        let goals = baseline(from, to).into_iter().chain(targets(from, to));
        let changes: Vec<GoalChange> = goals.chain(meaning(before, after)).collect();
        match reason {
            _ if changes.is_empty() => Ok(None),
            None if was_approved => Err(FieldError::new(Field::Why, Problem::Missing)),
            reason => Ok(Some(Self { changes, reason })),
        }
    }
}

fn baseline(before: &Scale, after: &Scale) -> Option<GoalChange> {
    let (before, after) = (before.baseline(), after.baseline());
    (before != after).then(|| GoalChange::Baseline { before: before.cloned(), after: after.cloned() })
}

/// How what is measured is to be understood.
fn meaning(before: &Indicator, after: &Indicator) -> impl Iterator<Item = GoalChange> + use<> {
    let (from, to) = (&before.scale, &after.scale);
    let direction = (from.direction() != to.direction())
        .then(|| GoalChange::Direction { before: from.direction(), after: to.direction() });
    let accumulation = (from.accumulation() != to.accumulation())
        .then(|| GoalChange::Accumulation { before: from.accumulation(), after: to.accumulation() });
    let unit = (before.unit != after.unit)
        .then(|| GoalChange::Unit { before: before.unit.clone(), after: after.unit.clone() });
    let people = (from.counts_people() != to.counts_people())
        .then(|| GoalChange::People { before: from.counts_people(), after: to.counts_people() });
    direction.into_iter().chain(accumulation).chain(unit).chain(people)
}

fn targets(before: &Scale, after: &Scale) -> Vec<GoalChange> {
    let mut periods: Vec<Quarter> = before.targets().iter().chain(after.targets()).map(|it| it.period).collect();
    periods.sort_unstable();
    periods.dedup();
    let changes = periods.into_iter().map(|period| (period, target(before, period), target(after, period)));
    changes
        .filter(|(_, before, after)| before != after)
        .map(|(period, before, after)| GoalChange::Target { period, before, after })
        .collect()
}

fn target(scale: &Scale, period: Quarter) -> Option<Point> {
    scale.targets().iter().find(|target| target.period == period).map(|target| target.value.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::results::sample::{agreements, number, quarter, scale, with_scale};

    fn between(before: &Scale, after: &Scale, was_approved: bool) -> Result<Option<GoalChanges>, FieldError> {
        because(before, after, was_approved, None)
    }

    fn because(
        before: &Scale,
        after: &Scale,
        was_approved: bool,
        reason: Option<Reason>,
    ) -> Result<Option<GoalChanges>, FieldError> {
        let of = |scale: &Scale| with_scale(1, scale.clone());
        GoalChanges::between(&of(before), &of(after), was_approved, reason)
    }

    #[test]
    fn a_goal_moves_only_for_a_reason_once_a_value_was_approved() {
        let before = agreements();
        let after = scale("2", &[("2019Q4", "4"), ("2020Q4", "6")]);
        assert_eq!(between(&before, &after, true), Err(FieldError::new(Field::Why, Problem::Missing)));
        let change =
            GoalChange::Target { period: quarter("2020Q4"), before: Some(number("7")), after: Some(number("6")) };
        let kept = between(&before, &after, false).unwrap().unwrap();
        assert_eq!(kept, GoalChanges { changes: vec![change], reason: None });
        let reason = Reason::parse("Two ministries were merged").unwrap();
        let kept = because(&before, &after, true, Some(reason.clone())).unwrap().unwrap();
        assert_eq!(kept.reason, Some(reason));
    }

    /// 7 agreements to reach are another promise when they are 7 complaints not to exceed.
    #[test]
    fn what_a_goal_means_is_part_of_it() {
        let before = with_scale(1, agreements());
        let missing = Err(FieldError::new(Field::Why, Problem::Missing));
        let old = &before.scale;
        let (baseline, targets) = (old.baseline().cloned(), old.targets().to_vec());
        let as_state = Scale::new(old.kind(), old.direction(), Accumulation::Latest, baseline, targets).unwrap();
        let other_unit = Indicator { unit: Unit::parse("complaints").unwrap(), ..before.clone() };
        let people = Indicator { scale: before.scale.clone().with_people(true).unwrap(), ..before.clone() };
        let table = [Indicator { scale: as_state, ..before.clone() }, other_unit, people];
        for after in table {
            assert_eq!(GoalChanges::between(&before, &after, true, None), missing);
            let kept = GoalChanges::between(&before, &after, false, None).unwrap().unwrap();
            assert_eq!(kept.changes.len(), 1);
        }
    }

    #[test]
    fn taking_a_goal_away_is_a_change_and_none_needs_no_reason() {
        let before = agreements();
        assert_eq!(between(&before, &before, true), Ok(None));
        let after = scale("1", &[("2020Q4", "7")]);
        let kept = between(&before, &after, false).unwrap().unwrap();
        assert_eq!(kept.changes.len(), 2, "the baseline, and the target of 2019");
    }
}

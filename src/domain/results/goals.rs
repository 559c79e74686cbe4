//! Changes of baseline and targets. Moving a goal after the first value has been approved changes what was promised, so
//! it needs a reason, which is kept with what stood there before.

use super::{
    scale::{Baseline, Scale},
    value::Point,
};
use crate::domain::{
    day::Quarter,
    fields::{Field, FieldError, Problem},
    text::Reason,
};
use serde::{Deserialize, Serialize};

/// A change of one goal, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GoalChange {
    Baseline { before: Option<Baseline>, after: Option<Baseline> },
    Target { period: Quarter, before: Option<Point>, after: Option<Point> },
}

/// Changed goals, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoalChanges {
    pub changes: Vec<GoalChange>,
    /// Always there once a reading has been approved.
    pub reason: Option<Reason>,
}

impl GoalChanges {
    /// What changes from one scale to another; nothing if no goal does. `was_approved` says whether any reading of the
    /// indicator ever was, even if it has been reopened since.
    pub fn between(
        before: &Scale,
        after: &Scale,
        was_approved: bool,
        reason: Option<Reason>,
    ) -> Result<Option<Self>, FieldError> {
        let changes: Vec<GoalChange> = baseline(before, after).into_iter().chain(targets(before, after)).collect();
        match reason {
            _ if changes.is_empty() => Ok(None),
            None if was_approved => Err(FieldError::new(Field::Reason, Problem::Missing)),
            reason => Ok(Some(Self { changes, reason })),
        }
    }
}

fn baseline(before: &Scale, after: &Scale) -> Option<GoalChange> {
    let (before, after) = (before.baseline(), after.baseline());
    (before != after).then(|| GoalChange::Baseline { before: before.cloned(), after: after.cloned() })
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
    use crate::domain::results::sample::{agreements, number, quarter, scale};

    fn between(before: &Scale, after: &Scale, was_approved: bool) -> Result<Option<GoalChanges>, FieldError> {
        GoalChanges::between(before, after, was_approved, None)
    }

    #[test]
    fn a_goal_moves_only_for_a_reason_once_a_value_was_approved() {
        let before = agreements();
        let after = scale("2", &[("2019Q4", "4"), ("2020Q4", "6")]);
        assert_eq!(between(&before, &after, true), Err(FieldError::new(Field::Reason, Problem::Missing)));
        let change =
            GoalChange::Target { period: quarter("2020Q4"), before: Some(number("7")), after: Some(number("6")) };
        let kept = between(&before, &after, false).unwrap().unwrap();
        assert_eq!(kept, GoalChanges { changes: vec![change], reason: None });
        let reason = Reason::parse("Two ministries were merged").unwrap();
        let kept = GoalChanges::between(&before, &after, true, Some(reason.clone())).unwrap().unwrap();
        assert_eq!(kept.reason, Some(reason));
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

//! A reading's way to being approved.
//!
//! ```text
//!           submit              approve
//!   draft ----------> submitted --------> approved
//!                      |     ^               |
//!               return |     | submit        | reopen
//!                      v     |               |
//!                     returned <-------------+
//! ```

use crate::domain::{accounts::Viewer, day::Quarter, ids::OrgId, policy};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// How far a reading is. Only an approved one counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Draft,
    Submitted,
    Returned,
    Approved,
}

/// What brings a reading from one state into another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    Submit,
    Return,
    Approve,
    Reopen,
}

/// Why a step is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stop {
    /// The period takes no more changes.
    Locked,
    /// The asker may not.
    Forbidden,
    /// The reading is in a state that the step does not start from.
    OutOfTurn,
}

impl State {
    pub const ALL: [State; 4] = [Self::Draft, Self::Submitted, Self::Returned, Self::Approved];

    /// Where a step leads to; nothing if it does not start here.
    pub fn next(self, step: Step) -> Option<State> {
        match (self, step) {
            (Self::Draft | Self::Returned, Step::Submit) => Some(Self::Submitted),
            (Self::Submitted, Step::Return) | (Self::Approved, Step::Reopen) => Some(Self::Returned),
            (Self::Submitted, Step::Approve) => Some(Self::Approved),
            _ => None,
        }
    }

    /// Whether value and narrative may still be changed: not under the eyes of who reviews them, and not afterwards.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Returned)
    }
}

impl Step {
    pub const ALL: [Step; 4] = [Self::Submit, Self::Return, Self::Approve, Self::Reopen];

    /// Those that this viewer may take from a state, in the order in which they are offered.
    pub fn offered(viewer: &Viewer, responsible: OrgId, state: State, is_locked: bool) -> Vec<Step> {
        let can_take = |step: &Step| step.take(viewer, responsible, state, is_locked).is_ok();
        Self::ALL.into_iter().filter(can_take).collect()
    }

    /// Takes the step, or says what stops it.
    pub fn take(self, viewer: &Viewer, responsible: OrgId, from: State, is_locked: bool) -> Result<State, Stop> {
        if !self.is_open_to(viewer, responsible) {
            return Err(Stop::Forbidden);
        }
        if is_locked {
            return Err(Stop::Locked);
        }
        from.next(self).ok_or(Stop::OutOfTurn)
    }

    fn is_open_to(self, viewer: &Viewer, responsible: OrgId) -> bool {
        match self {
            Self::Submit => policy::can_write_reading(viewer, responsible),
            Self::Return | Self::Approve | Self::Reopen => policy::can_review_readings(viewer),
        }
    }
}

/// The periods that are closed. What was approved in them counts on; nothing in them changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Locks(pub BTreeSet<Quarter>);

impl Locks {
    pub fn holds(&self, period: Quarter) -> bool {
        self.0.contains(&period)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        accounts::{Member, Role},
        ids::MemberId,
        results::sample::{org, quarter},
    };
    use uuid::Uuid;

    fn viewer(role: Role, of: OrgId) -> Viewer {
        Viewer::Member(Member { id: MemberId(Uuid::nil()), name: String::new(), org: of, role })
    }

    #[test]
    fn only_five_ways_lead_anywhere() {
        let ways = State::ALL.into_iter().flat_map(|from| Step::ALL.map(|step| (from, step, from.next(step))));
        let ways: Vec<_> = ways.filter_map(|(from, step, to)| Some((from, step, to?))).collect();
        assert_eq!(
            ways,
            [
                (State::Draft, Step::Submit, State::Submitted),
                (State::Submitted, Step::Return, State::Returned),
                (State::Submitted, Step::Approve, State::Approved),
                (State::Returned, Step::Submit, State::Submitted),
                (State::Approved, Step::Reopen, State::Returned),
            ]
        );
    }

    #[test]
    fn nobody_approves_but_a_coordinator() {
        let (own, other) = (org(1), org(2));
        for state in State::ALL {
            for viewer in [Viewer::Public, viewer(Role::Donor, own), viewer(Role::Partner, other)] {
                assert_eq!(Step::offered(&viewer, own, state, false), []);
            }
        }
        let partner = viewer(Role::Partner, own);
        let offered = State::ALL.map(|state| Step::offered(&partner, own, state, false));
        assert_eq!(offered, [vec![Step::Submit], vec![], vec![Step::Submit], vec![]]);
        let coordinator = viewer(Role::Coordinator, other);
        let submitted = Step::offered(&coordinator, own, State::Submitted, false);
        assert_eq!(submitted, [Step::Return, Step::Approve]);
        assert_eq!(Step::Approve.take(&partner, own, State::Submitted, false), Err(Stop::Forbidden));
        assert_eq!(Step::Approve.take(&coordinator, own, State::Draft, false), Err(Stop::OutOfTurn));
    }

    #[test]
    fn a_locked_period_takes_no_step_from_anybody() {
        let coordinator = viewer(Role::Coordinator, org(1));
        for (state, step) in State::ALL.into_iter().flat_map(|state| Step::ALL.map(|step| (state, step))) {
            assert_eq!(step.take(&coordinator, org(1), state, true), Err(Stop::Locked));
        }
        let locks = Locks([quarter("2019Q1")].into());
        assert!(locks.holds(quarter("2019Q1")) && !locks.holds(quarter("2019Q2")));
        assert_eq!(serde_json::to_string(&locks).unwrap(), r#"["2019Q1"]"#);
    }
}

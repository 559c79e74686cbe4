//! What happened to the framework, its indicators and their readings. Each change says the whole of what it touches, so
//! that a copy is brought up to date by putting it in place.

mod apply;
mod decide;
mod withdraw;

pub use decide::{decide, looks_personal};

use super::{
    command::Subject,
    goals::GoalChanges,
    indicator::Indicator,
    light::Override,
    reading::Reading,
    state::{Locks, State, Step},
    tree::{Framework, Link, Node},
    withheld,
};
use crate::domain::{
    accounts::Viewer,
    day::Quarter,
    fields::Field,
    ids::{IndicatorId, ItemId, NodeId, ReadingId},
    policy,
    text::{Reason, Text},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Everything that is known of a plan's results.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Results {
    pub framework: Framework,
    pub readings: Vec<Reading>,
    pub locks: Locks,
    /// At most one a period.
    pub overrides: BTreeMap<IndicatorId, Vec<Override>>,
    /// Indicators of which a reading was approved once; their goals move only for a reason.
    pub approved: Vec<IndicatorId>,
}

impl Results {
    pub fn indicator(&self, id: IndicatorId) -> Option<&Indicator> {
        self.framework.indicators.iter().find(|indicator| indicator.id == id)
    }

    pub fn reading(&self, indicator: IndicatorId, period: Quarter) -> Option<&Reading> {
        self.readings.iter().find(|reading| reading.indicator == indicator && reading.period == period)
    }

    /// What a viewer may know: approved readings, and all of those indicators that it may read itself; of counts of people,
    /// whoever only reads knows what [`withheld::tell`] tells. Whatever leaves the server is made of this.
    pub fn seen_by(mut self, viewer: &Viewer) -> Self {
        let own = |id: IndicatorId| {
            let indicator = self.framework.indicators.iter().find(|indicator| indicator.id == id);
            indicator.is_some_and(|indicator| policy::can_write_reading(viewer, indicator.responsible))
        };
        self.readings.retain(|reading| reading.state == State::Approved || own(reading.indicator));
        if policy::can_see_small_counts(viewer) { self } else { self.without_small_counts() }
    }

    fn without_small_counts(mut self) -> Self {
        for indicator in self.framework.indicators.iter_mut().filter(|indicator| indicator.scale.counts_people()) {
            let readings = std::mem::take(&mut self.readings).into_iter();
            let (own, others): (Vec<_>, Vec<_>) = readings.partition(|reading| reading.indicator == indicator.id);
            let (told, readings) = withheld::tell(indicator, &own);
            *indicator = told;
            self.readings = others.into_iter().chain(readings).collect();
        }
        self
    }

    pub fn overrides_of(&self, indicator: IndicatorId) -> &[Override] {
        self.overrides.get(&indicator).map(Vec::as_slice).unwrap_or_default()
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResultsChange {
    /// Added, edited or moved.
    Node(Box<Node>),
    NodeRemoved {
        node: NodeId,
    },
    /// Added or edited; with the goals that moved, and why.
    Indicator {
        indicator: Box<Indicator>,
        goals: Option<GoalChanges>,
    },
    IndicatorRemoved {
        indicator: IndicatorId,
    },
    Linked(Link),
    Unlinked {
        item: ItemId,
        output: NodeId,
    },
    Reading(Box<Reading>),
    ReadingRemoved {
        reading: ReadingId,
    },
    Stepped {
        reading: ReadingId,
        indicator: IndicatorId,
        step: Step,
        state: State,
        why: Option<Reason>,
    },
    Locked {
        period: Quarter,
        locked: bool,
    },
    /// `None` is the rule's again.
    Light {
        indicator: IndicatorId,
        period: Quarter,
        by_hand: Option<Override>,
    },
    /// Every earlier wording of it was taken out of history.
    Withdrawn {
        subject: Subject,
    },
}

impl ResultsChange {
    /// What its texts belong to.
    pub fn subject(&self) -> Option<Uuid> {
        match self {
            Self::Node(node) => Some(node.id.0),
            Self::Indicator { indicator, .. } => Some(indicator.id.0),
            Self::Reading(reading) => Some(reading.id.0),
            _ => None,
        }
    }

    /// Every text in it: stored beside the change, never in it.
    pub fn texts_mut(&mut self) -> Vec<(Field, &mut Text)> {
        match self {
            Self::Node(node) => vec![
                (Field::Statement, &mut node.title),
                (Field::Assumptions, &mut node.assumptions),
                (Field::Risks, &mut node.risks),
            ],
            Self::Indicator { indicator, .. } => vec![
                (Field::Indicator, &mut indicator.title),
                (Field::Definition, &mut indicator.definition),
                (Field::Verification, &mut indicator.verification),
            ],
            Self::Reading(reading) => vec![(Field::Narrative, &mut reading.narrative)],
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests;

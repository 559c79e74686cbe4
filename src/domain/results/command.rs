//! What somebody wants of the framework, its indicators and their readings.

mod words;

use super::{
    indicator::{Dimension, Frequency, Indicator},
    light::Light,
    reading::{Evidence, Reading, Share},
    scale::Scale,
    state::Step,
    tree::Level,
    value::Value,
};
use crate::domain::{
    day::Quarter,
    ids::{IndicatorId, ItemId, NodeId, ObjectiveId, OrgId, ReadingId},
    text::{
        Assumptions, Definition, IndicatorCode, IndicatorTitle, Narrative, Reason, Risks, Statement, TextEdit, Unit,
        Verification, Version,
    },
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The asker chooses the ids of what is new.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResultsCommand {
    /// Below `parent`, right behind `after`, or as its first.
    AddNode {
        node: NodeId,
        level: Level,
        parent: Option<NodeId>,
        after: Option<NodeId>,
        title: Statement,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        assumptions: Option<Assumptions>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        risks: Option<Risks>,
        objective: Option<ObjectiveId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Reason>,
    },
    EditNode {
        node: NodeId,
        edit: NodeEdit,
    },
    MoveNode {
        node: NodeId,
        parent: Option<NodeId>,
        after: Option<NodeId>,
    },
    RemoveNode {
        node: NodeId,
    },
    AddIndicator {
        indicator: IndicatorId,
        node: NodeId,
        title: IndicatorTitle,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        definition: Option<Definition>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        verification: Option<Verification>,
        facts: Box<IndicatorFacts>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Reason>,
    },
    EditIndicator {
        indicator: IndicatorId,
        edit: Box<IndicatorEdit>,
    },
    RemoveIndicator {
        indicator: IndicatorId,
    },
    /// Behind the item's other outputs, and behind the output's other items.
    Link {
        item: ItemId,
        output: NodeId,
    },
    Unlink {
        item: ItemId,
        output: NodeId,
    },
    /// The reading of a period; an open one that is there already becomes this.
    Read {
        reading: ReadingId,
        indicator: IndicatorId,
        period: Quarter,
        value: Value,
        #[serde(default)]
        shares: Vec<Share>,
        narrative: TextEdit<Narrative>,
        #[serde(default)]
        evidence: Vec<Evidence>,
        #[serde(default, skip_serializing_if = "Basis::is_unsaid")]
        basis: Basis,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Reason>,
    },
    /// Takes a draft back that nobody has reviewed.
    RemoveReading {
        reading: ReadingId,
    },
    /// On the way to being approved. Returning and reopening say why.
    Step {
        reading: ReadingId,
        step: Step,
        #[serde(default)]
        why: Option<Reason>,
        /// What the asker takes it for; another one is not meant.
        #[serde(default, skip_serializing_if = "Basis::is_unsaid")]
        basis: Basis,
    },
    /// Closes a period, or opens it again.
    Lock {
        period: Quarter,
        locked: bool,
    },
    /// Sets a light by hand, for a reason; `None` goes back to the rule.
    SetLight {
        indicator: IndicatorId,
        period: Quarter,
        light: Option<(Light, Reason)>,
    },
    /// Takes every earlier wording of it out of history. What stands now stays.
    Withdraw {
        subject: Subject,
    },
}

/// What wordings are withdrawn from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    Node(NodeId),
    /// With its goals, its lights, and its readings that were taken back.
    Indicator(IndicatorId),
    Reading(ReadingId),
}

impl Subject {
    pub fn id(self) -> Uuid {
        match self {
            Self::Node(node) => node.0,
            Self::Indicator(indicator) => indicator.0,
            Self::Reading(reading) => reading.0,
        }
    }
}

/// What of a reading somebody had before their eyes, so that nobody overwrites or approves what they have not seen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// As programs before version 6 send it: they would overwrite.
    #[default]
    Unsaid,
    /// There was none.
    Nothing,
    Seen(Box<Seen>),
}

impl Basis {
    pub fn of(reading: Option<&Reading>) -> Self {
        reading.map_or(Self::Nothing, |reading| Self::Seen(Box::new(Seen::of(reading))))
    }

    pub fn is_unsaid(&self) -> bool {
        *self == Self::Unsaid
    }

    /// Whether nothing but the narrative, which has versions of its own, is different now.
    pub fn holds(&self, now: Option<&Reading>) -> bool {
        match (self, now) {
            (Self::Unsaid, _) | (Self::Nothing, None) => true,
            (Self::Seen(seen), Some(now)) => **seen == Seen { narrative: seen.narrative, ..Seen::of(now) },
            (Self::Nothing, Some(_)) | (Self::Seen(_), None) => false,
        }
    }
}

/// All of a reading that may be changed while it is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    pub value: Value,
    #[serde(default)]
    pub shares: Vec<Share>,
    #[serde(default)]
    pub evidence: Vec<Evidence>,
    pub narrative: Version,
}

impl Seen {
    pub fn of(reading: &Reading) -> Self {
        let Reading { value, shares, evidence, narrative, .. } = reading.clone();
        Self { value, shares, evidence, narrative: narrative.version }
    }
}

/// All of an indicator that is no text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndicatorFacts {
    pub code: IndicatorCode,
    pub unit: Unit,
    pub scale: Scale,
    pub frequency: Frequency,
    pub responsible: OrgId,
    #[serde(default)]
    pub dimensions: Vec<Dimension>,
}

impl IndicatorFacts {
    pub fn of(indicator: &Indicator) -> Self {
        let Indicator { code, unit, scale, frequency, responsible, dimensions, .. } = indicator.clone();
        Self { code, unit, scale, frequency, responsible, dimensions }
    }
}

/// What is `None` stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NodeEdit {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<TextEdit<Statement>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assumptions: Option<TextEdit<Assumptions>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub risks: Option<TextEdit<Risks>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub objective: Option<ObjectiveId>,
    /// It is no objective of the plan any more.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub no_objective: bool,
    /// Why what looks like personal data may stay.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
}

/// What is `None` stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct IndicatorEdit {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<TextEdit<IndicatorTitle>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub definition: Option<TextEdit<Definition>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verification: Option<TextEdit<Verification>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facts: Option<IndicatorFacts>,
    /// What `facts` were made from, so that they overwrite nothing that their author has not seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<Box<IndicatorFacts>>,
    /// Why a goal, or how it is measured, moves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<Reason>,
    /// Why what looks like personal data may stay.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
}

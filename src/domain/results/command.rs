//! What somebody wants of the framework, its indicators and their readings.

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
    fields::Field,
    ids::{IndicatorId, ItemId, NodeId, ObjectiveId, OrgId, ReadingId},
    text::{
        Assumptions, Definition, IndicatorCode, IndicatorTitle, Narrative, Reason, Risks, Statement, TextEdit, Unit,
        Verification, Version,
    },
};
use serde::{Deserialize, Serialize};

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

impl ResultsCommand {
    /// Whether it carries something that somebody wrote.
    pub fn has_text(&self) -> bool {
        match self {
            Self::AddNode { .. } | Self::AddIndicator { .. } | Self::Read { .. } => true,
            Self::EditNode { edit, .. } => edit.title.is_some() || edit.assumptions.is_some() || edit.risks.is_some(),
            Self::EditIndicator { edit, .. } => {
                edit.title.is_some() || edit.definition.is_some() || edit.verification.is_some()
            }
            _ => false,
        }
    }

    /// What somebody wrote, by field.
    pub fn texts(&self) -> Vec<(Field, String)> {
        fn body<T>(edit: &Option<TextEdit<T>>, words: impl Fn(&T) -> &str) -> Option<String> {
            edit.as_ref().map(|edit| words(&edit.body).to_owned())
        }
        let texts = match self {
            Self::AddNode { title, assumptions, risks, .. } => vec![
                (Field::Statement, Some(title.as_str().to_owned())),
                (Field::Assumptions, assumptions.as_ref().map(|text| text.as_str().to_owned())),
                (Field::Risks, risks.as_ref().map(|text| text.as_str().to_owned())),
            ],
            Self::AddIndicator { title, definition, verification, .. } => vec![
                (Field::Indicator, Some(title.as_str().to_owned())),
                (Field::Definition, definition.as_ref().map(|text| text.as_str().to_owned())),
                (Field::Verification, verification.as_ref().map(|text| text.as_str().to_owned())),
            ],
            Self::Read { narrative, .. } => vec![(Field::Narrative, Some(narrative.body.as_str().to_owned()))],
            Self::EditNode { edit, .. } => vec![
                (Field::Statement, body(&edit.title, Statement::as_str)),
                (Field::Assumptions, body(&edit.assumptions, Assumptions::as_str)),
                (Field::Risks, body(&edit.risks, Risks::as_str)),
            ],
            Self::EditIndicator { edit, .. } => vec![
                (Field::Indicator, body(&edit.title, IndicatorTitle::as_str)),
                (Field::Definition, body(&edit.definition, Definition::as_str)),
                (Field::Verification, body(&edit.verification, Verification::as_str)),
            ],
            _ => Vec::new(),
        };
        texts.into_iter().filter_map(|(field, text)| Some((field, text?))).collect()
    }

    /// Why what looks like personal data may stay, if its author said so.
    pub fn reason(&self) -> Option<&Reason> {
        match self {
            Self::AddNode { reason, .. } | Self::AddIndicator { reason, .. } | Self::Read { reason, .. } => {
                reason.as_ref()
            }
            Self::EditNode { edit, .. } => edit.reason.as_ref(),
            Self::EditIndicator { edit, .. } => edit.reason.as_ref(),
            _ => None,
        }
    }
}

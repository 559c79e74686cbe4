//! What somebody wants of the framework, its indicators and their readings.

use super::{
    indicator::{Dimension, Frequency},
    light::Light,
    reading::{Evidence, Share},
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
        Verification,
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
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Reason>,
    },
    /// On the way to being approved. Returning and reopening say why.
    Step {
        reading: ReadingId,
        step: Step,
        #[serde(default)]
        why: Option<Reason>,
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
    /// Why a baseline or target moves.
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
            Self::AddNode { title, .. } => vec![(Field::Statement, Some(title.as_str().to_owned()))],
            Self::AddIndicator { title, .. } => vec![(Field::Indicator, Some(title.as_str().to_owned()))],
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

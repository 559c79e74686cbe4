//! The results chain: impact, outcomes, outputs, and the action items that bring the outputs about.

mod numbering;
mod slots;

pub use numbering::Numbering;
pub use slots::Slot;

use super::indicator::Indicator;
use crate::domain::{
    fields::{Field, FieldError, Problem},
    ids::{ItemId, NodeId, ObjectiveId},
    rank::Rank,
    text::Text,
};
use serde::{Deserialize, Serialize};

/// How far up a result stands. Activities are action items, so they are linked and not part of this tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Overall objective.
    Impact,
    /// Specific objective.
    Outcome,
    Output,
}

impl Level {
    pub const ALL: [Level; 3] = [Self::Impact, Self::Outcome, Self::Output];

    /// What a result of this level stands below; nothing at the top.
    pub fn above(self) -> Option<Level> {
        match self {
            Self::Impact => None,
            Self::Outcome => Some(Self::Impact),
            Self::Output => Some(Self::Outcome),
        }
    }
}

/// A result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Node {
    pub id: NodeId,
    pub level: Level,
    pub parent: Option<NodeId>,
    /// Its place among those below the same parent.
    pub rank: Rank,
    pub title: Text,
    pub assumptions: Text,
    pub risks: Text,
    /// Of an outcome: the plan's objective that it is.
    pub objective: Option<ObjectiveId>,
}

/// An action item serves an output.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    pub item: ItemId,
    pub output: NodeId,
    /// Which of the item's outputs this is: the lowest is its first, and gives it its number.
    pub turn: u16,
    /// The item's place among those of the output.
    pub rank: Rank,
}

/// The framework of one plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Framework {
    pub nodes: Vec<Node>,
    pub indicators: Vec<Indicator>,
    pub links: Vec<Link>,
}

/// What keeps a result from being deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Obstacles {
    pub children: usize,
    pub indicators: usize,
    pub links: usize,
}

impl Obstacles {
    pub fn is_none(self) -> bool {
        self == Self::default()
    }
}

impl Framework {
    pub fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.iter().find(|node| node.id == id)
    }

    /// Those directly below a result, or at the top, in order of rank.
    pub fn children(&self, parent: Option<NodeId>) -> Vec<&Node> {
        let mut children: Vec<&Node> = self.nodes.iter().filter(|node| node.parent == parent).collect();
        children.sort_by_key(|node| (&node.rank, node.id));
        children
    }

    /// A result's indicators, in order of code.
    pub fn indicators_of(&self, node: NodeId) -> Vec<&Indicator> {
        let mut found: Vec<&Indicator> = self.indicators.iter().filter(|indicator| indicator.node == node).collect();
        found.sort_by_key(|indicator| (indicator.code.as_str(), indicator.id));
        found
    }

    /// The action items of an output, in order of rank, also those that have another first output.
    pub fn items_of(&self, output: NodeId) -> Vec<ItemId> {
        let mut links: Vec<&Link> = self.links.iter().filter(|link| link.output == output).collect();
        links.sort_by_key(|link| (&link.rank, link.item));
        links.dedup_by_key(|link| link.item);
        links.into_iter().map(|link| link.item).collect()
    }

    /// Whether a result of a level may stand below another, or at the top.
    pub fn check_place(&self, level: Level, parent: Option<NodeId>) -> Result<(), FieldError> {
        let problem = match (level.above(), parent.map(|parent| self.node(parent))) {
            (None, None) => return Ok(()),
            (Some(above), Some(Some(parent))) if parent.level == above => return Ok(()),
            (Some(_), None) => Problem::Missing,
            (_, Some(None)) => Problem::Unknown,
            (_, Some(Some(_))) => Problem::WrongLevel,
        };
        Err(FieldError::new(Field::Parent, problem))
    }

    /// Whether an outcome may be the plan's objective: an objective is one outcome, and nothing else.
    pub fn check_objective(&self, node: NodeId, level: Level, objective: ObjectiveId) -> Result<(), FieldError> {
        let taken = self.nodes.iter().any(|other| other.id != node && other.objective == Some(objective));
        match level {
            Level::Outcome if taken => Err(FieldError::new(Field::Objective, Problem::InUse)),
            Level::Outcome => Ok(()),
            Level::Impact | Level::Output => Err(FieldError::new(Field::Objective, Problem::WrongLevel)),
        }
    }

    /// What has to go before a result can.
    pub fn obstacles(&self, node: NodeId) -> Obstacles {
        Obstacles {
            children: self.nodes.iter().filter(|child| child.parent == Some(node)).count(),
            indicators: self.indicators.iter().filter(|indicator| indicator.node == node).count(),
            links: self.links.iter().filter(|link| link.output == node).count(),
        }
    }

    /// The objective that a result belongs to; nothing for an impact, and for what is no objective of the plan.
    pub fn objective_of(&self, node: NodeId) -> Option<ObjectiveId> {
        let node = self.node(node)?;
        match node.level {
            Level::Impact => None,
            Level::Outcome => node.objective,
            Level::Output => self.node(node.parent?)?.objective,
        }
    }
}

#[cfg(test)]
mod tests;

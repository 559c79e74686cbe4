//! Results, and the action items that are linked to them.

use super::{Deciding, in_the_way};
use crate::domain::{
    change::Refusal,
    fields::{Field, FieldError, Problem},
    ids::{ItemId, NodeId, ObjectiveId, TextId},
    rank::Rank,
    results::{
        change::ResultsChange,
        command::{NodeEdit, ResultsCommand},
        tree::{Level, Link, Node},
    },
};

impl<T: Fn() -> TextId> Deciding<'_, T> {
    pub(super) fn of_nodes(&self, command: &ResultsCommand) -> Result<ResultsChange, Refusal> {
        match command {
            ResultsCommand::AddNode { node, level, parent, after, title, assumptions, risks, objective, .. } => {
                if self.results.framework.node(*node).is_some() {
                    return Err(Refusal::Taken);
                }
                self.results.framework.check_place(*level, *parent)?;
                if let Some(objective) = objective {
                    self.check_objective(*node, *level, *objective)?;
                }
                let node = Node {
                    id: *node,
                    level: *level,
                    parent: *parent,
                    rank: self.place(*node, *parent, *after)?,
                    title: self.fresh(title.as_str()),
                    assumptions: self.fresh(assumptions.as_ref().map_or("", |text| text.as_str())),
                    risks: self.fresh(risks.as_ref().map_or("", |text| text.as_str())),
                    objective: *objective,
                };
                Ok(ResultsChange::Node(Box::new(node)))
            }
            ResultsCommand::EditNode { node, edit } => self.edit_node(self.node(*node)?, edit),
            ResultsCommand::MoveNode { node, parent, after } => {
                let node = self.node(*node)?;
                self.results.framework.check_place(node.level, *parent)?;
                let rank = self.place(node.id, *parent, *after)?;
                Ok(ResultsChange::Node(Box::new(Node { parent: *parent, rank, ..node.clone() })))
            }
            ResultsCommand::RemoveNode { node } => {
                let node = self.node(*node)?;
                let free = self.results.framework.obstacles(node.id).is_none();
                free.then_some(ResultsChange::NodeRemoved { node: node.id }).ok_or_else(|| in_the_way(Field::Parent))
            }
            _ => Err(Refusal::NotFound),
        }
    }

    fn edit_node(&self, node: &Node, edit: &NodeEdit) -> Result<ResultsChange, Refusal> {
        if let Some(objective) = edit.objective {
            self.check_objective(node.id, node.level, objective)?;
        }
        let node = Node {
            title: self.next(Field::Statement, &node.title, edit.title.as_ref(), |text| text.as_str())?,
            assumptions: self
                .next(Field::Assumptions, &node.assumptions, edit.assumptions.as_ref(), |text| text.as_str())?,
            risks: self.next(Field::Risks, &node.risks, edit.risks.as_ref(), |text| text.as_str())?,
            objective: edit.objective.or(node.objective).filter(|_| !edit.no_objective),
            ..node.clone()
        };
        Ok(ResultsChange::Node(Box::new(node)))
    }

    fn check_objective(&self, node: NodeId, level: Level, objective: ObjectiveId) -> Result<(), Refusal> {
        if self.frame.objective(objective).is_none() {
            return Err(FieldError::new(Field::Objective, Problem::Unknown).into());
        }
        Ok(self.results.framework.check_objective(node, level, objective)?)
    }

    /// The rank right behind `after`, or before all others.
    fn place(&self, moving: NodeId, parent: Option<NodeId>, after: Option<NodeId>) -> Result<Rank, Refusal> {
        let others = self.results.framework.children(parent);
        let others: Vec<&Node> = others.into_iter().filter(|node| node.id != moving).collect();
        let at = match after {
            None => 0,
            // One that has gone elsewhere meanwhile: the end.
            Some(after) => others.iter().position(|node| node.id == after).map_or(others.len(), |at| at + 1),
        };
        let rank = |at: Option<usize>| at.and_then(|at| others.get(at)).map(|node| &node.rank);
        Ok(Rank::between(rank(at.checked_sub(1)), rank(Some(at))))
    }

    pub(super) fn link(&self, item: ItemId, output: NodeId, exists: bool) -> Result<ResultsChange, Refusal> {
        let node = self.node(output)?;
        if !exists {
            return Err(Refusal::NotFound);
        }
        if node.level != Level::Output {
            return Err(FieldError::new(Field::Parent, Problem::WrongLevel).into());
        }
        let links = &self.results.framework.links;
        if links.iter().any(|link| link.item == item && link.output == output) {
            return Err(Refusal::Taken);
        }
        let turn =
            links.iter().filter(|link| link.item == item).map(|link| link.turn.saturating_add(1)).max().unwrap_or(0);
        let last = links.iter().filter(|link| link.output == output).map(|link| &link.rank).max();
        Ok(ResultsChange::Linked(Link { item, output, turn, rank: Rank::between(last, None) }))
    }

    pub(super) fn unlink(&self, item: ItemId, output: NodeId) -> Result<ResultsChange, Refusal> {
        let mut links = self.results.framework.links.iter();
        let known = links.any(|link| link.item == item && link.output == output);
        known.then_some(ResultsChange::Unlinked { item, output }).ok_or(Refusal::NotFound)
    }
}

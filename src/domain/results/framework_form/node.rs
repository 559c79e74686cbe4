//! Forms of results: impact, outcomes and outputs.

use super::{Errors, FrameworkForm, keep, one, put_text, word};
use crate::domain::{
    fields::{Field, FieldError, Problem},
    ids::{NodeId, ObjectiveId},
    results::{
        command::{NodeEdit, ResultsCommand},
        tree::{Level, Node},
    },
    text::{Assumptions, Risks, Statement},
};

impl FrameworkForm<'_> {
    pub(super) fn add_node(self, node: NodeId) -> Result<ResultsCommand, Errors> {
        let mut errors = Vec::new();
        let level = keep(super::choice::<Level>(self.values.get("level"), Field::Parent), &mut errors);
        let parent = keep(self.parent(), &mut errors);
        let title = keep(Statement::parse(self.values.get("title")), &mut errors);
        let assumptions = keep(Assumptions::parse(self.values.get("assumptions")), &mut errors);
        let risks = keep(Risks::parse(self.values.get("risks")), &mut errors);
        let objective = keep(self.objective(), &mut errors);
        let reason = keep(self.reason("reason"), &mut errors);
        let (Some(level), Some(parent), Some(title), Some(objective), Some(reason)) =
            (level, parent, title, objective, reason)
        else {
            return Err(errors);
        };
        if !errors.is_empty() {
            return Err(errors);
        }
        let after = self.results.framework.children(parent).last().map(|last| last.id);
        Ok(ResultsCommand::AddNode { node, level, parent, after, title, assumptions, risks, objective, reason })
    }

    pub(super) fn edit_node(self) -> Result<ResultsCommand, Errors> {
        let mut errors = Vec::new();
        let node = keep(self.node(), &mut errors);
        let title = keep(self.text("title", Statement::parse), &mut errors);
        let assumptions = keep(self.text("assumptions", Assumptions::parse), &mut errors);
        let risks = keep(self.text("risks", Risks::parse), &mut errors);
        let objective = keep(self.objective(), &mut errors);
        let reason = keep(self.reason("reason"), &mut errors);
        let (Some(node), Some(title), Some(assumptions), Some(risks), Some(objective), Some(reason)) =
            (node, title, assumptions, risks, objective, reason)
        else {
            return Err(errors);
        };
        // Untouched, it stays what somebody else may have made it.
        let touched = self.values.get("objective") != self.values.get("objective_was");
        let no_objective = touched && objective.is_none();
        let objective = objective.filter(|_| touched);
        let edit = NodeEdit { title, assumptions, risks, objective, no_objective, reason };
        Ok(ResultsCommand::EditNode { node, edit })
    }

    /// To where it was dropped: behind `after`, or as the first below `parent`.
    pub(super) fn move_node(self) -> Result<ResultsCommand, Errors> {
        let node = self.node().map_err(one)?;
        let parent = self.parent().map_err(one)?;
        let after = self.optional("after").map_err(one)?;
        Ok(ResultsCommand::MoveNode { node, parent, after })
    }

    /// One place up or down among all places that a result of its level can have.
    pub(super) fn shift(self, by: isize) -> Result<ResultsCommand, Errors> {
        let node = self.node().map_err(one)?;
        let slots = self.results.framework.slots(node);
        let at = slots.iter().position(|slot| slot.is_own).and_then(|at| at.checked_add_signed(by));
        let slot = at.and_then(|at| slots.get(at));
        let slot = slot.ok_or_else(|| one(FieldError::new(Field::Parent, Problem::NoFurther)))?;
        Ok(ResultsCommand::MoveNode { node, parent: slot.parent, after: slot.after })
    }

    fn parent(self) -> Result<Option<NodeId>, FieldError> {
        self.optional("parent")
    }

    fn optional(self, name: &str) -> Result<Option<NodeId>, FieldError> {
        match self.values.get(name) {
            "" => Ok(None),
            _ => self.values.id(name, Field::Parent).map(Some),
        }
    }

    fn objective(self) -> Result<Option<ObjectiveId>, FieldError> {
        match self.values.get("objective") {
            "" => Ok(None),
            _ => self.values.id("objective", Field::Objective).map(Some),
        }
    }
}

/// The values of the form of a result as it stands.
pub fn values_of(node: &Node) -> Vec<(String, String)> {
    let objective = node.objective.map(|objective| objective.to_string()).unwrap_or_default();
    let parent = node.parent.map(|parent| parent.to_string()).unwrap_or_default();
    let pairs = [
        ("node", node.id.to_string()),
        ("level", word(&node.level)),
        ("parent", parent),
        ("objective", objective.clone()),
        ("objective_was", objective),
    ];
    let mut values: Vec<_> = pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    put_text(&mut values, "title", &node.title);
    put_text(&mut values, "assumptions", &node.assumptions);
    put_text(&mut values, "risks", &node.risks);
    values
}

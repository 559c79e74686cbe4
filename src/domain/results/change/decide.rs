//! Decides a command: the asker's rights, the values, and what then happens.

use super::{Results, ResultsChange};
use crate::domain::{
    accounts::Viewer,
    change::{Refusal, next_version, refuse_if_any},
    day::Quarter,
    fields::{Field, FieldError, Problem},
    guard,
    ids::{IndicatorId, ItemId, NodeId, ObjectiveId, ReadingId, TextId},
    plan::Frame,
    policy,
    rank::Rank,
    results::{
        command::{IndicatorEdit, IndicatorFacts, NodeEdit, ResultsCommand},
        goals::GoalChanges,
        indicator::Indicator,
        light::Override,
        reading::{self, Evidence, Reading},
        state::{State, Step, Stop},
        tree::{Level, Link, Node},
        value::{Point, Value},
    },
    text::{Reason, Text, TextEdit},
};

/// Everything that a decision rests on.
struct Deciding<'a, T> {
    viewer: &'a Viewer,
    frame: &'a Frame,
    results: &'a Results,
    text_id: T,
}

/// Whether it may be, and what then happens. `item_exists` answers for the item that a link names.
pub fn decide(
    viewer: &Viewer,
    frame: &Frame,
    results: &Results,
    command: &ResultsCommand,
    item_exists: bool,
    text_id: impl Fn() -> TextId,
) -> Result<ResultsChange, Refusal> {
    let it = Deciding { viewer, frame, results, text_id };
    if !policy::can_read_results(viewer) {
        return Err(Refusal::Forbidden);
    }
    let change = match command {
        ResultsCommand::Read { .. } | ResultsCommand::Step { .. } => it.of_readings(command)?,
        _ if !policy::can_change_framework(viewer) => return Err(Refusal::Forbidden),
        ResultsCommand::AddNode { .. }
        | ResultsCommand::EditNode { .. }
        | ResultsCommand::MoveNode { .. }
        | ResultsCommand::RemoveNode { .. } => it.of_nodes(command)?,
        ResultsCommand::Link { item, output } => it.link(*item, *output, item_exists)?,
        ResultsCommand::Unlink { item, output } => it.unlink(*item, *output)?,
        ResultsCommand::Lock { period, locked } => {
            it.check_period(*period)?;
            ResultsChange::Locked { period: *period, locked: *locked }
        }
        _ => it.of_indicators(command)?,
    };
    it.ask(command, &change)?;
    Ok(change)
}

impl<T: Fn() -> TextId> Deciding<'_, T> {
    fn node(&self, id: NodeId) -> Result<&Node, Refusal> {
        self.results.framework.node(id).ok_or(Refusal::NotFound)
    }

    fn indicator(&self, id: IndicatorId) -> Result<&Indicator, Refusal> {
        self.results.indicator(id).ok_or(Refusal::NotFound)
    }

    fn fresh(&self, body: &str) -> Text {
        Text { id: (self.text_id)(), version: 1, body: body.to_owned() }
    }

    /// The text that follows, or the one that is there.
    fn next<E>(
        &self,
        field: Field,
        current: &Text,
        edit: Option<&TextEdit<E>>,
        words: impl Fn(&E) -> &str,
    ) -> Result<Text, Refusal> {
        let edit = edit.map(|edit| TextEdit { from: edit.from, body: words(&edit.body) });
        let next = next_version(field, current, edit, &None, &self.text_id)?;
        Ok(next.unwrap_or_else(|| current.clone()))
    }

    fn of_nodes(&self, command: &ResultsCommand) -> Result<ResultsChange, Refusal> {
        match command {
            ResultsCommand::AddNode { node, level, parent, after, title, objective, .. } => {
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
                    assumptions: self.fresh(""),
                    risks: self.fresh(""),
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
            objective: edit.objective.or(node.objective),
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

    fn link(&self, item: ItemId, output: NodeId, exists: bool) -> Result<ResultsChange, Refusal> {
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

    fn unlink(&self, item: ItemId, output: NodeId) -> Result<ResultsChange, Refusal> {
        let mut links = self.results.framework.links.iter();
        let known = links.any(|link| link.item == item && link.output == output);
        known.then_some(ResultsChange::Unlinked { item, output }).ok_or(Refusal::NotFound)
    }

    fn of_indicators(&self, command: &ResultsCommand) -> Result<ResultsChange, Refusal> {
        match command {
            ResultsCommand::AddIndicator { indicator, node, title, facts, .. } => {
                if self.results.indicator(*indicator).is_some() {
                    return Err(Refusal::Taken);
                }
                let node = self.node(*node)?.id;
                self.check_facts(*indicator, facts)?;
                let texts = [self.fresh(title.as_str()), self.fresh(""), self.fresh("")];
                let indicator = Box::new(made(*indicator, node, facts, texts));
                Ok(ResultsChange::Indicator { indicator, goals: None })
            }
            ResultsCommand::EditIndicator { indicator, edit } => self.edit_indicator(self.indicator(*indicator)?, edit),
            ResultsCommand::RemoveIndicator { indicator } => {
                let id = self.indicator(*indicator)?.id;
                let was_read = self.results.readings.iter().any(|reading| reading.indicator == id);
                let free = !was_read && !self.results.approved.contains(&id);
                let removed = ResultsChange::IndicatorRemoved { indicator: id };
                free.then_some(removed).ok_or_else(|| in_the_way(Field::Indicator))
            }
            ResultsCommand::SetLight { indicator, period, light } => {
                let (indicator, period) = (self.indicator(*indicator)?.id, *period);
                self.check_open(period)?;
                let by_hand = light.clone().map(|(light, reason)| Override { period, light, reason });
                Ok(ResultsChange::Light { indicator, period, by_hand })
            }
            _ => Err(Refusal::NotFound),
        }
    }

    fn edit_indicator(&self, known: &Indicator, edit: &IndicatorEdit) -> Result<ResultsChange, Refusal> {
        let texts = [
            self.next(Field::Indicator, &known.title, edit.title.as_ref(), |text| text.as_str())?,
            self.next(Field::Definition, &known.definition, edit.definition.as_ref(), |text| text.as_str())?,
            self.next(Field::Verification, &known.verification, edit.verification.as_ref(), |text| text.as_str())?,
        ];
        let Some(facts) = &edit.facts else {
            let [title, definition, verification] = texts;
            let indicator = Box::new(Indicator { title, definition, verification, ..known.clone() });
            return Ok(ResultsChange::Indicator { indicator, goals: None });
        };
        self.check_facts(known.id, facts)?;
        let changed = made(known.id, known.node, facts, texts);
        self.keep_readings(&changed)?;
        let was_approved = self.results.approved.contains(&known.id);
        let goals = GoalChanges::between(&known.scale, &facts.scale, was_approved, edit.why.clone())?;
        Ok(ResultsChange::Indicator { indicator: Box::new(changed), goals })
    }

    /// What was read already must still fit: of its kind, and with a place for every share.
    fn keep_readings(&self, changed: &Indicator) -> Result<(), Refusal> {
        for read in self.results.readings.iter().filter(|reading| reading.indicator == changed.id) {
            if read.value.kind() != changed.scale.kind() {
                return Err(in_the_way(Field::Kind));
            }
            if !reading::check(changed, &read.value, &read.shares).is_empty() {
                return Err(in_the_way(Field::Dimension));
            }
        }
        Ok(())
    }

    fn check_facts(&self, id: IndicatorId, facts: &IndicatorFacts) -> Result<(), Refusal> {
        let mut errors: Vec<FieldError> = Indicator::check_dimensions(&facts.dimensions).err().into_iter().collect();
        let others = self.results.framework.indicators.iter().filter(|other| other.id != id);
        if others.clone().any(|other| other.code == facts.code) {
            errors.push(FieldError::new(Field::IndicatorCode, Problem::InUse));
        }
        if !self.frame.partners().any(|org| org.id == facts.responsible) {
            errors.push(FieldError::new(Field::Lead, Problem::Unknown));
        }
        refuse_if_any(errors)
    }

    /// A quarter that no page shows would count all the same.
    fn check_period(&self, period: Quarter) -> Result<(), Refusal> {
        let is_of_plan = self.frame.plan.quarter_near(period) == period;
        if is_of_plan { Ok(()) } else { Err(FieldError::new(Field::Period, Problem::Unknown).into()) }
    }

    fn check_open(&self, period: Quarter) -> Result<(), Refusal> {
        self.check_period(period)?;
        let locked = self.results.locks.holds(period);
        if locked { Err(FieldError::new(Field::Period, Problem::Locked).into()) } else { Ok(()) }
    }

    fn of_readings(&self, command: &ResultsCommand) -> Result<ResultsChange, Refusal> {
        match command {
            ResultsCommand::Read { reading, indicator, period, value, shares, narrative, evidence, .. } => {
                let indicator = self.indicator(*indicator)?;
                if !policy::can_write_reading(self.viewer, indicator.responsible) {
                    return Err(Refusal::Forbidden);
                }
                self.check_open(*period)?;
                refuse_if_any(reading::check(indicator, value, shares))?;
                let known = self.open_reading(*reading, indicator.id, *period)?;
                let before =
                    known.map_or_else(|| Text { version: 0, ..self.fresh("") }, |known| known.narrative.clone());
                let text = self.next(Field::Narrative, &before, Some(narrative), |text| text.as_str())?;
                let narrative = if text.version == 0 { Text { version: 1, ..text } } else { text };
                let made = Reading {
                    id: known.map_or(*reading, |known| known.id),
                    indicator: indicator.id,
                    period: *period,
                    value: value.clone(),
                    shares: shares.clone(),
                    narrative,
                    evidence: evidence.clone(),
                    state: known.map_or(State::Draft, |known| known.state),
                    why: known.and_then(|known| known.why.clone()),
                };
                Ok(ResultsChange::Reading(Box::new(made)))
            }
            ResultsCommand::Step { reading, step, why } => self.step(*reading, *step, why.clone()),
            _ => Err(Refusal::NotFound),
        }
    }

    /// The reading that is there for a period, if it may still be changed.
    fn open_reading(
        &self,
        id: ReadingId,
        indicator: IndicatorId,
        period: Quarter,
    ) -> Result<Option<&Reading>, Refusal> {
        let known = self.results.reading(indicator, period);
        if known.is_none() && self.results.readings.iter().any(|reading| reading.id == id) {
            return Err(Refusal::Taken);
        }
        match known {
            Some(known) if !known.state.is_open() => Err(FieldError::new(Field::Value, Problem::NotOpen).into()),
            known => Ok(known),
        }
    }

    fn step(&self, id: ReadingId, step: Step, why: Option<Reason>) -> Result<ResultsChange, Refusal> {
        let known = self.results.readings.iter().find(|reading| reading.id == id).ok_or(Refusal::NotFound)?;
        let indicator = self.indicator(known.indicator)?;
        let locked = self.results.locks.holds(known.period);
        let state = step.take(self.viewer, indicator.responsible, known.state, locked).map_err(|stop| match stop {
            Stop::Forbidden => Refusal::Forbidden,
            Stop::Locked => FieldError::new(Field::Period, Problem::Locked).into(),
            Stop::OutOfTurn => Refusal::Taken,
        })?;
        if matches!(step, Step::Return | Step::Reopen) && why.is_none() {
            return Err(FieldError::new(Field::Reason, Problem::Missing).into());
        }
        Ok(ResultsChange::Stepped { reading: id, indicator: indicator.id, step, state, why })
    }

    /// What looks like personal data is saved for a reason only.
    fn ask(&self, command: &ResultsCommand, change: &ResultsChange) -> Result<(), Refusal> {
        if command.reason().is_some() {
            return Ok(());
        }
        refuse_if_any(looks_personal(self.results, change))
    }
}

/// The fields whose words look like personal data, and did not so before.
pub fn looks_personal(results: &Results, change: &ResultsChange) -> Vec<FieldError> {
    let (mut before, mut after) = (as_it_was(results, change), change.clone());
    let known: Vec<String> =
        before.iter_mut().flat_map(ResultsChange::texts_mut).map(|text| text.1.body.clone()).collect();
    let texts = after.texts_mut();
    let pairs = texts.iter().enumerate().map(|(at, (field, text))| guard::Texts {
        field: *field,
        before: known.get(at).map_or("", String::as_str),
        after: &text.body,
    });
    let mut errors = guard::ask(pairs);
    let earlier: Vec<(Field, &str)> = before.iter().flat_map(words).collect();
    for (field, after) in words(change) {
        let stood: Vec<&str> = earlier.iter().filter(|word| word.0 == field).map(|word| word.1).collect();
        errors.extend(guard::ask([guard::Texts { field, before: &stood.join("\n"), after }]));
    }
    errors.dedup();
    errors
}

/// What a change is about, as it stood before.
fn as_it_was(results: &Results, change: &ResultsChange) -> Option<ResultsChange> {
    match change {
        ResultsChange::Node(node) => {
            let node = results.framework.node(node.id)?;
            Some(ResultsChange::Node(Box::new(node.clone())))
        }
        ResultsChange::Indicator { indicator, .. } => {
            let indicator = Box::new(results.indicator(indicator.id)?.clone());
            Some(ResultsChange::Indicator { indicator, goals: None })
        }
        ResultsChange::Reading(reading) => {
            let reading = results.readings.iter().find(|known| known.id == reading.id)?;
            Some(ResultsChange::Reading(Box::new(reading.clone())))
        }
        _ => None,
    }
}

/// What people type that is no text with versions, and stands in the change itself.
fn words(change: &ResultsChange) -> Vec<(Field, &str)> {
    match change {
        ResultsChange::Indicator { indicator, .. } => {
            let baseline = indicator.scale.baseline().map(|baseline| (Field::Baseline, &baseline.value));
            let targets = indicator.scale.targets().iter().map(|target| (Field::Target, &target.value));
            let said = baseline.into_iter().chain(targets).filter_map(|(field, point)| match point {
                Point::Words(words) => Some((field, words.as_str())),
                Point::Number(_) => None,
            });
            std::iter::once((Field::Unit, indicator.unit.as_str())).chain(said).collect()
        }
        ResultsChange::Reading(reading) => {
            let values = std::iter::once(&reading.value).chain(reading.shares.iter().map(|share| &share.value));
            let said = values.filter_map(|value| match value {
                Value::Words(words) => Some((Field::Value, words.as_str())),
                Value::Number(_) | Value::Ratio(_) => None,
            });
            let cited = reading.evidence.iter().filter_map(|evidence| match evidence {
                Evidence::Citation(citation) => Some((Field::Evidence, citation.as_str())),
                Evidence::Link(_) => None,
            });
            said.chain(cited).collect()
        }
        _ => Vec::new(),
    }
}

fn made(
    id: IndicatorId,
    node: NodeId,
    facts: &IndicatorFacts,
    [title, definition, verification]: [Text; 3],
) -> Indicator {
    let IndicatorFacts { code, unit, scale, frequency, responsible, dimensions } = facts.clone();
    Indicator { id, node, code, title, definition, unit, scale, verification, frequency, responsible, dimensions }
}

/// Something hangs on it that would be lost.
fn in_the_way(field: Field) -> Refusal {
    FieldError::new(field, Problem::InTheWay).into()
}

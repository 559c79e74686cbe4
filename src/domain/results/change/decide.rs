//! Decides a command: the asker's rights, the values, and what then happens.

mod indicators;
mod nodes;
mod personal;
mod readings;

pub use personal::looks_personal;

use super::{Results, ResultsChange};
use crate::domain::{
    accounts::Viewer,
    change::{Refusal, next_version, refuse_if_any},
    day::Quarter,
    fields::{Field, FieldError, Problem},
    ids::{IndicatorId, NodeId, TextId},
    plan::Frame,
    policy,
    results::{
        command::{ResultsCommand, Subject},
        indicator::Indicator,
        tree::Node,
    },
    text::{Text, TextEdit},
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
        ResultsCommand::Read { .. } | ResultsCommand::RemoveReading { .. } | ResultsCommand::Step { .. } => {
            it.of_readings(command)?
        }
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
        ResultsCommand::Withdraw { subject } => it.withdraw(*subject)?,
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

    /// Also where a period is closed: what must not stay can always go.
    fn withdraw(&self, subject: Subject) -> Result<ResultsChange, Refusal> {
        let is_there = match subject {
            Subject::Node(node) => self.results.framework.node(node).is_some(),
            Subject::Indicator(indicator) => self.results.indicator(indicator).is_some(),
            Subject::Reading(reading) => self.results.readings.iter().any(|known| known.id == reading),
        };
        is_there.then_some(ResultsChange::Withdrawn { subject }).ok_or(Refusal::NotFound)
    }

    /// What looks like personal data is saved for a reason only, an identification number never.
    fn ask(&self, command: &ResultsCommand, change: &ResultsChange) -> Result<(), Refusal> {
        refuse_if_any(personal::numbers_in_links(change))?;
        if command.reason().is_some() {
            return Ok(());
        }
        refuse_if_any(looks_personal(self.results, change))
    }
}

/// Something hangs on it that would be lost.
fn in_the_way(field: Field) -> Refusal {
    FieldError::new(field, Problem::InTheWay).into()
}

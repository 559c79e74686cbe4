//! Brings a copy of the results up to date, and shows in it what waits to be done.

use super::{Results, ResultsChange, decide};
use crate::domain::{
    accounts::Viewer,
    change::Refusal,
    ids::{IndicatorId, ItemId, NodeId, TextId},
    plan::Frame,
    results::{command::ResultsCommand, light::Override, state::State, tree::Link},
};
use uuid::Uuid;

/// Puts something into the place of its older self, or behind all others.
fn put<T: Clone>(all: &mut Vec<T>, new: &T, is_it: impl Fn(&T) -> bool) {
    match all.iter_mut().find(|known| is_it(known)) {
        Some(known) => known.clone_from(new),
        None => all.push(new.clone()),
    }
}

impl Results {
    /// Puts in place what a change says, as the database does.
    pub fn apply(&mut self, change: &ResultsChange) {
        let framework = &mut self.framework;
        match change {
            ResultsChange::Node(node) => put(&mut framework.nodes, node, |known| known.id == node.id),
            ResultsChange::NodeRemoved { node } => framework.nodes.retain(|known| known.id != *node),
            ResultsChange::Indicator { indicator, .. } => {
                put(&mut framework.indicators, indicator, |known| known.id == indicator.id);
            }
            ResultsChange::IndicatorRemoved { indicator } => {
                framework.indicators.retain(|known| known.id != *indicator);
                self.overrides.remove(indicator);
            }
            ResultsChange::Linked(link) => {
                let is_it = |known: &_| (link.item, link.output) == key(known);
                put(&mut framework.links, link, is_it);
            }
            ResultsChange::Unlinked { item, output } => framework.links.retain(|known| key(known) != (*item, *output)),
            ResultsChange::Reading(reading) => put(&mut self.readings, reading, |known| known.id == reading.id),
            ResultsChange::ReadingRemoved { reading } => self.readings.retain(|known| known.id != *reading),
            ResultsChange::Stepped { reading, indicator, state, why, .. } => {
                for known in self.readings.iter_mut().filter(|known| known.id == *reading) {
                    known.state = *state;
                    known.why.clone_from(why);
                }
                if *state == State::Approved && !self.approved.contains(indicator) {
                    self.approved.push(*indicator);
                }
            }
            ResultsChange::Locked { period, locked: true } => _ = self.locks.0.insert(*period),
            ResultsChange::Locked { period, locked: false } => _ = self.locks.0.remove(period),
            ResultsChange::Light { indicator, period, by_hand } => {
                self.set_light(*indicator, by_hand.as_ref(), |known| known.period == *period);
            }
            // What stands now stays.
            ResultsChange::Withdrawn { .. } => {}
        }
    }

    fn set_light(&mut self, indicator: IndicatorId, by_hand: Option<&Override>, is_it: impl Fn(&Override) -> bool) {
        let known = self.overrides.entry(indicator).or_default();
        known.retain(|known| !is_it(known));
        known.extend(by_hand.cloned());
        known.sort_by_key(|known| known.period);
        if known.is_empty() {
            self.overrides.remove(&indicator);
        }
    }

    /// What a command would do, or why not: the server decides in the end. The item of a link is taken to be there, and
    /// texts have no ids yet.
    pub fn try_out(&self, viewer: &Viewer, frame: &Frame, command: &ResultsCommand) -> Result<ResultsChange, Refusal> {
        decide(viewer, frame, self, command, true, || TextId(Uuid::nil()))
    }

    /// Shows what a command will do, if it may.
    pub fn anticipate(&mut self, viewer: &Viewer, frame: &Frame, command: &ResultsCommand) {
        if let Ok(change) = self.try_out(viewer, frame, command) {
            self.apply(&change);
        }
    }
}

fn key(link: &Link) -> (ItemId, NodeId) {
    (link.item, link.output)
}

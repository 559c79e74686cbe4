//! A browser's copy of the board: what the server has confirmed, and over it what this member has done since. Changes
//! come numbered; each is applied once and in order, whichever way it arrives first.

use super::{
    accounts::Viewer,
    board::{Board, Card},
    change::{Change, Command, Entry},
    ids::{ItemId, OpId, Revision},
    items::ItemChange,
    policy,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// What may come at a revision.
#[derive(Clone, Debug)]
enum News {
    Entry(Box<Entry>),
    /// Something that this viewer may not see.
    Passed,
}

/// Confirmed state, pending commands, and the two together as the viewer sees them.
#[derive(Clone, Debug)]
pub struct Replica {
    viewer: Viewer,
    confirmed: Board,
    shown: Board,
    pending: Vec<(OpId, Command)>,
    /// Own commands that are done already and may still wait in the outbox for their answer.
    done: BTreeSet<OpId>,
    /// What came before its turn: an answer may overtake the changes ahead of it.
    early: BTreeMap<Revision, News>,
}

impl Replica {
    pub fn new(viewer: Viewer, board: Board) -> Self {
        let (shown, pending, done, early) = (board.clone(), Vec::new(), BTreeSet::new(), BTreeMap::new());
        Self { viewer, shown, confirmed: board, pending, done, early }
    }

    pub fn shown(&self) -> &Board {
        &self.shown
    }

    pub fn revision(&self) -> Revision {
        self.confirmed.revision
    }

    /// Whether a change is missing between what is known and what has come.
    pub fn has_gap(&self) -> bool {
        !self.early.is_empty()
    }

    /// What the server has confirmed, for keeping.
    pub fn confirmed(&self) -> &Board {
        &self.confirmed
    }

    /// Takes a board that was loaded anew; what was pending stays pending. One that is older than what is known tells
    /// nothing. Answers the items to draw.
    pub fn reset(&mut self, board: Board) -> Vec<ItemId> {
        if board.revision < self.confirmed.revision {
            return Vec::new();
        }
        let before: Vec<Arc<Card>> = self.shown.cards().cloned().collect();
        let later = self.early.split_off(&Revision(board.revision.0 + 1));
        for news in std::mem::replace(&mut self.early, later).into_values() {
            if let News::Entry(entry) = news {
                self.take_off(&entry);
            }
        }
        self.confirmed = board;
        self.shown = self.confirmed.clone();
        for item in self.pending_items() {
            self.replay(item);
        }
        let mut touched = self.catch_up();
        touched.extend(before.iter().filter(|card| self.shown.card(card.id) != Some(card)).map(|card| card.id));
        touched
    }

    /// Does a command on screen, before the server has heard of it.
    pub fn submit(&mut self, op: OpId, command: Command) {
        self.shown.anticipate(&command);
        self.pending.push((op, command));
    }

    /// Takes all that waits in the outbox now. What was done since, or is known to be done in its turn, stays as it is.
    /// Answers the items to draw.
    pub fn wait_for(&mut self, jobs: impl Iterator<Item = (OpId, Command)>) -> Vec<ItemId> {
        let jobs: Vec<(OpId, Command)> = jobs.collect();
        self.done.retain(|op| jobs.iter().any(|job| job.0 == *op));
        let in_turn = |op: OpId| self.early.values().any(|news| matches!(news, News::Entry(entry) if entry.op == op));
        let mut pending: Vec<_> = self.pending.iter().filter(|known| in_turn(known.0)).cloned().collect();
        let waits = jobs.into_iter().filter(|job| !self.done.contains(&job.0) && !in_turn(job.0));
        pending.extend(waits.collect::<Vec<_>>());
        let before = std::mem::replace(&mut self.pending, pending);
        let differs = |one: &[(OpId, Command)], other: &[(OpId, Command)]| -> Vec<ItemId> {
            let gone = one.iter().filter(|job| !other.contains(job));
            gone.filter_map(|(_, command)| command.item()).collect()
        };
        let mut touched = differs(&before, &self.pending);
        touched.extend(differs(&self.pending, &before));
        touched.sort();
        touched.dedup();
        touched.iter().for_each(|item| self.replay(*item));
        touched
    }

    /// Takes a change. Answers the items to draw, each once per change.
    pub fn receive(&mut self, entry: Entry) -> Vec<ItemId> {
        self.take(entry.revision, News::Entry(Box::new(entry)))
    }

    /// Takes the news that something happened which this viewer may not see.
    pub fn pass(&mut self, revision: Revision) -> Vec<ItemId> {
        self.take(revision, News::Passed)
    }

    /// Undoes a command on screen that the server refused.
    pub fn refuse(&mut self, op: OpId) -> Option<ItemId> {
        let at = self.pending.iter().position(|pending| pending.0 == op)?;
        let item = self.pending.remove(at).1.item()?;
        self.replay(item);
        Some(item)
    }

    fn take(&mut self, revision: Revision, news: News) -> Vec<ItemId> {
        if revision <= self.confirmed.revision {
            // The board was loaded with it, before the answer came.
            let op = match &news {
                News::Entry(entry) => Some(entry.op),
                News::Passed => None,
            };
            return op.and_then(|op| self.refuse(op)).into_iter().collect();
        }
        self.early.insert(revision, news);
        self.catch_up()
    }

    fn catch_up(&mut self) -> Vec<ItemId> {
        let mut touched = Vec::new();
        while let Some(news) = self.early.remove(&Revision(self.confirmed.revision.0 + 1)) {
            match news {
                News::Passed => self.confirmed.revision.0 += 1,
                News::Entry(entry) => touched.extend(self.apply(*entry)),
            }
        }
        self.shown.revision = self.confirmed.revision;
        touched
    }

    /// A command that was done is part of what is confirmed, and no longer lies over it.
    fn take_off(&mut self, entry: &Entry) {
        self.pending.retain(|pending| pending.0 != entry.op);
        if self.viewer.member().is_some_and(|member| member.id == entry.actor) {
            self.done.insert(entry.op);
        }
    }

    fn apply(&mut self, entry: Entry) -> Option<ItemId> {
        self.take_off(&entry);
        let item = entry.change.item();
        // The cards are the same, so nothing has to be drawn.
        let quiet = |change: &ItemChange| matches!(change, ItemChange::Ranked { .. } | ItemChange::Withdrawn { .. });
        let is_quiet = matches!(&entry.change, Change::Item(change) if quiet(change));
        self.confirmed.apply(entry);
        match item {
            None => self.shown.frame = self.confirmed.frame.clone(),
            Some(item) => {
                if self.confirmed.card(item).is_some_and(|card| !policy::can_read_item(&self.viewer, card.rights())) {
                    self.confirmed.put(item, None);
                }
                self.replay(item);
            }
        }
        item.filter(|_| !is_quiet)
    }

    /// Shows an item as confirmed, with what is pending for it done again.
    fn replay(&mut self, item: ItemId) {
        self.shown.put(item, self.confirmed.card(item).cloned());
        for (_, command) in &self.pending {
            if command.item() == Some(item) {
                self.shown.anticipate(command);
            }
        }
    }

    fn pending_items(&self) -> Vec<ItemId> {
        self.pending.iter().filter_map(|(_, command)| command.item()).collect()
    }
}

#[cfg(test)]
mod tests;

//! What a member wants and the server has not answered yet. A browser keeps it until then, shared by all of its tabs,
//! so that nothing is lost with a line, a tab or a battery. Everything about its order is decided here.

mod job;
mod readings;

pub use job::Job;

use super::{
    change::{Change, Command, Entry, Refusal},
    fields::Field,
    ids::{ItemId, OpId},
    items::{Edit, Item, ItemChange, ItemCommand},
    results::change::ResultsChange,
    text::{Description, Text, TextEdit, Title, Version},
};
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// A command that the server refused, kept for the text in it until its author has let it go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    pub job: Job,
    pub why: Refusal,
}

impl Refused {
    /// Whether it is the text of an edit that is in conflict in a field.
    pub fn is_contest(&self, op: OpId, field: Field) -> bool {
        let same = matches!(&self.why, Refusal::Conflict { field: other, .. } if *other == field);
        same && self.job.is(op)
    }

    /// Whether a job was written by whoever had this text before their eyes.
    fn is_written_on_by(&self, job: &Job) -> bool {
        job.item() == self.job.item() && (job.goes_on_from(&self.job) || job.is(self.job.newest()))
    }
}

/// What is asked about again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    Everything,
    Item(ItemId),
    Results,
}

impl Scope {
    fn holds(self, job: &Job) -> bool {
        match self {
            Self::Everything => true,
            Self::Item(item) => job.item() == Some(item),
            Self::Results => matches!(job.command, Command::Results(_)),
        }
    }
}

/// In the order in which things were wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Outbox {
    jobs: VecDeque<Job>,
    refused: Vec<Refused>,
    /// The texts that were saved last, for those who go on from them without having heard yet.
    saved: VecDeque<SavedText>,
}

/// How many saved texts are remembered: more than anybody writes while one answer is on its way.
const SAVED: usize = 20;

/// Which versions a job has made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct SavedText {
    /// The last edit in it.
    op: OpId,
    title: Option<Version>,
    description: Option<Version>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    narrative: Option<Version>,
}

impl SavedText {
    fn of(done: &Job, change: &Change) -> Option<Self> {
        let mut saved = Self { op: done.newest(), title: None, description: None, narrative: None };
        match change {
            Change::Item(ItemChange::Edited { title, description, .. }) => {
                let version = |text: &Option<Text>| text.as_ref().map(|text| text.version);
                (saved.title, saved.description) = (version(title), version(description));
            }
            Change::Results(change) => match change.as_ref() {
                ResultsChange::Reading(reading) => saved.narrative = Some(reading.narrative.version),
                _ => return None,
            },
            _ => return None,
        }
        Some(saved)
    }

    /// A job that goes on from these. One that was made from a newer version stays so.
    fn rebase(&self, job: &mut Job) {
        if let (Some(from), Some(version)) = (readings::narrative_from(&mut job.command), self.narrative) {
            *from = (*from).max(version);
        }
        if let Some(edit) = job.edit_mut() {
            self.rebase_edit(edit);
        }
    }

    fn rebase_edit(&self, edit: &mut Edit) {
        if let (Some(title), Some(version)) = (&mut edit.title, self.title) {
            title.from = title.from.max(version);
        }
        if let (Some(description), Some(version)) = (&mut edit.description, self.description) {
            description.from = description.from.max(version);
        }
    }
}

impl Outbox {
    /// As it was stored, also by an older version of the program. Nothing if it cannot be read: it must then not be
    /// written over.
    pub fn read(stored: &str) -> Option<Self> {
        serde_json::from_slice(stored.as_bytes()).ok()
    }

    pub fn jobs(&self) -> impl ExactSizeIterator<Item = &Job> {
        self.jobs.iter()
    }

    pub fn refused(&self) -> &[Refused] {
        &self.refused
    }

    /// An item with all that waits to be done to its texts and facts, and the last edit that does. Versions stay those
    /// of the server.
    pub fn over(&self, mut item: Item) -> (Item, Option<OpId>) {
        let mut last = None;
        for job in self.jobs.iter().filter(|job| job.item() == Some(item.id)) {
            let Some(edit) = job.edit() else { continue };
            last = Some(job.newest());
            item.facts = edit.over(&item.facts).unwrap_or(item.facts);
            if let Some(title) = &edit.title {
                item.title.body = title.body.as_str().to_owned();
            }
            if let Some(description) = &edit.description {
                item.description.body = description.body.as_str().to_owned();
            }
        }
        (item, last)
    }

    /// Whether anything waits that is wanted of an item.
    pub fn waits_for(&self, item: ItemId) -> bool {
        self.jobs.iter().any(|job| job.item() == Some(item))
    }

    /// Whether nothing waits and nothing was refused.
    pub fn is_empty(&self) -> bool {
        self.jobs.is_empty() && self.refused.is_empty()
    }

    /// Whether there is nothing in it to be kept at all.
    pub fn is_blank(&self) -> bool {
        self.is_empty() && self.saved.is_empty()
    }

    /// Puts a job at the end. Edits of one item that go on from each other are joined as long as the first was not sent;
    /// others stay apart, for their authors did not see each other's words.
    /// Answers the op id under which the server will hear of it.
    pub fn add(&mut self, job: Job) -> OpId {
        if let Some(known) = self.jobs.iter().find(|known| known.is(job.op)) {
            return known.op;
        }
        let (mut job, follows) = (job.clone(), job.follows);
        for saved in self.saved.iter().filter(|saved| follows == Some(saved.op)) {
            saved.rebase(&mut job);
        }
        let last = self.jobs.back_mut().filter(|last| !last.sent && last.item() == job.item());
        if let Some(last) = last.filter(|last| job.goes_on_from(last))
            && last.join(&job)
        {
            return last.op;
        }
        let op = job.op;
        self.jobs.push_back(job);
        op
    }

    /// The job to send now. From here on it stays as it is, until it is answered.
    pub fn take(&mut self) -> Option<Job> {
        let first = self.jobs.front_mut()?;
        first.sent = true;
        Some(first.clone())
    }

    /// The server has answered a job. What follows it goes on from the version that it made; what was refused and
    /// carries text is kept, with what was written on since. Answers the op ids of the jobs that have the same answer,
    /// since they are kept with it.
    pub fn answered(&mut self, op: OpId, answer: Result<&Entry, &Refusal>) -> Vec<OpId> {
        let Some(at) = self.jobs.iter().position(|job| job.op == op) else { return Vec::new() };
        let Some(mut job) = self.jobs.remove(at) else { return Vec::new() };
        match answer {
            Ok(entry) => {
                self.go_on_from(&job, &entry.change);
                Vec::new()
            }
            Err(why) => {
                let folded = self.fold_into(&mut job, why);
                self.keep_rest(&mut job, why);
                if job.has_text() {
                    self.keep_refused(job, why);
                }
                folded
            }
        }
    }

    /// A conflict in one field holds up that field alone: all else that was wanted with it goes out at once.
    fn keep_rest(&mut self, job: &mut Job, why: &Refusal) {
        let Refusal::Conflict { field, .. } = why else { return };
        let mut rest = job.clone();
        let (Some(contested), Some(others)) = (job.edit_mut(), rest.edit_mut()) else { return };
        match field {
            Field::Title => others.title = None,
            _ => others.description = None,
        }
        let reason = contested.reason.take();
        let only = match field {
            Field::Title => Edit { title: contested.title.take(), reason, ..Edit::default() },
            _ => Edit { description: contested.description.take(), reason, ..Edit::default() },
        };
        *contested = only;
        if !others.is_empty() {
            // The server has not taken it, so it may come again under the same name.
            rest.sent = false;
            self.jobs.push_front(rest);
        }
    }

    /// Texts that were written on at the same closed door are one.
    fn keep_refused(&mut self, mut job: Job, why: &Refusal) {
        if !matches!(why, Refusal::Conflict { .. }) {
            readings::forget_basis(&mut job.command);
        }
        let same = self.refused.iter_mut().find(|refused| refused.why == *why && refused.is_written_on_by(&job));
        if !same.is_some_and(|refused| refused.job.join(&job)) {
            self.refused.push(Refused { job, why: why.clone() });
        }
    }

    /// Gives up a job that waits; with the creation of an item everything that was wanted for it. Answers the op ids.
    pub fn withdraw(&mut self, op: OpId) -> Vec<OpId> {
        let Some(job) = self.jobs.iter().find(|job| job.op == op).cloned() else { return Vec::new() };
        let creates = matches!(job.command, Command::Item(ItemCommand::Create { .. }));
        let goes = |other: &Job| other.op == op || (creates && other.item() == job.item());
        let gone = self.jobs.iter().filter(|job| goes(job)).map(|job| job.op).collect();
        self.jobs.retain(|job| !goes(job));
        gone
    }

    /// Asks again about texts in conflict: the versions that the answer told may be withdrawn. Under fresh names, since what
    /// was wanted with such a text may have been done under its old one.
    pub fn ask_again(&mut self, scope: Scope, fresh: impl Fn() -> OpId) {
        let stale = |refused: &Refused| scope.holds(&refused.job) && matches!(refused.why, Refusal::Conflict { .. });
        let (asked, kept) = std::mem::take(&mut self.refused).into_iter().partition(stale);
        self.refused = kept;
        self.jobs.extend(Vec::into_iter(asked).map(|refused| refused.job.renamed(fresh())));
    }

    /// Lets a refused text go. One that was written on meanwhile stays.
    pub fn dismiss(&mut self, gone: &Refused) {
        self.refused.retain(|refused| refused != gone);
    }

    /// Lets go of the refused text of an edit that is in conflict in a field: it was decided.
    pub fn dismiss_conflict(&mut self, op: OpId, field: Field) {
        self.refused.retain(|refused| !refused.is_contest(op, field));
    }

    /// Lets go of what was refused of a job, under whichever of its names.
    pub fn let_go_of(&mut self, op: OpId) {
        self.refused.retain(|refused| !refused.job.is(op));
    }

    /// Goes on writing at the text of an edit that is in conflict. Words that the field does not hold change nothing.
    pub fn amend_conflict(&mut self, op: OpId, field: Field, text: &str) {
        for refused in self.refused.iter_mut().filter(|refused| refused.is_contest(op, field)) {
            let Some(edit) = refused.job.edit_mut() else { continue };
            if let (Field::Title, Some(edit), Ok(title)) = (field, &mut edit.title, Title::parse(text)) {
                edit.body = title;
            }
            if let (Field::Description, Some(edit), Ok(text)) = (field, &mut edit.description, Description::parse(text))
            {
                edit.body = text;
            }
        }
    }

    fn go_on_from(&mut self, done: &Job, change: &Change) {
        let Some(saved) = SavedText::of(done, change) else { return };
        for at in self.followers(done) {
            self.jobs.get_mut(at).into_iter().for_each(|job| saved.rebase(job));
        }
        self.saved.push_back(saved);
        if self.saved.len() > SAVED {
            self.saved.pop_front();
        }
    }

    /// Where the jobs stand that go on from one, and from those that do.
    fn followers(&self, first: &Job) -> Vec<usize> {
        let mut chain = vec![first];
        let mut found = Vec::new();
        for (at, job) in self.jobs.iter().enumerate() {
            // What was sent stays as it was sent: its own answer will tell.
            if !job.sent && chain.iter().any(|earlier| job.goes_on_from(earlier)) {
                chain.push(job);
                found.push(at);
            }
        }
        found
    }

    /// Texts that go on from a refused one have nothing to stand on: the newest takes its place in the refused job.
    /// Answers the op ids of the jobs of which nothing is left.
    fn fold_into(&mut self, refused: &mut Job, why: &Refusal) -> Vec<OpId> {
        let folds = |field: Field| !matches!(why, Refusal::Conflict { field: only, .. } if *only != field);
        if readings::narrative_from(&mut refused.command).is_some() {
            return self.fold_readings(refused);
        }
        let (followers, mut written_on) = (self.followers(refused), Vec::new());
        let Some(into) = refused.edit_mut() else { return Vec::new() };
        for at in followers {
            let Some(job) = self.jobs.get_mut(at) else { continue };
            let ops: Vec<OpId> = job.ops().collect();
            let Some(edit) = job.edit_mut() else { continue };
            let title = folds(Field::Title) && fold(&mut into.title, &mut edit.title);
            let description = folds(Field::Description) && fold(&mut into.description, &mut edit.description);
            if title || description {
                written_on.extend(ops);
            }
        }
        refused.also.extend(written_on);
        let is_empty = |job: &Job| job.edit().is_some_and(Edit::is_empty);
        let gone = self.jobs.iter().filter(|job| is_empty(job)).map(|job| job.op).collect();
        self.jobs.retain(|job| !is_empty(job));
        gone
    }
}

impl Outbox {
    /// Readings that go on from a refused one: the newest stands for all. What was to be done with it is not done. Answers the
    /// op ids of those that have its answer.
    fn fold_readings(&mut self, refused: &mut Job) -> Vec<OpId> {
        let followers = self.followers(refused);
        let mut gone = Vec::new();
        for at in followers.iter().rev() {
            gone.extend(self.jobs.remove(*at));
        }
        let mut take_in = |job: Job| {
            refused.join(&job);
            job.op
        };
        gone.into_iter().rev().map(&mut take_in).collect()
    }
}

/// Puts newer words into the place of older ones. Whether there were both.
fn fold<T>(into: &mut Option<TextEdit<T>>, from: &mut Option<TextEdit<T>>) -> bool {
    let (Some(into), true) = (into, from.is_some()) else { return false };
    if let Some(newer) = from.take() {
        into.body = newer.body;
    }
    true
}

#[cfg(test)]
mod tests;

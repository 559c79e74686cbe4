//! A command on its way, and how edits that go on from each other become one.

use super::readings;
use crate::domain::{
    change::Command,
    ids::{ItemId, OpId},
    items::{Edit, ItemCommand},
    protocol::{self, PROTOCOL},
    text::TextEdit,
};
use serde::{Deserialize, Serialize};

/// A command that waits for its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "StoredJob")]
pub struct Job {
    pub op: OpId,
    /// The version of the format of `command`.
    pub protocol: u32,
    pub command: Command,
    /// When it was wanted, in milliseconds since 1970, UTC.
    pub at: i64,
    /// The job whose text this one goes on from: whoever wrote this had that one before their eyes.
    pub follows: Option<OpId>,
    /// Edits that were joined into this one.
    pub also: Vec<OpId>,
    /// Whether it was handed to the line, so that the server may know it. It must then stay as it is.
    pub sent: bool,
}

impl Job {
    pub fn new(op: OpId, command: Command, at: i64, follows: Option<OpId>) -> Self {
        Self { op, protocol: PROTOCOL, command, at, follows, also: Vec::new(), sent: false }
    }

    /// Whether this, or an edit that was joined into it, was wanted under that name.
    pub fn is(&self, op: OpId) -> bool {
        self.op == op || self.also.contains(&op)
    }

    /// The same under another name, to be sent as if it never was. It is still known by those that it had.
    pub(super) fn renamed(mut self, op: OpId) -> Self {
        self.also.insert(0, self.op);
        Self { op, sent: false, ..self }
    }

    /// The last edit that was joined into it: whoever goes on from that one has seen all of its words.
    pub fn newest(&self) -> OpId {
        self.also.last().copied().unwrap_or(self.op)
    }

    pub(super) fn goes_on_from(&self, earlier: &Job) -> bool {
        self.follows == Some(earlier.newest())
    }

    pub(super) fn ops(&self) -> impl Iterator<Item = OpId> + use<'_> {
        std::iter::once(self.op).chain(self.also.iter().copied())
    }

    /// The item that it is about.
    pub fn item(&self) -> Option<ItemId> {
        self.command.item()
    }

    pub(super) fn edit(&self) -> Option<&Edit> {
        match &self.command {
            Command::Item(ItemCommand::Edit { edit, .. }) => Some(edit),
            _ => None,
        }
    }

    pub(super) fn edit_mut(&mut self) -> Option<&mut Edit> {
        match &mut self.command {
            Command::Item(ItemCommand::Edit { edit, .. }) => Some(edit),
            _ => None,
        }
    }

    /// Takes in an edit that was made from this one, or a reading of the same. Whether both are such.
    pub(super) fn join(&mut self, newer: &Job) -> bool {
        if let Some(command) = readings::joined(&self.command, &newer.command) {
            self.command = command;
        } else if let (Some(first), Some(second)) = (self.edit().cloned(), newer.edit().cloned()) {
            if let Some(edit) = self.edit_mut() {
                *edit = join(first, second);
            }
        } else {
            return false;
        }
        self.also.extend(newer.ops().filter(|op| !self.is(*op)).collect::<Vec<_>>());
        true
    }

    /// Whether it carries something that somebody wrote.
    pub(super) fn has_text(&self) -> bool {
        match &self.command {
            Command::Item(ItemCommand::Create { .. }) => true,
            Command::Item(ItemCommand::Edit { edit, .. }) => edit.title.is_some() || edit.description.is_some(),
            Command::Item(_) => false,
            Command::Results(command) => command.has_text(),
        }
    }
}

/// Two edits as one, the second having been made from the first.
fn join(first: Edit, second: Edit) -> Edit {
    Edit {
        title: joined(first.title, second.title),
        description: joined(first.description, second.description),
        objective: second.objective.or(first.objective),
        lead: second.lead.or(first.lead),
        partners: match second.co_partners {
            Some(_) => second.partners,
            None => first.partners.then(second.partners),
        },
        co_partners: second.co_partners.or(first.co_partners),
        start: second.start.or(first.start),
        due: second.due.or(first.due),
        parts: match second.measure {
            Some(_) => second.parts,
            None => first.parts.then(second.parts),
        },
        measure: second.measure.or(first.measure),
        reason: second.reason.or(first.reason),
    }
}

/// The newer words, from the version that the older were made from.
fn joined<T>(first: Option<TextEdit<T>>, second: Option<TextEdit<T>>) -> Option<TextEdit<T>> {
    match (first, second) {
        (Some(first), Some(second)) => Some(TextEdit { from: first.from, body: second.body }),
        (first, second) => second.or(first),
    }
}

/// A job as it lies in a browser, its command perhaps in the words of an older program.
#[derive(Deserialize)]
struct StoredJob {
    op: OpId,
    protocol: u32,
    command: Command,
    at: i64,
    #[serde(default)]
    follows: Option<OpId>,
    #[serde(default)]
    also: Vec<OpId>,
    #[serde(default)]
    sent: bool,
}

impl TryFrom<StoredJob> for Job {
    type Error = &'static str;

    fn try_from(stored: StoredJob) -> Result<Self, Self::Error> {
        let StoredJob { op, protocol, command, at, follows, also, sent } = stored;
        let command = protocol::command(protocol, command).ok_or("a command of an unknown version")?;
        Ok(Self { op, protocol: PROTOCOL, command, at, follows, also, sent })
    }
}

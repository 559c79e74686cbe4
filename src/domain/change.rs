//! Commands and changes: everything that alters a plan is wished for as one, and recorded as the other.

use super::{
    accounts::{Organisation, Viewer},
    fields::{Field, FieldError, Problem},
    ids::{ItemId, MemberId, OpId, Revision, StatusId, TextId},
    items::{Edit, Facts, Item, ItemChange, ItemCommand},
    plan::Frame,
    policy,
    rank::Rank,
    results::{change::ResultsChange, command::ResultsCommand},
    text::{Text, TextEdit},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What somebody wants to happen to a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    Item(ItemCommand),
    Results(ResultsCommand),
}

impl Command {
    pub fn as_item(&self) -> Option<&ItemCommand> {
        match self {
            Self::Item(command) => Some(command),
            Self::Results(_) => None,
        }
    }

    /// The item that it is about.
    pub fn item(&self) -> Option<ItemId> {
        self.as_item().map(ItemCommand::item)
    }
}

/// What happened to a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// The plan was opened, with its objectives and statuses.
    Opened(Box<Frame>),
    /// An organisation of the network was added, or is no longer as it was.
    Organisation(Box<Organisation>),
    Item(ItemChange),
    /// Of the framework, its indicators or their readings.
    Results(Box<ResultsChange>),
    /// The same for a browser: that something of it has changed. It asks anew for what its member may read.
    ResultsTouched,
    /// The same where texts were withdrawn: what the browser keeps of them is to be asked about again.
    ResultsWithdrawn,
}

impl Change {
    /// Every text in it, with the field that it stands in.
    pub fn texts_mut(&mut self) -> Vec<(Field, &mut Text)> {
        match self {
            Self::Opened(_) | Self::Organisation(_) | Self::ResultsTouched | Self::ResultsWithdrawn => Vec::new(),
            Self::Item(change) => change.texts_mut(),
            Self::Results(change) => change.texts_mut(),
        }
    }

    /// The item that it is about.
    pub fn item(&self) -> Option<ItemId> {
        match self {
            Self::Item(change) => Some(change.item()),
            _ => None,
        }
    }

    /// Whether wordings were taken out of history.
    pub fn is_withdrawal(&self) -> bool {
        match self {
            Self::Item(change) => matches!(change, ItemChange::Withdrawn { .. }),
            Self::Results(change) => matches!(**change, ResultsChange::Withdrawn { .. }),
            _ => false,
        }
    }

    /// What its texts belong to.
    pub fn subject(&self) -> Option<Uuid> {
        match self {
            Self::Item(change) => Some(change.item().0),
            Self::Results(change) => change.subject(),
            _ => None,
        }
    }
}

/// A change with its place in the plan's history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub revision: Revision,
    pub op: OpId,
    pub actor: MemberId,
    /// Milliseconds since 1970, UTC.
    pub at: i64,
    pub change: Change,
}

/// Why a command has no effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The asker may see it, but not do this.
    Forbidden,
    /// There is no such item, or none that the asker may see.
    NotFound,
    /// The item lies in the archive; only bringing it back is possible.
    Archived,
    /// Another command already used this op id or item id.
    Taken,
    Invalid(Vec<FieldError>),
    /// The text moved on since the version that the edit was made from.
    Conflict {
        field: Field,
        theirs: Text,
        /// What both were made from; nothing if it is no longer known.
        #[serde(default)]
        base: Option<String>,
    },
    /// More at once than anybody works; the same again may do in a moment.
    TooFast,
    /// The database is busy or cannot be written now; the same again may do later.
    Unavailable,
    /// No room is left on the server's disk.
    NoSpace,
    /// The server failed in a way that nobody outside can mend; its log says more.
    Failed,
}

impl From<FieldError> for Refusal {
    fn from(error: FieldError) -> Self {
        Self::Invalid(vec![error])
    }
}

/// What the writer reads for a command before it decides.
#[derive(Clone, Debug)]
pub struct Touched {
    /// The item named by the command, unless it is to be created.
    pub item: Option<Item>,
    /// The number and the place that a new item would get.
    pub next_number: i64,
    /// The ranks above and below the place that a move names; for a new item the last rank of the first status.
    pub above: Option<Rank>,
    pub below: Option<Rank>,
    /// What title and description said in the versions that an edit was made from, where these are not the newest.
    pub bases: Bases,
}

/// Older versions of an item's texts.
#[derive(Clone, Debug, Default)]
pub struct Bases {
    pub title: Option<String>,
    pub description: Option<String>,
}

/// Decides a command about an item: the asker's rights, the values, and what then happens. Texts get the ids that `text_id` makes.
pub fn decide(
    viewer: &Viewer,
    frame: &Frame,
    command: &ItemCommand,
    touched: Touched,
    text_id: impl Fn() -> TextId,
) -> Result<Change, Refusal> {
    if let ItemCommand::Create { item, title, description, facts, .. } = command {
        let fresh = |body: &str| Text { id: text_id(), version: 1, body: body.to_owned() };
        let texts = (fresh(title.as_str()), fresh(description.as_str()));
        let created = create(viewer, frame, *item, texts, facts, touched)?;
        refuse_unless_confirmed(command, None)?;
        return Ok(Change::Item(created));
    }
    let item = touched.item.clone().filter(|item| policy::can_read_item(viewer, item.rights()));
    let item = item.ok_or(Refusal::NotFound)?;
    allow(policy::can_write_item(viewer, item.rights()))?;
    if item.archived && !matches!(command, ItemCommand::Restore { .. } | ItemCommand::Withdraw { .. }) {
        return Err(Refusal::Archived);
    }
    let change = match command {
        ItemCommand::Create { .. } => return Err(Refusal::Taken),
        ItemCommand::Edit { edit, .. } => {
            let edited = edited(viewer, frame, &item, edit, &touched.bases, text_id)?;
            refuse_unless_confirmed(command, Some(&item))?;
            edited
        }
        ItemCommand::Move { to, .. } => moved(frame, &item, *to, &touched)?,
        ItemCommand::Withdraw { .. } => ItemChange::Withdrawn { item: item.id },
        ItemCommand::Archive { .. } => ItemChange::Archived { item: item.id },
        ItemCommand::Restore { .. } => ItemChange::Restored(Box::new(Item { archived: false, ..item })),
        ItemCommand::Publish { .. } => {
            allow(policy::can_change_visibility(viewer))?;
            ItemChange::Shown(Box::new(Item { published: true, ..item }))
        }
        ItemCommand::Hide { .. } => {
            allow(policy::can_change_visibility(viewer))?;
            ItemChange::Hidden { item: item.id }
        }
    };
    Ok(Change::Item(change))
}

fn allow(allowed: bool) -> Result<(), Refusal> {
    allowed.then_some(()).ok_or(Refusal::Forbidden)
}

fn create(
    viewer: &Viewer,
    frame: &Frame,
    id: ItemId,
    (title, description): (Text, Text),
    facts: &Facts,
    touched: Touched,
) -> Result<ItemChange, Refusal> {
    allow(policy::can_create_items(viewer))?;
    if touched.item.is_some() {
        return Err(Refusal::Taken);
    }
    let mut errors = facts.check(frame);
    if errors.is_empty() && !policy::can_create_item_for(viewer, facts.lead) {
        errors.push(FieldError::new(Field::Lead, Problem::NotYours));
    }
    refuse_if_any(errors)?;
    let status = frame.statuses.first().ok_or(Refusal::NotFound)?.id;
    Ok(ItemChange::Created(Box::new(Item {
        id,
        number: touched.next_number,
        title,
        description,
        facts: facts.clone(),
        status,
        rank: Rank::between(touched.above.as_ref(), None),
        published: false,
        archived: false,
    })))
}

/// What looks like personal data is saved for a reason only.
fn refuse_unless_confirmed(command: &ItemCommand, before: Option<&Item>) -> Result<(), Refusal> {
    match command.reason() {
        Some(_) => Ok(()),
        None => refuse_if_any(command.looks_personal(before)),
    }
}

pub(super) fn refuse_if_any(errors: Vec<FieldError>) -> Result<(), Refusal> {
    if errors.is_empty() { Ok(()) } else { Err(Refusal::Invalid(errors)) }
}

fn edited(
    viewer: &Viewer,
    frame: &Frame,
    item: &Item,
    edit: &Edit,
    bases: &Bases,
    text_id: impl Fn() -> TextId,
) -> Result<ItemChange, Refusal> {
    let facts = edit.over(&item.facts).map_err(|error| Refusal::Invalid(vec![error]))?;
    let mut errors = facts.check(frame);
    if facts.lead != item.facts.lead && !policy::can_change_lead(viewer) {
        errors.push(FieldError::new(Field::Lead, Problem::NotYours));
    }
    refuse_if_any(errors)?;
    let title = edit.title.as_ref().map(|edit| TextEdit { from: edit.from, body: edit.body.as_str() });
    let description = edit.description.as_ref().map(|edit| TextEdit { from: edit.from, body: edit.body.as_str() });
    Ok(ItemChange::Edited {
        item: item.id,
        title: next_version(Field::Title, &item.title, title, &bases.title, &text_id)?,
        description: next_version(Field::Description, &item.description, description, &bases.description, &text_id)?,
        facts: (facts != item.facts).then(|| Box::new(facts)),
    })
}

/// The text that follows `current`, if the edit was made from it. An edit that says the same as `current` is no edit.
pub(super) fn next_version(
    field: Field,
    current: &Text,
    edit: Option<TextEdit<&str>>,
    base: &Option<String>,
    text_id: impl Fn() -> TextId,
) -> Result<Option<Text>, Refusal> {
    match edit {
        None => Ok(None),
        Some(edit) if edit.body == current.body => Ok(None),
        Some(edit) if edit.from != current.version => {
            Err(Refusal::Conflict { field, theirs: current.clone(), base: base.clone() })
        }
        Some(edit) => Ok(Some(Text { id: text_id(), version: current.version + 1, body: edit.body.to_owned() })),
    }
}

fn moved(frame: &Frame, item: &Item, to: StatusId, touched: &Touched) -> Result<ItemChange, Refusal> {
    if frame.status(to).is_none() {
        return Err(Refusal::Invalid(vec![FieldError::new(Field::Status, Problem::Unknown)]));
    }
    let rank = Rank::between(touched.above.as_ref(), touched.below.as_ref());
    Ok(ItemChange::Moved { item: item.id, to, rank })
}

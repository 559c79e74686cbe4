//! The plan's writer: one task a plan, independent of any request (a handler is dropped when its client goes away,
//! and what is committed must still be answered and published). It takes the commands that wait into one transaction,
//! so that many clients share one wait for the disk.

mod results;

use super::{audit, clock::Clock, hub::Hub, outage, sessions::Origin};
use crate::{
    domain::{
        accounts::{Member, Viewer},
        audit::{Action, Detail},
        change::{Bases, Change, Command, Entry, Refusal, Touched, decide},
        fields::Field,
        ids::{ItemId, OpId, PlanId, Revision, StatusId, TextId},
        items::{Item, ItemChange, ItemCommand},
        plan::Frame,
        rank::Rank,
        text::Version,
    },
    store::{self, Conn, Db, Neighbours, StoreError},
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

/// How many commands share a transaction at most.
const BATCH: usize = 64;

/// How many commands may wait before submitting waits too.
const QUEUE: usize = 1024;

/// A command with who wants it. The op id is the sender's: sent twice, it takes effect once.
#[derive(Clone, Debug)]
pub struct Submission {
    pub op: OpId,
    pub member: Member,
    /// Of the network from which it comes.
    pub address: String,
    pub command: Command,
}

type Answer = Result<Entry, Refusal>;

struct Job {
    submission: Submission,
    answer: oneshot::Sender<Answer>,
}

/// The writers of all plans, each started when first needed.
#[derive(Clone)]
pub struct Writers {
    db: Db,
    clock: Clock,
    hub: Hub,
    running: Arc<Mutex<HashMap<PlanId, mpsc::Sender<Job>>>>,
}

impl Writers {
    pub fn new(db: Db, clock: Clock, hub: Hub) -> Self {
        Self { db, clock, hub, running: Arc::default() }
    }

    /// Hands a command to the plan's writer and waits for what came of it.
    pub async fn submit(&self, plan: PlanId, submission: Submission) -> Answer {
        let (answer, answered) = oneshot::channel();
        self.writer(plan).send(Job { submission, answer }).await.map_err(|_| Refusal::Unavailable)?;
        answered.await.map_err(|_| Refusal::Unavailable)?
    }

    fn writer(&self, plan: PlanId) -> mpsc::Sender<Job> {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        let writer = running.entry(plan).or_insert_with(|| self.start(plan));
        if writer.is_closed() {
            *writer = self.start(plan);
        }
        writer.clone()
    }

    fn start(&self, plan: PlanId) -> mpsc::Sender<Job> {
        let (sender, jobs) = mpsc::channel(QUEUE);
        tokio::spawn(run(self.db.clone(), self.clock, self.hub.clone(), plan, jobs));
        sender
    }
}

async fn run(db: Db, clock: Clock, hub: Hub, plan: PlanId, mut jobs: mpsc::Receiver<Job>) {
    let mut batch = Vec::with_capacity(BATCH);
    while jobs.recv_many(&mut batch, BATCH).await > 0 {
        let submissions: Vec<&Submission> = batch.iter().map(|job| &job.submission).collect();
        let answers = match write(&db, clock.now(), plan, &submissions).await {
            Ok(answers) => answers,
            Err(error) => vec![Err(outage(error)); batch.len()],
        };
        hub.news(plan);
        for (job, answer) in batch.drain(..).zip(answers) {
            // Whoever asked may have gone; what is committed stands all the same.
            let _ = job.answer.send(answer);
        }
    }
}

/// Decides and writes a batch in one transaction. Either all of it is committed, or none.
async fn write(db: &Db, now: i64, plan: PlanId, batch: &[&Submission]) -> Result<Vec<Answer>, StoreError> {
    let mut tx = db.write().await?;
    let count = i64::try_from(batch.len()).unwrap_or(0);
    let mut reserved = store::move_revision(&mut tx, plan, count).await?;
    let frame = store::frame(&mut tx, plan).await?;
    let mut next = Revision(reserved.0 - count + 1);
    let mut answers = Vec::with_capacity(batch.len());
    for submission in batch {
        // A part of its own, so that a command that fails does not take the rest of the batch with it.
        tx.savepoint().await?;
        let answer = match write_one(&mut tx, now, plan, &frame, next, submission).await {
            Ok(answer) => {
                tx.release().await?;
                answer
            }
            Err(error) => match tx.undo().await {
                Ok(()) => Err(outage(error)),
                // The database undid the whole transaction itself, as SQLite does when the disk is full.
                Err(_) => return Err(error),
            },
        };
        if let Some(entry) = answer.as_ref().ok().filter(|entry| entry.revision == next) {
            next.0 += 1;
            if let Some((item, status)) = grown(&entry.change) {
                let shortened = shorten(&mut tx, plan, item, status, entry, next).await?;
                reserved = store::move_revision(&mut tx, plan, shortened).await?;
                next.0 += shortened;
            }
        }
        answers.push(answer);
    }
    let unused = reserved.0 + 1 - next.0;
    if unused > 0 {
        store::move_revision(&mut tx, plan, -unused).await?;
    }
    store::announce(&mut tx, plan, Revision(next.0 - 1)).await?;
    tx.commit().await?;
    Ok(answers)
}

/// Decides and writes one command. A known op id answers what it answered the first time.
async fn write_one(
    tx: &mut Conn,
    now: i64,
    plan: PlanId,
    frame: &Frame,
    revision: Revision,
    submission: &Submission,
) -> Result<Answer, StoreError> {
    let Submission { op, member, command, .. } = submission;
    if let Some((known_plan, known)) = store::change_by_op(tx, *op).await? {
        let own = known_plan == plan && known.actor == member.id;
        return Ok(if own { Ok(known) } else { Err(Refusal::Taken) });
    }
    // The rights that the request came with may be gone meanwhile.
    let now_is = store::member(tx, member.id).await?.filter(|stored| stored.active).map(|stored| stored.member);
    if now_is.is_none_or(|now| (now.org, now.role) != (member.org, member.role)) {
        return Ok(Err(Refusal::Forbidden));
    }
    let viewer = Viewer::Member(member.clone());
    let decided = match command {
        Command::Item(command) => {
            let touched = read(tx, plan, frame, command).await?;
            let noted = noted(command, &touched);
            decide(&viewer, frame, command, touched, text_id).map(|change| (change, noted))
        }
        Command::Results(command) => results::decide(tx, plan, &viewer, frame, command).await?,
    };
    let (change, noted) = match decided {
        Ok(decided) => decided,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let entry = Entry { revision, op: *op, actor: member.id, at: now, change };
    record(tx, plan, &entry).await?;
    if let Some((action, detail)) = noted {
        let from = Origin { address: submission.address.clone(), ..Origin::default() };
        store::add_audit(tx, &audit::line(now, action, Some(member.id), &from).with(detail)).await?;
    }
    Ok(Ok(entry))
}

fn text_id() -> TextId {
    TextId(Uuid::now_v7())
}

/// What of a command belongs into the audit: that something was saved though it looks like personal data, and why; that
/// texts were withdrawn. Never the text itself.
fn noted(command: &ItemCommand, touched: &Touched) -> Option<(Action, Detail)> {
    let number = touched.item.as_ref().map_or(touched.next_number, |item| item.number);
    let detail = |reason| Detail { item: Some(number), reason, ..Detail::default() };
    match command {
        ItemCommand::Withdraw { .. } => Some((Action::TextsWithdrawn, detail(None))),
        _ if command.looks_personal(touched.item.as_ref()).is_empty() => None,
        _ => Some((Action::GuardOverridden, detail(command.reason().map(|reason| reason.as_str().to_owned())))),
    }
}

/// The item to which a change has given a rank that is too long, with its status.
fn grown(change: &Change) -> Option<(ItemId, StatusId)> {
    match change {
        Change::Item(ItemChange::Moved { item, to, rank }) if rank.is_long() => Some((*item, *to)),
        Change::Item(ItemChange::Created(item)) if item.rank.is_long() => Some((item.id, item.status)),
        _ => None,
    }
}

/// Gives an item and those around it short ranks, in the order that they have. Answers how many changes that took.
async fn shorten(
    tx: &mut Conn,
    plan: PlanId,
    item: ItemId,
    status: StatusId,
    after: &Entry,
    first: Revision,
) -> Result<i64, StoreError> {
    let (items, ranks): (Vec<ItemId>, Vec<Rank>) = store::in_order(tx, status).await?.into_iter().unzip();
    let Some(at) = items.iter().position(|other| *other == item) else { return Ok(0) };
    let part = Rank::to_shorten(&ranks, at);
    let above = part.start.checked_sub(1).and_then(|above| ranks.get(above));
    let short = Rank::spread(above, ranks.get(part.end), part.len());
    let items = items.get(part).unwrap_or_default();
    let mut revision = first;
    for (item, rank) in items.iter().copied().zip(short) {
        let change = Change::Item(ItemChange::Ranked { item, rank });
        let entry = Entry { revision, op: OpId(Uuid::now_v7()), change, ..after.clone() };
        record(tx, plan, &entry).await?;
        revision.0 += 1;
    }
    Ok(revision.0 - first.0)
}

/// Reads what a command touches. An item of another plan is not there.
async fn read(tx: &mut Conn, plan: PlanId, frame: &Frame, command: &ItemCommand) -> Result<Touched, StoreError> {
    let id = command.item();
    let item = match store::item_plan(tx, id).await? {
        Some(of) if of == plan => store::item(tx, id).await?,
        Some(_) if matches!(command, ItemCommand::Create { .. }) => store::item(tx, id).await?,
        _ => None,
    };
    let Neighbours { above, below } = match command {
        ItemCommand::Move { to, after: Some(after), .. } => store::place_after(tx, *to, *after, id).await?,
        ItemCommand::Move { to, after: None, .. } => store::top_of(tx, *to, id).await?,
        ItemCommand::Create { .. } => match frame.statuses.first() {
            Some(first) => store::place_after(tx, first.id, id, id).await?,
            None => Neighbours::default(),
        },
        _ => Neighbours::default(),
    };
    let bases = match (command, &item) {
        (ItemCommand::Edit { edit, .. }, Some(item)) => {
            let title = edit.title.as_ref().map(|edit| edit.from);
            let description = edit.description.as_ref().map(|edit| edit.from);
            Bases {
                title: base(tx, item, Field::Title, item.title.version, title).await?,
                description: base(tx, item, Field::Description, item.description.version, description).await?,
            }
        }
        _ => Bases::default(),
    };
    let next_number = match command {
        ItemCommand::Create { .. } => store::last_number(tx, plan).await? + 1,
        _ => 0,
    };
    Ok(Touched { item, next_number, above, below, bases })
}

/// What a text said in the version that an edit was made from, if that is not the newest.
async fn base(
    tx: &mut Conn,
    item: &Item,
    field: Field,
    newest: Version,
    from: Option<Version>,
) -> Result<Option<String>, StoreError> {
    match from {
        Some(from) if from != newest => store::text_version(tx, item.id, field, from).await,
        _ => Ok(None),
    }
}

/// Writes a change into history and rows.
pub async fn record(tx: &mut Conn, plan: PlanId, entry: &Entry) -> Result<(), StoreError> {
    if let Change::Opened(frame) = &entry.change {
        store::add_plan(tx, frame).await?;
    }
    store::add_change(tx, plan, entry).await?;
    match &entry.change {
        Change::Opened(_) => Ok(()),
        Change::Organisation(org) => store::save_organisation(tx, org).await,
        Change::Item(change) => store::apply_change(tx, plan, change).await,
        Change::Results(change) => store::apply_results(tx, plan, change).await,
        // Made for browsers alone.
        Change::ResultsTouched | Change::ResultsWithdrawn => Ok(()),
    }
}

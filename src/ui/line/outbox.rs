//! Commands on their way: done on screen at once, kept by the browser until they are answered, sent one after the other
//! by one tab for all.

use super::{Foreign, Line};
use crate::{
    api::{AppError, plan::submit},
    domain::{
        change::{Command, Entry, Refusal},
        ids::{MemberId, OpId},
        outbox::{Job, Outbox, Refused},
        protocol::PROTOCOL,
    },
    i18n,
    ui::{browser, kit::error},
};
use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};
use std::{cell::RefCell, rc::Rc};

/// Under this name one tab sends, and the others wait.
const SENDING: &str = "act-board-sending";

/// What came of a command.
#[derive(Clone, Debug)]
pub enum Answered {
    Done(Box<Entry>),
    Refused(AppError),
    /// It was taken back before it was sent.
    Withdrawn,
}

impl From<Result<Entry, AppError>> for Answered {
    fn from(answer: Result<Entry, AppError>) -> Self {
        match answer {
            Ok(entry) => Self::Done(Box::new(entry)),
            Err(error) => Self::Refused(error),
        }
    }
}

/// Called with what came of a command.
pub(super) type Done = Box<dyn FnOnce(Answered) + Send + Sync>;

/// What tabs tell each other of a member's outbox.
#[derive(Serialize, Deserialize)]
enum Told {
    Changed(MemberId),
    Answered(MemberId, OpId, Box<Result<Entry, AppError>>),
    Withdrawn(MemberId, Vec<OpId>),
}

fn tell(told: &Told) {
    // What is told is plain data, so it can be written out.
    browser::tell_tabs(&serde_json::to_string(told).unwrap_or_default());
}

fn name(member: MemberId) -> String {
    format!("outbox {member}")
}

impl Line {
    /// Hands a command to the server, and does it on screen at once. Answers its op id.
    pub fn submit(self, command: Command, done: impl FnOnce(Answered) + Send + Sync + 'static) -> OpId {
        let op = browser::new_op();
        self.submit_after(op, command, None, done);
        op
    }

    /// The same under a name of one's own, for a text that goes on from an earlier one, whether or not that is saved by
    /// now.
    pub fn submit_after(
        self,
        op: OpId,
        command: Command,
        follows: Option<OpId>,
        done: impl FnOnce(Answered) + Send + Sync + 'static,
    ) {
        if let Some(board) = self.board.get_untracked() {
            board.submit(op, &command);
        }
        self.done.update_value(|all| all.entry(op).or_default().push(Box::new(done)));
        let job = Job::new(op, command, browser::wall_clock(), follows);
        self.outbox.update(|outbox| {
            outbox.add(job.clone());
        });
        self.fresh.update_value(|fresh| fresh.push(job));
        self.store();
    }

    /// Takes a command back that waits. One that was sent already may be done all the same.
    pub fn withdraw(self, op: OpId) {
        let Some(member) = self.member.get_untracked() else { return };
        spawn_local(async move {
            let gone = self.ask(member, move |outbox| outbox.withdraw(op)).await;
            tell(&Told::Withdrawn(member, gone.clone()));
            self.withdrawn(gone);
        });
    }

    fn withdrawn(self, gone: Vec<OpId>) {
        for done in gone.into_iter().flat_map(|op| self.take_done(op)) {
            done(Answered::Withdrawn);
        }
    }

    /// Lets a refused text go.
    pub fn dismiss(self, refused: Refused) {
        self.let_go(move |outbox| outbox.dismiss(&refused));
    }

    /// Changes what was refused.
    pub fn let_go(self, change: impl FnOnce(&mut Outbox) + 'static) {
        if let Some(member) = self.member.get_untracked() {
            spawn_local(self.change(member, Box::new(change)));
        }
    }

    /// Knows from now on whose outbox it is, and sends what was left in it.
    pub fn open_outbox(self, member: MemberId) {
        let known = self.member.get_untracked();
        self.member.set(Some(member));
        if known.is_none() {
            browser::hear_tabs(move |text| self.hear_tab(&text));
        }
        self.store();
        self.look_into(member);
    }

    fn look_into(self, member: MemberId) {
        spawn_local(async move {
            let stored = browser::kept(&name(member)).await;
            match stored.as_deref().map(Outbox::read) {
                Some(None) => self.newer.set(true),
                read => self.show(read.flatten().unwrap_or_default()),
            }
            self.drain();
        });
    }

    fn hear_tab(self, text: &str) {
        let Ok(told) = serde_json::from_slice(text.as_bytes()) else { return };
        let own = self.member.get_untracked();
        match told {
            Told::Changed(member) if own == Some(member) => self.look_into(member),
            Told::Answered(member, op, answer) if own == Some(member) => drop(self.settle(op, &answer)),
            Told::Withdrawn(member, gone) if own == Some(member) => self.withdrawn(gone),
            _ => {}
        }
    }

    /// Changes the outbox as the browser keeps it, and shows it. One that this program cannot read is left alone.
    async fn change(self, member: MemberId, change: Box<dyn FnOnce(&mut Outbox)>) {
        let shown = Rc::new(RefCell::new((Outbox::default(), false)));
        let result = shown.clone();
        let change = Box::new(move |stored: Option<String>| {
            let read = stored.as_deref().map(Outbox::read);
            let unreadable = read == Some(None);
            let before = read.flatten().unwrap_or_default();
            let mut outbox = before.clone();
            change(&mut outbox);
            let text = serde_json::to_string(&outbox).ok().filter(|_| !outbox.is_blank());
            result.replace((outbox.clone(), outbox != before));
            // One of a newer program is left alone; this page has to be loaded anew.
            self.unreadable.set_value(unreadable);
            if unreadable { stored } else { text }
        });
        browser::change_kept(&name(member), change).await;
        let (outbox, changed) = shown.take();
        if self.unreadable.get_value() {
            return self.newer.set(true);
        }
        self.show(outbox);
        // Only of what is new, or tabs would answer each other for ever.
        if changed {
            tell(&Told::Changed(member));
        }
    }

    /// The same, with an answer.
    async fn ask<T: Default + 'static>(self, member: MemberId, change: impl FnOnce(&mut Outbox) -> T + 'static) -> T {
        let answer = Rc::new(RefCell::new(T::default()));
        let given = answer.clone();
        let change = move |outbox: &mut Outbox| drop(given.replace(change(outbox)));
        self.change(member, Box::new(change)).await;
        answer.take()
    }

    /// Shows what waits: as it is kept, and what this tab has yet to put there.
    fn show(self, mut outbox: Outbox) {
        self.fresh.with_value(|fresh| {
            for job in fresh {
                outbox.add(job.clone());
            }
        });
        if let Some(board) = self.board.get_untracked() {
            board.wait_for(&outbox);
        }
        if self.outbox.with_untracked(|now| *now != outbox) {
            self.outbox.set(outbox);
        }
    }

    /// Puts what is new into the browser's keeping, in the order in which it was wanted.
    fn store(self) {
        let Some(member) = self.member.get_untracked() else { return };
        let fresh = self.fresh.get_value();
        if fresh.is_empty() || self.storing.get_value() {
            return;
        }
        self.storing.set_value(true);
        spawn_local(async move {
            let stored: Vec<OpId> = fresh.iter().map(|job| job.op).collect();
            let ops = self
                .ask(member, move |outbox| fresh.into_iter().map(|job| (job.op, outbox.add(job))).collect::<Vec<_>>());
            for (op, joined) in ops.await {
                let done = self.take_done(op);
                self.done.update_value(|all| all.entry(joined).or_default().extend(done));
            }
            self.storing.set_value(false);
            if self.unreadable.get_value() {
                return;
            }
            self.fresh.update_value(|fresh| fresh.retain(|job| !stored.contains(&job.op)));
            self.store();
            self.drain();
        });
    }

    /// Sends what waits, unless another tab is at it, or it was in vain a moment ago.
    pub(super) fn drain(self) {
        let waits = self.outbox.with_untracked(|outbox| outbox.jobs().len() > 0);
        if !waits || self.signed_out.get_untracked() || self.pausing.get_value() {
            return;
        }
        if self.sending.get_value() {
            return self.again.set_value(true);
        }
        self.sending.set_value(true);
        self.again.set_value(false);
        spawn_local(async move {
            browser::alone(SENDING, move || async move { while self.send_first().await {} }).await;
            self.sending.set_value(false);
            if self.again.get_value() {
                self.drain();
            }
        });
    }

    /// Sends the first command that waits. Whether to go on with the next.
    async fn send_first(self) -> bool {
        let Some(member) = self.member.get_untracked().filter(|_| !self.signed_out.get_untracked()) else {
            return false;
        };
        let Some(job) = self.ask(member, Outbox::take).await else { return false };
        let answer = browser::answer_to(submit(job.op, job.command.clone(), Some(member), Some(PROTOCOL)));
        match answer.await {
            // The same again may do later, and has no further effect if it did already.
            Err(AppError::Offline) => {
                self.could_not_send(true);
                false
            }
            Err(AppError::Refused(Refusal::Unavailable | Refusal::NoSpace | Refusal::TooFast)) => {
                self.could_not_send(false);
                false
            }
            // What waits is kept until the same member is back.
            Err(AppError::SignedOut) => {
                self.end();
                false
            }
            answer => {
                self.answered(member, &job, answer).await;
                true
            }
        }
    }

    /// The same is tried again later, and not before: one pause at a time, whoever asks meanwhile. If nothing came back
    /// at all, the line is looked at, since it may only seem to be there.
    fn could_not_send(self, is_unreachable: bool) {
        self.send_failures.update_value(|failures| *failures += 1);
        let failures = self.send_failures.get_value();
        if is_unreachable && failures == 1 {
            self.doubt();
        }
        self.pausing.set_value(true);
        // Until it is seen again, or the network is back.
        if self.rests() {
            return;
        }
        browser::later(super::pause(failures, browser::random()), move || {
            // The line may have come back meanwhile.
            if self.send_failures.get_value() == failures {
                self.send_anew();
            }
        });
    }

    /// Sends what waits now, without the rest of the pause.
    pub(super) fn send_anew(self) {
        self.pausing.set_value(false);
        self.drain();
    }

    async fn answered(self, member: MemberId, job: &Job, answer: Result<Entry, AppError>) {
        self.send_failures.set_value(0);
        self.reached();
        tell(&Told::Answered(member, job.op, Box::new(answer.clone())));
        let heard = self.settle(job.op, &answer);
        let (op, kept) = (job.op, answer.clone());
        let change = move |outbox: &mut Outbox| match &kept {
            Ok(entry) => outbox.answered(op, Ok(entry)),
            Err(AppError::Refused(why)) => outbox.answered(op, Err(why)),
            // No refusal by the plan: the server does not know what to make of it.
            Err(_) => outbox.answered(op, Err(&Refusal::Failed)),
        };
        for folded in self.ask(member, change).await {
            tell(&Told::Answered(member, folded, Box::new(answer.clone())));
            self.settle(folded, &answer);
        }
        if let Err(error) = answer
            && !heard
        {
            // Its page is gone.
            self.tell_refused(&self.title_of(&job.command), &error);
        }
    }

    fn title_of(self, command: &Command) -> String {
        let Some(item) = command.item() else { return i18n::waiting::results(self.locale()).to_owned() };
        let card = self.board.get_untracked().and_then(|board| board.peek(item));
        card.map_or_else(|| i18n::waiting::an_item(self.locale()).to_owned(), |card| card.title.clone())
    }

    /// Brings an answer to the board and to whoever waits for it. Whether somebody did.
    fn settle(self, op: OpId, answer: &Result<Entry, AppError>) -> bool {
        if let Some(board) = self.board.get_untracked() {
            match answer {
                Ok(entry) => {
                    // The next socket begins after it, and will not bring it again.
                    self.note_texts(entry);
                    board.receive(entry.clone());
                    self.keep_soon();
                    // Without a socket nobody else will bring what happened in between.
                    if board.has_gap() && !self.is_online() {
                        self.load();
                    }
                }
                Err(_) => board.refuse(op),
            }
        }
        let waiting = self.take_done(op);
        let heard = !waiting.is_empty();
        if let (Ok(entry), false) = (answer, heard) {
            // Of another tab, or of this one before it was closed: what is open here has yet to hear of it.
            let (revision, item) = (entry.revision, entry.change.item());
            self.foreign.set(Some(Foreign { revision, item, by: None }));
        }
        for done in waiting {
            done(answer.clone().into());
        }
        heard
    }

    fn take_done(self, op: OpId) -> Vec<Done> {
        self.done.try_update_value(|all| all.remove(&op)).flatten().unwrap_or_default()
    }

    /// Says that something was refused.
    pub fn tell_refused(self, title: &str, error: &AppError) {
        let (what, hint) = error::words(self.locale(), error);
        self.notices.tell(i18n::board::went_back(self.locale(), title, what, hint));
    }

    /// Forgets all that the browser keeps of a member.
    pub async fn forget(self, member: MemberId) {
        browser::forget_kept(&name(member)).await;
        self.show(Outbox::default());
        tell(&Told::Changed(member));
    }
}

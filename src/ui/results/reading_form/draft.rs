//! What is being typed into a reading, and how far it is saved. What is right is handed to the line at once; each save goes
//! on from the one before, and from what its author has seen.

use crate::{
    api::AppError,
    domain::{
        change::Refusal,
        day::Quarter,
        fields::{Field, Problem},
        ids::{IndicatorId, OpId, ReadingId},
        item_form::Values,
        results::{
            change::ResultsChange,
            command::{Basis, ResultsCommand, Seen},
            form::{ReadingForm, basis, values_of},
            indicator::Indicator,
            reading::Reading,
            state::Step,
        },
        text::Version,
    },
    ui::{
        browser,
        kit::reply::Reply,
        line::Saved,
        results::known::{Known, Outcome},
    },
};
use leptos::{html, prelude::*};
use std::collections::BTreeSet;

/// A save begins when nothing was typed for so long, in milliseconds.
const TYPED: u32 = 700;

/// The names and values of a form.
type Typed = Vec<(String, String)>;

/// The readings of the page that are not saved yet.
pub type Unsettled = RwSignal<BTreeSet<IndicatorId>>;

/// Cheap to copy: handles, all of them.
#[derive(Clone, Copy)]
pub struct Draft {
    pub saved: RwSignal<Saved>,
    pub reply: RwSignal<Option<Reply>>,
    /// Whether what the page came back with still stands.
    pub came_back: Memo<bool>,
    pub form: NodeRef<html::Form>,
    /// What somebody else made of it, until one version is chosen.
    pub theirs: RwSignal<Option<Reading>>,
    known: Known,
    indicator: StoredValue<Indicator>,
    period: Quarter,
    unsettled: Unsettled,
    reading: StoredValue<Option<ReadingId>>,
    /// What the next save goes on from.
    basis: StoredValue<Basis>,
    from: StoredValue<Version>,
    /// What the form says where nothing was typed into it.
    said: StoredValue<Option<Typed>>,
    /// The last that was handed to the line, or followed.
    newest: StoredValue<Option<Content>>,
    last: StoredValue<Option<OpId>>,
    refused: StoredValue<Option<OpId>>,
    waiting: StoredValue<usize>,
    /// Counts what was typed, so that a pause knows whether it was one.
    typed: StoredValue<u32>,
}

/// All that a form says of a reading.
type Content = (Seen, String);

fn content(reading: &Reading) -> Content {
    (Seen { narrative: 0, ..Seen::of(reading) }, reading.narrative.body.clone())
}

impl Draft {
    pub fn new(
        known: Known,
        indicator: Indicator,
        period: Quarter,
        unsettled: Unsettled,
        reply: Option<Reply>,
    ) -> Self {
        let told = known.view.with_untracked(|view| view.results.reading(indicator.id, period).cloned());
        let saved = if reply.is_some() { Saved::Not } else { Saved::All };
        let (first, reply) = (reply.clone(), RwSignal::new(reply));
        Self {
            saved: RwSignal::new(saved),
            reply,
            came_back: Memo::new(move |_| reply.with(|now| now.is_some() && *now == first)),
            form: NodeRef::new(),
            theirs: RwSignal::new(None),
            known,
            indicator: StoredValue::new(indicator),
            period,
            unsettled,
            reading: StoredValue::new(told.as_ref().map(|told| told.id)),
            basis: StoredValue::new(Basis::of(told.as_ref())),
            from: StoredValue::new(told.as_ref().map_or(0, |told| told.narrative.version)),
            said: StoredValue::new(None),
            newest: StoredValue::new(told.as_ref().map(content)),
            last: StoredValue::new(None),
            refused: StoredValue::new(None),
            waiting: StoredValue::new(0),
            typed: StoredValue::new(0),
        }
    }

    /// That of the reading, which this may be the first to write.
    fn id(self) -> ReadingId {
        let id = self.reading.get_value().unwrap_or_else(|| ReadingId(browser::new_op().0));
        self.reading.set_value(Some(id));
        id
    }

    /// The form is there, drawn with these values. What was typed before the page listened is saved now. What came back
    /// refused is not saved, and goes on from what its author had seen.
    pub fn mounted(self, drawn: &[(String, String)]) {
        let Some(form) = self.form.try_get_untracked().flatten() else { return };
        let typed = browser::values(&form);
        if self.reply.with_untracked(Option::is_some) {
            let values = Values(&typed);
            self.basis.set_value(basis(values));
            self.from.set_value(values.get("narrative_from").parse().unwrap_or_default());
            return self.mark(Saved::Not);
        }
        match says_the_same(&typed, drawn) {
            true => self.said.set_value(Some(typed)),
            false => self.typed(),
        }
    }

    /// Something was typed; it is saved after a pause.
    pub fn typed(self) {
        self.typed.update_value(|typed| *typed += 1);
        self.mark(Saved::Typing);
        let typed = self.typed.get_value();
        browser::later(TYPED, move || {
            if self.typed.try_get_value() == Some(typed) {
                self.save(false);
            }
        });
    }

    fn mark(self, saved: Saved) {
        self.saved.try_set(saved);
        let Some(id) = self.indicator.try_with_value(|indicator| indicator.id) else { return };
        let is_open = matches!(saved, Saved::Typing | Saved::Not);
        let is_any = self.unsettled.try_update(|all| {
            if is_open {
                all.insert(id)
            } else {
                all.remove(&id)
            };
            !all.is_empty()
        });
        self.known.line.writing.set(is_any.unwrap_or(false));
    }

    /// Says how far the form is saved, nothing being typed.
    fn settle(self) {
        let is_wrong = self.reply.try_with_untracked(Option::is_some).unwrap_or(false);
        let wrong = is_wrong || self.theirs.try_with_untracked(Option::is_some).unwrap_or(false);
        let waits = self.waiting.try_get_value().unwrap_or(0) > 0;
        self.mark(match (wrong, waits) {
            (true, _) => Saved::Not,
            (false, true) => Saved::Sending,
            (false, false) => Saved::All,
        });
    }

    /// Saves what the form says, if it is right and was not said before. What looks like personal data waits until its
    /// reason is confirmed: one that is still being typed is none. Whether nothing is wrong.
    pub fn save(self, confirmed: bool) -> bool {
        let Some(form) = self.form.try_get_untracked().flatten() else { return true };
        let typed = browser::values(&form);
        if self.said.with_value(|said| said.as_ref() == Some(&typed)) {
            self.settle();
            return self.reply.with_untracked(Option::is_none);
        }
        self.save_values(typed, confirmed)
    }

    fn save_values(self, mut typed: Typed, confirmed: bool) -> bool {
        let all = typed.clone();
        if !confirmed {
            typed.retain(|(name, _)| name != "reason");
        }
        let read = self.read(&typed).and_then(|form| self.check(form));
        let is_right = read.is_ok();
        match read {
            Ok(form) => {
                self.reply.set(None);
                self.said.set_value(Some(all));
                self.hand_over(form);
            }
            Err(error) => self.reply.set(Some(Reply { values: Vec::new(), error: AppError::Refused(error) })),
        }
        self.settle();
        is_right
    }

    fn read(self, typed: &Typed) -> Result<ReadingForm, Refusal> {
        let form = self.indicator.with_value(|indicator| ReadingForm::parse(Values(typed), indicator));
        let form = form.map_err(Refusal::Invalid)?;
        Ok(ReadingForm { basis: self.basis.get_value(), from: self.from.get_value(), ..form })
    }

    /// As the server will, but for what others may have done meanwhile.
    fn check(self, form: ReadingForm) -> Result<ReadingForm, Refusal> {
        let view = self.known.now();
        let id = self.indicator.with_value(|indicator| indicator.id);
        let from = view.results.reading(id, self.period).map_or(0, |reading| reading.narrative.version);
        let tried = ReadingForm { basis: Basis::Unsaid, from, ..form.clone() };
        let command = tried.command(self.id(), id, self.period);
        view.results.try_out(&self.known.viewer(), &view.frame, &command)?;
        Ok(form)
    }

    fn hand_over(self, form: ReadingForm) {
        let ReadingForm { value, shares, evidence, narrative, from, .. } = form.clone();
        let seen = Seen { value, shares, evidence, narrative: from };
        let body = narrative.as_str().to_owned();
        let id = self.indicator.with_value(|indicator| indicator.id);
        let command = form.command(self.id(), id, self.period);
        self.waiting.update_value(|waiting| *waiting += 1);
        let op = self.known.submit(command, self.last.get_value(), move |op, outcome| self.answered(op, outcome));
        self.last.set_value(Some(op));
        self.newest.set_value(Some((Seen { narrative: 0, ..seen.clone() }, body)));
        self.basis.set_value(Basis::Seen(Box::new(seen)));
    }

    fn answered(self, op: OpId, outcome: Outcome) {
        if self.waiting.try_update_value(|waiting| *waiting = waiting.saturating_sub(1)).is_none() {
            if let Outcome::Refused(error) = outcome {
                self.known.line.tell_refused(crate::i18n::waiting::results(self.known.line.locale()), &error);
            }
            return;
        }
        match outcome {
            Outcome::Done(ResultsChange::Reading(reading)) => {
                self.from.set_value(reading.narrative.version);
                self.reading.set_value(Some(reading.id));
            }
            Outcome::Done(_) => {}
            Outcome::Refused(error) if is_contest(&error) => self.contend(op),
            Outcome::Refused(error) => self.reply.set(Some(Reply { values: Vec::new(), error })),
            Outcome::Withdrawn => {
                self.newest.set_value(None);
                self.known.ask();
            }
        }
        self.settle();
    }

    /// Somebody else was faster: both versions are shown, and one is chosen.
    fn contend(self, op: OpId) {
        self.refused.set_value(Some(op));
        self.known.ask_and(move || {
            let theirs = self.told();
            if theirs.is_none() {
                // It was taken back meanwhile, so nothing stands in the way any more.
                return self.go_on_from(None);
            }
            self.theirs.try_set(theirs);
            self.settle();
        });
    }

    fn told(self) -> Option<Reading> {
        let id = self.indicator.try_with_value(|indicator| indicator.id)?;
        self.known.view.try_with_untracked(|view| view.results.reading(id, self.period).cloned()).flatten()
    }

    /// What is in the form goes on from theirs.
    pub fn keep_mine(self) {
        let theirs = self.theirs.get_untracked();
        self.go_on_from(theirs.as_ref());
    }

    fn go_on_from(self, theirs: Option<&Reading>) {
        self.rest_on(theirs);
        self.said.set_value(None);
        self.save(true);
    }

    pub fn take_theirs(self) {
        let theirs = self.theirs.get_untracked();
        self.rest_on(theirs.as_ref());
        if let Some(theirs) = theirs {
            self.fill(&theirs);
        }
        self.reply.set(None);
        self.settle();
    }

    fn rest_on(self, theirs: Option<&Reading>) {
        self.basis.set_value(Basis::of(theirs));
        self.from.set_value(theirs.map_or(0, |theirs| theirs.narrative.version));
        self.last.set_value(None);
        self.theirs.set(None);
        if let Some(op) = self.refused.try_update_value(Option::take).flatten() {
            self.known.line.let_go(move |outbox| outbox.let_go_of(op));
        }
    }

    /// Shows a reading in the form.
    fn fill(self, reading: &Reading) {
        let Some(form) = self.form.try_get_untracked().flatten() else { return };
        let values = self.indicator.with_value(|indicator| values_of(indicator, Some(reading)));
        browser::show_values(&form, &values);
        self.newest.set_value(Some(content(reading)));
        self.said.set_value(Some(browser::values(&form)));
    }

    /// What others have made of it, or this member in another tab, is shown where nothing was typed.
    pub fn follow(self, shown: Option<&Reading>) {
        let Some(shown) = shown else { return };
        let Some(form) = self.form.try_get_untracked().flatten() else { return };
        let is_known = self.newest.with_value(|newest| newest.as_ref() == Some(&content(shown)));
        let is_clean = self.said.with_value(|said| said.as_ref() == Some(&browser::values(&form)));
        let is_contested = self.refused.with_value(Option::is_some);
        if self.theirs.with_untracked(Option::is_some) {
            // What was theirs may have been withdrawn since.
            self.theirs.set(self.told());
        }
        if is_known || !is_clean || is_contested || self.waiting.get_value() > 0 {
            return;
        }
        self.fill(shown);
        self.basis.set_value(Basis::of(Some(shown)));
        let told = self.told();
        self.from.set_value(told.as_ref().map_or(0, |told| told.narrative.version));
        self.reading.set_value(Some(shown.id));
        self.last.set_value(self.known.line.outbox.with_untracked(|outbox| newest_of(outbox.jobs(), shown)));
    }

    /// Saves, and hands the reading to whoever reviews it; never one that somebody else made of it, and that is still to be
    /// chosen or refused.
    pub fn submit(self) {
        if self.theirs.with_untracked(Option::is_some) {
            return;
        }
        self.said.set_value(None);
        if !self.save(true) {
            return;
        }
        let (step, basis) = (Step::Submit, Basis::Unsaid);
        let command = ResultsCommand::Step { reading: self.id(), step, why: None, basis };
        self.known.submit_alone(command, self.last.get_value());
    }
}

/// Whatever the ends of its lines are.
fn says_the_same(typed: &[(String, String)], drawn: &[(String, String)]) -> bool {
    let lines = |text: &str| text.replace("\r\n", "\n");
    typed.iter().all(|(name, value)| lines(value.trim()) == lines(Values(drawn).get(name)))
}

/// The last job that makes a reading what it is shown as.
fn newest_of<'a>(jobs: impl Iterator<Item = &'a crate::domain::outbox::Job>, shown: &Reading) -> Option<OpId> {
    use crate::domain::change::Command;
    let is_of_it = |command: &Command| {
        matches!(command, Command::Results(ResultsCommand::Read { indicator, period, .. })
            if (*indicator, *period) == (shown.indicator, shown.period))
    };
    jobs.filter(|job| is_of_it(&job.command)).last().map(|job| job.newest())
}

fn is_contest(error: &AppError) -> bool {
    match error {
        AppError::Refused(Refusal::Conflict { .. }) => true,
        error => error.fields().iter().any(|it| it.field == Field::Reading && it.problem == Problem::Overtaken),
    }
}

//! What is being typed into an item's form, and how far it is saved. Everything right is handed to the line at once; the
//! line joins what waits, and lets each text go on from the one before, so nobody is in conflict with themselves.

use super::{merge::Contest, newest::Newest};
use crate::{
    api::AppError,
    domain::{
        change::{Change, Command, Entry, Refusal},
        fields::{Field, FieldError},
        ids::OpId,
        item_form::{ItemForm, Values, follow, name_of, put_back, salvage, values_of},
        items::{Edit, Item, ItemChange, ItemCommand},
        text::Text,
    },
    ui::{
        browser,
        kit::reply::Reply,
        line::{Answered, Line, Saved},
    },
};
use leptos::{html, prelude::*};

/// A save begins when nothing was typed for so long, in milliseconds.
const TYPED: u32 = 700;

/// The names and values of a form.
type Typed = Vec<(String, String)>;

/// Cheap to copy: handles, all of them.
#[derive(Clone, Copy)]
pub struct Draft {
    pub saved: RwSignal<Saved>,
    pub reply: RwSignal<Option<Reply>>,
    pub form: NodeRef<html::Form>,
    /// The field in which somebody else was faster, until one version is chosen.
    pub contest: RwSignal<Option<Contest>>,
    /// Whether the two versions are being compared, and not put off.
    pub comparing: RwSignal<bool>,
    /// Who has just changed which fields under the hand.
    pub overtaken: RwSignal<Option<(String, Vec<Field>)>>,
    line: Line,
    newest: Newest,
    /// The item as the server has it.
    base: StoredValue<Item>,
    /// What the form said when it was last handed to the line.
    said: StoredValue<Typed>,
    /// The last command of this form.
    last: StoredValue<Option<OpId>>,
    /// All of them.
    ops: StoredValue<Vec<OpId>>,
    /// The conflicts that were decided here.
    decided: StoredValue<Vec<(OpId, Field)>>,
    /// How many commands of this form were not answered.
    waiting: StoredValue<usize>,
    /// Counts what was typed, so that a pause knows whether it was one.
    typed: StoredValue<u32>,
}

impl Draft {
    pub fn new(line: Line, newest: Newest) -> Self {
        let item = newest.view.with_untracked(|view| view.item.clone());
        // What waits already is part of what the form says.
        let (shown, last) = line.outbox.with_untracked(|outbox| outbox.over(item.clone()));
        Self {
            saved: RwSignal::new(Saved::All),
            reply: RwSignal::new(None),
            form: NodeRef::new(),
            contest: RwSignal::new(None),
            comparing: RwSignal::new(false),
            overtaken: RwSignal::new(None),
            line,
            newest,
            said: StoredValue::new(values_of(&shown)),
            base: StoredValue::new(item),
            last: StoredValue::new(last),
            ops: StoredValue::default(),
            decided: StoredValue::default(),
            waiting: StoredValue::new(0),
            typed: StoredValue::new(0),
        }
    }

    /// What the form says at first.
    pub fn values(self) -> Vec<(String, String)> {
        self.said.get_value()
    }

    pub fn is_contested(self) -> bool {
        self.contest.try_with(Option::is_some).unwrap_or(false)
    }

    /// Something was typed; it is saved after a pause.
    pub fn typed(self) {
        self.typed.update_value(|typed| *typed += 1);
        self.mark(Saved::Typing);
        let typed = self.typed.get_value();
        browser::later(TYPED, move || {
            if self.typed.try_get_value() == Some(typed) {
                self.save();
            }
        });
    }

    fn mark(self, saved: Saved) {
        self.saved.try_set(saved);
        self.line.writing.set(matches!(saved, Saved::Typing | Saved::Not));
    }

    /// Says how far the form is saved, nothing being typed.
    fn settle(self) {
        let wrong = self.is_contested() || self.reply.try_with_untracked(Option::is_some).unwrap_or(false);
        let waits = self.waiting.try_get_value().unwrap_or(0) > 0;
        self.mark(match (wrong, waits) {
            (true, _) => Saved::Not,
            (false, true) => Saved::Sending,
            (false, false) => Saved::All,
        });
    }

    /// Saves what is right in the form and was not said before. What looks like personal data waits to be confirmed: a
    /// reason that is still being typed is none.
    pub fn save(self) {
        let Some(form) = self.form.try_get_untracked().flatten() else { return };
        self.save_values(without_reason(browser::values(&form)));
    }

    /// The same with the reason why what looks like personal data may stay. It has served once it is handed on.
    pub fn confirm(self) {
        let Some(form) = self.form.try_get_untracked().flatten() else { return };
        let typed = browser::values(&form);
        self.save_values(typed.clone());
        if self.reply.with_untracked(Option::is_none) && !Values(&typed).get("reason").is_empty() {
            browser::show_values(&form, &without_reason(typed));
            browser::focus("#title");
        }
    }

    fn save_values(self, typed: Typed) {
        let said = self.said.get_value();
        let frame = self.newest.view.with_untracked(|view| view.frame.clone());
        let (mut values, wrong) = salvage(&typed, &said, &frame);
        if let Some(contest) = self.contest.get_untracked() {
            self.keep_contested(&contest, &typed);
            values = put_back(&values, &said, std::iter::once(contest.field));
        }
        self.tell_wrong(wrong);
        let edit = self.base.with_value(|base| difference(&said, &values, base)).unwrap_or_default();
        if edit.is_empty() {
            return self.settle();
        }
        self.said.set_value(without_reason(values));
        self.send(edit);
        self.settle();
    }

    /// What is written on in a field that is contested is kept with what was refused.
    fn keep_contested(self, contest: &Contest, typed: &Typed) {
        let (op, field) = (contest.op, contest.field);
        let mine = Values(typed).get(name_of(field).unwrap_or_default()).to_owned();
        if mine != contest.mine {
            self.contest.set(Some(Contest { mine: mine.clone(), ..contest.clone() }));
            self.line.let_go(move |outbox| outbox.amend_conflict(op, field, &mine));
        }
    }

    fn tell_wrong(self, wrong: Vec<FieldError>) {
        self.line.wrong.set(!wrong.is_empty());
        let error = (!wrong.is_empty()).then_some(AppError::Refused(Refusal::Invalid(wrong)));
        let reply = error.map(|error| Reply { values: Vec::new(), error });
        if self.reply.with_untracked(|now| *now != reply) {
            self.reply.set(reply);
        }
    }

    fn send(self, edit: Edit) {
        self.waiting.update_value(|waiting| *waiting += 1);
        let (item, title) = self.base.with_value(|base| (base.id, base.title.body.clone()));
        let command = Command::Item(ItemCommand::Edit { item, edit });
        let op = browser::new_op();
        self.line.submit_after(op, command, self.last.get_value(), move |outcome| {
            let is_here = self.waiting.try_update_value(|waiting| *waiting = waiting.saturating_sub(1)).is_some();
            match outcome {
                Answered::Done(entry) if is_here => self.done(*entry),
                Answered::Refused(AppError::Refused(Refusal::Conflict { field, theirs, base })) if is_here => {
                    self.contend(op, field, theirs, base);
                }
                Answered::Refused(error) if is_here => self.refused(error),
                Answered::Withdrawn if is_here => self.go_back(),
                Answered::Refused(error) => self.line.tell_refused(&title, &error),
                Answered::Done(_) | Answered::Withdrawn => {}
            }
        });
        self.last.set_value(Some(op));
        self.ops.update_value(|ops| ops.push(op));
    }

    fn done(self, entry: Entry) {
        let before = self.base.get_value();
        if let Change::Item(ItemChange::Edited { title, description, facts, .. }) = entry.change {
            self.base.update_value(|base| {
                base.title = title.unwrap_or_else(|| base.title.clone());
                base.description = description.unwrap_or_else(|| base.description.clone());
                base.facts = facts.map_or_else(|| base.facts.clone(), |facts| *facts);
            });
        }
        let item = self.base.get_value();
        // What others have changed in the same facts comes with the answer.
        self.follow(&values_of(&before), &values_of(&item));
        self.newest.overtake();
        self.newest.view.update(|view| view.item = Item { status: view.item.status, ..item });
        if self.saved.try_get_untracked() == Some(Saved::Sending) {
            self.settle();
        }
    }

    /// What was said was taken back: the form says what the server has.
    fn go_back(self) {
        let values = self.base.with_value(values_of);
        if let Some(form) = self.form.try_get_untracked().flatten() {
            // What was typed since stays.
            browser::show_values(&form, &follow(&browser::values(&form), &self.said.get_value(), &values));
        }
        self.said.set_value(values);
        self.settle();
    }

    pub fn refused(self, error: AppError) {
        // Whatever differs from the server is said again with the next save, unless it is the item that is closed to us:
        // then the outbox keeps the text.
        let closed = matches!(error, AppError::Refused(Refusal::Archived | Refusal::Forbidden | Refusal::NotFound));
        if !closed {
            self.said.set_value(self.base.with_value(values_of));
        }
        self.reply.set(Some(Reply { values: Vec::new(), error }));
        self.settle();
    }

    /// Another conflict of what was said here, which waits for its turn in the outbox.
    pub fn contend_next(self) {
        let Some(ops) = self.ops.try_get_value().filter(|_| !self.is_contested()) else { return };
        let decided = self.decided.get_value();
        let next = self.line.outbox.with_untracked(|outbox| {
            outbox.refused().iter().find_map(|refused| {
                let Refusal::Conflict { field, theirs, base } = &refused.why else { return None };
                let op = ops.iter().rev().copied().find(|op| refused.is_contest(*op, *field))?;
                (!decided.contains(&(op, *field))).then(|| (op, *field, theirs.clone(), base.clone()))
            })
        });
        if let Some((op, field, theirs, base)) = next {
            self.contend(op, field, theirs, base);
        }
    }

    /// Both versions are compared; one field at a time.
    fn contend(self, op: OpId, field: Field, theirs: Text, base: Option<String>) {
        if self.contest.with_untracked(|contest| contest.as_ref().is_some_and(|other| other.field != field)) {
            return;
        }
        let typed = self.form.try_get_untracked().flatten().map(|form| browser::values(&form)).unwrap_or_default();
        let name = name_of(field).unwrap_or_default();
        let mine = Values(&typed).get(name).to_owned();
        self.contest.set(Some(Contest { op, field, theirs, base, mine }));
        self.comparing.set(true);
        self.settle();
    }

    /// Ends a conflict with the text that was chosen.
    pub fn choose(self, text: &str) {
        let Some(Contest { op, field, theirs, .. }) = self.contest.get_untracked() else { return };
        let name = name_of(field).unwrap_or_default();
        let with = |mut values: Typed, text: &str| {
            values.retain(|value| value.0 != name);
            values.push((name.to_owned(), text.to_owned()));
            values
        };
        self.said.update_value(|said| *said = with(std::mem::take(said), &theirs.body));
        self.base.update_value(|base| match field {
            Field::Title => base.title = theirs,
            _ => base.description = theirs,
        });
        if let Some(form) = self.form.get_untracked() {
            browser::show_values(&form, &with(browser::values(&form), text));
        }
        self.decided.update_value(|decided| decided.push((op, field)));
        self.line.let_go(move |outbox| outbox.dismiss_conflict(op, field));
        self.contest.set(None);
        self.save();
        self.contend_next();
    }

    /// What waits in the outbox since an earlier visit belongs to what the form says.
    pub fn adopt(self) {
        if self.last.try_get_value() != Some(None) {
            return;
        }
        let base = self.base.get_value();
        let (shown, last) = self.line.outbox.with_untracked(|outbox| outbox.over(base.clone()));
        if last.is_some() {
            self.last.set_value(last);
            self.follow(&values_of(&base), &values_of(&shown));
        }
    }

    /// Fields that nobody has touched here since `before` follow to `after`. Answers what the form says then.
    fn follow(self, before: &Typed, after: &Typed) -> Typed {
        let Some(form) = self.form.try_get_untracked().flatten() else { return Vec::new() };
        let (said, typed) = (self.said.get_value(), browser::values(&form));
        // A field that was said to be something else meanwhile, and is as before again, was touched.
        let touched = FIELDS.into_iter().filter(|field| values_under(&said, *field) != values_under(before, *field));
        let followed = put_back(&follow(&typed, before, after), &typed, touched);
        browser::show_values(&form, &followed);
        self.said.set_value(follow(&said, before, after));
        followed
    }

    /// The item has changed on the server: fields that were left alone follow.
    pub fn rebase(self, new: Item, by: Option<String>) {
        let Some(form) = self.form.try_get_untracked().flatten() else { return };
        let (old, typed) = (self.base.get_value(), browser::values(&form));
        let followed = self.follow(&values_of(&old), &values_of(&new));
        self.tell_overtaken(by, &typed, &followed);
        if new.archived && !old.archived {
            self.refused(AppError::Refused(Refusal::Archived));
        }
        // A text that both changed keeps the version that one's own was made from: saving it then tells the conflict.
        let keeps = |name: &str, old: &Text, new: &Text| {
            let typed = Values(&typed).get(name);
            if typed != old.body && typed != new.body { old.clone() } else { new.clone() }
        };
        let title = keeps("title", &old.title, &new.title);
        let description = keeps("description", &old.description, &new.description);
        self.base.set_value(Item { title, description, ..new });
    }

    fn tell_overtaken(self, by: Option<String>, before: &Typed, after: &Typed) {
        let fields = FIELDS.into_iter().filter(|field| values_under(before, *field) != values_under(after, *field));
        let fields: Vec<Field> = fields.collect();
        if let Some(by) = by.filter(|_| !fields.is_empty() && !after.is_empty()) {
            self.overtaken.set(Some((by, fields)));
        }
    }

    /// The form is leaving the page: what is right in it is saved.
    pub fn leave(self) {
        self.save();
        self.line.writing.set(false);
        self.line.wrong.set(false);
    }
}

const FIELDS: [Field; 11] = [
    Field::Title,
    Field::Description,
    Field::Objective,
    Field::Lead,
    Field::CoPartners,
    Field::Start,
    Field::Due,
    Field::Unit,
    Field::Baseline,
    Field::Target,
    Field::Current,
];

/// What is under a field's own name, in an order of its own.
fn values_under(values: &Typed, field: Field) -> Vec<&str> {
    let of = |value: &&(String, String)| Some(value.0.as_str()) == name_of(field) && !value.1.is_empty();
    let mut own: Vec<&str> = values.iter().filter(of).map(|value| value.1.as_str()).collect();
    own.sort_unstable();
    own
}

fn without_reason(mut values: Typed) -> Typed {
    values.retain(|value| value.0 != "reason");
    values
}

/// What was said since; nothing of a form that cannot be read.
fn difference(said: &Typed, now: &Typed, item: &Item) -> Option<Edit> {
    let before = ItemForm::parse(Values(said)).ok()?;
    let now = ItemForm::parse(Values(now)).ok()?;
    Some(now.edit_since(&before, item))
}

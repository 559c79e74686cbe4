//! What is being typed into an item's form, and how far it is saved. A save waits for the one before it, and takes the
//! versions that its answer brings, so nobody is in conflict with themselves.

use super::{dialog::Newest, form::item_values};
use crate::{
    api::AppError,
    domain::{
        change::{Change, Command, Entry, Refusal},
        fields::{Field, FieldError},
        item_form::{ItemForm, Values, follow},
        items::{Item, ItemChange, ItemCommand},
        text::Text,
    },
    ui::{browser, kit::reply::Reply, line::Line},
};
use leptos::{html, prelude::*};

/// A save begins when nothing was typed for so long, in milliseconds.
const TYPED: u32 = 700;

/// How far the form is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    All,
    Typing,
    Sending,
    /// Something in the form is wrong, or the server refused it.
    Not,
}

/// Cheap to copy: handles, all of them.
#[derive(Clone, Copy)]
pub struct Draft {
    pub saved: RwSignal<Saved>,
    pub reply: RwSignal<Option<Reply>>,
    pub form: NodeRef<html::Form>,
    line: Line,
    newest: Newest,
    /// The item as the server has it: what the form is compared with.
    base: StoredValue<Item>,
    /// The field in which somebody else was faster, until one version is chosen.
    contested: RwSignal<Option<(Field, Text)>>,
    /// Counts what was typed, so that a save knows whether it is still the last.
    typed: StoredValue<u32>,
    sending: StoredValue<bool>,
}

impl Draft {
    pub fn new(line: Line, newest: Newest) -> Self {
        let item = newest.view.with_untracked(|view| view.item.clone());
        Self {
            saved: RwSignal::new(Saved::All),
            reply: RwSignal::new(None),
            form: NodeRef::new(),
            line,
            newest,
            base: StoredValue::new(item),
            contested: RwSignal::new(None),
            typed: StoredValue::new(0),
            sending: StoredValue::new(false),
        }
    }

    pub fn is_contested(self) -> bool {
        self.contested.try_with(Option::is_some).unwrap_or(false)
    }

    /// Something was typed; it is saved after a pause.
    pub fn typed(self) {
        self.typed.update_value(|typed| *typed += 1);
        self.saved.set(Saved::Typing);
        let typed = self.typed.get_value();
        browser::later(TYPED, move || {
            if self.typed.try_get_value() == Some(typed) {
                self.save();
            }
        });
    }

    /// Saves what differs from the server's item.
    pub fn save(self) {
        let Some(form) = self.form.try_get_untracked().flatten() else { return };
        if self.sending.get_value() {
            return;
        }
        match self.read(&form) {
            Ok(form) => self.send(form),
            Err(errors) => self.refused(AppError::Refused(Refusal::Invalid(errors))),
        }
    }

    /// The form by the rules that the server goes by, so that a mistake is told without asking it.
    fn read(self, form: &browser::Form) -> Result<ItemForm, Vec<FieldError>> {
        let form = ItemForm::parse(Values(&browser::values(form)))?;
        let errors = self.newest.view.try_with_untracked(|view| form.facts.check(&view.frame)).unwrap_or_default();
        if errors.is_empty() { Ok(form) } else { Err(errors) }
    }

    fn send(self, form: ItemForm) {
        let item = self.base.get_value();
        let mut edit = form.edit(&item);
        match self.contested.with_untracked(|contested| contested.as_ref().map(|contested| contested.0)) {
            Some(Field::Title) => edit.title = None,
            Some(_) => edit.description = None,
            None if self.reply.with_untracked(Option::is_some) => self.reply.set(None),
            None => {}
        }
        if edit.is_empty() {
            let saved = if self.contested.with_untracked(Option::is_some) { Saved::Not } else { Saved::All };
            return self.saved.set(saved);
        }
        self.sending.set_value(true);
        self.saved.set(Saved::Sending);
        let typed = self.typed.get_value();
        self.line.submit(Command::Item(ItemCommand::Edit { item: item.id, edit }), move |answer| {
            // The form may be gone; what it sent is saved all the same.
            if self.sending.try_set_value(false).is_some() {
                return;
            }
            match answer {
                Ok(entry) => self.done(entry),
                Err(error) => self.refused(error),
            }
            if self.typed.get_value() != typed {
                self.save();
            }
        });
    }

    /// Saves what is left when the form is leaving the page, and shows nothing of it any more.
    pub fn flush(self) {
        let typed = self.saved.try_get_untracked().is_some_and(|saved| saved == Saved::Typing);
        let form = self.form.try_get_untracked().flatten().filter(|_| typed);
        let Some(Ok(form)) = form.map(|form| self.read(&form)) else { return };
        let item = self.base.get_value();
        let edit = form.edit(&item);
        self.line.submit(Command::Item(ItemCommand::Edit { item: item.id, edit }), |_| {});
    }

    fn done(self, entry: Entry) {
        if let Change::Item(ItemChange::Edited { title, description, facts, .. }) = entry.change {
            self.base.update_value(|base| {
                base.title = title.unwrap_or_else(|| base.title.clone());
                base.description = description.unwrap_or_else(|| base.description.clone());
                base.facts = facts.map_or_else(|| base.facts.clone(), |facts| *facts);
            });
        }
        let item = self.base.get_value();
        self.newest.view.update(|view| view.item = Item { status: view.item.status, ..item });
        let contested = self.contested.with_untracked(Option::is_some);
        self.saved.set(if contested { Saved::Not } else { Saved::All });
    }

    pub fn refused(self, error: AppError) {
        if let AppError::Refused(Refusal::Conflict { field, theirs }) = &error {
            self.contested.set(Some((*field, theirs.clone())));
        }
        self.reply.set(Some(Reply { values: Vec::new(), error }));
        self.saved.set(Saved::Not);
    }

    /// Ends a conflict: one's own text goes on from theirs, or theirs takes its place.
    pub fn choose(self, mine: bool) {
        let Some((field, theirs)) = self.contested.get_untracked() else { return };
        let mut old = item_values(&self.base.get_value());
        self.base.update_value(|base| match field {
            Field::Title => base.title = theirs.clone(),
            _ => base.description = theirs.clone(),
        });
        if let Some(form) = self.form.get_untracked().filter(|_| !mine) {
            let name = if field == Field::Title { "title" } else { "description" };
            let typed = browser::values(&form);
            // As if this field had not been touched.
            old.retain(|value| value.0 != name);
            old.extend(typed.iter().filter(|value| value.0 == name).cloned());
            browser::show_values(&form, &follow(&typed, &old, &item_values(&self.base.get_value())));
        }
        self.contested.set(None);
        self.reply.set(None);
        self.save();
    }

    /// The item has changed on the server: fields that were left alone follow.
    pub fn rebase(self, new: Item) {
        let Some(form) = self.form.try_get_untracked().flatten() else { return };
        let (old, typed) = (self.base.get_value(), browser::values(&form));
        let followed = follow(&typed, &item_values(&old), &item_values(&new));
        browser::show_values(&form, &followed);
        if new.archived {
            self.refused(AppError::Refused(Refusal::Archived));
        }
        // A text that both changed keeps the version that one's own was made from: saving it then tells the conflict.
        let is_typed = |name: &str, text: &Text| Values(&typed).get(name) != text.body;
        let title = if is_typed("title", &old.title) { old.title } else { new.title.clone() };
        let description =
            if is_typed("description", &old.description) { old.description } else { new.description.clone() };
        self.base.set_value(Item { title, description, ..new });
    }
}

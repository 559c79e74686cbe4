//! What a form of a reading is filled with, and what is wrong with it.

use crate::{
    api::AppError,
    domain::{
        change::Refusal,
        fields::{Field, FieldError, Problem},
        text::Text,
    },
    i18n::Locale,
    ui::{
        kit::{input::Input, reply::Reply},
        results::words,
    },
};
use leptos::prelude::*;
use std::borrow::Cow;

pub struct Filled {
    pub locale: Locale,
    /// Before the ids of its fields, since the page has many forms.
    pub prefix: String,
    pub values: Vec<(String, String)>,
    pub reply: Option<Reply>,
    /// Where what is wrong changes while somebody types.
    pub live: Option<RwSignal<Option<Reply>>>,
}

impl Filled {
    pub fn input(
        &self,
        name: impl Into<Cow<'static, str>>,
        field: Field,
        label: impl Into<Cow<'static, str>>,
    ) -> Input {
        let (name, label) = (name.into(), label.into());
        let value = self.value(&name);
        let problem = self.problem(field);
        let id = format!("{}-{name}", self.prefix);
        Input { locale: self.locale, id, name, label, hint: None, optional: false, problem, value }
    }

    fn problem(&self, field: Field) -> Signal<Option<Problem>> {
        match self.live {
            Some(live) => Signal::derive(move || live.try_with(|reply| reply.as_ref()?.problem(field)).flatten()),
            None => Signal::stored(self.reply.as_ref().and_then(|reply| reply.problem(field))),
        }
    }

    /// What a field is filled with.
    pub fn value(&self, name: &str) -> String {
        self.values.iter().find(|value| value.0 == name).map(|value| value.1.clone()).unwrap_or_default()
    }

    pub fn named(&self, name: &'static str, field: Field) -> Input {
        self.input(name, field, words::field(self.locale, field))
    }

    /// Also while something else is wrong: what was said once is not asked again.
    pub fn asks_for_a_reason(&self) -> bool {
        let said = self.values.iter().any(|value| value.0 == "reason" && !value.1.is_empty());
        said || self.reply.as_ref().is_some_and(asks_for_a_reason)
    }

    /// The version by somebody else that stands in the way of a text.
    pub fn theirs_of(&self, field: Field) -> Option<&Text> {
        match self.reply.as_ref().map(|reply| &reply.error) {
            Some(AppError::Refused(Refusal::Conflict { field: other, theirs, .. })) if *other == field => Some(theirs),
            _ => None,
        }
    }
}

/// Whether something looks like personal data, or a reason was given that is none.
pub fn asks_for_a_reason(reply: &Reply) -> bool {
    let asks = |error: &FieldError| matches!(error.problem, Problem::Personal(_)) || error.field == Field::Reason;
    reply.error.fields().iter().any(asks)
}

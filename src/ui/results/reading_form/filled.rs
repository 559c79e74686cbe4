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
use std::borrow::Cow;

pub struct Filled {
    pub locale: Locale,
    /// Before the ids of its fields, since the page has many forms.
    pub prefix: String,
    pub values: Vec<(String, String)>,
    pub reply: Option<Reply>,
}

impl Filled {
    pub fn input(
        &self,
        name: impl Into<Cow<'static, str>>,
        field: Field,
        label: impl Into<Cow<'static, str>>,
    ) -> Input {
        let (name, label) = (name.into(), label.into());
        let value = self.values.iter().find(|value| value.0 == name).map(|value| value.1.clone()).unwrap_or_default();
        let problem = self.reply.as_ref().and_then(|reply| reply.problem(field));
        let id = format!("{}-{name}", self.prefix);
        Input { locale: self.locale, id, name, label, hint: None, optional: false, problem, value }
    }

    pub fn named(&self, name: &'static str, field: Field) -> Input {
        self.input(name, field, words::field(self.locale, field))
    }

    /// Also while something else is wrong: what was said once is not asked again.
    pub fn asks_for_a_reason(&self) -> bool {
        let asks = |error: &FieldError| matches!(error.problem, Problem::Personal(_)) || error.field == Field::Reason;
        let said = self.values.iter().any(|value| value.0 == "reason" && !value.1.is_empty());
        said || self.reply.as_ref().is_some_and(|reply| reply.error.fields().iter().any(asks))
    }

    /// The version by somebody else that stands in the way.
    pub fn theirs(&self) -> Option<&Text> {
        match self.reply.as_ref().map(|reply| &reply.error) {
            Some(AppError::Refused(Refusal::Conflict { theirs, .. })) => Some(theirs),
            _ => None,
        }
    }
}

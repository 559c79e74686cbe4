//! A form of an account's pages as it is drawn: its fields by name and label, what was typed, and what is wrong.

use crate::{
    domain::fields::{Field, Problem},
    i18n::{self, Locale},
    ui::kit::{field::FieldFrame, reply::Reply},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// What a form is filled with.
#[derive(Clone)]
pub struct Filled {
    pub locale: Locale,
    /// The value of `do` that tells the forms of one page apart; empty for a page's only form.
    pub action: &'static str,
    /// The answer to this very form, if it was refused.
    reply: Option<Reply>,
}

impl Filled {
    /// The only form of a page.
    pub fn new(locale: Locale, reply: Option<&Reply>) -> Self {
        Self { locale, action: "", reply: reply.cloned() }
    }

    /// One of several, which takes no other's answer for its own.
    pub fn of(locale: Locale, action: &'static str, reply: Option<&Reply>) -> Self {
        Self { locale, action, reply: reply.filter(|reply| reply.has("do", action)).cloned() }
    }

    pub fn is_refused(&self) -> bool {
        self.reply.is_some()
    }

    /// What was typed, else what stands there already.
    pub fn value_or(&self, name: &str, stands: &str) -> String {
        self.reply.as_ref().and_then(|reply| reply.value(name)).unwrap_or(stands).to_owned()
    }

    pub fn problem(&self, field: Field) -> Option<Problem> {
        self.reply.as_ref()?.problem(field)
    }

    /// The frame of a field that has to be filled in.
    pub fn field(&self, field: Field) -> FieldFrame {
        let (name, label) = named(self.locale, field);
        let problem = Signal::stored(self.problem(field));
        FieldFrame { locale: self.locale, name, label, hint: None, optional: false, problem }
    }

    pub fn hinted(&self, field: Field, hint: &'static str) -> FieldFrame {
        FieldFrame { hint: Some(hint), ..self.field(field) }
    }
}

/// A field's name in every form of these pages, and its label.
pub fn named(locale: Locale, field: Field) -> (&'static str, &'static str) {
    match field {
        Field::Email => ("email", i18n::sign_in::email(locale)),
        Field::Name => ("name", i18n::doors::name(locale)),
        Field::Password => ("password", i18n::doors::password(locale)),
        Field::OldPassword => ("old_password", i18n::doors::old_password(locale)),
        Field::Code => ("code", i18n::doors::code(locale)),
        Field::Token => ("token", i18n::setup::token(locale)),
        Field::Network => ("network", i18n::setup::network(locale)),
        Field::Organisation => ("org_name", i18n::setup::org_name(locale)),
        Field::ShortName => ("short_name", i18n::setup::short_name(locale)),
        Field::Country => ("country", i18n::setup::country(locale)),
        Field::City => ("city", i18n::setup::city(locale)),
        Field::Website => ("website", i18n::setup::website(locale)),
        Field::PlanTitle => ("plan_title", i18n::setup::plan_title(locale)),
        Field::PlanStart => ("plan_start", i18n::setup::plan_start(locale)),
        Field::PlanEnd => ("plan_end", i18n::setup::plan_end(locale)),
        Field::Objectives => ("objectives", i18n::setup::objectives(locale)),
        _ => ("", ""),
    }
}

/// An input's id: the forms of one page may have fields of the same name.
pub fn id(action: &str, name: &str) -> String {
    if action.is_empty() { name.to_owned() } else { format!("{action}-{name}") }
}

/// What a form carries along unseen: as it was sent, else as the address says.
pub fn carried(reply: Option<&Reply>, name: &str) -> String {
    let sent = reply.and_then(|reply| reply.value(name)).map(str::to_owned);
    sent.or_else(|| use_query_map().with_untracked(|query| query.get(name))).unwrap_or_default()
}

/// Tells a browser that keeps passwords whose it is. Without a name it is not sent.
#[component]
pub fn Username(email: String) -> impl IntoView {
    view! { <input type="email" value=email autocomplete="username" readonly hidden/> }
}

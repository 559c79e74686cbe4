//! The forms of the page, which it sends to itself.

use crate::{
    domain::fields::Field,
    ui::{
        accounts::doors::filled::{Filled, id, named},
        kit::input::{Input, TextLine},
    },
};
use leptos::prelude::*;

/// A form; `action` is what it does.
#[component]
pub fn ActionForm(action: &'static str, children: Children) -> impl IntoView {
    view! {
        <form class="form" method="post" action="/account" novalidate>
            <input type="hidden" name="do" value=action/>
            {children()}
        </form>
    }
}

/// A line of text whose id no other form has. Passwords and codes are never filled in.
#[component]
pub fn FormField(
    filled: Filled,
    field: Field,
    #[prop(optional)] hint: Option<&'static str>,
    #[prop(optional)] value: String,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional)] max: Option<usize>,
    #[prop(default = "off")] autocomplete: &'static str,
    #[prop(optional)] inputmode: Option<&'static str>,
) -> impl IntoView {
    let (name, label) = named(filled.locale, field);
    let input = Input {
        locale: filled.locale,
        id: id(filled.action, name),
        name: name.into(),
        label: label.into(),
        hint,
        optional: false,
        problem: Signal::stored(filled.problem(field)),
        value,
    };
    view! { <TextLine input=input kind=kind max=max autocomplete=autocomplete inputmode=inputmode/> }
}

/// The password as it is, asked for where more than a session should be needed.
#[component]
pub fn OldPassword(filled: Filled) -> impl IntoView {
    view! { <FormField filled=filled field=Field::OldPassword kind="password" autocomplete="current-password"/> }
}

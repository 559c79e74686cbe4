//! The forms of the page, which it sends to itself.

use crate::{
    domain::fields::Field,
    ui::{
        accounts::doors::filled::{Filled, id, named},
        kit::{
            error::problem,
            icon::{Glyph, Icon},
        },
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
    #[prop(optional)] autocomplete: Option<&'static str>,
    #[prop(optional)] inputmode: Option<&'static str>,
) -> impl IntoView {
    let locale = filled.locale;
    let (name, label) = named(locale, field);
    let id = id(filled.action, name);
    let wrong = filled.problem(field);
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let described = match (wrong, hint) {
        (Some(_), Some(_)) => Some(format!("{error_id} {hint_id}")),
        (Some(_), None) => Some(error_id.clone()),
        (None, Some(_)) => Some(hint_id.clone()),
        (None, None) => None,
    };
    let error = wrong.map(|wrong| {
        view! { <p class="error" id=error_id><Icon glyph=Glyph::Warning/>{problem(locale, wrong)}</p> }
    });
    view! {
        <div class="field" class:wrong=wrong.is_some()>
            <label for=id.clone()>{label}</label>
            {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
            {error}
            <input
                type=kind
                id=id
                name=name
                value=value
                maxlength=max.map(|max| max.to_string())
                autocomplete=autocomplete
                inputmode=inputmode
                required
                aria-invalid=wrong.map(|_| "true")
                aria-describedby=described
            />
        </div>
    }
}

/// The password as it is, asked for where more than a session should be needed.
#[component]
pub fn OldPassword(filled: Filled) -> impl IntoView {
    view! { <FormField filled=filled field=Field::OldPassword kind="password" autocomplete="current-password"/> }
}

//! Fields of pages with several forms, where an input's id is not its name.

use crate::{
    domain::fields::Problem,
    i18n::{self, Locale},
    ui::kit::{
        error,
        icon::{Glyph, Icon},
    },
};
use leptos::prelude::*;
use std::borrow::Cow;

/// A field as it is shown.
#[derive(Clone)]
pub struct Input {
    pub locale: Locale,
    pub id: String,
    pub name: Cow<'static, str>,
    pub label: Cow<'static, str>,
    pub hint: Option<&'static str>,
    pub optional: bool,
    /// What is wrong with it now.
    pub problem: Signal<Option<Problem>>,
    pub value: String,
}

impl Input {
    pub fn with_hint(self, hint: &'static str) -> Self {
        Self { hint: Some(hint), ..self }
    }

    pub fn optional(self) -> Self {
        Self { optional: true, ..self }
    }

    /// The ids of what describes the input.
    fn described_by(&self) -> impl Fn() -> Option<String> + Send + Sync + 'static {
        let (problem, id, hint) = (self.problem, self.id.clone(), self.hint);
        move || {
            let error = now(problem).map(|_| format!("{id}-error"));
            let hint = hint.map(|_| format!("{id}-hint"));
            let ids: Vec<String> = error.into_iter().chain(hint).collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    }

    fn invalid(&self) -> impl Fn() -> Option<&'static str> + Send + Sync + 'static {
        let problem = self.problem;
        move || now(problem).map(|_| "true")
    }
}

/// The browser may report a last change while the form is being taken away.
fn now(problem: Signal<Option<Problem>>) -> Option<Problem> {
    problem.try_get().flatten()
}

/// Label, hint and error around the input.
#[component]
fn Labelled(input: Input, children: Children) -> impl IntoView {
    let Input { locale, id, label, hint, optional, problem, .. } = input;
    let optional = optional.then(|| view! { <span class="optional">" ("{i18n::form::optional(locale)}")"</span> });
    let hint = hint.map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> });
    let error_id = format!("{id}-error");
    let error = move || {
        now(problem).map(|problem| {
            view! {
                <p class="error" id=error_id.clone()>
                    <Icon glyph=Glyph::Warning/>
                    {error::problem(locale, problem)}
                </p>
            }
        })
    };
    view! {
        <div class="field" class:wrong=move || now(problem).is_some()>
            <label for=id>{label}{optional}</label>
            {hint}
            {error}
            {children()}
        </div>
    }
}

/// A line of text. Unless told otherwise the browser suggests nothing: mostly it is about somebody else.
#[component]
pub fn TextLine(
    input: Input,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional_no_strip, into)] max: Option<usize>,
    #[prop(default = "off")] autocomplete: &'static str,
    #[prop(optional_no_strip, into)] inputmode: Option<&'static str>,
) -> impl IntoView {
    let (described, invalid) = (input.described_by(), input.invalid());
    let Input { id, name, value, optional, .. } = input.clone();
    view! {
        <Labelled input=input>
            <input
                type=kind
                id=id
                name=name
                value=value
                maxlength=max.map(|max| max.to_string())
                autocomplete=autocomplete
                inputmode=inputmode
                required=!optional
                aria-invalid=invalid
                aria-describedby=described
            />
        </Labelled>
    }
}

/// A text of several lines.
#[component]
pub fn TextArea(input: Input, rows: u8, max: usize) -> impl IntoView {
    let (described, invalid) = (input.described_by(), input.invalid());
    let Input { id, name, value, .. } = input.clone();
    view! {
        <Labelled input=input>
            <textarea
                id=id
                name=name
                rows=rows.to_string()
                maxlength=max.to_string()
                aria-invalid=invalid
                aria-describedby=described
            >
                {value}
            </textarea>
        </Labelled>
    }
}

/// One of several options: value and label. A value that is none of them has to be chosen anew.
#[component]
pub fn Choice(input: Input, options: Vec<(String, String)>) -> impl IntoView {
    let (described, invalid) = (input.described_by(), input.invalid());
    let Input { locale, id, name, value: chosen, optional, .. } = input.clone();
    let is_known = options.iter().any(|(value, _)| *value == chosen);
    let empty = (!is_known).then(|| view! { <option value="" selected=true>{i18n::form::choose(locale)}</option> });
    let options: Vec<_> = options
        .into_iter()
        .map(|(value, label)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{label}</option> }
        })
        .collect();
    view! {
        <Labelled input=input>
            <select
                id=id
                name=name
                required=!optional
                aria-invalid=invalid
                aria-describedby=described
            >
                {empty}
                {options}
            </select>
        </Labelled>
    }
}

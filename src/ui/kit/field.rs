//! A labelled field with its hint and its error, tied together for screen readers.

use crate::{
    domain::fields::Problem,
    i18n::{self, Locale},
    ui::kit::{
        error,
        icon::{Glyph, Icon},
    },
};
use leptos::prelude::*;

/// What every field has.
#[derive(Clone, Copy)]
pub struct FieldFrame {
    pub locale: Locale,
    /// Also the id of the input.
    pub name: &'static str,
    pub label: &'static str,
    pub hint: Option<&'static str>,
    pub optional: bool,
    pub problem: Signal<Option<Problem>>,
}

impl FieldFrame {
    /// The ids that describe the input.
    pub fn described_by(self) -> impl Fn() -> Option<String> + Copy + Send + Sync + 'static {
        move || {
            let hint = self.hint.map(|_| format!("{}-hint", self.name));
            let error = self.problem.try_get().flatten().map(|_| format!("{}-error", self.name));
            let ids: Vec<String> = error.into_iter().chain(hint).collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    }

    pub fn invalid(self) -> impl Fn() -> Option<&'static str> + Copy + Send + Sync + 'static {
        move || self.problem.try_get().flatten().map(|_| "true")
    }

    pub fn is_wrong(self) -> impl Fn() -> bool + Copy + Send + Sync + 'static {
        move || self.problem.try_get().flatten().is_some()
    }
}

/// Label, hint and error around an input whose id is the field's name.
#[component]
pub fn LabelledField(field: FieldFrame, children: Children) -> impl IntoView {
    let FieldFrame { locale, name, label, optional, .. } = field;
    let optional = optional.then(|| view! { <span class="optional">" ("{i18n::form::optional(locale)}")"</span> });
    view! {
        <div class="field" class:wrong=field.is_wrong()>
            <label for=name>{label}{optional}</label>
            <FieldNotes field=field/>
            {children()}
        </div>
    }
}

/// The hint and the error of a field.
#[component]
pub fn FieldNotes(field: FieldFrame) -> impl IntoView {
    let FieldFrame { locale, name, hint, .. } = field;
    let hint = hint.map(|hint| view! { <p class="hint" id=format!("{name}-hint")>{hint}</p> });
    let problem = move || {
        let problem = field.problem.try_get().flatten()?;
        Some(view! {
            <p class="error" id=format!("{name}-error")>
                <Icon glyph=Glyph::Warning/>
                {error::problem(locale, problem)}
            </p>
        })
    };
    view! { {hint} {problem} }
}

/// A line of text.
#[component]
pub fn TextField(
    field: FieldFrame,
    value: String,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional)] max: Option<usize>,
    #[prop(optional)] autocomplete: Option<&'static str>,
    #[prop(optional)] inputmode: Option<&'static str>,
) -> impl IntoView {
    view! {
        <LabelledField field=field>
            <input
                type=kind
                id=field.name
                name=field.name
                value=value
                maxlength=max.map(|max| max.to_string())
                autocomplete=autocomplete
                inputmode=inputmode
                required=!field.optional
                aria-invalid=field.invalid()
                aria-describedby=field.described_by()
            />
        </LabelledField>
    }
}

/// One of several options: value and label.
#[component]
pub fn SelectField(field: FieldFrame, options: Vec<(String, String)>, chosen: String) -> impl IntoView {
    let empty = chosen.is_empty().then(|| {
        view! { <option value="" selected=true>{i18n::form::choose(field.locale)}</option> }
    });
    let options: Vec<_> = options
        .into_iter()
        .map(|(value, label)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{label}</option> }
        })
        .collect();
    view! {
        <LabelledField field=field>
            <select
                id=field.name
                name=field.name
                required=!field.optional
                aria-invalid=field.invalid()
                aria-describedby=field.described_by()
            >
                {empty}
                {options}
            </select>
        </LabelledField>
    }
}

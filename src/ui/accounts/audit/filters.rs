//! What is shown of the audit log: a form that is sent by address, and the file of the same lines.

use super::{
    address::{self, file_address},
    words,
};
use crate::{
    domain::audit::{Action, AuditFilter, Named},
    i18n::{self, Locale},
    ui::kit::field::{FieldFrame, LabelledField},
};
use leptos::prelude::*;

#[component]
pub fn Filters(locale: Locale, filter: AuditFilter, members: Vec<Named>) -> impl IntoView {
    let file = file_address(&filter);
    let actions = Action::ALL.map(|action| (action.word(), words::action(locale, action).to_owned()));
    let members = members.iter().map(|member| (member.id.to_string(), words::named(member))).collect();
    view! {
        <form
            class="audit-filters"
            method="get"
            action=address::PATH
            role="search"
            autocomplete="off"
            aria-label=i18n::filter::title(locale)
        >
            <Choices locale=locale name="action" label=i18n::audit::what(locale) all=i18n::audit::everything(locale)
                options=actions.into() chosen=filter.action.map(Action::word)/>
            <Choices locale=locale name="member" label=i18n::audit::member(locale) all=i18n::audit::everybody(locale)
                options=members chosen=filter.member.map(|member| member.to_string())/>
            <p class="actions">
                <button class="button primary">{i18n::filter::apply(locale)}</button>
                <a class="button" href=file rel="external">{i18n::audit::download(locale)}</a>
            </p>
        </form>
    }
}

/// One of several values, or all of them.
#[component]
fn Choices(
    locale: Locale,
    name: &'static str,
    label: &'static str,
    all: &'static str,
    /// Value and label.
    options: Vec<(String, String)>,
    chosen: Option<String>,
) -> impl IntoView {
    let field = FieldFrame { locale, name, label, hint: None, optional: false, problem: None.into() };
    let options: Vec<_> = options
        .into_iter()
        .map(|(value, words)| {
            let selected = chosen.as_ref() == Some(&value);
            view! { <option value=value selected=selected>{words}</option> }
        })
        .collect();
    view! {
        <LabelledField field=field>
            <select id=name name=name>
                <option value="">{all}</option>
                {options}
            </select>
        </LabelledField>
    }
}

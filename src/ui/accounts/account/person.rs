//! Who the member is, to the others and to the mail.

use super::form::{ActionForm, FormField};
use crate::{
    domain::{fields::Field, text::PersonName},
    i18n::{self, Locale},
    ui::{
        accounts::doors::filled::Filled,
        kit::{
            field::{FieldFrame, SelectField},
            names,
            reply::Reply,
        },
    },
};
use leptos::prelude::*;

#[component]
pub fn PersonSection(
    locale: Locale,
    name: String,
    email: String,
    /// BCP 47 tag of the language that mail comes in.
    language: Option<String>,
    reply: Option<Reply>,
) -> impl IntoView {
    // Before one is chosen, mail comes in the language of the page.
    let language = language.unwrap_or_else(|| locale.tag().to_owned());
    view! {
        <section aria-labelledby="person">
            <h2 id="person">{i18n::account::person(locale)}</h2>
            <dl class="facts-of-account">
                <dt>{i18n::sign_in::email(locale)}</dt>
                <dd>{email}</dd>
                <dd class="hint">{i18n::account::email_hint(locale)}</dd>
            </dl>
            <NameForm filled=Filled::of(locale, "rename", reply.as_ref()) name=name/>
            <LanguageForm filled=Filled::of(locale, "language", reply.as_ref()) language=language/>
        </section>
    }
}

#[component]
fn NameForm(filled: Filled, name: String) -> impl IntoView {
    let locale = filled.locale;
    let value = filled.value_or("name", &name);
    view! {
        <ActionForm action="rename">
            <FormField
                filled=filled
                field=Field::Name
                hint=i18n::doors::name_hint(locale)
                value=value
                max=PersonName::MAX
                autocomplete="name"
            />
            <p class="actions">
                <button class="button">{i18n::account::save_name(locale)}</button>
            </p>
        </ActionForm>
    }
}

#[component]
fn LanguageForm(filled: Filled, language: String) -> impl IntoView {
    let locale = filled.locale;
    let (label, hint) = (i18n::account::language(locale), Some(i18n::account::language_hint(locale)));
    let field = FieldFrame { locale, name: "language", label, hint, optional: false, problem: None.into() };
    let option = |other: Locale| (other.tag().to_owned(), names::language(locale, other).to_owned());
    let options: Vec<(String, String)> = Locale::ALL.into_iter().map(option).collect();
    let chosen = filled.value_or("language", &language);
    view! {
        <ActionForm action="language">
            <SelectField field=field options=options chosen=chosen/>
            <p class="actions">
                <button class="button">{i18n::account::save_language(locale)}</button>
            </p>
        </ActionForm>
    }
}

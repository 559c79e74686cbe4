//! A member as others see it.

use super::{change::ChangePerson, desk::Desk};
use crate::{
    api::people::{Person, PersonState},
    domain::{day::Moment, ids::OrgId},
    i18n::{self, Locale},
    ui::kit::{day, names},
};
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn PersonCard(desk: Arc<Desk>, org: OrgId, person: Person) -> impl IntoView {
    let locale = desk.locale;
    let own = (person.id == desk.own).then(|| view! { " " <span class="tag">{i18n::people::you(locale)}</span> });
    let (name, email) = (person.name.clone(), person.email.clone());
    let mail = format!("mailto:{email}");
    let facts = view! { <Facts locale=locale person=person.clone()/> };
    let change = desk.may_manage.then(|| view! { <ChangePerson desk=desk.clone() org=org person=person/> });
    view! {
        <li class="member">
            <div>
                <h3>{name}{own}</h3>
                <p><a href=mail>{email}</a></p>
            </div>
            {facts}
            {change}
        </li>
    }
}

#[component]
fn Facts(locale: Locale, person: Person) -> impl IntoView {
    let (class, state) = state(locale, person.state);
    let second_factor = if person.has_second_factor { i18n::people::yes(locale) } else { i18n::people::no(locale) };
    view! {
        <dl>
            <div>
                <dt>{i18n::people::role(locale)}</dt>
                <dd>{names::role(locale, person.role)}</dd>
            </div>
            <div>
                <dt>{i18n::people::account(locale)}</dt>
                <dd><span class=class>{state}</span></dd>
            </div>
            <div>
                <dt>{i18n::people::second_factor(locale)}</dt>
                <dd>{second_factor}</dd>
            </div>
            <div>
                <dt>{i18n::people::seen(locale)}</dt>
                <dd>{seen(locale, person.seen)}</dd>
            </div>
        </dl>
    }
}

/// What a state is called, and how it looks.
fn state(locale: Locale, state: PersonState) -> (&'static str, String) {
    match state {
        PersonState::Invited(Some(until)) => {
            ("account-state", i18n::people::invited(locale, day::full(locale, until.day)))
        }
        PersonState::Invited(None) => ("account-state expired", i18n::people::expired(locale).to_owned()),
        PersonState::Active => ("account-state", i18n::people::active(locale).to_owned()),
        PersonState::Disabled => ("account-state closed", i18n::people::closed(locale).to_owned()),
    }
}

/// Day and time of the last use, as far as a session still tells.
fn seen(locale: Locale, seen: Option<Moment>) -> AnyView {
    let Some(at) = seen else { return i18n::people::not_seen(locale).into_any() };
    let words = i18n::board::on_day(locale, day::full(locale, at.day), at.time());
    view! { <time datetime=format!("{}T{}", at.day, at.time())>{words}</time> }.into_any()
}

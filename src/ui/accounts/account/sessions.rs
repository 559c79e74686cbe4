//! Where the member is signed in, with a way to end it.

use super::form::ActionForm;
use crate::{
    api::accounts::SessionView,
    domain::day::Moment,
    i18n::{self, Locale},
    ui::kit::day,
};
use leptos::prelude::*;

#[component]
pub fn SessionsSection(locale: Locale, sessions: Vec<SessionView>) -> impl IntoView {
    let rows: Vec<_> =
        sessions.into_iter().map(|session| view! { <SessionRow locale=locale session=session/> }).collect();
    view! {
        <section aria-labelledby="sessions">
            <h2 id="sessions">{i18n::account::sessions(locale)}</h2>
            <ul class="sessions">{rows}</ul>
            <p>{i18n::account::end_all_hint(locale)}</p>
            <ActionForm action="end_all">
                <p class="actions">
                    <button class="button">{i18n::account::end_all(locale)}</button>
                </p>
            </ActionForm>
        </section>
    }
}

#[component]
fn SessionRow(locale: Locale, session: SessionView) -> impl IntoView {
    let SessionView { key, device, created, used, is_own } = session;
    let device = if device.is_empty() { i18n::account::unknown_device(locale).to_owned() } else { device };
    let since = i18n::account::since(locale, when(locale, created));
    let used = i18n::account::used(locale, when(locale, used));
    // Two browsers of one kind are told apart by their last use.
    let which = format!(": {device}, {used}");
    let end = if is_own {
        view! { <span class="tag">{i18n::account::this_device(locale)}</span> }.into_any()
    } else {
        view! { <EndForm locale=locale session=key which=which/> }.into_any()
    };
    view! {
        <li>
            <div>
                <p><strong>{device}</strong></p>
                <p class="quiet">{since}</p>
                <p class="quiet">{used}</p>
            </div>
            {end}
        </li>
    }
}

#[component]
fn EndForm(locale: Locale, session: String, which: String) -> impl IntoView {
    view! {
        <ActionForm action="end_session">
            <input type="hidden" name="session" value=session/>
            <button class="button">{i18n::account::end_session(locale)}<span class="hidden">{which}</span></button>
        </ActionForm>
    }
}

/// "31 December 2026, 09:05".
fn when(locale: Locale, moment: Moment) -> String {
    i18n::board::on_day(locale, day::full(locale, moment.day), moment.time())
}

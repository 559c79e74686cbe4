//! The second factor: an app on the phone that shows a new code each half minute.

mod begun;

use self::begun::Begun;
use super::form::{ActionForm, OldPassword};
use crate::{
    api::accounts::SecondFactor,
    i18n::{self, Locale},
    ui::{
        accounts::doors::filled::{Filled, Username},
        kit::reply::Reply,
    },
};
use leptos::prelude::*;

#[component]
pub fn SecondFactorSection(
    locale: Locale,
    email: String,
    factor: SecondFactor,
    /// Whether the network asks for one.
    required: bool,
    reply: Option<Reply>,
) -> impl IntoView {
    let body = match factor {
        SecondFactor::Off => {
            let filled = Filled::of(locale, "begin_second_factor", reply.as_ref());
            view! { <Off filled=filled email=email/> }.into_any()
        }
        SecondFactor::Begun { secret, qr_svg } => {
            let filled = Filled::of(locale, "confirm_second_factor", reply.as_ref());
            view! { <Begun filled=filled secret=secret qr_svg=qr_svg/> }.into_any()
        }
        SecondFactor::On { codes_left } => {
            view! { <On locale=locale email=email codes_left=codes_left required=required reply=reply/> }.into_any()
        }
    };
    view! {
        <section aria-labelledby="second-factor">
            <h2 id="second-factor">{i18n::account::factor(locale)}</h2>
            {body}
        </section>
    }
}

#[component]
fn Off(filled: Filled, email: String) -> impl IntoView {
    let locale = filled.locale;
    view! {
        <p>{i18n::account::factor_off(locale)}</p>
        <p>{i18n::account::factor_lasts(locale)}</p>
        <ActionForm action="begin_second_factor">
            <Username email=email/>
            <OldPassword filled=filled/>
            <p class="actions">
                <button class="button primary">{i18n::account::begin(locale)}</button>
            </p>
        </ActionForm>
    }
}

#[component]
fn On(locale: Locale, email: String, codes_left: usize, required: bool, reply: Option<Reply>) -> impl IntoView {
    let form = |action| Filled::of(locale, action, reply.as_ref());
    let (renew, end) = (i18n::account::new_codes(locale), i18n::account::end_factor(locale));
    let renew_hint = i18n::account::new_codes_hint(locale);
    let end_hint =
        if required { i18n::account::end_factor_required(locale) } else { i18n::account::end_factor_hint(locale) };
    view! {
        <p>{i18n::account::factor_on(locale)} " " {i18n::account::codes_left(locale, codes_left)}</p>
        <Folded filled=form("new_codes") email=email.clone() words=renew explained=renew_hint/>
        <Folded filled=form("end_second_factor") email=email words=end explained=end_hint/>
    }
}

/// A form that is seldom needed and asks for the password once more.
#[component]
fn Folded(filled: Filled, email: String, words: &'static str, explained: &'static str) -> impl IntoView {
    let (action, is_refused) = (filled.action, filled.is_refused());
    view! {
        <details open=is_refused>
            <summary>{words}</summary>
            <p>{explained}</p>
            <ActionForm action=action>
                <Username email=email/>
                <OldPassword filled=filled/>
                <p class="actions">
                    <button class="button">{words}</button>
                </p>
            </ActionForm>
        </details>
    }
}

//! Above the account: what was refused or done, what is shown only now, and what the network asks for.

use super::Before;
use crate::{
    i18n::{self, Locale},
    ui::{
        accounts::doors::refused::Refused,
        head::Told,
        kit::icon::{Glyph, Icon},
    },
};
use leptos::prelude::*;

#[component]
pub fn Notes(locale: Locale, lacks_factor: bool, before: Before) -> impl IntoView {
    let Before { reply, told, done } = before;
    let done = done.and_then(|word| done_words(locale, &word));
    let codes = match told {
        Some(Told::Codes(codes)) => Some(codes),
        _ => None,
    };
    view! {
        {reply.map(|reply| view! { <Refused reply=reply/> })}
        {done.map(|words| view! { <p class="note" role="status"><Icon glyph=Glyph::Check/>{words}</p> })}
        {codes.map(|codes| view! { <RecoveryCodes locale=locale codes=codes/> })}
        {lacks_factor.then(|| view! { <FactorNote locale=locale/> })}
    }
}

/// What a form has done, by its `do`. Those that make recovery codes are answered with them.
fn done_words(locale: Locale, word: &str) -> Option<&'static str> {
    match word {
        "rename" | "language" => Some(i18n::account::saved(locale)),
        "password" => Some(i18n::account::done_password(locale)),
        "begin_second_factor" => Some(i18n::account::done_begin(locale)),
        "cancel_second_factor" => Some(i18n::account::done_cancel(locale)),
        "end_second_factor" => Some(i18n::account::done_end(locale)),
        "end_session" => Some(i18n::account::done_session(locale)),
        _ => None,
    }
}

#[component]
fn FactorNote(locale: Locale) -> impl IntoView {
    view! {
        <div class="note">
            <Icon glyph=Glyph::Warning/>
            <p>
                {i18n::account::required(locale)} " "
                <a href="#second-factor" rel="external">{i18n::account::required_link(locale)}</a>
            </p>
        </div>
    }
}

/// Recovery codes as they were just made: nobody sees them a second time.
#[component]
fn RecoveryCodes(locale: Locale, codes: Vec<String>) -> impl IntoView {
    let codes: Vec<_> = codes.into_iter().map(|code| view! { <li><code>{code}</code></li> }).collect();
    view! {
        <section class="note recovery" aria-labelledby="recovery">
            <h2 id="recovery">{i18n::account::codes_title(locale)}</h2>
            <p>{i18n::account::codes_hint(locale)}</p>
            <ul>{codes}</ul>
        </section>
    }
}

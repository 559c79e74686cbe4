//! The doors beside signing in: the second step, a forgotten password, and the links of invitations and resets.

pub mod filled;
mod link;
pub mod refused;

pub use link::{JoinPage, ResetPage};

use self::{
    filled::{Filled, carried},
    refused::Refused,
};
use crate::{
    domain::fields::Field,
    i18n::{self, Locale},
    ui::{
        kit::{
            field::TextField,
            icon::{Glyph, Icon},
            reply::Reply,
        },
        language::use_locale,
    },
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// The second step of signing in.
#[component]
pub fn CodePage() -> impl IntoView {
    let locale = use_locale();
    let reply = Reply::current();
    let next = carried(reply.as_ref(), "next");
    let code = Filled::new(locale, reply.as_ref()).hinted(Field::Code, i18n::doors::code_hint(locale));
    let title = i18n::doors::code_title(locale);
    view! {
        <Title text=i18n::frame::title(locale, title)/>
        <main id="main" tabindex="-1" class="narrow">
            <h1>{title}</h1>
            <p>{i18n::doors::code_intro(locale)}</p>
            {reply.map(|reply| view! { <Refused reply=reply/> })}
            <form class="form" method="post" action="/sign-in/code" novalidate>
                <input type="hidden" name="next" value=next/>
                <TextField field=code value=String::new() autocomplete="one-time-code"/>
                <p class="actions">
                    <button class="button primary">{i18n::sign_in::submit(locale)}</button>
                </p>
            </form>
            <BackToSignIn locale=locale/>
        </main>
    }
}

/// Asking for a link that sets a new password. The answer is the same whether the account exists or not.
#[component]
pub fn ForgotPage() -> impl IntoView {
    let locale = use_locale();
    let reply = Reply::current();
    let sent = use_query_map().with_untracked(|query| query.get("sent")).is_some_and(|sent| sent == "1");
    let title = i18n::doors::forgot_title(locale);
    let body = if sent {
        view! { <p class="note" role="status">{i18n::doors::forgot_sent(locale)}</p> }.into_any()
    } else {
        view! { <ForgotForm locale=locale reply=reply/> }.into_any()
    };
    view! {
        <Title text=i18n::frame::title(locale, title)/>
        <main id="main" tabindex="-1" class="narrow">
            <h1>{title}</h1>
            {body}
            <BackToSignIn locale=locale/>
        </main>
    }
}

#[component]
fn ForgotForm(locale: Locale, reply: Option<Reply>) -> impl IntoView {
    let filled = Filled::new(locale, reply.as_ref());
    let email = filled.hinted(Field::Email, i18n::doors::forgot_hint(locale));
    view! {
        {reply.map(|reply| view! { <Refused reply=reply/> })}
        <form class="form" method="post" action="/forgot" novalidate>
            <TextField field=email value=filled.value_or("email", "") kind="email" autocomplete="username"/>
            <p class="actions">
                <button class="button primary">{i18n::doors::forgot_submit(locale)}</button>
            </p>
        </form>
    }
}

#[component]
fn BackToSignIn(locale: Locale) -> impl IntoView {
    view! { <a class="back" href="/sign-in"><Icon glyph=Glyph::Back/>{i18n::doors::back(locale)}</a> }
}

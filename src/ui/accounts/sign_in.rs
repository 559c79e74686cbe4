//! Signing in.

use super::doors::{filled::carried, refused::Refused};
use crate::{
    i18n::{self, Locale},
    ui::{
        frame::SiteResource,
        kit::{
            field::{FieldFrame, TextField},
            icon::{Glyph, Icon},
            reply::Reply,
        },
        language::use_locale,
    },
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

#[component]
pub fn SignInPage() -> impl IntoView {
    let locale = use_locale();
    let site = expect_context::<SiteResource>();
    let reply = Reply::current();
    let typed = reply.as_ref().and_then(|reply| reply.value("email")).unwrap_or_default().to_owned();
    let next = carried(reply.as_ref(), "next");
    let field = |name, label| FieldFrame { locale, name, label, hint: None, optional: false, problem: None.into() };
    view! {
        <Title text=i18n::frame::title(locale, i18n::sign_in::title(locale))/>
        <main id="main" tabindex="-1" class="narrow">
            <h1>{i18n::sign_in::title(locale)}</h1>
            <Suspense>
                {move || Suspend::new(async move {
                    let member = site.await.ok().and_then(|site| site.viewer.member().cloned());
                    member.map(|member| {
                        view! { <p>{i18n::sign_in::already(locale, member.name.as_str())}</p> }
                    })
                })}
            </Suspense>
            <ResetNote locale=locale/>
            {reply.map(|reply| view! { <Refused reply=reply/> })}
            <form class="form" method="post" action="/sign-in">
                <input type="hidden" name="next" value=next/>
                <TextField
                    field=field("email", i18n::sign_in::email(locale))
                    value=typed
                    kind="email"
                    autocomplete="username"
                />
                <TextField
                    field=field("password", i18n::sign_in::password(locale))
                    value=String::new()
                    kind="password"
                    autocomplete="current-password"
                />
                <p class="actions">
                    <button class="button primary">{i18n::sign_in::submit(locale)}</button>
                </p>
            </form>
            <p><a class="way" href="/forgot">{i18n::doors::forgot_link(locale)}</a></p>
            <p class="quiet">
                {i18n::sign_in::public(locale)} " "
                <a href="/board">{i18n::sign_in::public_link(locale)}</a>
            </p>
        </main>
    }
}

/// Where a reset of the password has led here.
#[component]
fn ResetNote(locale: Locale) -> impl IntoView {
    let done = use_query_map().with_untracked(|query| query.get("done"));
    let is_reset = done.is_some_and(|done| done == "reset");
    is_reset.then(|| {
        view! { <p class="note" role="status"><Icon glyph=Glyph::Check/>{i18n::doors::reset_done(locale)}</p> }
    })
}

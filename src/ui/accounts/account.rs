//! A member's own account: who they are, how they come in, where they are signed in, and what is kept of them.

mod form;
mod notes;
mod own_data;
mod password;
mod person;
mod second_factor;
mod sessions;

use self::{
    notes::Notes, own_data::OwnDataSection, password::PasswordSection, person::PersonSection,
    second_factor::SecondFactorSection, sessions::SessionsSection,
};
use crate::{
    api::accounts::{Account, SecondFactor, read_account},
    i18n::{self, Locale},
    ui::{
        data,
        head::Told,
        kit::{error::ErrorBody, reply::Reply},
        language::use_locale,
    },
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// What came before the page was drawn: a form that was refused, something told once, or something done.
#[derive(Clone)]
pub struct Before {
    reply: Option<Reply>,
    told: Option<Told>,
    /// What the form was that led here: the value of its `do`.
    done: Option<String>,
}

#[component]
pub fn AccountPage() -> impl IntoView {
    let locale = use_locale();
    let (reply, told) = (Reply::current(), Told::current());
    let done = use_query_map().with_untracked(|query| query.get("done"));
    let before = Before { reply, told, done };
    let account = data::fetch(|| (), |()| read_account());
    view! {
        <main id="main" tabindex="-1">
            <Suspense>
                {move || {
                    let before = before.clone();
                    Suspend::new(async move {
                        match account.await {
                            Ok(account) => view! { <Sections locale=locale account=account before=before/> }.into_any(),
                            Err(error) => view! { <ErrorBody error=error/> }.into_any(),
                        }
                    })
                }}
            </Suspense>
        </main>
    }
}

#[component]
fn Sections(locale: Locale, account: Account, before: Before) -> impl IntoView {
    let Account { name, email, language, second_factor, second_factor_required, sessions } = account;
    let lacks_factor = second_factor_required && !matches!(second_factor, SecondFactor::On { .. });
    let title = i18n::frame::account(locale);
    let reply = before.reply.clone();
    view! {
        <Title text=i18n::frame::title(locale, title)/>
        <div class="narrow account-page">
            <h1>{title}</h1>
            <Notes locale=locale lacks_factor=lacks_factor before=before/>
            <PersonSection locale=locale name=name email=email.clone() language=language reply=reply.clone()/>
            <PasswordSection locale=locale email=email.clone() reply=reply.clone()/>
            <SecondFactorSection
                locale=locale
                email=email
                factor=second_factor
                required=second_factor_required
                reply=reply
            />
            <SessionsSection locale=locale sessions=sessions/>
            <OwnDataSection locale=locale/>
        </div>
    }
}

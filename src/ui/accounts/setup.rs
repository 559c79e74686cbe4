//! The first start: the network, its first coordinator, and the plan that they open.

mod groups;

use self::groups::{NetworkFields, OrganisationFields, PersonFields, PlanFields};
use super::doors::{filled::Filled, refused::Refused};
use crate::{
    api::people::{SetupView, read_setup},
    domain::fields::Field,
    i18n::{self, Locale},
    ui::{
        data,
        kit::{error::ErrorBody, field::TextField, reply::Reply},
        language::use_locale,
    },
};
use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn SetupPage() -> impl IntoView {
    let locale = use_locale();
    let reply = Reply::current();
    let setup = data::fetch(|| (), |()| read_setup());
    view! {
        <main id="main" tabindex="-1">
            <Suspense>
                {move || {
                    let reply = reply.clone();
                    Suspend::new(async move {
                        match setup.await {
                            Ok(setup) => view! { <SetupForm locale=locale setup=setup reply=reply/> }.into_any(),
                            Err(error) => view! { <ErrorBody error=error/> }.into_any(),
                        }
                    })
                }}
            </Suspense>
        </main>
    }
}

#[component]
fn SetupForm(locale: Locale, setup: SetupView, reply: Option<Reply>) -> impl IntoView {
    let title = i18n::setup::title(locale);
    let filled = Filled::new(locale, reply.as_ref());
    let token = filled.hinted(Field::Token, i18n::setup::token_hint(locale));
    view! {
        <Title text=i18n::frame::title(locale, title)/>
        <div class="narrow">
            <h1>{title}</h1>
            <p>{i18n::setup::intro(locale)}</p>
            {reply.map(|reply| view! { <Refused reply=reply title=i18n::problem::summary(locale)/> })}
            <form class="form" method="post" action="/setup" novalidate>
                <TextField field=token value=filled.value_or("token", "") autocomplete="off"/>
                <NetworkFields filled=filled.clone()/>
                <OrganisationFields filled=filled.clone()/>
                <PersonFields filled=filled.clone()/>
                <PlanFields filled=filled setup=setup/>
                <p class="actions">
                    <button class="button primary">{i18n::setup::submit(locale)}</button>
                </p>
            </form>
        </div>
    }
}

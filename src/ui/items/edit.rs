//! The pages of the item form: a new item, and a change of one.

use super::{
    dialog::use_item,
    form::{Filled, ItemFields},
};
use crate::{
    api::{
        AppError,
        items::{ItemView, NewItem, start_item},
    },
    domain::{accounts::Viewer, change::Refusal, policy},
    i18n::{self, Locale},
    ui::{
        frame::SiteResource,
        kit::{error::ErrorPage, reply::Reply},
        language::use_locale,
    },
};
use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn NewItemPage() -> impl IntoView {
    let locale = use_locale();
    let site = expect_context::<SiteResource>();
    let new = Resource::new(|| (), |()| start_item());
    let reply = Reply::current();
    view! {
        <Suspense>
            {move || {
                let reply = reply.clone();
                Suspend::new(async move {
                    match (site.await, new.await) {
                        (Ok(site), Ok(new)) => new_form(locale, new, &site.viewer, reply).into_any(),
                        (Err(error), _) | (_, Err(error)) => view! { <ErrorPage error=error/> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
}

fn new_form(locale: Locale, new: NewItem, viewer: &Viewer, reply: Option<Reply>) -> impl IntoView + use<> {
    let title = i18n::form::new_title(locale);
    let lead = viewer.org().map(|org| org.to_string()).unwrap_or_default();
    let filled = Filled::new(&new.frame, lead, policy::can_change_lead(viewer), reply.as_ref());
    let id = reply.as_ref().and_then(|reply| reply.value("id")).map_or_else(|| new.id.to_string(), str::to_owned);
    view! {
        <Title text=i18n::frame::title(locale, title)/>
        <main id="main" tabindex="-1" class="narrow">
            <h1>{title}</h1>
            <p class="quiet">{i18n::form::new_draft(locale)}</p>
            <form class="form" method="post" action="/board/new" novalidate>
                <input type="hidden" name="id" value=id/>
                <ItemFields locale=locale filled=filled/>
                <p class="actions">
                    <button class="button primary">{i18n::form::create(locale)}</button>
                    <a class="button" href="/board">{i18n::form::cancel(locale)}</a>
                </p>
            </form>
        </main>
    }
}

#[component]
pub fn EditItemPage() -> impl IntoView {
    let locale = use_locale();
    let site = expect_context::<SiteResource>();
    let item = use_item();
    let reply = Reply::current();
    view! {
        <Suspense>
            {move || {
                let reply = reply.clone();
                Suspend::new(async move {
                    match (site.await, item.await) {
                        (Ok(site), Ok(view)) => edit_form(locale, view, &site.viewer, reply),
                        (Err(error), _) | (_, Err(error)) => view! { <ErrorPage error=error/> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
}

fn edit_form(locale: Locale, view: ItemView, viewer: &Viewer, reply: Option<Reply>) -> AnyView {
    if viewer.member().is_none() {
        return view! { <ErrorPage error=AppError::SignedOut/> }.into_any();
    }
    if !policy::can_write_item(viewer, view.item.rights()) {
        return view! { <ErrorPage error=AppError::Refused(Refusal::Forbidden)/> }.into_any();
    }
    let number = view.item.number;
    let title = i18n::form::edit_title(locale, number);
    let filled = Filled::from_item(&view, policy::can_change_lead(viewer), reply.as_ref());
    let (address, save) = (format!("/board/items/{number}"), format!("/board/items/{number}/edit"));
    view! {
        <Title text=i18n::frame::title(locale, title.as_str())/>
        <main id="main" tabindex="-1" class="narrow">
            <h1>{title.clone()}</h1>
            <form class="form" method="post" action=save novalidate>
                <ItemFields locale=locale filled=filled/>
                <p class="actions">
                    <button class="button primary">{i18n::form::save(locale)}</button>
                    <a class="button" href=address>{i18n::form::cancel(locale)}</a>
                </p>
            </form>
        </main>
    }
    .into_any()
}

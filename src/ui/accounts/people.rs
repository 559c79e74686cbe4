//! Organisations and their members: who is there, and for coordinators how that is changed.

mod change;
mod desk;
mod invite;
mod network;
mod organisation;
mod organisation_form;
mod person;
mod sheet;
mod step;
mod told;
mod trouble;

use self::{
    desk::Desk, invite::Invite, network::NetworkSection, organisation::OrganisationSection,
    organisation_form::OrganisationDetails, told::ToldNote, trouble::Trouble,
};
use crate::{
    api::people::{NetworkView, People, read_people},
    i18n::{self, Locale},
    ui::{
        data,
        head::Told,
        kit::{
            error::ErrorBody,
            icon::{Glyph, Icon},
            reply::Reply,
        },
        language::use_locale,
    },
};
use leptos::prelude::*;
use leptos_meta::Title;
use std::sync::Arc;

#[component]
pub fn PeoplePage() -> impl IntoView {
    let locale = use_locale();
    let (reply, told) = (Reply::current(), Told::current());
    let people = data::fetch(|| (), |()| read_people());
    view! {
        <main id="main" tabindex="-1">
            <Suspense>
                {move || {
                    let (reply, told) = (reply.clone(), told.clone());
                    Suspend::new(async move {
                        match people.await {
                            Ok(people) => {
                                view! { <Everybody locale=locale people=people reply=reply told=told/> }.into_any()
                            }
                            Err(error) => view! { <ErrorBody error=error/> }.into_any(),
                        }
                    })
                }}
            </Suspense>
        </main>
    }
}

#[component]
fn Everybody(locale: Locale, people: People, reply: Option<Reply>, told: Option<Told>) -> impl IntoView {
    let People { groups, may_manage, network, own, sends_mail } = people;
    let organisations = groups.iter().map(|group| group.organisation.clone()).collect();
    let desk = Arc::new(Desk { locale, may_manage, own, sends_mail, organisations, reply });
    let sections: Vec<_> =
        groups.into_iter().map(|group| view! { <OrganisationSection desk=desk.clone() group=group/> }).collect();
    let side = may_manage.then(|| view! { <Side desk=desk.clone() network=network/> });
    view! {
        <Title text=i18n::frame::title(locale, i18n::people::title(locale))/>
        <div class="people" class:managed=may_manage>
            <PageHead desk=desk told=told/>
            <div class="organisations">{sections}</div>
            {side}
        </div>
    }
}

/// What the page is, who sees it, and what came of the form that was sent.
#[component]
fn PageHead(desk: Arc<Desk>, told: Option<Told>) -> impl IntoView {
    let (locale, sends_mail) = (desk.locale, desk.sends_mail);
    let hint = if desk.may_manage { i18n::people::all_hint(locale) } else { i18n::people::own_hint(locale) };
    let trouble = desk.reply.clone().map(|reply| view! { <Trouble locale=locale reply=reply/> });
    let told = told.map(|told| view! { <ToldNote locale=locale told=told sends_mail=sends_mail/> });
    let invite = desk.may_manage.then(|| {
        view! {
            <p class="actions to-invite">
                <a class="button primary" href="#invite" rel="external">
                    <Icon glyph=Glyph::Plus/>
                    {i18n::people::invite(locale)}
                </a>
            </p>
        }
    });
    view! {
        <div class="people-head">
            <h1>{i18n::people::title(locale)}</h1>
            {trouble}
            {told}
            <p class="quiet">{hint}</p>
            {invite}
        </div>
    }
}

/// What coordinators do besides changing what is listed.
#[component]
fn Side(desk: Arc<Desk>, network: NetworkView) -> impl IntoView {
    view! {
        <div class="people-side">
            <Invite desk=desk.clone()/>
            <OrganisationDetails desk=desk.clone() organisation=None/>
            <NetworkSection desk=desk network=network/>
        </div>
    }
}

//! The page of a quarter's readings: what a partner enters, with the last period beside it, and what a coordinator
//! reviews.

use super::{
    address,
    quarters::Quarters,
    reading_form::{ReadingCard, told},
    words,
};
use crate::{
    api::results::{ResultsView, read_results},
    domain::{accounts::Viewer, policy, results::indicator::Indicator},
    i18n::{self, Locale},
    ui::{
        data,
        frame::SiteResource,
        kit::{error::ErrorBody, reply::Reply},
        language::use_locale,
    },
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

#[component]
pub fn ReadingsPage() -> impl IntoView {
    let locale = use_locale();
    let site = expect_context::<SiteResource>();
    let query = use_query_map();
    let answer = data::fetch(move || query.with(address::read), read_results);
    let reply = Reply::current();
    view! {
        <main id="main" tabindex="-1" class="results">
            <Transition>
                {move || {
                    let reply = reply.clone();
                    Suspend::new(async move {
                        match (site.await, answer.await) {
                            (Ok(site), Ok(view)) => {
                                view! { <Readings locale=locale viewer=site.viewer view=view reply=reply/> }.into_any()
                            }
                            (Err(error), _) | (_, Err(error)) => view! { <ErrorBody error=error/> }.into_any(),
                        }
                    })
                }}
            </Transition>
        </main>
    }
}

#[component]
fn Readings(locale: Locale, viewer: Viewer, view: ResultsView, reply: Option<Reply>) -> impl IntoView {
    let title = i18n::reading::title(locale, words::quarter(locale, view.period));
    let own = own(&view, &viewer);
    // What is of no indicator on this page is told above all.
    let claimed =
        |reply: &Reply| own.iter().any(|indicator| reply.value("indicator") == Some(indicator.id.to_string().as_str()));
    let above = reply.as_ref().filter(|reply| !claimed(reply)).map(|reply| told(locale, reply));
    let cards: Vec<_> = own
        .into_iter()
        .map(|indicator| {
            let of_it = |reply: &&Reply| reply.value("indicator") == Some(indicator.id.to_string().as_str());
            let reply = reply.as_ref().filter(of_it).cloned();
            view! { <ReadingCard locale=locale view=&view viewer=&viewer indicator=indicator reply=reply/> }
        })
        .collect();
    let list = if cards.is_empty() {
        view! { <p>{i18n::reading::nothing(locale)}</p> }.into_any()
    } else {
        view! { <ol class="readings">{cards}</ol> }.into_any()
    };
    view! {
        <Title text=i18n::frame::title(locale, title.as_str())/>
        <div class="title-row">
            <div>
                <h1>{title.clone()}</h1>
                <p class="quiet">{i18n::reading::about(locale)}</p>
            </div>
            <p class="actions">
                <a class="button" href=address::of(address::FRAMEWORK, view.period)>{i18n::results::title(locale)}</a>
            </p>
        </div>
        <Quarters
            locale=locale
            page=address::READINGS
            plan=&view.frame.plan
            locks=&view.results.locks
            chosen=view.period
        />
        {above}
        {lock(locale, &viewer, &view)}
        {list}
    }
}

/// The indicators whose readings the viewer writes, in order of code; those that expect one now come first.
fn own<'a>(view: &'a ResultsView, viewer: &Viewer) -> Vec<&'a Indicator> {
    let last = view.frame.plan.ends.quarter();
    let mut own: Vec<&Indicator> = view
        .results
        .framework
        .indicators
        .iter()
        .filter(|indicator| policy::can_write_reading(viewer, indicator.responsible))
        .collect();
    own.sort_by_key(|indicator| (!indicator.frequency.expects(view.period, last), indicator.code.as_str()));
    own
}

/// Closes the quarter, or opens it again.
fn lock(locale: Locale, viewer: &Viewer, view: &ResultsView) -> Option<AnyView> {
    let locked = view.results.locks.holds(view.period);
    let said = locked.then(|| view! { <p class="note">{i18n::reading::is_closed(locale)}</p> });
    let form = policy::can_change_framework(viewer).then(|| {
        let (word, label) = match locked {
            true => ("unlock", i18n::reading::unlock(locale)),
            false => ("lock", i18n::reading::lock(locale)),
        };
        view! {
            <form method="post" action=address::of(address::READINGS, view.period)>
                <button class="button" name="do" value=word>{label}</button>
            </form>
        }
    });
    (said.is_some() || form.is_some()).then(|| view! { {said} {form} }.into_any())
}

//! The page of a quarter's readings: what a partner enters, with the last period beside it, and what a coordinator
//! reviews.

use super::{
    address,
    known::Known,
    quarters::Quarters,
    reading_form::{Card, ReadingCard, Unsettled, told},
    rest::rest,
    words,
};
use crate::{
    api::results::{ResultsView, read_results},
    domain::{
        accounts::Viewer,
        policy,
        results::{command::ResultsCommand, indicator::Indicator},
    },
    i18n::{self, Locale},
    ui::{
        board, browser, data,
        frame::SiteResource,
        kit::{error::ErrorBody, reply::Reply},
        language::use_locale,
        line::Line,
        report,
    },
};
use leptos::{ev, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

#[component]
pub fn ReadingsPage() -> impl IntoView {
    let locale = use_locale();
    let site = expect_context::<SiteResource>();
    let line = expect_context::<Line>();
    let query = use_query_map();
    let answer = data::fetch(move || query.with(address::read), read_results);
    let reply = Reply::current();
    board::follow_beside(line, site);
    view! {
        <main id="main" tabindex="-1" class="results">
            <Transition>
                {move || {
                    let reply = reply.clone();
                    Suspend::new(async move {
                        match (site.await, answer.await) {
                            (Ok(site), Ok(view)) => {
                                let known = Known::new(line, site.viewer, view);
                                view! { <Readings locale=locale known=known reply=reply/> }.into_any()
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
fn Readings(locale: Locale, known: Known, reply: Option<Reply>) -> impl IntoView {
    let (view, viewer) = (known.now(), known.viewer());
    let title = i18n::reading::title(locale, words::quarter(locale, view.period));
    let own: Vec<Indicator> = own(&view, &viewer).into_iter().cloned().collect();
    // What is of no indicator on this page is told above all.
    let claimed =
        |reply: &Reply| own.iter().any(|indicator| reply.value("indicator") == Some(indicator.id.to_string().as_str()));
    let above = reply.as_ref().filter(|reply| !claimed(reply)).map(|reply| told(locale, reply));
    let shown = Memo::new(move |_| known.shown());
    // What is wrong or waits for a reason is not saved.
    Effect::new(move || {
        let asks = move || known.line.writing.get_untracked();
        let asked = browser::ask_before_links(asks, i18n::report::leave(locale));
        on_cleanup(move || drop(asked));
    });
    on_cleanup(move || known.line.writing.set(false));
    view! {
        <Title text=i18n::frame::title(locale, title.as_str())/>
        <div class="title-row">
            <div>
                <h1>{title.clone()}</h1>
                <p class="quiet">{i18n::reading::about(locale)}</p>
                <p class="quiet with-script">{i18n::reading::keys(locale)}</p>
            </div>
            <p class="actions">
                <a class="button" href=report::address::of(view.period)>{i18n::report::link(locale)}</a>
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
        {move || shown.with(|view| closed(locale, view))}
        <div class="actions">
            {move || shown.with(|view| rest(locale, known, view))}
            {move || shown.with(|view| lock(locale, known, view))}
        </div>
        {cards(locale, known, shown, own, reply)}
    }
}

fn cards(locale: Locale, known: Known, shown: Memo<ResultsView>, own: Vec<Indicator>, reply: Option<Reply>) -> AnyView {
    if own.is_empty() {
        return view! { <p>{i18n::reading::nothing(locale)}</p> }.into_any();
    }
    let unsettled = Unsettled::default();
    let period = known.view.with_untracked(|view| view.period);
    let fields =
        |indicator: &Indicator| format!("#i-{} form.form :is(input:not([type=hidden]), textarea)", indicator.id);
    let next: Vec<Option<String>> = own.iter().skip(1).map(|next| Some(fields(next))).chain([None]).collect();
    let cards: Vec<_> = own
        .into_iter()
        .zip(next)
        .map(|(indicator, next)| {
            let of_it = |reply: &Reply| reply.value("indicator") == Some(indicator.id.to_string().as_str());
            let reply = reply.clone().filter(of_it);
            let card = Card { locale, known, shown, indicator: StoredValue::new(indicator), period };
            view! { <ReadingCard card=card unsettled=unsettled next=next reply=reply/> }
        })
        .collect();
    view! { <ol class="readings">{cards}</ol> }.into_any()
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

fn closed(locale: Locale, view: &ResultsView) -> Option<AnyView> {
    let locked = view.results.locks.holds(view.period);
    locked.then(|| view! { <p class="note">{i18n::reading::is_closed(locale)}</p> }.into_any())
}

/// Closes the quarter, or opens it again.
fn lock(locale: Locale, known: Known, view: &ResultsView) -> Option<AnyView> {
    let (locked, period) = (view.results.locks.holds(view.period), view.period);
    let form = policy::can_change_framework(&known.viewer()).then(|| {
        let (word, label) = match locked {
            true => ("unlock", i18n::reading::unlock(locale)),
            false => ("lock", i18n::reading::lock(locale)),
        };
        let sent = move |event: ev::SubmitEvent| {
            event.prevent_default();
            known.submit_alone(ResultsCommand::Lock { period, locked: !locked }, None);
        };
        view! {
            <form method="post" action=address::of(address::READINGS, period) on:submit=sent>
                <button class="button" name="do" value=word>{label}</button>
            </form>
        }
    });
    form.map(IntoAny::into_any)
}

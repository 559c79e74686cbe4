//! The key figures: each with its change and one sentence, each leading to what it counts.

use crate::{
    domain::{
        dashboard::{Picture, span::Span},
        day::NEAR_DAYS,
        filter::{DueFilter, Filter},
        plan::Status,
    },
    i18n::{self, Locale},
    ui::{
        board,
        kit::{day, names},
        results::words,
    },
};
use leptos::prelude::*;

#[component]
pub fn KeyFigures<'a>(locale: Locale, view: &'a Picture) -> impl IntoView + use<> {
    let then = (!view.dashboard.is_of_today()).then(|| {
        let day = day::full(locale, view.dashboard.period.last_day());
        view! { <p class="quiet">{i18n::report::as_of(locale, day)}</p> }
    });
    view! {
        {then}
        <ul class="figures" aria-label=i18n::dashboard::figures(locale)>
            {done(locale, view)}
            {late(locale, view)}
            {near(locale, view)}
            {on_track(locale, view)}
        </ul>
    }
}

fn done(locale: Locale, view: &Picture) -> AnyView {
    let (now, before) = (view.dashboard.now, view.dashboard.before);
    let sentence = match before {
        Some(before) => i18n::dashboard::in_quarter(locale, now.done_in_span, before.done_in_span),
        None if view.dashboard.span == Span::Plan => i18n::dashboard::in_plan(locale, now.done_in_span),
        None => i18n::dashboard::in_first(locale, now.done_in_span),
    };
    let by_status = view.dashboard.statuses.iter().filter_map(|(id, count)| {
        let status = view.frame.status(*id)?;
        let name = names::status(locale, status);
        let name = match on_board(view, in_status(status)) {
            Some(href) => view! { <a href=href>{name}</a> }.into_any(),
            None => name.into_any(),
        };
        Some(view! { <li>{name}" "<strong>{*count}</strong></li> })
    });
    let by_status: Vec<_> = by_status.collect();
    let more = view! { <ul class="in-row small">{by_status}</ul> };
    figure(
        now.done,
        view.frame
            .statuses
            .iter()
            .find(|status| view.frame.is_done(status.id))
            .map_or_else(|| on_board(view, board::address(&Filter::default())), |done| on_board(view, in_status(done))),
        match now.all {
            0 => i18n::dashboard::none_planned(locale).to_owned(),
            all => i18n::dashboard::done(locale, now.done, all),
        },
        sentence,
        more,
    )
}

fn late(locale: Locale, view: &Picture) -> AnyView {
    let now = view.dashboard.now.late;
    let title = match now {
        0 => i18n::dashboard::none_late(locale).to_owned(),
        now => i18n::dashboard::late(locale, now),
    };
    let before = view.dashboard.before.map(|before| before.late);
    figure(now, on_board(view, due(DueFilter::Late)), title, change(locale, view, now, before), ())
}

fn near(locale: Locale, view: &Picture) -> AnyView {
    let now = view.dashboard.now.near;
    let before = view.dashboard.before.map(|before| before.near);
    figure(
        now,
        on_board(view, due(DueFilter::Near)),
        super::deadlines::near(locale, now, NEAR_DAYS),
        change(locale, view, now, before),
        (),
    )
}

/// For those who may read results.
fn on_track(locale: Locale, view: &Picture) -> Option<AnyView> {
    let tally = view.indicators?;
    let title = match tally.all() {
        0 => i18n::dashboard::no_indicators(locale).to_owned(),
        all => i18n::dashboard::on_track(locale, tally.green, all),
    };
    let sentence = i18n::dashboard::lights(locale, tally.amber, tally.red, tally.grey);
    let href = format!("/results/overview?period={}", view.dashboard.period);
    Some(figure(tally.green, Some(href), title, sentence, ()))
}

/// How much more or less it is than at the end of the quarter before.
fn change(locale: Locale, view: &Picture, now: usize, before: Option<usize>) -> String {
    let quarter = words::quarter(locale, view.dashboard.period.plus(-1));
    match before {
        None if view.dashboard.span == Span::Plan => i18n::dashboard::of_plan(locale).to_owned(),
        None => i18n::dashboard::first_quarter(locale).to_owned(),
        Some(before) if before == now => i18n::dashboard::unchanged(locale, quarter),
        Some(before) if before < now => i18n::dashboard::change(locale, format!("+{}", now - before), quarter),
        // A real minus sign.
        Some(before) => i18n::dashboard::change(locale, format!("−{}", before - now), quarter),
    }
}

fn due(due: DueFilter) -> String {
    board::address(&Filter { due: Some(due), ..Filter::default() })
}

/// The place of what stands in a status.
fn in_status(status: &Status) -> String {
    format!("{}#status-{}", board::address(&Filter::default()), status.slug)
}

/// The board shows what is so today, and nothing of what was.
fn on_board(view: &Picture, href: String) -> Option<String> {
    view.dashboard.is_of_today().then_some(href)
}

fn figure(count: usize, href: Option<String>, title: String, sentence: String, more: impl IntoView) -> AnyView {
    let title = match href {
        Some(href) => view! { <a href=href>{title}</a> }.into_any(),
        None => view! { <p class="then">{title}</p> }.into_any(),
    };
    view! {
        <li class="figure">
            <span class="number" aria-hidden="true">{count}</span>
            {title}
            <p class="quiet">{sentence}</p>
            {more}
        </li>
    }
    .into_any()
}

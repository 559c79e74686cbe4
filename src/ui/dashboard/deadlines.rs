//! What is late, and what is due next: by day, each with whom to ask.

use crate::{
    domain::{
        dashboard::{AHEAD_DAYS, Deadlines, Picture},
        day::Deadline,
        filter::{DueFilter, Filter},
    },
    i18n::{self, Locale},
    ui::{
        board,
        kit::{day, mark::ObjectiveMark, table},
    },
};
use leptos::prelude::*;

#[component]
pub fn Late<'a>(locale: Locale, view: &'a Picture) -> impl IntoView + use<> {
    let late = &view.dashboard.late;
    let title = match late.all {
        0 => i18n::dashboard::none_late(locale).to_owned(),
        all => i18n::dashboard::late(locale, all),
    };
    let all = board::address(&Filter { due: Some(DueFilter::Late), ..Filter::default() });
    view! {
        <section class="block" aria-labelledby="late-title">
            <h2 id="late-title">{title}</h2>
            {list(locale, view, late, all)}
        </section>
    }
}

#[component]
pub fn Ahead<'a>(locale: Locale, view: &'a Picture) -> impl IntoView + use<> {
    let ahead = &view.dashboard.ahead;
    let all = board::address(&Filter::default());
    view! {
        <section class="block" aria-labelledby="ahead-title">
            <h2 id="ahead-title">{near(locale, ahead.all, AHEAD_DAYS)}</h2>
            {list(locale, view, ahead, all)}
        </section>
    }
}

/// "3 actions are due within 30 days."
pub fn near(locale: Locale, count: usize, days: i32) -> String {
    match count {
        0 => i18n::dashboard::none_near(locale, days),
        count => i18n::dashboard::near(locale, count, days),
    }
}

fn list(locale: Locale, view: &Picture, deadlines: &Deadlines, all: String) -> Option<AnyView> {
    let more = deadlines.all - deadlines.first.len();
    let more = (more > 0).then(|| view! { <p><a href=all>{i18n::dashboard::more(locale, more)}</a></p> });
    let lines: Vec<_> = deadlines.first.iter().map(|deadline| line(locale, view, deadline)).collect();
    let heads = [i18n::dashboard::due(locale), i18n::dashboard::action(locale), i18n::dashboard::ask(locale)];
    (deadlines.all > 0).then(|| {
        view! {
            <table class="table deadlines">
                {table::heads(heads)}
                <tbody>{lines}</tbody>
            </table>
            {more}
        }
        .into_any()
    })
}

fn line(locale: Locale, view: &Picture, deadline: &crate::domain::dashboard::Deadline) -> AnyView {
    let due = Deadline::of(deadline.due, view.dashboard.today, false);
    let class = matches!(due, Some(Deadline::Late(_))).then_some("late");
    let words = due.map(|due| view! { <span class="small">{day::deadline(locale, due)}</span> });
    let when = view! { <When days=view.dashboard.today.days_until(deadline.due)/> };
    let mark = view.frame.objective(deadline.objective).map(|it| view! { <ObjectiveMark mark=it.mark/> });
    let lead = view.frame.organisation(deadline.lead);
    let (short_name, name) = lead.map(|org| (org.short_name.clone(), org.name.clone())).unwrap_or_default();
    view! {
        <tr>
            <td class=class><span class="day">{day::full(locale, deadline.due)}</span>{words}{when}</td>
            <td>
                {mark}
                <a href=format!("/board/items/{}", deadline.number)>
                    {format!("#{} {}", deadline.number, deadline.title)}
                </a>
            </td>
            <td><span title=name>{short_name}</span></td>
        </tr>
    }
    .into_any()
}

/// Where a day to come lies between today and [`AHEAD_DAYS`], with a stroke every 30 days; the words say the same. Nothing
/// for what is past.
#[component]
fn When(days: i32) -> impl IntoView {
    (days >= 0).then(|| {
        let strokes: String = (0..=AHEAD_DAYS).step_by(30).map(|at| format!("M{at} 1v6")).collect();
        view! {
            <svg class="when" viewBox=format!("-3 0 {} 8", AHEAD_DAYS + 6) aria-hidden="true">
                <path d=format!("M0 4h{AHEAD_DAYS}{strokes}")></path>
                <circle cx=days.to_string() cy="4" r="3"></circle>
            </svg>
        }
    })
}

//! What was promised and what is done, quarter by quarter over the whole plan.

use super::files::{Chart, Downloads};
use crate::{
    domain::{
        dashboard::{Picture, Step},
        day::Quarter,
    },
    i18n::{self, Locale},
    ui::kit::{
        chart::{
            drawing::Leaving,
            lines::{self, Lines, Moment},
        },
        table,
    },
};
use leptos::prelude::*;
use std::cmp::Ordering;

#[component]
pub fn Steps<'a>(locale: Locale, view: &'a Picture) -> impl IntoView + use<> {
    let steps = &view.dashboard.steps;
    let moments = moments(locale, view);
    view! {
        <section class="block" aria-labelledby="steps-title">
            <h2 id="steps-title">{finding(locale, view)}</h2>
            <div class="beside">
                <div>
                    <div class="scroll" tabindex="0" role="region" aria-label=i18n::dashboard::steps(locale)>
                        <Lines label=i18n::dashboard::steps(locale) moments=moments/>
                    </div>
                    {legend(locale)}
                    <Downloads locale=locale chart=Chart::Steps view=view/>
                </div>
                {counts(locale, steps)}
            </div>
        </section>
    }
}

/// The lines for a file.
pub fn leaving(locale: Locale, view: &Picture) -> Leaving {
    let moments = moments(locale, view);
    let stroke =
        |class: &'static str| view! { <g class="lines-chart"><path class=class d="M0 8H16"></path></g> }.into_any();
    Leaving {
        finding: finding(locale, view),
        width: lines::WIDTH,
        height: lines::HEIGHT,
        chart: view! { <Lines label=i18n::dashboard::steps(locale) moments=moments/> }.into_any(),
        key: key(locale).map(|(class, words)| (stroke(class), words.to_owned())).into(),
    }
}

/// What the table says, for a file.
pub fn figures(locale: Locale, view: &Picture) -> Vec<Vec<String>> {
    let rows = view.dashboard.steps.iter().map(|step| {
        let done = step.done.map(|done| done.to_string()).unwrap_or_default();
        vec![short(locale, step.period), done, step.promised.to_string()]
    });
    table::in_words(heads(locale), rows)
}

fn heads(locale: Locale) -> [&'static str; 3] {
    [i18n::dashboard::until(locale), i18n::dashboard::done_head(locale), i18n::dashboard::promised(locale)]
}

fn moments(locale: Locale, view: &Picture) -> Vec<Moment> {
    view.dashboard.steps.iter().map(|step| moment(locale, *step)).collect()
}

/// Whether as much is done as was due.
fn finding(locale: Locale, view: &Picture) -> String {
    let (done, promised) = (view.dashboard.whole().done, view.dashboard.promised);
    match promised.cmp(&done) {
        Ordering::Less => i18n::dashboard::ahead(locale, done, promised),
        Ordering::Equal => i18n::dashboard::in_time(locale, done),
        Ordering::Greater => i18n::dashboard::behind(locale, done, promised),
    }
}

fn moment(locale: Locale, step: Step) -> Moment {
    let name = short(locale, step.period);
    let label = match step.done {
        Some(done) => i18n::dashboard::step(locale, name.as_str(), done, step.promised),
        None => i18n::dashboard::step_to_come(locale, name.as_str(), step.promised),
    };
    Moment { name, broken: step.promised, through: step.done, label }
}

fn short(locale: Locale, quarter: Quarter) -> String {
    i18n::dashboard::quarter(locale, quarter.number(), quarter.year())
}

/// Which line is which, by its shape and not by its colour alone.
fn key(locale: Locale) -> [(&'static str, &'static str); 2] {
    [("through", i18n::dashboard::done_head(locale)), ("broken", i18n::dashboard::promised(locale))]
}

fn legend(locale: Locale) -> impl IntoView {
    let entries: Vec<_> = key(locale)
        .map(|(class, words)| {
            view! {
                <li>
                    <svg class="lines-chart key" viewBox="0 0 32 8" aria-hidden="true"><path class=class d="M0 4H32"></path></svg>
                    {words}
                </li>
            }
        })
        .into();
    view! { <ul class="in-row legend" aria-label=i18n::dashboard::legend(locale)>{entries}</ul> }
}

fn counts(locale: Locale, steps: &[Step]) -> impl IntoView + use<> {
    let rows: Vec<_> = steps
        .iter()
        .map(|step| {
            let done = step.done.map_or_else(|| "–".to_owned(), |done| done.to_string());
            view! { <tr><th scope="row">{short(locale, step.period)}</th><td>{done}</td><td>{step.promised}</td></tr> }
        })
        .collect();
    view! {
        <table class="table counts">
            <caption class="hidden">{i18n::dashboard::steps(locale)}</caption>
            {table::heads(heads(locale))}
            <tbody>{rows}</tbody>
        </table>
    }
}

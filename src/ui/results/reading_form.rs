//! One indicator's reading of a quarter: its form while it is open, its value and the next steps after.

mod filled;
mod form;
mod shown;
mod steps;

use self::{form::form, shown::shown, steps::steps};
use super::words;
use crate::{
    api::results::ResultsView,
    domain::{
        accounts::Viewer,
        results::{indicator::Indicator, reading::Reading, state::State},
    },
    i18n::{self, Locale},
    ui::kit::{
        error::{self, ErrorNote},
        icon::{Glyph, Icon},
        reply::Reply,
    },
};
use leptos::prelude::*;

#[component]
pub fn ReadingCard<'a>(
    locale: Locale,
    view: &'a ResultsView,
    viewer: &'a Viewer,
    indicator: &'a Indicator,
    reply: Option<Reply>,
) -> impl IntoView + use<> {
    let reading = view.results.reading(indicator.id, view.period);
    let locked = view.results.locks.holds(view.period);
    let is_open = !locked && reading.is_none_or(|reading| reading.state.is_open());
    // What was typed stays before its author's eyes, also when the reading has been closed meanwhile.
    let typed = reply.as_ref().filter(|reply| matches!(reply.value("do"), Some("save" | "submit")));
    let body = match is_open || typed.is_some() {
        true => form(locale, view, indicator, reading, typed),
        false => shown(locale, indicator, reading),
    };
    let told = reply.as_ref().map(|reply| told(locale, reply));
    let steps = reading.map(|reading| steps(locale, view, viewer, indicator, reading, reply.as_ref()));
    let expected = indicator.frequency.expects(view.period, view.frame.plan.ends.quarter());
    let not_due = (!expected).then(|| view! { <p class="quiet">{i18n::reading::not_expected(locale)}</p> });
    let id = format!("i-{}", indicator.id);
    view! {
        <li id=id.clone() class="reading" aria-labelledby=format!("{id}-title")>
            {heading(locale, view, &id, indicator, reading)}
            {not_due}
            {before(locale, view, indicator)}
            {told}
            {body}
            {steps}
        </li>
    }
}

fn heading(
    locale: Locale,
    view: &ResultsView,
    id: &str,
    indicator: &Indicator,
    reading: Option<&Reading>,
) -> impl IntoView + use<> {
    let who = view.frame.organisation(indicator.responsible).map(|org| org.short_name.clone());
    let state = reading.map(|reading| {
        let (word, words) = (words::state_word(reading.state), words::state(locale, reading.state));
        view! { <span class="state" data-state=word>{words}</span> }
    });
    view! {
        <h2 id=format!("{id}-title")>
            <span class="code">{indicator.code.as_str().to_owned()}</span>
            " "
            {indicator.title.body.clone()}
            " "
            <span class="quiet">{who}</span>
            " "
            {state}
        </h2>
    }
}

/// That nothing was done, and why: the fields that are wrong by name, or what stands in the way.
pub fn told(locale: Locale, reply: &Reply) -> AnyView {
    let errors = reply.error.fields();
    if errors.is_empty() {
        return view! { <ErrorNote error=reply.error.clone()/> }.into_any();
    }
    let items: Vec<_> = errors
        .iter()
        .map(|wrong| {
            let label = words::field(locale, wrong.field);
            view! { <li>{label}": "{error::problem(locale, wrong.problem)}</li> }
        })
        .collect();
    view! {
        <div class="note bad" role="alert">
            <Icon glyph=Glyph::Warning/>
            <div>
                <p><strong>{i18n::problem::summary(locale)}</strong></p>
                <ul>{items}</ul>
            </div>
        </div>
    }
    .into_any()
}

/// What was read last, what was aimed at.
fn before(locale: Locale, view: &ResultsView, indicator: &Indicator) -> impl IntoView + use<> {
    let earlier = view.results.readings.iter().filter(|it| it.indicator == indicator.id && it.period < view.period);
    let last = earlier.max_by_key(|reading| reading.period).map(|reading| {
        let period = words::quarter(locale, reading.period);
        let last = i18n::reading::last(locale, words::value(locale, &reading.value), period);
        match reading.state {
            State::Approved => last,
            state => format!("{last}, {}", words::state(locale, state)),
        }
    });
    let target = indicator.scale.target_to_date(view.period).or(indicator.scale.last_target()).map(|target| {
        let value = words::point(locale, indicator.scale.kind(), &target.value);
        i18n::reading::target(locale, words::quarter(locale, target.period), value)
    });
    let how = words::how(locale, indicator.scale.accumulation(), indicator.scale.direction());
    view! {
        <p class="quiet">
            {last.unwrap_or_else(|| i18n::reading::none_before(locale).to_owned())}
            {target.map(|target| format!(" · {target}"))}
            {format!(" · {how}")}
        </p>
    }
}

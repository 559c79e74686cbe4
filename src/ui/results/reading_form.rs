//! One indicator's reading of a quarter: its form while it is open, its value and the next steps after.

mod card;
mod draft;
mod form;
mod shown;
mod steps;

pub use card::Card;
pub use draft::Unsettled;
pub use shown::evidence;

use self::{
    draft::Draft,
    form::{Open, form},
    shown::shown,
    steps::steps,
};
use super::{
    withdrawal::{Plain, withdrawal},
    words,
};
use crate::{
    api::results::ResultsView,
    domain::{
        ids::ReadingId,
        results::{command::Subject, indicator::Indicator, reading::Reading, state::State},
    },
    i18n::{self, Locale},
    ui::{
        kit::{
            error::{self, ErrorNote},
            icon::{Glyph, Icon},
            reply::Reply,
        },
        line::Saved,
    },
};
use leptos::prelude::*;

/// `next` names what has the focus after this one.
#[component]
pub fn ReadingCard(card: Card, unsettled: Unsettled, next: Option<String>, reply: Option<Reply>) -> impl IntoView {
    let reading = Memo::new(move |_| card.reading());
    let is_open = move || !card.is_locked() && reading.with(|it| it.as_ref().is_none_or(|it| it.state.is_open()));
    let typed = reply.clone().filter(|reply| matches!(reply.value("do"), Some("save" | "submit")));
    let was_typed = typed.is_some();
    let indicator = card.indicator.get_value();
    let draft = Draft::new(card.known, indicator.clone(), card.period, unsettled, typed.clone());
    // What was typed and is not saved stays before its author's eyes, also when the reading has been closed meanwhile.
    let is_unsaved = move || matches!(draft.saved.get(), Saved::Typing | Saved::Not);
    let is_form = Memo::new(move |_| is_open() || was_typed || is_unsaved());
    Effect::new(move || reading.with(|reading| draft.follow(reading.as_ref())));
    let body = move || match is_form.get() {
        true => form(Open {
            locale: card.locale,
            line: card.known.line,
            indicator: &card.indicator.get_value(),
            reading: reading.get_untracked().as_ref(),
            reply: typed.as_ref(),
            draft,
            address: card.address(),
            next: next.clone(),
        }),
        false => reading.with(|reading| shown(card.locale, &card.indicator.get_value(), reading.as_ref())),
    };
    let why = reply.clone();
    let told = move || why.as_ref().filter(|_| !was_typed || draft.came_back.get()).map(|why| told(card.locale, why));
    let steps = move || reading.with(|reading| reading.as_ref().map(|reading| steps(card, reading, reply.as_ref())));
    // By id alone, so that it stays open while the reading is written.
    let told_id = Memo::new(move |_| card.told());
    let withdrawing = move || told_id.get().map(|reading| withdrawn(card, reading));
    let id = card.id();
    view! {
        <li id=id.clone() class="reading" aria-labelledby=format!("{id}-title")>
            {heading(card, &indicator, reading)}
            {not_due(card, &indicator)}
            {move || card.shown.with(|view| before(card.locale, view, &indicator))}
            {told}
            {returned(card.locale, reading)}
            {body}
            {steps}
            {withdrawing}
        </li>
    }
}

fn withdrawn(card: Card, reading: ReadingId) -> impl IntoView {
    let indicator = card.indicator.with_value(|indicator| indicator.id.to_string());
    let values = vec![("indicator", indicator), ("reading", reading.to_string())];
    let plain = Plain { action: card.address(), word: "withdraw", values };
    withdrawal(card.locale, card.known, Subject::Reading(reading), i18n::reading::withdraw_hint(card.locale), plain)
}

fn not_due(card: Card, indicator: &Indicator) -> impl IntoView + use<> {
    let last = card.shown.with_untracked(|view| view.frame.plan.ends.quarter());
    let expected = indicator.frequency.expects(card.period, last);
    (!expected).then(|| view! { <p class="quiet">{i18n::reading::not_expected(card.locale)}</p> })
}

/// Why it came back.
fn returned(locale: Locale, reading: Memo<Option<Reading>>) -> impl IntoView {
    move || {
        let why = reading.with(|reading| reading.as_ref()?.why.clone())?;
        Some(view! { <p class="note">{i18n::reading::returned_because(locale, why.as_str())}</p> })
    }
}

fn heading(card: Card, indicator: &Indicator, reading: Memo<Option<Reading>>) -> impl IntoView + use<> {
    let (id, locale) = (card.id(), card.locale);
    let organisation = |view: &ResultsView| view.frame.organisation(indicator.responsible).cloned();
    let who = card.shown.with_untracked(organisation).map(|org| org.short_name);
    let state = Memo::new(move |_| reading.with(|reading| reading.as_ref().map(|reading| reading.state)));
    let state = move || {
        state.get().map(|state| {
            let (word, words) = (words::state_word(state), words::state(locale, state));
            view! { <span class="state" data-state=word>{words}</span> }
        })
    };
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

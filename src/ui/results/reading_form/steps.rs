//! What brings a reading on its way to being approved.

use super::card::Card;
use crate::{
    domain::{
        change::Refusal,
        fields::Field,
        item_form::Values,
        results::{
            command::{Basis, ResultsCommand},
            reading::Reading,
            state::{State, Step},
        },
        text::Reason,
    },
    i18n,
    ui::{
        browser,
        kit::{input::TextLine, reply::Reply},
        results::{filled::Filled, words},
    },
};
use leptos::{ev, prelude::*};

/// The buttons that bring a reading on its way; submitting is the form's own.
pub fn steps(card: Card, reading: &Reading, reply: Option<&Reply>) -> AnyView {
    let responsible = card.indicator.with_value(|indicator| indicator.responsible);
    let viewer = card.known.viewer();
    let steps = Step::offered(&viewer, responsible, reading.state, card.is_locked());
    let steps = steps.into_iter().filter(|step| *step != Step::Submit);
    let forms: Vec<_> = steps.map(|step| step_form(card, reading, step, reply)).collect();
    let removes = reading.state == State::Draft && !card.is_locked();
    let remove = removes.then(|| remove_form(card, reading));
    let is_empty = forms.is_empty() && remove.is_none();
    if is_empty { ().into_any() } else { view! { <div class="reading-steps">{forms} {remove}</div> }.into_any() }
}

fn step_form(card: Card, reading: &Reading, step: Step, reply: Option<&Reply>) -> impl IntoView + use<> {
    let (word, locale) = (words::step_word(step), card.locale);
    let reply = reply.filter(|reply| reply.value("do") == Some(word)).cloned();
    let values = reply.as_ref().map(|reply| reply.values.clone()).unwrap_or_default();
    let live = RwSignal::new(reply.clone());
    let filled = Filled { locale, prefix: format!("{}-{word}", card.id()), values, reply, live: Some(live) };
    let why = matches!(step, Step::Return | Step::Reopen).then(|| {
        let why =
            filled.input("why", Field::Reason, i18n::reading::why(locale)).with_hint(i18n::reading::why_hint(locale));
        view! { <TextLine input=why max=Reason::MAX/> }
    });
    let seen = Basis::of(Some(reading));
    let basis = serde_json::to_string(&seen).unwrap_or_default();
    let id = reading.id;
    let sent = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let values = browser::target_values(&event);
        let why = matches!(step, Step::Return | Step::Reopen).then(|| Reason::parse(Values(&values).get("why")));
        match why.transpose() {
            Ok(why) => {
                card.known.submit_alone(ResultsCommand::Step { reading: id, step, why, basis: seen.clone() }, None)
            }
            Err(error) => live.set(Some(Reply { values, error: Refusal::from(error).into() })),
        }
    };
    view! {
        <form class="step" method="post" action=card.address() novalidate on:submit=sent>
            <input type="hidden" name="indicator" value=card.indicator.with_value(|indicator| indicator.id.to_string())/>
            <input type="hidden" name="reading" value=id.to_string()/>
            <input type="hidden" name="basis" value=basis/>
            {why}
            <button class="button" name="do" value=word>{words::step(locale, step)}</button>
        </form>
    }
}

/// Takes a draft back.
fn remove_form(card: Card, reading: &Reading) -> impl IntoView + use<> {
    let reading = reading.id;
    let sent = move |event: ev::SubmitEvent| {
        event.prevent_default();
        card.known.submit_alone(ResultsCommand::RemoveReading { reading }, None);
    };
    view! {
        <form class="step" method="post" action=card.address() on:submit=sent>
            <input type="hidden" name="reading" value=reading.to_string()/>
            <button class="button bare" name="do" value="remove">{i18n::reading::remove(card.locale)}</button>
        </form>
    }
}

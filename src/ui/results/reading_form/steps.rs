//! What brings a reading on its way to being approved.

use super::filled::Filled;
use crate::{
    api::results::ResultsView,
    domain::{
        accounts::Viewer,
        fields::Field,
        results::{indicator::Indicator, reading::Reading, state::Step},
        text::Reason,
    },
    i18n::{self, Locale},
    ui::{
        kit::{input::TextLine, reply::Reply},
        results::{address, words},
    },
};
use leptos::prelude::*;

/// The buttons that bring a reading on its way; submitting is the form's own.
pub fn steps(
    locale: Locale,
    view: &ResultsView,
    viewer: &Viewer,
    indicator: &Indicator,
    reading: &Reading,
    reply: Option<&Reply>,
) -> impl IntoView + use<> {
    let locked = view.results.locks.holds(view.period);
    let steps = Step::offered(viewer, indicator.responsible, reading.state, locked);
    let steps = steps.into_iter().filter(|step| *step != Step::Submit);
    let forms: Vec<_> = steps.map(|step| step_form(locale, view, indicator, reading, step, reply)).collect();
    (!forms.is_empty()).then(|| view! { <div class="reading-steps">{forms}</div> })
}

fn step_form(
    locale: Locale,
    view: &ResultsView,
    indicator: &Indicator,
    reading: &Reading,
    step: Step,
    reply: Option<&Reply>,
) -> impl IntoView + use<> {
    let word = words::step_word(step);
    let reply = reply.filter(|reply| reply.value("do") == Some(word)).cloned();
    let values = reply.as_ref().map(|reply| reply.values.clone()).unwrap_or_default();
    let filled = Filled { locale, prefix: format!("i-{}-{word}", indicator.id), values, reply };
    let why = matches!(step, Step::Return | Step::Reopen).then(|| {
        let why =
            filled.input("why", Field::Reason, i18n::reading::why(locale)).with_hint(i18n::reading::why_hint(locale));
        view! { <TextLine input=why max=Reason::MAX/> }
    });
    let address = format!("{}#i-{}", address::of(address::READINGS, view.period), indicator.id);
    view! {
        <form class="step" method="post" action=address novalidate>
            <input type="hidden" name="indicator" value=indicator.id.to_string()/>
            <input type="hidden" name="reading" value=reading.id.to_string()/>
            {why}
            <button class="button" name="do" value=word>{words::step(locale, step)}</button>
        </form>
    }
}

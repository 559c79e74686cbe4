//! What was handed in and not returned, approved at once. It names each reading as it stands before the coordinator's eyes.

use super::{address, known::Known};
use crate::{
    api::results::ResultsView,
    domain::{
        policy,
        results::{
            command::{Basis, ResultsCommand},
            reading::Reading,
            state::{State, Step},
        },
    },
    i18n::{self, Locale},
    ui::browser,
};
use leptos::{ev, prelude::*};

/// Approves every reading of the quarter that is handed in; nothing if there is none, or for whoever does not review.
pub fn rest(locale: Locale, known: Known, view: &ResultsView) -> Option<AnyView> {
    let is_reviewed = policy::can_review_readings(&known.viewer()) && !view.results.locks.holds(view.period);
    let waits = |reading: &&Reading| reading.period == view.period && reading.state == State::Submitted;
    let waiting: Vec<Reading> = view.results.readings.iter().filter(waits).cloned().collect();
    if !is_reviewed || waiting.is_empty() {
        return None;
    }
    let named: Vec<_> = waiting.iter().map(named).collect();
    let label = i18n::reading::approve_rest(locale, waiting.len());
    let sent = move |event: ev::SubmitEvent| {
        event.prevent_default();
        waiting.iter().for_each(|reading| known.submit_alone(approval(reading), None));
        known.line.notices.tell(i18n::reading::rest_approved(locale, waiting.len()));
        browser::focus("#main");
    };
    Some(
        view! {
            <form method="post" action=address::of(address::READINGS, view.period) on:submit=sent>
                {named}
                <button class="button" name="do" value="approve-rest">{label}</button>
            </form>
        }
        .into_any(),
    )
}

fn named(reading: &Reading) -> impl IntoView + use<> {
    let basis = serde_json::to_string(&Basis::of(Some(reading))).unwrap_or_default();
    view! {
        <input type="hidden" name="reading" value=reading.id.to_string()/>
        <input type="hidden" name="basis" value=basis/>
    }
}

fn approval(reading: &Reading) -> ResultsCommand {
    let basis = Basis::of(Some(reading));
    ResultsCommand::Step { reading: reading.id, step: Step::Approve, why: None, basis }
}

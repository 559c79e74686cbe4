//! Taking the earlier wordings of a result, an indicator or a reading out of history.

use super::known::{Known, Outcome};
use crate::{
    domain::{
        policy,
        results::command::{ResultsCommand, Subject},
    },
    i18n::{self, Locale},
    ui::kit::icon::{Glyph, Icon},
};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::hooks::use_query_map;

/// Where its form is sent without a script, and what it says there.
pub struct Plain {
    pub action: String,
    pub word: &'static str,
    /// Names and values that are not seen.
    pub values: Vec<(&'static str, String)>,
}

/// Earlier wordings are gone for good, so it is said first what that means. For those who may.
pub fn withdrawal(
    locale: Locale,
    known: Known,
    subject: Subject,
    hint: &'static str,
    plain: Plain,
) -> impl IntoView + use<> {
    let may = policy::can_change_framework(&known.viewer());
    let id = subject.id().to_string();
    let done = RwSignal::new(use_query_map().with_untracked(|query| query.get("done") == Some(id)));
    let told = move || {
        let said = i18n::item::withdrawn(locale);
        done.get().then(|| view! { <p class="note" role="status"><Icon glyph=Glyph::Check/>{said}</p> })
    };
    may.then(|| {
        view! {
            {told}
            <details class="withdrawal">
                <summary>{i18n::item::withdraw(locale)}</summary>
                <p>{hint}</p>
                {form(locale, known, subject, plain, done)}
            </details>
        }
    })
}

fn form(locale: Locale, known: Known, subject: Subject, plain: Plain, done: RwSignal<bool>) -> impl IntoView {
    let Plain { action, word, values } = plain;
    let sent = move |event: SubmitEvent| {
        event.prevent_default();
        known.submit(ResultsCommand::Withdraw { subject }, None, move |_, outcome| match outcome {
            Outcome::Done(_) => drop(done.try_set(true)),
            Outcome::Refused(error) => known.line.tell_refused(i18n::waiting::results(known.line.locale()), &error),
            Outcome::Withdrawn => {}
        });
    };
    let hidden: Vec<_> =
        values.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect();
    view! {
        <form method="post" action=action on:submit=sent>
            {hidden}
            <button class="button" name="do" value=word>{i18n::item::do_withdraw(locale)}</button>
        </form>
    }
}

//! Goals that were moved: what was promised before, what since, and why.

use crate::{
    api::results::read_goals,
    domain::{
        ids::IndicatorId,
        results::{
            goals::{GoalChange, Moved},
            scale::Baseline,
            value::{Kind, Point},
        },
    },
    i18n::{self, Locale},
    ui::{data, kit::day, line::Line, results::words},
};
use leptos::prelude::*;

pub fn moved(locale: Locale, line: Line, indicator: IndicatorId, kind: Kind) -> impl IntoView {
    // Again when something of the results has changed: the reasons may be withdrawn.
    let answer = data::fetch(move || line.results.get(), move |_| read_goals(indicator));
    let list = move || {
        Suspend::new(async move {
            let all = answer.await.unwrap_or_default();
            let lines: Vec<_> = all.iter().map(|one| shown(locale, kind, one)).collect();
            (!lines.is_empty()).then(|| {
                view! {
                    <section class="group" aria-labelledby="goals-moved">
                        <h2 id="goals-moved">{i18n::framework::moved(locale)}</h2>
                        <ul class="lines" data-testid="goals-moved">{lines}</ul>
                    </section>
                }
            })
        })
    };
    view! { <Transition>{list}</Transition> }
}

/// "2 December 2026: target 2027, Q4: 7 → 6. Two ministries were merged".
fn shown(locale: Locale, kind: Kind, moved: &Moved) -> impl IntoView + use<> {
    let changes: Vec<String> = moved.goals.changes.iter().map(|change| changed(locale, kind, change)).collect();
    let why = moved.goals.reason.as_ref().map(|why| view! { <p class="quiet">{why.as_str().to_owned()}</p> });
    view! {
        <li>
            <p>{i18n::framework::moved_on(locale, day::full(locale, moved.day), changes.join("; "))}</p>
            {why}
        </li>
    }
}

fn changed(locale: Locale, kind: Kind, change: &GoalChange) -> String {
    let goal = |point: Option<&Point>| {
        point.map_or_else(|| i18n::framework::no_goal(locale).to_owned(), |it| words::point(locale, kind, it))
    };
    let told = |what: &str, before: &str, after: &str| i18n::framework::moved_from(locale, what, before, after);
    match change {
        GoalChange::Baseline { before, after } => {
            let point = |it: &Option<Baseline>| goal(it.as_ref().map(|it| &it.value));
            told(i18n::framework::baseline(locale), &point(before), &point(after))
        }
        GoalChange::Target { period, before, after } => {
            let what = i18n::framework::target_of(locale, words::quarter(locale, *period));
            told(&what, &goal(before.as_ref()), &goal(after.as_ref()))
        }
        GoalChange::Direction { before, after } => {
            let way = |way| words::direction(locale, way);
            told(i18n::framework::direction(locale), way(*before), way(*after))
        }
        GoalChange::Accumulation { before, after } => {
            let way = |way| words::accumulation(locale, way);
            told(i18n::framework::accumulation(locale), way(*before), way(*after))
        }
        GoalChange::People { before, after } => {
            let told_of = |counts| if counts { i18n::framework::yes(locale) } else { i18n::framework::no(locale) };
            told(i18n::framework::people(locale), told_of(*before), told_of(*after))
        }
        GoalChange::Unit { before, after } => told(i18n::framework::unit(locale), before.as_str(), after.as_str()),
    }
}

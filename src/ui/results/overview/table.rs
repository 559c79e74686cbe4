//! The table of counts: a row a group, and one of all together.

use super::{
    groupings,
    groups::{self, Group},
};
use crate::{
    api::results::ResultsView,
    domain::{
        plan::Objective,
        results::{
            light::Light,
            rollup::{self, Tally},
        },
    },
    i18n::{self, Locale},
    ui::{
        kit::{mark::ObjectiveMark, names},
        results::{address::By, lights::LightName, words},
    },
};
use leptos::prelude::*;

pub fn table(locale: Locale, view: &ResultsView, by: By) -> AnyView {
    let rows = groups::rows(view, by);
    if rows.is_empty() {
        return view! { <p>{i18n::results::no_indicator(locale)}</p> }.into_any();
    }
    let whole = rollup::whole(&rows);
    let groups: Vec<_> = groups::groups(&view.frame, &rows, by)
        .into_iter()
        .map(|(group, tally)| view! { <tr><th scope="row">{name(locale, group)}</th>{cells(tally)}</tr> })
        .collect();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=i18n::overview::title(locale)>
            <table class="table overview">
                <caption class="hidden">{i18n::overview::caption(locale, groupings::name(locale, by))}</caption>
                {heads(locale, by)}
                <tbody>{groups}</tbody>
                <tfoot>
                    <tr><th scope="row">{i18n::overview::total(locale)}</th>{cells(whole)}</tr>
                </tfoot>
            </table>
        </div>
    }
    .into_any()
}

fn heads(locale: Locale, by: By) -> impl IntoView {
    let lights = Light::ALL.map(|light| view! { <th scope="col"><LightName locale=locale light=light/></th> });
    view! {
        <thead>
            <tr>
                <th scope="col">{groupings::name(locale, by)}</th>
                <th scope="col">{i18n::overview::indicators(locale)}</th>
                {lights.into_iter().collect::<Vec<_>>()}
                <th scope="col">{i18n::overview::with_data(locale)}</th>
            </tr>
        </thead>
    }
}

/// The counts, in the order of the heads. A zero is there and steps back.
fn cells(tally: Tally) -> Vec<AnyView> {
    let counts = [tally.all(), tally.green, tally.amber, tally.red, tally.grey, tally.with_data];
    let cell = |count: usize| view! { <td class=(count == 0).then_some("quiet")>{count}</td> }.into_any();
    counts.map(cell).into()
}

fn name(locale: Locale, group: Group) -> AnyView {
    match group {
        Group::Objective(Some(one)) => objective(one).into_any(),
        Group::Objective(None) => i18n::overview::no_objective(locale).into_any(),
        Group::Partner(Some(org)) => view! { <span title=org.name.clone()>{org.short_name.clone()}</span> }.into_any(),
        Group::Partner(None) => i18n::item::nobody(locale).into_any(),
        Group::Country(Some(country)) => names::country(locale, country).into_any(),
        Group::Country(None) => i18n::overview::no_country(locale).into_any(),
        Group::Period(period) => words::quarter(locale, period).into_any(),
    }
}

fn objective(objective: &Objective) -> impl IntoView + use<> {
    view! {
        <span class="code"><ObjectiveMark mark=objective.mark/>{objective.code.clone()}</span>
        " "
        {objective.title.clone()}
    }
}

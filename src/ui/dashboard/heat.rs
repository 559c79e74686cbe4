//! How far each country is under each objective, as a table whose cells are shaded.

use super::map;
use crate::{
    api::dashboard::DashboardView,
    domain::{accounts::Country, dashboard::Tally, filter::Filter, plan::Objective},
    i18n::{self, Locale},
    ui::{
        board,
        kit::{chart::shade::Shade, mark::ObjectiveMark, names},
    },
};
use leptos::prelude::*;

#[component]
pub fn Heat<'a>(locale: Locale, view: &'a DashboardView) -> impl IntoView + use<> {
    let heads: Vec<_> = view
        .frame
        .objectives
        .iter()
        .map(|objective| {
            let title = objective.title.clone();
            view! {
                <th scope="col" title=title><ObjectiveMark mark=objective.mark/>{objective.code.clone()}</th>
            }
        })
        .collect();
    let lines: Vec<_> = map::rows(view)
        .into_iter()
        .map(|(country, _)| {
            let cells: Vec<_> =
                view.frame.objectives.iter().map(|objective| cell(locale, view, country, objective)).collect();
            view! { <tr><th scope="row">{names::country(locale, country)}</th>{cells}</tr> }
        })
        .collect();
    view! {
        <section class="block" aria-labelledby="heat-title">
            <h2 id="heat-title">{finding(locale, view)}</h2>
            <div class="scroll" tabindex="0" role="region" aria-label=i18n::dashboard::heat(locale)>
                <table class="table heat">
                    <caption class="hidden">{i18n::dashboard::heat(locale)}</caption>
                    <thead><tr><th scope="col">{i18n::filter::country(locale)}</th>{heads}</tr></thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        </section>
    }
}

/// Under which objective most is late.
fn finding(locale: Locale, view: &DashboardView) -> String {
    let late = |objective: &&Objective| {
        view.dashboard.late_by_objective.iter().find(|late| late.0 == objective.id).map_or(0, |late| late.1)
    };
    // Of several the first.
    let most = view.frame.objectives.iter().rev().max_by_key(late).map(|objective| (objective, late(&objective)));
    match most.filter(|most| most.1 > 0) {
        Some((objective, count)) => i18n::dashboard::most_late(locale, objective.code.as_str(), count),
        None => i18n::dashboard::none_late_anywhere(locale).to_owned(),
    }
}

fn cell(locale: Locale, view: &DashboardView, country: Country, objective: &Objective) -> AnyView {
    let tally = view.dashboard.share(country, objective.id);
    let class = Shade::of_percent(tally.percent_done()).class();
    if tally == Tally::default() {
        return view! { <td class=class><span class="hidden">{i18n::dashboard::nothing(locale)}</span></td> }
            .into_any();
    }
    let filter = Filter { country: Some(country), objective: Some(objective.code.clone()), ..Filter::default() };
    let late = (tally.late > 0).then(|| {
        view! { <span class="small">{i18n::dashboard::cell_late(locale, tally.late)}</span> }
    });
    view! {
        <td class=class>
            <a href=board::address(&filter)>{i18n::dashboard::cell(locale, tally.done, tally.all)}{late}</a>
        </td>
    }
    .into_any()
}

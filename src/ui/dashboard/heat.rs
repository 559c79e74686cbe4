//! How far each country is under each objective, as a table whose cells are shaded.

use super::{
    address::Measure,
    files::{Chart, Downloads},
    map,
};
use crate::{
    domain::{
        accounts::Country,
        dashboard::{Picture, Tally},
        filter::Filter,
        plan::Objective,
    },
    i18n::{self, Locale},
    ui::{
        board,
        kit::{
            chart::{
                drawing::Leaving,
                grid::{self, Grid, GridRow},
                shade::{self, Legend, Shade},
            },
            mark::ObjectiveMark,
            names, table,
        },
    },
};
use leptos::prelude::*;

#[component]
pub fn Heat<'a>(locale: Locale, view: &'a Picture) -> impl IntoView + use<> {
    let rows = map::rows(view);
    (!rows.is_empty()).then(|| block(locale, view, &rows))
}

fn block(locale: Locale, view: &Picture, rows: &[(Country, Tally)]) -> AnyView {
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
    let lines: Vec<_> = rows
        .iter()
        .map(|(country, _)| {
            let cells: Vec<_> =
                view.frame.objectives.iter().map(|objective| cell(locale, view, *country, objective)).collect();
            view! { <tr><th scope="row">{names::country(locale, *country)}</th>{cells}</tr> }
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
            <Legend label=i18n::dashboard::legend(locale) entries=map::legend(locale, Measure::Done)/>
            <Downloads locale=locale chart=Chart::Heat view=view/>
        </section>
    }
    .into_any()
}

/// The table as a drawing, for a file.
pub fn leaving(locale: Locale, view: &Picture) -> Leaving {
    let heads = view.frame.objectives.iter().map(|objective| objective.code.clone()).collect();
    let rows: Vec<_> = map::rows(view).into_iter().map(|(country, _)| row(locale, view, country)).collect();
    Leaving {
        finding: finding(locale, view),
        width: grid::WIDTH,
        height: grid::height(rows.len()),
        chart: view! { <Grid heads=heads rows=rows/> }.into_any(),
        key: shade::key(map::legend(locale, Measure::Done)),
    }
}

fn row(locale: Locale, view: &Picture, country: Country) -> GridRow {
    let cell = |objective: &Objective| {
        let tally = view.dashboard.share(country, objective.id);
        let words = if tally.all == 0 { String::new() } else { i18n::dashboard::cell(locale, tally.done, tally.all) };
        (Shade::of_percent(tally.percent_done()), words)
    };
    GridRow { name: names::country(locale, country), cells: view.frame.objectives.iter().map(cell).collect() }
}

/// What the table says, for a file: a row for each country and objective.
pub fn figures(locale: Locale, view: &Picture) -> Vec<Vec<String>> {
    let heads = [
        i18n::filter::country(locale),
        i18n::item::objective(locale),
        i18n::dashboard::actions(locale),
        i18n::dashboard::done_head(locale),
        i18n::dashboard::late_head(locale),
    ];
    let pairs = map::rows(view)
        .into_iter()
        .flat_map(|(country, _)| view.frame.objectives.iter().map(move |objective| (country, objective)));
    let rows = pairs.map(|(country, objective)| {
        let tally = view.dashboard.share(country, objective.id);
        let counts = [tally.all, tally.done, tally.late].map(|count| count.to_string());
        [names::country(locale, country), objective.code.clone()].into_iter().chain(counts).collect()
    });
    table::in_words(heads, rows)
}

/// Under which objective most is late; of several the first.
fn finding(locale: Locale, view: &Picture) -> String {
    let most = view.dashboard.objectives.iter().rev().max_by_key(|objective| objective.1.late);
    let most = most.filter(|most| most.1.late > 0);
    match most.and_then(|(id, tally)| Some((view.frame.objective(*id)?, tally))) {
        Some((objective, tally)) => i18n::dashboard::most_late(locale, objective.code.as_str(), tally.late),
        None => i18n::dashboard::none_late_anywhere(locale).to_owned(),
    }
}

fn cell(locale: Locale, view: &Picture, country: Country, objective: &Objective) -> AnyView {
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

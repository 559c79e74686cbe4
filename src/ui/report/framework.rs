//! The logical framework with the values at the quarter's end, each with its light, its parts and what is behind it.

use crate::{
    domain::{
        ids::NodeId,
        report::{Report, filled::Filled},
        results::{
            breakdown::{Breakdown, Completeness},
            change::Results,
            indicator::Indicator,
            reading::counted,
            standing::Standing,
            tree::{Level, Node, Numbering},
        },
    },
    i18n::{self, Locale},
    ui::{
        kit::table,
        results::{standing, words},
    },
};
use leptos::prelude::*;

const COLUMNS: &str = "4";

#[component]
pub fn Framework<'a>(locale: Locale, report: &'a Report, filled: &'a Filled) -> impl IntoView + use<> {
    let Some(results) = &filled.results else {
        return view! { <p>{i18n::report::framework_not_yours(locale)}</p> }.into_any();
    };
    if results.framework.nodes.is_empty() {
        return view! { <p>{i18n::results::empty(locale)}</p> }.into_any();
    }
    let objectives: Vec<_> = report.frame.objectives.iter().map(|objective| objective.id).collect();
    let numbers = Numbering::of(&results.framework, &objectives);
    let mut groups = Vec::new();
    below(locale, report, results, &numbers, None, &mut groups);
    let heads = [
        i18n::results::indicator(locale),
        i18n::results::baseline(locale),
        i18n::report::target(locale),
        i18n::results::current(locale),
    ];
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=i18n::report::framework(locale)>
            <table class="table report-table report-framework">
                <caption class="hidden">{i18n::report::framework(locale)}</caption>
                {table::heads(heads)}
                {groups}
            </table>
        </div>
        {standing::withheld_note(locale, &results.framework.indicators)}
        <p class="quiet rule">{words::rule(locale)}</p>
    }
    .into_any()
}

/// The results below one, each with its indicators and its own below it; outcomes in the order of their numbers.
fn below(
    locale: Locale,
    report: &Report,
    results: &Results,
    numbers: &Numbering,
    parent: Option<NodeId>,
    groups: &mut Vec<AnyView>,
) {
    let mut children = results.framework.children(parent);
    children.sort_by_key(|node| numbers.node(node.id));
    for node in children {
        groups.push(result(locale, report, results, numbers, node));
        below(locale, report, results, numbers, Some(node.id), groups);
    }
}

fn result(locale: Locale, report: &Report, results: &Results, numbers: &Numbering, node: &Node) -> AnyView {
    let class = match node.level {
        Level::Impact => "impact",
        Level::Outcome => "outcome",
        Level::Output => "output",
    };
    let code = numbers.node(node.id).map(|code| code.to_string());
    let indicators = results.framework.indicators_of(node.id);
    let rows: Vec<_> = indicators.into_iter().map(|indicator| rows(locale, report, results, indicator)).collect();
    view! {
        <tbody class=class>
            <tr>
                <th scope="rowgroup" colspan=COLUMNS>
                    <span class="code">{code}</span>
                    " "
                    <span class="statement">{node.title.body.clone()}</span>
                </th>
            </tr>
            {rows}
        </tbody>
    }
    .into_any()
}

/// An indicator, and below it what is behind its value.
fn rows(locale: Locale, report: &Report, results: &Results, indicator: &Indicator) -> AnyView {
    let (readings, period) = (&results.readings, report.period);
    let state = Standing::of(indicator, readings, period, results.overrides_of(indicator.id));
    let target = target(locale, indicator, &state);
    let parts = Breakdown::all(indicator, readings, period);
    let complete: Vec<_> = parts
        .iter()
        .filter(|part| part.completeness == Completeness::Complete)
        .map(|part| view! { <p class="quiet">{i18n::report::complete(locale, part.dimension.as_str())}</p> })
        .collect();
    let newest = counted(indicator, readings, period).into_values().next_back();
    let narrative = newest.map(|reading| reading.narrative.body.clone()).filter(|text| !text.is_empty());
    let narrative = narrative.map(|narrative| {
        view! { <tr class="narrative"><td colspan=COLUMNS><p class="typed">{narrative}</p></td></tr> }
    });
    view! {
        <tr>
            <td><span class="code">{indicator.code.as_str().to_owned()}</span>" "{indicator.title.body.clone()}</td>
            <td class="number">{standing::baseline(locale, indicator)}</td>
            <td class="number">{target}</td>
            <td class="number">{standing::current(locale, indicator, state, &parts)} {complete}</td>
        </tr>
        {narrative}
    }
    .into_any()
}

/// The one that is due by the quarter.
fn target(locale: Locale, indicator: &Indicator, state: &Standing) -> AnyView {
    let Some(target) = &state.target_to_date else {
        return view! { <span class="quiet">{i18n::light::no_target(locale)}</span> }.into_any();
    };
    let value = words::point(locale, indicator.scale.kind(), &target.value);
    let period = words::quarter(locale, target.period);
    view! { <strong>{value}</strong>" "<span class="quiet">{period}</span> }.into_any()
}

//! The rows of one result: its indicators beside it, and the action items below an output.

use super::{reading_form::evidence, standing, words};
use crate::{
    api::results::ResultsView,
    domain::results::{
        breakdown::Breakdown,
        indicator::Indicator,
        reading::counted,
        standing::Standing,
        tree::{Level, Node, Numbering},
    },
    i18n::{self, Locale},
    ui::kit::mark::ObjectiveMark,
};
use leptos::prelude::*;

/// A result with its indicators, one row each; a row of its own if it has none.
pub fn result(locale: Locale, view: &ResultsView, numbers: &Numbering, node: &Node) -> AnyView {
    let indicators = view.results.framework.indicators_of(node.id);
    let rows = indicators.len().max(1);
    let head = head(locale, view, numbers, node);
    let assumptions = assumptions(locale, node);
    let (first, others) = match indicators.split_first() {
        Some((first, others)) => (Some(*first), others),
        None => (None, &[][..]),
    };
    let first = cells(locale, view, first);
    let others: Vec<_> =
        others.iter().map(|indicator| view! { <tr>{cells(locale, view, Some(indicator))}</tr> }).collect();
    let class = match node.level {
        Level::Impact => "impact",
        Level::Outcome => "outcome",
        Level::Output => "output",
    };
    view! {
        <tr class=class>
            <th scope="row" rowspan=rows.to_string()>{head}</th>
            {first}
            <td rowspan=rows.to_string()>{assumptions}</td>
        </tr>
        {others}
    }
    .into_any()
}

fn head(locale: Locale, view: &ResultsView, numbers: &Numbering, node: &Node) -> impl IntoView + use<> {
    let code = numbers.node(node.id).map(|code| code.to_string()).unwrap_or_default();
    let objective = node.objective.and_then(|id| view.frame.objective(id)).cloned();
    let objective = objective.map(|objective| view! { <ObjectiveMark mark=objective.mark/> });
    view! {
        <span class="quiet">{words::level(locale, node.level)}</span>
        <span class="code">{objective}{code}</span>
        <span class="statement">{node.title.body.clone()}</span>
    }
}

fn assumptions(locale: Locale, node: &Node) -> impl IntoView + use<> {
    let part = |label: &'static str, text: &str| {
        let text = text.to_owned();
        (!text.is_empty()).then(|| view! { <p><span class="quiet">{label}": "</span>{text}</p> })
    };
    view! {
        {part(i18n::results::assumptions(locale), &node.assumptions.body)}
        {part(i18n::results::risks(locale), &node.risks.body)}
    }
}

/// Indicator, baseline, current value, targets and verification.
fn cells(locale: Locale, view: &ResultsView, indicator: Option<&Indicator>) -> AnyView {
    let Some(indicator) = indicator else {
        return view! { <td class="quiet" colspan="5">{i18n::results::no_indicator(locale)}</td> }.into_any();
    };
    let (readings, period) = (&view.results.readings, view.period);
    let overrides = view.results.overrides_of(indicator.id);
    let state = Standing::of(indicator, readings, period, overrides);
    let parts = Breakdown::all(indicator, readings, period);
    // Of the reading from which the current value is.
    let newest = counted(indicator, readings, period).into_values().next_back();
    let is_hidden = state.current.as_ref().is_some_and(|current| current.figure.is_hidden());
    let evidence = newest.filter(|_| !is_hidden).and_then(|reading| evidence(locale, &reading.evidence));
    let who = view.frame.organisation(indicator.responsible).map(|org| org.short_name.clone());
    let how = words::how(locale, indicator.scale.accumulation(), indicator.scale.direction());
    let definition = indicator.definition.body.clone();
    let definition = (!definition.is_empty()).then(|| view! { <p class="quiet">{definition}</p> });
    view! {
        <td>
            <p><span class="code">{indicator.code.as_str().to_owned()}</span>" "{indicator.title.body.clone()}</p>
            {definition}
            <p class="quiet">{how}" · "{who}</p>
        </td>
        <td class="number">{standing::baseline(locale, indicator)}</td>
        <td class="number">{standing::current(locale, indicator, state, &parts)}</td>
        <td class="number">{standing::targets(locale, indicator)}</td>
        <td>
            {indicator.verification.body.clone()}
            {evidence}
        </td>
    }
    .into_any()
}

/// The action items of an output: its activities.
pub fn activities(locale: Locale, view: &ResultsView, node: &Node) -> Option<AnyView> {
    let of_it = view.activities.iter().filter(|activity| activity.output == node.id);
    let items: Vec<_> = of_it
        .map(|activity| {
            let code = activity.code.map(|code| code.to_string());
            let address = format!("/board/items/{}", activity.number);
            view! {
                <li>
                    <span class="code">{code}</span>
                    " "
                    <a href=address>{activity.title.clone()}</a>
                </li>
            }
        })
        .collect();
    if items.is_empty() {
        return None;
    }
    let row = view! {
        <tr class="activities">
            <th scope="row">{i18n::results::activities(locale)}</th>
            <td colspan="6"><ul class="lines">{items}</ul></td>
        </tr>
    };
    Some(row.into_any())
}

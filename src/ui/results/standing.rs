//! How an indicator stands: its values in the cells of the framework's table.

use super::{lights::TrafficLight, words};
use crate::{
    domain::results::{
        breakdown::{Breakdown, Completeness},
        indicator::Indicator,
        small_counts::Hidden,
        standing::Standing,
    },
    i18n::{self, Locale},
};
use leptos::prelude::*;

/// Baseline with its year.
pub fn baseline(locale: Locale, indicator: &Indicator) -> AnyView {
    match indicator.scale.baseline() {
        Some(baseline) => {
            let value = words::point(locale, indicator.scale.kind(), &baseline.value);
            view! { <strong>{value}</strong>" "<span class="quiet">{i32::from(baseline.year)}</span> }.into_any()
        }
        None if indicator.withheld.baseline => words::hidden(locale, Hidden::Withheld).into_any(),
        None => nothing(locale),
    }
}

/// Why numbers are missing, once on a page on which some may be.
pub fn withheld_note(locale: Locale, indicators: &[Indicator]) -> Option<AnyView> {
    let is_any = indicators.iter().any(|indicator| !indicator.withheld.is_empty());
    is_any.then(|| view! { <p class="quiet rule">{i18n::results::small_note(locale)}</p> }.into_any())
}

/// The value to date, from when it is, by category, and its light.
pub fn current(locale: Locale, indicator: &Indicator, standing: Standing, parts: &[Breakdown]) -> AnyView {
    let light = view! { <TrafficLight locale=locale signal=standing.signal/> };
    let Some(current) = standing.current else { return view! { {nothing(locale)} {light} }.into_any() };
    let value = words::figure(locale, &current.figure);
    let as_of = words::quarter(locale, current.as_of);
    let progress = standing.progress.map(|progress| {
        view! { <p class="quiet">{i18n::results::progress(locale, words::percent(locale, progress))}</p> }
    });
    let parts: Vec<_> = parts.iter().map(|part| breakdown(locale, part)).collect();
    view! {
        <strong>{value}</strong>
        " "
        <span class="quiet">{indicator.unit.as_str().to_owned()}", "{as_of}</span>
        {progress}
        {parts}
        {light}
    }
    .into_any()
}

fn breakdown(locale: Locale, part: &Breakdown) -> impl IntoView + use<> {
    let categories: Vec<_> = part
        .categories
        .iter()
        .map(|(category, figure)| {
            let value = figure
                .as_ref()
                .map_or_else(|| i18n::results::no_data(locale).to_owned(), |figure| words::figure(locale, figure));
            view! { <div><dt>{category.as_str().to_owned()}</dt><dd>{value}</dd></div> }
        })
        .collect();
    let lacks = match &part.completeness {
        Completeness::Complete | Completeness::NoSum => None,
        Completeness::Incomplete { missing } => Some(i18n::results::incomplete(locale, words::figure(locale, missing))),
        Completeness::Exceeds { by } => Some(i18n::results::exceeds(locale, words::figure(locale, by))),
    };
    view! {
        <p class="quiet">{i18n::reading::by(locale, part.dimension.as_str())}</p>
        <dl class="parts">{categories}</dl>
        {lacks.map(|lacks| view! { <p class="quiet">{lacks}</p> })}
    }
}

/// Every target with its quarter.
pub fn targets(locale: Locale, indicator: &Indicator) -> AnyView {
    let kind = indicator.scale.kind();
    let targets: Vec<_> = indicator
        .scale
        .targets()
        .iter()
        .map(|target| {
            let value = words::point(locale, kind, &target.value);
            let period = words::quarter(locale, target.period);
            view! { <li><strong>{value}</strong>" "<span class="quiet">{period}</span></li> }
        })
        .collect();
    if targets.is_empty() {
        return nothing(locale);
    }
    view! { <ul class="lines">{targets}</ul> }.into_any()
}

fn nothing(locale: Locale) -> AnyView {
    view! { <span class="quiet">{i18n::results::no_data(locale)}</span> }.into_any()
}

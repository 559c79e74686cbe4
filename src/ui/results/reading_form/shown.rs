//! A reading that cannot be changed now.

use crate::{
    domain::results::{
        indicator::Indicator,
        reading::{Evidence, Reading},
    },
    i18n::{self, Locale},
    ui::results::words,
};
use leptos::prelude::*;

/// With all that a reviewer has to see.
pub fn shown(locale: Locale, indicator: &Indicator, reading: Option<&Reading>) -> AnyView {
    let Some(reading) = reading else {
        return view! { <p class="quiet">{i18n::results::no_data(locale)}</p> }.into_any();
    };
    let shares: Vec<_> = reading
        .shares
        .iter()
        .map(|share| {
            let value = words::value(locale, &share.value);
            view! { <div><dt>{share.category.as_str().to_owned()}</dt><dd>{value}</dd></div> }
        })
        .collect();
    let shares = (!shares.is_empty()).then(|| view! { <dl class="parts">{shares}</dl> });
    let narrative = reading.narrative.body.clone();
    let narrative = (!narrative.is_empty()).then(|| view! { <p class="typed">{narrative}</p> });
    view! {
        <p><strong>{words::value(locale, &reading.value)}</strong>" "{indicator.unit.as_str().to_owned()}</p>
        {shares}
        {narrative}
        {evidence(locale, &reading.evidence)}
    }
    .into_any()
}

/// Where a reading can be looked up.
pub fn evidence(locale: Locale, evidence: &[Evidence]) -> Option<AnyView> {
    let lines: Vec<_> = evidence.iter().map(|one| view! { <li>{shown_evidence(one)}</li> }).collect();
    (!lines.is_empty()).then(|| {
        view! {
            <p class="quiet">{i18n::reading::evidence(locale)}</p>
            <ul class="lines evidence">{lines}</ul>
        }
        .into_any()
    })
}

fn shown_evidence(evidence: &Evidence) -> AnyView {
    match evidence {
        Evidence::Citation(citation) => citation.as_str().to_owned().into_any(),
        Evidence::Link(link) => {
            let (address, words) = (link.as_str().to_owned(), link.as_str().to_owned());
            view! { <a href=address rel="external noopener noreferrer">{words}</a> }.into_any()
        }
    }
}

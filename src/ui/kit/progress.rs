//! Progress of a measure as a bar with its numbers.

use crate::{
    domain::measure::{Measure, Quantity},
    i18n::{self, Locale},
    ui::kit::names,
};
use leptos::prelude::*;

/// "4 of 7 agreements".
pub fn words(locale: Locale, measure: &Measure) -> String {
    let number = |quantity: Quantity| quantity.format(names::decimal(locale));
    let (current, target) = (number(measure.current), number(measure.target));
    let unit = measure.unit.as_str();
    i18n::card::progress(locale, current.as_str(), target.as_str(), unit)
}

#[component]
pub fn ProgressBar<'a>(locale: Locale, measure: &'a Measure) -> impl IntoView + use<> {
    let words = words(locale, measure);
    let percent = measure.percent();
    view! {
        <div class="progress">
            <progress max="100" value=percent.to_string() aria-label=words.clone()></progress>
            <span class="progress-words" aria-hidden="true">{words}</span>
        </div>
    }
}

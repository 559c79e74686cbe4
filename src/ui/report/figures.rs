//! The key figures of a quarter, in sentences, as paper wants them.

use crate::{
    domain::report::{Report, filled::Filled, told_on},
    i18n::{self, Locale},
    ui::kit::day,
};
use leptos::prelude::*;

#[component]
pub fn Figures<'a>(locale: Locale, report: &'a Report, filled: &'a Filled) -> impl IntoView + use<> {
    let figures = filled.figures;
    let as_of = day::full(locale, told_on(report.period, report.today));
    let late = match figures.late {
        0 => i18n::dashboard::none_late(locale).to_owned(),
        late => i18n::dashboard::late(locale, late),
    };
    let lights = filled.lights.map(|lights| {
        let (all, green) = (lights.all(), lights.green);
        let others = i18n::dashboard::lights(locale, lights.amber, lights.red, lights.grey);
        match all {
            0 => view! { <li>{i18n::dashboard::no_indicators(locale)}</li> }.into_any(),
            all => view! { <li>{i18n::dashboard::on_track(locale, green, all)}". "{others}</li> }.into_any(),
        }
    });
    view! {
        <p class="quiet">{i18n::report::as_of(locale, as_of)}</p>
        <ul class="report-figures" aria-label=i18n::dashboard::figures(locale)>
            <li>{i18n::report::done_in_quarter(locale, figures.done_in_span)}</li>
            <li>{i18n::dashboard::done(locale, figures.done, figures.all)}</li>
            <li>{late}</li>
            {lights}
        </ul>
    }
}

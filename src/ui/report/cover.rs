//! The block of a title page: which plan and quarter, whose, and when it was made.

use crate::{
    domain::report::Report,
    i18n::{self, Locale},
    ui::{kit::day, results::words},
};
use leptos::prelude::*;

#[component]
pub fn Cover<'a>(locale: Locale, report: &'a Report) -> impl IntoView + use<> {
    let period = report.period;
    let days = i18n::report::days(locale, day::full(locale, period.first_day()), day::full(locale, period.last_day()));
    let partners = report.frame.partners().map(|org| org.name.as_str()).collect::<Vec<_>>().join(", ");
    let shown = report.versions.iter().find(|version| Some(version.number) == report.shown);
    let version = shown.map(|version| {
        let said = i18n::report::version(locale, version.number, day::full(locale, version.day));
        let said = match version.handed_over {
            true => format!("{said}, {}", i18n::report::handed_over(locale)),
            false => said,
        };
        view! { <div><dt>{i18n::report::version_head(locale)}</dt><dd>{said}</dd></div> }
    });
    view! {
        <div class="cover">
            <h1>{i18n::report::title(locale, words::quarter(locale, period))}</h1>
            <p class="plan-title">{report.frame.plan.title.clone()}</p>
            <dl>
                <div><dt>{i18n::report::period(locale)}</dt><dd>{days}</dd></div>
                <div><dt>{i18n::report::partners(locale)}</dt><dd>{partners}</dd></div>
                <div><dt>{i18n::report::made(locale)}</dt><dd>{day::full(locale, report.today)}</dd></div>
                {version}
            </dl>
        </div>
    }
}

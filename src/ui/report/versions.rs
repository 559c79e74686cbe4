//! The versions of a report, and taking the words of one away.

use super::address;
use crate::{
    domain::report::{Report, Version},
    i18n::{self, Locale},
    ui::kit::day,
};
use leptos::prelude::*;

#[component]
pub fn Versions<'a>(locale: Locale, report: &'a Report) -> impl IntoView + use<> {
    let lines: Vec<_> = report.versions.iter().map(|version| line(locale, report, version)).collect();
    (!lines.is_empty()).then(|| {
        view! {
            <nav class="report-versions" aria-label=i18n::report::versions(locale)>
                <p><strong>{i18n::report::versions(locale)}</strong></p>
                <ul class="lines">{lines}</ul>
            </nav>
        }
    })
}

fn line(locale: Locale, report: &Report, version: &Version) -> impl IntoView + use<> {
    // The newest has the quarter's own address, where it is written on.
    let is_newest = version.number == report.newest();
    let period = report.period;
    let to = if is_newest { address::of(period) } else { address::of_version(period, version.number) };
    let current = (Some(version.number) == report.shown).then_some("page");
    let said = i18n::report::version(locale, version.number, day::full(locale, version.day));
    let by = version.by.as_ref().map(|by| view! { <span class="quiet">" · "{by.clone()}</span> });
    let handed_over = version.handed_over.then(|| {
        view! { <span class="quiet">" · "{i18n::report::handed_over(locale)}</span> }
    });
    view! { <li><a href=to aria-current=current>{said}</a>{by}{handed_over}</li> }
}

/// The words are gone for good, so it is said first what that means.
#[component]
pub fn Withdrawal<'a>(locale: Locale, report: &'a Report) -> impl IntoView + use<> {
    let number = report.shown?;
    let period = report.period;
    Some(view! {
        <details class="withdrawal">
            <summary>{i18n::report::withdraw(locale)}</summary>
            <p>{i18n::report::withdraw_hint(locale, number)}</p>
            <form method="post" action=address::of(period)>
                <input type="hidden" name="period" value=period.to_string()/>
                <input type="hidden" name="version" value=number.to_string()/>
                <button class="button" name="do" value="withdraw">{i18n::item::do_withdraw(locale)}</button>
            </form>
        </details>
    })
}

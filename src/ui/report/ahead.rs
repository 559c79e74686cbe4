//! The updated plan: what is late, and what is due in the quarters to come.

use crate::{
    domain::report::{
        Report,
        filled::{AHEAD, Filled, Planned},
    },
    i18n::{self, Locale},
    ui::{
        kit::{day, names, table},
        results::words,
    },
};
use leptos::prelude::*;

#[component]
pub fn Ahead<'a>(locale: Locale, report: &'a Report, filled: &'a Filled) -> impl IntoView + use<> {
    let until = words::quarter(locale, report.period.plus(AHEAD));
    let rows: Vec<_> = filled.ahead.iter().map(|planned| row(locale, report, planned)).collect();
    if rows.is_empty() {
        return view! { <p>{i18n::report::nothing_ahead(locale, until)}</p> }.into_any();
    }
    let heads =
        [i18n::item::due(locale), i18n::report::activity(locale), i18n::item::lead(locale), i18n::item::status(locale)];
    view! {
        <p>{i18n::report::about_ahead(locale, until)}</p>
        <div class="scroll" tabindex="0" role="region" aria-label=i18n::report::plan(locale)>
            <table class="table report-table">
                <caption class="hidden">{i18n::report::plan(locale)}</caption>
                {table::heads(heads)}
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(locale: Locale, report: &Report, planned: &Planned) -> AnyView {
    let is_late = planned.late > 0;
    let late = is_late.then(|| view! { <span class="small">{i18n::due::late(locale, planned.late)}</span> });
    let objective = report.frame.objective(planned.objective).map(|objective| objective.code.clone());
    let lead = report.frame.organisation(planned.lead).map(|org| org.short_name.clone());
    let status = report.frame.status(planned.status).map(|status| names::status(locale, status));
    view! {
        <tr>
            <td class=is_late.then_some("late")><span class="day">{day::full(locale, planned.due)}</span>{late}</td>
            <td>
                <span class="code">{objective}</span>
                " "
                <a href=format!("/board/items/{}", planned.number)>{format!("#{} {}", planned.number, planned.title)}</a>
            </td>
            <td>{lead}</td>
            <td>{status}</td>
        </tr>
    }
    .into_any()
}

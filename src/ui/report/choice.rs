//! The choice of a quarter, by a form that needs no script.

use super::address;
use crate::{
    domain::report::Report,
    i18n::{self, Locale},
    ui::results::words,
};
use leptos::prelude::*;

#[component]
pub fn Choice<'a>(locale: Locale, report: &'a Report) -> impl IntoView + use<> {
    let options: Vec<_> = report
        .frame
        .plan
        .quarters()
        .map(|quarter| {
            let selected = quarter == report.period;
            view! { <option value=quarter.to_string() selected=selected>{words::quarter(locale, quarter)}</option> }
        })
        .collect();
    view! {
        <form class="report-choice" method="get" action=address::PATH>
            <label for="period">{i18n::report::period(locale)}</label>
            <select id="period" name="period">{options}</select>
            <button class="button">{i18n::report::show(locale)}</button>
        </form>
    }
}

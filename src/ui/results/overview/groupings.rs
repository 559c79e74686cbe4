//! The choice of what is counted by: a link for each grouping.

use crate::{
    domain::day::Quarter,
    i18n::{self, Locale},
    ui::results::address::{self, By},
};
use leptos::prelude::*;

#[component]
pub fn Groupings(locale: Locale, period: Quarter, chosen: By) -> impl IntoView {
    let links = By::ALL.map(|by| {
        let current = (by == chosen).then_some("page");
        view! { <li><a href=address::overview(period, by) aria-current=current>{name(locale, by)}</a></li> }
    });
    view! {
        <nav class="groupings" aria-label=i18n::overview::groupings(locale)>
            <ul>{links.into_iter().collect::<Vec<_>>()}</ul>
        </nav>
    }
}

/// Of what there is a row each.
pub fn name(locale: Locale, by: By) -> &'static str {
    match by {
        By::Objective => i18n::filter::objective(locale),
        By::Partner => i18n::filter::partner(locale),
        By::Country => i18n::filter::country(locale),
        By::Period => i18n::reading::period(locale),
    }
}

//! The choice of a quarter: a link for each of the plan's.

use super::{
    address::{self, By},
    words,
};
use crate::{
    domain::{day::Quarter, plan::Plan, results::state::Locks},
    i18n::{self, Locale},
};
use leptos::prelude::*;

#[component]
pub fn Quarters<'a>(
    locale: Locale,
    page: &'static str,
    plan: &'a Plan,
    locks: &'a Locks,
    chosen: Quarter,
    /// On a page that counts: by what; another quarter is counted alike.
    #[prop(optional)]
    by: Option<By>,
) -> impl IntoView + use<> {
    let links: Vec<_> = plan
        .quarters()
        .map(|quarter| {
            let address = by.map_or_else(|| address::of(page, quarter), |by| address::overview(quarter, by));
            let current = (quarter == chosen).then_some("page");
            let closed = locks.holds(quarter).then(|| {
                view! { <span class="closed">{i18n::results::closed(locale)}</span> }
            });
            view! {
                <li>
                    <a href=address aria-current=current>{words::quarter(locale, quarter)}{closed}</a>
                </li>
            }
        })
        .collect();
    view! {
        <nav class="quarters" aria-label=i18n::results::quarters(locale)>
            <ul>{links}</ul>
        </nav>
    }
}

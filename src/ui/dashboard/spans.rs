//! The choice of what the dashboard is about: a link for each quarter that has begun, and one for the whole plan.

use super::address::{self, Measure};
use crate::{
    domain::dashboard::{Picture, span::Span},
    i18n::{self, Locale},
    ui::results::words,
};
use leptos::prelude::*;

#[component]
pub fn Spans<'a>(locale: Locale, measure: Measure, view: &'a Picture) -> impl IntoView + use<> {
    let (chosen, seen_as) = (view.dashboard.span, view.seen_as);
    let links: Vec<_> = Span::offered(&view.frame.plan, view.dashboard.today)
        .map(|span| {
            let name = match span {
                Span::Quarter(quarter) => words::quarter(locale, quarter),
                Span::Plan => i18n::dashboard::whole_plan(locale).to_owned(),
            };
            let current = (span == chosen).then_some("page");
            view! { <li><a href=address::of(span, measure, seen_as) aria-current=current>{name}</a></li> }
        })
        .collect();
    view! { <nav class="quarters" aria-label=i18n::dashboard::spans(locale)><ul>{links}</ul></nav> }
}

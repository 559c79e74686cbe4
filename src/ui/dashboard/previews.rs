//! The choice of whose eyes the dashboard is looked at with, for coordinators.

use super::address::{self, Measure};
use crate::{
    domain::{accounts::Viewer, dashboard::Picture, policy, preview::Preview},
    i18n::{self, Locale},
};
use leptos::prelude::*;

#[component]
pub fn Previews<'a>(locale: Locale, measure: Measure, viewer: &'a Viewer, view: &'a Picture) -> impl IntoView + use<> {
    let (span, chosen) = (view.dashboard.span, view.seen_as);
    policy::can_preview(viewer).then(|| {
        let links = [None].into_iter().chain(Preview::ALL.map(Some)).map(|preview| {
            let current = (preview == chosen).then_some("page");
            view! { <li><a href=address::of(span, measure, preview) aria-current=current>{name(locale, preview)}</a></li> }
        });
        let links: Vec<_> = links.collect();
        let page = (chosen == Some(Preview::Public)).then(|| {
            view! { <p class="small"><a href="/">{i18n::dashboard::public_page(locale)}</a></p> }
        });
        view! {
            <nav class="groupings" aria-labelledby="seen-as">
                <p id="seen-as" class="quiet small">{i18n::dashboard::seen_as(locale)}</p>
                <ul>{links}</ul>
                {page}
            </nav>
        }
    })
}

fn name(locale: Locale, preview: Option<Preview>) -> &'static str {
    match preview {
        None => i18n::dashboard::own_eyes(locale),
        Some(Preview::Partner) => i18n::dashboard::as_partner(locale),
        Some(Preview::Donor) => i18n::dashboard::as_donor(locale),
        Some(Preview::Public) => i18n::dashboard::as_public(locale),
    }
}

//! One item, to be read, with what the viewer may do to it by plain forms.

use super::{actions::Actions, facts::FactsList};
use crate::{
    api::{AppError, items::ItemView},
    domain::{accounts::Viewer, change::Refusal},
    i18n::{self, Locale},
    ui::kit::{error::ErrorNote, mark::ObjectiveMark, reply::Reply},
};
use leptos::prelude::*;

#[component]
pub fn Reading<'a>(
    locale: Locale,
    view: &'a ItemView,
    viewer: &'a Viewer,
    reply: Option<Reply>,
) -> impl IntoView + use<> {
    let html = view.description_html.clone();
    let description = if html.is_empty() {
        view! { <p class="quiet">{i18n::item::no_description(locale)}</p> }.into_any()
    } else {
        view! { <div class="prose" inner_html=html></div> }.into_any()
    };
    let error = reply.map(|reply| reply.error).filter(|error| *error != AppError::Refused(Refusal::NotFound));
    view! {
        {error.map(|error| view! { <ErrorNote error=error/> })}
        <header class="item-head">
            {state_line(locale, view)}
            <h1 id="item-title">{view.item.title.body.clone()}</h1>
        </header>
        <div class="item-body">
            <section class="item-text" aria-labelledby="description-heading">
                <h2 id="description-heading">{i18n::item::description(locale)}</h2>
                {description}
            </section>
            <aside class="item-side">
                <FactsList locale=locale view=view/>
                <Actions locale=locale view=view viewer=viewer/>
            </aside>
        </div>
    }
}

/// Objective, number, and who sees the item.
pub fn state_line(locale: Locale, view: &ItemView) -> impl IntoView + use<> {
    let item = &view.item;
    let objective = view.frame.objective(item.facts.objective).cloned().map(|objective| {
        view! { <span class="objective"><ObjectiveMark mark=objective.mark/>{objective.code}</span> }
    });
    let number = i18n::item::number(locale, item.number);
    let state = match (item.archived, item.published) {
        (true, _) => i18n::item::archived(locale),
        (false, true) => i18n::item::published(locale),
        (false, false) => i18n::item::draft(locale),
    };
    view! { <p class="quiet">{objective}" "{number}" · "{state}</p> }
}

//! One item, to be read, with what the viewer may do to it.

use super::{actions::Actions, facts::FactsList};
use crate::{
    api::{
        AppError,
        items::{ItemView, read_item},
    },
    domain::{accounts::Viewer, change::Refusal},
    i18n::{self, Locale},
    ui::{
        frame::SiteResource,
        kit::{
            error::{ErrorNote, ErrorPage},
            icon::{Glyph, Icon},
            mark::ObjectiveMark,
            reply::Reply,
        },
        language::use_locale,
    },
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

/// The item that the address names, read anew when the address changes. A number that is none reads as item 0, which
/// never exists.
pub fn use_item() -> Resource<Result<ItemView, AppError>> {
    let params = use_params_map();
    let number = move || params.with(|params| params.get("number").and_then(|number| number.parse().ok()).unwrap_or(0));
    Resource::new(number, read_item)
}

#[component]
pub fn ItemPage() -> impl IntoView {
    let locale = use_locale();
    let site = expect_context::<SiteResource>();
    let item = use_item();
    let reply = Reply::current();
    view! {
        <Suspense>
            {move || {
                let reply = reply.clone();
                Suspend::new(async move {
                    match (site.await, item.await) {
                        (Ok(site), Ok(item)) => {
                            view! { <Reading locale=locale view=item viewer=site.viewer reply=reply/> }.into_any()
                        }
                        (Err(error), _) | (_, Err(error)) => view! { <ErrorPage error=error/> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
}

#[component]
fn Reading(locale: Locale, view: ItemView, viewer: Viewer, reply: Option<Reply>) -> impl IntoView {
    let item = &view.item;
    let title = item.title.body.clone();
    let number = i18n::item::number(locale, item.number);
    let page_title = i18n::frame::title(locale, format!("#{} {title}", item.number).as_str());
    let objective = view.frame.objective(item.facts.objective).cloned().map(|objective| {
        view! { <span class="objective"><ObjectiveMark mark=objective.mark/>{objective.code}</span> }
    });
    let state = match (item.archived, item.published) {
        (true, _) => i18n::item::archived(locale),
        (false, true) => i18n::item::published(locale),
        (false, false) => i18n::item::draft(locale),
    };
    let html = view.description_html.clone();
    let description = if html.is_empty() {
        view! { <p class="quiet">{i18n::item::no_description(locale)}</p> }.into_any()
    } else {
        view! { <div class="prose" inner_html=html></div> }.into_any()
    };
    let error = reply.map(|reply| reply.error).filter(|error| *error != AppError::Refused(Refusal::NotFound));
    view! {
        <Title text=page_title/>
        <main id="main" tabindex="-1" class="item">
            <a class="back" href="/board"><Icon glyph=Glyph::Back/>{i18n::board::back(locale)}</a>
            {error.map(|error| view! { <ErrorNote error=error/> })}
            <header class="item-head">
                <p class="quiet">{objective}" "{number}" · "{state}</p>
                <h1>{title}</h1>
            </header>
            <div class="item-body">
                <section class="item-text" aria-labelledby="description">
                    <h2 id="description">{i18n::item::description(locale)}</h2>
                    {description}
                </section>
                <aside class="item-side">
                    <FactsList locale=locale view=&view/>
                    <Actions locale=locale view=&view viewer=&viewer/>
                </aside>
            </div>
        </main>
    }
}

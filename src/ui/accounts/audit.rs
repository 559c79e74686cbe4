//! The audit log: who did what with accounts and data, when and from where.

pub mod address;
mod filters;
mod lines;
pub mod words;

use self::{address::address, filters::Filters, lines::Lines};
use crate::{
    api::{
        AppError,
        audit::{AuditPage, read_audit},
    },
    domain::audit::AuditFilter,
    i18n::{self, Locale},
    ui::{
        data,
        kit::{
            error::ErrorBody,
            icon::{Glyph, Icon},
        },
        language::use_locale,
    },
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

#[component]
pub fn AuditLogPage() -> impl IntoView {
    let locale = use_locale();
    let query = use_query_map();
    let answer = data::fetch(move || query.with(address::read), ask);
    view! {
        <main id="main" tabindex="-1">
            <Transition>
                {move || Suspend::new(async move {
                    match answer.await {
                        Ok((filter, page)) => view! { <Log locale=locale filter=filter page=page/> }.into_any(),
                        Err(error) => view! { <ErrorBody error=error/> }.into_any(),
                    }
                })}
            </Transition>
        </main>
    }
}

/// The answer together with what was asked: the address may already ask for something else when it comes.
async fn ask(filter: AuditFilter) -> Result<(AuditFilter, AuditPage), AppError> {
    let page = read_audit(filter.clone()).await?;
    Ok((filter, page))
}

#[component]
fn Log(locale: Locale, filter: AuditFilter, page: AuditPage) -> impl IntoView {
    let AuditPage { lines, more, members } = page;
    let title = i18n::audit::title(locale);
    let lines = if lines.is_empty() {
        nothing(locale, &filter)
    } else {
        view! { <Lines locale=locale lines=lines/> }.into_any()
    };
    view! {
        <Title text=i18n::frame::title(locale, title)/>
        <div class="audit">
            <h1>{title}</h1>
            <p class="quiet">{i18n::audit::about(locale)}</p>
            <Filters locale=locale filter=filter.clone() members=members/>
            {lines}
            {pages(locale, &filter, more)}
        </div>
    }
}

/// What stands in the place of the table.
fn nothing(locale: Locale, filter: &AuditFilter) -> AnyView {
    if *filter == AuditFilter::default() {
        return view! { <p>{i18n::audit::empty(locale)}</p> }.into_any();
    }
    view! {
        <p>{i18n::audit::empty_filtered(locale)}</p>
        <p class="actions">
            <a class="button" href=address::PATH>{i18n::audit::all(locale)}</a>
        </p>
    }
    .into_any()
}

/// The ways to newer and to older lines.
fn pages(locale: Locale, filter: &AuditFilter, more: bool) -> impl IntoView + use<> {
    let to = |page: usize| address(&AuditFilter { page, ..filter.clone() });
    let newer = filter.page.checked_sub(1).map(|page| {
        view! { <a class="button" href=to(page)><Icon glyph=Glyph::Left/>{i18n::audit::newer(locale)}</a> }
    });
    let older = more.then(|| {
        view! { <a class="button" href=to(filter.page + 1)>{i18n::audit::older(locale)}<Icon glyph=Glyph::Right/></a> }
    });
    (newer.is_some() || older.is_some()).then(|| {
        view! { <nav class="actions" aria-label=i18n::audit::pages(locale)>{newer}{older}</nav> }
    })
}

//! The board's page: title, filters, columns.

use super::{column::StatusColumn, filters::Filters};
use crate::{
    api::board::read_board,
    domain::{board::BoardView, filter::Filter, policy},
    i18n::{self, Locale},
    ui::{
        frame::SiteResource,
        kit::{
            day,
            error::ErrorPage,
            icon::{Glyph, Icon},
            names,
        },
        language::use_locale,
    },
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{hooks::use_query_map, params::ParamsMap};

/// The address of the board through a filter.
pub fn address(filter: &Filter) -> String {
    let params: ParamsMap = filter.to_query().into_iter().collect();
    format!("/board{}", params.to_query_string())
}

fn read(query: &ParamsMap) -> Filter {
    Filter::from_query(query.latest_values().map(|(name, value)| (name.as_ref(), value)))
}

#[component]
pub fn BoardPage() -> impl IntoView {
    let locale = use_locale();
    let site = expect_context::<SiteResource>();
    let query = use_query_map();
    let filter = Memo::new(move |_| query.with(read));
    let board = Resource::new(move || filter.get(), read_board);
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let (site, board) = (site.await, board.await);
                match (site, board) {
                    (Ok(site), Ok(Some(board))) => {
                        let signed_in = site.viewer.member().is_some();
                        let rights = Rights {
                            signed_in,
                            creates: policy::can_create_items(&site.viewer),
                            sees_archive: policy::can_read_drafts(&site.viewer),
                        };
                        view! { <Board locale=locale board=board filter=filter.get_untracked() rights=rights/> }
                            .into_any()
                    }
                    (Ok(_), Ok(None)) => view! { <NoPlan locale=locale/> }.into_any(),
                    (Err(error), _) | (_, Err(error)) => view! { <ErrorPage error=error/> }.into_any(),
                }
            })}
        </Transition>
    }
}

/// What the viewer may do on the board as a whole.
#[derive(Clone, Copy, Debug)]
pub struct Rights {
    pub signed_in: bool,
    pub creates: bool,
    pub sees_archive: bool,
}

#[component]
fn Board(locale: Locale, board: BoardView, filter: Filter, rights: Rights) -> impl IntoView {
    let plan = &board.frame.plan;
    let (from, to) = (day::full(locale, plan.starts), day::full(locale, plan.ends));
    let period = i18n::date::range(locale, from.as_str(), to.as_str());
    let title = if filter.archived { i18n::board::archive_of(locale, &plan.title) } else { plan.title.clone() };
    let page_title = i18n::frame::title(locale, title.as_str());
    let columns: Vec<_> = board
        .columns
        .iter()
        .map(|column| {
            view! { <StatusColumn locale=locale board=&board column=column filter=&filter/> }
        })
        .collect();
    view! {
        <Title text=page_title/>
        <main id="main" tabindex="-1" class="board">
            <div class="title-row">
                <div>
                    <h1>{title}</h1>
                    <p class="quiet">{period}</p>
                </div>
                <BoardActions locale=locale filter=filter.clone() rights=rights/>
            </div>
            <Filters locale=locale board=&board filter=&filter rights=rights/>
            <StatusTabs locale=locale board=&board/>
            <div class="columns" role="group" tabindex="0" aria-label=i18n::board::columns(locale)>{columns}</div>
        </main>
    }
}

/// On a phone: the way from one status to the other, with counts.
#[component]
fn StatusTabs<'a>(locale: Locale, board: &'a BoardView) -> impl IntoView + use<> {
    let tabs: Vec<_> = board
        .columns
        .iter()
        .filter_map(|column| {
            let status = board.frame.status(column.status)?;
            let name = names::status(locale, status);
            Some(view! {
                <a href=format!("#status-{}", status.slug) rel="external">
                    {name}
                    <span class="count">{column.count}</span>
                </a>
            })
        })
        .collect();
    view! { <nav class="status-tabs" aria-label=i18n::board::columns(locale)>{tabs}</nav> }
}

#[component]
fn BoardActions(locale: Locale, filter: Filter, rights: Rights) -> impl IntoView {
    let archive = rights.sees_archive.then(|| {
        let other = Filter { archived: !filter.archived, pages: Vec::new(), ..filter.clone() };
        let (glyph, label) = if filter.archived {
            (Glyph::Back, i18n::board::back(locale))
        } else {
            (Glyph::Archive, i18n::board::archive(locale))
        };
        view! { <a class="button" href=address(&other)><Icon glyph=glyph/>{label}</a> }
    });
    let new = rights.creates.then(|| {
        view! { <a class="button primary" href="/board/new"><Icon glyph=Glyph::Plus/>{i18n::board::new(locale)}</a> }
    });
    view! { <p class="actions">{archive}{new}</p> }
}

#[component]
fn NoPlan(locale: Locale) -> impl IntoView {
    view! {
        <Title text=i18n::frame::title(locale, i18n::board::none(locale))/>
        <main id="main" tabindex="-1" class="narrow">
            <h1>{i18n::board::none(locale)}</h1>
            <p>{i18n::board::none_hint(locale)}</p>
        </main>
    }
}

//! One status with a page of its cards.

use super::{card::ItemCard, page::address};
use crate::{
    domain::{
        board::{BoardView, Column, PAGE_SIZE},
        filter::Filter,
        plan::Status,
    },
    i18n::{self, Locale},
    ui::kit::{
        icon::{Glyph, Icon},
        names,
    },
};
use leptos::prelude::*;

#[component]
pub fn StatusColumn<'a>(
    locale: Locale,
    board: &'a BoardView,
    column: &'a Column,
    filter: &'a Filter,
) -> impl IntoView + use<> {
    let status = board.frame.status(column.status)?;
    let name = names::status(locale, status);
    let heading = format!("status-{}-heading", status.slug);
    let spoken = i18n::board::items(locale, column.count);
    let over = status.limit.filter(|limit| column.count > *limit as usize).map(|limit| {
        let words = i18n::board::over_limit(locale, column.count, limit);
        view! { <span class="over-limit">{words}</span> }
    });
    let cards: Vec<_> =
        column.cards.iter().map(|card| view! { <ItemCard locale=locale board=board card=card/> }).collect();
    let body = if cards.is_empty() {
        view! { <p class="empty">{empty(locale, filter)}</p> }.into_any()
    } else {
        view! { <ol class="cards" role="list">{cards}</ol> }.into_any()
    };
    Some(view! {
        <section
            class="column"
            id=format!("status-{}", status.slug)
            data-testid=format!("status-{}", status.slug)
            aria-labelledby=heading.clone()
        >
            <header class="column-head">
                <h2 id=heading.clone()>{name.clone()}</h2>
                <span class="count" aria-hidden="true">{column.count}</span>
                <span class="hidden">{spoken}</span>
                {over}
            </header>
            {body}
            <Pager locale=locale status=status name=name column=column filter=filter/>
        </section>
    })
}

fn empty(locale: Locale, filter: &Filter) -> &'static str {
    match (filter.is_narrow(), filter.archived) {
        (true, _) => i18n::board::empty_filtered(locale),
        (false, true) => i18n::board::empty_archive(locale),
        (false, false) => i18n::board::empty(locale),
    }
}

/// Links to the cards before and after, when a column has more than a page.
#[component]
fn Pager<'a>(
    locale: Locale,
    status: &'a Status,
    name: String,
    column: &'a Column,
    filter: &'a Filter,
) -> impl IntoView + use<> {
    let (page, pages) = (column.page, column.pages());
    if pages == 1 && page == 1 {
        return None;
    }
    let link = |page: usize| format!("{}#status-{}", address(&filter.with_page(&status.slug, page)), status.slug);
    let previous = (page > 1).then(|| {
        let label = i18n::board::previous(locale, PAGE_SIZE);
        view! { <a href=link(page.min(pages + 1) - 1) rel="prev"><Icon glyph=Glyph::Left/>{label}</a> }
    });
    let next = (page < pages).then(|| {
        let count = PAGE_SIZE.min(column.count - page * PAGE_SIZE);
        let label = i18n::board::next(locale, count);
        view! { <a href=link(page + 1) rel="next">{label}<Icon glyph=Glyph::Right/></a> }
    });
    let first = (page - 1) * PAGE_SIZE + 1;
    let last = first + column.cards.len().max(1) - 1;
    let range = i18n::board::range(locale, first, last, column.count);
    Some(view! {
        <nav class="pager" aria-label=i18n::board::pages(locale, name.as_str())>
            {previous}
            <span>{range}</span>
            {next}
        </nav>
    })
}

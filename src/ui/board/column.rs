//! One status with its cards: those near the screen, and room for the rest.

use super::{BoardState, address::address, card::ItemRow, state::ColumnState};
use crate::{
    domain::{board::PAGE_SIZE, filter::Filter},
    i18n::{self, Locale},
    ui::{
        browser,
        kit::{
            icon::{Glyph, Icon},
            names,
        },
    },
};
use leptos::{either::Either, prelude::*};

#[component]
pub fn StatusColumn(locale: Locale, board: BoardState, column: ColumnState) -> impl IntoView {
    let status = column.status.get_value();
    let name = names::status(locale, &status);
    let (id, heading) = (format!("status-{}", status.slug), format!("status-{}-heading", status.slug));
    let labelled_by = heading.clone();
    let over = move || {
        let limit = status.limit.filter(|limit| column.count.get() > *limit as usize)?;
        let words = i18n::board::over_limit(locale, column.count.get(), limit);
        Some(view! { <span class="over-limit">{words}</span> })
    };
    let nothing = move || {
        let empty = column.count.get() == 0;
        empty.then(|| board.filter.with(|filter| view! { <p class="empty">{empty_words(locale, filter)}</p> }))
    };
    let spoken = move || i18n::board::items(locale, column.count.get());
    view! {
        <section
            class="column"
            node_ref=column.section
            id=id.clone()
            data-testid=id
            aria-labelledby=labelled_by
            on:scroll=move |_| board.measure()
        >
            <header class="column-head">
                <h2 id=heading>{name.clone()}</h2>
                <span class="count" aria-hidden="true">{move || column.count.get()}</span>
                <span class="hidden">{spoken}</span>
                {over}
            </header>
            {nothing}
            <CardList locale=locale board=board column=column/>
            {move || (!board.complete.get()).then(|| view! { <Pager locale=locale board=board column=column/> })}
        </section>
    }
}

/// Why there is nothing.
pub fn empty_words(locale: Locale, filter: &Filter) -> &'static str {
    match (filter.is_narrow(), filter.archived) {
        (true, _) => i18n::board::empty_filtered(locale),
        (false, true) => i18n::board::empty_archive(locale),
        (false, false) => i18n::board::empty(locale),
    }
}

#[component]
fn CardList(locale: Locale, board: BoardState, column: ColumnState) -> impl IntoView {
    // The cards that are not drawn leave their room blank.
    Effect::new(move || {
        let (Some(list), drawn) = (column.list.get(), column.drawn.get()) else { return };
        let count = column.ids.with(|ids| ids.len());
        browser::set_number(&list, "--before", drawn.row.start.min(count));
        browser::set_number(&list, "--after", count.saturating_sub(drawn.row.end));
    });
    let lands = move || board.hold.get().held().filter(|held| held.to.column == column.at);
    Effect::new(move || {
        if let (Some(list), Some(held)) = (column.list.get(), lands()) {
            browser::set_number(&list, "--place", held.to.index);
        }
    });
    let drop_place = move || {
        let title = lands().and_then(|held| board.peek(held.item))?.title.clone();
        Some(view! { <li class="drop-place" aria-hidden="true">{title}</li> })
    };
    let role = move || column.ids.with(|ids| !ids.is_empty()).then_some("list");
    view! {
        <ol class="cards" role=role node_ref=column.list>
            <ForEnumerate
                each=move || column.near()
                key=|id| *id
                children=move |index, id| {
                    view! { <ItemRow locale=locale board=board column=column index=index id=id/> }
                }
            />
            {drop_place}
        </ol>
    }
}

/// Links to the cards before and after, while a column has only a page of them.
#[component]
fn Pager(locale: Locale, board: BoardState, column: ColumnState) -> impl IntoView {
    let (page, count) = (column.page, column.count.get_untracked());
    let pages = count.div_ceil(PAGE_SIZE).max(1);
    if pages == 1 && page == 1 {
        return Either::Left(());
    }
    let status = column.status.get_value();
    let filter = board.filter.get_untracked();
    let link = |page: usize| format!("{}#status-{}", address(&filter.with_page(&status.slug, page)), status.slug);
    let previous = (page > 1).then(|| {
        let label = i18n::board::previous(locale, PAGE_SIZE);
        view! { <a href=link(page.min(pages + 1) - 1) rel="prev"><Icon glyph=Glyph::Left/>{label}</a> }
    });
    let next = (page < pages).then(|| {
        let count = PAGE_SIZE.min(count - page * PAGE_SIZE);
        let label = i18n::board::next(locale, count);
        view! { <a href=link(page + 1) rel="next">{label}<Icon glyph=Glyph::Right/></a> }
    });
    let first = (page - 1) * PAGE_SIZE + 1;
    let last = first + column.ids.with_untracked(|ids| ids.len()).max(1) - 1;
    let range = i18n::board::range(locale, first, last, count);
    let name = names::status(locale, &status);
    Either::Right(view! {
        <nav class="pager" aria-label=i18n::board::pages(locale, name.as_str())>
            {previous}
            <span>{range}</span>
            {next}
        </nav>
    })
}

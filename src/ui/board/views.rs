//! The views of the board: columns, a table, a timeline; the same items through the same filter.

use super::{BoardState, address::address, column::empty_words};
use crate::{
    domain::{
        board::Card,
        filter::{Filter, ROWS, View},
        ids::ItemId,
    },
    i18n::{self, Locale},
};
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn Views(locale: Locale, board: BoardState) -> impl IntoView {
    let link = move |view: View| {
        let name = match view {
            View::Board => i18n::views::board(locale),
            View::Table => i18n::views::table(locale),
            View::Timeline => i18n::views::timeline(locale),
        };
        let href = move || board.filter.with(|filter| address(&Filter { view, pages: Vec::new(), ..filter.clone() }));
        let current = move || board.filter.with(|filter| (filter.view == view).then_some("page"));
        view! { <li><a href=href aria-current=current>{name}</a></li> }
    };
    let links: Vec<_> = View::ALL.into_iter().map(link).collect();
    view! { <nav class="groupings views" aria-label=i18n::views::title(locale)><ul>{links}</ul></nav> }
}

/// The items of a view with a row each, in its order: at most [`ROWS`].
pub fn rows(board: BoardState, view: View) -> Memo<Vec<ItemId>> {
    Memo::new(move |_| {
        let mut cards = board.cards();
        board.frame.with_value(|frame| cards.sort_by_key(|card| view.order(frame, card)));
        // Each is watched: one that goes to another objective goes to another place.
        cards.into_iter().take(ROWS).filter_map(|card| Some(board.card(card.id)?.id)).collect()
    })
}

/// A card as it stands; one that has just left is drawn as it was until its row goes, too.
pub fn follow(board: BoardState, id: ItemId) -> Memo<Option<Arc<Card>>> {
    Memo::new(move |before: Option<&Option<Arc<Card>>>| board.card(id).or_else(|| before.cloned().flatten()))
}

/// Says that there is nothing, or that there is more than the rows.
#[component]
pub fn Rest(locale: Locale, board: BoardState) -> impl IntoView {
    move || {
        let shown = board.counts.get().shown;
        match shown {
            0 => Some(view! { <p class="empty">{board.filter.with(|filter| words(locale, filter)).to_owned()}</p> }),
            shown if shown > ROWS => Some(view! { <p class="quiet">{i18n::views::cut(locale, ROWS, shown)}</p> }),
            _ => None,
        }
    }
}

fn words(locale: Locale, filter: &Filter) -> &'static str {
    match filter.is_narrow() || filter.archived {
        true => empty_words(locale, filter),
        false => i18n::dashboard::none_planned(locale),
    }
}

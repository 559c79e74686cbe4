//! One status as it is drawn.

use super::set_if_new;
use crate::{
    domain::{ids::ItemId, plan::Status},
    ui::{
        board::{
            hold::{Held, Place},
            window::{self, Drawn, Extent},
        },
        browser,
    },
};
use leptos::{html, prelude::*};
use std::sync::Arc;

#[derive(Clone, Copy)]
pub struct ColumnState {
    pub at: usize,
    pub status: StoredValue<Status>,
    /// The cards in their order: all, or a page of them while the rest is not here.
    pub ids: RwSignal<Arc<Vec<ItemId>>>,
    pub count: RwSignal<usize>,
    /// Which of `ids` are drawn.
    pub drawn: RwSignal<Drawn>,
    /// The page, counted from 1, that the server drew.
    pub page: usize,
    /// The card that Tab leads to, when it is drawn.
    pub stop: RwSignal<Option<ItemId>>,
    pub section: NodeRef<html::Section>,
    pub list: NodeRef<html::Ol>,
}

impl ColumnState {
    pub(super) fn show(self, ids: Vec<ItemId>, complete: bool) {
        if complete {
            set_if_new(self.count, ids.len());
        } else {
            set_if_new(self.drawn, Drawn::row(0..ids.len()));
        }
        if self.ids.with_untracked(|now| **now != ids) {
            self.ids.set(Arc::new(ids));
        }
    }

    pub(super) fn measure(self, held: Option<Held>) {
        let (Some(section), Some(list)) = (self.section.get_untracked(), self.list.get_untracked()) else { return };
        let count = self.ids.with_untracked(|ids| ids.len());
        let keep = held.map(|held| held.from).filter(|from| from.column == self.at).map(|from| from.index);
        let extent = browser::extent(&section, &list);
        let extent = Extent { height: extent.height.max(0.0), ..extent };
        set_if_new(self.drawn, window::near(extent, count, keep));
    }

    /// The cards that are drawn, in their order.
    pub fn near(self) -> Vec<ItemId> {
        let drawn = self.drawn.get();
        self.ids.with(|ids| drawn.places().filter_map(|place| ids.get(place).copied()).collect())
    }

    /// Where the card stands that is drawn as the n-th.
    pub fn place_of(self, nth: usize) -> Place {
        let index = self.drawn.with(|drawn| drawn.places().nth(nth)).unwrap_or(nth);
        Place { column: self.at, index }
    }

    /// The card that Tab leads to: the one that had the focus last if it is drawn, else the first.
    pub fn tab_stop(self) -> Option<ItemId> {
        let near = self.near();
        self.stop.get().filter(|stop| near.contains(stop)).or(near.first().copied())
    }
}

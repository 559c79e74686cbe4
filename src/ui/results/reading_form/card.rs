//! What the parts of one reading share.

use crate::{
    api::results::ResultsView,
    domain::{
        day::Quarter,
        ids::ReadingId,
        results::{indicator::Indicator, reading::Reading},
    },
    i18n::Locale,
    ui::results::{address, known::Known},
};
use leptos::prelude::*;

/// Cheap to copy: handles, all of them.
#[derive(Clone, Copy)]
pub struct Card {
    pub locale: Locale,
    pub known: Known,
    /// Everything with what waits.
    pub shown: Memo<ResultsView>,
    pub indicator: StoredValue<Indicator>,
    pub period: Quarter,
}

impl Card {
    /// The reading with what waits. Follows it.
    pub fn reading(self) -> Option<Reading> {
        let id = self.indicator.with_value(|indicator| indicator.id);
        self.shown.with(|view| view.results.reading(id, self.period).cloned())
    }

    /// The reading that the server knows, if it knows one. Follows it.
    pub fn told(self) -> Option<ReadingId> {
        let id = self.indicator.with_value(|indicator| indicator.id);
        self.known.view.with(|view| view.results.reading(id, self.period).map(|reading| reading.id))
    }

    /// Whether the quarter is closed. Follows it.
    pub fn is_locked(self) -> bool {
        self.shown.with(|view| view.results.locks.holds(self.period))
    }

    /// The id of its place in the page.
    pub fn id(self) -> String {
        self.indicator.with_value(|indicator| format!("i-{}", indicator.id))
    }

    /// Where its forms are sent without a script.
    pub fn address(self) -> String {
        format!("{}#{}", address::of(address::READINGS, self.period), self.id())
    }
}

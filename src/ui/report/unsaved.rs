//! What was typed into a report and is not saved, for as long as the tab is open. Links ask before they lead away, but a
//! step back in the browser cannot be held up: whoever returns finds the words again.

use crate::domain::day::Quarter;
use leptos::prelude::*;

/// The names and values of a form.
type Typed = Vec<(String, String)>;

#[derive(Clone, Copy)]
pub struct Unsaved(StoredValue<Option<(Quarter, Typed)>>);

impl Unsaved {
    /// For all pages, which come and go.
    pub fn provide() {
        provide_context(Self(StoredValue::new(None)));
    }

    pub fn keep(self, period: Quarter, typed: Typed) {
        self.0.set_value(Some((period, typed)));
    }

    pub fn of(self, period: Quarter) -> Option<Typed> {
        self.0.with_value(|kept| kept.as_ref().filter(|kept| kept.0 == period).map(|kept| kept.1.clone()))
    }

    pub fn let_go(self) {
        self.0.set_value(None);
    }
}

//! How far a form is saved that saves itself.

use super::{Connection, Line};
use crate::i18n::{self, Locale};
use leptos::prelude::*;

/// How far a form is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    All,
    Typing,
    Sending,
    /// Something in the form is wrong, or the server refused it.
    Not,
}

/// Whether what is in the form is saved.
#[component]
pub fn SavedMark(locale: Locale, line: Line, saved: RwSignal<Saved>) -> impl IntoView {
    // The browser may report a last change while the form is being taken away, hence `try_` here and in the fields.
    let now = move || saved.try_get().unwrap_or(Saved::All);
    let words = move || match now() {
        Saved::All => i18n::item::saved(locale),
        Saved::Typing => i18n::item::typing(locale),
        Saved::Sending if line.connection.get() == Some(Connection::Offline) => i18n::item::waiting(locale),
        Saved::Sending => i18n::item::saving(locale),
        Saved::Not => i18n::item::not_saved(locale),
    };
    let bad = move || now() == Saved::Not;
    view! { <p class="saved" class:bad=bad role="status" data-testid="saved">{words}</p> }
}

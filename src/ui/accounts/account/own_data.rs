//! What is kept of the member, and how it goes.

use crate::i18n::{self, Locale};
use leptos::prelude::*;

#[component]
pub fn OwnDataSection(locale: Locale) -> impl IntoView {
    view! {
        <section aria-labelledby="own-data">
            <h2 id="own-data">{i18n::account::data(locale)}</h2>
            <p>{i18n::account::data_hint(locale)}</p>
            <p class="actions">
                <a class="button" href="/account/data" rel="external">{i18n::account::download(locale)}</a>
            </p>
            <p>{i18n::account::erase(locale)}</p>
        </section>
    }
}

//! The keys that the board knows.

use crate::{
    i18n::{self, Locale},
    ui::browser,
};
use leptos::{html, prelude::*};

#[component]
pub fn Help(locale: Locale, open: RwSignal<bool>) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        if open.get() { browser::open_dialog(&dialog) } else { browser::close_dialog(&dialog) }
    });
    // The browser may tell of it when the board has already been left.
    let close = move |_| {
        open.try_set(false);
    };
    let keys = [
        (i18n::keys::arrows(locale), i18n::help::arrows(locale)),
        (i18n::keys::enter(locale), i18n::help::enter(locale)),
        (i18n::keys::space(locale), i18n::help::space(locale)),
        (i18n::keys::home_end(locale), i18n::help::home_end(locale)),
        (i18n::keys::escape(locale), i18n::help::escape(locale)),
        ("M", i18n::help::menu(locale)),
        ("N", i18n::help::new(locale)),
        ("/", i18n::help::search(locale)),
        ("F", i18n::help::filters(locale)),
        ("?", i18n::help::help(locale)),
    ];
    let rows: Vec<_> =
        keys.into_iter().map(|(key, words)| view! { <div><dt><kbd>{key}</kbd></dt><dd>{words}</dd></div> }).collect();
    view! {
        <dialog
            class="sheet"
            aria-labelledby="help"
            node_ref=dialog
            on:close=close
            on:click=move |event| {
                if browser::is_backdrop(&event) {
                    open.set(false);
                }
            }
        >
            <div class="sheet-body">
                <h2 id="help">{i18n::help::title(locale)}</h2>
                <dl class="keys">{rows}</dl>
                <button class="button" on:click=move |_| open.set(false)>{i18n::frame::close(locale)}</button>
            </div>
        </dialog>
    }
}

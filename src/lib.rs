//! ACT Board: the action plan of a regional network, worked on together.
//!
//! Layers, lowest first; each uses only those below it, and `tests/layers.rs` holds them to it:
//!
//! - [`domain`]: what a plan is and what may happen to it; pure, the same in browser and server
//! - [`store`]: the only SQL
//! - [`server`]: the machinery of a running server
//! - [`api`]: server functions, whose signatures speak of the domain alone
//! - [`i18n`]: every text, from `locales/`
//! - [`ui`]: pages and their pieces
//! - [`app`]: the document and the table of addresses
//! - [`serve`]: the router, with every route and layer in one list

// The types of views nest as deep as their markup.
#![recursion_limit = "512"]

pub mod api;
pub mod app;
pub mod domain;
pub mod i18n;
#[cfg(feature = "ssr")]
pub mod serve;
#[cfg(feature = "ssr")]
pub mod server;
#[cfg(feature = "ssr")]
pub mod store;
pub mod ui;

/// Builds the page in the browser, where the worker has kept nothing of it but its frame; called by its own script.
#[cfg(feature = "hydrate")]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen::prelude::wasm_bindgen)]
pub fn mount() {
    ui::browser::arm();
    ui::browser::enter_shell();
    leptos::mount::mount_to_body(app::AppOfShell);
    ui::browser::leave_shell();
    ui::browser::mark_hydrated();
}

/// Makes the page interactive; called by the page's own script once the library is loaded.
#[cfg(feature = "hydrate")]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen::prelude::wasm_bindgen)]
pub fn hydrate() {
    ui::browser::arm();
    leptos::mount::hydrate_body(app::App);
    ui::browser::mark_hydrated();
}

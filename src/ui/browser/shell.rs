//! The page without a connection: the worker that keeps it, and how it begins.

use gloo::utils::{body, document, document_element, window};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::ServiceWorkerRegistration;

/// The address of the page that the worker keeps; it is never shown under it.
const SHELL: &str = "/shell";

/// Has the browser keep the page that opens the board without a connection. Where it cannot, the board needs one.
pub fn keep_shell() {
    super::ask_to_keep();
    // The old ones among the browsers have no workers, and those that have forbid them on plain http.
    if js_sys::Reflect::has(&window().navigator(), &"serviceWorker".into()).unwrap_or(false) {
        leptos::task::spawn_local(register());
    }
}

/// Asks for a newer worker at once: left to itself, the browser looks for one when the page has been quiet for a while.
async fn register() {
    let registered = JsFuture::from(window().navigator().service_worker().register("/sw.js")).await;
    let registration =
        registered.ok().and_then(|registration| registration.dyn_into::<ServiceWorkerRegistration>().ok());
    if let Some(update) = registration.and_then(|registration| registration.update().ok()) {
        // One that cannot be had now is asked for by the next page.
        let _ = JsFuture::from(update).await;
    }
}

/// Puts the board's own address into the place of the shell's, if that was opened by hand.
pub fn enter_shell() {
    let here = window().location().pathname().unwrap_or_default();
    if here == SHELL
        && let Ok(history) = window().history()
    {
        // A browser that refuses leaves an address at which there is no page, which is said.
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some("/board"));
    }
}

/// What the shell came with steps behind the page, or away.
pub fn leave_shell() {
    let found = |selector: &str| body().query_selector(selector).ok().flatten();
    if let Some(words) = found("noscript") {
        words.remove();
    }
    if let Some(bar) = found("#broken") {
        // It is there, so it can be moved.
        let _ = body().append_child(&bar);
    }
}

/// What the shell knows of the wishes of whoever sits there: language, else what the browser asks for; appearance; and
/// which program it runs.
pub fn wish() -> (Option<String>, String, Option<String>, String) {
    let cookies = document().dyn_into::<web_sys::HtmlDocument>().ok().and_then(|document| document.cookie().ok());
    let cookies = cookies.unwrap_or_default();
    let cookie = |name: &str| {
        let mut all = cookies.split(';').filter_map(|cookie| cookie.trim().split_once('='));
        all.find(|cookie| cookie.0 == name).map(|cookie| cookie.1.to_owned())
    };
    let asked = window().navigator().language().unwrap_or_default();
    let version = body().query_selector("#broken").ok().flatten();
    let version = version.and_then(|bar| bar.get_attribute("data-version")).unwrap_or_default();
    if let Some(theme) = cookie("theme") {
        // Only a name that is no name could fail.
        let _ = document_element().set_attribute("data-theme", &theme);
    }
    (cookie("language"), asked, cookie("theme"), version)
}

//! Dialogs and focus.

use gloo::utils::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlDialogElement, HtmlElement};

/// Opens a dialog over the page: the browser then traps the focus, and gives it back when it is closed.
pub fn open_dialog(dialog: &HtmlDialogElement) {
    if dialog.matches(":modal").unwrap_or(false) {
        return;
    }
    dialog.close();
    // It fails only on a dialog that is not in the page, or open already.
    let _ = dialog.show_modal();
}

pub fn close_dialog(dialog: &HtmlDialogElement) {
    dialog.close();
}

/// Takes the focus away, which lets a field say that it has changed.
pub fn blur() {
    if let Some(element) = document().active_element().and_then(|active| active.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot lose the focus does not have it.
        let _ = element.blur();
    }
}

/// Whether a click met the page behind a dialog, which the browser reports as a click on the dialog itself.
pub fn is_backdrop(event: &Event) -> bool {
    event.target().zip(event.current_target()).is_some_and(|(target, current)| target == current)
}

/// How many dialogs are open.
pub fn open_dialogs() -> u32 {
    document().query_selector_all("dialog[open]").map_or(0, |dialogs| dialogs.length())
}

/// Whether a key was pressed where text is entered or a value is chosen.
pub fn is_typing(event: &Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.closest("input, textarea, select, [contenteditable]").ok().flatten().is_some())
}

/// Moves the focus to the first thing in the page that a selector names. Whether it is there now: nothing behind an
/// open dialog can have it.
pub fn focus(selector: &str) -> bool {
    let found = document().query_selector(selector).ok().flatten();
    let Some(element) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) else { return false };
    element.focus().is_ok() && document().active_element().as_ref() == Some(element.as_ref())
}

/// The same once it is there: what was asked for may still be on its way, or about to be drawn anew.
pub fn focus_soon(selector: String) {
    try_focus(selector, 40);
}

fn try_focus(selector: String, tries: u32) {
    gloo::timers::callback::Timeout::new(25, move || {
        if !focus(&selector) && tries > 0 {
            try_focus(selector, tries - 1);
        }
    })
    .forget();
}

/// The id of the card that has the focus.
pub fn focused_item() -> Option<String> {
    document().active_element()?.closest("[data-item]").ok()??.get_attribute("data-item")
}

/// What an event met.
pub fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// Closes the menus that are open but the one around `keep`; a focus inside goes to what opened the menu. Whether one
/// was.
pub fn close_menus(keep: Option<&Element>) -> bool {
    let Ok(menus) = document().query_selector_all("details.menu[open]") else { return false };
    let mut closed = false;
    for at in 0..menus.length() {
        let Some(menu) = menus.item(at).and_then(|menu| menu.dyn_into::<Element>().ok()) else { continue };
        if keep.is_some_and(|keep| menu.contains(Some(keep))) {
            continue;
        }
        let inside = document().active_element().is_some_and(|active| menu.contains(Some(&active)));
        closed |= menu.remove_attribute("open").is_ok();
        let summary = menu.query_selector("summary").ok().flatten();
        if let Some(summary) = summary.filter(|_| inside).and_then(|summary| summary.dyn_into::<HtmlElement>().ok()) {
            let _ = summary.focus();
        }
    }
    closed
}

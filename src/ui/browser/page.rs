//! The page as a whole: its cookies and attributes, other tabs, the clock, the connection.

use crate::{
    api::AppError,
    domain::{day::Day, ids::OpId},
};
use futures_util::future::{Either, select};
use gloo::{
    events::EventListener,
    storage::{LocalStorage, Storage},
    timers::{callback::Timeout, future::TimeoutFuture},
    utils::{body, document_element, window},
};
use send_wrapper::SendWrapper;
use std::{future::Future, pin::pin};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// Where tabs tell each other who is signed in.
const VIEWER: &str = "act-board-viewer";

/// What a tab where nobody is signed in calls its viewer.
pub const NOBODY: &str = "-";

/// An answer that has not come after so many milliseconds does not come any more.
pub const PATIENCE: u32 = 20_000;

/// Says that the page is interactive now.
pub fn mark_hydrated() {
    let set = body().set_attribute("data-hydrated", "");
    set.expect("the name of the attribute is a valid one");
}

/// Leaves a panic's message where the page's own script finds it. After a panic no Rust may run any more.
pub fn arm() {
    std::panic::set_hook(Box::new(|info| {
        // Nobody is left to hear of a failure here.
        let _ = body().set_attribute("data-panic", &info.to_string());
    }));
}

/// Sets an attribute of the document's root.
pub fn set_root(name: &str, value: &str) {
    let set = document_element().set_attribute(name, value);
    set.expect("the name of the attribute is a valid one");
}

/// Keeps a preference for a year, as the server's own form does.
pub fn set_cookie(name: &str, value: &str) {
    let secure =
        if window().location().protocol().is_ok_and(|protocol| protocol == "https:") { "; Secure" } else { "" };
    if let Some(document) = gloo::utils::document().dyn_ref::<web_sys::HtmlDocument>() {
        // Where cookies are forbidden, the choice holds for this page.
        let _ = document.set_cookie(&format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax{secure}"));
    }
}

/// Posts to an address of ours. Whether the server has answered as it should.
pub async fn post(path: &str) -> bool {
    let how = web_sys::RequestInit::new();
    how.set_method("POST");
    how.set_redirect(web_sys::RequestRedirect::Manual);
    let asked = JsFuture::from(window().fetch_with_str_and_init(path, &how));
    let answer = within(PATIENCE, asked).await.and_then(Result::ok);
    // The redirect of an answer in order is not told of to scripts, but that it is one.
    answer.is_some_and(|answer| {
        answer.unchecked_into::<web_sys::Response>().type_() == web_sys::ResponseType::Opaqueredirect
    })
}

/// Asks a question that is answered by yes or no.
pub fn confirm(question: &str) -> bool {
    window().confirm_with_message(question).unwrap_or(false)
}

/// Loads the page anew.
pub fn reload() {
    // A browser that refuses this leaves the page as it is.
    let _ = window().location().reload();
}

/// As the browser's own button does.
pub fn back() {
    let _ = window().history().and_then(|history| history.back());
}

/// Milliseconds since 1970, UTC.
pub fn now() -> f64 {
    window().performance().map_or(0.0, |clock| clock.time_origin() + clock.now())
}

/// The same by the machine's clock, which a user may set: good for telling when something was, not for how long it took.
#[allow(clippy::cast_possible_truncation)] // milliseconds since 1970 are far from the edge of an i64
pub fn wall_clock() -> i64 {
    js_sys::Date::now() as i64
}

/// An instant as the clock on the wall says it: the day, and the time in hours and minutes.
pub fn local_day_and_time(at: i64) -> (Option<Day>, String) {
    #[allow(clippy::cast_precision_loss)] // milliseconds since 1970 are far below 2^52
    let date = js_sys::Date::new(&(at as f64).into());
    let day = format!("{:04}-{:02}-{:02}", date.get_full_year(), date.get_month() + 1, date.get_date());
    (Day::parse(&day), format!("{:02}:{:02}", date.get_hours(), date.get_minutes()))
}

/// Waits for something, but for so many milliseconds only.
pub async fn within<T>(milliseconds: u32, work: impl Future<Output = T>) -> Option<T> {
    match select(pin!(work), TimeoutFuture::new(milliseconds)).await {
        Either::Left((done, _)) => Some(done),
        Either::Right(_) => None,
    }
}

/// An answer of the server, or that there was none: a line that has died without a word would never say so.
pub async fn answer_to<T: Send + 'static>(
    asked: impl Future<Output = Result<T, AppError>> + Send + 'static,
) -> Result<T, AppError> {
    if !cfg!(target_arch = "wasm32") {
        return asked.await;
    }
    // A browser has one thread.
    SendWrapper::new(within(PATIENCE, asked)).await.unwrap_or(Err(AppError::Offline))
}

/// Whether nobody sees the page now.
pub fn is_hidden() -> bool {
    gloo::utils::document().visibility_state() == web_sys::VisibilityState::Hidden
}

/// What the browser believes of its connection.
pub fn is_online() -> bool {
    window().navigator().on_line()
}

/// Runs something after so many milliseconds.
pub fn later(milliseconds: u32, run: impl FnOnce() + 'static) {
    Timeout::new(milliseconds, run).forget();
}

/// Runs something whenever the page is seen again, or its connection changes.
pub fn watch_wake(run: impl Fn() + Clone + 'static) {
    for name in ["online", "offline", "pageshow"] {
        let run = run.clone();
        EventListener::new(&window(), name, move |_| run()).forget();
    }
    EventListener::new(&gloo::utils::document(), "visibilitychange", move |_| run()).forget();
}

/// Has the browser ask before a page goes away, as long as `asks` says so.
pub fn warn_before_leaving(asks: impl Fn() -> bool + 'static) {
    let ask = move |event: &web_sys::Event| {
        if asks() {
            event.prevent_default();
        }
    };
    let active = gloo::events::EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&window(), "beforeunload", active, ask).forget();
}

/// The same before a link leads to another page of ours, which is no leaving for the browser. Until the answer is dropped.
pub fn ask_before_links(asks: impl Fn() -> bool + 'static, question: &'static str) -> SendWrapper<EventListener> {
    let ask = move |event: &web_sys::Event| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let link = target.and_then(|target| target.closest("a[href]").ok().flatten());
        let leads_on = link.is_some_and(|link| link.get_attribute("rel").is_none_or(|rel| !rel.contains("external")));
        if leads_on && asks() && !confirm(question) {
            event.prevent_default();
            event.stop_propagation();
        }
    };
    // Before the router hears of it.
    let phase = gloo::events::EventListenerPhase::Capture;
    let first = gloo::events::EventListenerOptions { phase, passive: false };
    SendWrapper::new(EventListener::new_with_options(&window(), "click", first, ask))
}

fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    let crypto = window().crypto();
    let filled = crypto.and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes));
    filled.expect("every browser that runs WebAssembly has random numbers");
    bytes
}

/// A fresh op id (UUIDv7).
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // milliseconds since 1970 are a positive integer
pub fn new_op() -> OpId {
    OpId(uuid::Builder::from_unix_timestamp_millis(now() as u64, &random_bytes()).into_uuid())
}

/// A random number from 0 to 1.
pub fn random() -> f64 {
    f64::from(u32::from_le_bytes(random_bytes())) / f64::from(u32::MAX)
}

/// Tells the other tabs who is signed in here. The time makes each telling a new one, so that it is heard.
pub fn announce_viewer(viewer: &str) {
    // Where storage is forbidden, the server's own checks remain.
    let _ = LocalStorage::set(VIEWER, format!("{viewer} {}", now()));
}

/// Who was signed in last in this browser; nothing if nobody is.
pub fn last_viewer() -> Option<String> {
    let told: String = LocalStorage::get(VIEWER).ok()?;
    told.split_once(' ').map(|(viewer, _)| viewer.to_owned()).filter(|viewer| viewer != NOBODY)
}

/// Runs something when another tab says who is signed in now.
pub fn on_viewer_change(run: impl Fn(String) + 'static) {
    EventListener::new(&window(), "storage", move |event| {
        let event = event.dyn_ref::<web_sys::StorageEvent>();
        if event.and_then(web_sys::StorageEvent::key).is_some_and(|key| key == VIEWER) {
            let told: String = LocalStorage::get(VIEWER).unwrap_or_default();
            told.split_once(' ').into_iter().for_each(|(viewer, _)| run(viewer.to_owned()));
        }
    })
    .forget();
}

//! The other tabs of the same browser: what they tell each other, and what only one of them does at a time.

use gloo::{events::EventListener, utils::window};
use js_sys::{Function, Promise, Reflect};
use std::{cell::RefCell, future::Future, rc::Rc};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{BroadcastChannel, MessageEvent};

const CHANNEL: &str = "act-board";

thread_local! {
    static TABS: Option<BroadcastChannel> = BroadcastChannel::new(CHANNEL).ok();
}

/// Tells every other tab.
pub fn tell_tabs(text: &str) {
    TABS.with(|tabs| {
        if let Some(tabs) = tabs {
            // A browser without the channel has tabs that learn of it when they look next.
            let _ = tabs.post_message(&JsValue::from_str(text));
        }
    });
}

/// Runs something with what other tabs tell, from now on.
pub fn hear_tabs(run: impl Fn(String) + 'static) {
    TABS.with(|tabs| {
        if let Some(tabs) = tabs {
            let heard = EventListener::new(tabs, "message", move |event| {
                let text = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
                text.into_iter().for_each(&run);
            });
            heard.forget();
        }
    });
}

/// Does something while no other tab does anything under the same name. Where the browser cannot say, it is done all
/// the same: what is sent twice takes effect once.
pub async fn alone<F: Future<Output = ()> + 'static>(name: &str, work: impl FnOnce() -> F + 'static) {
    let work = Rc::new(RefCell::new(Some(work)));
    let own = work.clone();
    let run = Closure::once_into_js(move |_: JsValue| {
        let work = own.borrow_mut().take();
        future_to_promise(async move {
            if let Some(work) = work {
                work().await;
            }
            Ok(JsValue::UNDEFINED)
        })
    });
    if let Some(done) = request_lock(name, &run) {
        // It fails only if the work did.
        let _ = JsFuture::from(done).await;
    }
    let left = work.borrow_mut().take();
    if let Some(work) = left {
        work().await;
    }
}

/// The promise of what `run` promises, once the lock is held.
fn request_lock(name: &str, run: &JsValue) -> Option<Promise> {
    let get = |of: &JsValue, name: &str| Reflect::get(of, &JsValue::from_str(name)).ok();
    let locks = get(&window().navigator(), "locks")?;
    let request = get(&locks, "request")?.dyn_into::<Function>().ok()?;
    request.call2(&locks, &JsValue::from_str(name), run).ok()?.dyn_into().ok()
}

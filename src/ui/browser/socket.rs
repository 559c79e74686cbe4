//! The socket: one for a page.

use gloo::{events::EventListener, utils::window};
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::{MessageEvent, WebSocket};

struct Socket {
    socket: WebSocket,
    /// They end with the value, so that nothing is heard of a socket that was given up.
    _listeners: [EventListener; 2],
}

impl Drop for Socket {
    fn drop(&mut self) {
        // It may be closed already.
        let _ = self.socket.close();
    }
}

thread_local! {
    static SOCKET: RefCell<Option<Socket>> = const { RefCell::new(None) };
}

/// Opens a socket at a path of our own server, in place of the one before. `closed` is also called when it cannot be
/// opened.
pub fn open_socket(path: &str, heard: impl Fn(String) + 'static, closed: impl Fn() + 'static) {
    let location = window().location();
    let scheme = if location.protocol().is_ok_and(|protocol| protocol == "https:") { "wss" } else { "ws" };
    let host = location.host().unwrap_or_default();
    let Ok(socket) = WebSocket::new(&format!("{scheme}://{host}{path}")) else { return closed() };
    let message = EventListener::new(&socket, "message", move |event| {
        if let Some(text) = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string()) {
            heard(text);
        }
    });
    let close = EventListener::new(&socket, "close", move |_| closed());
    SOCKET.set(Some(Socket { socket, _listeners: [message, close] }));
}

/// Says something, if the socket is open.
pub fn send(text: &str) {
    SOCKET.with_borrow(|socket| {
        if let Some(Socket { socket, .. }) = socket.as_ref().filter(|s| s.socket.ready_state() == WebSocket::OPEN) {
            // A line that breaks now is reported as closed.
            let _ = socket.send_with_str(text);
        }
    });
}

/// Gives the socket up.
pub fn close_socket() {
    SOCKET.set(None);
}

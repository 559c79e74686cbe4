//! The cookies of a session, of a browser that is known, and of the step between password and code.

use super::Serve;
use crate::server::sessions::{BROWSER_MS, CODE_MS, Opened, Token};
use axum::http::HeaderMap;
use axum_extra::extract::{CookieJar, cookie::Cookie};

/// `__Host-` binds a cookie to the host and to https; on plain loopback browsers would refuse it.
fn name(serve: &Serve, name: &str) -> String {
    if serve.state.config.secure() { format!("__Host-{name}") } else { name.to_owned() }
}

fn read(serve: &Serve, headers: &HeaderMap, cookie: &str) -> Option<Token> {
    let cookies = CookieJar::from_headers(headers);
    Token::parse(cookies.get(&name(serve, cookie))?.value())
}

/// Kept for so many seconds; gone for 0.
fn make(serve: &Serve, cookie: &str, value: &str, seconds: i64) -> Cookie<'static> {
    let text = format!("{}={value}; Max-Age={seconds}; Path=/; HttpOnly; SameSite=Lax", name(serve, cookie));
    let mut cookie = Cookie::parse(text).expect("a hexadecimal token and a number make a well-formed cookie");
    cookie.set_secure(serve.state.config.secure());
    cookie
}

/// The token of the session.
pub fn session(serve: &Serve, headers: &HeaderMap) -> Option<Token> {
    read(serve, headers, "session")
}

/// What the browser was given when somebody signed in with it.
pub fn browser(serve: &Serve, headers: &HeaderMap) -> Option<Token> {
    read(serve, headers, "browser")
}

/// What stands for the right password until the code is entered.
pub fn step(serve: &Serve, headers: &HeaderMap) -> Option<Token> {
    read(serve, headers, "step")
}

/// The cookies of a session that begins.
pub fn opened(serve: &Serve, opened: &Opened) -> CookieJar {
    CookieJar::new()
        .add(make(serve, "session", opened.token.as_str(), opened.lasts.0 / 1000))
        .add(make(serve, "browser", opened.browser.as_str(), BROWSER_MS / 1000))
        .add(make(serve, "step", "", 0))
}

/// The session's cookie once more, so that the browser keeps it for as long as the server does.
pub fn renewed(serve: &Serve, token: &Token, lasts_ms: i64) -> CookieJar {
    CookieJar::new().add(make(serve, "session", token.as_str(), lasts_ms / 1000))
}

pub fn begun(serve: &Serve, step: &Token) -> CookieJar {
    CookieJar::new().add(make(serve, "step", step.as_str(), CODE_MS / 1000))
}

/// Nobody is signed in any more.
pub fn ended(serve: &Serve) -> CookieJar {
    CookieJar::new().add(make(serve, "session", "", 0))
}

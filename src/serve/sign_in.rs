//! Signing in and out, by plain forms.

use super::{Serve, forms::Posted, pages, preferences::local};
use crate::{
    api::AppError,
    domain::{accounts::SESSION_MS, item_form::Values},
    server::{
        outage,
        sessions::{self, Token},
    },
    store::StoreError,
};
use axum::{
    extract::{Request, State},
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::{CookieJar, cookie::Cookie};

/// `__Host-` binds the cookie to the host and to https; on plain loopback browsers would refuse it.
fn cookie_name(serve: &Serve) -> &'static str {
    if serve.state.config.secure() { "__Host-session" } else { "session" }
}

/// The token that the browser sent.
pub fn token(serve: &Serve, headers: &HeaderMap) -> Option<Token> {
    let cookies = CookieJar::from_headers(headers);
    Token::parse(cookies.get(cookie_name(serve))?.value())
}

/// The session's cookie, kept for so many seconds; none for 0.
fn cookie(serve: &Serve, value: &str, seconds: i64) -> Cookie<'static> {
    let text = format!("{}={value}; Max-Age={seconds}; Path=/; HttpOnly; SameSite=Lax", cookie_name(serve));
    let mut cookie = Cookie::parse(text).expect("a hexadecimal token and a number make a well-formed cookie");
    cookie.set_secure(serve.state.config.secure());
    cookie
}

/// Begins a session, and ends the one that the browser had.
pub async fn sign_in(State(serve): State<Serve>, posted: Posted) -> Response {
    let values = Values(&posted.values);
    let signed_in = sessions::sign_in(&serve.state, values.get("email"), raw(&posted.values, "password")).await;
    let error = match signed_in {
        Ok(Some(token)) => {
            // One that cannot be ended now ends by itself.
            if let Err(error) = end_session(&serve, &posted.parts.headers).await {
                tracing::warn!(%error, "the session before could not be ended");
            }
            let cookie = cookie(&serve, token.as_str(), SESSION_MS / 1000);
            return (CookieJar::new().add(cookie), Redirect::to(local(values.get("next")))).into_response();
        }
        Ok(None) => AppError::WrongPassword,
        Err(error) => outage(error).into(),
    };
    let mut kept = posted.values;
    kept.retain(|value| value.0 != "password");
    pages::again(&serve, &posted.parts, kept, error).await
}

/// A password as it was typed: spaces at its ends are part of it.
fn raw<'a>(values: &'a [(String, String)], name: &str) -> &'a str {
    values.iter().find(|value| value.0 == name).map_or("", |value| value.1.as_str())
}

/// Ends the session and forgets its cookie. If it cannot be ended now, that is said: nobody shall leave a machine in the
/// belief of being signed out.
pub async fn sign_out(State(serve): State<Serve>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    match end_session(&serve, &parts.headers).await {
        Ok(()) => (CookieJar::new().add(cookie(&serve, "", 0)), Redirect::to("/board")).into_response(),
        Err(error) => pages::failure(&serve, &parts, outage(error).into()).await,
    }
}

async fn end_session(serve: &Serve, headers: &HeaderMap) -> Result<(), StoreError> {
    match token(serve, headers) {
        Some(token) => sessions::sign_out(&serve.state, &token).await,
        None => Ok(()),
    }
}

/// The session's cookie once more, so that the browser keeps it for as long as the server does.
pub fn renewed(serve: &Serve, token: &Token) -> CookieJar {
    CookieJar::new().add(cookie(serve, token.as_str(), SESSION_MS / 1000))
}

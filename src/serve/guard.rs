//! What stands before every handler: who is asking, and what each answer tells the browser to forbid.

use super::{Serve, cookies, pages};
use crate::{
    api::AppError,
    server::{outage, sessions, setup},
};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use tracing::Span;

/// Looks up the session, and hands the viewer on.
pub async fn who_is_asking(State(serve): State<Serve>, mut request: Request, next: Next) -> Response {
    let token = cookies::session(&serve, request.headers());
    let asker = match sessions::asker(&serve.state, token.as_ref()).await {
        Ok(asker) => asker,
        Err(error) => return stop(&serve, request, outage(error).into()).await,
    };
    if asker.must_enrol && !opens_before_enrolment(request.uri().path()) {
        if matches!(*request.method(), Method::GET | Method::HEAD) && !is_for_programs(request.uri().path()) {
            return Redirect::to("/account").into_response();
        }
        return stop(&serve, request, AppError::SecondFactorMissing).await;
    }
    let is_secret = tells_secrets(request.uri().path());
    let may_need_setup = is_page_of_a_network(&request);
    if may_need_setup && is_empty(&serve).await {
        return Redirect::to("/setup").into_response();
    }
    let extensions = request.extensions_mut();
    extensions.insert(asker.viewer);
    extensions.insert(asker.lasts);
    token.as_ref().map(|token| extensions.insert(token.clone()));
    let mut response = next.run(request).await;
    if is_secret {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    match token.filter(|_| asker.extended && !response.headers().contains_key(header::SET_COOKIE)) {
        Some(token) => (cookies::renewed(&serve, &token, asker.lasts.0), response).into_response(),
        None => response,
    }
}

fn is_page_of_a_network(request: &Request) -> bool {
    let path = request.uri().path();
    request.method() == Method::GET && !is_for_programs(path) && !matches!(path, "/setup" | "/shell")
}

/// Whether there is no network yet. Only a server that has begun with an empty database looks.
async fn is_empty(serve: &Serve) -> bool {
    serve.state.config.setup_token.is_some() && setup::is_open(&serve.state).await.unwrap_or(false)
}

/// What somebody needs who has to set up a second factor first.
fn opens_before_enrolment(path: &str) -> bool {
    matches!(
        path,
        "/account" | "/account/data" | "/sign-out" | "/preferences" | "/shell" | "/rpc/site" | "/rpc/account"
    )
}

/// What must not lie on a disk, not even in a browser's cache.
fn tells_secrets(path: &str) -> bool {
    let pages = ["/account", "/people", "/audit", "/join", "/reset", "/export/"];
    let answers = ["/rpc/account", "/rpc/people", "/rpc/audit", "/rpc/link"];
    pages.iter().any(|page| path.starts_with(page)) || answers.contains(&path)
}

fn is_for_programs(path: &str) -> bool {
    path.starts_with("/rpc/") || path == "/live"
}

/// An answer in the form in which the request was made.
async fn stop(serve: &Serve, request: Request, error: AppError) -> Response {
    if is_for_programs(request.uri().path()) {
        return super::rpc::failure(&error).into_response();
    }
    let (parts, _) = request.into_parts();
    pages::failure(serve, &parts, error).await
}

/// Headers of every answer. Pages bring a content security policy of their own, with their nonce.
pub async fn headers(State(serve): State<Serve>, mut request: Request, next: Next) -> Response {
    take_any_encoding(request.headers_mut());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'");
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::X_FRAME_OPTIONS, "DENY");
    set(header::REFERRER_POLICY, "same-origin");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set(
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    );
    set(header::CACHE_CONTROL, "private, no-cache");
    if serve.state.config.secure() {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains");
    }
    response
}

/// Who refuses some encodings, even an answer as it is, gets it as it is. The compression would say only after
/// everything was done that there is no answer.
fn take_any_encoding(headers: &mut HeaderMap) {
    let is_refused = |part: &str| part.rsplit_once("q=").is_some_and(|(_, q)| q.trim().parse() == Ok(0.0_f32));
    let refuses = |value: &HeaderValue| value.to_str().is_ok_and(|value| value.split(',').any(is_refused));
    if headers.get_all(header::ACCEPT_ENCODING).iter().any(refuses) {
        headers.remove(header::ACCEPT_ENCODING);
    }
}

/// What each line of the log says of its request: an id, method and path, never the query (it may hold what somebody searched for).
pub fn span<B>(request: &axum::http::Request<B>) -> Span {
    let id = uuid::Uuid::now_v7();
    tracing::info_span!("request", %id, method = %request.method(), path = request.uri().path())
}

//! What stands before every handler: who is asking, and what each answer tells the browser to forbid.

use super::{Serve, pages, sign_in};
use crate::{
    api::AppError,
    server::{outage, sessions},
};
use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tracing::Span;

/// Looks up the session, and hands the viewer on.
pub async fn who_is_asking(State(serve): State<Serve>, mut request: Request, next: Next) -> Response {
    let token = sign_in::token(&serve, request.headers());
    match sessions::viewer(&serve.state, token.as_ref()).await {
        Ok((viewer, extended)) => {
            request.extensions_mut().insert(viewer);
            let response = next.run(request).await;
            match token.filter(|_| extended && !response.headers().contains_key(header::SET_COOKIE)) {
                Some(token) => (sign_in::renewed(&serve, &token), response).into_response(),
                None => response,
            }
        }
        Err(error) => {
            let error = AppError::from(outage(error));
            if request.uri().path().starts_with("/rpc/") {
                return super::rpc::failure(&error).into_response();
            }
            let (parts, _) = request.into_parts();
            pages::failure(&serve, &parts, error).await
        }
    }
}

/// Headers of every answer. Pages bring a content security policy of their own, with their nonce.
pub async fn headers(State(serve): State<Serve>, request: Request, next: Next) -> Response {
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

/// A line of the log: method and path, never the query (it may hold what somebody searched for).
pub fn span<B>(request: &axum::http::Request<B>) -> Span {
    tracing::info_span!("request", method = %request.method(), path = request.uri().path())
}

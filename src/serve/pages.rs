//! Pages: drawn by the application, with the status that it says and a content security policy for its nonce.

use super::{Serve, rpc::Asker};
use crate::{
    api::AppError,
    app,
    domain::accounts::Viewer,
    i18n::Locale,
    ui::{
        head::{Head, PageStatus, Theme, Told},
        kit::reply::Reply,
        language,
    },
};
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts},
    response::Response,
};
use axum_extra::extract::CookieJar;
use leptos::{
    context::provide_context,
    nonce::use_nonce,
    prelude::{IntoView, use_context},
};
use leptos_axum::ResponseOptions;

/// Any page; the application knows which.
pub async fn page(State(serve): State<Serve>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    draw(&serve, &parts, 200, None, None).await
}

/// The page without anybody's data that browsers keep for the time without a connection.
pub async fn kept_shell(State(serve): State<Serve>, request: Request) -> Response {
    let (mut parts, _) = request.into_parts();
    // Whoever asks, it is the same.
    parts.extensions.insert(Viewer::Public);
    draw_as(app::kept_shell, &serve, &parts, Answer::new(200)).await
}

/// The page again, with what was typed and what is wrong with it.
pub async fn again(serve: &Serve, parts: &Parts, values: Vec<(String, String)>, error: AppError) -> Response {
    let status = error.status();
    draw(serve, parts, status, Some(Reply { values, error }), None).await
}

/// A page that says why there is nothing else to say.
pub async fn failure(serve: &Serve, parts: &Parts, error: AppError) -> Response {
    draw(serve, parts, error.status(), None, Some(error)).await
}

/// The same for a form, with what was typed into it.
pub async fn failure_of_form(serve: &Serve, parts: &Parts, values: Vec<(String, String)>, error: AppError) -> Response {
    let reply = Reply { values, error: error.clone() };
    draw(serve, parts, error.status(), Some(reply), Some(error)).await
}

/// The page with what it tells once: no cache keeps it, and no going back shows it again.
pub async fn telling(serve: &Serve, parts: &Parts, told: Told) -> Response {
    let answer = Answer { told: Some(told), ..Answer::new(200) };
    let mut response = draw_as(app::shell, serve, parts, answer).await;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// What a page answers beside what it always shows.
struct Answer {
    status: u16,
    reply: Option<Reply>,
    failure: Option<AppError>,
    told: Option<Told>,
}

impl Answer {
    fn new(status: u16) -> Self {
        Self { status, reply: None, failure: None, told: None }
    }
}

async fn draw(serve: &Serve, parts: &Parts, status: u16, reply: Option<Reply>, failure: Option<AppError>) -> Response {
    let retry_after = failure.as_ref().or(reply.as_ref().map(|reply| &reply.error)).and_then(AppError::retry_after);
    let mut response = draw_as(app::shell, serve, parts, Answer { reply, failure, ..Answer::new(status) }).await;
    if let Some(seconds) = retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

async fn draw_as<V: IntoView + 'static>(document: fn() -> V, serve: &Serve, parts: &Parts, answer: Answer) -> Response {
    let page_status = PageStatus::new(answer.status);
    let head = Head {
        css: serve.assets.address("main.css"),
        js: serve.assets.address("act-board.js"),
        wasm: serve.assets.address("act-board.wasm"),
        locale: locale(&parts.headers),
        theme: theme(&parts.headers),
        dev: serve.state.config.dev,
        status: page_status.clone(),
        reply: answer.reply,
        failure: answer.failure,
        told: answer.told,
    };
    let asker = Asker::of(parts);
    let state = serve.state.clone();
    let context = move || {
        provide_context(state.clone());
        asker.provide();
        provide_context(head.clone());
        protect();
    };
    let mut response = leptos_axum::render_app_async_with_context(context, document)(get(parts)).await;
    *response.status_mut() = StatusCode::from_u16(page_status.get()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if page_status.get() == 503 {
        response.headers_mut().entry(header::RETRY_AFTER).or_insert(HeaderValue::from_static("5"));
    }
    response
}

/// The request for the page itself, whatever the form was sent as.
fn get(parts: &Parts) -> Request {
    let mut request = Request::new(Body::empty());
    *request.method_mut() = Method::GET;
    *request.uri_mut() = parts.uri.clone();
    *request.headers_mut() = parts.headers.clone();
    request
}

/// Scripts run with the page's nonce only, and load only what such a script loads; nothing comes from elsewhere.
fn protect() {
    let (Some(options), Some(nonce)) = (use_context::<ResponseOptions>(), use_nonce()) else { return };
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; \
         font-src 'self'; img-src 'self'; connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        options.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
    options.insert_header(header::VARY, HeaderValue::from_static("cookie, accept-language"));
}

/// The language that was chosen, else what the browser asks for.
pub fn locale(headers: &HeaderMap) -> Locale {
    let cookies = CookieJar::from_headers(headers);
    let chosen = cookies.get("language").and_then(|cookie| language::from_tag(cookie.value()));
    let asked = || headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    chosen.unwrap_or_else(|| language::negotiate(asked()))
}

fn theme(headers: &HeaderMap) -> Theme {
    let cookies = CookieJar::from_headers(headers);
    cookies.get("theme").and_then(|cookie| Theme::from_word(cookie.value())).unwrap_or_default()
}

//! Server functions over HTTP: body limits, the viewer, and the right status for each error.

use super::{Serve, body, origin};
use crate::{
    api::AppError,
    domain::accounts::Viewer,
    server::sessions::{Lasts, Token},
};
use axum::{
    Json,
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use leptos::{context::provide_context, server_fn};

/// Marks an answer of a server function that is an error (server_fn's own header).
const ERROR_HEADER: &str = "serverfnerror";

/// Runs the server function of the request's path.
pub async fn call(State(serve): State<Serve>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let known =
        server_fn::axum::server_fn_paths().any(|(path, method)| path == parts.uri.path() && method == parts.method);
    if !known {
        return StatusCode::NOT_FOUND.into_response();
    }
    let body = match body::read(body).await {
        Ok(body) => body,
        Err(error) => return failure(&error).into_response(),
    };
    let (asker, from) = (Asker::of(&parts), origin::of(&serve, &parts));
    let context = move || {
        provide_context(serve.state.clone());
        asker.provide();
        provide_context(from.clone());
    };
    let mut request = Request::from_parts(parts, Body::from(body));
    // A form post without JavaScript is not for here; without this, the framework would redirect it with its error.
    request.headers_mut().remove(header::ACCEPT);
    let response = leptos_axum::handle_server_fns_with_context(context, request).await.into_response();
    if response.headers().contains_key(ERROR_HEADER) { with_status(response).await } else { response }
}

/// What the guard has found out about whoever asks, for server functions.
#[derive(Clone)]
pub struct Asker {
    viewer: Viewer,
    lasts: Option<Lasts>,
    token: Option<Token>,
}

impl Asker {
    pub fn of(parts: &Parts) -> Self {
        let of = &parts.extensions;
        let viewer = of.get::<Viewer>().cloned().unwrap_or(Viewer::Public);
        Self { viewer, lasts: of.get::<Lasts>().copied(), token: of.get::<Token>().cloned() }
    }

    pub fn provide(&self) {
        provide_context(self.viewer.clone());
        if let Some(lasts) = self.lasts {
            provide_context(lasts);
        }
        if let Some(token) = self.token.clone() {
            provide_context(token);
        }
    }
}

/// An error as server functions answer it.
pub fn failure(error: &AppError) -> impl IntoResponse + use<> {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let retry = error.retry_after().map(|seconds| [(header::RETRY_AFTER, seconds.to_string())]);
    (status, retry, [(ERROR_HEADER, "")], Json(error.clone()))
}

/// The framework answers every error with 500; the error itself knows better.
async fn with_status(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(body) = axum::body::to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    if let Ok(error) = serde_json::from_slice::<AppError>(&body) {
        parts.status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Some(seconds) = error.retry_after() {
            parts.headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
    }
    Response::from_parts(parts, Body::from(body))
}

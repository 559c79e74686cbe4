//! What a supervisor asks: is the process alive, and can it serve.

use super::Serve;
use axum::{extract::State, http::StatusCode};
use std::sync::LazyLock;

/// Differs from start to start, so that a watching page knows of a new server.
static START: LazyLock<String> = LazyLock::new(|| uuid::Uuid::now_v7().to_string());

/// The process answers.
pub async fn alive() -> String {
    START.clone()
}

/// The database answers too.
pub async fn ready(State(serve): State<Serve>) -> (StatusCode, &'static str) {
    match serve.state.board().await {
        Ok(_) => (StatusCode::OK, "ready"),
        Err(error) => {
            tracing::error!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer")
        }
    }
}

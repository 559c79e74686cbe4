//! What a broken page reports: the message and the version, nothing of what its user did.

use super::{Serve, body};
use axum::{
    extract::{Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// So many reports a minute are logged; a page that breaks in a loop, or somebody who plays, must not fill the log.
const A_MINUTE: u32 = 20;

/// Longer messages are cut, in characters.
const LENGTH: usize = 500;

#[derive(Deserialize)]
struct Report {
    message: String,
    version: String,
}

/// Counts the reports of the running minute.
#[derive(Debug)]
pub struct Limit(Mutex<(Instant, u32)>);

impl Default for Limit {
    fn default() -> Self {
        Self(Mutex::new((Instant::now(), 0)))
    }
}

impl Limit {
    fn admits(&self) -> bool {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counted.0.elapsed() > Duration::from_secs(60) {
            *counted = (Instant::now(), 0);
        }
        counted.1 += 1;
        counted.1 <= A_MINUTE
    }
}

/// Writes a report into the log.
pub async fn report(State(serve): State<Serve>, request: Request) -> Response {
    if !serve.reports.admits() {
        return (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, "60")]).into_response();
    }
    write(request).await.into_response()
}

async fn write(request: Request) -> StatusCode {
    let Ok(body) = body::read(request.into_body()).await else { return StatusCode::PAYLOAD_TOO_LARGE };
    let Ok(report) = serde_json::from_slice::<Report>(&body) else { return StatusCode::BAD_REQUEST };
    let cut = |text: &str| text.chars().take(LENGTH).collect::<String>();
    let (message, version) = (cut(&report.message), cut(&report.version));
    // As Rust would quote them, so that nothing sent looks like a line of the log.
    tracing::error!(?message, ?version, "a page broke in somebody's browser");
    StatusCode::NO_CONTENT
}

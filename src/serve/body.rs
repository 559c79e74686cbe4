//! Bodies of requests, read whole and bounded.

use crate::api::AppError;
use axum::body::Body;
use http_body_util::BodyExt;

/// The largest body that a request may have, in bytes: a description of 20,000 characters of four bytes, encoded.
pub const LIMIT: usize = 256 * 1024;

/// The same for the form of a report, which has six texts of that length.
pub const LIMIT_OF_REPORT: usize = 6 * LIMIT;

/// As much of a body that is too large is read and dropped, so that its sender is still there to read the answer.
const PATIENCE: usize = 64 * LIMIT;

/// The body, or why there is none.
pub async fn read(body: Body) -> Result<Vec<u8>, AppError> {
    read_up_to(body, LIMIT).await
}

/// The same of at most so many bytes.
pub async fn read_up_to(mut body: Body, limit: usize) -> Result<Vec<u8>, AppError> {
    let (mut kept, mut seen) = (Vec::new(), 0);
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| AppError::Unreadable)?.into_data() else { continue };
        seen += data.len();
        if seen > PATIENCE {
            break;
        }
        if seen <= limit {
            kept.extend_from_slice(&data);
        }
    }
    if seen > limit { Err(AppError::TooLarge) } else { Ok(kept) }
}

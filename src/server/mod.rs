//! What a running server is made of, requests and pages aside: configuration, clock, sessions, the plan's writer, the
//! boards in memory, the hub that tells of changes. Knows nothing of pages, languages or forms.

pub mod accounts;
pub mod attempts;
pub mod audit;
pub mod backup;
pub mod boards;
pub mod clock;
pub mod config;
pub mod courses;
pub mod demo;
pub mod doors;
pub mod hub;
pub mod known_results;
pub mod markdown;
pub mod password;
pub mod people;
pub mod raster;
pub mod reports;
pub mod second_factor;
pub mod sessions;
pub mod setup;
pub mod state;
pub mod writer;

pub use state::AppState;

use crate::{domain::change::Refusal, store::StoreError};

/// What a failed database call means to whoever asked. The rest goes to the log.
pub fn outage(error: StoreError) -> Refusal {
    let detail = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
    tracing::error!(%error, detail, "the database failed");
    match error {
        StoreError::Busy(_) | StoreError::ReadOnly(_) => Refusal::Unavailable,
        StoreError::Full(_) => Refusal::NoSpace,
        StoreError::Taken(_) => Refusal::Taken,
        StoreError::Unreadable { .. } | StoreError::Other(_) => Refusal::Failed,
    }
}

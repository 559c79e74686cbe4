//! The report of a quarter.

use super::AppError;
use crate::domain::{day::Quarter, report::Report};
use leptos::prelude::*;

/// For whoever is signed in: the newest version that they may read, or the one that is named, of the quarter that is over
/// last if none is named.
#[server(prefix = "/rpc", endpoint = "report", input = server_fn::codec::Json)]
pub async fn read_report(
    #[server(default)] period: Option<Quarter>,
    #[server(default)] version: Option<i64>,
) -> Result<Report, AppError> {
    use crate::domain::{accounts::Viewer, change::Refusal, policy};
    use crate::server::{AppState, outage};
    let (state, viewer) = (expect_context::<AppState>(), expect_context::<Viewer>());
    viewer.member().ok_or(AppError::SignedOut)?;
    policy::can_read_report(&viewer).then_some(()).ok_or(Refusal::Forbidden)?;
    let report = state.report(&viewer, period, version).await.map_err(outage)?;
    Ok(report.ok_or(Refusal::NotFound)?)
}

//! The audit, as far as the viewer may read it.

use super::AppError;
use crate::domain::{
    audit::{AuditFilter, Line, Named},
    day::Moment,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A page of the audit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPage {
    /// The newest first, each with the time at the place where the plan is made.
    pub lines: Vec<(Moment, Line)>,
    /// Whether there are older ones.
    pub more: bool,
    /// All whom the viewer may ask for.
    pub members: Vec<Named>,
}

/// For coordinators, who read all of it, and partners, who read that of their own organisation.
#[server(prefix = "/rpc", endpoint = "audit", input = server_fn::codec::Json)]
pub async fn read_audit(filter: AuditFilter) -> Result<AuditPage, AppError> {
    use crate::domain::{accounts::Viewer, audit::PAGE, change::Refusal, policy};
    use crate::server::{AppState, outage};
    use crate::store;
    let (state, viewer) = (expect_context::<AppState>(), expect_context::<Viewer>());
    viewer.member().ok_or(AppError::SignedOut)?;
    let sight = policy::audit_sight(&viewer).ok_or(Refusal::Forbidden)?;
    let mut conn = state.db.reader().await.map_err(|error| outage(error.into()))?;
    let (first, count) = (filter.page.saturating_mul(PAGE), PAGE + 1);
    let mut lines = store::audit_lines(&mut conn, sight, &filter, first, count).await.map_err(outage)?;
    let more = lines.len() > PAGE;
    lines.truncate(PAGE);
    let members = store::named_members(&mut conn, sight).await.map_err(outage)?;
    drop(conn);
    let zone = state.time_zone().await.map_err(outage)?;
    let lines = lines.into_iter().map(|(at, line)| (state.config.clock.moment(at, &zone), line)).collect();
    Ok(AuditPage { lines, more, members })
}

//! The picture of the region as the viewer may see it.

use super::AppError;
use crate::domain::{dashboard::Dashboard, day::Quarter, plan::Frame, results::rollup::Tally};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The dashboard with the names that it needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DashboardView {
    pub frame: Frame,
    pub dashboard: Dashboard,
    /// How many indicators stand how at the end of the quarter; nothing for those who may not read results.
    pub indicators: Option<Tally>,
}

/// The dashboard of a quarter, the current one if none is named; `None` while the network has no plan. For anybody:
/// what is counted is what the viewer may read.
#[server(prefix = "/rpc", endpoint = "dashboard", input = server_fn::codec::Json)]
pub async fn read_dashboard(#[server(default)] period: Option<Quarter>) -> Result<Option<DashboardView>, AppError> {
    use crate::domain::{accounts::Viewer, policy, results::rollup};
    use crate::server::{AppState, outage};
    use crate::store;
    let (state, viewer) = (expect_context::<AppState>(), expect_context::<Viewer>());
    let Some(board) = state.board().await.map_err(outage)? else { return Ok(None) };
    let plan = &board.frame.plan;
    let course = state.courses.up_to(&state.db, plan.id, board.revision).await.map_err(outage)?;
    let clock = state.config.clock;
    let today = clock.today(&plan.time_zone);
    let period = plan.quarter_near(period.unwrap_or_else(|| today.quarter()));
    let day_of = |at| clock.moment(at, &plan.time_zone).day;
    let dashboard = Dashboard::of(&board, &course, &viewer, today, period, day_of);
    let mut indicators = None;
    if policy::can_read_results(&viewer) {
        let mut conn = state.db.snapshot().await.map_err(outage)?;
        let results = store::results(&mut conn, plan.id).await.map_err(outage)?.seen_by(&viewer);
        let rows: Vec<_> = rollup::rows(&board.frame, &results, period).collect();
        indicators = Some(rollup::whole(&rows));
    }
    Ok(Some(DashboardView { frame: board.frame.clone(), dashboard, indicators }))
}

//! Commands about the framework, its indicators and their readings.

use super::text_id;
use crate::{
    domain::{
        accounts::Viewer,
        audit::{Action, Detail},
        change::{Change, Refusal},
        ids::PlanId,
        plan::Frame,
        results::{
            change::{Results, ResultsChange, decide as decide_results, looks_personal},
            command::ResultsCommand,
        },
    },
    store::{self, Conn, StoreError},
};

/// What happens, and what of it belongs into the audit.
pub type Decided = Result<(Change, Option<(Action, Detail)>), Refusal>;

/// Reads everything that is known of the plan's results, in a constant number of queries, and decides.
pub async fn decide(
    tx: &mut Conn,
    plan: PlanId,
    viewer: &Viewer,
    frame: &Frame,
    command: &ResultsCommand,
) -> Result<Decided, StoreError> {
    let results = store::results(tx, plan).await?;
    let item_exists = match command {
        ResultsCommand::Link { item, .. } => store::item_plan(tx, *item).await? == Some(plan),
        _ => false,
    };
    let change = match decide_results(viewer, frame, &results, command, item_exists, text_id) {
        Ok(change) => change,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let noted = (!looks_personal(&results, &change).is_empty()).then(|| {
        let reason = command.reason().map(|reason| reason.as_str().to_owned());
        let indicator = indicator_of(&results, &change);
        (Action::GuardOverridden, Detail { indicator, reason, ..Detail::default() })
    });
    Ok(Ok((Change::Results(Box::new(change)), noted)))
}

/// The code of the indicator that a change is about.
fn indicator_of(results: &Results, change: &ResultsChange) -> Option<String> {
    match change {
        ResultsChange::Indicator { indicator, .. } => Some(indicator.code.as_str().to_owned()),
        ResultsChange::Reading(reading) => {
            results.indicator(reading.indicator).map(|indicator| indicator.code.as_str().to_owned())
        }
        _ => None,
    }
}

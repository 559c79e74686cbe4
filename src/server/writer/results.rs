//! Commands about the framework, its indicators and their readings.

use super::text_id;
use crate::{
    domain::{
        accounts::Viewer,
        audit::{Action, Detail},
        change::{Change, Refusal},
        ids::{IndicatorId, PlanId},
        plan::Frame,
        results::{
            change::{Results, ResultsChange, decide as decide_results, looks_personal},
            command::{ResultsCommand, Subject},
            tree::Numbering,
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
    let noted = noted(frame, &results, command, &change);
    Ok(Ok((Change::Results(Box::new(change)), noted)))
}

/// That something was saved though it looks like personal data, and why; that wordings were withdrawn, and of what. Never
/// the text itself.
fn noted(
    frame: &Frame,
    results: &Results,
    command: &ResultsCommand,
    change: &ResultsChange,
) -> Option<(Action, Detail)> {
    if let ResultsChange::Withdrawn { subject } = change {
        return Some((Action::TextsWithdrawn, named(frame, results, *subject)));
    }
    (!looks_personal(results, change).is_empty()).then(|| {
        let reason = command.reason().map(|reason| reason.as_str().to_owned());
        let indicator = indicator_of(results, change);
        (Action::GuardOverridden, Detail { indicator, reason, ..Detail::default() })
    })
}

/// A subject by its code; a reading by that of its indicator.
fn named(frame: &Frame, results: &Results, subject: Subject) -> Detail {
    let code = |id: IndicatorId| results.indicator(id).map(|indicator| indicator.code.as_str().to_owned());
    match subject {
        Subject::Node(node) => {
            let objectives: Vec<_> = frame.objectives.iter().map(|objective| objective.id).collect();
            let result = Numbering::of(&results.framework, &objectives).node(node).map(|code| code.to_string());
            Detail { result, ..Detail::default() }
        }
        Subject::Indicator(indicator) => Detail { indicator: code(indicator), ..Detail::default() },
        Subject::Reading(reading) => {
            let reading = results.readings.iter().find(|known| known.id == reading);
            Detail { indicator: reading.and_then(|reading| code(reading.indicator)), ..Detail::default() }
        }
    }
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

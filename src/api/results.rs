//! The logical framework with what the viewer may know of its readings.

use super::AppError;
use crate::domain::{
    accounts::Viewer,
    day::Quarter,
    ids::{IndicatorId, ItemId, NodeId},
    plan::Frame,
    results::{change::Results, code::Code, command::ResultsCommand, goals::Moved},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The results of the plan as one viewer may see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultsView {
    pub frame: Frame,
    /// Readings that are not approved only of indicators that the viewer may write.
    pub results: Results,
    /// Action items that the viewer may read and that serve an output, under each in their order. The framework itself
    /// says nothing of items.
    pub activities: Vec<Activity>,
    /// The quarter that the page is about.
    pub period: Quarter,
}

impl ResultsView {
    /// Shows what a command will do, if it may. `item` answers number and title of an action item.
    pub fn anticipate(
        &mut self,
        viewer: &Viewer,
        command: &ResultsCommand,
        item: impl FnOnce(ItemId) -> Option<(i64, String)>,
    ) {
        match command {
            ResultsCommand::Link { item: id, output } => {
                let known = item(*id).filter(|(number, _)| !self.has_activity(*output, *number));
                let activity = |(number, title)| Activity { output: *output, code: None, number, title };
                self.activities.extend(known.map(activity));
            }
            ResultsCommand::Unlink { item: id, output } => {
                let number = item(*id).map(|known| known.0);
                self.activities.retain(|known| known.output != *output || Some(known.number) != number);
            }
            _ => self.results.anticipate(viewer, &self.frame, command),
        }
    }

    fn has_activity(&self, output: NodeId, number: i64) -> bool {
        self.activities.iter().any(|activity| activity.output == output && activity.number == number)
    }
}

/// An action item as an activity of an output.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    pub output: NodeId,
    /// By its first output.
    pub code: Option<Code>,
    pub number: i64,
    pub title: String,
}

/// The results up to a quarter; `None` asks for the current one. For partners, coordinators and the donor.
#[server(prefix = "/rpc", endpoint = "results", input = server_fn::codec::Json)]
pub async fn read_results(#[server(default)] period: Option<Quarter>) -> Result<ResultsView, AppError> {
    use crate::domain::{
        change::Refusal,
        policy,
        results::tree::{Level, Numbering},
    };
    use crate::server::{AppState, outage};
    let (state, viewer) = (expect_context::<AppState>(), expect_context::<Viewer>());
    viewer.member().ok_or(AppError::SignedOut)?;
    policy::can_read_results(&viewer).then_some(()).ok_or(Refusal::Forbidden)?;
    let board = state.board().await.map_err(outage)?.ok_or(Refusal::NotFound)?;
    let mut results = state.results_of(&board, &viewer).await.map_err(outage)?;
    let today = state.config.clock.today(&board.frame.plan.time_zone);
    let objectives: Vec<_> = board.frame.objectives.iter().map(|objective| objective.id).collect();
    let numbers = Numbering::of(&results.framework, &objectives);
    let outputs = results.framework.nodes.iter().filter(|node| node.level == Level::Output).map(|node| node.id);
    let linked =
        outputs.flat_map(|output| results.framework.items_of(output).into_iter().map(move |item| (output, item)));
    let activities = linked.filter_map(|(output, item)| {
        let card = board.card(item).filter(|card| policy::can_read_item(&viewer, card.rights()))?;
        Some(Activity { output, code: numbers.item(item), number: card.number, title: card.title.clone() })
    });
    let activities = activities.collect();
    results.framework.links.clear();
    let period = board.frame.plan.quarter_near(period.unwrap_or_else(|| today.quarter()));
    Ok(ResultsView { frame: board.frame.clone(), results, activities, period })
}

/// The goals of an indicator that moved, oldest first, each with why. For those who may see small counts, since a baseline of
/// people is one.
#[server(prefix = "/rpc", endpoint = "goals", input = server_fn::codec::Json)]
pub async fn read_goals(indicator: IndicatorId) -> Result<Vec<Moved>, AppError> {
    use crate::domain::{change::Refusal, policy};
    use crate::server::{AppState, outage};
    use crate::store;
    let (state, viewer) = (expect_context::<AppState>(), expect_context::<Viewer>());
    viewer.member().ok_or(AppError::SignedOut)?;
    policy::can_see_small_counts(&viewer).then_some(()).ok_or(Refusal::Forbidden)?;
    let board = state.board().await.map_err(outage)?.ok_or(Refusal::NotFound)?;
    let mut conn = state.db.snapshot().await.map_err(outage)?;
    let plan = &board.frame.plan;
    let days = state.config.clock.days(&plan.time_zone);
    let day_of = |at| days.of(at);
    Ok(store::moved_goals(&mut conn, plan.id, indicator, day_of).await.map_err(outage)?)
}

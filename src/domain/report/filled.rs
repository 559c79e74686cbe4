//! What the plan itself knows of a quarter: its activities as they stood at the end, and what comes next.

use crate::domain::{
    accounts::Viewer,
    board::{Board, Card},
    dashboard::{Figures, course::Course},
    day::{Day, Quarter},
    ids::{ItemId, NodeId, ObjectiveId, OrgId, StatusId},
    measure::Measure,
    policy::can_read_item,
    results::{
        change::Results,
        code::Code,
        rollup,
        state::State,
        tree::{Level, Numbering},
    },
};
use serde::{Deserialize, Serialize};
use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
};

/// How many quarters ahead the updated plan goes.
pub const AHEAD: i32 = 2;

/// The parts of a report that nobody writes, as far as one viewer may know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filled {
    /// At the end of the quarter, or today if it is not over.
    pub figures: Figures,
    /// The framework with what counts up to the quarter's end; nothing for those who may not read results.
    pub results: Option<Results>,
    pub lights: Option<rollup::Tally>,
    pub activities: Vec<Activity>,
    pub ahead: Vec<Planned>,
}

/// An action item as an activity, at the end of the quarter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// The output that it serves; once for each, and with none for what serves none.
    pub output: Option<NodeId>,
    /// By its first output.
    pub code: Option<Code>,
    pub number: i64,
    pub title: String,
    pub objective: ObjectiveId,
    pub status: StatusId,
    pub due: Option<Day>,
    pub slip: Option<Slip>,
    /// What it came to, as the item itself says now.
    pub measure: Option<Measure>,
}

/// What moved late.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Slip {
    /// So many days past its due day, and not done.
    Late(i32),
    /// Done so many days after its due day.
    DoneLate(i32),
}

/// What is to be done next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    pub number: i64,
    pub title: String,
    pub objective: ObjectiveId,
    pub lead: OrgId,
    pub status: StatusId,
    pub due: Day,
    /// By so many days, at the end of the quarter; 0 if it is not late.
    pub late: i32,
}

/// What is taken out of results for a report: approved readings up to the quarter alone, whoever reads it.
pub fn up_to(mut results: Results, period: Quarter) -> Results {
    results.readings.retain(|reading| reading.state == State::Approved && reading.period <= period);
    results
}

/// The plan at the end of a day. `day_of` says on which day of the plan's time zone an instant was, in milliseconds
/// since 1970, UTC.
pub struct Past<'a, F> {
    pub board: &'a Board,
    pub course: &'a Course,
    pub viewer: &'a Viewer,
    pub day: Day,
    pub day_of: F,
}

impl<F: Fn(i64) -> Day + Copy> Past<'_, F> {
    /// What the viewer may read and nobody has put away.
    fn cards(&self) -> impl Iterator<Item = &Card> {
        let cards = self.board.cards().map(AsRef::as_ref);
        cards.filter(|card: &&Card| !card.archived && can_read_item(self.viewer, card.rights()))
    }

    /// Below each output in its order, then what serves none; without results all of it serves none.
    pub fn activities(&self, results: Option<&Results>) -> Vec<Activity> {
        let objectives: Vec<ObjectiveId> = self.board.frame.objectives.iter().map(|objective| objective.id).collect();
        let framework = results.map(|results| &results.framework);
        let numbers = framework.map(|framework| Numbering::of(framework, &objectives));
        let outputs = framework.into_iter().flat_map(|framework| {
            let outputs = framework.nodes.iter().filter(|node| node.level == Level::Output);
            outputs.flat_map(|node| framework.items_of(node.id).into_iter().map(move |item| (node.id, item)))
        });
        let linked: Vec<(NodeId, ItemId)> = outputs.collect();
        let serving: HashSet<ItemId> = linked.iter().map(|link| link.1).collect();
        let cards: HashMap<ItemId, &Card> = self.cards().map(|card| (card.id, card)).collect();
        let code = |item: ItemId| numbers.as_ref().and_then(|numbers| numbers.item(item));
        let served = linked.iter().filter_map(|(output, item)| {
            let card = cards.get(item)?;
            self.activity(card, Some(*output), code(*item))
        });
        let mut free: Vec<&Card> = self.cards().filter(|card| !serving.contains(&card.id)).collect();
        free.sort_by_key(|card| card.number);
        served.chain(free.into_iter().filter_map(|card| self.activity(card, None, None))).collect()
    }

    /// Nothing for what there was not yet.
    fn activity(&self, card: &Card, output: Option<NodeId>, code: Option<Code>) -> Option<Activity> {
        let status = self.course.status_on(card.id, self.day, self.day_of)?;
        let Card { number, ref title, ref facts, .. } = *card;
        let slip = self.slip(card, status);
        let (title, objective, due, measure) = (title.clone(), facts.objective, facts.due, facts.measure.clone());
        Some(Activity { output, code, number, title, objective, status, due, slip, measure })
    }

    fn slip(&self, card: &Card, status: StatusId) -> Option<Slip> {
        let due = card.facts.due?;
        let is_done = |status| self.board.frame.is_done(status);
        if !is_done(status) {
            return Some(due.days_until(self.day)).filter(|days| *days > 0).map(Slip::Late);
        }
        let since = self.course.done_since(card.id, |at| (self.day_of)(at) <= self.day, is_done)?;
        Some(due.days_until((self.day_of)(since))).filter(|days| *days > 0).map(Slip::DoneLate)
    }

    /// What was not done at the end of the day and is due within [`AHEAD`] quarters after `period`, or late: the latest
    /// first. What was planned only later belongs to it, too.
    pub fn ahead(&self, period: Quarter) -> Vec<Planned> {
        let until = period.plus(AHEAD).last_day();
        let planned = self.cards().filter_map(|card| {
            let status = self.course.status_on(card.id, self.day, self.day_of).unwrap_or(card.status);
            let due = card.facts.due.filter(|due| *due <= until && !self.board.frame.is_done(status))?;
            let late = due.days_until(self.day).max(0);
            let Card { number, ref title, ref facts, .. } = *card;
            let (title, objective, lead) = (title.clone(), facts.objective, facts.lead);
            Some(Planned { number, title, objective, lead, status, due, late })
        });
        let mut planned: Vec<Planned> = planned.collect();
        planned.sort_by_key(|it| (Reverse(it.late), it.due, it.number));
        planned
    }
}

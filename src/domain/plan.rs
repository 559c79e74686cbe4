//! The plan: its period, its objectives, and the statuses that its items go through.

use super::{
    accounts::Organisation,
    day::{Day, Quarter},
    ids::{ObjectiveId, OrgId, PlanId, StatusId},
};
use serde::{Deserialize, Serialize};

/// A plan's own facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    pub id: PlanId,
    pub title: String,
    pub starts: Day,
    pub ends: Day,
    /// IANA name; "today" is the day there.
    pub time_zone: String,
}

impl Plan {
    /// Its quarters, in order.
    pub fn quarters(&self) -> impl Iterator<Item = Quarter> {
        let (first, last) = (self.starts.quarter(), self.ends.quarter());
        (0..=first.until(last).max(0)).map(move |n| first.plus(n))
    }

    /// The quarter of the plan that is nearest to another.
    pub fn quarter_near(&self, quarter: Quarter) -> Quarter {
        quarter.clamp(self.starts.quarter(), self.ends.quarter().max(self.starts.quarter()))
    }
}

/// An objective (an outcome of the logical framework).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objective {
    pub id: ObjectiveId,
    /// "O1".
    pub code: String,
    pub title: String,
    pub mark: Mark,
}

/// How an objective is told apart: a colour token and a shape, so that colour never stands alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    Circle,
    Triangle,
    Square,
    Diamond,
    Star,
}

impl Mark {
    pub const ALL: [Mark; 5] = [Mark::Circle, Mark::Triangle, Mark::Square, Mark::Diamond, Mark::Star];

    /// The name of shape and colour token.
    pub fn name(self) -> &'static str {
        match self {
            Self::Circle => "circle",
            Self::Triangle => "triangle",
            Self::Square => "square",
            Self::Diamond => "diamond",
            Self::Star => "star",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mark| mark.name() == name)
    }
}

/// What a status means to the figures, whatever it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatusKind {
    Planned,
    InProgress,
    Done,
}

/// A status: a column of the board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    pub id: StatusId,
    /// Its word in addresses: "in-progress". Unique within the plan.
    pub slug: String,
    /// A name of the network's own; `None` shows the kind's name in the reader's language.
    pub name: Option<String>,
    pub kind: StatusKind,
    /// How many items it should hold at most; told, never enforced.
    pub limit: Option<u32>,
}

/// What the whole board shares: the plan with its objectives, statuses in order, and the organisations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    pub plan: Plan,
    pub objectives: Vec<Objective>,
    pub statuses: Vec<Status>,
    pub organisations: Vec<Organisation>,
}

impl Frame {
    pub fn objective(&self, id: ObjectiveId) -> Option<&Objective> {
        self.objectives.iter().find(|objective| objective.id == id)
    }

    pub fn status(&self, id: StatusId) -> Option<&Status> {
        self.statuses.iter().find(|status| status.id == id)
    }

    pub fn organisation(&self, id: OrgId) -> Option<&Organisation> {
        self.organisations.iter().find(|organisation| organisation.id == id)
    }

    /// Replaces an organisation, or adds it behind all others.
    pub fn put_organisation(&mut self, org: Organisation) {
        match self.organisations.iter_mut().find(|known| known.id == org.id) {
            Some(known) => *known = org,
            None => self.organisations.push(org),
        }
    }

    /// Those who may lead an item or take part in it.
    pub fn partners(&self) -> impl Iterator<Item = &Organisation> {
        self.organisations.iter().filter(|org| org.kind == super::accounts::OrgKind::Partner)
    }

    pub fn is_done(&self, id: StatusId) -> bool {
        self.status(id).is_some_and(|status| status.kind == StatusKind::Done)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_plan_has_its_quarters_and_no_others() {
        let day = |text: &str| Day::parse(text).unwrap();
        let (starts, ends) = (day("2019-02-01"), day("2019-10-31"));
        let plan = Plan { id: PlanId(Uuid::nil()), title: String::new(), starts, ends, time_zone: String::new() };
        let quarters: Vec<String> = plan.quarters().map(|quarter| quarter.to_string()).collect();
        assert_eq!(quarters, ["2019Q1", "2019Q2", "2019Q3", "2019Q4"]);
        let near = |quarter: Quarter| plan.quarter_near(quarter).to_string();
        assert_eq!([near(Quarter::new(2018, 1)), near(Quarter::new(2030, 1))], ["2019Q1", "2019Q4"]);
    }
}

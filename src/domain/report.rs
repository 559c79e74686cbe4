//! The report of a quarter, in the order of the EU's interim narrative report: what coordinators write, one version a
//! saving, around what the plan itself knows.

pub mod draft;
pub mod filled;

use self::filled::Filled;
use super::{
    day::{Day, Quarter},
    plan::{Frame, Plan},
};
use serde::{Deserialize, Serialize};

/// A section that people write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    Description,
    Summary,
    /// Why activities changed.
    Reasons,
    Challenges,
    /// With visibility.
    Sustainability,
    /// Partners and cooperation.
    Cooperation,
}

impl Section {
    /// In their order.
    pub const ALL: [Section; 6] =
        [Self::Description, Self::Summary, Self::Reasons, Self::Challenges, Self::Sustainability, Self::Cooperation];

    /// Its word in forms, addresses and the database.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Description => "description",
            Self::Summary => "summary",
            Self::Reasons => "reasons",
            Self::Challenges => "challenges",
            Self::Sustainability => "sustainability",
            Self::Cooperation => "cooperation",
        }
    }

    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.slug() == slug)
    }
}

/// A saved version, as a list names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// 1 for the first of a quarter.
    pub number: i64,
    /// In the plan's time zone.
    pub day: Day,
    /// Donors and observers read no other.
    pub handed_over: bool,
    /// Who saved it, for those who may know.
    pub by: Option<String>,
}

/// What a section says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionText {
    pub section: Section,
    /// As it was typed.
    pub body: String,
    /// The same as safe HTML.
    pub html: String,
}

/// The report of a quarter as one viewer may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    pub frame: Frame,
    pub period: Quarter,
    pub today: Day,
    /// Those that the viewer may read, the newest first.
    pub versions: Vec<Version>,
    /// The one whose words are shown; none while there is none.
    pub shown: Option<i64>,
    pub texts: Vec<SectionText>,
    /// Nothing for those who wait for a version to be handed over.
    pub filled: Option<Filled>,
}

impl Report {
    /// The number of the newest version; 0 before there is any.
    pub fn newest(&self) -> i64 {
        self.versions.first().map_or(0, |version| version.number)
    }

    /// Whether nothing newer than what is shown is known to the viewer.
    pub fn shows_newest(&self) -> bool {
        self.shown.unwrap_or(0) == self.newest()
    }
}

/// The quarter that a report is about if nobody names one: the one that is over last, or the present one if the plan
/// began in it; of a plan that is over its last.
pub fn usual_period(plan: &Plan, today: Day) -> Quarter {
    plan.quarter_near(today.quarter().plus(-1))
}

/// The day at whose end a quarter is told: its last, or today if it is not over.
pub fn told_on(period: Quarter, today: Day) -> Day {
    period.last_day().min(today)
}

#[cfg(test)]
mod tests;

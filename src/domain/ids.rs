//! Identifiers. Made by whoever creates a thing (UUIDv7, so that they sort by age), never reused.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                text.parse().map(Self)
            }
        }
    )*};
}

ids! {
    /// An indicator of the framework.
    IndicatorId,
    /// An action item of a plan.
    ItemId,
    /// A member: one person's account.
    MemberId,
    /// A result of the framework: impact, outcome or output.
    NodeId,
    /// An objective of a plan.
    ObjectiveId,
    /// One attempt to change a plan. A retry carries the same one, and takes effect once.
    OpId,
    /// An organisation: partner, donor or institution.
    OrgId,
    /// A plan: the joint document of one period.
    PlanId,
    /// A reading of an indicator for one period.
    ReadingId,
    /// A version of a report.
    ReportId,
    /// A status, which is a column of the board.
    StatusId,
    /// One version of one text. Changes point to it, so that it can be withdrawn everywhere at once.
    TextId,
}

/// The count of changes a plan has seen: 1 for the first. Gapless within a plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Revision(pub i64);

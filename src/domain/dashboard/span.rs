//! What the figures of a dashboard are about: a quarter, or the plan from its first day.

use crate::domain::{
    day::{Day, Quarter},
    fields::FieldError,
    plan::Plan,
};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Span {
    Quarter(Quarter),
    Plan,
}

/// The plan's word; quarters go by theirs.
const PLAN: &str = "plan";

impl Span {
    /// The same within the part of a plan that has begun.
    pub fn within(self, plan: &Plan, today: Day) -> Self {
        match self {
            Self::Quarter(quarter) => Self::Quarter(plan.quarter_near(quarter.min(today.quarter()))),
            Self::Plan => Self::Plan,
        }
    }

    /// What a dashboard can be about today: each quarter that has begun, at least the first, and the plan.
    pub fn offered(plan: &Plan, today: Day) -> impl Iterator<Item = Self> {
        let begun = plan.quarters().take_while(move |quarter| *quarter <= today.quarter());
        let first = plan.quarters().take(1).filter(move |quarter| *quarter > today.quarter());
        begun.chain(first).map(Self::Quarter).chain([Self::Plan])
    }

    /// The quarter at whose end things are looked at; of the plan the one in which today is, or its last.
    pub fn quarter(self, plan: &Plan, today: Day) -> Quarter {
        match self {
            Self::Quarter(quarter) => quarter,
            Self::Plan => plan.quarter_near(today.quarter()),
        }
    }

    pub fn first_day(self, plan: &Plan) -> Day {
        match self {
            Self::Quarter(quarter) => quarter.first_day(),
            Self::Plan => plan.starts,
        }
    }

    /// The quarter before, with which it is compared; nothing for the plan and for its first quarter.
    pub fn before(self, plan: &Plan) -> Option<Quarter> {
        match self {
            Self::Quarter(quarter) => Some(quarter.plus(-1)).filter(|before| plan.quarters().any(|it| it == *before)),
            Self::Plan => None,
        }
    }
}

/// As addresses write it: "2026Q4", "plan".
impl fmt::Display for Span {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Quarter(quarter) => quarter.fmt(out),
            Self::Plan => out.write_str(PLAN),
        }
    }
}

impl FromStr for Span {
    type Err = FieldError;

    fn from_str(text: &str) -> Result<Self, FieldError> {
        if text == PLAN { Ok(Self::Plan) } else { text.parse().map(Self::Quarter) }
    }
}

impl TryFrom<String> for Span {
    type Error = FieldError;

    fn try_from(text: String) -> Result<Self, FieldError> {
        text.parse()
    }
}

impl From<Span> for String {
    fn from(span: Span) -> Self {
        span.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_written_as_addresses_write_it() {
        for span in [Span::Quarter(Quarter::new(2026, 4)), Span::Plan] {
            assert_eq!(span.to_string().parse::<Span>().unwrap(), span);
            assert_eq!(serde_json::from_str::<Span>(&format!("\"{span}\"")).unwrap(), span);
        }
        assert!("2026".parse::<Span>().is_err());
    }
}

//! Readings: what was found for a period, and what shows it.

use super::{
    breakdown::{Completeness, completeness},
    indicator::Indicator,
    state::State,
    value::{Figure, Value},
};
use crate::domain::{
    day::Quarter,
    fields::{Field, FieldError, Problem},
    ids::{IndicatorId, ReadingId},
    text::{Category, Citation, DimensionName, Reason, Text, is_invisible},
};
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A reading of an indicator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    pub id: ReadingId,
    pub indicator: IndicatorId,
    /// The quarter; of a half-year or year its last one.
    pub period: Quarter,
    pub value: Value,
    /// The same value by category. A category that is not named has no data, which is not 0.
    pub shares: Vec<Share>,
    pub narrative: Text,
    pub evidence: Vec<Evidence>,
    pub state: State,
    /// Why it was returned or reopened last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Reason>,
}

/// The part of a value that falls to one category.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    pub dimension: DimensionName,
    pub category: Category,
    pub value: Value,
}

/// What shows that a reading is so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    Citation(Citation),
    Link(Link),
}

/// The address of a page that a browser opens over an encrypted connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Link(String);

impl Link {
    /// The most bytes that it holds.
    pub const MAX: usize = 2_000;

    pub fn parse(text: &str) -> Result<Self, FieldError> {
        let text = text.trim();
        let breaks_out = |c: char| is_invisible(c) || c.is_control() || "\"'<>\\`".contains(c);
        let host = text.strip_prefix("https://").and_then(|rest| rest.split(['/', '?', '#']).next());
        // Who is named before an @ is a stranger to most readers, who would take it for the host.
        let good = host.is_some_and(|host| host.contains('.') && !host.contains('@')) && !text.contains(breaks_out);
        match text.len() {
            0 => Err(FieldError::new(Field::Evidence, Problem::Missing)),
            n if n > Self::MAX => Err(FieldError::new(Field::Evidence, Problem::TooLong { max: Self::MAX })),
            _ if !good => Err(FieldError::new(Field::Evidence, Problem::NotAnAddress)),
            _ => Ok(Self(text.to_owned())),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Link {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(input)?).map_err(FieldError::into_serde)
    }
}

/// What is wrong with a value and its shares for an indicator.
pub fn check(indicator: &Indicator, value: &Value, shares: &[Share]) -> Vec<FieldError> {
    let kind = indicator.scale.kind();
    let is_known = |share: &Share| {
        let dimension = indicator.dimension(&share.dimension);
        dimension.is_some_and(|dimension| dimension.categories().contains(&share.category))
    };
    let names: BTreeSet<(&str, &str)> =
        shares.iter().map(|share| (share.dimension.as_str(), share.category.as_str())).collect();
    let exceeds = indicator.dimensions.iter().any(|dimension| {
        let parts =
            shares.iter().filter(|share| share.dimension == *dimension.name()).map(|share| (&share.value).into());
        let completeness = completeness(indicator.scale.accumulation(), &value.into(), &parts.collect::<Vec<Figure>>());
        matches!(completeness, Completeness::Exceeds { .. })
    });
    let rules = [
        (value.kind() != kind, Field::Value, Problem::WrongKind),
        (shares.iter().any(|share| share.value.kind() != kind), Field::Category, Problem::WrongKind),
        (!shares.iter().all(is_known), Field::Category, Problem::Unknown),
        (names.len() < shares.len(), Field::Category, Problem::Twice),
        (exceeds, Field::Category, Problem::MoreThanWhole),
    ];
    rules.into_iter().filter(|rule| rule.0).map(|(_, field, problem)| FieldError::new(field, problem)).collect()
}

/// The readings of an indicator that count up to a period, in order: approved, of its kind, one a period. Should there
/// be two for a period, the one that was made last counts.
pub fn counted<'a>(
    indicator: &Indicator,
    readings: impl IntoIterator<Item = &'a Reading>,
    up_to: Quarter,
) -> BTreeMap<Quarter, &'a Reading> {
    let mut counted: BTreeMap<Quarter, &Reading> = BTreeMap::new();
    for reading in readings {
        let is_own = reading.indicator == indicator.id && reading.value.kind() == indicator.scale.kind();
        if !is_own || reading.state != State::Approved || reading.period > up_to {
            continue;
        }
        let known = counted.entry(reading.period).or_insert(reading);
        if reading.id > known.id {
            *known = reading;
        }
    }
    counted
}

#[cfg(test)]
mod tests;

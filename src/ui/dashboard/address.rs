//! The address of the dashboard: which quarter it is about, or the whole plan, and what the map is shaded by.

use crate::domain::{dashboard::span::Span, preview::Preview};
use leptos_router::params::ParamsMap;

pub const PATH: &str = "/dashboard";

/// What an address names, if it names a quarter or the plan.
pub fn period(query: &ParamsMap) -> Option<Span> {
    query.get("period").and_then(|period| period.parse().ok())
}

/// What countries are shaded by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Measure {
    #[default]
    Done,
    Late,
}

impl Measure {
    pub const ALL: [Measure; 2] = [Self::Done, Self::Late];

    /// Its word in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Late => "late",
        }
    }

    /// What an address names; whatever else it says is the default.
    pub fn read(query: &ParamsMap) -> Self {
        let named = query.get("measure");
        Self::ALL.into_iter().find(|measure| named.as_deref() == Some(measure.word())).unwrap_or_default()
    }
}

pub fn of(period: Span, measure: Measure, seen_as: Option<Preview>) -> String {
    format!("{PATH}?{}", query(period, measure, seen_as))
}

/// What follows the path, also of the dashboard's files.
pub fn query(period: Span, measure: Measure, seen_as: Option<Preview>) -> String {
    let eyes = seen_as.map(|preview| format!("&as={}", preview.word())).unwrap_or_default();
    format!("period={period}&measure={}{eyes}", measure.word())
}

/// Whose eyes an address names.
pub fn seen_as(query: &ParamsMap) -> Option<Preview> {
    query.get("as").and_then(|word| Preview::read(&word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::day::Quarter;

    #[test]
    fn an_address_names_quarter_and_measure() {
        let quarter = Span::Quarter(Quarter::new(2026, 4));
        assert_eq!(of(quarter, Measure::Late, None), "/dashboard?period=2026Q4&measure=late");
        assert_eq!(of(quarter, Measure::Late, Some(Preview::Donor)), "/dashboard?period=2026Q4&measure=late&as=donor");
        let query: ParamsMap = [("period", "2026Q4".to_owned()), ("measure", "late".to_owned())].into_iter().collect();
        assert_eq!((period(&query), Measure::read(&query)), (Some(quarter), Measure::Late));
        assert_eq!((period(&ParamsMap::new()), Measure::read(&ParamsMap::new())), (None, Measure::Done));
    }
}

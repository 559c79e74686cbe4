//! The address of the dashboard: which quarter it is about, and what the map is shaded by.

use crate::domain::day::Quarter;
use leptos_router::params::ParamsMap;

pub const PATH: &str = "/dashboard";

/// The quarter that an address names, if it names one.
pub fn period(query: &ParamsMap) -> Option<Quarter> {
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
    fn word(self) -> &'static str {
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

pub fn of(period: Quarter, measure: Measure) -> String {
    format!("{PATH}?period={period}&measure={}", measure.word())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_quarter_and_measure() {
        let address = of(Quarter::new(2026, 4), Measure::Late);
        assert_eq!(address, "/dashboard?period=2026Q4&measure=late");
        let query: ParamsMap = [("period", "2026Q4".to_owned()), ("measure", "late".to_owned())].into_iter().collect();
        assert_eq!((period(&query), Measure::read(&query)), (Some(Quarter::new(2026, 4)), Measure::Late));
        assert_eq!((period(&ParamsMap::new()), Measure::read(&ParamsMap::new())), (None, Measure::Done));
    }
}

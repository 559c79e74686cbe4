//! The addresses of the results: which quarter they are about.

use crate::domain::{
    day::Quarter,
    ids::{IndicatorId, NodeId},
};
use leptos_router::params::ParamsMap;

pub const FRAMEWORK: &str = "/results";
pub const READINGS: &str = "/results/readings";

/// The quarter that an address names, if it names one.
pub fn read(query: &ParamsMap) -> Option<Quarter> {
    query.get("period").and_then(|period| period.parse().ok())
}

pub fn of(page: &str, period: Quarter) -> String {
    format!("{page}?period={period}")
}

/// Where the framework is built.
pub const TREE: &str = "/results/framework";
pub const NEW_NODE: &str = "/results/nodes/new";

pub fn new_node(parent: NodeId) -> String {
    format!("{NEW_NODE}?parent={parent}")
}

pub fn node(node: NodeId) -> String {
    format!("/results/nodes/{node}")
}

pub fn new_indicator(node: NodeId) -> String {
    format!("/results/indicators/new?node={node}")
}

pub fn indicator(indicator: IndicatorId) -> String {
    format!("/results/indicators/{indicator}")
}

pub const OVERVIEW: &str = "/results/overview";

/// By what the overview counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    #[default]
    Objective,
    Partner,
    Country,
    Period,
}

impl By {
    pub const ALL: [By; 4] = [Self::Objective, Self::Partner, Self::Country, Self::Period];

    /// Its word in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Objective => "objective",
            Self::Partner => "partner",
            Self::Country => "country",
            Self::Period => "period",
        }
    }

    /// What an address names; whatever else it says is the default.
    pub fn read(query: &ParamsMap) -> Self {
        let named = query.get("by");
        Self::ALL.into_iter().find(|by| named.as_deref() == Some(by.word())).unwrap_or_default()
    }
}

pub fn overview(period: Quarter, by: By) -> String {
    format!("{}&by={}", of(OVERVIEW, period), by.word())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_what_is_counted_by() {
        let read = |word: &str| By::read(&[("by", word.to_owned())].into_iter().collect());
        assert_eq!(By::ALL.map(|by| read(by.word())), By::ALL);
        assert_eq!(["", "partners", "Partner"].map(read), [By::Objective; 3]);
        assert_eq!(By::read(&ParamsMap::new()), By::Objective);
        assert_eq!(overview(Quarter::new(2026, 4), By::Country), "/results/overview?period=2026Q4&by=country");
    }
}

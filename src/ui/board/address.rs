//! The address of the board: its filter is in it, so that a view can be passed on.

use crate::domain::filter::Filter;
use leptos_router::params::ParamsMap;

/// The board's own path; an item's page lies over it, at a path below.
pub const PATH: &str = "/board";

/// The address of the board through a filter.
pub fn address(filter: &Filter) -> String {
    let params: ParamsMap = filter.to_query().into_iter().collect();
    format!("{PATH}{}", params.to_query_string())
}

/// The filter that an address asks for. What it cannot mean is left out.
pub fn read(query: &ParamsMap) -> Filter {
    Filter::from_query(query.latest_values().map(|(name, value)| (name.as_ref(), value)))
}

//! The addresses of the results: which quarter they are about.

use crate::domain::day::Quarter;
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

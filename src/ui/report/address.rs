//! The addresses of reports: which quarter, and which version.

use crate::domain::day::Quarter;
use leptos_router::params::ParamsMap;

pub const PATH: &str = "/report";

/// The quarter that an address names, if it names one.
pub fn period(query: &ParamsMap) -> Option<Quarter> {
    query.get("period").and_then(|period| period.parse().ok())
}

/// The version that it names.
pub fn version(query: &ParamsMap) -> Option<i64> {
    query.get("version").and_then(|version| version.parse().ok())
}

pub fn of(period: Quarter) -> String {
    format!("{PATH}?period={period}")
}

pub fn of_version(period: Quarter, version: i64) -> String {
    format!("{}&version={version}", of(period))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_quarter_and_version() {
        let quarter = Quarter::new(2026, 4);
        assert_eq!(of_version(quarter, 3), "/report?period=2026Q4&version=3");
        let query: ParamsMap = [("period", "2026Q4".to_owned()), ("version", "3".to_owned())].into_iter().collect();
        assert_eq!((period(&query), version(&query)), (Some(quarter), Some(3)));
        let query: ParamsMap = [("period", "x".to_owned()), ("version", "x".to_owned())].into_iter().collect();
        assert_eq!((period(&query), version(&query)), (None, None));
    }
}

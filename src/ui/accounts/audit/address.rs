//! The addresses of the audit log: what is asked for stands in them, so that a view can be passed on.

use crate::domain::audit::{Action, AuditFilter};
use leptos_router::params::ParamsMap;

/// The page's own path.
pub const PATH: &str = "/audit";

/// The path of the file.
pub const FILE_PATH: &str = "/export/audit.csv";

/// The last page that an address can ask for: more lines no network writes.
const LAST: usize = 1_000_000;

/// What an address asks for. What it cannot mean is left out.
pub fn read(query: &ParamsMap) -> AuditFilter {
    let page = query.get_str("page").and_then(|page| page.parse::<usize>().ok());
    AuditFilter {
        action: query.get_str("action").and_then(Action::from_word),
        member: query.get_str("member").and_then(|member| member.parse().ok()),
        page: page.filter(|page| *page <= LAST).unwrap_or_default(),
    }
}

/// The address of a page of the log.
pub fn address(filter: &AuditFilter) -> String {
    format!("{PATH}{}", query(filter))
}

/// The address of the file, which holds the lines of all pages.
pub fn file_address(filter: &AuditFilter) -> String {
    format!("{FILE_PATH}{}", query(&AuditFilter { page: 0, ..filter.clone() }))
}

/// Words, ids and numbers need no escaping.
fn query(filter: &AuditFilter) -> String {
    let named = [
        ("action", filter.action.map(Action::word)),
        ("member", filter.member.map(|member| member.to_string())),
        ("page", (filter.page > 0).then(|| filter.page.to_string())),
    ];
    let pairs: Vec<String> = named.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", value?))).collect();
    if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::MemberId;
    use uuid::Uuid;

    #[test]
    fn an_address_brings_back_what_was_asked() {
        let member = MemberId(Uuid::from_u128(7));
        let filter = AuditFilter { action: Some(Action::SignInFailed), member: Some(member), page: 2 };
        assert_eq!(address(&filter), format!("/audit?action=sign_in_failed&member={member}&page=2"));
        assert_eq!(file_address(&filter), format!("/export/audit.csv?action=sign_in_failed&member={member}"));
        assert_eq!(address(&AuditFilter::default()), "/audit");
    }

    #[test]
    fn what_an_address_cannot_mean_is_left_out() {
        for (name, value) in [("action", "dance"), ("member", "7"), ("page", "-1"), ("page", "1000001"), ("x", "1")] {
            let query: ParamsMap = [(name, value)].into_iter().collect();
            assert_eq!(read(&query), AuditFilter::default(), "{name}={value}");
        }
        let query: ParamsMap = [("action", "signed_in"), ("page", "3")].into_iter().collect();
        assert_eq!(read(&query), AuditFilter { action: Some(Action::SignedIn), member: None, page: 3 });
    }
}

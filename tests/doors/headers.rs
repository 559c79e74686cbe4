//! What each answer forbids the browser, whatever its status, and what no cache may keep.

use super::{
    routes,
    visit::{Browser, DAY_MS, Stage, begin_second_factor, confirm_second_factor},
};
use crate::support::server::{Answer, COORDINATOR, DONOR, Server};
use act_board::{domain::accounts::Role, server::demo::PASSWORD};
use serde_json::json;
use std::{collections::BTreeSet, net::SocketAddr};

/// The headers that say the same in every answer.
const ALWAYS: [(&str, &str); 5] = [
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

fn header<'a>(answer: &'a Answer, name: &str) -> &'a str {
    answer.headers.get(name).map_or("", String::as_str)
}

/// What is wrong with the headers of an answer.
fn faults(answer: &Answer, is_secure: bool) -> Vec<String> {
    let mut faults = Vec::new();
    let mut check = |name: &str, is_right: bool| {
        if !is_right {
            faults.push(format!("{name}: {:?}", header(answer, name)));
        }
    };
    for (name, value) in ALWAYS {
        check(name, header(answer, name) == value);
    }
    let policy = header(answer, "content-security-policy");
    let forbids = |part: &str| policy.split(';').any(|directive| directive.trim() == part);
    let is_loose = ["'unsafe-inline'", "'unsafe-eval'", "*", "data:"].iter().any(|word| policy.contains(word));
    let is_strict = forbids("default-src 'none'") && forbids("frame-ancestors 'none'") && !is_loose;
    check("content-security-policy", is_strict);
    let permissions = header(answer, "permissions-policy");
    check(
        "permissions-policy",
        ["camera=()", "microphone=()", "geolocation=()"].iter().all(|no| permissions.contains(no)),
    );
    let cache = header(answer, "cache-control");
    check("cache-control", cache.contains("private") || cache.contains("no-store"));
    let tls = header(answer, "strict-transport-security");
    check("strict-transport-security", tls.starts_with("max-age=63072000") == is_secure && tls.is_empty() != is_secure);
    faults
}

#[test]
fn every_answer_of_every_route_is_protected() {
    let server = Server::demo();
    let plain = (server.addr, "session", false);
    let tls = (server.behind_tls(), "__Host-session", true);
    let (mut statuses, mut wrong) = (BTreeSet::new(), Vec::new());
    for (node, cookie, is_secure) in [plain, tls] {
        let mut note = |what: String, answer: &Answer| {
            statuses.insert(answer.status);
            wrong.extend(
                faults(answer, is_secure).into_iter().map(|fault| format!("{what} {}: {fault}", answer.status)),
            );
        };
        for who in ["", COORDINATOR] {
            let visitor = || visitor(&server, node, cookie, who);
            for (method, path) in routes::routes() {
                let address = routes::address(path);
                if method != "POST" {
                    note(format!("GET {path} {who}"), &visitor().get(&address));
                }
                if method != "GET" {
                    note(format!("POST {path} {who}"), &visitor().post(&address, &[]));
                }
            }
            for path in routes::pages() {
                note(format!("GET {path} {who}"), &visitor().get(&routes::address(&path)));
            }
            for (_, path) in routes::server_functions() {
                note(format!("POST {path} {who}"), &visitor().json(path, &json!({})));
            }
            note(format!("GET elsewhere {who}"), &visitor().get("/nowhere"));
            note(format!("GET a form's address {who}"), &visitor().get("/sign-out"));
            let huge = "a".repeat(300_000);
            note(format!("too much {who}"), &visitor().post("/account", &[("name", huge.as_str())]));
            let mut foreign = visitor().sending(&[("origin", "https://evil.example")]);
            note(format!("another site {who}"), &foreign.post("/people", &[]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // Whatever is changed in the routes, these tests have seen answers of every kind.
    let kinds = BTreeSet::from([200, 303, 400, 401, 403, 404, 405, 410, 413, 422]);
    assert!(statuses.is_superset(&kinds), "{statuses:?}");
}

fn visitor(server: &Server, node: SocketAddr, cookie: &str, who: &str) -> Browser {
    let mut browser = Browser::new(node);
    if !who.is_empty() {
        let session = server.session(server.member(who), DAY_MS);
        browser.cookies.insert(cookie.to_owned(), session.as_str().to_owned());
    }
    browser
}

#[test]
fn scripts_run_by_the_nonce_of_their_own_answer_alone() {
    let server = Server::demo();
    let mut browser = server.browser_of(server.member(COORDINATOR));
    let mut nonces = BTreeSet::new();
    let paths: Vec<String> = routes::pages().iter().map(|path| routes::address(path)).collect();
    for path in paths.iter().map(String::as_str).chain(["/shell", "/nowhere"]) {
        let page = browser.get(path);
        let policy = header(&page, "content-security-policy").to_owned();
        let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next());
        let nonce = nonce.unwrap_or_else(|| panic!("{path}: {policy}"));
        let attribute = format!("nonce=\"{nonce}\"");
        for script in page.body.split("<script").skip(1) {
            let tag = script.split('>').next().unwrap();
            assert!(tag.contains(&attribute), "{path}: <script{tag}>");
        }
        for loose in [" style=\"", " onclick=", " onload=", "javascript:"] {
            assert!(!page.body.contains(loose), "{path}: {loose}");
        }
        for directive in ["base-uri 'none'", "form-action 'self'", "connect-src 'self'"] {
            assert!(policy.contains(directive), "{path}: {policy}");
        }
        assert!(nonces.insert(nonce.to_owned()), "{path}: a nonce serves once");
    }
}

#[test]
fn what_is_told_once_is_kept_by_no_cache() {
    let server = Server::demo();
    let told = |answer: &Answer, what: &str| {
        assert_eq!((answer.status, header(answer, "cache-control")), (200, "no-store"), "{what}");
    };
    told(&server.invite("new@nhc.example", "NHC", "partner"), "an invitation");
    let joined = server.guest("NHC", Role::Partner, Stage::Joined);
    told(&server.manage("link", joined), "a reset");
    let mut browser = server.browser_of(server.member(DONOR));
    let mut device = begin_second_factor(&mut browser, PASSWORD);
    told(&confirm_second_factor(&mut browser, &mut device), "recovery codes");
    told(&browser.post("/account", &[("do", "new_codes"), ("old_password", PASSWORD)]), "new ones");
}

#[test]
fn files_of_somebodys_data_are_saved_and_not_shown() {
    let server = Server::demo();
    for (path, kind) in [("/account/data", "application/json"), ("/export/audit.csv", "text/csv; charset=utf-8")] {
        let answer = server.get(path, COORDINATOR);
        assert_eq!((answer.status, header(&answer, "content-type")), (200, kind));
        assert!(header(&answer, "content-disposition").starts_with("attachment; filename="), "{path}");
    }
}

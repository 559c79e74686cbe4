//! The second factor from its first code to the last recovery code, and what a network that asks for one still opens
//! without it.

use super::{
    routes,
    visit::{
        Browser, NEW_PASSWORD, begin_second_factor, confirm_second_factor, recovery_codes, set_up_second_factor, told,
    },
};
use crate::support::server::{Answer, COORDINATOR, DONOR, Server};
use act_board::server::demo::PASSWORD;
use serde_json::json;
use std::collections::BTreeSet;

/// A browser in which the password was right, and the code is asked for.
fn halfway(server: &Server) -> Browser {
    let mut browser = server.browser();
    let answer = browser.sign_in(DONOR, PASSWORD);
    assert_eq!((answer.status, answer.location()), (303, "/sign-in/code?next=/board"));
    assert_eq!(answer.cookies.keys().collect::<Vec<_>>(), ["step"], "no session before the code");
    assert!(!browser.is_in());
    browser
}

fn enter(browser: &mut Browser, code: &str) -> Answer {
    browser.post("/sign-in/code", &[("code", code)])
}

fn codes_left(browser: &mut Browser) -> i64 {
    browser.account()["second_factor"]["on"]["codes_left"].as_i64().unwrap()
}

#[test]
fn whoever_has_a_second_factor_signs_in_with_both() {
    let server = Server::demo();
    let mut owner = server.browser_of(server.member(DONOR));
    assert_eq!(owner.account()["second_factor"], "off");
    let (mut device, codes) = set_up_second_factor(&mut owner, PASSWORD);
    assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), 10, "{codes:?}");
    assert!(codes.iter().all(|code| code.len() == 11 && code.as_bytes()[5] == b'-'), "{codes:?}");
    assert_eq!(codes_left(&mut owner), 10);
    let page = owner.get("/account").body;
    assert!(codes.iter().all(|code| !page.contains(code.as_str())), "they are told once");

    let mut browser = halfway(&server);
    for wrong in ["", "no code", "0", codes[0].get(1..).unwrap()] {
        let answer = enter(&mut browser, wrong);
        assert_eq!((answer.status, answer.cookies.len()), (422, 0), "{wrong}");
    }
    let code = device.code();
    let opened = enter(&mut browser, &code);
    assert_eq!((opened.status, opened.location()), (303, "/board"));
    assert!(browser.is_in() && !browser.cookies.contains_key("step"));

    // Somebody has looked over the shoulder.
    let mut late = halfway(&server);
    assert_eq!(enter(&mut late, &code).status, 422, "a code opens once");
    assert_eq!(enter(&mut late, &codes[0].to_uppercase().replace('-', " ")).status, 303, "however it is typed");
    assert_eq!(codes_left(&mut late), 9);
    let mut late = halfway(&server);
    assert_eq!(enter(&mut late, &codes[0]).status, 422, "and so does a recovery code");
    assert_eq!(enter(&mut late, &codes[1]).status, 303);
    assert_eq!(codes_left(&mut late), 8);
}

#[test]
fn the_step_between_password_and_code_opens_nothing_and_serves_once() {
    let server = Server::demo();
    let mut owner = server.browser_of(server.member(DONOR));
    let (_, codes) = set_up_second_factor(&mut owner, PASSWORD);
    let mut browser = halfway(&server);
    let step = browser.cookies["step"].clone();
    assert!(!server.is_open(&step), "it is no session");
    assert_eq!(enter(&mut browser, &codes[0]).status, 303);
    let mut copy = server.browser();
    copy.cookies.insert("step".to_owned(), step);
    assert_eq!(enter(&mut copy, &codes[1]).location(), "/sign-in");
    assert_eq!(codes_left(&mut owner), 9, "a code that was refused is not used up");
    assert_eq!(server.browser().post("/sign-in/code", &[("code", codes[1].as_str())]).location(), "/sign-in");
}

#[test]
fn new_recovery_codes_void_the_old_ones_and_a_reset_leaves_the_second_factor() {
    let server = Server::demo();
    let donor = server.member(DONOR);
    let mut owner = server.browser_of(donor);
    let (_, old) = set_up_second_factor(&mut owner, PASSWORD);
    let renewed = owner.post("/account", &[("do", "new_codes"), ("old_password", PASSWORD)]);
    assert_eq!((renewed.status, renewed.headers["cache-control"].as_str()), (200, "no-store"));
    let new = recovery_codes(&renewed);
    assert_eq!(new.len(), 10);
    let mut browser = halfway(&server);
    assert_eq!(enter(&mut browser, &old[0]).status, 422);
    assert_eq!(enter(&mut browser, &new[0]).status, 303);

    let token = told(&server.manage("link", donor), "reset");
    let reset = server.browser().post("/reset", &[("token", token.as_str()), ("password", NEW_PASSWORD)]);
    assert_eq!(reset.status, 303);
    let mut browser = server.browser();
    assert_eq!(browser.sign_in(DONOR, NEW_PASSWORD).location(), "/sign-in/code?next=/board");
    assert!(!browser.is_in());
    assert_eq!(enter(&mut browser, &new[1]).status, 303);
}

#[test]
fn a_coordinator_takes_a_lost_second_factor_away() {
    let server = Server::demo();
    let donor = server.member(DONOR);
    let mut owner = server.browser_of(donor);
    set_up_second_factor(&mut owner, PASSWORD);
    let session = owner.session().to_owned();
    assert!(server.get("/people", COORDINATOR).body.contains("second_factor_off"));
    let mut halfway = halfway(&server);
    assert_eq!(server.manage("second_factor_off", donor).status, 303);
    assert!(!server.is_open(&session), "who has the telephone now is out");
    assert_eq!(enter(&mut halfway, "123456").location(), "/sign-in", "and so is who was half in");
    assert_eq!(server.browser().sign_in(DONOR, PASSWORD).location(), "/board");
    assert!(!server.get("/people", COORDINATOR).body.contains("second_factor_off"));
}

#[test]
fn whoever_has_the_password_alone_holds_up_no_browser_that_is_known() {
    let server = Server::demo();
    let mut owner = server.browser_of(server.member(DONOR));
    let (_, codes) = set_up_second_factor(&mut owner, PASSWORD);
    let mut own = halfway(&server);
    assert_eq!(enter(&mut own, &codes[0]).status, 303);
    assert_eq!(own.post("/sign-out", &[]).status, 303);
    let mut thief = halfway(&server);
    let tried = (0..10).map(|_| enter(&mut thief, "000000").status).collect::<Vec<_>>();
    assert_eq!((tried[0], tried[9]), (422, 429));
    let log = server.get("/export/audit.csv?action=code_asked", COORDINATOR).body;
    assert_eq!(log.lines().count(), 1 + 2, "that somebody knows the password is noted");
    assert_eq!(own.sign_in(DONOR, PASSWORD).location(), "/sign-in/code?next=/board");
    assert_eq!(enter(&mut own, &codes[1]).status, 303);
}

#[test]
fn a_second_factor_counts_only_once_a_code_was_right() {
    let server = Server::demo();
    let mut owner = server.browser_of(server.member(DONOR));
    for wrong in ["", "of somebody else"] {
        let answer = owner.post("/account", &[("do", "begin_second_factor"), ("old_password", wrong)]);
        assert_eq!(answer.status, 422, "an open session is not enough");
        assert_eq!(owner.account()["second_factor"], "off");
    }
    let mut device = begin_second_factor(&mut owner, PASSWORD);
    assert!(owner.get("/account").body.contains("<svg"), "there is a picture to scan");
    let wrong = owner.post("/account", &[("do", "confirm_second_factor"), ("code", "no code")]);
    assert_eq!(wrong.status, 422);
    assert_eq!(server.browser().sign_in(DONOR, PASSWORD).location(), "/board", "begun is not set up");
    assert_eq!(owner.post("/account", &[("do", "cancel_second_factor")]).status, 303);
    assert_eq!(confirm_second_factor(&mut owner, &mut device).status, 404);

    set_up_second_factor(&mut owner, PASSWORD);
    let again = owner.post("/account", &[("do", "begin_second_factor"), ("old_password", PASSWORD)]);
    assert_eq!(again.status, 409);
    assert_eq!(owner.post("/account", &[("do", "cancel_second_factor")]).status, 303);
    assert_eq!(codes_left(&mut owner), 10, "nothing was taken away from one that is on");
}

/// Answered before it is known who asks.
const FOR_NOBODY: [&str; 6] = ["/healthz", "/readyz", "/trouble", "/assets/{name}", "/favicon.svg", "/sw.js"];

/// What somebody needs who has to set up a second factor first, with the status for a form of nothing.
const OPEN: [(&str, &str, u16); 6] = [
    ("GET", "/account", 200),
    ("GET", "/account/data", 200),
    ("GET", "/shell", 200),
    ("POST", "/account", 400),
    ("POST", "/preferences", 303),
    ("POST", "/sign-out", 303),
];

#[test]
fn a_network_that_asks_for_a_second_factor_opens_nothing_without_it() {
    let server = Server::demo();
    let form = [("do", "network"), ("network", "Balkans ACT Now!"), ("requires_second_factor", "yes")];
    assert_eq!(server.post("/people", &form, COORDINATOR).status, 303);
    let coordinator = server.get("/people", COORDINATOR);
    assert_eq!((coordinator.status, coordinator.location()), (303, "/account"), "whoever asked for it, too");

    let donor = server.member(DONOR);
    let pages = routes::pages().into_iter().map(|path| ("GET", path));
    let routes = routes::routes().into_iter().map(|(method, path)| (method, path.to_owned()));
    for (method, path) in routes.chain(pages).chain([("GET", "/nowhere".to_owned())]) {
        if FOR_NOBODY.contains(&path.as_str()) || ["/rpc/{name}", "/live"].contains(&path.as_str()) {
            continue;
        }
        let mut browser = server.browser_of(donor);
        let address = routes::address(&path);
        let answer = if method == "GET" { browser.get(&address) } else { browser.post(&address, &[]) };
        let open = OPEN.iter().find(|open| (open.0, open.1) == (method, path.as_str()));
        match (open, method) {
            (Some(open), _) => assert_eq!(answer.status, open.2, "{method} {path}"),
            (None, "GET") => assert_eq!((answer.status, answer.location()), (303, "/account"), "{path}"),
            _ => assert_eq!(answer.status, 403, "{method} {path}"),
        }
    }
    let mut browser = server.browser_of(donor);
    for (_, path) in routes::server_functions() {
        let answer = browser.json(path, &json!({}));
        match path {
            "/rpc/site" | "/rpc/account" => assert_eq!(answer.status, 200, "{path}"),
            _ => assert_eq!((answer.status, answer.body.as_str()), (403, "\"second_factor_missing\""), "{path}"),
        }
    }
    assert_eq!(browser.socket("/live"), 403);
    assert_eq!(server.browser().get("/board").status, 200, "the public reads what it always did");

    set_up_second_factor(&mut browser, PASSWORD);
    assert_eq!(browser.get("/board").status, 200);
    assert_eq!(browser.json("/rpc/board", &json!({ "filter": {} })).status, 200);
    assert_eq!(browser.socket("/live"), 101);
    let off = browser.post("/account", &[("do", "end_second_factor"), ("old_password", PASSWORD)]);
    assert_eq!(off.status, 303);
    assert_eq!(browser.get("/board").location(), "/account", "without it, nothing opens again");
}

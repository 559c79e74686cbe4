//! Sessions: none is adopted, each ends when the rights that it was begun with end, and its cookie stays where it is.

use super::visit::{
    Browser, DAY_MS, MINUTE_MS, NEW_PASSWORD, Stage, begin_second_factor, confirm_second_factor, set_up_second_factor,
};
use crate::support::server::{ASTRA, Answer, CLCI, COORDINATOR, DONOR, NHC, Server};
use act_board::{
    domain::{accounts::Role, live::ToBrowser},
    server::{demo::PASSWORD, sessions::Token},
};
use serde_json::json;
use std::collections::BTreeSet;

const TWELVE_HOURS: &str = "Max-Age=43200";
const THIRTY_DAYS: &str = "Max-Age=2592000";

/// A cookie's attributes, without its value.
fn attributes<'a>(answer: &'a Answer, name: &str) -> BTreeSet<&'a str> {
    let cookie = answer.cookies.get(name).unwrap_or_else(|| panic!("{name}: {:?}", answer.cookies));
    cookie.split(';').skip(1).map(str::trim).collect()
}

fn is_token(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[test]
fn a_token_that_the_browser_brings_is_never_adopted() {
    let server = Server::demo();
    let planted = Token::random();
    let mut browser = Browser::holding(server.addr, planted.as_str());
    let answer = browser.sign_in(DONOR, PASSWORD);
    assert_eq!((answer.status, answer.location()), (303, "/board"));
    assert!(is_token(browser.session()) && browser.session() != planted.as_str());
    assert!(browser.is_in() && !server.is_open(planted.as_str()));
}

#[test]
fn signing_in_ends_the_session_that_the_browser_had() {
    let server = Server::demo();
    let mut browser = server.browser_of(server.member(CLCI));
    let before = browser.session().to_owned();
    assert!(browser.is_in());
    assert_eq!(browser.sign_in(DONOR, PASSWORD).status, 303);
    assert_eq!(browser.account()["email"], DONOR);
    assert!(!server.is_open(&before));
    let first = browser.session().to_owned();
    assert_eq!(browser.sign_in(DONOR, PASSWORD).status, 303);
    assert!(browser.session() != first && !server.is_open(&first), "also for the same member");
}

#[test]
fn a_change_of_rights_goes_on_under_another_token_and_ends_every_other_session() {
    let server = Server::demo();
    let donor = server.member(DONOR);
    let mut browser = server.browser_of(donor);
    let mut changes_hands = |what: &str, act: &dyn Fn(&mut Browser) -> u16, expected: u16| {
        let (elsewhere, before) = (server.session(donor, DAY_MS), browser.session().to_owned());
        assert_eq!(act(&mut browser), expected, "{what}");
        assert!(is_token(browser.session()) && browser.session() != before, "{what}");
        assert!(browser.is_in(), "{what}: here somebody is still signed in");
        assert!(!server.is_open(&before), "{what}: the old token is dead");
        assert!(!server.is_open(elsewhere.as_str()), "{what}: so are the other sessions");
    };
    let password = |browser: &mut Browser| {
        let fields = [("do", "password"), ("old_password", PASSWORD), ("password", NEW_PASSWORD)];
        browser.post("/account", &fields).status
    };
    changes_hands("another password", &password, 303);
    let on = |browser: &mut Browser| {
        assert_eq!(set_up_second_factor(browser, NEW_PASSWORD).1.len(), 10);
        200
    };
    changes_hands("a second factor", &on, 200);
    let off = |browser: &mut Browser| {
        let fields = [("do", "end_second_factor"), ("old_password", NEW_PASSWORD)];
        browser.post("/account", &fields).status
    };
    changes_hands("no second factor any more", &off, 303);
    let mut old = server.browser();
    assert_eq!(old.sign_in(DONOR, PASSWORD).status, 422, "the old password opens nothing");
}

#[test]
fn a_refused_change_leaves_the_session_as_it_was() {
    let server = Server::demo();
    let mut browser = server.browser_of(server.member(DONOR));
    let before = browser.session().to_owned();
    for fields in [
        [("do", "password"), ("old_password", "of somebody else"), ("password", NEW_PASSWORD)],
        [("do", "password"), ("old_password", PASSWORD), ("password", "short")],
        [("do", "end_second_factor"), ("old_password", "of somebody else"), ("password", "")],
    ] {
        let answer = browser.post("/account", &fields);
        assert_eq!((answer.status, answer.cookies.len()), (422, 0), "{fields:?}");
        assert!(!answer.body.contains("of somebody else"), "no password comes back");
    }
    assert_eq!(browser.session(), before);
    assert!(browser.is_in());
}

#[test]
fn new_rights_begin_with_a_new_session() {
    let server = Server::demo();
    let partner = server.member(ASTRA);
    let org = server.organisation("ASTRA").to_string();
    let change = |role: &str| {
        let (member, name) = (partner.to_string(), "Partner");
        let fields = [("do", "change"), ("member", member.as_str()), ("name", name), ("org", &org), ("role", role)];
        assert_eq!(server.post("/people", &fields, COORDINATOR).status, 303, "{role}");
    };
    let mut socket = server.socket(server.addr, server.revision(), ASTRA);
    assert!(matches!(socket.next(), Some(ToBrowser::Hello { .. })));
    let elsewhere = server.session(partner, DAY_MS);
    change("partner");
    assert!(server.is_open(elsewhere.as_str()), "the same rights go on");
    change("coordinator");
    assert_eq!(socket.next(), Some(ToBrowser::SignedOut));
    assert_eq!(socket.next(), None);
    assert!(!server.is_open(elsewhere.as_str()));
    assert_eq!(server.rpc("account", &json!({}), ASTRA).status, 401);
    let elsewhere = server.session(partner, DAY_MS);
    change("partner");
    assert!(!server.is_open(elsewhere.as_str()), "fewer rights, too");
}

#[test]
fn whoever_is_shut_out_is_out_at_once() {
    let server = Server::demo();
    let donor = server.member(DONOR);
    let mut socket = server.socket(server.addr, server.revision(), DONOR);
    assert!(matches!(socket.next(), Some(ToBrowser::Hello { .. })));
    let elsewhere = server.session(donor, DAY_MS);
    assert_eq!(server.manage("disable", donor).status, 303);
    assert_eq!(socket.next(), Some(ToBrowser::SignedOut));
    assert_eq!(socket.next(), None);
    for path in ["/account", "/account/data", "/board/new"] {
        assert_eq!(server.get(path, DONOR).status, 401, "{path}");
    }
    assert_eq!(server.rpc("account", &json!({}), DONOR).status, 401);
    assert_eq!(server.post("/board/items/8", &[("do", "archive")], DONOR).status, 401);
    assert_eq!(server.try_socket(server.addr, "/live", DONOR, &[]).err(), Some(401));
    assert!(!server.is_open(elsewhere.as_str()));
    assert_eq!(server.browser().sign_in(DONOR, PASSWORD).status, 422);

    // The account opens again, its old sessions do not.
    assert_eq!(server.manage("enable", donor).status, 303);
    assert!(!server.is_open(elsewhere.as_str()));
    assert_eq!(server.rpc("account", &json!({}), DONOR).status, 401);
    assert_eq!(server.browser().sign_in(DONOR, PASSWORD).status, 303);
}

#[test]
fn a_member_ends_one_session_or_all_of_them() {
    let server = Server::demo();
    let donor = server.member(DONOR);
    let mut here = server.browser_of(donor);
    let (there, third) = (server.session(donor, DAY_MS), server.session(donor, DAY_MS));
    let stranger = server.session(server.member(NHC), DAY_MS);
    let mut socket = server.socket(server.addr, server.revision(), DONOR);
    assert!(matches!(socket.next(), Some(ToBrowser::Hello { .. })));

    let listed = here.account()["sessions"].as_array().unwrap().len();
    assert_eq!(listed, 4, "here, two elsewhere, and the one of the socket");
    let one = here.post("/account", &[("do", "end_session"), ("session", there.hash().as_str())]);
    assert_eq!((one.status, one.location()), (303, "/account?done=end_session"));
    assert!(!server.is_open(there.as_str()) && server.is_open(third.as_str()) && here.is_in());
    let again = here.post("/account", &[("do", "end_session"), ("session", there.hash().as_str())]);
    assert_eq!(again.status, 404);

    let all = here.post("/account", &[("do", "end_all")]);
    assert_eq!((all.status, all.location(), all.cookie("session")), (303, "/sign-in", ""));
    assert_eq!(socket.next(), Some(ToBrowser::SignedOut));
    assert!(here.session().is_empty() && !server.is_open(third.as_str()));
    assert!(server.is_open(stranger.as_str()), "nobody else's");
}

#[test]
fn a_session_lasts_as_long_as_its_rights_allow() {
    let server = Server::demo();
    let lasts = |answer: &Answer, time: &str| {
        assert!(attributes(answer, "session").contains(time), "{time}: {:?}", answer.cookies);
    };
    lasts(&server.browser().sign_in(CLCI, PASSWORD), THIRTY_DAYS);
    let mut coordinator = server.browser();
    lasts(&coordinator.sign_in(COORDINATOR, PASSWORD), TWELVE_HOURS);
    let mut device = begin_second_factor(&mut coordinator, PASSWORD);
    lasts(&confirm_second_factor(&mut coordinator, &mut device), THIRTY_DAYS);
    let ended = coordinator.post("/account", &[("do", "end_second_factor"), ("old_password", PASSWORD)]);
    lasts(&ended, TWELVE_HOURS);
}

#[test]
fn a_session_that_is_used_goes_on_and_one_that_has_expired_does_not() {
    let server = Server::demo();
    let partner = server.member(CLCI);
    let nearly_over = server.session(partner, 10 * MINUTE_MS);
    let mut browser = Browser::holding(server.addr, nearly_over.as_str());
    let used = browser.get("/board");
    assert_eq!(used.cookie("session"), nearly_over.as_str(), "the browser keeps it as long as the server does");
    assert!(attributes(&used, "session").contains(THIRTY_DAYS));
    assert!(browser.get("/board").cookies.is_empty(), "once an hour is enough");
    assert!(!server.is_open(server.session(partner, -1).as_str()));
}

#[test]
fn cookies_stay_with_the_host_and_away_from_scripts() {
    let server = Server::demo();
    let tls = server.behind_tls();
    for (node, prefix) in [(server.addr, ""), (tls, "__Host-")] {
        let mut browser = Browser::new(node);
        let signed_in = browser.sign_in(DONOR, PASSWORD);
        let expected = ["session", "browser", "step"].map(|name| format!("{prefix}{name}"));
        assert_eq!(signed_in.cookies.keys().cloned().collect::<BTreeSet<_>>(), BTreeSet::from(expected.clone()));
        for name in expected {
            let has = attributes(&signed_in, &name);
            assert!(["HttpOnly", "SameSite=Lax", "Path=/"].iter().all(|flag| has.contains(flag)), "{name}: {has:?}");
            assert_eq!(has.contains("Secure"), !prefix.is_empty(), "{name}: {has:?}");
            assert!(!has.iter().any(|flag| flag.to_lowercase().starts_with("domain")), "{name}: {has:?}");
        }
        assert!(browser.is_in());
        let chosen = browser.post("/preferences", &[("language", "sr-Latn"), ("theme", "dark")]);
        for name in ["language", "theme"] {
            let has = attributes(&chosen, name);
            assert!(has.contains("SameSite=Lax") && has.contains("Path=/"), "{name}: {has:?}");
            assert_eq!(has.contains("Secure"), !prefix.is_empty(), "{name}: {has:?}");
        }
        let out = browser.post("/sign-out", &[]);
        assert_eq!((out.status, out.cookie(&format!("{prefix}session"))), (303, ""));
        assert!(attributes(&out, &format!("{prefix}session")).contains("Max-Age=0"));
        assert!(!browser.is_in());
    }
    // A cookie that another page of the domain could have set is none of ours.
    let session = server.session(server.member(DONOR), DAY_MS);
    assert!(!Browser::holding(tls, session.as_str()).is_in());
}

#[test]
fn sessions_are_kept_by_their_hash_alone() {
    let server = Server::demo();
    let mut browser = server.browser();
    assert_eq!(browser.sign_in(DONOR, PASSWORD).status, 303);
    let listed = browser.account()["sessions"].clone();
    let session = Token::parse(browser.session()).unwrap();
    assert_eq!(listed[0]["key"], session.hash());
    assert!(!listed.to_string().contains(session.as_str()));
    // Whoever has read the database has no session by that.
    assert!(!server.is_open(&session.hash()));
    let guest = server.guest("NHC", Role::Partner, Stage::Closed);
    assert!(!server.is_open(server.session(guest, DAY_MS).as_str()), "nor does a session open a closed account");
}

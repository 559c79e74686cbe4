//! Links of invitations and resets: each opens its own door, once, for as long as it is meant to.

use super::visit::{Browser, DAY_MS, MINUTE_MS, NEW_PASSWORD, OTHER_PASSWORD, PUBLIC_URL, Stage, WEAK_PASSWORD, told};
use crate::support::server::{Answer, COORDINATOR, DONOR, PUBLIC, Server};
use act_board::{
    domain::{accounts::Role, live::ToBrowser},
    server::{demo::PASSWORD, sessions::Token},
    store::{self, LinkKind},
};
use serde_json::json;

const INVITED: &str = "new@nhc.example";

fn accept(server: &Server, token: &str, password: &str) -> Answer {
    let form = [("token", token), ("name", "Whoever came"), ("password", password)];
    server.browser().post("/join", &form)
}

fn choose(server: &Server, token: &str, password: &str) -> Answer {
    server.browser().post("/reset", &[("token", token), ("password", password)])
}

/// Sends the form of the page.
fn enter(server: &Server, page: &str, token: &str) -> Answer {
    if page == "join" { accept(server, token, NEW_PASSWORD) } else { choose(server, token, NEW_PASSWORD) }
}

/// The status of what a link leads to: the page, and what it asks the server.
fn looks(server: &Server, page: &str, token: &str) -> [u16; 2] {
    let asked = json!({ "door": page, "token": token });
    let page = server.get(&format!("/{page}?token={token}"), PUBLIC);
    [page.status, server.rpc("link", &asked, PUBLIC).status]
}

#[test]
fn an_invitation_opens_once() {
    let server = Server::demo();
    let token = told(&server.invite(INVITED, "NHC", "partner"), "join");
    let page = server.get(&format!("/join?token={token}"), PUBLIC);
    assert_eq!(page.status, 200);
    assert!(page.body.contains(INVITED), "whoever opens it sees whose account it is");
    let nobody_yet = server.browser().sign_in(INVITED, "");
    assert_eq!(nobody_yet.status, 422, "an account without a password lets nobody in");

    for bad in ["", "short", WEAK_PASSWORD, INVITED] {
        let refused = accept(&server, &token, bad);
        assert_eq!((refused.status, refused.cookies.len()), (422, 0), "{bad}");
        assert!(refused.body.contains("Whoever came"), "what was typed is kept");
        assert_eq!(looks(&server, "join", &token), [200, 200], "the link is still good");
    }

    let mut browser = server.browser();
    let form = [("token", token.as_str()), ("name", "Whoever came"), ("password", NEW_PASSWORD)];
    let joined = browser.post("/join", &form);
    assert_eq!((joined.status, joined.location()), (303, "/board"));
    let account = browser.account();
    assert_eq!((&account["email"], &account["name"]), (&json!(INVITED), &json!("Whoever came")));

    let before = (server.standing(), server.stored(INVITED).password_hash);
    assert_eq!(looks(&server, "join", &token), [410, 410]);
    let form = [("token", token.as_str()), ("name", "Somebody else"), ("password", OTHER_PASSWORD)];
    let replayed = server.browser().post("/join", &form);
    assert_eq!((replayed.status, replayed.cookies.len()), (410, 0));
    assert_eq!((server.standing(), server.stored(INVITED).password_hash), before, "nothing changed");
    assert!(browser.is_in());
}

#[test]
fn whoever_joins_in_somebodys_browser_is_nobody_but_themselves() {
    let server = Server::demo();
    let mut browser = server.browser_of(server.member(DONOR));
    let before = browser.session().to_owned();
    let guest = server.guest("NHC", Role::Partner, Stage::Invited);
    let token = server.link(LinkKind::Invitation, guest, DAY_MS);
    let form = [("token", token.as_str()), ("name", "Guest"), ("password", NEW_PASSWORD)];
    assert_eq!(browser.post("/join", &form).status, 303);
    assert_eq!(browser.account()["email"], format!("guest-{guest}@network.example"));
    assert!(!server.is_open(&before));
}

#[test]
fn what_was_withdrawn_replaced_or_has_expired_opens_nothing() {
    let server = Server::demo();
    let is_dead = |page: &str, token: &str| {
        let before = server.standing();
        assert_eq!(looks(&server, page, token), [410, 410], "{page}");
        let answer = enter(&server, page, token);
        assert_eq!((answer.status, answer.cookies.len()), (410, 0), "{page}");
        assert_eq!(server.standing(), before);
    };
    let withdrawn = told(&server.invite(INVITED, "NHC", "partner"), "join");
    assert_eq!(server.manage("revoke", server.member(INVITED)).status, 303);
    is_dead("join", &withdrawn);

    let guest = server.guest("NHC", Role::Partner, Stage::Invited);
    let replaced = server.link(LinkKind::Invitation, guest, DAY_MS);
    let newer = told(&server.manage("link", guest), "join");
    is_dead("join", replaced.as_str());
    assert_eq!(looks(&server, "join", &newer), [200, 200]);
    is_dead("join", server.link(LinkKind::Invitation, guest, -1).as_str());

    let joined = server.guest("NHC", Role::Partner, Stage::Joined);
    let replaced = server.link(LinkKind::Reset, joined, DAY_MS);
    let newer = told(&server.manage("link", joined), "reset");
    is_dead("reset", replaced.as_str());
    assert_eq!(looks(&server, "reset", &newer), [200, 200]);
    is_dead("reset", server.link(LinkKind::Reset, joined, -MINUTE_MS).as_str());
    // What was open when the account was closed.
    server.close(joined);
    is_dead("reset", &newer);
    // And what was made for it by somebody who did not know.
    let late = server.link(LinkKind::Reset, joined, DAY_MS);
    assert_eq!(choose(&server, late.as_str(), NEW_PASSWORD).status, 410);
}

#[test]
fn a_link_opens_its_own_door_and_no_other() {
    let server = Server::demo();
    let invited = server.guest("NHC", Role::Partner, Stage::Invited);
    let joined = server.guest("NHC", Role::Partner, Stage::Joined);
    let invitation = server.link(LinkKind::Invitation, invited, DAY_MS);
    let reset = server.link(LinkKind::Reset, joined, DAY_MS);
    let step = server.link(LinkKind::SecondStep, joined, DAY_MS);
    let before = server.standing();
    for (page, token) in [("reset", &invitation), ("join", &reset), ("reset", &step), ("join", &step)] {
        assert_eq!(looks(&server, page, token.as_str()), [410, 410], "{page}");
        let answer = enter(&server, page, token.as_str());
        assert_eq!((answer.status, answer.cookies.len()), (410, 0), "{page}");
    }
    for token in [&invitation, &reset] {
        let mut browser = server.browser();
        browser.cookies.insert("step".to_owned(), token.as_str().to_owned());
        let answer = browser.post("/sign-in/code", &[("code", "000000")]);
        assert_eq!((answer.location(), answer.cookies.len()), ("/sign-in", 0), "it stands for no password");
        assert!(!server.is_open(token.as_str()), "nor for a session");
    }
    assert_eq!(server.standing(), before);
    assert_eq!(looks(&server, "join", invitation.as_str()), [200, 200]);
    assert_eq!(looks(&server, "reset", reset.as_str()), [200, 200]);
}

#[test]
fn a_reset_works_once_and_ends_what_was_open_before() {
    let server = Server::demo();
    let donor = server.member(DONOR);
    let mut socket = server.socket(server.addr, server.revision(), DONOR);
    assert!(matches!(socket.next(), Some(ToBrowser::Hello { .. })));
    let elsewhere = server.session(donor, DAY_MS);
    let token = told(&server.manage("link", donor), "reset");
    for bad in ["", "short", WEAK_PASSWORD, DONOR] {
        assert_eq!(choose(&server, &token, bad).status, 422, "{bad}");
        assert_eq!(looks(&server, "reset", &token), [200, 200], "the link is still good");
    }
    assert!(server.is_open(elsewhere.as_str()), "nothing has happened yet");

    let mut browser = server.browser();
    let done = browser.post("/reset", &[("token", token.as_str()), ("password", NEW_PASSWORD)]);
    assert_eq!((done.status, done.location()), (303, "/sign-in?done=reset"));
    assert!(!browser.is_in(), "the link is no password");
    assert_eq!(socket.next(), Some(ToBrowser::SignedOut));
    assert!(!server.is_open(elsewhere.as_str()));
    assert_eq!(server.browser().sign_in(DONOR, PASSWORD).status, 422);
    assert_eq!(browser.sign_in(DONOR, NEW_PASSWORD).status, 303);

    let before = server.stored(DONOR).password_hash;
    assert_eq!(looks(&server, "reset", &token), [410, 410]);
    assert_eq!(choose(&server, &token, OTHER_PASSWORD).status, 410);
    assert_eq!(server.stored(DONOR).password_hash, before);
    assert!(browser.is_in(), "nothing was ended a second time");
}

#[test]
fn a_new_password_voids_every_link() {
    let server = Server::demo();
    let donor = server.member(DONOR);
    let (reset, step) = (server.link(LinkKind::Reset, donor, DAY_MS), server.link(LinkKind::SecondStep, donor, DAY_MS));
    let other = server.link(LinkKind::Reset, server.member(COORDINATOR), DAY_MS);
    let change = [("do", "password"), ("old_password", PASSWORD), ("password", NEW_PASSWORD)];
    assert_eq!(server.browser_of(donor).post("/account", &change).status, 303);
    assert_eq!(choose(&server, reset.as_str(), OTHER_PASSWORD).status, 410);
    let mut halfway = server.browser();
    halfway.cookies.insert("step".to_owned(), step.as_str().to_owned());
    assert_eq!(halfway.post("/sign-in/code", &[("code", "000000")]).location(), "/sign-in");
    assert_eq!(looks(&server, "reset", other.as_str()), [200, 200], "but for those of others");
}

#[test]
fn a_link_is_told_once_and_kept_by_its_hash_alone() {
    let server = Server::demo();
    let answer = server.invite(INVITED, "NHC", "partner");
    let token = told(&answer, "join");
    assert_eq!(answer.headers["cache-control"], "no-store");
    let kept = |hash: &str| {
        server.block_on(async {
            let mut conn = server.state.db.reader().await.unwrap();
            let now = server.state.config.clock.now();
            store::link(&mut conn, hash, LinkKind::Invitation, now).await.unwrap()
        })
    };
    assert_eq!(kept(&token), None);
    assert_eq!(kept(&Token::parse(&token).unwrap().hash()), Some(server.member(INVITED)));
    for path in ["/people", "/audit", "/export/audit.csv"] {
        assert!(!server.get(path, COORDINATOR).body.contains(&token), "{path}");
    }
    assert!(!server.rpc("people", &json!({}), COORDINATOR).body.contains(&token));
}

#[test]
fn a_link_leads_to_the_public_address_whatever_the_request_says() {
    let server = Server::demo();
    let node = server.behind_tls();
    let mut browser = Browser::new(node).sending(&[
        ("host", "evil.example"),
        ("x-forwarded-host", "evil.example"),
        ("forwarded", "host=evil.example"),
    ]);
    let session = server.session(server.member(COORDINATOR), DAY_MS);
    browser.cookies.insert("__Host-session".to_owned(), session.as_str().to_owned());
    let org = server.organisation("NHC").to_string();
    let form = [("do", "invite"), ("email", INVITED), ("name", "New"), ("org", org.as_str()), ("role", "partner")];
    let answer = browser.post("/people", &form);
    let token = told(&answer, "join");
    assert!(answer.body.contains(&format!("{PUBLIC_URL}/join?token={token}")));
    assert!(!answer.body.contains("evil.example"));
}

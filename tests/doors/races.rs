//! Two things at once: what was decided last holds, whatever was read before.

use super::visit::{Browser, NEW_PASSWORD, Stage};
use crate::support::{
    databases::BOTH,
    server::{ASTRA, CLCI, COORDINATOR, NHC, Server},
};
use act_board::{
    domain::{accounts::Role, ids::MemberId, text::PersonName},
    server::{
        demo::PASSWORD,
        people::{self, Actor},
    },
};
use std::{
    io::{Read, Write},
    net::TcpStream,
    thread,
};

/// Whoever may be shut out without the network losing its coordinator.
const PARTNERS: [&str; 3] = [ASTRA, CLCI, NHC];

fn shut_out_while(server: &Server, member: MemberId, act: impl Fn(&mut Browser) + Sync) {
    let mut browser = server.browser_of(member);
    thread::scope(|scope| {
        let acting = scope.spawn(|| act(&mut browser));
        server.close(member);
        acting.join().unwrap();
    });
    assert!(!server.stored_by_id(member).active, "the account stays closed");
    assert!(!browser.is_in(), "no session of it goes on, under whatever token");
}

#[test]
fn a_closed_account_stays_closed_whatever_its_member_was_about_to_change() {
    for kind in BOTH {
        let server = Server::start(kind, 0);
        for who in PARTNERS {
            let change = [("do", "password"), ("old_password", PASSWORD), ("password", NEW_PASSWORD)];
            shut_out_while(&server, server.member(who), |browser| drop(browser.post("/account", &change)));
        }
    }
}

#[test]
fn a_new_name_brings_no_account_back() {
    for kind in BOTH {
        let server = Server::start(kind, 0);
        for who in PARTNERS {
            shut_out_while(&server, server.member(who), |browser| {
                for n in 0..20 {
                    browser.post("/account", &[("do", "rename"), ("name", format!("Partner {n}").as_str())]);
                }
            });
        }
    }
}

#[test]
fn a_password_that_was_just_reset_opens_nothing_to_whoever_had_the_old_one() {
    for kind in BOTH {
        let server = Server::start(kind, 0);
        for who in PARTNERS {
            let answer = server.manage("link", server.member(who));
            let token = super::visit::told(&answer, "reset");
            let mut browser = server.browser();
            thread::scope(|scope| {
                let old = scope.spawn(|| drop(browser.sign_in(who, PASSWORD)));
                let form = [("token", token.as_str()), ("password", NEW_PASSWORD)];
                assert_eq!(server.browser().post("/reset", &form).status, 303);
                old.join().unwrap();
            });
            assert!(!browser.is_in(), "{kind:?} {who}");
        }
    }
}

#[test]
fn two_coordinators_who_put_each_other_down_leave_one() {
    for kind in BOTH {
        let server = Server::start(kind, 0);
        let org = server.organisation("ASTRA");
        let pair = [server.member(COORDINATOR), server.guest("ASTRA", Role::Coordinator, Stage::Joined)];
        let set = async |by: MemberId, of: MemberId, role| {
            let actor = Actor { member: Some(by), ..Actor::default() };
            people::change(&server.state, &actor, of, PersonName::parse("Coordinator").unwrap(), org, role)
                .await
                .is_ok()
        };
        for _ in 0..5 {
            let [one, two] = pair;
            let (first, second) =
                server.block_on(async { tokio::join!(set(one, two, Role::Partner), set(two, one, Role::Partner)) });
            assert!(first != second, "{kind:?}: one of them was first");
            let (left, down) = if first { (one, two) } else { (two, one) };
            assert!(server.block_on(set(left, down, Role::Coordinator)), "{kind:?}: and mends it");
        }
    }
}

#[test]
fn what_a_coordinator_sent_slowly_counts_for_nothing_once_they_are_shut_out() {
    let server = Server::demo();
    let second = server.guest("WRC", Role::Coordinator, Stage::Joined);
    let org = server.organisation("WRC").to_string();
    let form = format!("do=invite&email=new%40wrc.example&name=New&org={org}&role=coordinator");
    let (begun, rest) = form.split_at(5);
    let mut stream = TcpStream::connect(server.addr).unwrap();
    let head = format!(
        "POST /people HTTP/1.1\r\nhost: {}\r\ncookie: session={}\r\nconnection: close\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{begun}",
        server.addr,
        server.browser_of(second).session(),
        form.len(),
    );
    stream.write_all(head.as_bytes()).unwrap();
    // Another request on the way, so that the first has been looked at.
    assert_eq!(server.get("/people", COORDINATOR).status, 200);
    server.close(second);
    let before = server.standing();
    stream.write_all(rest.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 403") || answer.starts_with("HTTP/1.1 401"), "{answer}");
    assert!(!answer.contains("/join?token="));
    assert_eq!(server.standing(), before);
}

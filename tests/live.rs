//! The live socket over real HTTP: each change comes once and in order, to those who may see it, on every node.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod support;

use act_board::domain::{change::Change, items::ItemChange, live::ToBrowser, protocol::PROTOCOL};
use serde_json::json;
use support::{
    databases::{BOTH, Kind},
    server::{ASTRA, COORDINATOR, DONOR, PUBLIC, Server, Socket},
};
use uuid::Uuid;

fn act(server: &Server, number: i64, what: &str) {
    let answer = server.post(&format!("/board/items/{number}"), &[("do", what)], COORDINATOR);
    assert_eq!(answer.status, 303, "{what} {number}");
}

fn greeted(mut socket: Socket, revision: i64) -> Socket {
    match socket.next() {
        Some(ToBrowser::Hello { protocol, revision: known, .. }) => {
            assert_eq!((protocol, known.0), (PROTOCOL, revision))
        }
        other => panic!("{other:?}"),
    }
    socket
}

/// What came: the revision, and a word for the change.
fn heard(socket: &mut Socket) -> (i64, &'static str) {
    match socket.next().unwrap() {
        ToBrowser::Changed { entry, .. } => match entry.change {
            Change::Item(ItemChange::Hidden { .. }) => (entry.revision.0, "hidden"),
            Change::Item(ItemChange::Shown(_)) => (entry.revision.0, "shown"),
            Change::Item(ItemChange::Archived { .. }) => (entry.revision.0, "archived"),
            Change::Item(ItemChange::Restored(_)) => (entry.revision.0, "restored"),
            other => panic!("{other:?}"),
        },
        ToBrowser::Passed(revision) => (revision.0, "passed"),
        ToBrowser::Resync => (0, "resync"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn everybody_hears_what_they_may_see_once_and_in_order_on_both_databases() {
    for kind in BOTH {
        let server = Server::start(kind, 0);
        let start = server.revision();
        let open = |who| greeted(server.socket(server.addr, start, who), start);
        let (mut partner, mut donor) = (open(ASTRA), open(DONOR));
        for what in ["hide", "archive", "restore", "publish", "archive"] {
            act(&server, 5, what);
        }
        let words = |socket: &mut Socket| [0; 5].map(|_| heard(socket));
        let expected = |words: [&'static str; 5]| {
            let mut at = start;
            words.map(|word| {
                at += 1;
                (at, word)
            })
        };
        assert_eq!(words(&mut partner), expected(["hidden", "archived", "restored", "shown", "archived"]));
        // A donor loses what is hidden, hears nothing of a draft's fate, and has it back whole when it is published.
        assert_eq!(words(&mut donor), expected(["hidden", "passed", "passed", "shown", "hidden"]));
    }
}

#[test]
fn whoever_was_away_gets_what_was_missed_and_no_more() {
    let server = Server::demo();
    let start = server.revision();
    let _keeps_the_feed = server.socket(server.addr, start, DONOR);
    for what in ["hide", "publish", "hide", "publish"] {
        act(&server, 5, what);
    }
    let mut back = server.socket(server.addr, start + 2, ASTRA);
    assert!(matches!(back.next(), Some(ToBrowser::Hello { .. })));
    assert_eq!([heard(&mut back), heard(&mut back)], [(start + 3, "hidden"), (start + 4, "shown")]);
    act(&server, 5, "hide");
    assert_eq!(heard(&mut back), (start + 5, "hidden"));
    // Before the server knows of any change, it can only say to start over.
    let mut long_away = greeted(server.socket(server.addr, start - 10, ASTRA), start + 5);
    assert_eq!(heard(&mut long_away), (0, "resync"));
}

#[test]
fn a_change_comes_to_the_sockets_of_every_node() {
    let server = Server::start(Kind::Postgres, 0);
    let start = server.revision();
    let second = server.again();
    let mut there = greeted(server.socket(second, start, DONOR), start);
    let mut here = greeted(server.socket(server.addr, start, DONOR), start);
    act(&server, 5, "hide");
    assert_eq!((heard(&mut here), heard(&mut there)), ((start + 1, "hidden"), (start + 1, "hidden")));
}

#[test]
fn only_members_get_a_socket_and_only_from_our_own_pages() {
    let server = Server::demo();
    let refused = |who, headers: &[(&str, &str)]| server.try_socket(server.addr, "/live", who, headers).err();
    assert_eq!(refused(PUBLIC, &[]), Some(401));
    assert_eq!(refused(DONOR, &[("origin", "https://evil.example")]), Some(403));
    assert_eq!(refused(DONOR, &[("origin", "null")]), Some(403));
    assert_eq!(refused(DONOR, &[("origin", &format!("http://{}", server.addr))]), None);
    let foreign = "/live?plan=0198c0de-0000-7000-8000-000000000001";
    assert_eq!(server.try_socket(server.addr, foreign, DONOR, &[]).err(), Some(404));
}

#[test]
fn a_socket_ends_with_its_session_and_no_other_does() {
    let server = Server::demo();
    let start = server.revision();
    let mut donor = greeted(server.socket(server.addr, start, DONOR), start);
    let mut partner = greeted(server.socket(server.addr, start, ASTRA), start);
    assert_eq!(server.post("/sign-out", &[], DONOR).status, 303);
    assert_eq!(donor.next(), Some(ToBrowser::SignedOut));
    assert_eq!(donor.next(), None);
    act(&server, 5, "hide");
    assert_eq!(heard(&mut partner), (start + 1, "hidden"));
}

#[test]
fn one_member_has_so_many_sockets_and_no_more() {
    let server = Server::demo();
    let open = |who| server.try_socket(server.addr, "/live", who, &[]);
    let mut held: Vec<Socket> = (0..30).map(|_| open(DONOR).unwrap_or_else(|status| panic!("{status}"))).collect();
    assert_eq!(open(DONOR).err(), Some(429));
    assert!(open(ASTRA).is_ok(), "others have their own");
    held.pop();
    // The server sees that it was closed when it next reads from it.
    while open(DONOR).is_err() {
        std::thread::yield_now();
    }
}

#[test]
fn a_receiver_that_does_not_read_holds_up_nobody_and_starts_over() {
    let server = Server::demo();
    let start = server.revision();
    let mut asleep = greeted(server.socket(server.addr, start, ASTRA), start);
    let mut awake = greeted(server.socket(server.addr, start, ASTRA), start);
    let item = server.rpc("item", &json!({ "number": 8 }), COORDINATOR).json()["item"]["id"].clone();
    // More than the system keeps for somebody who does not read, and than the server does.
    let last = 900;
    for version in 1..=last {
        let description = json!({ "from": version, "body": format!("{version} {}", "long ".repeat(3_000)) });
        let command = json!({ "item": { "edit": { "item": item, "edit": { "description": description } } } });
        let answer = server.rpc("submit", &json!({ "op": Uuid::now_v7(), "command": command }), COORDINATOR);
        assert_eq!(answer.status, 200, "{}", answer.body);
        match awake.next() {
            Some(ToBrowser::Changed { entry, .. }) => assert_eq!(entry.revision.0, start + version),
            other => panic!("{other:?}"),
        }
    }
    let mut resync = false;
    while !resync {
        resync = matches!(asleep.next().expect("it is still there"), ToBrowser::Resync);
    }
    act(&server, 5, "hide");
    loop {
        match asleep.next().unwrap() {
            ToBrowser::Changed { entry, .. } if entry.revision.0 == start + last + 1 => break,
            _ => {}
        }
    }
}

/// Bytes of memory that the process holds.
fn memory() -> u64 {
    let pages = std::fs::read_to_string("/proc/self/statm").unwrap();
    pages.split(' ').nth(1).unwrap().parse::<u64>().unwrap() * 4096
}

#[test]
fn receivers_that_do_not_read_share_what_is_kept_for_them() {
    let server = Server::demo();
    let start = server.revision();
    let deaf: Vec<Socket> =
        (0..40).map(|n| greeted(server.socket(server.addr, start, [ASTRA, DONOR][n % 2]), start)).collect();
    let item = server.rpc("item", &json!({ "number": 8 }), COORDINATOR).json()["item"]["id"].clone();
    let write = |version: i64| {
        let description = json!({ "from": version, "body": format!("{version} {}", "long ".repeat(3_800)) });
        let command = json!({ "item": { "edit": { "item": item, "edit": { "description": description } } } });
        let answer = server.rpc("submit", &json!({ "op": Uuid::now_v7(), "command": command }), COORDINATOR);
        assert_eq!(answer.status, 200, "{}", answer.body);
    };
    let before = memory();
    (1..=700).for_each(write);
    let (grown, written) = (memory().saturating_sub(before), 700 * 19_000);
    // Each on its own would be forty times what was written.
    assert!(grown < 8 * written, "{grown} bytes for {written} written and {} receivers", deaf.len());
}

#[test]
fn a_session_that_ends_on_one_node_ends_on_all() {
    let server = Server::start(Kind::Postgres, 0);
    let start = server.revision();
    let second = server.again();
    let mut there = greeted(server.socket(second, start, DONOR), start);
    // This node hears of the others from its first socket on.
    let _here = greeted(server.socket(server.addr, start, ASTRA), start);
    assert_eq!(server.post("/sign-out", &[], DONOR).status, 303);
    assert_eq!(there.next(), Some(ToBrowser::SignedOut));
}

#[test]
fn a_broken_page_can_report_but_not_fill_the_log() {
    let server = Server::demo();
    let report = |body: &str| server.send("/trouble", "text/plain", body.as_bytes(), PUBLIC).status;
    assert_eq!(report(r#"{"message":"panicked","version":"1"}"#), 204);
    assert_eq!(report("panicked"), 400);
    let answers: Vec<u16> = (0..30).map(|_| report(r#"{"message":"again","version":"1"}"#)).collect();
    assert_eq!(answers.iter().filter(|status| **status == 204).count(), 18);
    assert_eq!(answers.last(), Some(&429));
}

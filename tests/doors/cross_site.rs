//! Other sites: none can make a member's browser do anything here, and none is where our answers send it.

use super::{
    routes,
    visit::{Ask, Browser, DAY_MS, NEW_PASSWORD, PUBLIC_URL, Stage, borrowed, set_up_second_factor},
};
use crate::support::server::{COORDINATOR, DONOR, Server};
use act_board::{
    domain::{accounts::Role, ids::MemberId},
    server::demo::PASSWORD,
    store::LinkKind,
};
use serde_json::json;
use std::collections::BTreeSet;
use uuid::Uuid;

const EVIL: &str = "https://evil.example";

/// What browsers say of a request that another site has made them send.
const FOREIGN: [&[(&str, &str)]; 6] = [
    &[("sec-fetch-site", "cross-site")],
    &[("sec-fetch-site", "same-site")],
    &[("sec-fetch-site", "cross-site"), ("origin", EVIL)],
    &[("origin", EVIL)],
    &[("origin", "null")],
    &[("origin", "http://127.0.0.1.evil.example")],
];

/// Each form with the status that it is answered with when it comes from nowhere, as a program sends it.
struct Forms {
    coordinator: MemberId,
    asks: Vec<(&'static str, Ask, u16)>,
}

fn forms(server: &Server) -> Forms {
    let coordinator = server.member(COORDINATOR);
    let invited = server.guest("NHC", Role::Partner, Stage::Invited);
    let joined = server.guest("NHC", Role::Partner, Stage::Joined);
    let invitation = server.link(LinkKind::Invitation, invited, DAY_MS);
    let reset = server.link(LinkKind::Reset, joined, DAY_MS);
    let item = server.browser().json("/rpc/item", &json!({ "number": 17 })).json()["item"].clone();
    let text = |name: &str| item["facts"][name].as_str().unwrap().to_owned();
    let (objective, lead) = (text("objective"), text("lead"));
    let (id, was, other) = (Uuid::now_v7().to_string(), item["facts"].to_string(), joined.to_string());
    let new = [("id", id.as_str()), ("title", "New"), ("objective", &objective), ("lead", &lead)];
    let edit = [
        ("title", "Another title"),
        ("objective", &objective),
        ("lead", &lead),
        ("title_from", "1"),
        ("description_from", "1"),
        ("was", &was),
    ];
    let hide = json!({ "op": Uuid::now_v7(), "command": { "item": { "hide": { "item": item["id"] } } } });
    let report = json!({ "message": "panicked", "version": "1" });
    let password = ("password", NEW_PASSWORD);
    let impact = [("do", "add-node"), ("level", "impact"), ("title", "Another impact")];
    let asks = vec![
        ("/board/new", Ask::form("/board/new", &new), 303),
        ("/board/items/{number}/edit", Ask::form("/board/items/17/edit", &edit), 303),
        ("/board/items/{number}", Ask::form("/board/items/17", &[("do", "archive")]), 303),
        ("/results/framework", Ask::form("/results/framework", &impact), 303),
        ("/results/nodes/new", Ask::form("/results/nodes/new", &impact), 303),
        ("/results/nodes/{node}", Ask::form("/results/nodes/x", &impact), 303),
        ("/results/indicators/new", Ask::form("/results/indicators/new", &impact), 303),
        ("/results/indicators/{indicator}", Ask::form("/results/indicators/x", &impact), 303),
        ("/results/readings", Ask::form("/results/readings?period=2027Q4", &[("do", "lock")]), 303),
        (
            "/report",
            Ask::form("/report", &[("do", "save"), ("period", "2026Q3"), ("from", "0"), ("summary", "New")]),
            303,
        ),
        ("/sign-in", Ask::form("/sign-in", &[("email", DONOR), ("password", PASSWORD)]), 303),
        ("/sign-in/code", Ask::form("/sign-in/code", &[("code", "000000")]), 303),
        ("/sign-out", Ask::form("/sign-out", &[]), 303),
        ("/setup", Ask::form("/setup", &[("token", "x")]), 404),
        ("/join", Ask::form("/join", &[("token", invitation.as_str()), ("name", "Guest"), password]), 303),
        ("/forgot", Ask::form("/forgot", &[("email", DONOR)]), 303),
        ("/reset", Ask::form("/reset", &[("token", reset.as_str()), password]), 303),
        ("/account", Ask::form("/account", &[("do", "end_all")]), 303),
        ("/people", Ask::form("/people", &[("do", "disable"), ("member", &other)]), 303),
        ("/preferences", Ask::form("/preferences", &[("theme", "dark")]), 303),
        ("/trouble", Ask::Json("/trouble".to_owned(), report), 204),
        ("/rpc/{name}", Ask::Json("/rpc/submit".to_owned(), hide), 409),
    ];
    Forms { coordinator, asks }
}

#[test]
fn no_other_site_sends_a_form_in_a_members_name() {
    let server = Server::demo();
    let Forms { coordinator, asks } = forms(&server);
    let posts = routes::routes().into_iter().filter(|(method, _)| *method != "GET");
    let posts: BTreeSet<&str> = posts.map(|(_, path)| path).collect();
    assert_eq!(asks.iter().map(|ask| ask.0).collect::<BTreeSet<&str>>(), posts, "each form is tried");
    let before = server.standing();
    let session = server.session(coordinator, DAY_MS);
    for (path, ask, _) in &asks {
        for headers in FOREIGN {
            let mut browser = Browser::holding(server.addr, session.as_str()).sending(headers);
            let answer = match ask {
                Ask::Form(path, fields) => browser.post(path, &borrowed(fields)),
                Ask::Json(path, body) => browser.json(path, body),
                other => panic!("no form: {other:?}"),
            };
            assert_eq!((answer.status, answer.cookies.len()), (403, 0), "{path} {headers:?}");
            assert_eq!(server.standing(), before, "{path} {headers:?}");
        }
    }
    assert!(server.is_open(session.as_str()), "and nobody was signed out");
    for (path, ask, expected) in &asks {
        assert_eq!(server.browser_of(coordinator).status(ask), *expected, "{path}: a program is no browser");
    }
}

#[test]
fn our_own_pages_send_their_forms() {
    let server = Server::demo();
    let own = format!("http://{}", server.addr);
    let tls = server.behind_tls();
    let as_sent: [(_, &[(&'static str, &str)], u16); 6] = [
        (server.addr, &[("sec-fetch-site", "same-origin"), ("origin", &own)], 303),
        (server.addr, &[("sec-fetch-site", "same-origin")], 303),
        (server.addr, &[("origin", &own)], 303),
        (tls, &[("sec-fetch-site", "same-origin"), ("origin", PUBLIC_URL)], 303),
        (tls, &[("origin", PUBLIC_URL)], 303),
        (tls, &[("origin", "http://plan.example")], 403),
    ];
    for (node, headers, expected) in as_sent {
        let answer = Browser::new(node).sending(headers).post("/preferences", &[("theme", "dark")]);
        assert_eq!(answer.status, expected, "{headers:?}");
    }
}

#[test]
fn no_other_site_opens_a_socket_in_a_members_name() {
    let server = Server::demo();
    let donor = server.member(DONOR);
    let opens = |node, session: &str, name: &str, origin: &str| {
        let mut browser = Browser::new(node).sending(&[("origin", origin)]);
        browser.cookies.insert(name.to_owned(), session.to_owned());
        browser.socket("/live")
    };
    let session = server.session(donor, DAY_MS);
    let own = format!("http://{}", server.addr);
    assert_eq!(opens(server.addr, session.as_str(), "session", &own), 101);
    let (path, user) = (format!("{EVIL}/{}", server.addr), format!("http://evil.example@{}", server.addr));
    for origin in [EVIL, "null", "", path.as_str(), user.as_str(), format!("{own}.evil.example").as_str()] {
        assert_eq!(opens(server.addr, session.as_str(), "session", origin), 403, "{origin}");
    }
    let tls = server.behind_tls();
    assert_eq!(opens(tls, session.as_str(), "__Host-session", PUBLIC_URL), 101);
    assert_eq!(opens(tls, session.as_str(), "__Host-session", "https://other.plan.example"), 403);
}

/// What somebody might send along to be led elsewhere.
const ELSEWHERE: [&str; 14] = [
    "//evil.example",
    "https://evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    "/\n/evil.example",
    "/\r\n/evil.example",
    "/board\r\nset-cookie: session=0",
    "/\u{1}/evil.example",
    "evil.example",
    "",
];

/// What looks like elsewhere, and is an address of our own as browsers read it.
const HERE: [&str; 4] = ["/%2F%2Fevil.example", "/%5Cevil.example", "/board?next=https://evil.example", "/..//board"];

#[test]
fn nobody_is_led_elsewhere() {
    let server = Server::demo();
    for back in ELSEWHERE {
        let answer = server.browser().post("/preferences", &[("theme", "dark"), ("back", back)]);
        assert_eq!((answer.status, answer.location()), (303, "/board"), "{back:?}");
        assert_eq!(answer.cookies.keys().collect::<Vec<_>>(), ["theme"], "{back:?}");
    }
    for back in HERE {
        let answer = server.browser().post("/preferences", &[("theme", "dark"), ("back", back)]);
        assert_eq!((answer.status, answer.location()), (303, back));
    }
}

#[test]
fn nobody_is_led_elsewhere_after_signing_in() {
    let server = Server::demo();
    for next in ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example", "/\r\nx: y"] {
        let form = [("email", DONOR), ("password", PASSWORD), ("next", next)];
        let answer = server.browser().post("/sign-in", &form);
        assert_eq!((answer.status, answer.location()), (303, "/board"), "{next:?}");
    }
    let form = [("email", DONOR), ("password", PASSWORD), ("next", "/board?q=a&page-done=2")];
    assert_eq!(server.browser().post("/sign-in", &form).location(), "/board?q=a&page-done=2");

    let (_, codes) = set_up_second_factor(&mut server.browser_of(server.member(DONOR)), PASSWORD);
    let halfway = |next: &str| {
        let mut browser = server.browser();
        let form = [("email", DONOR), ("password", PASSWORD), ("next", next)];
        let location = browser.post("/sign-in", &form).location().to_owned();
        (browser, location)
    };
    let (mut browser, location) = halfway("/board?q=a&next=https://evil.example");
    assert_eq!(location, "/sign-in/code?next=/board%3Fq%3Da%26next%3Dhttps%3A//evil.example");
    let page = browser.get(&location);
    let carried = "name=\"next\" value=\"/board?q=a&amp;next=https://evil.example\"";
    assert!(page.status == 200 && page.body.contains(carried), "the address is carried on as a whole");
    let (_, location) = halfway("//evil.example");
    assert_eq!(location, "/sign-in/code?next=/board");
    // The address of the page may be anybody's, and so may the hidden field that it fills.
    for (code, next) in codes.iter().zip(["//evil.example", "/\\evil.example", "https://evil.example", "/\t/x"]) {
        let (mut browser, _) = halfway("");
        let answer = browser.post("/sign-in/code?next=//evil.example", &[("code", code.as_str()), ("next", next)]);
        assert_eq!((answer.status, answer.location()), (303, "/board"), "{next:?}");
    }
}

//! The logical framework over real HTTP: who may change what of it, and what others hear of that.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod support;

use act_board::domain::protocol::PROTOCOL;
use serde_json::{Value, json};
use std::{
    net::TcpStream,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};
use support::{
    databases::BOTH,
    server::{ASTRA, Answer, CLCI, COORDINATOR, DONOR, NHC, OBSERVER, PUBLIC, Server},
};
use tungstenite::client::IntoClientRequest;
use uuid::Uuid;

/// In the order of the tables below. CLCI reads the indicator; NHC has no part in it.
const VIEWERS: [&str; 6] = [PUBLIC, DONOR, OBSERVER, CLCI, NHC, COORDINATOR];

const PHONE: &str = "Call +381 11 334 7817 before you come";

fn fresh() -> String {
    Uuid::now_v7().to_string()
}

/// A code that no other indicator has.
fn code() -> String {
    static COUNT: AtomicUsize = AtomicUsize::new(1);
    format!("Z {}", COUNT.fetch_add(1, Ordering::Relaxed))
}

/// An impact, outcome, output and an indicator of it that CLCI reads, each with its id.
struct Framework {
    impact: String,
    outcome: String,
    output: String,
    indicator: String,
}

impl Server {
    fn submit_as(&self, op: &str, command: &Value, who: &str) -> Answer {
        let command = json!({ "results": command });
        self.rpc("submit", &json!({ "op": op, "command": command, "protocol": PROTOCOL }), who)
    }

    fn submit(&self, command: &Value, who: &str) -> Answer {
        self.submit_as(&fresh(), command, who)
    }

    /// Does what a test needs to be there.
    fn done(&self, command: &Value, who: &str) -> Answer {
        let answer = self.submit(command, who);
        assert_eq!(answer.status, 200, "{who}: {command}: {}", answer.body);
        answer
    }

    /// The status of each viewer's command, one after the other.
    fn statuses(&self, command: impl Fn() -> Value) -> [u16; 6] {
        VIEWERS.map(|who| self.submit(&command(), who).status)
    }

    fn view(&self) -> Value {
        self.rpc("item", &json!({ "number": 1 }), COORDINATOR).json()
    }

    fn org(&self, short_name: &str) -> String {
        let view = self.view();
        let orgs = view["frame"]["organisations"].as_array().unwrap();
        let org = orgs.iter().find(|org| org["short_name"] == short_name).unwrap();
        org["id"].as_str().unwrap().to_owned()
    }

    fn facts(&self, code: &str) -> Value {
        let targets = json!([{ "period": "2027Q4", "value": { "number": 7000 } }]);
        let scale = json!({ "kind": "number", "direction": "increase", "accumulation": "cumulative",
                            "baseline": { "value": { "number": 2000 }, "year": 2025 }, "targets": targets });
        json!({ "code": code, "unit": "agreements", "scale": scale, "frequency": "quarter",
                "responsible": self.org("CLCI"), "dimensions": [{ "name": "sex", "categories": ["women", "men"] }] })
    }

    fn framework(&self) -> Framework {
        let [impact, outcome, output, indicator] = [(); 4].map(|()| fresh());
        self.done(&add_node(&impact, "impact", None), COORDINATOR);
        self.done(&add_node(&outcome, "outcome", Some(&impact)), COORDINATOR);
        self.done(&add_node(&output, "output", Some(&outcome)), COORDINATOR);
        self.done(&add_indicator(&indicator, &output, &self.facts(&code())), COORDINATOR);
        // Whatever the demo has closed.
        for period in ["2026Q1", "2026Q3", "2026Q4"] {
            self.done(&lock(period, false), COORDINATOR);
        }
        Framework { impact, outcome, output, indicator }
    }
}

fn add_node(node: &str, level: &str, parent: Option<&str>) -> Value {
    json!({ "add_node": { "node": node, "level": level, "parent": parent, "after": null, "title": "A result",
                          "objective": null } })
}

fn edit_node(node: &str, edit: &Value) -> Value {
    json!({ "edit_node": { "node": node, "edit": edit } })
}

fn add_indicator(indicator: &str, node: &str, facts: &Value) -> Value {
    json!({ "add_indicator": { "indicator": indicator, "node": node, "title": "Agreements", "facts": facts } })
}

fn edit_indicator(indicator: &str, edit: &Value) -> Value {
    json!({ "edit_indicator": { "indicator": indicator, "edit": edit } })
}

fn read(reading: &str, indicator: &str, period: &str) -> Value {
    json!({ "read": { "reading": reading, "indicator": indicator, "period": period, "value": { "number": 3000 },
                      "narrative": { "from": 0, "body": "" } } })
}

fn step(reading: &str, step: &str, why: Option<&str>) -> Value {
    json!({ "step": { "reading": reading, "step": step, "why": why } })
}

fn lock(period: &str, locked: bool) -> Value {
    json!({ "lock": { "period": period, "locked": locked } })
}

fn invalid(field: &str, problem: &Value) -> Value {
    json!({ "refused": { "invalid": [{ "field": field, "problem": problem }] } })
}

#[test]
fn everybody_changes_what_is_theirs_of_the_framework_and_no_more() {
    const COORDINATORS: [u16; 6] = [401, 403, 403, 403, 403, 200];
    for kind in BOTH {
        let server = Server::start(kind, 0);
        let Framework { impact, outcome, output, indicator } = server.framework();
        let item = server.view()["item"]["id"].as_str().unwrap().to_owned();
        let (reading, nobody, spare) = (fresh(), fresh(), fresh());
        let facts = server.facts("?");
        server.done(&add_node(&spare, "output", Some(&outcome)), COORDINATOR);
        let new_indicator = || {
            let mut facts = facts.clone();
            facts["code"] = json!(code());
            add_indicator(&fresh(), &output, &facts)
        };
        let extra = fresh();
        let mut command = new_indicator();
        command["add_indicator"]["indicator"] = json!(extra);
        server.done(&command, COORDINATOR);

        let why = Some("The list is missing");
        let light =
            |light: Value| json!({ "set_light": { "indicator": indicator, "period": "2026Q1", "light": light } });
        let moved = json!({ "move_node": { "node": spare, "parent": outcome, "after": output } });
        let removed = json!({ "remove_node": { "node": spare } });
        let link = |way: &str, output: &str| json!({ way: { "item": item, "output": output } });
        let fixed = |name, command: Value, expected| (name, command, expected);
        assert_eq!(server.statuses(|| add_node(&fresh(), "output", Some(&outcome))), COORDINATORS, "{kind:?}");
        assert_eq!(server.statuses(new_indicator), COORDINATORS, "{kind:?}");
        let table = [
            fixed("edit a result", edit_node(&outcome, &json!({})), COORDINATORS),
            fixed("move a result", moved, COORDINATORS),
            fixed("remove a result", removed.clone(), COORDINATORS),
            fixed("remove it again", removed, [401, 403, 403, 403, 403, 404]),
            fixed("edit an indicator", edit_indicator(&indicator, &json!({})), COORDINATORS),
            fixed("remove an indicator", json!({ "remove_indicator": { "indicator": extra } }), COORDINATORS),
            fixed("link", link("link", &output), COORDINATORS),
            fixed("link again", link("link", &output), [401, 403, 403, 403, 403, 409]),
            fixed("link to an outcome", link("link", &outcome), [401, 403, 403, 403, 403, 422]),
            fixed("unlink", link("unlink", &output), COORDINATORS),
            fixed("unlink again", link("unlink", &output), [401, 403, 403, 403, 403, 404]),
            fixed("set a light", light(json!(["amber", "Signed in January"])), COORDINATORS),
            fixed("the rule's again", light(Value::Null), COORDINATORS),
            fixed("close a period", lock("2026Q3", true), COORDINATORS),
            fixed("read a closed period", read(&fresh(), &indicator, "2026Q3"), [401, 403, 403, 422, 403, 422]),
            fixed("open a period", lock("2026Q3", false), COORDINATORS),
            fixed("read", read(&reading, &indicator, "2026Q4"), [401, 403, 403, 200, 403, 200]),
            fixed("read another one's id", read(&reading, &indicator, "2026Q3"), [401, 403, 403, 409, 403, 409]),
            fixed("submit", step(&reading, "submit", None), [401, 403, 403, 200, 403, 409]),
            fixed("read under review", read(&reading, &indicator, "2026Q4"), [401, 403, 403, 422, 403, 422]),
            fixed("return in silence", step(&reading, "return", None), [401, 403, 403, 403, 403, 422]),
            fixed("return", step(&reading, "return", why), COORDINATORS),
            fixed("submit again", step(&reading, "submit", None), [401, 403, 403, 200, 403, 409]),
            fixed("approve", step(&reading, "approve", None), COORDINATORS),
            fixed("reopen in silence", step(&reading, "reopen", None), [401, 403, 403, 403, 403, 422]),
            fixed("reopen", step(&reading, "reopen", why), COORDINATORS),
            fixed("approve out of turn", step(&reading, "approve", None), [401, 403, 403, 403, 403, 409]),
            fixed("no such result", edit_node(&nobody, &json!({})), [401, 403, 403, 403, 403, 404]),
            fixed("no such reading", step(&nobody, "submit", None), [401, 404, 403, 404, 404, 404]),
            fixed("no such indicator", read(&fresh(), &nobody, "2026Q4"), [401, 404, 403, 404, 404, 404]),
            fixed("a result twice", add_node(&impact, "impact", None), [401, 403, 403, 403, 403, 409]),
        ];
        for (name, command, expected) in table {
            assert_eq!(server.statuses(|| command.clone()), expected, "{kind:?}: {name}");
        }
    }
}

#[test]
fn what_is_refused_says_which_field_is_to_blame() {
    let server = Server::demo();
    let Framework { impact, outcome, output, indicator } = server.framework();
    let code = code();
    server.done(&add_indicator(&fresh(), &output, &server.facts(&code)), COORDINATOR);
    let edit = |key: &str, value: Value| edit_node(&outcome, &json!({ key: value }));
    let mut backwards = server.facts("1.1.z");
    backwards["scale"]["direction"] = json!("decrease");
    let mut shared = read(&fresh(), &indicator, "2026Q4");
    shared["read"]["shares"] = json!([{ "dimension": "sex", "category": "others", "value": { "number": 1 } }]);
    let mut words = read(&fresh(), &indicator, "2026Q4");
    words["read"]["value"] = json!({ "words": "many" });
    let mut linked = read(&fresh(), &indicator, "2026Q4");
    linked["read"]["evidence"] = json!([{ "link": "javascript:alert(1)" }]);
    let table = [
        (add_node(&fresh(), "output", Some(&impact)), "parent", json!("wrong_level")),
        (add_node(&fresh(), "outcome", None), "parent", json!("missing")),
        (json!({ "remove_node": { "node": outcome } }), "parent", json!("in_the_way")),
        (add_indicator(&fresh(), &output, &server.facts(&code)), "indicator_code", json!("in_use")),
        (add_indicator(&fresh(), &output, &backwards), "target", json!("wrong_direction")),
        (edit("objective", json!(fresh())), "objective", json!("unknown")),
        (
            edit("title", json!({ "from": 1, "body": "ш".repeat(401) })),
            "statement",
            json!({ "too_long": { "max": 400 } }),
        ),
        (edit("risks", json!({ "from": 1, "body": "JMBG 0104986719873" })), "risks", json!("id_number")),
        (edit("risks", json!({ "from": 1, "body": PHONE })), "risks", json!({ "personal": "phone" })),
        (read(&fresh(), &indicator, "2026Q5"), "period", json!("not_a_quarter")),
        (shared, "category", json!("unknown")),
        (words, "value", json!("wrong_kind")),
        (linked, "evidence", json!("not_an_address")),
    ];
    let before = server.revision();
    for (command, field, problem) in table {
        let refused = server.submit(&command, COORDINATOR);
        assert_eq!((refused.status, refused.json()), (422, invalid(field, &problem)), "{command}");
    }
    assert_eq!(server.revision(), before, "and nothing of it is written");
}

#[test]
fn two_people_editing_one_result_lose_nothing() {
    let server = Server::demo();
    let Framework { outcome, indicator, .. } = server.framework();
    let write = |from: i64, body: &str| edit_node(&outcome, &json!({ "title": { "from": from, "body": body } }));
    server.done(&write(1, "First"), COORDINATOR);
    let behind = server.submit(&write(1, "Second"), COORDINATOR);
    let conflict = behind.json();
    let theirs = &conflict["refused"]["conflict"]["theirs"];
    assert_eq!((behind.status, &theirs["body"], &theirs["version"]), (409, &json!("First"), &json!(2)));
    server.done(&write(2, "Second"), COORDINATOR);

    let narrated = |from: i64, body: &str| {
        let mut command = read(&fresh(), &indicator, "2026Q4");
        command["read"]["narrative"] = json!({ "from": from, "body": body });
        command
    };
    let first = server.done(&narrated(0, "Three were signed"), CLCI).json();
    let blind = server.submit(&narrated(0, "Four were signed"), COORDINATOR);
    assert_eq!((blind.status, &blind.json()["refused"]["conflict"]["field"]), (409, &json!("narrative")));
    let second = server.done(&narrated(1, "Four were signed"), COORDINATOR).json();
    let id = |answer: &Value| answer["change"]["results"]["reading"]["id"].clone();
    assert_eq!(id(&first), id(&second), "one reading a period, whoever made it");
}

#[test]
fn what_was_promised_moves_only_for_a_reason_once_a_value_was_approved() {
    for kind in BOTH {
        let server = Server::start(kind, 0);
        let Framework { indicator, .. } = server.framework();
        let facts = |target: i64| {
            let mut facts = server.facts(&code());
            facts["scale"]["targets"][0]["value"]["number"] = json!(target);
            facts
        };
        server.done(&edit_indicator(&indicator, &json!({ "facts": facts(6000) })), COORDINATOR);
        let reading = fresh();
        server.done(&read(&reading, &indicator, "2026Q4"), CLCI);
        server.done(&step(&reading, "submit", None), CLCI);
        server.done(&step(&reading, "approve", None), COORDINATOR);
        server.done(&step(&reading, "reopen", Some("Counted twice")), COORDINATOR);
        let silent = server.submit(&edit_indicator(&indicator, &json!({ "facts": facts(5000) })), COORDINATOR);
        assert_eq!((silent.status, silent.json()), (422, invalid("why", &json!("missing"))));
        let said = json!({ "facts": facts(5000), "why": "Two ministries were merged" });
        let answer = server.done(&edit_indicator(&indicator, &said), COORDINATOR).json();
        let goals = &answer["change"]["results"]["indicator"]["goals"];
        assert_eq!(goals["changes"][0]["target"]["before"], json!({ "number": 6000 }));
        let kept = server.rpc("goals", &json!({ "indicator": indicator }), NHC).json();
        assert_eq!(kept.as_array().unwrap().last().unwrap()["goals"], *goals, "every partner reads why");
        assert_eq!(goals["reason"], "Two ministries were merged");
    }
}

#[test]
fn a_command_sent_twice_takes_effect_once() {
    for kind in BOTH {
        let server = Server::start(kind, 0);
        let Framework { indicator, .. } = server.framework();
        let before = server.revision();
        let (op, command) = (fresh(), read(&fresh(), &indicator, "2026Q4"));
        let (first, second) = (server.submit_as(&op, &command, CLCI), server.submit_as(&op, &command, CLCI));
        assert_eq!((first.status, second.status), (200, 200), "{kind:?}");
        assert_eq!(first.json(), second.json(), "{kind:?}");
        assert_eq!(server.revision(), before + 1, "{kind:?}");
        let stranger = server.submit_as(&op, &command, COORDINATOR);
        assert_eq!(stranger.status, 409, "{kind:?}: nobody else's answer is given away");
    }
}

#[test]
fn why_what_looks_personal_may_stay_is_noted_and_never_the_words() {
    let server = Server::demo();
    let Framework { indicator, .. } = server.framework();
    let noted = || {
        let page = server.rpc("audit", &json!({ "filter": { "action": "guard_overridden", "page": 0 } }), COORDINATOR);
        let page = page.json();
        page["lines"].as_array().unwrap().iter().map(|line| line[1]["detail"].clone()).collect::<Vec<_>>()
    };
    let write = |narrative: &str, reason: Option<&str>| {
        let mut command = read(&fresh(), &indicator, "2026Q4");
        command["read"]["narrative"]["body"] = json!(narrative);
        command["read"]["reason"] = json!(reason);
        server.submit(&command, CLCI)
    };
    let asked = write(PHONE, None);
    assert_eq!((asked.status, asked.json()), (422, invalid("narrative", &json!({ "personal": "phone" }))));
    assert_eq!(noted(), Vec::<Value>::new());
    let reason = "It is the number of the ministry";
    assert_eq!(write(PHONE, Some(reason)).status, 200);
    let noted = noted();
    assert!(noted.len() == 1 && noted[0]["reason"] == reason && noted[0]["indicator"].is_string(), "{noted:?}");
    assert!(!server.get("/export/audit.csv", COORDINATOR).body.contains("334 7817"));
}

/// A member's live socket, read as it goes over the line.
struct Line(tungstenite::WebSocket<TcpStream>);

impl Line {
    fn open(server: &Server, since: i64, who: &str) -> Self {
        let form = [("email", who), ("password", act_board::server::demo::PASSWORD)];
        let session = format!("session={}", server.post("/sign-in", &form, PUBLIC).cookie("session"));
        let mut request = format!("ws://{}/live?since={since}", server.addr).into_client_request().unwrap();
        request.headers_mut().insert("cookie", session.parse().unwrap());
        let stream = TcpStream::connect(server.addr).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        Self(tungstenite::client(request, stream).unwrap().0)
    }

    /// The next message that is about the plan.
    fn next(&mut self) -> String {
        loop {
            let message = self.0.read().unwrap();
            let tungstenite::Message::Text(text) = message else { continue };
            let about_the_line = ["{\"hello\"", "{\"here\"", "\"ping\""];
            if !about_the_line.iter().any(|start| text.starts_with(start)) {
                return text.as_str().to_owned();
            }
        }
    }
}

#[test]
fn nobody_hears_of_a_draft_reading_but_that_something_of_the_framework_has_changed() {
    for kind in BOTH {
        let server = Server::start(kind, 0);
        let Framework { outcome, indicator, .. } = server.framework();
        let start = server.revision();
        let others = [NHC, ASTRA, DONOR, OBSERVER];
        let mut lines = others.map(|who| (who, Line::open(&server, start, who)));
        let (op, reading) = (fresh(), fresh());
        let mut draft = read(&reading, &indicator, "2026Q4");
        draft["read"]["value"] = json!({ "number": 4_242_424 });
        draft["read"]["shares"] =
            json!([{ "dimension": "sex", "category": "women", "value": { "number": 4_131_313 } }]);
        draft["read"]["narrative"]["body"] = json!("Narrativewords");
        draft["read"]["evidence"] = json!([{ "citation": "Citationwords" }]);
        assert_eq!(server.submit_as(&op, &draft, CLCI).status, 200);
        server.done(&step(&reading, "submit", None), CLCI);
        server.done(&step(&reading, "return", Some("Reasonwords")), COORDINATOR);
        server.done(&edit_node(&outcome, &json!({ "risks": { "from": 1, "body": "Riskwords" } })), COORDINATOR);
        let secrets = [
            "4242424",
            "4131313",
            "Narrativewords",
            "Citationwords",
            "Reasonwords",
            "Riskwords",
            "2026Q4",
            "reading",
            "narrative",
            "returned",
            reading.as_str(),
            indicator.as_str(),
        ];
        let silent = |what: &str, text: &str| {
            for secret in secrets {
                assert!(!text.contains(secret), "{kind:?}: {what}: {secret} in {text}");
            }
        };
        let heard = |who: &str, line: &mut Line| {
            for n in 1..=4 {
                let frame = line.next();
                silent(who, &frame);
                let message: Value = serde_json::from_str(&frame).unwrap();
                let entry = &message["changed"]["entry"];
                assert_eq!((&entry["revision"], &entry["change"]), (&json!(start + n), &json!("results_touched")));
                let mut parts: Vec<&str> = entry.as_object().unwrap().keys().map(String::as_str).collect();
                parts.sort_unstable();
                assert_eq!(parts, ["actor", "at", "change", "op", "revision"], "{kind:?}: {who}");
            }
        };
        for (who, line) in &mut lines {
            heard(who, line);
        }
        let words = ["4242424", "4131313", "Narrativewords", "Citationwords", "Reasonwords"];
        for who in others {
            heard(who, &mut Line::open(&server, start, who));
            for (function, body) in
                [("texts", json!({})), ("texts", json!({ "since": start })), ("cards", json!({})), ("site", json!({}))]
            {
                let answer = server.rpc(function, &body, who);
                assert_eq!(answer.status, 200);
                assert!(words.iter().all(|word| !answer.body.contains(word)), "{kind:?}: {function} for {who}");
            }
            let results = server.rpc("results", &json!({}), who);
            assert_eq!(results.status, if who == OBSERVER { 403 } else { 200 }, "{kind:?}: {who}");
            assert!(words.iter().all(|word| !results.body.contains(word)), "{kind:?}: results for {who}");
            let again = server.submit_as(&op, &draft, who);
            assert_eq!(again.status, 409, "{kind:?}: {who}");
            silent("in the answer to somebody else's command", &again.body);
        }
        for who in [CLCI, COORDINATOR] {
            let results = server.rpc("results", &json!({}), who).body;
            assert!(results.contains("4242424") && results.contains("Narrativewords"), "{kind:?}: {who}");
        }
    }
}

/// What is between a page's tags, from the code of an indicator to the end of its row.
fn row(page: &str, code: &str) -> String {
    let from = page.find(&format!(">{code}<")).unwrap_or_else(|| panic!("{code} is not on the page"));
    let row = page[from + 1 + code.len()..].split("</tr>").next().unwrap();
    let text: String = row.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text)).collect();
    text.replace("&lt;", "<")
}

fn trained_facts(server: &Server, code: &str, people: bool) -> Value {
    let mut facts = server.facts(code);
    facts["scale"]["people"] = json!(people);
    facts["scale"]["baseline"]["value"]["number"] = json!(0);
    facts["scale"]["targets"] = json!([{ "period": "2026Q3", "value": { "number": 100_000 } }]);
    facts
}

impl Framework {
    /// An indicator that counts people: 9 were trained in the third quarter, 60 in all by the end.
    fn trained(server: &Server) -> (Self, String, [String; 2]) {
        let framework = server.framework();
        let (code, indicator) = (code(), fresh());
        let facts = trained_facts(server, &code, true);
        server.done(&add_indicator(&indicator, &framework.output, &facts), COORDINATOR);
        let readings = [fresh(), fresh()];
        for (reading, period, [women, men]) in
            [(&readings[0], "2026Q3", [5_000, 4_000]), (&readings[1], "2026Q4", [53_000, 7_000])]
        {
            let mut command = read(reading, &indicator, period);
            let share = |category: &str, number: i64| json!({ "dimension": "sex", "category": category, "value": { "number": number } });
            command["read"]["value"] = json!({ "number": women + men });
            command["read"]["shares"] = json!([share("women", women), share("men", men)]);
            command["read"]["narrative"]["body"] = json!("Narrativewords");
            command["read"]["evidence"] = json!([{ "citation": "Citationwords" }]);
            server.done(&command, CLCI);
            server.done(&step(reading, "submit", None), CLCI);
            server.done(&step(reading, "approve", None), COORDINATOR);
        }
        (Self { indicator, ..framework }, code, readings)
    }
}

/// A donor who learned that 9 were trained in one town could find out who.
#[test]
fn a_small_count_of_people_reaches_nobody_who_only_reads() {
    for kind in BOTH {
        let server = Server::start(kind, 0);
        let start = server.revision();
        let mut socket = Line::open(&server, start, DONOR);
        let (Framework { indicator, .. }, code, [small, large]) = Framework::trained(&server);
        // The reading of the small count is in no page of theirs, and no words beside it or beside the next.
        for path in ["/results", "/results/overview", "/results/readings", "/dashboard"] {
            for period in ["2026Q3", "2026Q4"] {
                let page = server.get(&format!("{path}?period={period}"), DONOR);
                assert_eq!(page.status, 200, "{kind:?}: {path}");
                for secret in [small.as_str(), "Narrativewords", "Citationwords"] {
                    assert!(!page.body.contains(secret), "{kind:?}: {path} {period}: {secret}");
                }
            }
        }
        for who in [COORDINATOR, CLCI, NHC] {
            let page = server.get("/results?period=2026Q3", who).body;
            assert!(page.contains(&small), "{kind:?}: {who}");
            assert!(row(&page, &code).contains("9 agreements"), "{kind:?}: {who}: {}", row(&page, &code));
        }
        let seen = row(&server.get("/results?period=2026Q3", DONOR).body, &code);
        assert!(seen.contains("< 11 agreements") && !seen.contains("9 agreements"), "{kind:?}: {seen}");
        assert!(!seen.contains('%') && !seen.contains("No data"), "{kind:?}: no share of the way, and no gap: {seen}");
        let seen = row(&server.get("/results?period=2026Q4", DONOR).body, &code);
        assert!(seen.contains("60 agreements") && seen.contains("withheld"), "{kind:?}: {seen}");
        assert!(!seen.contains("53"), "{kind:?}: 60 less 53 are 7 men: {seen}");

        // The report is made to leave, whoever opens it.
        let form = [("period", "2026Q3"), ("from", "0"), ("do", "hand_over"), ("summary", "A quarter")];
        assert_eq!(server.post("/report", &form, COORDINATOR).status, 303, "{kind:?}");
        for who in [DONOR, COORDINATOR] {
            let page = server.get("/report?period=2026Q3", who).body;
            let seen = row(&page, &code);
            assert!(!page.contains(&small) && !page.contains("Narrativewords"), "{kind:?}: {who}");
            assert!(seen.contains("< 11 agreements") && !seen.contains("9 agreements"), "{kind:?}: {who}: {seen}");
        }

        let told = server.rpc("results", &json!({}), DONOR).json();
        let readings = told["results"]["readings"].as_array().unwrap();
        let own: Vec<&Value> = readings.iter().filter(|reading| reading["indicator"] == indicator.as_str()).collect();
        assert!(own.len() == 1 && own[0]["id"] == large.as_str(), "{kind:?}: {own:?}");
        assert_eq!((&own[0]["value"], &own[0]["shares"]), (&json!({ "number": 60_000 }), &json!([])), "{kind:?}");
        let all = server.rpc("results", &json!({}), NHC).json();
        let all = all["results"]["readings"].as_array().unwrap();
        let own = all.iter().filter(|reading| reading["indicator"] == indicator.as_str());
        assert_eq!(own.map(|reading| reading["shares"].as_array().unwrap().len()).collect::<Vec<_>>(), [2, 2]);

        // The way out of the dashboard: the chart, its table and its drawing.
        let line = |body: &str| body.lines().find(|line| line.contains(&code)).map(str::to_owned);
        let file = |who| server.get("/export/dashboard/indicators.csv?period=2026Q3", who).body;
        let own = line(&file(COORDINATOR)).unwrap_or_default();
        assert!(own.contains("9 %"), "{kind:?}: 9 of 100, the furthest behind: {own}");
        assert!(!line(&file(DONOR)).is_some_and(|line| line.contains("9 %")), "{kind:?}: {:?}", line(&file(DONOR)));
        for path in ["/rpc/dashboard", "/export/dashboard/indicators.svg?period=2026Q3"] {
            let answer = match path.strip_prefix("/rpc/") {
                Some(name) => server.rpc(name, &json!({ "period": "2026Q3" }), DONOR),
                None => server.get(path, DONOR),
            };
            assert_eq!(answer.status, 200, "{kind:?}: {path}: {}", answer.body);
            let bullets = answer.body.split(&code).skip(1).map(|rest| rest.chars().take(200).collect::<String>());
            assert!(
                bullets.clone().all(|rest| !rest.contains("9 %") && !rest.contains("\"reached\":90")),
                "{kind:?}: {path}"
            );
        }
        for _ in start..server.revision() {
            let frame = socket.next();
            assert!(!frame.contains(&small) && !frame.contains("Narrativewords"), "{kind:?}: {frame}");
        }
    }
}

#[test]
fn whether_people_are_counted_changes_only_for_a_reason_once_a_value_was_approved() {
    let server = Server::demo();
    let (Framework { indicator, .. }, code, _) = Framework::trained(&server);
    let edit = |why: Value| {
        let facts = trained_facts(&server, &code, false);
        server.submit(&edit_indicator(&indicator, &json!({ "facts": facts, "why": why })), COORDINATOR)
    };
    let silent = edit(Value::Null);
    assert_eq!((silent.status, silent.json()), (422, invalid("why", &json!("missing"))));
    let kept = edit(json!("It counts trainings, not people")).json();
    let people = &kept["change"]["results"]["indicator"]["goals"]["changes"][0]["people"];
    assert_eq!(people, &json!({ "before": true, "after": false }));
}

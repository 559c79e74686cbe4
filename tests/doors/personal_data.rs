//! What could point to somebody: asked about before it is saved, noted if it was saved all the same, and gone everywhere
//! once it is withdrawn.

use crate::support::{
    databases::{BOTH, Kind},
    server::{ASTRA, CLCI, COORDINATOR, DONOR, Server},
};
use act_board::{
    domain::{change::Change, ids::Revision, item_form::values_of, items::Item, live::ToBrowser, protocol::PROTOCOL},
    store,
};
use serde_json::{Value, json};
use uuid::Uuid;

/// Led by ASTRA; CLCI has no part in it.
const ITEM: i64 = 17;

const PHONE: &str = "Call +381 11 334 7817 before you come";

const REASON: &str = "It is the number of the ministry";

fn item(server: &Server) -> Item {
    let view = server.rpc("item", &json!({ "number": ITEM }), COORDINATOR).json();
    serde_json::from_value(view["item"].clone()).unwrap()
}

/// The form of the item as it stands, with some of its fields typed over.
fn save(server: &Server, typed: &[(&str, &str)]) -> crate::support::server::Answer {
    let mut values = values_of(&item(server));
    values.retain(|value| typed.iter().all(|(name, _)| *name != value.0));
    values.extend(typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    server.post(&format!("/board/items/{ITEM}/edit"), &values, ASTRA)
}

fn submit(server: &Server, op: Uuid, command: &Value) -> crate::support::server::Answer {
    server.rpc("submit", &json!({ "op": op, "command": { "item": command }, "protocol": 4 }), ASTRA)
}

/// The details of the audit's lines of one kind.
fn noted(server: &Server, action: &str) -> Vec<Value> {
    let page = server.rpc("audit", &json!({ "filter": { "action": action, "page": 0 } }), COORDINATOR).json();
    page["lines"].as_array().unwrap().iter().map(|line| line[1]["detail"].clone()).collect()
}

#[test]
fn what_looks_personal_is_saved_for_a_reason_only_and_the_reason_is_noted() {
    for kind in BOTH {
        let server = Server::start(kind, 0);
        let asked = save(&server, &[("description", PHONE)]);
        assert_eq!(asked.status, 422);
        assert!(
            asked.body.contains(PHONE) && asked.body.contains("name=\"reason\""),
            "typed text is kept, a reason wanted"
        );
        for reason in ["no", "call 011 334 7817"] {
            assert_eq!(save(&server, &[("description", PHONE), ("reason", reason)]).status, 422, "{reason}");
        }
        assert_eq!(noted(&server, "guard_overridden"), Vec::<Value>::new());
        assert_eq!(save(&server, &[("description", PHONE), ("reason", REASON)]).status, 303);
        assert_eq!(noted(&server, "guard_overridden"), [json!({ "item": ITEM, "reason": REASON })]);
        let log = server.get("/export/audit.csv", COORDINATOR).body;
        assert!(log.contains(REASON) && !log.contains("334 7817"), "the text itself is not noted");
        // Nobody is asked twice about the same words, and a reason without need is not noted.
        let longer = format!("{PHONE}. And again.");
        assert_eq!(save(&server, &[("description", &longer), ("reason", REASON)]).status, 303);
        assert_eq!(save(&server, &[("title", "Rapporteur mandate")]).status, 303);
        assert_eq!(noted(&server, "guard_overridden").len(), 1);
        assert_eq!(save(&server, &[("description", "JMBG 0104986719873"), ("reason", REASON)]).status, 422, "never");
    }
}

#[test]
fn a_program_is_asked_as_a_form_is_in_every_text() {
    let server = Server::demo();
    let facts = item(&server).facts;
    let measure = json!({ "unit": "a@example.org", "baseline": 0, "target": 1000, "current": 0 });
    let with_unit = {
        let mut facts = json!(facts);
        facts["measure"] = measure.clone();
        facts
    };
    let create = |title: &str, description: &str, facts: &Value| {
        let item = Uuid::now_v7();
        json!({ "create": { "item": item, "title": title, "description": description, "facts": facts } })
    };
    let edit = |edit: Value| json!({ "edit": { "item": item(&server).id, "edit": edit } });
    let table = [
        (create(PHONE, "", &json!(facts)), "title", "phone"),
        (create("A", "IBAN RS35105008123123123173", &json!(facts)), "description", "iban"),
        (create("A", "", &with_unit), "unit", "email"),
        (edit(json!({ "title": { "from": 1, "body": "Passport number 008123456" } })), "title", "passport"),
        (edit(json!({ "description": { "from": 1, "body": "born 12.3.1998" } })), "description", "birth"),
        (edit(json!({ "parts": { "unit": "a@example.org" } })), "unit", "email"),
    ];
    for (command, field, kind) in table {
        let refused = submit(&server, Uuid::now_v7(), &command);
        let error = json!({ "refused": { "invalid": [{ "field": field, "problem": { "personal": kind } }] } });
        assert_eq!((refused.status, refused.json()), (422, error), "{command}");
        let mut confirmed = command.clone();
        match confirmed.get_mut("create") {
            Some(create) => create["reason"] = json!(REASON),
            None => confirmed["edit"]["edit"]["reason"] = json!(REASON),
        }
        assert_eq!(submit(&server, Uuid::now_v7(), &confirmed).status, 200, "{confirmed}");
    }
    assert_eq!(noted(&server, "guard_overridden").len(), 6);
}

/// What a leak says.
const LEAK: &str = "The house stands behind the old mill";

#[test]
fn what_is_withdrawn_is_gone_from_history_from_lines_and_from_the_file() {
    for kind in BOTH {
        let server = Server::start(kind, 0);
        let nodes = if kind == Kind::Postgres { vec![server.addr, server.again()] } else { vec![server.addr] };
        let start = server.revision();
        // Each node has the leak among what it keeps for those who were away.
        let _followers: Vec<_> = nodes.iter().map(|node| server.socket(*node, start, COORDINATOR)).collect();
        let id = item(&server).id;
        let write = |from: i64, body: &str| json!({ "edit": { "item": id, "edit": { "description": { "from": from, "body": body } } } });
        let leaked = Uuid::now_v7();
        assert_eq!(submit(&server, leaked, &write(1, LEAK)).status, 200);
        assert_eq!(submit(&server, Uuid::now_v7(), &write(2, "Nothing about houses")).status, 200);
        let withdraw = |who| server.post(&format!("/board/items/{ITEM}"), &[("do", "withdraw")], who).status;
        assert!(history(&server).contains(LEAK));
        assert_eq!(withdraw(CLCI), 403);
        assert_eq!(withdraw(ASTRA), 303);
        assert_eq!(noted(&server, "texts_withdrawn"), [json!({ "item": ITEM })]);
        assert_eq!(item(&server).description.body, "Nothing about houses");
        assert!(!history(&server).contains(LEAK), "in the plan's history");
        let again = submit(&server, leaked, &write(1, LEAK));
        assert!(again.status == 200 && !again.body.contains(LEAK), "in the answer to a command sent again");
        let behind = submit(&server, Uuid::now_v7(), &write(2, "From the leaked version"));
        assert!(behind.status == 409 && !behind.body.contains(LEAK), "in a conflict");
        for node in nodes {
            let mut late = server.socket(node, start, COORDINATOR);
            let came: Vec<ToBrowser> = (0..2).filter_map(|_| late.next()).collect();
            assert!(came.contains(&ToBrowser::Resync), "{came:?}");
            assert!(!serde_json::to_string(&came).unwrap().contains(LEAK), "on the line");
        }
        assert!(!server.rpc("texts", &json!({ "since": start }), COORDINATOR).body.contains(LEAK));
        if kind == Kind::Sqlite {
            assert!(!file(&server).contains(LEAK), "in the file");
        }
    }
}

/// A quarter of which nothing was read yet.
const QUARTER: &str = "2027Q1";

fn submit_results(server: &Server, op: Uuid, command: &Value, who: &str) -> crate::support::server::Answer {
    server.rpc("submit", &json!({ "op": op, "command": { "results": command }, "protocol": PROTOCOL }), who)
}

/// Does what a test needs to be there.
fn done(server: &Server, command: &Value, who: &str) {
    let answer = submit_results(server, Uuid::now_v7(), command, who);
    assert_eq!(answer.status, 200, "{who}: {command}: {}", answer.body);
}

fn results(server: &Server) -> Value {
    server.rpc("results", &json!({ "period": QUARTER }), COORDINATOR).json()
}

/// An indicator in numbers that ASTRA reads.
fn indicator(server: &Server) -> Value {
    let view = results(server);
    let orgs = view["frame"]["organisations"].as_array().unwrap();
    let astra = orgs.iter().find(|org| org["short_name"] == "ASTRA").unwrap();
    let is_own = |it: &&Value| it["responsible"] == astra["id"] && it["scale"]["kind"] == "number";
    view["results"]["framework"]["indicators"].as_array().unwrap().iter().find(is_own).unwrap().clone()
}

#[test]
fn what_is_withdrawn_of_a_reading_is_gone_everywhere_and_by_coordinators_alone() {
    for kind in BOTH {
        let server = Server::start(kind, 0);
        let nodes = if kind == Kind::Postgres { vec![server.addr, server.again()] } else { vec![server.addr] };
        let start = server.revision();
        let _followers: Vec<_> = nodes.iter().map(|node| server.socket(*node, start, COORDINATOR)).collect();
        let (indicator, reading, leaked) = (indicator(&server), Uuid::now_v7(), Uuid::now_v7());
        let read = |from: i64, narrative: &str, cited: &str| {
            json!({ "read": { "reading": reading, "indicator": indicator["id"], "period": QUARTER,
                              "value": { "number": 3000 }, "narrative": { "from": from, "body": narrative },
                              "evidence": [{ "citation": cited }] } })
        };
        let step = |step: &str, why: Option<&str>| json!({ "step": { "reading": reading, "step": step, "why": why } });
        let mut first = read(0, PHONE, LEAK);
        assert_eq!(submit_results(&server, leaked, &first, ASTRA).status, 422, "asked about");
        first["read"]["reason"] = json!(REASON);
        assert_eq!(submit_results(&server, leaked, &first, ASTRA).status, 200);
        done(&server, &step("submit", None), ASTRA);
        let why = "Nobody may read of the mill";
        done(&server, &step("return", Some(why)), COORDINATOR);
        done(&server, &read(1, "Counted from the minutes", "Minutes of the call"), ASTRA);
        done(&server, &step("submit", None), ASTRA);
        done(&server, &json!({ "lock": { "period": QUARTER, "locked": true } }), COORDINATOR);
        let before = results(&server);
        assert!([PHONE, LEAK, why].iter().all(|words| history(&server).contains(words)));

        let (id, of) = (reading.to_string(), indicator["id"].as_str().unwrap());
        let page = format!("/results/readings?period={QUARTER}");
        let withdraw = |who| server.post(&page, &[("do", "withdraw"), ("indicator", of), ("reading", &id)], who);
        let mut here = server.socket(server.addr, server.revision(), ASTRA);
        let mut donor = server.socket(server.addr, server.revision(), DONOR);
        assert_eq!([ASTRA, CLCI, DONOR].map(|who| withdraw(who).status), [403; 3]);
        let answer = withdraw(COORDINATOR);
        assert_eq!((answer.status, answer.location()), (303, &*format!("{page}&done={id}#i-{of}")));
        assert_eq!(noted(&server, "texts_withdrawn"), [json!({ "indicator": indicator["code"] })]);
        assert_eq!(results(&server), before, "what stands now stays");
        for (socket, told) in [(&mut here, Change::ResultsWithdrawn), (&mut donor, Change::ResultsTouched)] {
            let is_told = |it: ToBrowser| matches!(it, ToBrowser::Changed { entry, .. } if entry.change == told);
            assert!((0..4).any(|_| socket.next().is_some_and(is_told)), "{told:?}");
        }

        let again = submit_results(&server, leaked, &first, ASTRA);
        assert_eq!(again.status, 200);
        let mut places = vec![history(&server), again.body, server.rpc("results", &json!({}), COORDINATOR).body];
        for node in nodes {
            let mut late = server.socket(node, start, COORDINATOR);
            let came: Vec<ToBrowser> = (0..2).filter_map(|_| late.next()).collect();
            assert!(came.contains(&ToBrowser::Resync), "{came:?}");
            places.push(serde_json::to_string(&came).unwrap());
        }
        if kind == Kind::Sqlite {
            places.push(file(&server));
        }
        for (n, place) in places.iter().enumerate() {
            for words in [PHONE, LEAK, why] {
                assert!(!place.contains(words), "{kind:?}: {words} in place {n}");
            }
        }
        assert!(places[0].contains("Counted from the minutes") && places[0].contains("Minutes of the call"));
    }
}

#[test]
fn what_is_withdrawn_of_the_framework_is_gone_with_its_reasons() {
    for kind in BOTH {
        let server = Server::start(kind, 0);
        let indicator = indicator(&server);
        let nodes = results(&server)["results"]["framework"]["nodes"].clone();
        let node = nodes.as_array().unwrap().iter().find(|node| node["level"] == "output").unwrap().clone();
        let risks = |body: &str, from: i64| json!({ "risks": { "from": from, "body": body } });
        let version = node["risks"]["version"].as_i64().unwrap();
        let edit_node = |edit: Value| json!({ "edit_node": { "node": node["id"], "edit": edit } });
        let unit = |unit: &Value, why: &str| {
            let mut facts = json!({});
            for name in ["code", "unit", "scale", "frequency", "responsible", "dimensions"] {
                facts[name] = indicator[name].clone();
            }
            facts["unit"] = unit.clone();
            json!({ "edit_indicator": { "indicator": indicator["id"], "edit": { "facts": facts, "why": why } } })
        };
        let light = |why: &str| json!({ "set_light": { "indicator": indicator["id"], "period": QUARTER, "light": ["red", why] } });
        for command in [
            edit_node(risks(LEAK, version)),
            edit_node(risks("Elections", version + 1)),
            unit(&json!("houses behind the old mill"), LEAK),
            unit(&indicator["unit"], "Counted as before"),
            light(LEAK),
            light("The law has fallen"),
        ] {
            done(&server, &command, COORDINATOR);
        }
        let (before, leak) = (results(&server), "behind the old mill");
        assert!(history(&server).contains(LEAK));
        for subject in [json!({ "node": node["id"] }), json!({ "indicator": indicator["id"] })] {
            let withdraw = json!({ "withdraw": { "subject": subject } });
            assert_eq!(submit_results(&server, Uuid::now_v7(), &withdraw, ASTRA).status, 403);
            done(&server, &withdraw, COORDINATOR);
        }
        let noted = noted(&server, "texts_withdrawn");
        assert!(noted.contains(&json!({ "indicator": indicator["code"] })), "{noted:?}");
        assert!(noted.iter().any(|detail| detail["result"].as_str().is_some_and(|code| code.starts_with("Op "))));
        assert_eq!(results(&server), before, "what stands now stays");
        let history = history(&server);
        assert!(!history.contains(leak), "{kind:?}: in the plan's history");
        assert!(history.contains("Elections") && history.contains("The law has fallen"));
        if kind == Kind::Sqlite {
            assert!(!file(&server).contains(leak), "in the file");
        }
    }
}

/// All that was ever written into the plan, as it can be read now.
fn history(server: &Server) -> String {
    server.block_on(async {
        let mut conn = server.state.db.reader().await.unwrap();
        let plan = store::current_plan(&mut conn).await.unwrap().unwrap();
        let entries = store::changes_since(&mut conn, plan, Revision(0), 1_000).await.unwrap();
        serde_json::to_string(&entries).unwrap()
    })
}

/// The bytes of the database's file, once everything is in it.
fn file(server: &Server) -> String {
    server.block_on(async {
        let pool = sqlx::SqlitePool::connect(&server.db.url).await.unwrap();
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&pool).await.unwrap();
        pool.close().await;
    });
    let path = server.db.url.strip_prefix("sqlite://").unwrap().split('?').next().unwrap();
    String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned()
}

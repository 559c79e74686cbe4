//! What could point to somebody: asked about before it is saved, noted if it was saved all the same, and gone everywhere
//! once it is withdrawn.

use crate::support::{
    databases::{BOTH, Kind},
    server::{ASTRA, CLCI, COORDINATOR, Server},
};
use act_board::{
    domain::{ids::Revision, item_form::values_of, items::Item, live::ToBrowser},
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

//! Every server function and every form over real HTTP, for each role, with good input and bad.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod support;

use act_board::{
    domain::{
        accounts::Viewer,
        ids::ItemId,
        protocol::{OLDEST, PROTOCOL},
    },
    server::AppState,
    store::{self, StoreError},
};
use serde_json::{Value, json};
use support::{
    databases::{BOTH, Kind},
    server::{ASTRA, Answer, CLCI, COORDINATOR, DONOR, NHC, OBSERVER, PUBLIC, Server},
    statements::counted,
};
use uuid::Uuid;

/// In the order of the tables below. Item 8 is led by CLCI, with all Western Balkan partners; NHC has no part in it.
const VIEWERS: [&str; 6] = [PUBLIC, DONOR, OBSERVER, CLCI, NHC, COORDINATOR];

fn fresh() -> String {
    Uuid::now_v7().to_string()
}

impl Server {
    fn view(&self, number: i64) -> Value {
        self.rpc("item", &json!({ "number": number }), COORDINATOR).json()
    }

    fn id(&self, number: i64) -> String {
        self.view(number)["item"]["id"].as_str().unwrap().to_owned()
    }

    fn submit(&self, command: &Value, who: &str) -> Answer {
        self.rpc("submit", &json!({ "op": fresh(), "command": { "item": command } }), who)
    }

    /// The status a board shows for each viewer's command.
    fn statuses(&self, command: impl Fn() -> Value) -> [u16; 6] {
        VIEWERS.map(|who| self.submit(&command(), who).status)
    }

    fn org(&self, short_name: &str) -> String {
        let view = self.view(1);
        let orgs = view["frame"]["organisations"].as_array().unwrap();
        let org = orgs.iter().find(|org| org["short_name"] == short_name).unwrap();
        org["id"].as_str().unwrap().to_owned()
    }

    fn status(&self, slug: &str) -> String {
        let view = self.view(1);
        let statuses = view["frame"]["statuses"].as_array().unwrap();
        let status = statuses.iter().find(|status| status["slug"] == slug).unwrap();
        status["id"].as_str().unwrap().to_owned()
    }

    fn facts(&self, lead: &str) -> Value {
        let objective = &self.view(1)["frame"]["objectives"][0]["id"];
        json!({ "objective": objective, "lead": self.org(lead), "co_partners": [], "start": null, "due": null,
                "measure": null })
    }

    fn creation(&self, lead: &str) -> Value {
        json!({ "create": { "item": fresh(), "title": "New", "description": "", "facts": self.facts(lead) } })
    }

    /// The fields of the edit form of an item, filled as the page fills them.
    fn form(&self, number: i64, changes: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
        let item = &self.view(number)["item"];
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let mut form = vec![
            ("title", text(&item["title"]["body"])),
            ("description", text(&item["description"]["body"])),
            ("objective", text(&item["facts"]["objective"])),
            ("lead", text(&item["facts"]["lead"])),
            ("start", text(&item["facts"]["start"])),
            ("due", text(&item["facts"]["due"])),
            ("title_from", item["title"]["version"].to_string()),
            ("description_from", item["description"]["version"].to_string()),
            ("was", item["facts"].to_string()),
        ];
        for org in item["facts"]["co_partners"].as_array().unwrap() {
            form.push(("co_partners", text(org)));
        }
        for (name, value) in changes {
            form.retain(|field| field.0 != *name);
            form.push((name, (*value).to_owned()));
        }
        form
    }

    fn edit(&self, number: i64, form: &[(&'static str, String)], who: &str) -> Answer {
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.post(&format!("/board/items/{number}/edit"), &form, who)
    }
}

#[test]
fn a_form_that_is_filled_anew_makes_another_item() {
    let server = Server::demo();
    let blank = server.get("/board/new", COORDINATOR).body;
    let id = blank.split("name=\"id\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let objective = server.facts("ASTRA")["objective"].as_str().unwrap().to_owned();
    let lead = server.org("ASTRA");
    let send = |title: &str| {
        let form = [("id", id.as_str()), ("title", title), ("objective", objective.as_str()), ("lead", lead.as_str())];
        server.post("/board/new", &form, COORDINATOR).location().to_owned()
    };
    let first = send("One");
    assert_eq!(send("One"), first, "sent twice, it is one item");
    let second = send("Another, after going back \u{FFFD}");
    assert!(second != first && second.starts_with("/board/items/"), "{second}");
}

#[test]
fn nothing_is_done_in_the_name_of_somebody_else() {
    let server = Server::demo();
    let author = |who| server.rpc("site", &json!({}), who).json()["viewer"]["member"]["id"].clone();
    let hide = json!({ "item": { "hide": { "item": server.id(8) } } });
    let submit =
        |author: Value| server.rpc("submit", &json!({ "op": fresh(), "command": hide, "author": author }), COORDINATOR);
    // The outbox of a partner, sent by a browser in which the coordinator has signed in since.
    assert_eq!(submit(author(ASTRA)).status, 401);
    assert_eq!(submit(author(COORDINATOR)).status, 200);
}

#[test]
fn a_page_of_every_version_that_is_served_can_still_change_the_plan() {
    let server = Server::demo();
    let edit = json!({ "item": { "edit": { "item": server.id(8), "edit": { "due": "2099-01-01" } } } });
    let status = |protocol: Value| {
        let body = json!({ "op": fresh(), "command": edit, "protocol": protocol });
        server.rpc("submit", &body, COORDINATOR).status
    };
    for version in OLDEST..=PROTOCOL {
        assert_eq!(status(json!(version)), 200, "version {version}");
    }
    assert_eq!(status(Value::Null), 200, "the first did not say");
    for version in [OLDEST - 1, PROTOCOL + 1] {
        assert_eq!(status(json!(version)), 400, "version {version}");
    }
}

#[test]
fn readers_get_what_they_may_see_and_no_more() {
    let server = Server::demo();
    let table = [
        ("site", json!({}), [200, 200, 200, 200, 200, 200]),
        ("board", json!({ "filter": {} }), [200, 200, 200, 200, 200, 200]),
        ("cards", json!({}), [200, 200, 200, 200, 200, 200]),
        ("texts", json!({}), [200, 200, 200, 200, 200, 200]),
        ("texts", json!({ "since": 3 }), [200, 200, 200, 200, 200, 200]),
        ("item", json!({ "number": 8 }), [200, 200, 200, 200, 200, 200]),
        ("item", json!({ "number": 999 }), [404, 404, 404, 404, 404, 404]),
        ("new_item", json!({}), [401, 403, 403, 200, 200, 200]),
    ];
    for (name, body, expected) in table {
        assert_eq!(VIEWERS.map(|who| server.rpc(name, &body, who).status), expected, "{name} {body}");
    }
}

#[test]
fn each_command_obeys_its_own_rule() {
    let server = Server::demo();
    let (item, done) = (server.id(8), server.status("done"));
    let nobody = fresh();
    let table = [
        ("move", json!({ "move": { "item": item, "to": done, "after": null } }), [401, 403, 403, 200, 403, 200]),
        ("edit", json!({ "edit": { "item": item, "edit": { "due": null } } }), [401, 403, 403, 200, 403, 200]),
        ("hide", json!({ "hide": { "item": item } }), [401, 403, 403, 403, 403, 200]),
        // Now a draft: to those who may not see drafts it is not there.
        (
            "move a draft",
            json!({ "move": { "item": item, "to": done, "after": null } }),
            [401, 404, 404, 200, 403, 200],
        ),
        ("publish", json!({ "publish": { "item": item } }), [401, 404, 404, 403, 403, 200]),
        ("archive", json!({ "archive": { "item": item } }), [401, 403, 403, 200, 403, 409]),
        (
            "move an archived one",
            json!({ "move": { "item": item, "to": done, "after": null } }),
            [401, 404, 404, 409, 403, 409],
        ),
        ("restore", json!({ "restore": { "item": item } }), [401, 404, 404, 200, 403, 200]),
        ("a foreign id", json!({ "archive": { "item": nobody } }), [401, 404, 404, 404, 404, 404]),
        (
            "a foreign status",
            json!({ "move": { "item": item, "to": nobody, "after": null } }),
            [401, 403, 403, 422, 403, 422],
        ),
    ];
    for (name, command, expected) in table {
        assert_eq!(server.statuses(|| command.clone()), expected, "{name}");
    }
}

#[test]
fn partners_create_and_lead_their_own_items_only() {
    let server = Server::demo();
    assert_eq!(server.statuses(|| server.creation("CLCI")), [401, 403, 403, 200, 422, 200]);
    let item = server.id(8);
    let lead = json!({ "edit": { "item": item, "edit": { "lead": server.org("NHC") } } });
    let refused = server.submit(&lead, CLCI);
    assert_eq!(refused.status, 422);
    assert_eq!(refused.json(), json!({ "refused": { "invalid": [{ "field": "lead", "problem": "not_yours" }] } }));
    assert_eq!(server.submit(&lead, COORDINATOR).status, 200);
    for foreign in [server.org("EU"), fresh()] {
        let command = json!({ "edit": { "item": item, "edit": { "lead": foreign } } });
        assert_eq!(server.submit(&command, COORDINATOR).status, 422, "only partners lead");
        let command = json!({ "edit": { "item": item, "edit": { "co_partners": [foreign] } } });
        assert_eq!(server.submit(&command, COORDINATOR).status, 422, "only partners take part");
        let command = json!({ "edit": { "item": item, "edit": { "objective": foreign } } });
        assert_eq!(server.submit(&command, COORDINATOR).status, 422, "an objective of this plan");
    }
}

#[test]
fn drafts_and_the_archive_stay_inside() {
    let server = Server::demo();
    let secret = json!({ "edit": { "item": server.id(8), "edit": { "title": { "from": 1, "body": "Secretwords" } } } });
    assert_eq!(server.submit(&secret, COORDINATOR).status, 200);
    for hidden in ["hide", "archive"] {
        let command = json!({ hidden: { "item": server.id(8) } });
        assert_eq!(server.submit(&command, COORDINATOR).status, 200);
        for (who, sees) in VIEWERS.iter().zip([false, false, false, true, true, true]) {
            for path in ["/board", "/board?archived=1", "/board?q=secretwords", "/board/items/8", "/board/items/8/edit"]
            {
                // The search text itself stands in its field.
                let body = server.get(path, who).body.replace("secretwords", "");
                assert!(sees || !body.contains("Secretwords"), "{who} {path} after {hidden}");
            }
            let status = server.rpc("item", &json!({ "number": 8 }), who).status;
            assert_eq!(status, if sees { 200 } else { 404 }, "{who} after {hidden}");
            let board = server.rpc("board", &json!({ "filter": { "archived": true } }), who).body;
            assert!(sees || !board.contains("Secretwords"));
            assert_eq!(server.rpc("cards", &json!({}), who).body.contains("Secretwords"), sees, "{who} after {hidden}");
            let texts = server.rpc("texts", &json!({}), who).body;
            assert_eq!(texts.contains("Secretwords"), sees && hidden == "hide", "{who} after {hidden}");
        }
    }
}

#[test]
fn a_command_sent_twice_takes_effect_once() {
    let server = Server::demo();
    let before = server.revision();
    let body = json!({ "op": fresh(), "command": { "item": server.creation("CLCI") } });
    let first = server.rpc("submit", &body, CLCI);
    let second = server.rpc("submit", &body, CLCI);
    assert_eq!((first.status, second.status), (200, 200));
    assert_eq!(first.json(), second.json());
    let stranger = server.rpc("submit", &body, COORDINATOR);
    assert_eq!(stranger.status, 409, "nobody else's answer is given away");
    assert_eq!(server.revision(), before + 1);
}

#[test]
fn bad_input_has_its_clear_answer() {
    let server = Server::demo();
    let title =
        |body: String| json!({ "edit": { "item": server.id(8), "edit": { "title": { "from": 1, "body": body } } } });
    let long = server.submit(&title("ш".repeat(201)), COORDINATOR);
    assert_eq!(long.status, 422);
    let problem =
        json!({ "refused": { "invalid": [{ "field": "title", "problem": { "too_long": { "max": 200 } } }] } });
    assert_eq!(long.json(), problem);
    assert_eq!(server.submit(&title(" ".into()), COORDINATOR).status, 422);
    assert_eq!(server.submit(&title("ш".repeat(200)), COORDINATOR).status, 200);
    let description = |body: String| json!({ "edit": { "item": server.id(8), "edit": { "description": { "from": 1, "body": body } } } });
    assert_eq!(server.submit(&description("ш".repeat(20_001)), COORDINATOR).status, 422);
    assert_eq!(server.submit(&description("ш".repeat(20_000)), COORDINATOR).status, 200);
    let named = server.submit(&title("JMBG 0104986719873".into()), COORDINATOR);
    let problem = json!({ "refused": { "invalid": [{ "field": "title", "problem": "id_number" }] } });
    assert_eq!((named.status, named.json()), (422, problem));
    let twice =
        json!({ "edit": { "item": server.id(8), "edit": { "co_partners": [server.org("WRC"), server.org("WRC")] } } });
    assert_eq!(server.submit(&twice, COORDINATOR).status, 422);
    let day = |due: &str| json!({ "edit": { "item": server.id(8), "edit": { "start": "2026-05-05", "due": due } } });
    assert_eq!(server.submit(&day("2026-02-30"), COORDINATOR).status, 422);
    assert_eq!(server.submit(&day("2026-05-04"), COORDINATOR).status, 422);
    for body in [&b"{"[..], b"{}", b"\xff\xfe", b"[]", b"null", br#"{"op":"x","command":{}}"#] {
        let answer = server.send("/rpc/submit", "application/json", body, COORDINATOR);
        assert_eq!(answer.status, 400, "{}", String::from_utf8_lossy(body));
        assert_eq!(answer.body, "\"unreadable\"");
    }
    let huge = vec![b'a'; 10_000_000];
    assert_eq!(server.send("/rpc/submit", "application/json", &huge, COORDINATOR).status, 413);
    assert_eq!(server.send("/board/new", "application/x-www-form-urlencoded", &huge, COORDINATOR).status, 413);
    let invalid = server.send("/board/new", "application/x-www-form-urlencoded", b"title=%FF%FE", COORDINATOR);
    assert_eq!(invalid.status, 400);
    assert_eq!(server.send("/board/new", "text/plain", b"title=a", COORDINATOR).status, 400);
    for path in ["/board/items/0", "/board/items/-1", "/board/items/99999999999999999999", "/board/items/x", "/nowhere"]
    {
        assert_eq!(server.get(path, COORDINATOR).status, 404, "{path}");
    }
    assert_eq!(server.get("/board?page-planned=999999&due=never&country=xx&partner=%FF", COORDINATOR).status, 200);
}

#[test]
fn signing_in_by_form_works_and_tells_nothing_about_who_exists() {
    let server = Server::demo();
    let wrong = server.post("/sign-in", &[("email", COORDINATOR), ("password", "wrong-password")], PUBLIC);
    let nobody = server.post("/sign-in", &[("email", "nobody@astra.example"), ("password", "wrong-password")], PUBLIC);
    assert_eq!((wrong.status, nobody.status), (422, 422));
    assert!(wrong.body.contains(COORDINATOR) && !wrong.body.contains("wrong-password"), "the e-mail is kept alone");
    assert!(!wrong.headers.contains_key("set-cookie"));
    let elsewhere = [("email", CLCI), ("password", "demo-password"), ("next", "//evil.example")];
    let signed_in = server.post("/sign-in", &elsewhere, PUBLIC);
    assert_eq!((signed_in.status, signed_in.location()), (303, "/board"));
    let cookie = &signed_in.cookies["session"];
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    assert!(server.get("/board", CLCI).body.contains("/sign-out"));
    assert_eq!(server.post("/sign-out", &[], CLCI).status, 303);
    assert!(!server.get("/board", CLCI).body.contains("/sign-out"), "the session is over, wherever its cookie went");
}

#[test]
fn forms_do_what_commands_do() {
    let server = Server::demo();
    let (objective, lead) = (server.facts("CLCI")["objective"].as_str().unwrap().to_owned(), server.org("CLCI"));
    let id = fresh();
    let new = [("id", id.as_str()), ("title", "A new one"), ("objective", &objective), ("lead", &lead)];
    let created = server.post("/board/new", &new, CLCI);
    assert_eq!((created.status, created.location()), (303, "/board/items/31"));
    let again = server.post("/board/new", &new, CLCI);
    assert_eq!((again.status, again.location()), (303, "/board/items/31"), "sent twice, one item");
    assert_eq!(server.view(31)["item"]["published"], false);

    let done = server.status("done");
    let act = |action: &str, who| server.post("/board/items/31", &[("do", action), ("to", done.as_str())], who).status;
    assert_eq!(act("move", CLCI), 303);
    assert_eq!(server.view(31)["item"]["status"], done.as_str());
    assert_eq!((act("publish", CLCI), act("publish", COORDINATOR)), (403, 303));
    assert_eq!((act("archive", NHC), act("archive", CLCI), act("restore", CLCI)), (403, 303, 303));
    assert_eq!((act("hide", COORDINATOR), act("explode", COORDINATOR), act("move", PUBLIC)), (303, 400, 401));

    let edited = server.edit(31, &server.form(31, &[("title", "Another title"), ("due", "31.12.2027")]), CLCI);
    assert_eq!((edited.status, edited.location()), (303, "/board/items/31"));
    let item = &server.view(31)["item"];
    assert_eq!((&item["title"]["body"], &item["facts"]["due"]), (&json!("Another title"), &json!("2027-12-31")));
    let foreign = [("id", id.as_str()), ("title", "Mine"), ("objective", &objective), ("lead", &server.org("NHC"))];
    let refused = server.post("/board/new", &[("id", fresh().as_str()), foreign[1], foreign[2], foreign[3]], CLCI);
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("lead-error") && refused.body.contains("value=\"Mine\""));
}

#[test]
fn a_refused_form_keeps_what_was_typed() {
    let server = Server::demo();
    let before = server.revision();
    let changes = [
        ("title", " "),
        ("description", "Typed with care"),
        ("start", "2026-06-01"),
        ("due", "2026-05-01"),
        ("unit", "kits"),
        ("target", "many"),
    ];
    let answer = server.edit(8, &server.form(8, &changes), CLCI);
    assert_eq!(answer.status, 422);
    for kept in ["Typed with care", "2026-06-01", "2026-05-01", "kits", "many"] {
        assert!(answer.body.contains(kept), "{kept} is kept");
    }
    for field in ["title", "target", "baseline", "current"] {
        assert!(answer.body.contains(&format!("id=\"{field}-error\"")), "{field} is marked");
    }
    assert_eq!(server.revision(), before, "nothing was half written");
}

#[test]
fn two_people_editing_one_item_lose_nothing() {
    let server = Server::demo();
    let (hers, his) = (server.form(8, &[("title", "Her title")]), server.form(8, &[("title", "His title")]));
    let third = server.form(8, &[("due", "2027-03-31")]);
    assert_eq!(server.edit(8, &hers, CLCI).status, 303);
    let conflict = server.edit(8, &his, ASTRA);
    assert_eq!(conflict.status, 409);
    assert!(conflict.body.contains("Her title") && conflict.body.contains("value=\"His title\""), "both are shown");
    assert!(conflict.body.contains("name=\"title_from\" value=\"2\""), "the next save is made from hers");
    assert_eq!(server.edit(8, &third, ASTRA).status, 303, "another field is nobody's conflict");
    let item = &server.view(8)["item"];
    assert_eq!((&item["title"]["body"], &item["facts"]["due"]), (&json!("Her title"), &json!("2027-03-31")));
}

#[test]
fn pages_are_protected_and_say_so() {
    let server = Server::demo();
    let page = server.get("/board", PUBLIC);
    let policy = &page.headers["content-security-policy"];
    let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap();
    assert!(page.body.contains(&format!("nonce=\"{nonce}\"")));
    assert_ne!(policy, &server.get("/board", PUBLIC).headers["content-security-policy"]);
    assert!(!page.body.contains("style=\""));
    for header in ["x-content-type-options", "referrer-policy", "permissions-policy"] {
        assert!(page.headers.contains_key(header), "{header}");
    }
    assert_eq!(server.post_from("/board/items/8", "https://evil.example", COORDINATOR).status, 403);
    assert_eq!(server.post_from("/board/items/8", &format!("http://{}", server.addr), COORDINATOR).status, 303);
}

#[test]
fn whoever_refuses_every_encoding_gets_the_page_as_it_is_and_what_was_done_is_answered() {
    let server = Server::demo();
    for refused in ["*;q=0", "identity;q=0, *;q=0", "gzip;q=0"] {
        assert_eq!(server.with_headers("/board", &[("accept-encoding", refused)]).status, 200, "{refused}");
    }
}

#[test]
fn the_page_speaks_the_readers_language() {
    let server = Server::demo();
    for (header, value, lang) in [
        ("accept-language", "sr-RS", "sr-Cyrl"),
        ("accept-language", "bs", "sr-Latn"),
        ("accept-language", "fr", "en"),
        ("cookie", "language=sr-Latn", "sr-Latn"),
    ] {
        let body = server.with_headers("/board", &[(header, value)]).body;
        assert!(body.contains(&format!("<html lang=\"{lang}\"")), "{header}: {value}");
    }
    let chosen = server.post("/preferences", &[("language", "sr-Cyrl"), ("back", "/board?q=a")], PUBLIC);
    assert_eq!((chosen.status, chosen.location()), (303, "/board?q=a"));
    assert!(chosen.headers["set-cookie"].starts_with("language=sr-Cyrl"));
    assert_eq!(
        server.post("/preferences", &[("language", "xx"), ("back", "//evil.example")], PUBLIC).location(),
        "/board"
    );
}

#[test]
fn a_second_node_shows_the_same_board() {
    for kind in support::databases::BOTH {
        let server = Server::start(kind, 0);
        let other = server.again();
        let moved = json!({ "move": { "item": server.id(8), "to": server.status("done"), "after": null } });
        assert_eq!(server.submit(&moved, COORDINATOR).status, 200, "{kind:?}");
        let url = format!("http://{other}/board");
        let body = ureq::get(&url).call().unwrap().body_mut().read_to_string().unwrap();
        let done = body.split("data-testid=\"status-done\"").nth(1).unwrap();
        assert!(done.contains("data-testid=\"item-8\""), "{kind:?}");
    }
}

#[test]
fn ids_are_what_they_seem() {
    assert!("0198c0de-0000-7000-8000-000000000001".parse::<ItemId>().is_ok());
    assert!("1; DROP TABLE items".parse::<ItemId>().is_err());
}

#[test]
fn a_table_of_many_items_begins_with_the_first_and_says_that_there_are_more() {
    let server = Server::start(Kind::Sqlite, 700);
    for view in ["table", "timeline"] {
        let page = server.get(&format!("/board?view={view}"), PUBLIC).body;
        assert_eq!(page.matches("<tr data-row=").count(), 200, "{view}");
        assert!(page.contains("The first 200 of "), "{view}");
    }
    let page = server.get("/board?view=table", PUBLIC).body;
    let numbers = page.split("<td class=\"number\">#").skip(1);
    let numbers: Vec<i64> = numbers.map(|rest| rest.split('<').next().unwrap().parse().unwrap()).collect();
    assert!(numbers.is_sorted() && numbers[0] == 1, "{numbers:?}");
    assert!(*numbers.last().unwrap() < 300, "those of every status, and not the first of each by rank: {numbers:?}");
}

/// The statements of the board, the dashboard, the public page and the report, once what is kept in memory is there.
async fn statements(state: &AppState) -> Result<[usize; 4], StoreError> {
    let coordinator = store::member_by_email(&mut state.db.reader().await?, COORDINATOR).await?;
    let viewer = Viewer::Member(coordinator.unwrap().member);
    state.picture(&viewer, None).await?;
    let (board, of_board) = counted(state.board()).await;
    let (picture, of_picture) = counted(state.picture(&viewer, None)).await;
    let (public, of_public) = counted(state.public_view()).await;
    let (report, of_report) = counted(state.report(&viewer, None, None)).await;
    assert!(board?.is_some() && picture?.is_some() && public?.is_some());
    assert!(report?.unwrap().filled.is_some());
    Ok([of_board, of_picture, of_public, of_report])
}

#[test]
fn a_page_takes_as_many_queries_whatever_the_plans_size() {
    for kind in BOTH {
        let counts = [0, 400].map(|items| {
            let server = Server::start(kind, items);
            server.block_on(statements(&server.state)).unwrap()
        });
        assert_eq!(counts[0], counts[1], "{kind:?}");
        assert!(counts[0].iter().all(|count| (1..20).contains(count)), "{kind:?}: {counts:?}");
    }
}

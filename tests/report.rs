//! The report of a quarter over real HTTP: versions, who reads which, and words that are gone once they are withdrawn.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod support;

use act_board::{
    domain::{
        day::Quarter,
        report::{Section, draft::Kept},
    },
    store::{self, StoredReport},
};
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
use support::{
    databases::{BOTH, Kind},
    server::{ASTRA, Answer, COORDINATOR, DONOR, OBSERVER, PUBLIC, Server},
};

/// The quarter that is over last in the demo.
const PERIOD: &str = "2026Q3";

const PAGE: &str = "/report?period=2026Q3";

/// What a leak says.
const LEAK: &str = "The house stands behind the old mill";

const PHONE: &str = "Call +381 11 334 7817 before you come";

const REASON: &str = "It is the number of the ministry";

fn quarter() -> Quarter {
    PERIOD.parse().unwrap()
}

impl Server {
    /// A form made from a version, with what it says beside nothing.
    fn save_as(&self, who: &str, from: &str, word: &str, texts: &[(&str, &str)]) -> Answer {
        let form = [&[("period", PERIOD), ("from", from), ("do", word)][..], texts].concat();
        self.post("/report", &form, who)
    }

    /// What a test needs to be there.
    fn saved(&self, from: &str, word: &str, texts: &[(&str, &str)]) -> String {
        let answer = self.save_as(COORDINATOR, from, word, texts);
        assert_eq!(answer.status, 303, "{texts:?}: {}", answer.body);
        answer.location().to_owned()
    }

    fn withdraw(&self, who: &str, version: &str) -> Answer {
        self.post("/report", &[("period", PERIOD), ("do", "withdraw"), ("version", version)], who)
    }

    fn report(&self, who: &str) -> Value {
        self.rpc("report", &json!({ "period": PERIOD }), who).json()
    }

    /// Every version with its words, the newest first.
    fn kept(&self) -> Vec<(StoredReport, Kept)> {
        self.block_on(async {
            let mut conn = self.state.db.snapshot().await.unwrap();
            let plan = store::current_plan(&mut conn).await.unwrap().unwrap();
            let mut kept = Vec::new();
            for report in store::reports(&mut conn, plan, quarter()).await.unwrap() {
                let texts = store::report_texts(&mut conn, &report).await.unwrap();
                kept.push((report, texts));
            }
            kept
        })
    }

    /// The details of the audit's lines of one kind.
    fn noted(&self, action: &str) -> Vec<Value> {
        let page = self.rpc("audit", &json!({ "filter": { "action": action, "page": 0 } }), COORDINATOR).json();
        page["lines"].as_array().unwrap().iter().map(|line| line[1]["detail"].clone()).collect()
    }

    async fn run(&self, sql: &str) -> Result<(), sqlx::Error> {
        if self.db.url.starts_with("sqlite") {
            let pool = sqlx::SqlitePool::connect(&self.db.url).await?;
            let done = sqlx::query(AssertSqlSafe(sql.to_owned())).execute(&pool).await.map(|_| ());
            pool.close().await;
            return done;
        }
        let pool = sqlx::PgPool::connect(&self.db.url).await?;
        let done = sqlx::query(AssertSqlSafe(sql.to_owned())).execute(&pool).await.map(|_| ());
        pool.close().await;
        done
    }
}

#[test]
fn each_saving_makes_a_version_and_what_did_not_change_is_kept_once() {
    for kind in BOTH {
        let server = Server::start(kind, 0);
        let summary = ("summary", "Two calls were held");
        assert_eq!(server.saved("0", "save", &[]), format!("{PAGE}&done=nothing"), "{kind:?}: nothing was written");
        assert_eq!(server.saved("0", "save", &[summary]), format!("{PAGE}&done=save"), "{kind:?}");
        server.saved("1", "save", &[summary, ("challenges", "Staff changed")]);
        assert_eq!(
            server.saved("2", "save", &[summary, ("challenges", "Staff changed")]),
            format!("{PAGE}&done=nothing")
        );
        let handed_over = server.saved("2", "hand_over", &[summary]);
        assert_eq!(handed_over, format!("{PAGE}&done=hand_over"));
        assert_eq!(server.saved("3", "hand_over", &[summary]), format!("{PAGE}&done=nothing"), "{kind:?}: it is");

        let kept = server.kept();
        let versions: Vec<_> = kept.iter().map(|(report, _)| (report.number, report.handed_over)).collect();
        assert_eq!(versions, [(3, true), (2, false), (1, false)], "{kind:?}");
        let row = |at: usize, section| kept[at].1.texts.get(&section).map(|text| text.0);
        assert!(row(0, Section::Summary).is_some());
        assert_eq!(row(0, Section::Summary), row(1, Section::Summary), "{kind:?}: one row for the same words");
        assert_eq!(row(1, Section::Summary), row(2, Section::Summary), "{kind:?}");
        assert_eq!(
            kept.iter().map(|(_, it)| it.text(Section::Challenges)).collect::<Vec<_>>(),
            ["", "Staff changed", ""]
        );

        let old = server.get(&format!("{PAGE}&version=2"), COORDINATOR).body;
        assert!(
            old.contains("Staff changed") && !old.contains("name=\"summary\""),
            "{kind:?}: an old one is only read"
        );
        assert!(server.get(PAGE, COORDINATOR).body.contains("name=\"from\" value=\"3\""), "{kind:?}");
        assert_eq!(server.get(&format!("{PAGE}&version=4"), COORDINATOR).status, 404, "{kind:?}");
        let data = server.get("/account/data", COORDINATOR).json();
        let own: Vec<_> = data["reports"].as_array().unwrap().iter().map(|it| it["version"].clone()).collect();
        assert_eq!((own, &data["reports"][0]["period"]), (vec![json!(1), json!(2), json!(3)], &json!(PERIOD)));
    }
}

#[test]
fn whoever_saves_what_another_has_changed_sees_both_and_loses_nothing() {
    for kind in BOTH {
        let server = Server::start(kind, 0);
        server.saved("0", "save", &[("summary", "Common ground"), ("challenges", "As it was")]);
        server.saved("1", "save", &[("summary", "Theirs"), ("challenges", "Also theirs")]);
        let mine = [("summary", "Mine"), ("challenges", "As it was"), ("cooperation", "Typed meanwhile")];
        let behind = server.save_as(COORDINATOR, "1", "save", &mine);
        assert_eq!(behind.status, 409, "{kind:?}");
        for words in ["Mine", "Theirs", "Also theirs", "Typed meanwhile", "name=\"from\" value=\"2\""] {
            assert!(behind.body.contains(words), "{kind:?}: {words}");
        }
        assert!(!behind.body.contains("As it was"), "{kind:?}: what was left alone follows");
        assert_eq!(server.kept().len(), 2, "{kind:?}");
        // Having seen theirs, one may decide.
        server.saved("2", "save", &mine);
        assert_eq!(server.kept()[0].1.text(Section::Summary), "Mine");
        // Whoever says the same is in nobody's way.
        assert_eq!(server.saved("1", "save", &mine), format!("{PAGE}&done=nothing"));
    }
}

#[test]
fn a_donor_reads_what_was_handed_over_and_nobody_reads_without_a_name() {
    for kind in BOTH {
        let server = Server::start(kind, 0);
        assert_eq!(server.get(PAGE, PUBLIC).status, 401);
        assert_eq!(server.rpc("report", &json!({}), PUBLIC).status, 401);
        let hidden = server.post("/board/items/17", &[("do", "hide")], COORDINATOR);
        assert_eq!(hidden.status, 303);
        let item = server.rpc("item", &json!({ "number": 17 }), COORDINATOR).json();
        let draft_item = item["item"]["title"]["body"].as_str().unwrap().to_owned();
        let everything = |who: &str| {
            let answers = [server.get(PAGE, who), server.rpc("report", &json!({ "period": PERIOD }), who)];
            assert!(answers.iter().all(|answer| answer.status == 200), "{kind:?}: {who}");
            answers.map(|answer| answer.body).concat()
        };
        let first = |who: &str| server.rpc("report", &json!({ "period": PERIOD, "version": 1 }), who).status;
        server.saved("0", "save", &[("summary", "Draftwords")]);
        for who in [DONOR, OBSERVER] {
            let read = everything(who);
            assert!(!read.contains("Draftwords") && !read.contains(&draft_item), "{kind:?}: {who}");
            assert_eq!((server.report(who)["filled"].clone(), first(who)), (Value::Null, 404), "{kind:?}: {who}");
        }
        assert!(everything(ASTRA).contains("Draftwords"));

        server.saved("1", "hand_over", &[("summary", "Finalwords")]);
        server.saved("2", "save", &[("summary", "Laterwords")]);
        for who in [DONOR, OBSERVER] {
            let read = everything(who);
            assert!(read.contains("Finalwords"), "{kind:?}: {who}");
            for secret in ["Draftwords", "Laterwords", draft_item.as_str(), "name=\"summary\""] {
                assert!(!read.contains(secret), "{kind:?}: {who}: {secret}");
            }
            let versions = server.report(who)["versions"].clone();
            assert_eq!(versions.as_array().unwrap().len(), 1);
            assert_eq!((&versions[0]["number"], &versions[0]["by"]), (&json!(2), &Value::Null), "{kind:?}: {who}");
            assert_eq!(first(who), 404, "{kind:?}: {who}");
        }
        assert_eq!(server.report(OBSERVER)["filled"]["results"], Value::Null, "results are not an observer's");
        assert!(server.report(DONOR)["filled"]["results"].is_object());
        assert_eq!(server.report(ASTRA)["versions"][0]["by"], "Coordinator, ASTRA");
        for inside in [ASTRA, COORDINATOR] {
            assert!(!everything(inside).contains(&draft_item), "{kind:?}: what leaves shows what its reader may know");
        }
        for who in [PUBLIC, DONOR, OBSERVER, ASTRA] {
            let expected = if who == PUBLIC { 401 } else { 403 };
            assert_eq!(server.save_as(who, "3", "save", &[("summary", "x")]).status, expected, "{kind:?}: {who}");
        }
        assert_eq!(server.kept().len(), 3);
    }
}

#[test]
fn no_reading_that_is_not_approved_stands_in_a_report_whoever_reads_it() {
    let server = Server::demo();
    let open = |function: &str, readings: &str| {
        let answer = server.rpc(function, &json!({ "period": "2026Q4" }), COORDINATOR).json();
        let readings = answer.pointer(readings).unwrap().as_array().unwrap().clone();
        readings.iter().filter(|reading| reading["state"] != "approved").count()
    };
    assert!(open("results", "/results/readings") > 0, "the demo has some");
    assert_eq!(open("report", "/filled/results/readings"), 0);
}

#[test]
fn withdrawn_words_are_gone_from_every_version_that_has_them() {
    for kind in BOTH {
        let server = Server::start(kind, 0);
        server.saved("0", "save", &[("summary", LEAK)]);
        server.saved("1", "hand_over", &[("summary", LEAK), ("challenges", "Only in the second")]);
        server.saved("2", "save", &[("summary", "Nothing of houses"), ("challenges", "Only in the second")]);
        assert_eq!(server.withdraw(ASTRA, "1").status, 403);
        assert_eq!(server.withdraw(COORDINATOR, "9").status, 404);
        assert!(server.get(PAGE, DONOR).body.contains(LEAK));
        assert_eq!(server.withdraw(COORDINATOR, "1").location(), format!("{PAGE}&done=withdraw"), "{kind:?}");
        // Who had them in a form, and saves it now, is in conflict and does not bring them back unawares.
        assert_eq!(server.save_as(COORDINATOR, "3", "save", &[("summary", LEAK)]).status, 409, "{kind:?}");
        for version in ["1", "2", "3", "4"] {
            let page = server.get(&format!("{PAGE}&version={version}"), COORDINATOR).body;
            assert!(!page.contains(LEAK), "{kind:?}: {version}");
        }
        assert!(!server.get(PAGE, DONOR).body.contains(LEAK));
        assert!(server.get(PAGE, COORDINATOR).body.contains("Nothing of houses"), "{kind:?}: the others stay");
        assert!(server.get(PAGE, DONOR).body.contains("Only in the second"), "{kind:?}: the others stay");
        let expected = json!({ "report": { "period": PERIOD, "version": 1 } });
        assert_eq!(server.noted("texts_withdrawn"), [expected], "{kind:?}");
        // Versions can be saved on top of what is withdrawn.
        assert_eq!(server.withdraw(COORDINATOR, "4").status, 303);
        assert!(!server.get(PAGE, DONOR).body.contains("Only in the second"), "{kind:?}: all before it go, too");
        server.saved("5", "save", &[("summary", "Begun anew")]);
        assert_eq!(server.kept()[0].1.text(Section::Summary), "Begun anew");
    }
}

#[test]
fn what_looks_personal_is_saved_for_a_reason_only_and_the_reason_is_noted() {
    for kind in BOTH {
        let server = Server::start(kind, 0);
        let text = ("challenges", PHONE);
        let asked = server.save_as(COORDINATOR, "0", "save", &[text, ("summary", "Still here")]);
        assert_eq!(asked.status, 422, "{kind:?}");
        for words in [PHONE, "Still here", "name=\"reason\"", "id=\"text-challenges-error\""] {
            assert!(asked.body.contains(words), "{kind:?}: {words}");
        }
        assert!(!asked.body.contains("id=\"text-summary-error\""));
        assert_eq!(server.save_as(COORDINATOR, "0", "save", &[text, ("reason", "no")]).status, 422, "{kind:?}");
        assert_eq!(server.noted("guard_overridden"), Vec::<Value>::new());
        server.saved("0", "save", &[text, ("reason", REASON)]);
        let expected = json!({ "report": { "period": PERIOD, "version": 1 }, "reason": REASON });
        assert_eq!(server.noted("guard_overridden"), [expected], "{kind:?}");
        let log = server.get("/export/audit.csv", COORDINATOR).body;
        assert!(log.contains(REASON) && !log.contains("334 7817"), "the text itself is not noted");
        let never = [("challenges", "JMBG 0104986719873"), ("reason", REASON)];
        assert_eq!(server.save_as(COORDINATOR, "1", "save", &never).status, 422, "{kind:?}: never");
    }
}

#[test]
fn long_texts_fit_together_and_one_that_is_too_long_takes_none_with_it() {
    let server = Server::demo();
    let (most, more) = ("ш".repeat(20_000), "ж".repeat(20_001));
    let names = ["description", "summary", "reasons", "challenges", "sustainability"];
    let long: Vec<(&str, &str)> = names.iter().map(|name| (*name, most.as_str())).collect();
    let too_long = [&long[..], &[("cooperation", more.as_str())]].concat();
    let refused = server.save_as(COORDINATOR, "0", "save", &too_long);
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains(&most) && refused.body.contains(&more), "all that was typed is kept");
    assert!(refused.body.contains("id=\"text-cooperation-error\""));
    server.saved("0", "save", &[&long[..], &[("cooperation", most.as_str())]].concat());
    let huge = "ш".repeat(300_000);
    assert_eq!(server.save_as(COORDINATOR, "1", "save", &[("summary", &huge)]).status, 413);
    assert_eq!(server.kept().len(), 1);
}

#[test]
fn a_form_that_names_no_quarter_of_the_plan_writes_nothing() {
    let server = Server::demo();
    let post = |form: &[(&str, &str)]| server.post("/report", form, COORDINATOR).status;
    assert_eq!(post(&[("period", "2030Q1"), ("from", "0"), ("do", "save"), ("summary", "x")]), 404);
    assert_eq!(post(&[("period", "x"), ("from", "0"), ("do", "save"), ("summary", "x")]), 400);
    assert_eq!(post(&[("period", PERIOD), ("from", "-1"), ("do", "save"), ("summary", "x")]), 400);
    assert_eq!(post(&[("period", PERIOD), ("from", "0"), ("do", "explode")]), 400);
    assert_eq!(server.kept(), []);
    let usual = server.rpc("report", &json!({}), COORDINATOR).json();
    assert_eq!((&usual["period"], &usual["shown"]), (&json!(PERIOD), &Value::Null));
}

#[test]
fn a_report_is_only_ever_added_to() {
    let everywhere = [
        "UPDATE reports SET handed_over = TRUE",
        "DELETE FROM reports",
        "INSERT INTO reports SELECT * FROM reports WHERE TRUE ON CONFLICT (id) DO UPDATE SET handed_over = TRUE",
    ];
    let sqlite = "REPLACE INTO reports SELECT id, plan_id, period, version, author_id, saved_at, TRUE FROM reports";
    for kind in BOTH {
        let server = Server::start(kind, 0);
        server.saved("0", "save", &[("summary", "Draftwords")]);
        let before = server.kept();
        let own = if kind == Kind::Sqlite { sqlite } else { "TRUNCATE reports CASCADE" };
        for sql in everywhere.into_iter().chain([own]) {
            let refused = server.block_on(server.run(sql)).expect_err(sql).to_string();
            assert!(refused.contains("reports are append-only"), "{kind:?}: {sql}: {refused}");
            assert_eq!(server.kept()[0].0, before[0].0, "{kind:?}: {sql}");
        }
    }
}

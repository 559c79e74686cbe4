//! The audit: who reads which lines, that nothing in it becomes a formula, and that what is in it stays there.

use super::visit::{NEW_PASSWORD, Stage, told};
use crate::support::{
    databases::{BOTH, Kind},
    server::{ASTRA, CLCI, COORDINATOR, DONOR, OBSERVER, PUBLIC, Server},
};
use act_board::{domain::accounts::Role, server::demo::PASSWORD};
use serde_json::{Value, json};

const FILE: &str = "/export/audit.csv";

/// The rows of the file, without its heading.
fn rows(server: &Server, path: &str, who: &str) -> Vec<Vec<String>> {
    let answer = server.get(path, who);
    assert_eq!(answer.status, 200, "{who}");
    let text = answer.body.strip_prefix('\u{FEFF}').expect("spreadsheets read UTF-8 if it says so");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect());
    rows.collect()
}

/// Actions of the lines that somebody reads, the newest first, each with the organisations of who did it and to whom.
fn lines(server: &Server, filter: &Value, who: &str) -> Vec<(String, [Option<String>; 2])> {
    let page = server.rpc("audit", &json!({ "filter": filter }), who).json();
    let org = |named: &Value| named["org"].as_str().map(str::to_owned);
    let lines = page["lines"].as_array().unwrap_or_else(|| panic!("{page}")).iter();
    let line = |line: &Value| {
        let line = &line[1];
        (line["action"].as_str().unwrap().to_owned(), [org(&line["actor"]), org(&line["subject"])])
    };
    lines.map(line).collect()
}

#[test]
fn a_name_is_never_a_formula() {
    let server = Server::demo();
    let mut partner = server.browser_of(server.member(CLCI));
    for name in ["=HYPERLINK(\"x\")", "+381", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0"] {
        assert_eq!(partner.post("/account", &[("do", "rename"), ("name", name)]).status, 303, "{name}");
        assert_eq!(partner.get("/account/data").status, 200, "an export is noted");
        let rows = rows(&server, FILE, COORDINATOR);
        assert!(rows.iter().any(|row| row[1] == format!("'{name}, CLCI")), "{name}: {rows:?}");
        for cell in rows.iter().flatten() {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
        }
    }
}

#[test]
fn partners_read_of_their_own_organisation_alone() {
    let server = Server::demo();
    // Something of everybody's: three sign in, one fails to, and accounts of two organisations are closed.
    for who in [ASTRA, CLCI, DONOR] {
        assert_eq!(server.get("/account", who).status, 200);
    }
    assert_eq!(server.browser().sign_in(ASTRA, "of somebody else").status, 422);
    for org in ["CLCI", "NHC"] {
        assert_eq!(server.manage("disable", server.guest(org, Role::Partner, Stage::Joined)).status, 303);
    }
    let own = |orgs: &[Option<String>; 2]| orgs.iter().flatten().any(|org| org == "CLCI");
    let everything = lines(&server, &json!({ "page": 0 }), COORDINATOR);
    let read = lines(&server, &json!({ "page": 0 }), CLCI);
    let theirs: Vec<_> = everything.iter().filter(|line| own(&line.1)).cloned().collect();
    assert_eq!(read, theirs);
    let actions: Vec<&str> = read.iter().map(|line| line.0.as_str()).collect();
    assert_eq!(actions, ["disabled", "signed_in"]);
    assert!(everything.iter().any(|line| line.0 == "sign_in_failed"));

    let page = server.rpc("audit", &json!({ "filter": { "page": 0 } }), CLCI).json();
    let members = page["members"].as_array().unwrap();
    assert!(!members.is_empty() && members.iter().all(|member| member["org"] == "CLCI"), "{members:?}");
    // A foreign id in the filter does not widen what is read.
    for (email, expected) in [(COORDINATOR, 1), (ASTRA, 0), (DONOR, 0)] {
        let member = server.member(email);
        let of = lines(&server, &json!({ "page": 0, "member": member }), CLCI);
        assert_eq!(of.len(), expected, "{email}");
        assert_eq!(rows(&server, &format!("{FILE}?member={member}"), CLCI).len(), expected, "{email}");
    }
    for row in rows(&server, FILE, CLCI) {
        assert!(row[1].ends_with(", CLCI") || row[3].ends_with(", CLCI"), "{row:?}");
    }
    let failures = server.get("/audit?action=sign_in_failed", CLCI);
    assert!(failures.status == 200 && !failures.body.contains(", ASTRA"), "nor on the page");
    for (who, status) in [(PUBLIC, 401), (DONOR, 403), (OBSERVER, 403)] {
        assert_eq!(server.get(FILE, who).status, status, "{who}");
        assert_eq!(server.rpc("audit", &json!({ "filter": { "page": 0 } }), who).status, status, "{who}");
    }
}

#[test]
fn what_happens_at_a_door_is_written_down_and_no_secret_with_it() {
    let server = Server::demo();
    let mut donor = server.browser();
    assert_eq!(donor.sign_in(DONOR, "of somebody else").status, 422);
    assert_eq!(donor.sign_in(DONOR, PASSWORD).status, 303);
    let change = [("do", "password"), ("old_password", PASSWORD), ("password", NEW_PASSWORD)];
    assert_eq!(donor.post("/account", &change).status, 303);
    assert_eq!(donor.get("/account/data").status, 200);
    let session = donor.session().to_owned();
    assert_eq!(donor.post("/sign-out", &[]).status, 303);
    let invitation = told(&server.invite("new@nhc.example", "NHC", "partner"), "join");
    assert_eq!(server.manage("revoke", server.member("new@nhc.example")).status, 303);
    let reset = told(&server.manage("link", server.member(DONOR)), "reset");
    let lines = lines(&server, &json!({ "page": 0 }), COORDINATOR);
    let actions: Vec<&str> = lines.iter().map(|line| line.0.as_str()).collect();
    let expected = [
        "reset_link_made",
        "invitation_revoked",
        "invited",
        "signed_in",
        "signed_out",
        "exported",
        "password_changed",
        "signed_in",
        "sign_in_failed",
    ];
    assert_eq!(actions, expected);
    let (file, page) = (server.get(FILE, COORDINATOR).body, server.get("/audit", COORDINATOR).body);
    assert!(file.contains("127.0.0.1") && page.contains("127.0.0.1"), "from where");
    for secret in [NEW_PASSWORD, PASSWORD, "of somebody else", &invitation, &reset, &session] {
        assert!(!file.contains(secret) && !page.contains(secret), "{secret}");
    }
}

#[test]
fn an_erased_member_is_a_pseudonym_and_the_log_stays() {
    let server = Server::demo();
    let guest = server.guest("NHC", Role::Partner, Stage::Joined);
    let mut browser = server.browser_of(guest);
    assert_eq!(browser.post("/account", &[("do", "rename"), ("name", "Remembered By All")]).status, 303);
    assert_eq!(browser.get("/account/data").status, 200);
    assert_eq!(server.manage("disable", guest).status, 303);
    let before = rows(&server, FILE, COORDINATOR).len();
    assert!(server.get(FILE, COORDINATOR).body.contains("Remembered By All"));
    let form = [("do", "erase"), ("sure", "yes"), ("member", &guest.to_string())];
    assert_eq!(server.post("/people", &form, COORDINATOR).status, 303);
    for path in [FILE, "/audit", "/people"] {
        let body = server.get(path, COORDINATOR).body;
        assert!(!body.contains("Remembered By All") && !body.contains(&format!("guest-{guest}")), "{path}");
    }
    // Since then: three exports by the coordinator, and the erasure.
    assert_eq!(rows(&server, FILE, COORDINATOR).len(), before + 4);
    let stored = server.stored_by_id(guest);
    assert!(stored.member.name.starts_with('#') && stored.password_hash.is_empty() && !stored.active);
}

macro_rules! stays {
    ($pool:expr, $statements:expr, $kind:expr) => {{
        let pool = $pool.unwrap();
        let count = "SELECT count(*) FROM audit WHERE action = 'signed_in'";
        let before: i64 = sqlx::query_scalar(count).fetch_one(&pool).await.unwrap();
        assert!(before > 0);
        for sql in $statements {
            let refused = sqlx::query(sql).execute(&pool).await;
            let why = refused.err().map(|error| error.to_string()).unwrap_or_default();
            assert!(why.contains("append-only"), "{:?}: {sql}: {why}", $kind);
        }
        let after: i64 = sqlx::query_scalar(count).fetch_one(&pool).await.unwrap();
        assert_eq!(before, after, "{:?}", $kind);
        pool.close().await;
    }};
}

#[test]
fn nothing_that_was_written_down_is_changed_or_removed() {
    const BOTH_REFUSE: [&str; 4] = [
        "UPDATE audit SET action = 'signed_out'",
        "UPDATE audit SET detail = '{}' WHERE action = 'signed_in'",
        "DELETE FROM audit",
        "INSERT INTO audit SELECT * FROM audit WHERE true ON CONFLICT (id) DO UPDATE SET action = 'signed_out'",
    ];
    const SQLITE_REFUSES: [&str; 1] =
        ["INSERT OR REPLACE INTO audit (id, at, actor_id, address, action, subject_id, detail)
         SELECT id, at, actor_id, address, 'signed_out', subject_id, detail FROM audit"];
    const POSTGRES_REFUSES: [&str; 2] = ["TRUNCATE audit", "TRUNCATE members CASCADE"];
    for kind in BOTH {
        let server = Server::start(kind, 0);
        assert_eq!(server.get("/account", DONOR).status, 200);
        let url = server.db.url.as_str();
        server.block_on(async {
            match kind {
                Kind::Sqlite => {
                    stays!(sqlx::SqlitePool::connect(url).await, BOTH_REFUSE.into_iter().chain(SQLITE_REFUSES), kind);
                }
                Kind::Postgres => {
                    stays!(sqlx::PgPool::connect(url).await, BOTH_REFUSE.into_iter().chain(POSTGRES_REFUSES), kind);
                }
            }
        });
    }
}

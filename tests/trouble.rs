//! A database in trouble: locked, read-only, full. Whoever asks gets a clear answer, and nothing is half written.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod support;

use serde_json::{Value, json};
use support::{
    databases::{BOTH, Kind},
    server::{Answer, COORDINATOR, PUBLIC, Server},
};
use uuid::Uuid;

fn long_edit(server: &Server) -> Value {
    let item = server.rpc("item", &json!({ "number": 8 }), COORDINATOR).json()["item"].clone();
    let body = "word ".repeat(3_000);
    let description = json!({ "from": item["description"]["version"], "body": body });
    json!({ "op": Uuid::now_v7(), "command": { "item": { "edit": { "item": item["id"], "edit": { "description": description } } } } })
}

fn says(answer: &Answer, status: u16, word: &str) {
    assert_eq!((answer.status, answer.body.as_str()), (status, format!("{{\"refused\":\"{word}\"}}").as_str()));
}

fn sqlite(server: &Server) -> String {
    server.db.url.clone()
}

fn revision(server: &Server) -> Value {
    server.rpc("board", &json!({ "filter": {} }), COORDINATOR).json()["revision"].clone()
}

#[test]
fn a_locked_database_answers_503_and_works_again_afterwards() {
    let server = Server::demo();
    let (edit, before) = (long_edit(&server), revision(&server));
    let url = sqlite(&server);
    let lock = server.block_on(async {
        let pool = sqlx::SqlitePool::connect(&url).await.unwrap();
        pool.begin_with("BEGIN EXCLUSIVE").await.unwrap()
    });
    let answer = server.rpc("submit", &edit, COORDINATOR);
    says(&answer, 503, "unavailable");
    assert_eq!(answer.headers["retry-after"], "5");
    assert_eq!(server.get("/board", PUBLIC).status, 200, "reading goes on");
    let form = server.post("/board/items/8", &[("do", "archive")], COORDINATOR);
    assert_eq!(form.status, 503);
    server.block_on(async { lock.rollback().await.unwrap() });
    assert_eq!(revision(&server), before);
    assert_eq!(server.rpc("submit", &edit, COORDINATOR).status, 200, "the same command, sent again");
}

#[test]
fn a_full_disk_answers_507_and_writes_nothing() {
    let server = Server::demo();
    let (edit, before) = (long_edit(&server), revision(&server));
    // The file may not grow by a page: SQLite's own way of being full.
    server.block_on(async {
        let mut tx = server.state.db.write().await.unwrap();
        if let act_board::store::Conn::SqliteTx(tx) = &mut tx {
            let pages: i64 = sqlx::query_scalar("PRAGMA page_count").fetch_one(&mut **tx).await.unwrap();
            let limit = format!("PRAGMA max_page_count = {pages}");
            sqlx::query(sqlx::AssertSqlSafe(limit)).execute(&mut **tx).await.unwrap();
        }
        tx.commit().await.unwrap();
    });
    says(&server.rpc("submit", &edit, COORDINATOR), 507, "no_space");
    assert_eq!(revision(&server), before);
    let item = server.rpc("item", &json!({ "number": 8 }), COORDINATOR).json();
    assert_eq!(item["item"]["description"]["version"], 1, "nothing is half written");
}

#[test]
fn a_read_only_database_answers_503_and_still_reads() {
    for kind in BOTH {
        let server = Server::start(kind, 0);
        let (edit, before) = (long_edit(&server), revision(&server));
        match kind {
            Kind::Sqlite => server.block_on(async {
                let mut tx = server.state.db.write().await.unwrap();
                if let act_board::store::Conn::SqliteTx(tx) = &mut tx {
                    sqlx::query("PRAGMA query_only = 1").execute(&mut **tx).await.unwrap();
                }
                tx.commit().await.unwrap();
            }),
            Kind::Postgres => server.block_on(async {
                let pool = sqlx::PgPool::connect(&server.db.url).await.unwrap();
                let name = server.db.url.rsplit('/').next().unwrap();
                let sql = format!("ALTER DATABASE {name} SET default_transaction_read_only = on");
                sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&pool).await.unwrap();
                // Connections that are open keep their setting; drop them all.
                let drop = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                            WHERE datname = current_database() AND pid <> pg_backend_pid()";
                sqlx::query(drop).execute(&pool).await.unwrap();
            }),
        }
        says(&server.rpc("submit", &edit, COORDINATOR), 503, "unavailable");
        assert_eq!(revision(&server), before, "{kind:?}");
        assert_eq!(server.get("/board/items/8", PUBLIC).status, 200, "{kind:?}");
    }
}

#[test]
fn a_database_that_is_gone_is_told_in_words() {
    let server = Server::start(Kind::Postgres, 0);
    assert_eq!(server.get("/readyz", PUBLIC).status, 200);
    server.block_on(async { server.state.db.clone().close().await });
    assert_eq!(server.get("/readyz", PUBLIC).status, 503);
    let page = server.get("/board", PUBLIC);
    assert!(page.status == 503 && page.body.contains("id=\"main\""), "a page all the same");
    for word in ["sqlx", "SELECT", "pool", "/home", "/root"] {
        assert!(!page.body.contains(word), "nothing internal leaks: {word}");
    }
    assert_eq!(server.get("/healthz", PUBLIC).status, 200);
}

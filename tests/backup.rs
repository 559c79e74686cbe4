//! A restored backup is the same database, row by row, whichever database it goes into.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod support;

use act_board::{
    domain::{day::Day, item_form::Values, report::draft::Draft},
    server::{AppState, backup, clock::Clock, config::Config, demo, reports::Author, sessions::Origin},
    store::{self, Access, BackupError, Db},
};
use support::{
    databases::{BOTH, Kind, TestDb, folder},
    server::{COORDINATOR, TODAY},
};

async fn filled(kind: Kind) -> (TestDb, Db) {
    let kept = TestDb::new(kind).await;
    let db = kept.open().await;
    let clock = Clock { fixed: Day::parse(TODAY) };
    let config = Config::new("127.0.0.1:0".parse().unwrap(), None, true, clock, false).unwrap();
    let state = AppState::new(config, db.clone());
    demo::fill(&state, 40).await.unwrap();
    report(&state).await;
    (kept, db)
}

/// The demo has no report of its own.
async fn report(state: &AppState) {
    let stored = store::member_by_email(&mut state.db.reader().await.unwrap(), COORDINATOR).await.unwrap().unwrap();
    let author = Author { state, member: &stored.member, from: &Origin::default(), period: "2026Q3".parse().unwrap() };
    let words = [("summary".to_owned(), "Two calls were held".to_owned())];
    let draft = Draft::parse(Values(&words)).unwrap();
    assert_eq!(author.save(0, &draft, true).await, Ok(Some(1)));
}

/// Each line is a heading or a row, so equal dumps are equal rows.
async fn dump(db: &Db) -> Vec<String> {
    let mut output = Vec::new();
    store::backup(db, &mut output).await.unwrap();
    String::from_utf8(output).unwrap().lines().map(str::to_owned).collect()
}

#[tokio::test]
async fn every_row_comes_back_in_either_database() {
    for from in BOTH {
        for to in BOTH {
            let (_kept, db) = filled(from).await;
            let file = folder().join("network.backup");
            let rows = backup::to_file(&db, &file).await.unwrap();
            let target = TestDb::new(to).await;
            let restored = Db::open(&target.url, Access::Own).await.unwrap();
            assert_eq!(backup::from_file(&restored, &file).await.unwrap(), rows);
            let (before, after) = (dump(&db).await, dump(&restored).await);
            assert!(before.len() > 150, "the demo has many rows");
            let rows = |lines: &[String]| {
                let mut rows: Vec<String> =
                    lines.iter().filter(|line| !line.starts_with('{')).map(|line| squeeze(line)).collect();
                rows.sort();
                rows
            };
            assert_eq!(rows(&before), rows(&after), "{from:?} to {to:?}");
            assert_eq!(restored.integrity().await.unwrap(), Vec::<String>::new());
        }
    }
}

/// The databases write JSON with different spaces.
fn squeeze(line: &str) -> String {
    let row: serde_json::Value = serde_json::from_str(line).unwrap();
    row.to_string()
}

#[tokio::test]
async fn no_table_is_forgotten() {
    for kind in BOTH {
        let (_kept, db) = filled(kind).await;
        let headings: Vec<String> = dump(&db).await.into_iter().filter(|line| line.contains("\"table\"")).collect();
        let tables = store::tables(&db).await.unwrap();
        for table in &tables {
            assert!(headings.iter().any(|line| line.contains(&format!("\"{table}\""))), "{kind:?}: {table}");
        }
        assert_eq!(headings.len(), tables.len());
    }
}

#[tokio::test]
async fn a_backup_is_private_and_a_restore_needs_an_empty_place() {
    use std::os::unix::fs::PermissionsExt;
    let (_kept, db) = filled(Kind::Sqlite).await;
    let file = folder().join("network.backup");
    backup::to_file(&db, &file).await.unwrap();
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(matches!(backup::from_file(&db, &file).await, Err(BackupError::NotEmpty)));
}

#[tokio::test]
async fn a_damaged_backup_restores_nothing() {
    for kind in BOTH {
        let (_kept, db) = filled(kind).await;
        let lines = dump(&db).await;
        let half = format!("{}\n{{\"table\":", lines[..lines.len() / 2].join("\n"));
        for (text, what) in [
            (half, "cut off"),
            (lines[..lines.len() - 1].join("\n"), "cut off at the end of a line"),
            (lines[..lines.len() / 2].join("\n"), "cut off between two rows"),
            (format!("{}\n{}", lines.join("\n"), lines[2]), "with a row too many"),
            (String::new(), "empty"),
            ("Dear colleagues,".to_owned(), "a letter"),
            (lines[0].replace("\"schema\":1", "\"schema\":99"), "of the future"),
            (format!("{}\n{{\"table\":\"items; DROP TABLE items\",\"columns\":[]}}", lines[0]), "hostile"),
        ] {
            let target = TestDb::new(kind).await;
            let restored = Db::open(&target.url, Access::Own).await.unwrap();
            assert!(store::restore(&restored, text.as_bytes()).await.is_err(), "{kind:?}: {what}");
            assert!(store::is_empty(&restored).await.unwrap(), "{kind:?}: {what}");
        }
    }
}

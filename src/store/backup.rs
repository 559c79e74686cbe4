//! Backup and restore, the same file for both databases, so that a network can move from SQLite to PostgreSQL with
//! them. JSON lines: a heading with the schema's version, then for each table a line with its columns and a line a
//! row, and at the end the count of rows, so that a file which was cut off is known as such. What is read is what the schema holds, not what this program knows, so it also serves before a migration.

use super::{Conn, Db, OpenError, StoreError, conn::on};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::AssertSqlSafe;
use std::io::{BufRead, Write};
use uuid::Uuid;

/// Every table of ours, each after those that it points to.
pub(super) const TABLES: [&str; 26] = [
    "network",
    "organisations",
    "members",
    "recovery_codes",
    "sessions",
    "links",
    "attempts",
    "known_browsers",
    "mails",
    "audit",
    "plans",
    "objectives",
    "statuses",
    "texts",
    "items",
    "item_partners",
    "changes",
    "change_texts",
    "result_nodes",
    "result_links",
    "indicators",
    "readings",
    "closed_periods",
    "light_overrides",
    "reports",
    "report_texts",
];

/// Why a backup or a restore failed. Each is one sentence for an operator.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error("{0}")]
    Open(#[from] OpenError),
    #[error("{0}")]
    Store(#[from] StoreError),
    #[error("the backup file failed: {0}")]
    File(#[from] std::io::Error),
    #[error("this is not a backup of act-board (line {line})")]
    Format { line: usize },
    #[error("the backup file was cut off: its end is missing")]
    CutOff,
    #[error("the database already holds data; restore into an empty one")]
    NotEmpty,
    #[error("the backup was made by a newer act-board (schema {found}, this program knows {known}); install that one")]
    Newer { found: i64, known: i64 },
}

impl From<sqlx::Error> for BackupError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

#[derive(Serialize, Deserialize)]
struct Heading {
    act_board_backup: i64,
    schema: i64,
}

#[derive(Serialize, Deserialize)]
struct TableHeading {
    table: String,
    columns: Vec<Column>,
}

#[derive(Clone, Serialize, Deserialize)]
struct Column {
    name: String,
    kind: Kind,
}

/// The last line.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct End {
    rows: u64,
}

/// What a column holds, whatever the database calls it.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Id,
    Number,
    Flag,
    Text,
}

/// Writes everything, as it stands at one moment. Answers the count of rows.
pub async fn backup(db: &Db, output: &mut impl Write) -> Result<u64, BackupError> {
    let schema = db.schema().await?.found;
    writeln!(output, "{}", json(&Heading { act_board_backup: 1, schema })?)?;
    let mut conn = db.snapshot().await?;
    let mut count = 0;
    for table in TABLES {
        let columns = columns(&mut conn, table).await?;
        if columns.is_empty() {
            continue; // the table comes with a later schema
        }
        let rows = rows(&mut conn, table, &columns).await?;
        writeln!(output, "{}", json(&TableHeading { table: table.to_owned(), columns })?)?;
        for row in &rows {
            writeln!(output, "{row}")?;
        }
        count += rows.len() as u64;
    }
    writeln!(output, "{}", json(&End { rows: count })?)?;
    output.flush()?;
    Ok(count)
}

fn json(value: &impl Serialize) -> Result<String, BackupError> {
    serde_json::to_string(value).map_err(|error| BackupError::File(error.into()))
}

/// Every table of ours that the database has.
pub async fn tables(db: &Db) -> Result<Vec<String>, StoreError> {
    let sql = match db {
        Db::Sqlite { .. } => {
            "SELECT name FROM sqlite_master
             WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> '_sqlx_migrations'"
        }
        Db::Postgres(_) => {
            "SELECT tablename::text FROM pg_tables
             WHERE schemaname = current_schema() AND tablename <> '_sqlx_migrations'"
        }
    };
    let mut conn = db.reader().await?;
    Ok(on!(conn, |c| -> sqlx::query_scalar(sql).fetch_all(c).await?))
}

async fn columns(conn: &mut Conn, table: &str) -> Result<Vec<Column>, StoreError> {
    let sql = match conn {
        Conn::SqliteRead(_) | Conn::SqliteTx(_) => "SELECT name, type FROM pragma_table_info($1) ORDER BY cid",
        Conn::PostgresRead(_) | Conn::PostgresTx(_) => {
            "SELECT column_name::text, data_type::text
             FROM information_schema.columns
             WHERE table_name = $1 AND table_schema = current_schema()
             ORDER BY ordinal_position"
        }
    };
    let found: Vec<(String, String)> = on!(conn, |c| -> sqlx::query_as(sql).bind(table).fetch_all(c).await?);
    let column = |(name, kind): (String, String)| Column {
        name,
        kind: match kind.to_ascii_lowercase().as_str() {
            "blob" | "uuid" => Kind::Id,
            "bigint" => Kind::Number,
            "boolean" => Kind::Flag,
            _ => Kind::Text,
        },
    };
    Ok(found.into_iter().map(column).collect())
}

/// Each row as a JSON array, ordered so that two backups of the same data are equal.
async fn rows(conn: &mut Conn, table: &str, columns: &[Column]) -> Result<Vec<String>, StoreError> {
    let sqlite = matches!(conn, Conn::SqliteRead(_) | Conn::SqliteTx(_));
    let value = |column: &Column| match (sqlite, column.kind) {
        // Of nothing, hex is an empty text.
        (true, Kind::Id) => format!("nullif(lower(hex({})), '')", column.name),
        (false, Kind::Id) => format!("replace({}::text, '-', '')", column.name),
        (false, Kind::Flag) => format!("{}::int", column.name),
        _ => column.name.clone(),
    };
    let values = columns.iter().map(value).collect::<Vec<_>>().join(", ");
    let array = if sqlite { "json_array" } else { "json_build_array" };
    let collate = if sqlite { "" } else { " COLLATE \"C\"" };
    let sql = format!("SELECT CAST({array}({values}) AS TEXT){collate} AS line FROM {table} ORDER BY 1");
    let lines: Vec<String> = on!(conn, |c| -> sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(c).await?);
    Ok(lines)
}

/// Whether the database holds nothing of ours yet.
pub async fn is_empty(db: &Db) -> Result<bool, BackupError> {
    if db.schema().await?.found == 0 {
        return Ok(true);
    }
    let mut conn = db.reader().await?;
    let sql = "SELECT count(*) FROM organisations";
    let count: i64 = on!(conn, |c| -> sqlx::query_scalar(sql).fetch_one(c).await?);
    Ok(count == 0)
}

/// Fills an empty database from a backup, all or nothing, and brings its schema up to date. Answers the count of rows.
pub async fn restore(db: &Db, input: impl BufRead) -> Result<u64, BackupError> {
    if !is_empty(db).await? {
        return Err(BackupError::NotEmpty);
    }
    let mut lines = input.lines().zip(1..);
    let heading: Heading = match lines.next() {
        Some((line, number)) => parse(&line?, number)?,
        None => return Err(BackupError::Format { line: 1 }),
    };
    let known = db.schema().await?.known;
    if heading.schema > known {
        return Err(BackupError::Newer { found: heading.schema, known });
    }
    db.migrate(Some(heading.schema)).await?;
    let mut conn = db.write().await?;
    let count = fill(&mut conn, lines).await?;
    conn.commit().await?;
    db.migrate(None).await?;
    Ok(count)
}

async fn fill(
    conn: &mut Conn,
    lines: impl Iterator<Item = (std::io::Result<String>, usize)>,
) -> Result<u64, BackupError> {
    let mut table: Option<(String, Vec<Kind>)> = None;
    let mut count = 0;
    let mut end = None;
    for (line, number) in lines {
        let line = line?;
        if end.is_some() {
            return Err(BackupError::Format { line: number });
        }
        if let Ok(End { rows }) = serde_json::from_str(&line) {
            end = Some(rows);
            continue;
        }
        if line.starts_with('{') {
            let heading: TableHeading = parse(&line, number)?;
            table = Some(insertion(&heading).ok_or(BackupError::Format { line: number })?);
            continue;
        }
        let (sql, kinds) = table.as_ref().ok_or(BackupError::Format { line: number })?;
        let row: Vec<Value> = parse(&line, number)?;
        insert(conn, sql, kinds, row).await?;
        count += 1;
    }
    if end == Some(count) { Ok(count) } else { Err(BackupError::CutOff) }
}

fn parse<T: serde::de::DeserializeOwned>(line: &str, number: usize) -> Result<T, BackupError> {
    serde_json::from_str(line).map_err(|_| BackupError::Format { line: number })
}

/// The insertion for a table; nothing for a table or a column name that cannot be ours.
fn insertion(heading: &TableHeading) -> Option<(String, Vec<Kind>)> {
    let plain = |name: &str| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    if !TABLES.contains(&heading.table.as_str()) || !heading.columns.iter().all(|column| plain(&column.name)) {
        return None;
    }
    let names = heading.columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>().join(", ");
    let places = (1..=heading.columns.len()).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
    let sql = format!("INSERT INTO {} ({names}) VALUES ({places})", heading.table);
    Some((sql, heading.columns.iter().map(|column| column.kind).collect()))
}

async fn insert(conn: &mut Conn, sql: &str, kinds: &[Kind], row: Vec<Value>) -> Result<(), StoreError> {
    on!(conn, |c| {
        let mut query = sqlx::query(AssertSqlSafe(sql.to_owned()));
        for (kind, value) in kinds.iter().zip(row) {
            query = match kind {
                Kind::Id => query.bind(value.as_str().and_then(|id| id.parse::<Uuid>().ok())),
                Kind::Number => query.bind(value.as_i64()),
                Kind::Flag => query.bind(value.as_i64().map(|flag| flag != 0)),
                Kind::Text => query.bind(value.as_str().map(str::to_owned)),
            };
        }
        query.execute(c).await?
    });
    Ok(())
}

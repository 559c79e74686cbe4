//! Opening either database, its schema, and its connections.

use super::{Conn, StoreError, conn::on};
use sqlx::{
    PgPool, SqlitePool,
    migrate::{MigrateError, Migrator},
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{
    fs::{File, TryLockError},
    path::{Path, PathBuf},
    str::FromStr,
    sync::Arc,
    time::Duration,
};

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// How long a connection waits for a lock or a free place in the pool before it says that the database is busy.
const PATIENCE: Duration = Duration::from_secs(5);

/// An open database.
#[derive(Clone, Debug)]
pub enum Db {
    Sqlite {
        /// One connection: SQLite has one writer, and queueing here is fairer than its retries.
        writer: SqlitePool,
        readers: SqlitePool,
        path: PathBuf,
        /// Held for as long as the database is open, so that no second server writes the same file.
        lock: Option<Arc<File>>,
    },
    Postgres(PgPool),
}

/// What a database is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// To serve or change it: an SQLite file is made if missing, and locked against a second server.
    Own,
    /// Beside whoever owns it: an SQLite file must be there.
    Look,
}

/// Why a database cannot be used. Each is one sentence for an operator.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("the database address must begin with sqlite:// or postgres://")]
    Address,
    #[error("the folder {0} cannot be made: {1}")]
    Folder(PathBuf, std::io::Error),
    #[error("there is no database at {0}")]
    Missing(PathBuf),
    #[error("another act-board is already using {0}; stop it first, or give this one its own database")]
    InUse(PathBuf),
    #[error("the database cannot be opened: {0}")]
    Database(#[from] sqlx::Error),
    #[error("the database belongs to a newer act-board (schema {found}, this program knows {known}); install that one")]
    Newer { found: i64, known: i64 },
    #[error("the database's schema cannot be brought up to date: {0}")]
    Migrate(#[from] MigrateError),
}

/// How far the database's schema is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schema {
    /// 0 for an empty database.
    pub found: i64,
    pub known: i64,
}

impl Db {
    /// Opens `sqlite://PATH` or `postgres://…`, and leaves the schema alone.
    pub async fn open(url: &str, access: Access) -> Result<Self, OpenError> {
        if let Some(path) = url.strip_prefix("sqlite://") {
            return Self::open_sqlite(Path::new(path.split('?').next().unwrap_or(path)), access).await;
        }
        if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
            return Err(OpenError::Address);
        }
        let options = PgConnectOptions::from_str(url)?.options([("lock_timeout", "5s")]); // as PATIENCE
        let pool = PgPoolOptions::new().max_connections(8).acquire_timeout(PATIENCE).connect_with(options).await?;
        Ok(Self::Postgres(pool))
    }

    async fn open_sqlite(path: &Path, access: Access) -> Result<Self, OpenError> {
        if access == Access::Look && !path.exists() {
            return Err(OpenError::Missing(path.into()));
        }
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|error| OpenError::Folder(folder.into(), error))?;
        }
        let lock = if access == Access::Own { Some(Arc::new(own(path)?)) } else { None };
        let options = SqliteConnectOptions::from_str("sqlite://")?
            .filename(path)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            // What is withdrawn is written over, not only unlinked.
            .pragma("secure_delete", "on")
            .foreign_keys(true)
            .busy_timeout(PATIENCE);
        let one = SqlitePoolOptions::new().max_connections(1).acquire_timeout(PATIENCE);
        let writer = one.connect_with(options.clone()).await?;
        let many = SqlitePoolOptions::new().max_connections(4).acquire_timeout(PATIENCE);
        let readers = many.connect_lazy_with(options.pragma("query_only", "1"));
        Ok(Self::Sqlite { writer, readers, path: path.into(), lock })
    }

    /// The schema the database has and the one this program knows.
    pub async fn schema(&self) -> Result<Schema, OpenError> {
        let mut conn = self.reader().await?;
        let known = self.migrator().iter().map(|migration| migration.version).max().unwrap_or(0);
        let tables = match self {
            Self::Sqlite { .. } => "SELECT count(*) FROM sqlite_master WHERE name = '_sqlx_migrations'",
            Self::Postgres(_) => {
                "SELECT count(*) FROM pg_tables
                 WHERE tablename = '_sqlx_migrations' AND schemaname = current_schema()"
            }
        };
        let present: i64 = on!(conn, |c| -> sqlx::query_scalar(tables).fetch_one(c).await?);
        if present == 0 {
            return Ok(Schema { found: 0, known });
        }
        let newest = "SELECT coalesce(max(version), 0) FROM _sqlx_migrations";
        let found = on!(conn, |c| -> sqlx::query_scalar(newest).fetch_one(c).await?);
        Ok(Schema { found, known })
    }

    /// Brings the schema up to `version`, or to the newest. Refuses a database that a newer program has changed.
    pub async fn migrate(&self, version: Option<i64>) -> Result<(), OpenError> {
        let Schema { found, known } = self.schema().await?;
        if found > known {
            return Err(OpenError::Newer { found, known });
        }
        let version = version.unwrap_or(known);
        match self {
            Self::Sqlite { writer, .. } => SQLITE.run_to(version, writer).await?,
            Self::Postgres(pool) => POSTGRES.run_to(version, pool).await?,
        }
        Ok(())
    }

    fn migrator(&self) -> &'static Migrator {
        match self {
            Self::Sqlite { .. } => &SQLITE,
            Self::Postgres(_) => &POSTGRES,
        }
    }

    /// A connection for single reads.
    pub async fn reader(&self) -> Result<Conn, sqlx::Error> {
        match self {
            Self::Sqlite { readers, .. } => Ok(Conn::SqliteRead(readers.acquire().await?)),
            Self::Postgres(pool) => Ok(Conn::PostgresRead(pool.acquire().await?)),
        }
    }

    /// A transaction for several reads that must agree with each other.
    pub async fn snapshot(&self) -> Result<Conn, StoreError> {
        match self {
            Self::Sqlite { readers, .. } => Ok(Conn::SqliteTx(readers.begin().await?)),
            Self::Postgres(pool) => {
                let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
                Ok(Conn::PostgresTx(pool.begin_with(begin).await?))
            }
        }
    }

    /// A transaction for writing. SQLite's takes the write lock at once, since one that reads first may not get it.
    pub async fn write(&self) -> Result<Conn, StoreError> {
        match self {
            Self::Sqlite { writer, .. } => Ok(Conn::SqliteTx(writer.begin_with("BEGIN IMMEDIATE").await?)),
            Self::Postgres(pool) => Ok(Conn::PostgresTx(pool.begin().await?)),
        }
    }

    /// Where backups made by the program itself go: beside an SQLite file, else in `data`.
    pub fn backup_folder(&self) -> PathBuf {
        let beside = match self {
            Self::Sqlite { path, .. } => path.parent().filter(|folder| !folder.as_os_str().is_empty()),
            Self::Postgres(_) => None,
        };
        beside.unwrap_or(Path::new("data")).join("backups")
    }

    /// What the database itself finds wrong with its contents; empty when all is well.
    pub async fn integrity(&self) -> Result<Vec<String>, StoreError> {
        let mut conn = self.reader().await?;
        let mut problems: Vec<String> = match self {
            Self::Sqlite { .. } => {
                let check = sqlx::query_scalar("PRAGMA integrity_check");
                match &mut conn {
                    Conn::SqliteRead(conn) => check.fetch_all(&mut **conn).await?,
                    _ => Vec::new(),
                }
            }
            Self::Postgres(_) => Vec::new(),
        };
        problems.retain(|problem| problem != "ok");
        let gaps = "
            SELECT count(*)
            FROM plans p
            WHERE p.revision <> (SELECT count(*) FROM changes c WHERE c.plan_id = p.id)";
        let gaps: i64 = on!(conn, |c| -> sqlx::query_scalar(gaps).fetch_one(c).await?);
        if gaps > 0 {
            problems.push(format!("{gaps} plans have a revision that does not match their history"));
        }
        Ok(problems)
    }

    /// Whether it was closed, as a server does that stops.
    pub fn is_closed(&self) -> bool {
        match self {
            Self::Sqlite { writer, .. } => writer.is_closed(),
            Self::Postgres(pool) => pool.is_closed(),
        }
    }

    /// Waits for running statements and closes every connection.
    pub async fn close(self) {
        match self {
            Self::Sqlite { writer, readers, .. } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

/// Makes the file if it is missing, readable by its owner only, and takes the lock file beside it. The system lets go
/// of the lock however the process ends.
fn own(path: &Path) -> Result<File, OpenError> {
    // By whatever name it is called, one file has one lock.
    let mut name = path.canonicalize().unwrap_or_else(|_| path.into()).into_os_string();
    name.push(".lock");
    let name = PathBuf::from(name);
    let file = File::create(&name).map_err(|error| OpenError::Folder(name, error))?;
    match file.try_lock() {
        Ok(()) => make(path).map(|()| file),
        Err(TryLockError::WouldBlock) => Err(OpenError::InUse(path.into())),
        Err(TryLockError::Error(error)) => Err(OpenError::Folder(path.into(), error)),
    }
}

/// SQLite gives its own files beside the database the same mode.
fn make(path: &Path) -> Result<(), OpenError> {
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        // One that may only be read serves readers; writing says so itself.
        Err(error) if !path.exists() => Err(OpenError::Folder(path.into(), error)),
        _ => Ok(()),
    }
}

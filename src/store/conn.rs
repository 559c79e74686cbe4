//! One connection of either database, and the macro that runs one query text on it.

use super::StoreError;
use sqlx::{PgConnection, Postgres, Sqlite, SqliteConnection, Transaction, pool::PoolConnection};

/// A connection for reading, or a transaction. A dropped transaction rolls back.
pub enum Conn {
    SqliteRead(PoolConnection<Sqlite>),
    PostgresRead(PoolConnection<Postgres>),
    SqliteTx(Transaction<'static, Sqlite>),
    PostgresTx(Transaction<'static, Postgres>),
}

/// What the [`on`] macro matches: the driver's own connection.
pub(super) enum Raw<'a> {
    Sqlite(&'a mut SqliteConnection),
    Postgres(&'a mut PgConnection),
}

/// Runs an expression with the driver's own connection. `|c| -> …` answers its value, `|c| …` drops it (the drivers'
/// results of a write have different types).
macro_rules! on {
    ($conn:expr, |$raw:ident| -> $body:expr) => {
        match $conn.raw() {
            $crate::store::conn::Raw::Sqlite($raw) => $body,
            $crate::store::conn::Raw::Postgres($raw) => $body,
        }
    };
    ($conn:expr, |$raw:ident| $body:expr) => {
        match $conn.raw() {
            $crate::store::conn::Raw::Sqlite($raw) => {
                $body;
            }
            $crate::store::conn::Raw::Postgres($raw) => {
                $body;
            }
        }
    };
}
pub(super) use on;

impl Conn {
    pub(super) fn raw(&mut self) -> Raw<'_> {
        match self {
            Self::SqliteRead(conn) => Raw::Sqlite(conn),
            Self::PostgresRead(conn) => Raw::Postgres(conn),
            Self::SqliteTx(tx) => Raw::Sqlite(tx),
            Self::PostgresTx(tx) => Raw::Postgres(tx),
        }
    }

    /// Ends a transaction and keeps what it wrote. Nothing to do for a reading connection.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::SqliteRead(_) | Self::PostgresRead(_) => Ok(()),
            Self::SqliteTx(tx) => Ok(tx.commit().await?),
            Self::PostgresTx(tx) => Ok(tx.commit().await?),
        }
    }

    /// Begins a part of a transaction that can be undone alone.
    pub async fn savepoint(&mut self) -> Result<(), StoreError> {
        on!(self, |conn| sqlx::query("SAVEPOINT part").execute(conn).await?);
        Ok(())
    }

    /// Keeps the part.
    pub async fn release(&mut self) -> Result<(), StoreError> {
        on!(self, |conn| sqlx::query("RELEASE SAVEPOINT part").execute(conn).await?);
        Ok(())
    }

    /// Undoes the part.
    pub async fn undo(&mut self) -> Result<(), StoreError> {
        on!(self, |conn| sqlx::query("ROLLBACK TO SAVEPOINT part").execute(conn).await?);
        self.release().await
    }
}

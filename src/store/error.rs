//! What can go wrong with a database, as far as anybody can act on it.

/// A failed database call.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Somebody else holds it; trying again later helps.
    #[error("the database is busy")]
    Busy(#[source] sqlx::Error),
    #[error("the database is read-only")]
    ReadOnly(#[source] sqlx::Error),
    #[error("the disk is full")]
    Full(#[source] sqlx::Error),
    /// A unique value was there already.
    #[error("the value is taken")]
    Taken(#[source] sqlx::Error),
    /// A stored value that this program cannot read.
    #[error("stored {what} cannot be read")]
    Unreadable { what: &'static str },
    #[error("the database failed")]
    Other(#[source] sqlx::Error),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        if matches!(error, sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_)) {
            return Self::Busy(error);
        }
        let Some(database) = error.as_database_error() else { return Self::Other(error) };
        if database.is_unique_violation() {
            return Self::Taken(error);
        }
        let code = database.code().unwrap_or_default().into_owned();
        // SQLite's extended result codes keep the primary one in the low byte; PostgreSQL's have five characters.
        let sqlite = code.parse::<u32>().ok().filter(|_| code.len() < 5).map(|code| code & 0xff);
        match (sqlite, code.as_str()) {
            (Some(5 | 6), _)
            | (None, "55P03" | "40001" | "40P01" | "57014" | "57P01" | "57P02" | "57P03" | "53300") => {
                Self::Busy(error)
            }
            (Some(8), _) | (None, "25006") => Self::ReadOnly(error),
            (Some(13), _) | (None, "53100") => Self::Full(error),
            _ => Self::Other(error),
        }
    }
}

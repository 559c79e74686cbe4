//! News between nodes. On PostgreSQL a transaction that changes a plan or ends a session notifies; SQLite has one node,
//! which knows.

use super::{Conn, Db, StoreError, conn::Raw};
use crate::domain::ids::{PlanId, Revision};
use sqlx::postgres::PgListener;

const CHANNEL: &str = "act_board";

/// Begins the news of a session that was ended; news of a plan begin with its id.
const ENDED: &str = "ended";

/// Tells every node, once the transaction is committed, that a plan has come to a revision.
pub async fn announce(conn: &mut Conn, plan: PlanId, revision: Revision) -> Result<(), StoreError> {
    if let Raw::Postgres(conn) = conn.raw() {
        let news = format!("{plan} {}", revision.0);
        sqlx::query("SELECT pg_notify($1, $2)").bind(CHANNEL).bind(news).execute(conn).await?;
    }
    Ok(())
}

/// Tells every node, once the transaction is committed, that a session was ended, by the hash of its token.
pub async fn announce_end(conn: &mut Conn, token_hash: &str) -> Result<(), StoreError> {
    if let Raw::Postgres(conn) = conn.raw() {
        let news = format!("{ENDED} {token_hash}");
        sqlx::query("SELECT pg_notify($1, $2)").bind(CHANNEL).bind(news).execute(conn).await?;
    }
    Ok(())
}

/// What is announced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    Plan(PlanId),
    /// The hash of a token whose session was ended.
    SessionEnded(String),
    /// The line was cut meanwhile, and anything may have been missed.
    Cut,
}

/// Hears what is announced.
pub struct Listener(PgListener);

impl Listener {
    /// Nothing on SQLite.
    pub async fn open(db: &Db) -> Result<Option<Self>, StoreError> {
        let Db::Postgres(pool) = db else { return Ok(None) };
        let mut listener = PgListener::connect_with(pool).await?;
        listener.listen(CHANNEL).await?;
        Ok(Some(Self(listener)))
    }

    pub async fn next(&mut self) -> Result<News, StoreError> {
        let Some(news) = self.0.try_recv().await? else { return Ok(News::Cut) };
        Ok(match news.payload().split_once(' ') {
            Some((ENDED, token_hash)) => News::SessionEnded(token_hash.to_owned()),
            Some((plan, _)) => plan.parse().map_or(News::Cut, News::Plan),
            None => News::Cut,
        })
    }
}

//! News between nodes. On PostgreSQL a transaction that changes a plan notifies; SQLite has one node, which knows.

use super::{Conn, Db, StoreError, conn::Raw};
use crate::domain::ids::{PlanId, Revision};
use sqlx::postgres::PgListener;

const CHANNEL: &str = "act_board";

/// Tells every node, once the transaction is committed, that a plan has come to a revision.
pub async fn announce(conn: &mut Conn, plan: PlanId, revision: Revision) -> Result<(), StoreError> {
    if let Raw::Postgres(conn) = conn.raw() {
        let news = format!("{plan} {}", revision.0);
        sqlx::query("SELECT pg_notify($1, $2)").bind(CHANNEL).bind(news).execute(conn).await?;
    }
    Ok(())
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

    /// The next plan that has changed. `None` says that the line was cut meanwhile, and anything may have been missed.
    pub async fn next(&mut self) -> Result<Option<PlanId>, StoreError> {
        let Some(news) = self.0.try_recv().await? else { return Ok(None) };
        Ok(news.payload().split(' ').next().and_then(|plan| plan.parse().ok()))
    }
}

//! What every request shares.

use super::{
    boards::Boards,
    config::Config,
    hub::Hub,
    outage,
    writer::{Submission, Writers},
};
use crate::{
    domain::{
        board::Board,
        change::{Entry, Refusal},
    },
    store::{self, Db, StoreError},
};
use std::sync::Arc;

/// Cheap to clone: handles, all of them.
#[derive(Clone)]
pub struct AppState {
    pub config: Arc<Config>,
    pub db: Db,
    pub writers: Writers,
    pub boards: Boards,
    pub hub: Hub,
}

impl AppState {
    pub fn new(config: Config, db: Db) -> Self {
        let boards = Boards::default();
        let hub = Hub::new(db.clone(), boards.clone());
        let writers = Writers::new(db.clone(), config.clock, hub.clone());
        Self { config: Arc::new(config), db, writers, boards, hub }
    }

    /// The current plan's board; nothing while there is no plan.
    pub async fn board(&self) -> Result<Option<Arc<Board>>, StoreError> {
        let plan = store::current_plan(&mut self.db.reader().await?).await?;
        match plan {
            Some(plan) => self.boards.current(&self.db, plan).await.map(Some),
            None => Ok(None),
        }
    }

    /// Hands a command to the current plan's writer.
    pub async fn submit(&self, submission: Submission) -> Result<Entry, Refusal> {
        let mut conn = self.db.reader().await.map_err(|error| outage(error.into()))?;
        let plan = store::current_plan(&mut conn).await.map_err(outage)?.ok_or(Refusal::NotFound)?;
        drop(conn); // a waiting command must not hold a place in the pool
        self.writers.submit(plan, submission).await
    }
}

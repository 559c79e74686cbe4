//! The results of each plan in memory, so that showing them costs the database nothing while nobody changes the plan. Whoever
//! asks after a change reads them anew: they are thousands of rows, and the plan changes far less often than it is read.

use crate::{
    domain::{
        ids::{PlanId, Revision},
        results::change::Results,
    },
    store::{self, Db, StoreError},
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

#[derive(Clone, Default)]
pub struct KnownResults {
    // Held only to look up or replace an Arc, never across an await.
    known: Arc<Mutex<HashMap<PlanId, Read>>>,
}

/// What was read, and at which revision.
type Read = (Revision, Arc<Results>);

impl KnownResults {
    /// The results of a plan at a revision at least.
    pub async fn at(&self, db: &Db, plan: PlanId, revision: Revision) -> Result<Arc<Results>, StoreError> {
        let known = self.known().get(&plan).cloned();
        if let Some((at, results)) = known
            && at >= revision
        {
            return Ok(results);
        }
        let mut conn = db.snapshot().await?;
        let at = store::revision(&mut conn, plan).await?;
        let results = Arc::new(store::results(&mut conn, plan).await?);
        let mut known = self.known();
        let newest = known.entry(plan).or_insert_with(|| (at, results.clone()));
        if newest.0 < at {
            *newest = (at, results.clone());
        }
        Ok(results)
    }

    fn known(&self) -> std::sync::MutexGuard<'_, HashMap<PlanId, Read>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

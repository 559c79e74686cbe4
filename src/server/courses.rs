//! The course of each plan's items in memory, brought up to date when somebody asks for it.

use crate::{
    domain::{
        dashboard::course::Course,
        ids::{PlanId, Revision},
    },
    store::{self, Db, StoreError},
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

#[derive(Clone, Default)]
pub struct Courses {
    // Held only to look up or replace an Arc, never across an await.
    known: Arc<Mutex<HashMap<PlanId, Arc<Course>>>>,
}

impl Courses {
    /// The course of a plan's items up to a revision at least.
    pub async fn up_to(&self, db: &Db, plan: PlanId, revision: Revision) -> Result<Arc<Course>, StoreError> {
        let known = self.known().get(&plan).cloned().unwrap_or_default();
        if known.revision >= revision {
            return Ok(known);
        }
        let entries = store::turns_between(&mut db.reader().await?, plan, known.revision, revision).await?;
        let mut course = Arc::unwrap_or_clone(known);
        for entry in &entries {
            course.apply(entry);
        }
        course.revision = revision;
        let course = Arc::new(course);
        let mut known = self.known();
        let newest = known.entry(plan).or_default();
        if newest.revision < revision {
            *newest = course.clone();
        }
        Ok(course)
    }

    fn known(&self) -> std::sync::MutexGuard<'_, HashMap<PlanId, Arc<Course>>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

//! The board of each plan in memory, so that showing it costs the database one small read. It is kept right the way a
//! browser's copy is: by the changes since its revision.

use crate::{
    domain::{board::Board, ids::PlanId},
    store::{self, Db, StoreError},
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// More missed changes than this are slower to apply than loading the board anew.
const MOST_CHANGES: i64 = 500;

#[derive(Clone, Default)]
pub struct Boards {
    // Held only to look up or replace an Arc, never across an await.
    known: Arc<Mutex<HashMap<PlanId, Arc<Board>>>>,
}

impl Boards {
    /// The board of a plan as the database holds it now.
    pub async fn current(&self, db: &Db, plan: PlanId) -> Result<Arc<Board>, StoreError> {
        let revision = store::revision(&mut db.reader().await?, plan).await?;
        let known = self.known().get(&plan).cloned();
        let board = match known {
            Some(board) if board.revision >= revision => return Ok(board),
            Some(board) if revision.0 - board.revision.0 <= MOST_CHANGES => catch_up(db, plan, board).await?,
            _ => load(db, plan).await?,
        };
        let mut known = self.known();
        let newest = known.entry(plan).or_insert_with(|| board.clone());
        if newest.revision < board.revision {
            *newest = board.clone();
        }
        Ok(board)
    }

    fn known(&self) -> std::sync::MutexGuard<'_, HashMap<PlanId, Arc<Board>>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn catch_up(db: &Db, plan: PlanId, board: Arc<Board>) -> Result<Arc<Board>, StoreError> {
    let entries = store::changes_since(&mut db.snapshot().await?, plan, board.revision, MOST_CHANGES).await?;
    let mut board = Arc::unwrap_or_clone(board);
    for entry in entries {
        board.apply(entry);
    }
    Ok(Arc::new(board))
}

async fn load(db: &Db, plan: PlanId) -> Result<Arc<Board>, StoreError> {
    let mut conn = db.snapshot().await?;
    let revision = store::revision(&mut conn, plan).await?;
    let frame = store::frame(&mut conn, plan).await?;
    let cards = store::board_cards(&mut conn, plan).await?;
    Ok(Arc::new(Board::new(revision, frame, cards)))
}

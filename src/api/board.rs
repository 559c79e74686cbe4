//! The board as the viewer may see it.

use super::AppError;
use crate::domain::{
    board::BoardView,
    filter::Filter,
    ids::Revision,
    rows::{Rows, Texts},
};
use leptos::prelude::*;

/// A page of the board through a filter; `None` while the network has no plan. For anybody: drafts and the archive
/// only for those who may see them.
#[server(prefix = "/rpc", endpoint = "board", input = server_fn::codec::Json)]
pub async fn read_board(filter: Filter) -> Result<Option<BoardView>, AppError> {
    use crate::domain::{accounts::Viewer, policy};
    use crate::server::{AppState, outage};
    let (state, viewer) = (expect_context::<AppState>(), expect_context::<Viewer>());
    let filter = Filter { archived: filter.archived && policy::can_read_drafts(&viewer), ..filter };
    let Some(board) = state.board().await.map_err(outage)? else { return Ok(None) };
    let today = state.config.clock.today(&board.frame.plan.time_zone);
    Ok(Some(board.view(&viewer, &filter, today)))
}

/// Every card that the viewer may read, in one compact answer; `None` while the network has no plan. For anybody.
#[server(prefix = "/rpc", endpoint = "cards", input = server_fn::codec::Json)]
pub async fn read_cards() -> Result<Option<Rows>, AppError> {
    use crate::domain::accounts::Viewer;
    use crate::server::{AppState, outage};
    let (state, viewer) = (expect_context::<AppState>(), expect_context::<Viewer>());
    let board = state.board().await.map_err(outage)?;
    Ok(board.map(|board| Rows::pack(&board, &viewer)))
}

/// Titles and descriptions of what the viewer may read and is not in the archive, for the time without a connection:
/// of all items, or of those that have changed since a revision. For anybody.
#[server(prefix = "/rpc", endpoint = "texts", input = server_fn::codec::Json)]
pub async fn read_texts(#[server(default)] since: Option<Revision>) -> Result<Option<Texts>, AppError> {
    use crate::domain::{accounts::Viewer, policy};
    use crate::server::{AppState, outage};
    use crate::store;
    let (state, viewer) = (expect_context::<AppState>(), expect_context::<Viewer>());
    let Some(board) = state.board().await.map_err(outage)? else { return Ok(None) };
    let mut conn = state.db.reader().await.map_err(|error| outage(error.into()))?;
    let mut texts =
        store::texts_since(&mut conn, board.frame.plan.id, since.unwrap_or_default()).await.map_err(outage)?;
    texts.retain(|(item, _, _)| {
        board.card(*item).is_some_and(|card| !card.archived && policy::can_read_item(&viewer, card.rights()))
    });
    Ok(Some(Texts::new(board.revision, texts)))
}

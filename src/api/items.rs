//! One action item, and what a form for a new one needs.

use super::AppError;
use crate::domain::{day::Day, ids::ItemId, items::Item, plan::Frame};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// An item with what its page needs beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemView {
    pub item: Item,
    /// The description as safe HTML.
    pub description_html: String,
    pub frame: Frame,
    pub today: Day,
}

/// What the form for a new item needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewItem {
    /// The id that the item will have: a form sent twice creates one item.
    pub id: ItemId,
    pub frame: Frame,
}

/// An item by its number. For anybody who may see it; to everybody else it is not there.
#[server(prefix = "/rpc", endpoint = "item", input = server_fn::codec::Json)]
pub async fn read_item(number: i64) -> Result<ItemView, AppError> {
    use crate::domain::{accounts::Viewer, change::Refusal, policy};
    use crate::server::{AppState, markdown, outage};
    use crate::store;
    let (state, viewer) = (expect_context::<AppState>(), expect_context::<Viewer>());
    let board = state.board().await.map_err(outage)?.ok_or(Refusal::NotFound)?;
    let mut conn = state.db.reader().await.map_err(|error| outage(error.into()))?;
    let item = store::item_by_number(&mut conn, board.frame.plan.id, number).await.map_err(outage)?;
    let item = item.filter(|item| policy::can_read_item(&viewer, item.rights())).ok_or(Refusal::NotFound)?;
    let today = state.config.clock.today(&board.frame.plan.time_zone);
    let description_html = markdown::to_html(&item.description.body);
    Ok(ItemView { item, description_html, frame: board.frame.clone(), today })
}

/// For those who may create items.
#[server(prefix = "/rpc", endpoint = "new_item", input = server_fn::codec::Json)]
pub async fn start_item() -> Result<NewItem, AppError> {
    use crate::domain::{accounts::Viewer, change::Refusal, policy};
    use crate::server::{AppState, outage};
    let (state, viewer) = (expect_context::<AppState>(), expect_context::<Viewer>());
    viewer.member().ok_or(AppError::SignedOut)?;
    policy::can_create_items(&viewer).then_some(()).ok_or(Refusal::Forbidden)?;
    let board = state.board().await.map_err(outage)?.ok_or(Refusal::NotFound)?;
    Ok(NewItem { id: ItemId(uuid::Uuid::now_v7()), frame: board.frame.clone() })
}

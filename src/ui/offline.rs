//! What a device keeps for the time without a connection: who is signed in, the board, and the texts of its items. The
//! same questions as to the server, answered from there when the server cannot be reached. It is locked, that is gone,
//! when the session is over.

use crate::{
    api::{
        AppError,
        accounts::{Site, read_site},
        board::{read_board, read_texts},
        items::{ItemView, NewItem, read_item, start_item},
    },
    domain::{
        accounts::SESSION_DAYS,
        board::{Board, BoardView},
        day::Day,
        filter::Filter,
        ids::ItemId,
        items::Item,
        protocol::PROTOCOL,
        rows::{Rows, Texts},
        text,
    },
    ui::{board::BoardState, browser, line::Line},
};
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use serde::{Deserialize, Serialize};

/// The names under which the browser keeps it: one place each, whoever is signed in.
const BOARD: &str = "board";
const TEXTS: &str = "texts";

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// The board as it was last seen.
#[derive(Clone, Serialize, Deserialize)]
struct Kept {
    protocol: u32,
    /// When, in milliseconds since 1970, UTC.
    at: i64,
    today: Day,
    site: Site,
    rows: Rows,
}

/// What is kept, if it is of whoever was signed in last, and the session may still last.
async fn kept() -> Option<Kept> {
    let kept: Kept = serde_json::from_slice(browser::kept(BOARD).await?.as_bytes()).ok()?;
    let viewer = kept.site.viewer.member().map(|member| member.id.to_string());
    let lasts = browser::wall_clock() < kept.at + SESSION_DAYS * DAY_MS;
    if !lasts || kept.protocol != PROTOCOL || viewer != browser::last_viewer() {
        lock().await;
        return None;
    }
    Some(kept)
}

async fn kept_texts() -> Option<Texts> {
    serde_json::from_slice(browser::kept(TEXTS).await?.as_bytes()).ok()
}

/// Forgets the board and its texts. What waits to be sent is kept until its author is back.
pub async fn lock() {
    browser::forget_kept(BOARD).await;
    browser::forget_kept(TEXTS).await;
}

/// Keeps the board as it is now.
pub async fn keep(site: Site, board: BoardState) {
    let confirmed = board.confirmed();
    let rows = Rows::pack(&confirmed, &site.viewer);
    let kept = Kept { protocol: PROTOCOL, at: browser::wall_clock(), today: board.today, site, rows };
    if let Ok(text) = serde_json::to_string(&kept) {
        browser::change_kept(BOARD, |_| (Some(text), ())).await;
    }
    let known = kept_texts().await.map(|texts| texts.revision);
    if known != Some(confirmed.revision)
        && let Ok(Some(texts)) = read_texts(known).await
    {
        let merged = kept_texts().await.unwrap_or_default().with(texts);
        let text = serde_json::to_string(&merged).ok();
        browser::change_kept(TEXTS, |_| (text, ())).await;
    }
}

/// Asks the server, and when it cannot be reached, the device.
async fn or_kept<T>(asked: Result<T, AppError>, answer: impl AsyncFnOnce(Kept) -> Option<T>) -> Result<T, AppError> {
    if !matches!(asked, Err(AppError::Offline)) {
        return asked;
    }
    // Only a browser comes here, and it has one thread.
    let kept = SendWrapper::new(async {
        match kept().await {
            Some(kept) => answer(kept).await,
            None => None,
        }
    });
    kept.await.ok_or(AppError::Offline)
}

pub async fn site() -> Result<Site, AppError> {
    or_kept(read_site().await, async |kept| Some(kept.site)).await
}

/// A page of the board; all of what is kept goes to the line, which shows it.
pub async fn board(line: Line, filter: Filter) -> Result<Option<BoardView>, AppError> {
    let asked = read_board(filter.clone()).await;
    or_kept(asked, async move |kept| {
        let board = kept.rows.unpack();
        let view = board.view(&kept.site.viewer, &filter, kept.today);
        line.from_device.set(Some(kept.at));
        line.kept.set_value(Some(board));
        Some(Some(view))
    })
    .await
}

pub async fn item(line: Line, number: i64) -> Result<ItemView, AppError> {
    let asked = read_item(number).await;
    or_kept(asked, async move |kept| {
        let today = kept.today;
        let board: Board = line.board.get_untracked().map_or_else(|| kept.rows.unpack(), BoardState::confirmed);
        let card = board.card_by_number(number)?;
        let (title, description) = kept_texts().await?.of(card.id)?;
        let item = Item {
            id: card.id,
            number,
            title,
            description,
            facts: card.facts.clone(),
            status: card.status,
            rank: card.rank.clone(),
            published: card.published,
            archived: card.archived,
        };
        // Markdown is made on the server; without it the text is shown as it was typed.
        let description_html = text::as_html(&item.description.body);
        Some(ItemView { item, description_html, frame: board.frame.clone(), today })
    })
    .await
}

pub async fn new_item() -> Result<NewItem, AppError> {
    let asked = start_item().await;
    or_kept(asked, async |kept| Some(NewItem { id: ItemId(browser::new_op().0), frame: kept.rows.unpack().frame }))
        .await
}

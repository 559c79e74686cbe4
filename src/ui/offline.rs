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
        board::{Board, BoardView},
        change::Entry,
        day::Day,
        filter::Filter,
        ids::{ItemId, MemberId, Revision},
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

/// The beginnings of the names under which the browser keeps it, by member.
const BOARD: &str = "board ";
const TEXTS: &str = "texts ";

/// The board as it was last seen.
#[derive(Clone, Serialize, Deserialize)]
struct Kept {
    protocol: u32,
    /// When it was seen, and when the server last answered this session, in milliseconds since 1970, UTC.
    at: i64,
    reached: i64,
    today: Day,
    site: Site,
    rows: Rows,
}

fn name(beginning: &str, member: impl std::fmt::Display) -> String {
    format!("{beginning}{member}")
}

/// What is kept of whoever was signed in last, if the session may still last.
async fn kept() -> Option<Kept> {
    let viewer = browser::last_viewer()?;
    let kept = browser::kept(&name(BOARD, &viewer)).await?;
    let kept: Kept = serde_json::from_slice(kept.as_bytes()).ok()?;
    let own = kept.site.viewer.member().is_some_and(|member| member.id.to_string() == viewer);
    let lasts = browser::wall_clock() < kept.reached + kept.site.lasts;
    if !lasts || !own || kept.protocol != PROTOCOL {
        lock(viewer.parse().ok()).await;
        return None;
    }
    Some(kept)
}

async fn kept_texts(member: MemberId) -> Option<Texts> {
    serde_json::from_slice(browser::kept(&name(TEXTS, member)).await?.as_bytes()).ok()
}

/// Forgets the board and the texts of a member. What waits to be sent is kept until its author is back.
pub async fn lock(member: Option<MemberId>) {
    if let Some(member) = member {
        browser::forget_kept(&name(BOARD, member)).await;
        browser::forget_kept(&name(TEXTS, member)).await;
    }
}

/// Forgets those of everybody else.
pub async fn lock_all_but(member: Option<MemberId>) {
    let but = |beginning| member.map(|member| name(beginning, member)).unwrap_or_default();
    browser::forget_all(BOARD, &but(BOARD)).await;
    browser::forget_all(TEXTS, &but(TEXTS)).await;
}

/// Texts that have changed since a tab kept them last; nothing if it has not, or has missed something.
pub struct TextNews {
    pub since: Option<Revision>,
    pub entries: Vec<Entry>,
}

/// Keeps the board as it is now, with its texts. Whether all of it is kept.
pub async fn keep(site: Site, board: BoardState, reached: i64, news: TextNews) -> bool {
    let Some(member) = site.viewer.member().map(|member| member.id) else { return false };
    let confirmed = board.confirmed();
    let rows = Rows::pack(&confirmed, &site.viewer);
    let (at, today) = (browser::wall_clock(), board.today);
    let kept = Kept { protocol: PROTOCOL, at, reached, today, site, rows };
    if let Ok(text) = serde_json::to_string(&kept) {
        browser::keep(&name(BOARD, member), text).await;
    }
    keep_texts(member, &confirmed, news).await
}

/// Asks for texts once, and then goes by the changes that come anyway.
async fn keep_texts(member: MemberId, board: &Board, news: TextNews) -> bool {
    let mut texts = kept_texts(member).await.unwrap_or_default();
    if news.since.is_some_and(|since| since <= texts.revision) {
        news.entries.into_iter().for_each(|entry| texts.apply(entry));
        texts.revision = texts.revision.max(board.revision);
    } else if let Ok(Some(newer)) = browser::answer_to(read_texts(Some(texts.revision))).await {
        texts = texts.with(newer);
    } else {
        return false;
    }
    texts.keep_those_of(board);
    match serde_json::to_string(&texts) {
        Ok(text) => browser::keep(&name(TEXTS, member), text).await,
        Err(_) => return false,
    }
    true
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
    or_kept(browser::answer_to(read_site()).await, async |kept| Some(kept.site)).await
}

/// A page of the board; all of what is kept goes to the line, which shows it.
pub async fn board(line: Line, filter: Filter) -> Result<Option<BoardView>, AppError> {
    let asked = browser::answer_to(read_board(filter.clone())).await;
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
    let asked = browser::answer_to(read_item(number)).await;
    or_kept(asked, async move |kept| {
        let today = kept.today;
        let board: Board = line.board.get_untracked().map_or_else(|| kept.rows.unpack(), BoardState::confirmed);
        let card = board.card_by_number(number)?;
        let member = kept.site.viewer.member()?.id;
        let mut texts = kept_texts(member).await?;
        line.fresh_texts().into_iter().for_each(|entry| texts.apply(entry));
        let (title, description) = texts.of(card.id)?;
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
    let asked = browser::answer_to(start_item()).await;
    or_kept(asked, async |kept| Some(NewItem { id: ItemId(browser::new_op().0), frame: kept.rows.unpack().frame }))
        .await
}

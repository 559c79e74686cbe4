//! The live socket: tells a member's open board of every change, and of the end of the session.

use super::{Serve, cookies};
use crate::{
    domain::{
        accounts::{Member, Viewer},
        change::Refusal,
        ids::{PlanId, Revision},
        live::{PING_SECONDS, ToBrowser},
        policy::Sight,
        protocol::PROTOCOL,
    },
    server::{
        AppState,
        hub::{Subscription, text},
        outage,
        sessions::{self, Token},
    },
    store,
};
use axum::{
    Extension,
    extract::{
        Query, State,
        ws::{Message, Utf8Bytes, WebSocket, WebSocketUpgrade},
    },
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use std::time::Duration;
use tokio::{
    sync::broadcast::{self, error::RecvError},
    time::{Instant, interval, timeout},
};

/// A browser says no more than that it is there.
const MESSAGE_LIMIT: usize = 4096;

/// Whoever takes longer to receive a message, or says nothing for so long, is gone.
const PATIENCE: Duration = Duration::from_secs(3 * PING_SECONDS as u64);

/// What a socket follows, and from where.
#[derive(Debug, Deserialize)]
pub struct Asked {
    /// The current plan if it is left out.
    plan: Option<PlanId>,
    #[serde(default)]
    since: Revision,
}

/// Opens a socket for a member; 401 for anybody else, 403 for a page of another site.
pub async fn open(
    State(serve): State<Serve>,
    Extension(viewer): Extension<Viewer>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    let (Some(member), Some(token)) = (viewer.member().cloned(), cookies::session(&serve, &headers)) else {
        return StatusCode::UNAUTHORIZED.into_response();
    };
    if !is_own_page(&serve, &headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let Some(place) = serve.state.hub.place(member.id) else {
        return super::rpc::failure(&Refusal::TooFast.into()).into_response();
    };
    let current = async { store::current_plan(&mut serve.state.db.reader().await?).await };
    let current = match current.await {
        Ok(current) => current.filter(|current| asked.plan.is_none_or(|plan| plan == *current)),
        Err(error) => return super::rpc::failure(&outage(error).into()).into_response(),
    };
    let Some(plan) = current else { return StatusCode::NOT_FOUND.into_response() };
    // Heard from now on: the session may end while the socket is being opened.
    let ended = serve.state.hub.ended_sessions();
    let subscription = serve.state.hub.subscribe(plan, Sight::of(&viewer), asked.since).await;
    let subscription = match subscription {
        Ok(subscription) => subscription,
        Err(error) => return super::rpc::failure(&outage(error).into()).into_response(),
    };
    let build = serve.assets.address("act-board.wasm");
    let mut session = Session { state: serve.state, member, token, ended, until: 0 };
    if !session.lasts().await {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let upgrade = upgrade.max_message_size(MESSAGE_LIMIT).max_frame_size(MESSAGE_LIMIT);
    upgrade.on_upgrade(move |socket| async move {
        converse(socket, session, subscription, build).await;
        drop(place);
    })
}

/// Browsers name the page that opens a socket, and any site may try; a program that names none has no one's cookies.
fn is_own_page(serve: &Serve, headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let Some(origin) = text(header::ORIGIN) else { return true };
    let host = origin.split_once("://").map(|(_, host)| host);
    origin == serve.state.config.public_url || (host.is_some() && host == text(header::HOST))
}

/// Whose socket it is, for as long as the session lasts.
struct Session {
    state: AppState,
    member: Member,
    token: Token,
    ended: broadcast::Receiver<String>,
    /// Until when it lasts, as far as is known.
    until: i64,
}

impl Session {
    /// Asks the database. While that does not answer, nothing is known to have ended.
    async fn lasts(&mut self) -> bool {
        match sessions::still(&self.state, &self.token, &self.member).await {
            Ok(until) => self.until = until.unwrap_or(0),
            Err(error) => tracing::debug!(%error, "a session could not be looked up"),
        }
        self.is_open()
    }

    /// Whether something may be sent now. That it was ended before its time is heard by [`Session::end`].
    fn is_open(&self) -> bool {
        self.state.config.clock.now() < self.until
    }

    /// Waits until the member ends it.
    async fn end(&mut self) {
        let own = self.token.hash();
        loop {
            match self.ended.recv().await {
                Ok(hash) if hash != own => {}
                // Too much to hear at once: the next ping will tell.
                Err(RecvError::Lagged(_)) => {}
                _ => return,
            }
        }
    }
}

async fn converse(mut socket: WebSocket, mut session: Session, mut news: Subscription, build: String) {
    let hello = ToBrowser::Hello { protocol: PROTOCOL, build, revision: news.revision };
    let mut first = vec![text(&hello)];
    match news.missed.take() {
        Some(missed) => first.extend(missed.into_iter().map(|frame| frame.text)),
        None => first.push(text(&ToBrowser::Resync)),
    }
    for message in first {
        if !send(&mut socket, message).await {
            return;
        }
    }
    let mut ping = interval(Duration::from_secs(PING_SECONDS.into()));
    let mut heard = Instant::now();
    news.here.mark_changed();
    loop {
        let message = tokio::select! {
            biased;
            // First of all, so that nothing is sent after the end of the session.
            () = session.end() => text(&ToBrowser::SignedOut),
            frame = news.frames.recv() => match frame {
                Ok(_) if !session.is_open() => text(&ToBrowser::SignedOut),
                Ok(frame) => frame.text,
                Err(RecvError::Lagged(_)) => text(&ToBrowser::Resync),
                Err(RecvError::Closed) => return,
            },
            _ = news.here.changed() => {
                let here = *news.here.borrow_and_update();
                text(&ToBrowser::Here(here))
            }
            _ = ping.tick() => {
                if heard.elapsed() > PATIENCE {
                    return;
                }
                text(if session.lasts().await { &ToBrowser::Ping } else { &ToBrowser::SignedOut })
            }
            message = socket.recv() => match message {
                Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                Some(Ok(_)) => {
                    heard = Instant::now();
                    continue;
                }
            },
        };
        let last = message == text(&ToBrowser::SignedOut);
        if !send(&mut socket, message).await || last {
            return;
        }
    }
}

/// Whether it was sent.
async fn send(socket: &mut WebSocket, message: Utf8Bytes) -> bool {
    matches!(timeout(PATIENCE, socket.send(Message::Text(message))).await, Ok(Ok(())))
}

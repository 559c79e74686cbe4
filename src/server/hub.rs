//! The hub: tells every open board of each change, in the order of revisions. A change is written out once for each
//! class of readers, and all sockets of the class are handed the same bytes.
//!
//! The hub is only told that there is news; what it is, it reads from the database, each revision since its last. So a
//! change comes to every node in the same order, whichever node wrote it.

use super::boards::Boards;
use crate::{
    domain::{
        board::Board,
        change::{self, Change},
        ids::{MemberId, OpId, OrgId, PlanId, Revision},
        live::{Seen, ToBrowser, seen},
        policy::Sight,
    },
    store::{self, Db, Listener, News, StoreError},
};
use axum::extract::ws::Utf8Bytes;
use std::{
    collections::{HashMap, VecDeque, hash_map::Entry},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{
    sync::{Notify, OnceCell, broadcast, watch},
    time::timeout,
};
use uuid::Uuid;

/// How far a receiver may fall behind before it must load the board anew.
const CAPACITY: usize = 512;

/// How many bytes of past changes are kept for those whose line was cut.
const KEPT_BYTES: usize = 2 * 1024 * 1024;

/// How long news that was lost between nodes may take.
const ASK: Duration = Duration::from_secs(15);

/// How many changes are read at once.
const READ: i64 = 500;

/// A message to every socket of a class.
#[derive(Clone, Debug)]
pub struct Frame {
    pub revision: Revision,
    pub text: Utf8Bytes,
}

#[derive(Clone)]
pub struct Hub(Arc<Inner>);

struct Inner {
    db: Db,
    boards: Boards,
    /// Each plan's feed, started when somebody first looks. The lock is never held across an await.
    feeds: Mutex<HashMap<PlanId, Arc<Feed>>>,
    /// Started with the first feed.
    listener: OnceCell<()>,
    /// The hashes of tokens whose session was ended by its member.
    ended: broadcast::Sender<String>,
    /// How many sockets each member has open.
    sockets: Mutex<HashMap<MemberId, usize>>,
}

/// More sockets of one member are not opened: many tabs on many devices, and no more.
const SOCKETS: usize = 30;

/// A socket's place among those of its member, free again once it is dropped.
pub struct Place {
    hub: Hub,
    member: MemberId,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut sockets = self.hub.sockets();
        if let Entry::Occupied(mut open) = sockets.entry(self.member) {
            *open.get_mut() -= 1;
            if *open.get() == 0 {
                open.remove();
            }
        }
    }
}

/// What one socket needs to follow a plan. Whoever holds one is counted as present.
pub struct Subscription {
    /// How far the plan was when the subscription began.
    pub revision: Revision,
    /// What was missed since the revision that was asked for; nothing if it is no longer known.
    pub missed: Option<Vec<Frame>>,
    pub frames: broadcast::Receiver<Frame>,
    /// How many are present.
    pub here: watch::Receiver<usize>,
    feed: Arc<Feed>,
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.feed.here.send_modify(|here| *here -= 1);
    }
}

impl Hub {
    pub fn new(db: Db, boards: Boards) -> Self {
        let inner = Inner {
            db,
            boards,
            feeds: Mutex::default(),
            listener: OnceCell::new(),
            ended: broadcast::Sender::new(CAPACITY),
            sockets: Mutex::default(),
        };
        Self(Arc::new(inner))
    }

    /// Says that a plan has changed.
    pub fn news(&self, plan: PlanId) {
        if let Some(feed) = self.feeds().get(&plan) {
            feed.news.notify_one();
        }
    }

    /// Begins to follow a plan from a revision on.
    pub async fn subscribe(&self, plan: PlanId, sight: Sight, since: Revision) -> Result<Subscription, StoreError> {
        let feed = self.feed(plan).await?;
        feed.here.send_modify(|here| *here += 1);
        let channel = feed.channel(sight);
        // Held, so that no change falls between what is past and what will be received.
        let past = channel.past();
        Ok(Subscription {
            revision: past.last,
            missed: past.since(since),
            frames: channel.sender.subscribe(),
            here: feed.here.subscribe(),
            feed: feed.clone(),
        })
    }

    /// A place for one more socket of a member; nothing if there are too many already.
    pub fn place(&self, member: MemberId) -> Option<Place> {
        let mut sockets = self.sockets();
        let open = sockets.entry(member).or_default();
        if *open >= SOCKETS {
            return None;
        }
        *open += 1;
        Some(Place { hub: self.clone(), member })
    }

    fn sockets(&self) -> MutexGuard<'_, HashMap<MemberId, usize>> {
        self.0.sockets.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says that a session was ended, by the hash of its token.
    pub fn end_session(&self, token_hash: String) {
        // Nobody may be listening.
        let _ = self.0.ended.send(token_hash);
    }

    pub fn ended_sessions(&self) -> broadcast::Receiver<String> {
        self.0.ended.subscribe()
    }

    async fn feed(&self, plan: PlanId) -> Result<Arc<Feed>, StoreError> {
        if let Some(feed) = self.feeds().get(&plan) {
            return Ok(feed.clone());
        }
        self.listen().await?;
        let board = self.0.boards.current(&self.0.db, plan).await?;
        let fresh = Arc::new(Feed::new(plan, board.revision));
        let feed = self.feeds().entry(plan).or_insert_with(|| fresh.clone()).clone();
        if Arc::ptr_eq(&feed, &fresh) {
            tokio::spawn(keep_following(self.clone(), fresh.clone(), board));
            // For what was written between loading the board and being listed.
            fresh.news.notify_one();
        }
        Ok(feed)
    }

    /// On PostgreSQL, hears of what other nodes write.
    async fn listen(&self) -> Result<(), StoreError> {
        let start = || async {
            if let Some(listener) = Listener::open(&self.0.db).await? {
                tokio::spawn(hear(self.clone(), listener));
            }
            Ok(())
        };
        self.0.listener.get_or_try_init(start).await.map(|_| ())
    }

    fn feeds(&self) -> MutexGuard<'_, HashMap<PlanId, Arc<Feed>>> {
        self.0.feeds.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn hear(hub: Hub, mut listener: Listener) {
    loop {
        match listener.next().await {
            Ok(News::Plan(plan)) => hub.news(plan),
            Ok(News::SessionEnded(token_hash)) => hub.end_session(token_hash),
            Ok(News::Cut) => hub.feeds().values().for_each(|feed| feed.news.notify_one()),
            // The server is stopping, and waits for this connection.
            Err(_) if hub.0.db.is_closed() => return,
            Err(error) => {
                tracing::warn!(%error, "the line to the database for news was cut");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
    }
}

/// One plan's changes, for each class of readers.
struct Feed {
    plan: PlanId,
    news: Notify,
    channels: [Channel; 2],
    here: watch::Sender<usize>,
}

struct Channel {
    sight: Sight,
    sender: broadcast::Sender<Frame>,
    past: Mutex<Past>,
}

/// The latest changes: all after `first`, up to `last`.
struct Past {
    frames: VecDeque<Frame>,
    bytes: usize,
    first: Revision,
    last: Revision,
}

impl Feed {
    fn new(plan: PlanId, revision: Revision) -> Self {
        let channel = |sight| Channel {
            sight,
            sender: broadcast::Sender::new(CAPACITY),
            past: Mutex::new(Past { frames: VecDeque::new(), bytes: 0, first: revision, last: revision }),
        };
        Self { plan, news: Notify::new(), channels: Sight::ALL.map(channel), here: watch::Sender::new(0) }
    }

    fn channel(&self, sight: Sight) -> &Channel {
        let [everything, published] = &self.channels;
        if sight == everything.sight { everything } else { published }
    }

    fn publish(&self, board: &mut Board, entry: &change::Entry, by: Option<OrgId>) {
        if entry.change.is_withdrawal() {
            self.channels.iter().for_each(|channel| channel.past().forget());
        }
        let item = entry.change.item();
        let card = |board: &Board| item.and_then(|item| board.card(item).cloned());
        let before = card(board);
        board.apply(entry.clone());
        let after = card(board);
        for channel in &self.channels {
            let (before, after) = (before.as_ref().map(|card| card.rights()), after.as_ref().map(|card| card.rights()));
            let message = match seen(channel.sight, &entry.change, before, after) {
                // Who did something of which they may see nothing is not for readers either.
                Seen::Change(Change::ResultsTouched) if channel.sight == Sight::Published => {
                    let (op, actor) = (OpId(Uuid::nil()), MemberId(Uuid::nil()));
                    let entry = change::Entry { op, actor, change: Change::ResultsTouched, ..entry.clone() };
                    ToBrowser::Changed { entry: Box::new(entry), by: None }
                }
                Seen::Change(visible) => {
                    ToBrowser::Changed { entry: Box::new(change::Entry { change: visible, ..entry.clone() }), by }
                }
                Seen::Nothing => ToBrowser::Passed(entry.revision),
                Seen::Resync => ToBrowser::Resync,
            };
            channel.send(Frame { revision: entry.revision, text: text(&message) });
        }
    }
}

impl Channel {
    fn past(&self) -> MutexGuard<'_, Past> {
        self.past.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn send(&self, frame: Frame) {
        let mut past = self.past();
        past.push(frame.clone());
        // Nobody may be listening.
        let _ = self.sender.send(frame);
    }
}

impl Past {
    /// What was withdrawn may stand in any of them: whoever missed one loads the board anew.
    fn forget(&mut self) {
        self.frames.clear();
        (self.bytes, self.first) = (0, self.last);
    }

    fn push(&mut self, frame: Frame) {
        self.last = frame.revision;
        self.bytes += frame.text.len();
        self.frames.push_back(frame);
        while self.bytes > KEPT_BYTES {
            let Some(oldest) = self.frames.pop_front() else { break };
            self.bytes -= oldest.text.len();
            self.first = oldest.revision;
        }
    }

    fn since(&self, revision: Revision) -> Option<Vec<Frame>> {
        let known = revision >= self.first;
        known.then(|| self.frames.iter().filter(|frame| frame.revision > revision).cloned().collect())
    }
}

/// A message as it goes over the wire.
pub fn text(message: &ToBrowser) -> Utf8Bytes {
    serde_json::to_string(message).expect("messages are plain data with keys that are strings").into()
}

/// Follows a plan for as long as the server runs. Should that fail in a way that nobody has foreseen, it begins anew
/// from the board of then; sockets find the gap, and load it.
async fn keep_following(hub: Hub, feed: Arc<Feed>, mut board: Arc<Board>) {
    while tokio::spawn(follow(hub.0.db.clone(), feed.clone(), Board::clone(&board))).await.is_err() {
        tracing::error!("following a plan has failed, and begins anew");
        tokio::time::sleep(Duration::from_secs(1)).await;
        board = hub.0.boards.current(&hub.0.db, feed.plan).await.unwrap_or(board);
    }
}

/// Publishes what there is to publish, whenever there is news.
async fn follow(db: Db, feed: Arc<Feed>, mut board: Board) {
    let mut actors = HashMap::new();
    loop {
        // News may be lost with the line that brings it, so now and then the database is asked.
        let _ = timeout(ASK, feed.news.notified()).await;
        while let Err(error) = catch_up(&db, &feed, &mut board, &mut actors).await {
            if db.is_closed() {
                return;
            }
            tracing::warn!(%error, "changes cannot be read, so boards stand still");
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }
}

async fn catch_up(
    db: &Db,
    feed: &Feed,
    board: &mut Board,
    actors: &mut HashMap<MemberId, Option<OrgId>>,
) -> Result<(), StoreError> {
    loop {
        let mut conn = db.snapshot().await?;
        let entries = store::changes_since(&mut conn, feed.plan, board.revision, READ).await?;
        if entries.is_empty() {
            return Ok(());
        }
        for entry in &entries {
            let by = match actors.entry(entry.actor) {
                Entry::Occupied(known) => *known.get(),
                Entry::Vacant(new) => *new.insert(store::member_organisation(&mut conn, entry.actor).await?),
            };
            feed.publish(board, entry, by);
        }
    }
}

//! The line to the server: commands go out one after the other, changes come in, and when it is cut it is mended.

use crate::{
    api::{AppError, accounts::read_site, board::read_cards, plan::submit},
    domain::{
        change::{Command, Entry, Refusal},
        ids::{ItemId, OpId, Revision},
        live::{PING_SECONDS, PROTOCOL, ToBrowser, ToServer},
    },
    i18n::Locale,
    ui::{
        board::{BoardState, news},
        browser,
        head::Head,
        kit::notice::Notices,
    },
};
use leptos::{prelude::*, reactive::owner::WeakOwner, task::spawn_local};
use std::collections::VecDeque;

/// How the line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connection {
    Online,
    Connecting,
    Offline,
}

/// Called with what came of a command.
type Done = Box<dyn FnOnce(Result<Entry, AppError>) + Send + Sync>;

struct Job {
    op: OpId,
    command: Command,
    done: Done,
}

/// Cheap to copy: handles, all of them. One for the whole application.
#[derive(Clone, Copy)]
pub struct Line {
    /// `None` while nothing is followed.
    pub connection: RwSignal<Option<Connection>>,
    /// How many commands the server has not answered.
    pub pending: RwSignal<usize>,
    /// How many people look at the plan.
    pub here: RwSignal<usize>,
    /// Whether the server has become another version than this page.
    pub newer: RwSignal<bool>,
    pub board: RwSignal<Option<BoardState>>,
    /// The last item that may have changed elsewhere, with the revision; no item means that any may have.
    pub foreign: RwSignal<Option<(Revision, Option<ItemId>)>>,
    /// Whether the session has ended; nothing is sent or heard any more.
    pub signed_out: RwSignal<bool>,
    pub notices: Notices,
    locale: RwSignal<Locale>,
    /// Which program this page runs.
    build: StoredValue<String>,
    owner: StoredValue<Option<WeakOwner>>,
    queue: StoredValue<VecDeque<Job>>,
    sending: StoredValue<bool>,
    /// Whether the board is being loaded.
    loading: StoredValue<bool>,
    /// Whether it has to be loaded once more.
    stale: StoredValue<bool>,
    /// How often in a row the line could not be opened, or a command not be sent.
    failures: StoredValue<u32>,
    /// When the server was last heard, in milliseconds since 1970.
    heard: StoredValue<f64>,
}

/// Makes the line known to every page.
pub fn provide_line() {
    let build = SharedValue::new(|| use_context::<Head>().map(|head| head.wasm).unwrap_or_default()).into_inner();
    provide_context(Line {
        connection: RwSignal::new(None),
        pending: RwSignal::new(0),
        here: RwSignal::new(0),
        newer: RwSignal::new(false),
        board: RwSignal::new(None),
        foreign: RwSignal::new(None),
        signed_out: RwSignal::new(false),
        notices: Notices::default(),
        locale: expect_context(),
        build: StoredValue::new(build),
        owner: StoredValue::new(Owner::current().map(|owner| owner.downgrade())),
        queue: StoredValue::default(),
        sending: StoredValue::new(false),
        loading: StoredValue::new(false),
        stale: StoredValue::new(false),
        failures: StoredValue::new(0),
        heard: StoredValue::new(0.0),
    });
}

impl Line {
    /// Keeps a board beyond the page that made it.
    pub fn keep(self, make: impl FnOnce() -> BoardState) -> BoardState {
        match self.owner.with_value(|owner| owner.as_ref().and_then(WeakOwner::upgrade)) {
            Some(owner) => owner.with(make),
            None => make(),
        }
    }

    /// Follows a board from now on; the browser calls it once the page listens.
    pub fn follow(self, state: BoardState) {
        if self.board.with_untracked(Option::is_some) {
            return;
        }
        self.board.set(Some(state));
        self.load();
        browser::watch_wake(move || self.wake());
        self.watch();
    }

    /// The page's language, for what is told from outside of any component.
    pub fn locale(self) -> Locale {
        self.locale.get_untracked()
    }

    fn is_member(self) -> bool {
        let board = self.board.get_untracked();
        board.is_some_and(|board| board.viewer.with_value(|viewer| viewer.member().is_some()))
    }

    /// Hands a command to the server, and does it on screen at once.
    pub fn submit(self, command: Command, done: impl FnOnce(Result<Entry, AppError>) + Send + Sync + 'static) {
        let op = browser::new_op();
        if let Some(board) = self.board.get_untracked() {
            board.submit(op, &command);
        }
        self.queue.update_value(|queue| queue.push_back(Job { op, command, done: Box::new(done) }));
        self.pending.update(|pending| *pending += 1);
        self.send();
    }

    /// Sends the first command that waits, then the next.
    fn send(self) {
        if self.sending.get_value() {
            return;
        }
        let first = self.queue.with_value(|queue| queue.front().map(|job| (job.op, job.command.clone())));
        let Some((op, command)) = first else { return };
        self.sending.set_value(true);
        spawn_local(async move {
            let answer = submit(op, command).await;
            self.sending.set_value(false);
            match answer {
                // The same again may do later, and has no further effect if it did already.
                Err(AppError::Offline | AppError::Refused(Refusal::Unavailable)) => {
                    self.fail();
                    browser::later(self.pause(), move || self.send());
                }
                answer => self.answered(op, answer),
            }
        });
    }

    fn answered(self, op: OpId, answer: Result<Entry, AppError>) {
        if answer == Err(AppError::SignedOut) {
            self.end();
        }
        let job = self.queue.try_update_value(VecDeque::pop_front).flatten();
        self.pending.update(|pending| *pending = pending.saturating_sub(1));
        if let Some(board) = self.board.get_untracked() {
            match &answer {
                Ok(entry) => {
                    board.receive(entry.clone());
                    // Without a socket nobody else will bring what happened in between.
                    if board.has_gap() && self.connection.get_untracked() != Some(Connection::Online) {
                        self.load();
                    }
                }
                Err(_) => board.refuse(op),
            }
        }
        if let Some(job) = job {
            (job.done)(answer);
        }
        self.send();
    }

    /// Loads every card, and opens the socket if there is none.
    fn load(self) {
        // What is being loaded may be older than what asks for it now.
        self.stale.set_value(self.loading.get_value());
        if self.loading.get_value() {
            return;
        }
        self.loading.set_value(true);
        spawn_local(async move {
            let rows = read_cards().await;
            self.loading.set_value(false);
            if self.stale.get_value() {
                return self.load();
            }
            match rows {
                Ok(Some(rows)) => {
                    if let Some(board) = self.board.get_untracked() {
                        let anew = board.complete.get_untracked();
                        board.complete(rows.unpack());
                        if anew {
                            self.foreign.set(Some((board.revision(), None)));
                        }
                    }
                    if self.connection.get_untracked() != Some(Connection::Online) {
                        self.connect();
                    }
                }
                Ok(None) => {}
                Err(_) => {
                    self.fail();
                    browser::later(self.pause(), move || self.load());
                }
            }
        });
    }

    fn may_connect(self) -> bool {
        self.is_member() && !self.signed_out.get_untracked()
    }

    fn connect(self) {
        let Some(board) = self.board.get_untracked().filter(|_| self.may_connect()) else { return };
        if self.connection.get_untracked() != Some(Connection::Offline) {
            self.connection.set(Some(Connection::Connecting));
        }
        self.heard.set_value(browser::now());
        let path = format!("/live?plan={}&since={}", board.plan(), board.revision().0);
        browser::open_socket(&path, move |text| self.hear(&text), move || self.cut());
    }

    /// The session is over: says so, and how to go on.
    fn end(self) {
        browser::close_socket();
        self.connection.set(Some(Connection::Offline));
        self.signed_out.set(true);
    }

    /// The same member is signed in again.
    pub fn resume(self) {
        self.signed_out.set(false);
        self.failures.set_value(0);
        self.connect();
        self.send();
    }

    /// The socket was closed, or could not be opened. A browser does not say why; that nobody is signed in any more
    /// is found out by asking.
    fn cut(self) {
        self.fail();
        if self.failures.get_value() == 2 {
            spawn_local(async move {
                if read_site().await.is_ok_and(|site| site.viewer.member().is_none()) {
                    self.end();
                }
            });
        }
        browser::later(self.pause(), move || {
            if self.connection.get_untracked() != Some(Connection::Online) {
                self.connect();
            }
        });
    }

    fn fail(self) {
        self.failures.update_value(|failures| *failures += 1);
        if self.is_member() {
            let first = self.failures.get_value() == 1 && browser::is_online();
            self.connection.set(Some(if first { Connection::Connecting } else { Connection::Offline }));
        }
    }

    /// How long to wait before the next try.
    fn pause(self) -> u32 {
        pause(self.failures.get_value(), browser::random())
    }

    fn hear(self, text: &str) {
        self.heard.set_value(browser::now());
        let (Ok(message), Some(board)) = (serde_json::from_slice(text.as_bytes()), self.board.get_untracked()) else {
            // A server that says what this page does not understand is a newer one.
            return self.newer.set(true);
        };
        match message {
            ToBrowser::Hello { protocol, build, .. } => {
                self.failures.set_value(0);
                self.connection.set(Some(Connection::Online));
                if protocol != PROTOCOL || self.build.with_value(|own| *own != build) {
                    self.newer.set(true);
                }
                self.send();
            }
            ToBrowser::Changed { entry, by } => {
                let revision = entry.revision;
                self.receive(board, *entry, by);
                self.mend(board, revision);
            }
            ToBrowser::Passed(revision) => {
                board.pass(revision);
                self.mend(board, revision);
            }
            ToBrowser::Resync => self.load(),
            ToBrowser::Here(count) => self.here.set(count),
            ToBrowser::Ping => {
                let pong = serde_json::to_string(&ToServer::Pong).unwrap_or_default();
                browser::send(&pong);
            }
            ToBrowser::SignedOut => browser::reload(),
        }
    }

    /// The socket tells in order: if what it told could not be applied, something before it was missed.
    fn mend(self, board: BoardState, told: Revision) {
        if told > board.revision() {
            self.load();
        }
    }

    fn receive(self, board: BoardState, entry: Entry, by: Option<crate::domain::ids::OrgId>) {
        let own = board.viewer.with_value(|viewer| viewer.member().is_some_and(|member| member.id == entry.actor));
        let (revision, change) = (entry.revision, entry.change.clone());
        let known = revision <= board.revision();
        board.receive(entry);
        if let Some(item) = change.item().filter(|_| !known) {
            news::tell(self, board, &change, by, own);
            self.foreign.set(Some((revision, Some(item))));
        }
    }

    /// After a sleep the socket may only look open: if nothing was heard for longer than the server is ever silent, a
    /// new one is opened at once.
    fn wake(self) {
        if self.newer.get_untracked() && browser::is_hidden() && self.pending.get_untracked() == 0 {
            return browser::reload();
        }
        if self.connection.get_untracked().is_none() || browser::is_hidden() {
            return;
        }
        if !browser::is_online() {
            self.connection.set(Some(Connection::Offline));
        } else if self.is_silent() || self.connection.get_untracked() == Some(Connection::Offline) {
            self.failures.set_value(0);
            self.connection.set(Some(Connection::Connecting));
            self.connect();
            self.send();
        }
    }

    fn is_silent(self) -> bool {
        browser::now() - self.heard.get_value() > f64::from(PING_SECONDS) * 1250.0
    }

    /// Notices a line that died without a word.
    fn watch(self) {
        browser::later(PING_SECONDS * 250, move || {
            if self.connection.get_untracked() == Some(Connection::Online) && self.is_silent() {
                browser::close_socket();
                self.cut();
            }
            self.watch();
        });
    }
}

/// Milliseconds before a new try: doubled with each failure up to half a minute, and spread by chance, so that after
/// an outage not everybody comes at once. `chance` is from 0 to 1.
fn pause(failures: u32, chance: f64) -> u32 {
    let longest = 30_000_u32.min(250_u32.saturating_mul(2_u32.saturating_pow(failures.min(16))));
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // between half of it and all of it
    let spread = (f64::from(longest) * (0.5 + chance / 2.0)) as u32;
    spread
}

#[cfg(test)]
mod tests {
    use super::pause;

    #[test]
    fn pauses_grow_to_half_a_minute_and_differ() {
        assert_eq!([1, 2, 3, 20].map(|failures| pause(failures, 1.0)), [500, 1000, 2000, 30_000]);
        assert_eq!(pause(1, 0.0), 250);
        assert!(pause(8, 0.2) < pause(8, 0.8));
    }
}

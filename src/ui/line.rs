//! The line to the server: changes come in by the socket, commands go out by the outbox, and when it is cut it is
//! mended.

mod list;
mod outbox;
mod saved;
mod socket;

pub use list::WaitingList;
pub use outbox::Answered;
pub use saved::{Saved, SavedMark};

use crate::{
    api::{accounts::Site, board::read_cards},
    domain::{
        board::Board,
        change::Entry,
        ids::{ItemId, MemberId, OpId, OrgId, Revision},
        outbox::{Job, Outbox},
    },
    i18n::Locale,
    ui::{
        board::BoardState,
        browser, data,
        head::Head,
        kit::notice::Notices,
        offline::{self, TextNews},
    },
};
use leptos::{prelude::*, reactive::owner::WeakOwner, task::spawn_local};
use outbox::Done;
use std::collections::HashMap;

/// The board is kept so many milliseconds after a change, with those that come meanwhile.
const KEEP: u32 = 2_000;

/// How the line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connection {
    Online,
    Connecting,
    Offline,
}

/// Cheap to copy: handles, all of them. One for the whole application.
#[derive(Clone, Copy)]
pub struct Line {
    /// `None` while nothing is followed.
    pub connection: RwSignal<Option<Connection>>,
    /// Whose outbox is open; `None` while nobody is known to be signed in.
    pub member: RwSignal<Option<MemberId>>,
    /// What waits for the server, in all tabs of this member.
    pub outbox: RwSignal<Outbox>,
    /// When the board was last seen, if what is shown comes from the device and not from the server.
    pub from_device: RwSignal<Option<i64>>,
    /// All of that board, until it is shown.
    pub kept: StoredValue<Option<Board>>,
    /// Who is here, for keeping with the board.
    site: StoredValue<Option<Site>>,
    /// Changes of texts since the texts were last kept.
    texts: StoredValue<Vec<Entry>>,
    /// Up to which revision this tab has kept the texts, as long as it has missed nothing.
    texts_since: StoredValue<Option<Revision>>,
    /// Whether the board is about to be kept.
    keeping: StoredValue<bool>,
    /// Whether an open item covers the page, so that what is told has to be told over it.
    pub covered: RwSignal<bool>,
    /// Whether something is being written that is not yet a command: then the page must not go away by itself.
    pub writing: RwSignal<bool>,
    /// Whether something is written that cannot be saved as it is.
    pub wrong: RwSignal<bool>,
    /// How many people look at the plan.
    pub here: RwSignal<usize>,
    /// Whether the server has become another version than this page.
    pub newer: RwSignal<bool>,
    /// When anything of the plan changed last, as far as this page has heard.
    pub changed: RwSignal<Revision>,
    /// When something of the results changed last, as far as this page has heard.
    pub results: RwSignal<Revision>,
    pub board: RwSignal<Option<BoardState>>,
    pub foreign: RwSignal<Option<Foreign>>,
    /// Whether the session has ended; nothing is sent or heard any more.
    pub signed_out: RwSignal<bool>,
    pub notices: Notices,
    locale: RwSignal<Locale>,
    /// Which program this page runs.
    build: StoredValue<String>,
    owner: StoredValue<Option<WeakOwner>>,
    /// What this tab has yet to put into the browser's keeping.
    fresh: StoredValue<Vec<Job>>,
    /// Who waits in this tab for what came of a command.
    done: StoredValue<HashMap<OpId, Vec<Done>>>,
    storing: StoredValue<bool>,
    sending: StoredValue<bool>,
    /// Whether more came while sending.
    again: StoredValue<bool>,
    send_failures: StoredValue<u32>,
    /// Whether sending waits for the end of a pause.
    pausing: StoredValue<bool>,
    /// Whether the outbox was last written by a newer program.
    unreadable: StoredValue<bool>,
    /// When the server last answered a request of the session, in milliseconds since 1970.
    reached: StoredValue<i64>,
    /// Whether the board is being loaded.
    loading: StoredValue<bool>,
    /// Whether it has to be loaded once more.
    stale: StoredValue<bool>,
    /// How often in a row the line could not be opened.
    failures: StoredValue<u32>,
    /// When the server was last heard, in milliseconds since 1970.
    heard: StoredValue<i64>,
    /// Whether the line is looked after now and then.
    watching: StoredValue<bool>,
    watching_tabs: StoredValue<bool>,
}

/// A change that came from elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foreign {
    pub revision: Revision,
    /// `None` means that any may have changed.
    pub item: Option<ItemId>,
    /// The organisation of whoever did it.
    pub by: Option<OrgId>,
}

/// Makes the line known to every page.
pub fn provide_line() {
    let build = data::shared(|| use_context::<Head>().map(|head| head.wasm).unwrap_or_default());
    provide_context(Line {
        connection: RwSignal::new(None),
        member: RwSignal::new(None),
        outbox: RwSignal::default(),
        from_device: RwSignal::new(None),
        kept: StoredValue::new(None),
        site: StoredValue::new(None),
        texts: StoredValue::default(),
        texts_since: StoredValue::new(None),
        keeping: StoredValue::new(false),
        covered: RwSignal::new(false),
        writing: RwSignal::new(false),
        wrong: RwSignal::new(false),
        here: RwSignal::new(0),
        newer: RwSignal::new(false),
        changed: RwSignal::new(Revision::default()),
        results: RwSignal::new(Revision::default()),
        board: RwSignal::new(None),
        foreign: RwSignal::new(None),
        signed_out: RwSignal::new(false),
        notices: Notices::default(),
        locale: expect_context(),
        build: StoredValue::new(build),
        owner: StoredValue::new(Owner::current().map(|owner| owner.downgrade())),
        fresh: StoredValue::default(),
        done: StoredValue::default(),
        storing: StoredValue::new(false),
        sending: StoredValue::new(false),
        again: StoredValue::new(false),
        send_failures: StoredValue::new(0),
        pausing: StoredValue::new(false),
        unreadable: StoredValue::new(false),
        reached: StoredValue::new(0),
        loading: StoredValue::new(false),
        stale: StoredValue::new(false),
        failures: StoredValue::new(0),
        heard: StoredValue::new(0),
        watching: StoredValue::new(false),
        watching_tabs: StoredValue::new(false),
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
        state.wait_for(&self.outbox.get_untracked());
        if let Some(kept) = self.kept.try_update_value(Option::take).flatten() {
            state.complete(kept);
        }
        self.load();
        browser::watch_wake(move || self.wake());
        self.watch();
    }

    /// Knows from now on who is here: a member's outbox is opened, and what is kept of another is locked.
    pub fn meet(self, site: Site) {
        let member = site.viewer.member().map(|member| member.id);
        self.site.set_value(Some(site));
        if self.from_device.get_untracked().is_none() {
            self.reached();
            // What is kept of anybody else is not for whoever sits here now.
            spawn_local(offline::lock_all_but(member));
        }
        if let Some(member) = member {
            self.open_outbox(member);
            browser::keep_shell();
        }
    }

    /// The server has answered a request, which makes the session last longer.
    fn reached(self) {
        self.reached.set_value(browser::wall_clock());
    }

    /// Remembers the texts of a change until they are kept.
    fn note_texts(self, entry: &Entry) {
        if entry.change.clone().texts_mut().iter().any(|(_, text)| !text.body.is_empty()) {
            self.texts.update_value(|texts| texts.push(entry.clone()));
        }
    }

    /// The texts that have yet to be kept, in the order in which they came.
    pub fn fresh_texts(self) -> Vec<Entry> {
        self.texts.get_value()
    }

    /// Keeps the board for the time without a connection, once what happens now has happened.
    fn keep_soon(self) {
        let member = self.member.get_untracked();
        let nothing_new = self.from_device.get_untracked().is_some();
        if member.is_none() || self.keeping.get_value() || nothing_new || browser::is_hidden() {
            return;
        }
        self.keeping.set_value(true);
        browser::later(KEEP, move || {
            self.keeping.set_value(false);
            let (site, board) = (self.site.get_value(), self.board.get_untracked());
            if let (Some(site), Some(board), false) = (site, board, self.signed_out.get_untracked()) {
                let entries = self.texts.get_value();
                let count = entries.len();
                let news = TextNews { since: self.texts_since.get_value(), entries };
                let (revision, reached) = (board.revision(), self.reached.get_value());
                spawn_local(async move {
                    let kept = offline::keep(site, board, reached, news).await;
                    self.texts_since.set_value(kept.then_some(revision));
                    // What could not be kept is known here alone.
                    if kept {
                        self.texts.update_value(|texts| drop(texts.drain(..count.min(texts.len()))));
                    }
                });
            }
        });
    }

    /// Whether other tabs are not watched yet; from now on they are.
    pub fn begin_watching_tabs(self) -> bool {
        !self.watching_tabs.try_update_value(|watching| std::mem::replace(watching, true)).unwrap_or(true)
    }

    /// How many commands the server has not answered.
    pub fn pending(self) -> usize {
        self.outbox.with(|outbox| outbox.jobs().len())
    }

    pub fn is_online(self) -> bool {
        self.connection.get_untracked() == Some(Connection::Online)
    }

    /// Whether what was sent last has not arrived.
    pub fn is_failing(self) -> bool {
        self.send_failures.get_value() > 0
    }

    /// Whether something here would be lost or forgotten if the page went away now.
    fn is_busy(self) -> bool {
        self.writing.get_untracked() || self.outbox.with_untracked(|outbox| outbox.jobs().len() > 0)
    }

    /// Whether something would be lost if the page went away now.
    pub fn would_lose(self) -> bool {
        let keeps = browser::is_keeping() && !self.unreadable.get_value();
        self.writing.get_untracked() || (!keeps && self.is_busy())
    }

    /// The page's language, for what is told from outside of any component.
    pub fn locale(self) -> Locale {
        self.locale.get_untracked()
    }

    fn is_member(self) -> bool {
        let board = self.board.get_untracked();
        board.is_some_and(|board| board.viewer.with_value(|viewer| viewer.member().is_some()))
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
            let rows = browser::answer_to(read_cards()).await;
            self.loading.set_value(false);
            if rows.is_ok() {
                self.reached();
            }
            if self.stale.get_value() {
                return self.load();
            }
            match rows {
                Ok(Some(rows)) => self.loaded(rows.unpack()),
                Ok(None) => {}
                Err(_) => {
                    self.fail();
                    self.retry(move || self.load());
                }
            }
        });
    }

    fn loaded(self, rows: Board) {
        if let Some(board) = self.board.get_untracked() {
            let anew = board.complete.get_untracked();
            board.complete(rows);
            self.texts_since.set_value(None);
            self.from_device.set(None);
            self.keep_soon();
            // Whatever was missed meanwhile may have been of the results.
            self.results.set(board.revision());
            self.changed.set(board.revision());
            if anew {
                self.foreign.set(Some(Foreign { revision: board.revision(), item: None, by: None }));
            }
        }
        if !self.is_online() {
            self.connect();
        }
    }

    /// The session is over: says so, and how to go on. What the device keeps is locked; what waits goes on waiting.
    fn end(self) {
        browser::close_socket();
        spawn_local(offline::lock(self.member.get_untracked()));
        self.connection.set(Some(Connection::Offline));
        self.signed_out.set(true);
    }

    /// The same member is signed in again.
    pub fn resume(self) {
        self.signed_out.set(false);
        self.failures.set_value(0);
        self.connect();
        self.send_anew();
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

//! The socket: opened, listened to, mended when it is cut, looked after when it says nothing.

use super::{Connection, Foreign, Line, pause};
use crate::{
    api::accounts::read_site,
    domain::{
        change::{Change, Entry},
        ids::{OrgId, Revision},
        items::ItemChange,
        live::{PING_SECONDS, ToBrowser, ToServer},
        outbox::Scope,
        protocol::PROTOCOL,
    },
    ui::{
        board::{BoardState, news},
        browser, offline,
    },
};
use leptos::{prelude::*, task::spawn_local};

/// A tab that is seen again trusts its line if something was heard within so many milliseconds.
const DOZE: i64 = 8_000;

/// So often a tab that nobody sees tries to send what waits, some two minutes long; then it rests, too.
const HIDDEN_TRIES: u32 = 8;

impl Line {
    /// Tries something again after a pause. In a tab that nobody sees, the line rests until it is seen again: it is no
    /// longer connecting, which is what `wake` goes by.
    pub(super) fn retry(self, again: impl FnOnce() + 'static) {
        if self.rests() {
            return self.connection.update(|now| *now = now.map(|_| Connection::Offline));
        }
        browser::later(self.pause(), again);
    }

    /// Whether nobody sees the tab, and nothing is left to be sent, or that has been tried often enough.
    pub(super) fn rests(self) -> bool {
        browser::is_hidden() && (!self.is_busy() || self.send_failures.get_value() > HIDDEN_TRIES)
    }

    fn may_connect(self) -> bool {
        self.is_member() && !self.signed_out.get_untracked()
    }

    pub(super) fn connect(self) {
        let Some(board) = self.board.get_untracked().filter(|_| self.may_connect()) else { return };
        if self.connection.get_untracked() != Some(Connection::Offline) {
            self.connection.set(Some(Connection::Connecting));
        }
        self.heard.set_value(browser::wall_clock());
        let path = format!("/live?plan={}&since={}", board.plan(), board.revision().0);
        browser::open_socket(&path, move |text| self.hear(&text), move || self.cut());
    }

    /// A command could not be sent, although the line seems to be there: it is opened anew, which tells.
    pub(super) fn doubt(self) {
        if self.is_online() {
            browser::close_socket();
            self.cut();
        }
    }

    /// The socket was closed, or could not be opened. A browser does not say why; that nobody is signed in any more
    /// is found out by asking.
    fn cut(self) {
        self.fail();
        if self.failures.get_value() % 4 == 2 {
            spawn_local(async move {
                if read_site().await.is_ok_and(|site| site.viewer.member().is_none()) {
                    self.end();
                }
            });
        }
        self.retry(move || {
            if !self.is_online() {
                self.connect();
            }
        });
    }

    pub(super) fn fail(self) {
        self.failures.update_value(|failures| *failures += 1);
        if self.is_member() {
            let first = self.failures.get_value() == 1 && browser::is_online();
            self.connection.set(Some(if first { Connection::Connecting } else { Connection::Offline }));
        }
    }

    /// How long to wait before the next try.
    pub(super) fn pause(self) -> u32 {
        pause(self.failures.get_value(), browser::random())
    }

    fn hear(self, text: &str) {
        self.heard.set_value(browser::wall_clock());
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
                // A first failure is mended by the new line; what fails again and again has to wait.
                if self.send_failures.get_value() <= 1 { self.send_anew() } else { self.drain() }
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
            ToBrowser::Resync => {
                self.let_go(|outbox| outbox.ask_again(Scope::Everything, browser::new_op));
                self.load();
            }
            ToBrowser::Here(count) => self.here.set(count),
            ToBrowser::Ping => {
                let pong = serde_json::to_string(&ToServer::Pong).unwrap_or_default();
                browser::send(&pong);
            }
            ToBrowser::SignedOut if self.is_busy() => self.end(),
            ToBrowser::SignedOut => browser::reload(),
        }
    }

    /// The socket tells in order: if what it told could not be applied, something before it was missed.
    fn mend(self, board: BoardState, told: Revision) {
        if told > board.revision() {
            self.load();
        }
    }

    fn receive(self, board: BoardState, entry: Entry, by: Option<OrgId>) {
        let own = board.viewer.with_value(|viewer| viewer.member().is_some_and(|member| member.id == entry.actor));
        let (revision, at, change) = (entry.revision, entry.at, entry.change.clone());
        let known = revision <= board.revision();
        self.note_texts(&entry);
        let withdrawn = match change {
            Change::Item(ItemChange::Withdrawn { item }) => Some(Scope::Item(item)),
            Change::ResultsWithdrawn => Some(Scope::Results),
            _ => None,
        };
        if let Some(scope) = withdrawn {
            self.let_go(move |outbox| outbox.ask_again(scope, browser::new_op));
        }
        board.receive(entry);
        self.keep_soon();
        self.changed.set(revision);
        if matches!(change, Change::ResultsTouched | Change::ResultsWithdrawn) {
            self.results.set(revision);
        }
        if let Some(item) = change.item().filter(|_| !known) {
            news::tell(self, board, &change, by, at, own);
            self.foreign.set(Some(Foreign { revision, item: Some(item), by: by.filter(|_| !own) }));
        }
    }

    /// After a sleep the socket may only look open: if nothing was heard for longer than the server is ever silent, a
    /// new one is opened at once.
    pub(super) fn wake(self) {
        if self.is_over() {
            return self.lock();
        }
        if self.newer.get_untracked() && browser::is_hidden() && !self.is_busy() {
            return browser::reload();
        }
        let idle = browser::is_hidden() && !self.is_busy();
        if self.connection.get_untracked().is_none() || self.signed_out.get_untracked() || idle {
            return;
        }
        self.watch();
        if !browser::is_online() {
            self.connection.set(Some(Connection::Offline));
        } else if self.silence() > DOZE || self.connection.get_untracked() == Some(Connection::Offline) {
            self.failures.set_value(0);
            self.send_failures.set_value(0);
            self.connection.set(Some(Connection::Connecting));
            match self.board.get_untracked().is_some_and(|board| board.complete.get_untracked()) {
                true => self.connect(),
                false => self.load(),
            }
            self.send_anew();
        }
    }

    /// Whether the session has ended by now, by the clock on the wall.
    fn is_over(self) -> bool {
        let lasts = self.site.with_value(|site| site.as_ref().map(|site| site.lasts));
        let is_over = lasts.is_some_and(|lasts| browser::wall_clock() > self.reached.get_value() + lasts);
        self.member.get_untracked().is_some() && is_over
    }

    /// Nothing of the plan stays on the screen of a device that somebody may have found, unless it would be lost with it.
    fn lock(self) {
        if self.signed_out.get_untracked() {
            return;
        }
        self.end();
        if !self.writing.get_untracked() && browser::is_keeping() {
            let member = self.member.get_untracked();
            spawn_local(async move {
                offline::lock(member).await;
                browser::reload();
            });
        }
    }

    /// For how many milliseconds nothing was heard, by the clock on the wall: another may stand still while a machine
    /// sleeps.
    fn silence(self) -> i64 {
        browser::wall_clock() - self.heard.get_value()
    }

    fn is_silent(self) -> bool {
        self.silence() > i64::from(PING_SECONDS) * 1250
    }

    /// Notices a line that died without a word, as long as somebody sees the page.
    pub(super) fn watch(self) {
        if !self.watching.get_value() {
            self.watching.set_value(true);
            self.look_after();
        }
    }

    fn look_after(self) {
        browser::later(PING_SECONDS * 250, move || {
            if browser::is_hidden() {
                return self.watching.set_value(false);
            }
            if self.is_over() {
                self.lock();
            }
            if self.is_online() && self.is_silent() {
                browser::close_socket();
                self.cut();
            }
            self.look_after();
        });
    }
}

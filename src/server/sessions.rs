//! Sessions: a random token in the browser's cookie, its hash in the database.

use super::{
    AppState,
    attempts::{self, Counter, Door},
    audit,
    password::{self, Lane},
    people::new_link,
    second_factor::{self, Used},
};
use crate::{
    domain::{
        accounts::{Email, Member, Viewer, session_ms},
        attempts::Guesser,
        audit::{Action, Detail},
    },
    store::{self, Conn, LinkKind, NewSession, StoreError, StoredMember},
};
use sha2::{Digest, Sha256};
use std::fmt;

/// A session is extended at most once an hour, so that reading pages seldom writes.
const EXTEND_AFTER_MS: i64 = 60 * 60 * 1000;

/// So many milliseconds the code of the second factor may take after the password.
pub const CODE_MS: i64 = 5 * 60 * 1000;

/// A browser that was not used for so many milliseconds is no longer known: half a year.
pub const BROWSER_MS: i64 = 180 * 24 * 60 * 60 * 1000;

/// When too many try passwords at once, a stranger may come again after so many seconds.
const BUSY_SECONDS: u64 = 5;

/// Nobody uses more devices; beyond so many other sessions of a member, those that were not used for longest end.
const OTHER_SESSIONS: i64 = 50;

/// 256 random bits in hex: what the cookie holds.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

/// A token is a secret, also in whatever prints the values around it.
impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

impl Token {
    pub fn random() -> Self {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).expect("the system gives random bytes");
        Self(hex(&bytes))
    }

    /// What a cookie holds, if it can be a token at all.
    pub fn parse(text: &str) -> Option<Self> {
        let hex = text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
        hex.then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What the database holds instead of the token.
    pub fn hash(&self) -> String {
        hex(&Sha256::digest(self.0.as_bytes()))
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Where a request comes from.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// Of the network.
    pub address: String,
    /// Browser and system in two words; empty if unknown.
    pub device: String,
    /// What this browser was given when somebody signed in with it.
    pub browser: Option<Token>,
}

/// For how many milliseconds the session of whoever asks lasts without use.
#[derive(Clone, Copy, Debug)]
pub struct Lasts(pub i64);

/// Who is asking, as the session says.
#[derive(Clone, Debug)]
pub struct Asker {
    pub viewer: Viewer,
    pub lasts: Lasts,
    /// Whether the session was made to last longer just now.
    pub extended: bool,
    /// Whether nothing opens before a second factor is set up.
    pub must_enrol: bool,
}

/// What came of signing in.
#[derive(Debug)]
pub enum SignIn {
    Done(Opened),
    /// The password is right; the code of the second factor is asked for under this token.
    Code(Token),
    Wrong,
    /// Too long ago the password was entered, or it was used up: it begins anew.
    Over,
    /// For so many seconds nothing is tried.
    Wait(u64),
}

/// A session that has begun.
#[derive(Debug)]
pub struct Opened {
    pub token: Token,
    /// By which this browser is known from now on.
    pub browser: Token,
    pub lasts: Lasts,
}

/// Begins a session for the member with this e-mail and password. Takes as long, and answers the same, whether there is
/// no such account, it is closed, or the password is wrong.
pub async fn sign_in(state: &AppState, email: &str, password: &str, from: &Origin) -> Result<SignIn, StoreError> {
    let parsed = Email::parse(email);
    let mut conn = state.db.reader().await?;
    let stored = match &parsed {
        Some(email) => store::member_by_email(&mut conn, email.as_str()).await?.filter(|stored| stored.active),
        None => None,
    };
    let known = knows(&mut conn, stored.as_ref(), from).await?;
    drop(conn);
    let name = parsed.as_ref().map_or(email, Email::as_str);
    let counters = match &known {
        Some(browser) => vec![Counter::new(Guesser::Browser, Door::SignIn, &format!("{browser} {name}"))],
        None => vec![
            Counter::new(Guesser::Account, Door::SignIn, name),
            Counter::new(Guesser::Address, Door::SignIn, &from.address),
        ],
    };
    if let Err(seconds) = attempts::count(state, &counters).await? {
        return Ok(SignIn::Wait(seconds));
    }
    let hash = stored.as_ref().map(|stored| stored.password_hash.clone());
    let lane = if known.is_some() { Lane::Known } else { Lane::Stranger };
    let Ok(fits) = password::verify(password.to_owned(), hash.clone(), lane).await else {
        return Ok(SignIn::Wait(BUSY_SECONDS));
    };
    let outdated = fits && hash.is_some_and(|hash| password::is_outdated(&hash));
    let better = if outdated { Some(password::hash_slowly(password.to_owned()).await) } else { None };
    let now = state.config.clock.now();
    let mut tx = state.db.write().await?;
    // What was read before the password was checked may be over.
    let still = match (&stored, fits) {
        (Some(before), true) => store::member_to_change(&mut tx, before.member.id)
            .await?
            .filter(|now| now.active && now.password_hash == before.password_hash),
        _ => None,
    };
    let Some(mut stored) = still else {
        let failed = audit::line(now, Action::SignInFailed, None, from);
        store::add_audit(&mut tx, &failed.about(stored.map(|stored| stored.member.id))).await?;
        tx.commit().await?;
        return Ok(SignIn::Wrong);
    };
    attempts::forgive(&mut tx, &counters, now).await?;
    if let Some(hash) = better {
        stored.password_hash = hash;
        store::save_member(&mut tx, &stored).await?;
    }
    let signed_in = if stored.has_second_factor() {
        let line = audit::line(now, Action::CodeAsked, None, from).about(Some(stored.member.id));
        store::add_audit(&mut tx, &line).await?;
        SignIn::Code(new_link(&mut tx, LinkKind::SecondStep, stored.member.id, now).await?)
    } else {
        SignIn::Done(open(&mut tx, &stored, from, now).await?)
    };
    tx.commit().await?;
    Ok(signed_in)
}

/// The hash by which this browser is known to the account.
async fn knows(conn: &mut Conn, stored: Option<&StoredMember>, from: &Origin) -> Result<Option<String>, StoreError> {
    let (Some(stored), Some(browser)) = (stored, &from.browser) else { return Ok(None) };
    let hash = browser.hash();
    Ok(store::knows_browser(conn, &hash, stored.member.id).await?.then_some(hash))
}

/// Begins the session whose password was right, if the code is, too.
pub async fn enter_code(state: &AppState, step: &Token, code: &str, from: &Origin) -> Result<SignIn, StoreError> {
    let now = state.config.clock.now();
    let mut conn = state.db.reader().await?;
    let Some(member) = store::link(&mut conn, &step.hash(), LinkKind::SecondStep, now).await? else {
        return Ok(SignIn::Over);
    };
    let stored = store::member(&mut conn, member).await?;
    let known = knows(&mut conn, stored.as_ref(), from).await?;
    drop(conn);
    let name = member.to_string();
    let counters = match known {
        Some(browser) => vec![Counter::new(Guesser::Browser, Door::Code, &format!("{browser} {name}"))],
        None => vec![
            Counter::new(Guesser::Account, Door::Code, &name),
            Counter::new(Guesser::Address, Door::Code, &from.address),
        ],
    };
    if let Err(seconds) = attempts::count(state, &counters).await? {
        return Ok(SignIn::Wait(seconds));
    }
    let mut tx = state.db.write().await?;
    let stored = store::member_to_change(&mut tx, member).await?.filter(|stored| stored.active);
    let Some(stored) = stored else { return Ok(SignIn::Over) };
    let Some(used) = second_factor::use_code(&mut tx, &stored, code, now).await? else {
        store::add_audit(&mut tx, &audit::line(now, Action::CodeFailed, None, from).about(Some(member))).await?;
        tx.commit().await?;
        return Ok(SignIn::Wrong);
    };
    if store::take_link(&mut tx, &step.hash(), LinkKind::SecondStep, now).await?.is_none() {
        return Ok(SignIn::Over);
    }
    attempts::forgive(&mut tx, &counters, now).await?;
    if used == Used::RecoveryCode {
        store::add_audit(&mut tx, &audit::line(now, Action::RecoveryCodeUsed, Some(member), from)).await?;
    }
    let opened = open(&mut tx, &stored, from, now).await?;
    tx.commit().await?;
    Ok(SignIn::Done(opened))
}

/// Begins a session under a fresh token.
pub async fn open(tx: &mut Conn, stored: &StoredMember, from: &Origin, now: i64) -> Result<Opened, StoreError> {
    let opened = renew(tx, stored, from, now).await?;
    store::add_audit(tx, &audit::line(now, Action::SignedIn, Some(stored.member.id), from)).await?;
    Ok(opened)
}

/// The same without a word in the audit: for one that goes on under another token, since rights have changed.
pub async fn renew(tx: &mut Conn, stored: &StoredMember, from: &Origin, now: i64) -> Result<Opened, StoreError> {
    let (token, member) = (Token::random(), stored.member.id);
    let lasts = session_ms(stored.member.role, stored.has_second_factor());
    let token_hash = token.hash();
    let session =
        NewSession { token_hash: &token_hash, member, device: &from.device, created_at: now, expires_at: now + lasts };
    store::add_session(tx, session).await?;
    for hash in store::end_oldest_sessions(tx, member, &token_hash, OTHER_SESSIONS).await? {
        store::announce_end(tx, &hash).await?;
    }
    // One that the account does not know may have been planted.
    let browser = match knows(tx, Some(stored), from).await? {
        Some(_) => from.browser.clone().unwrap_or_else(Token::random),
        None => Token::random(),
    };
    store::know_browser(tx, &browser.hash(), member, now, now - BROWSER_MS).await?;
    Ok(Opened { token, browser, lasts: Lasts(lasts) })
}

/// Who holds the token. A lost or ended session is the public.
pub async fn asker(state: &AppState, token: Option<&Token>) -> Result<Asker, StoreError> {
    let public = Asker { viewer: Viewer::Public, lasts: Lasts(0), extended: false, must_enrol: false };
    let Some(token) = token else { return Ok(public) };
    let (now, hash) = (state.config.clock.now(), token.hash());
    let found = store::live_session(&mut state.db.reader().await?, &hash, now).await?;
    let Some(session) = found else { return Ok(public) };
    let lasts = session_ms(session.member.role, session.has_second_factor);
    let due = session.expires_at < now + lasts - EXTEND_AFTER_MS;
    let extended = due && extend(state, &hash, now, now + lasts).await;
    let must_enrol = session.second_factor_required && !session.has_second_factor;
    Ok(Asker { viewer: Viewer::Member(session.member), lasts: Lasts(lasts), extended, must_enrol })
}

/// Whether it could be. A session that cannot be extended now (a read-only database, say) serves until it ends.
async fn extend(state: &AppState, hash: &str, now: i64, expires_at: i64) -> bool {
    let extended = async {
        let mut tx = state.db.write().await?;
        store::extend_session(&mut tx, hash, now, expires_at).await?;
        tx.commit().await
    };
    let result = extended.await;
    if let Err(error) = &result {
        tracing::warn!(%error, "a session could not be extended");
    }
    result.is_ok()
}

/// Until when the token stands for this member with the same rights; nothing if it does not any more. Looking does not
/// extend the session: a board that was left open is no use of it.
pub async fn still(state: &AppState, token: &Token, member: &Member) -> Result<Option<i64>, StoreError> {
    let now = state.config.clock.now();
    let found = store::live_session(&mut state.db.reader().await?, &token.hash(), now).await?;
    let found = found.filter(|session| session.has_second_factor || !session.second_factor_required);
    // Another name is no other right.
    let rights = |member: &Member| (member.id, member.org, member.role);
    Ok(found.filter(|session| rights(&session.member) == rights(member)).map(|session| session.expires_at))
}

/// Ends the session, and closes the boards that it has open.
pub async fn sign_out(state: &AppState, token: &Token, from: &Origin) -> Result<(), StoreError> {
    let mut tx = state.db.write().await?;
    if let Some(member) = store::end_session(&mut tx, &token.hash()).await? {
        let now = state.config.clock.now();
        store::add_audit(&mut tx, &audit::line(now, Action::SignedOut, Some(member), from)).await?;
    }
    store::announce_end(&mut tx, &token.hash()).await?;
    tx.commit().await?;
    state.hub.end_session(token.hash());
    Ok(())
}

/// Ends all sessions of a member; once the transaction is committed, [`Ended::close`] closes their boards.
pub async fn end_all(tx: &mut Conn, member: &Member) -> Result<Ended, StoreError> {
    let hashes = store::end_sessions(tx, member.id, None).await?;
    for hash in &hashes {
        store::announce_end(tx, hash).await?;
    }
    Ok(Ended(hashes))
}

/// The hashes of tokens whose sessions have ended.
#[must_use]
#[derive(Debug, Default)]
pub struct Ended(pub Vec<String>);

impl Ended {
    pub fn close(self, state: &AppState) {
        self.0.into_iter().for_each(|hash| state.hub.end_session(hash));
    }

    /// How many, for the audit.
    pub fn detail(&self) -> Detail {
        Detail { count: Some(self.0.len() as u64), ..Detail::default() }
    }
}

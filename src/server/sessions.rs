//! Sessions: a random token in the browser's cookie, its hash in the database.

use super::{AppState, password};
use crate::{
    domain::accounts::{Email, Member, SESSION_MS, Viewer},
    store::{self, NewSession, StoreError},
};
use sha2::{Digest, Sha256};

/// A session is extended at most once an hour, so that reading pages seldom writes.
const EXTEND_AFTER_MS: i64 = 60 * 60 * 1000;

/// 256 random bits in hex: what the cookie holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    fn random() -> Self {
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

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Begins a session for the member with this e-mail and password; nothing if they do not fit.
pub async fn sign_in(state: &AppState, email: &str, password: &str) -> Result<Option<Token>, StoreError> {
    let stored = match Email::parse(email) {
        Some(email) => store::member_by_email(&mut state.db.reader().await?, email.as_str()).await?,
        None => None,
    };
    let (member, hash) = stored.map(|stored| (stored.member, stored.password_hash)).unzip();
    let fits = password::verify(password.to_owned(), hash).await;
    let Some(member) = member.filter(|_| fits) else { return Ok(None) };
    let token = Token::random();
    let now = state.config.clock.now();
    let (token_hash, expires_at) = (token.hash(), now + SESSION_MS);
    let session = NewSession { token_hash: &token_hash, member: member.id, created_at: now, expires_at };
    let mut tx = state.db.write().await?;
    store::add_session(&mut tx, session).await?;
    tx.commit().await?;
    Ok(Some(token))
}

/// Who holds the token, and whether the session lasts longer from now on. A lost or ended session is the public.
pub async fn viewer(state: &AppState, token: Option<&Token>) -> Result<(Viewer, bool), StoreError> {
    let Some(token) = token else { return Ok((Viewer::Public, false)) };
    let (now, hash) = (state.config.clock.now(), token.hash());
    let found = store::member_by_session(&mut state.db.reader().await?, &hash, now).await?;
    let Some((member, expires_at)) = found else { return Ok((Viewer::Public, false)) };
    let due = expires_at < now + SESSION_MS - EXTEND_AFTER_MS;
    let extended = due && extend(state, &hash, now + SESSION_MS).await;
    Ok((Viewer::Member(member), extended))
}

/// Whether it could be. A session that cannot be extended now (a read-only database, say) serves until it ends.
async fn extend(state: &AppState, hash: &str, expires_at: i64) -> bool {
    let extended = async {
        let mut tx = state.db.write().await?;
        store::extend_session(&mut tx, hash, expires_at).await?;
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
    let found = store::member_by_session(&mut state.db.reader().await?, &token.hash(), now).await?;
    Ok(found.filter(|(found, _)| found == member).map(|(_, expires_at)| expires_at))
}

/// Ends the session, and closes the boards that it has open.
pub async fn sign_out(state: &AppState, token: &Token) -> Result<(), StoreError> {
    let mut tx = state.db.write().await?;
    store::end_session(&mut tx, &token.hash()).await?;
    store::announce_end(&mut tx, &token.hash()).await?;
    tx.commit().await?;
    state.hub.end_session(token.hash());
    Ok(())
}

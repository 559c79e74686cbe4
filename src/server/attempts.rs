//! Slows down guessing: each try is counted before the password is looked at, so that many at once gain nothing.

use super::AppState;
use crate::{
    domain::attempts::{FORGIVEN_MS, Guesser, wait_ms},
    store::{self, Attempts, Conn, StoreError},
};
use sha2::{Digest, Sha256};

/// What is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    SignIn,
    /// The code of the second factor.
    Code,
    /// The password once more, by whoever is signed in.
    OwnPassword,
    /// A mail for a new password.
    Forgotten,
    /// Taking rows out.
    Export,
}

/// Whose tries are counted, by the hash of what they are told apart by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counter {
    guesser: Guesser,
    who: String,
}

impl Counter {
    /// `at` is what is tried: whatever somebody types at one door counts at no other.
    pub fn new(guesser: Guesser, at: Door, name: &str) -> Self {
        let digest = Sha256::digest(format!("{guesser:?} {at:?} {name}").as_bytes());
        Self { guesser, who: super::sessions::hex(&digest) }
    }

    /// What is left of the failures so far, and how long to wait now, in milliseconds.
    async fn look(&self, conn: &mut Conn, now: i64) -> Result<(i64, i64), StoreError> {
        let known = store::attempts(conn, &self.who).await?;
        let failures = if known.last_at < now - FORGIVEN_MS { 0 } else { known.failures };
        Ok((failures, known.free_at - now))
    }
}

/// Counts a try for all of them, as a failure until [`forgive`] says otherwise. If any of them has to wait, nothing is
/// counted, and the answer is for how many seconds.
pub async fn count(state: &AppState, counters: &[Counter]) -> Result<Result<(), u64>, StoreError> {
    let now = state.config.clock.now();
    // First without writing: those who have to wait shall not keep the database busy.
    let mut conn = state.db.reader().await?;
    if let Some(seconds) = longest_wait(&mut conn, counters, now).await? {
        return Ok(Err(seconds));
    }
    drop(conn);
    let mut tx = state.db.write().await?;
    for counter in counters {
        store::lock_attempts(&mut tx, &counter.who).await?;
    }
    if let Some(seconds) = longest_wait(&mut tx, counters, now).await? {
        return Ok(Err(seconds));
    }
    for counter in counters {
        let failures = counter.look(&mut tx, now).await?.0 + 1;
        let free_at = now + wait_ms(counter.guesser, failures);
        store::set_attempts(&mut tx, &counter.who, Attempts { failures, last_at: now, free_at }).await?;
    }
    tx.commit().await?;
    Ok(Ok(()))
}

async fn longest_wait(conn: &mut Conn, counters: &[Counter], now: i64) -> Result<Option<u64>, StoreError> {
    let mut longest = 0;
    for counter in counters {
        longest = longest.max(counter.look(conn, now).await?.1);
    }
    Ok((longest > 0).then(|| u64::try_from(longest).unwrap_or(0).div_ceil(1000)))
}

/// The try was right: an account or a browser begins anew; an address loses this one, since one right password must not
/// open the way for more guesses.
pub async fn forgive(tx: &mut Conn, counters: &[Counter], now: i64) -> Result<(), StoreError> {
    store::forget_attempts(tx, now - FORGIVEN_MS).await?;
    for counter in counters {
        let failures = match counter.guesser {
            Guesser::Account | Guesser::Browser => 0,
            Guesser::Address => counter.look(tx, now).await?.0 - 1,
        };
        store::set_attempts(tx, &counter.who, Attempts { failures, last_at: now, free_at: 0 }).await?;
    }
    Ok(())
}

//! What opens a door once, what slows down guessing, and which browsers are known.

use super::{Conn, StoreError, conn::on, rows};
use crate::domain::ids::MemberId;
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use uuid::Uuid;

/// What a link opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkKind {
    /// A first password.
    Invitation,
    /// A new password.
    Reset,
    /// A session, once the code of the second factor is entered.
    SecondStep,
}

/// Adds a link, and removes those that have expired.
pub async fn add_link(
    conn: &mut Conn,
    token_hash: &str,
    kind: LinkKind,
    member: MemberId,
    now: i64,
    expires_at: i64,
) -> Result<(), StoreError> {
    on!(conn, |c| sqlx::query("DELETE FROM links WHERE expires_at <= $1").bind(now).execute(c).await?);
    let sql = "
        INSERT INTO links (token_hash, kind, member_id, created_at, expires_at)
        VALUES            ($1,         $2,   $3,        $4,         $5)";
    on!(conn, |c| {
        sqlx::query(sql)
            .bind(token_hash)
            .bind(rows::word(&kind))
            .bind(member.0)
            .bind(now)
            .bind(expires_at)
            .execute(c)
            .await?
    });
    Ok(())
}

/// Whose link it is, if it still opens something.
pub async fn link(conn: &mut Conn, token_hash: &str, kind: LinkKind, now: i64) -> Result<Option<MemberId>, StoreError> {
    let sql = "SELECT member_id FROM links WHERE token_hash = $1 AND kind = $2 AND expires_at > $3";
    let kind = rows::word(&kind);
    let member: Option<Uuid> =
        on!(conn, |c| -> sqlx::query_scalar(sql).bind(token_hash).bind(kind).bind(now).fetch_optional(c).await?);
    Ok(member.map(MemberId))
}

/// Uses a link up: whoever comes second finds nothing.
pub async fn take_link(
    conn: &mut Conn,
    token_hash: &str,
    kind: LinkKind,
    now: i64,
) -> Result<Option<MemberId>, StoreError> {
    let sql = "DELETE FROM links WHERE token_hash = $1 AND kind = $2 AND expires_at > $3 RETURNING member_id";
    let kind = rows::word(&kind);
    let member: Option<Uuid> =
        on!(conn, |c| -> sqlx::query_scalar(sql).bind(token_hash).bind(kind).bind(now).fetch_optional(c).await?);
    Ok(member.map(MemberId))
}

/// Makes one link void.
pub async fn remove_link(conn: &mut Conn, token_hash: &str) -> Result<(), StoreError> {
    on!(conn, |c| sqlx::query("DELETE FROM links WHERE token_hash = $1").bind(token_hash).execute(c).await?);
    Ok(())
}

/// Removes all links of a member, of whatever kind.
pub async fn remove_links(conn: &mut Conn, member: MemberId) -> Result<(), StoreError> {
    let sql = "DELETE FROM links WHERE member_id = $1";
    on!(conn, |c| sqlx::query(sql).bind(member.0).execute(c).await?);
    Ok(())
}

/// Failures in a row of one guesser, or at one account. Instants in milliseconds since 1970, UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromRow)]
pub struct Attempts {
    pub failures: i64,
    pub last_at: i64,
    /// Nothing is tried before.
    pub free_at: i64,
}

/// What is known of a guesser, by the hash of its name. In a transaction that writes, nobody else counts meanwhile.
pub async fn attempts(conn: &mut Conn, who: &str) -> Result<Attempts, StoreError> {
    let sql = "SELECT failures, last_at, free_at FROM attempts WHERE who = $1";
    let found: Option<Attempts> = on!(conn, |c| -> sqlx::query_as(sql).bind(who).fetch_optional(c).await?);
    Ok(found.unwrap_or_default())
}

/// Makes sure that there is a row, and locks it until the transaction ends.
pub async fn lock_attempts(conn: &mut Conn, who: &str) -> Result<(), StoreError> {
    let sql = "
        INSERT INTO attempts (who, failures, last_at, free_at)
        VALUES               ($1,  0,        0,       0)
        ON CONFLICT (who) DO UPDATE SET who = excluded.who";
    on!(conn, |c| sqlx::query(sql).bind(who).execute(c).await?);
    Ok(())
}

pub async fn set_attempts(conn: &mut Conn, who: &str, now: Attempts) -> Result<(), StoreError> {
    let sql = "UPDATE attempts SET failures = $2, last_at = $3, free_at = $4 WHERE who = $1";
    on!(conn, |c| {
        sqlx::query(sql).bind(who).bind(now.failures).bind(now.last_at).bind(now.free_at).execute(c).await?
    });
    Ok(())
}

/// Forgets those who have tried nothing since.
pub async fn forget_attempts(conn: &mut Conn, before: i64) -> Result<(), StoreError> {
    let sql = "DELETE FROM attempts WHERE last_at < $1 AND free_at < $1";
    on!(conn, |c| sqlx::query(sql).bind(before).execute(c).await?);
    Ok(())
}

/// Whether this account was signed in in this browser before.
pub async fn knows_browser(conn: &mut Conn, token_hash: &str, member: MemberId) -> Result<bool, StoreError> {
    let sql = "SELECT count(*) FROM known_browsers WHERE token_hash = $1 AND member_id = $2";
    let count: i64 = on!(conn, |c| -> sqlx::query_scalar(sql).bind(token_hash).bind(member.0).fetch_one(c).await?);
    Ok(count > 0)
}

/// From now on it was. Browsers that were not used since `before` are forgotten.
pub async fn know_browser(
    conn: &mut Conn,
    token_hash: &str,
    member: MemberId,
    now: i64,
    before: i64,
) -> Result<(), StoreError> {
    on!(conn, |c| sqlx::query("DELETE FROM known_browsers WHERE used_at < $1").bind(before).execute(c).await?);
    let sql = "
        INSERT INTO known_browsers (token_hash, member_id, used_at)
        VALUES                     ($1,         $2,        $3)
        ON CONFLICT (token_hash, member_id) DO UPDATE SET used_at = excluded.used_at";
    on!(conn, |c| sqlx::query(sql).bind(token_hash).bind(member.0).bind(now).execute(c).await?);
    Ok(())
}

/// No browser is known any more: after a reset, say, whoever had the account may be somebody else.
pub async fn forget_browsers(conn: &mut Conn, member: MemberId) -> Result<(), StoreError> {
    let sql = "DELETE FROM known_browsers WHERE member_id = $1";
    on!(conn, |c| sqlx::query(sql).bind(member.0).execute(c).await?);
    Ok(())
}

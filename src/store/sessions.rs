//! Sessions: who holds which token, on which device, until when.

use super::{
    Conn, StoreError,
    accounts::{MemberRow, member_columns},
    conn::on,
};
use crate::domain::{accounts::Member, ids::MemberId};
use sqlx::FromRow;
use uuid::Uuid;

/// A session to be added. Instants in milliseconds since 1970, UTC.
pub struct NewSession<'a> {
    /// SHA-256 of the token, in hex.
    pub token_hash: &'a str,
    pub member: MemberId,
    /// Browser and system in two words.
    pub device: &'a str,
    pub created_at: i64,
    pub expires_at: i64,
}

/// A live session with the member whose it is.
#[derive(Clone, Debug)]
pub struct LiveSession {
    pub member: Member,
    pub expires_at: i64,
    pub has_second_factor: bool,
    /// Whether the network asks every member for a second factor.
    pub second_factor_required: bool,
}

/// One of a member's own sessions, as a list shows it.
#[derive(Clone, Debug, FromRow)]
pub struct StoredSession {
    pub token_hash: String,
    pub device: String,
    pub created_at: i64,
    pub used_at: i64,
}

/// The live session of a token, if its member is active.
pub async fn live_session(conn: &mut Conn, token_hash: &str, now: i64) -> Result<Option<LiveSession>, StoreError> {
    #[derive(FromRow)]
    struct Row {
        #[sqlx(flatten)]
        member: MemberRow,
        expires_at: i64,
        required: bool,
    }
    let sql = concat!(
        "SELECT ",
        member_columns!(),
        ", s.expires_at,
               EXISTS (SELECT 1 FROM network WHERE requires_second_factor) AS required
        FROM sessions s
        JOIN members m ON m.id = s.member_id
        WHERE s.token_hash = $1 AND s.expires_at > $2 AND m.active"
    );
    let row: Option<Row> = on!(conn, |c| -> sqlx::query_as(sql).bind(token_hash).bind(now).fetch_optional(c).await?);
    let convert = |row: Row| {
        let stored = row.member.convert()?;
        Ok(LiveSession {
            has_second_factor: stored.has_second_factor(),
            member: stored.member,
            expires_at: row.expires_at,
            second_factor_required: row.required,
        })
    };
    row.map(convert).transpose()
}

/// Adds a session and removes those that have ended.
pub async fn add_session(conn: &mut Conn, new: NewSession<'_>) -> Result<(), StoreError> {
    on!(conn, |c| {
        sqlx::query("DELETE FROM sessions WHERE expires_at <= $1").bind(new.created_at).execute(c).await?
    });
    let sql = "
        INSERT INTO sessions (token_hash, member_id, device, created_at, used_at, expires_at)
        VALUES               ($1,         $2,        $3,     $4,         $4,      $5)";
    on!(conn, |c| {
        sqlx::query(sql)
            .bind(new.token_hash)
            .bind(new.member.0)
            .bind(new.device)
            .bind(new.created_at)
            .bind(new.expires_at)
            .execute(c)
            .await?
    });
    Ok(())
}

pub async fn extend_session(conn: &mut Conn, token_hash: &str, now: i64, expires_at: i64) -> Result<(), StoreError> {
    let sql = "UPDATE sessions SET used_at = $2, expires_at = $3 WHERE token_hash = $1";
    on!(conn, |c| sqlx::query(sql).bind(token_hash).bind(now).bind(expires_at).execute(c).await?);
    Ok(())
}

/// Ends a session; answers whose it was.
pub async fn end_session(conn: &mut Conn, token_hash: &str) -> Result<Option<MemberId>, StoreError> {
    let sql = "DELETE FROM sessions WHERE token_hash = $1 RETURNING member_id";
    let member: Option<Uuid> = on!(conn, |c| -> sqlx::query_scalar(sql).bind(token_hash).fetch_optional(c).await?);
    Ok(member.map(MemberId))
}

/// A member's live sessions, the one used last first.
pub async fn sessions_of(conn: &mut Conn, member: MemberId, now: i64) -> Result<Vec<StoredSession>, StoreError> {
    let sql = "
        SELECT token_hash, device, created_at, used_at
        FROM sessions
        WHERE member_id = $1 AND expires_at > $2
        ORDER BY used_at DESC, token_hash";
    Ok(on!(conn, |c| -> sqlx::query_as(sql).bind(member.0).bind(now).fetch_all(c).await?))
}

/// Ends the sessions of a member beyond the newest one and so many others, those that were not used for longest; answers
/// the hashes of their tokens.
pub async fn end_oldest_sessions(
    conn: &mut Conn,
    member: MemberId,
    newest: &str,
    others: i64,
) -> Result<Vec<String>, StoreError> {
    let sql = "
        DELETE FROM sessions
        WHERE member_id = $1 AND token_hash <> $3 AND token_hash NOT IN (
            SELECT token_hash
            FROM sessions
            WHERE member_id = $1 AND token_hash <> $3
            ORDER BY used_at DESC, created_at DESC, token_hash
            LIMIT $2)
        RETURNING token_hash";
    Ok(on!(conn, |c| -> sqlx::query_scalar(sql).bind(member.0).bind(others).bind(newest).fetch_all(c).await?))
}

/// Ends all sessions of a member but one; answers the hashes of their tokens.
pub async fn end_sessions(conn: &mut Conn, member: MemberId, except: Option<&str>) -> Result<Vec<String>, StoreError> {
    let sql = "DELETE FROM sessions WHERE member_id = $1 AND token_hash <> $2 RETURNING token_hash";
    let except = except.unwrap_or_default();
    Ok(on!(conn, |c| -> sqlx::query_scalar(sql).bind(member.0).bind(except).fetch_all(c).await?))
}

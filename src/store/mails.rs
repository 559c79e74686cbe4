//! Mail that waits to be sent: to whom and what about. Its words, and what it links to, are made when it is sent.

use super::{Conn, StoreError, conn::on, rows};
use crate::domain::ids::MemberId;
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use uuid::Uuid;

/// What a mail is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailKind {
    Invitation,
    Reset,
    PasswordChanged,
}

/// A mail that waits.
#[derive(Clone, Debug)]
pub struct Mail {
    pub id: Uuid,
    pub kind: MailKind,
    pub member: MemberId,
    /// BCP 47.
    pub language: String,
    /// Milliseconds since 1970, UTC.
    pub created_at: i64,
    /// How often it was tried.
    pub tries: i64,
}

pub async fn add_mail(
    conn: &mut Conn,
    kind: MailKind,
    member: MemberId,
    language: &str,
    now: i64,
) -> Result<(), StoreError> {
    let sql = "
        INSERT INTO mails (id, kind, member_id, language, created_at, tries, next_at)
        VALUES            ($1, $2,   $3,        $4,       $5,         0,     $5)";
    on!(conn, |c| {
        sqlx::query(sql)
            .bind(Uuid::now_v7())
            .bind(rows::word(&kind))
            .bind(member.0)
            .bind(language)
            .bind(now)
            .execute(c)
            .await?
    });
    Ok(())
}

/// The mail that is due, if there is one; until `again` nobody else takes it.
pub async fn take_mail(conn: &mut Conn, now: i64, again: i64) -> Result<Option<Mail>, StoreError> {
    #[derive(FromRow)]
    struct Row {
        id: Uuid,
        kind: String,
        member_id: Uuid,
        language: String,
        created_at: i64,
        tries: i64,
    }
    let sql = "
        UPDATE mails
        SET tries = tries + 1, next_at = $2
        WHERE id = (SELECT id FROM mails WHERE next_at <= $1 ORDER BY next_at, id LIMIT 1) AND next_at <= $1
        RETURNING id, kind, member_id, language, created_at, tries";
    let row: Option<Row> = on!(conn, |c| -> sqlx::query_as(sql).bind(now).bind(again).fetch_optional(c).await?);
    let convert = |row: Row| {
        Ok(Mail {
            id: row.id,
            kind: rows::from_word("kind of mail", &row.kind)?,
            member: MemberId(row.member_id),
            language: row.language,
            created_at: row.created_at,
            tries: row.tries,
        })
    };
    row.map(convert).transpose()
}

/// Tries it again then.
pub async fn postpone_mail(conn: &mut Conn, id: Uuid, next_at: i64) -> Result<(), StoreError> {
    let sql = "UPDATE mails SET next_at = $2 WHERE id = $1";
    on!(conn, |c| sqlx::query(sql).bind(id).bind(next_at).execute(c).await?);
    Ok(())
}

/// Sent, or given up.
pub async fn remove_mail(conn: &mut Conn, id: Uuid) -> Result<(), StoreError> {
    on!(conn, |c| sqlx::query("DELETE FROM mails WHERE id = $1").bind(id).execute(c).await?);
    Ok(())
}

/// Nothing is sent to a member any more.
pub async fn remove_mails(conn: &mut Conn, member: MemberId) -> Result<(), StoreError> {
    on!(conn, |c| sqlx::query("DELETE FROM mails WHERE member_id = $1").bind(member.0).execute(c).await?);
    Ok(())
}

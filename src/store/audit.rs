//! The audit: rows are added and read, never changed.

use super::{Conn, StoreError, conn::on, rows};
use crate::domain::{
    audit::{Action, AuditFilter, Detail, Line, Named},
    ids::MemberId,
    policy::AuditSight,
};
use sqlx::FromRow;
use uuid::Uuid;

/// A line to be added.
#[derive(Clone, Debug)]
pub struct NewLine {
    /// Milliseconds since 1970, UTC.
    pub at: i64,
    pub actor: Option<MemberId>,
    /// Of the network; empty for the command line.
    pub address: String,
    pub action: Action,
    /// Whose account it is about, if not the actor's own.
    pub subject: Option<MemberId>,
    pub detail: Detail,
}

pub async fn add_audit(conn: &mut Conn, line: &NewLine) -> Result<(), StoreError> {
    let sql = "
        INSERT INTO audit (id, at, actor_id, address, action, subject_id, detail)
        VALUES            ($1, $2, $3,       $4,      $5,     $6,         $7)";
    let detail = serde_json::to_string(&line.detail).unwrap_or_default();
    on!(conn, |c| {
        sqlx::query(sql)
            .bind(Uuid::now_v7())
            .bind(line.at)
            .bind(line.actor.map(|actor| actor.0))
            .bind(&line.address)
            .bind(line.action.word())
            .bind(line.subject.map(|subject| subject.0))
            .bind(detail)
            .execute(c)
            .await?
    });
    Ok(())
}

#[derive(FromRow)]
struct LineRow {
    at: i64,
    address: String,
    action: String,
    detail: String,
    actor_id: Option<Uuid>,
    actor_organisation: Option<Uuid>,
    actor_name: Option<String>,
    actor_org: Option<String>,
    subject_id: Option<Uuid>,
    subject_name: Option<String>,
    subject_org: Option<String>,
}

impl LineRow {
    fn convert(self) -> Result<(i64, Line), StoreError> {
        let named = |id: Option<Uuid>, name: Option<String>, org: Option<String>| {
            Some(Named { id: MemberId(id?), name: name?, org: org? })
        };
        let line = Line {
            action: rows::known("action", Action::from_word(&self.action))?,
            actor: named(self.actor_id, self.actor_name, self.actor_org),
            subject: named(self.subject_id, self.subject_name, self.subject_org),
            address: self.address,
            detail: rows::known("detail", serde_json::from_slice(self.detail.as_bytes()).ok())?,
        };
        Ok((self.at, line))
    }
}

/// The organisation that a sight is bound to; nil binds to none.
fn bound(sight: AuditSight) -> Uuid {
    match sight {
        AuditSight::Everything => Uuid::nil(),
        AuditSight::Of(org) => org.0,
    }
}

/// Lines with their instants (milliseconds since 1970, UTC), the newest first, `count` of them after the first `skip`.
pub async fn audit_lines(
    conn: &mut Conn,
    sight: AuditSight,
    filter: &AuditFilter,
    skip: usize,
    count: usize,
) -> Result<Vec<(i64, Line)>, StoreError> {
    let sql = "
        SELECT a.at, a.address, a.action, a.detail,
               a.actor_id, am.organisation_id AS actor_organisation, am.name AS actor_name, ao.short_name AS actor_org,
               a.subject_id, sm.name AS subject_name, so.short_name AS subject_org
        FROM audit a
        LEFT JOIN members am ON am.id = a.actor_id
        LEFT JOIN organisations ao ON ao.id = am.organisation_id
        LEFT JOIN members sm ON sm.id = a.subject_id
        LEFT JOIN organisations so ON so.id = sm.organisation_id
        WHERE ($1 = '' OR a.action = $1)
          AND ($2 = $5 OR a.actor_id = $2 OR a.subject_id = $2)
          AND ($3 = $5 OR sm.organisation_id = $3 OR (a.subject_id IS NULL AND am.organisation_id = $3))
        ORDER BY a.at DESC, a.id DESC
        LIMIT $4 OFFSET $6";
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let rows: Vec<LineRow> = on!(conn, |c| -> {
        sqlx::query_as(sql)
            .bind(filter.action.map(Action::word).unwrap_or_default())
            .bind(filter.member.map_or(Uuid::nil(), |member| member.0))
            .bind(bound(sight))
            .bind(number(count))
            .bind(Uuid::nil())
            .bind(number(skip))
            .fetch_all(c)
            .await?
    });
    let convert = |row: LineRow| {
        let foreign = matches!(sight, AuditSight::Of(org) if row.actor_organisation.is_some_and(|of| of != org.0));
        let (at, line) = row.convert()?;
        // Where others sit is not for everybody who may know what they did.
        Ok((at, if foreign { Line { address: String::new(), ..line } } else { line }))
    };
    rows.into_iter().map(convert).collect()
}

/// Everybody whom a reader of the audit may ask for, by name.
pub async fn named_members(conn: &mut Conn, sight: AuditSight) -> Result<Vec<Named>, StoreError> {
    let sql = "
        SELECT m.id, m.name, o.short_name
        FROM members m
        JOIN organisations o ON o.id = m.organisation_id
        WHERE $1 = $2 OR m.organisation_id = $1
        ORDER BY m.name, o.short_name, m.id";
    let rows: Vec<(Uuid, String, String)> =
        on!(conn, |c| -> sqlx::query_as(sql).bind(bound(sight)).bind(Uuid::nil()).fetch_all(c).await?);
    Ok(rows.into_iter().map(|(id, name, org)| Named { id: MemberId(id), name, org }).collect())
}

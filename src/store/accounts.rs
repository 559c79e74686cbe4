//! Organisations, members and their sessions.

use super::{Conn, StoreError, conn::on, rows};
use crate::domain::{
    accounts::{Country, Member, Organisation, Role},
    ids::{MemberId, OrgId},
};
use sqlx::FromRow;
use uuid::Uuid;

/// A member to be added.
pub struct NewMember<'a> {
    pub member: &'a Member,
    /// In lower case.
    pub email: &'a str,
    /// PHC form.
    pub password_hash: &'a str,
}

/// A member with what signing in compares.
pub struct StoredMember {
    pub member: Member,
    pub password_hash: String,
}

/// A session to be added. Instants in milliseconds since 1970, UTC.
pub struct NewSession<'a> {
    /// SHA-256 of the token, in hex.
    pub token_hash: &'a str,
    pub member: MemberId,
    pub created_at: i64,
    pub expires_at: i64,
}

#[derive(FromRow)]
struct MemberRow {
    id: Uuid,
    organisation_id: Uuid,
    name: String,
    password_hash: String,
    role: String,
}

impl MemberRow {
    fn convert(self) -> Result<StoredMember, StoreError> {
        let role: Role = rows::from_word("role", &self.role)?;
        let member = Member { id: MemberId(self.id), name: self.name, org: OrgId(self.organisation_id), role };
        Ok(StoredMember { member, password_hash: self.password_hash })
    }
}

#[derive(FromRow)]
pub(super) struct OrganisationRow {
    id: Uuid,
    name: String,
    short_name: String,
    country: Option<String>,
    city: String,
    website: String,
    kind: String,
}

impl OrganisationRow {
    pub(super) fn convert(self) -> Result<Organisation, StoreError> {
        let country = self.country.map(|code| rows::known("country", Country::parse(&code))).transpose()?;
        Ok(Organisation {
            id: OrgId(self.id),
            name: self.name,
            short_name: self.short_name,
            country,
            city: self.city,
            website: self.website,
            kind: rows::from_word("kind of organisation", &self.kind)?,
        })
    }
}

pub async fn add_organisation(conn: &mut Conn, org: &Organisation, position: i64) -> Result<(), StoreError> {
    let sql = "
        INSERT INTO organisations (id, name, short_name, country, city, website, kind, position)
        VALUES                    ($1, $2,   $3,         $4,      $5,   $6,      $7,   $8)";
    on!(conn, |c| {
        sqlx::query(sql)
            .bind(org.id.0)
            .bind(&org.name)
            .bind(&org.short_name)
            .bind(org.country.map(String::from))
            .bind(&org.city)
            .bind(&org.website)
            .bind(rows::word(&org.kind))
            .bind(position)
            .execute(c)
            .await?
    });
    Ok(())
}

/// An organisation by id.
pub async fn organisation(conn: &mut Conn, id: OrgId) -> Result<Option<Organisation>, StoreError> {
    let sql = "
        SELECT id, name, short_name, country, city, website, kind
        FROM organisations
        WHERE id = $1";
    let row: Option<OrganisationRow> = on!(conn, |c| -> sqlx::query_as(sql).bind(id.0).fetch_optional(c).await?);
    row.map(OrganisationRow::convert).transpose()
}

pub async fn add_member(conn: &mut Conn, new: NewMember<'_>) -> Result<(), StoreError> {
    let sql = "
        INSERT INTO members (id, organisation_id, name, email, password_hash, role, active)
        VALUES              ($1, $2,              $3,   $4,    $5,            $6,   TRUE)";
    on!(conn, |c| {
        sqlx::query(sql)
            .bind(new.member.id.0)
            .bind(new.member.org.0)
            .bind(&new.member.name)
            .bind(new.email)
            .bind(new.password_hash)
            .bind(rows::word(&new.member.role))
            .execute(c)
            .await?
    });
    Ok(())
}

/// An active member by e-mail in lower case.
pub async fn member_by_email(conn: &mut Conn, email: &str) -> Result<Option<StoredMember>, StoreError> {
    let sql = "
        SELECT id, organisation_id, name, password_hash, role
        FROM members
        WHERE email = $1 AND active";
    let row: Option<MemberRow> = on!(conn, |c| -> sqlx::query_as(sql).bind(email).fetch_optional(c).await?);
    row.map(MemberRow::convert).transpose()
}

/// The organisation of a member, also of one who has left.
pub async fn member_organisation(conn: &mut Conn, id: MemberId) -> Result<Option<OrgId>, StoreError> {
    let sql = "SELECT organisation_id FROM members WHERE id = $1";
    let org: Option<Uuid> = on!(conn, |c| -> sqlx::query_scalar(sql).bind(id.0).fetch_optional(c).await?);
    Ok(org.map(OrgId))
}

/// The active member of a live session, with the instant at which the session ends.
pub async fn member_by_session(
    conn: &mut Conn,
    token_hash: &str,
    now: i64,
) -> Result<Option<(Member, i64)>, StoreError> {
    #[derive(FromRow)]
    struct Row {
        #[sqlx(flatten)]
        member: MemberRow,
        expires_at: i64,
    }
    let sql = "
        SELECT m.id, m.organisation_id, m.name, m.password_hash, m.role, s.expires_at
        FROM sessions s
        JOIN members m ON m.id = s.member_id
        WHERE s.token_hash = $1 AND s.expires_at > $2 AND m.active";
    let row: Option<Row> = on!(conn, |c| -> sqlx::query_as(sql).bind(token_hash).bind(now).fetch_optional(c).await?);
    row.map(|row| Ok((row.member.convert()?.member, row.expires_at))).transpose()
}

/// Adds a session and removes those that have ended.
pub async fn add_session(conn: &mut Conn, new: NewSession<'_>) -> Result<(), StoreError> {
    on!(conn, |c| {
        sqlx::query("DELETE FROM sessions WHERE expires_at <= $1").bind(new.created_at).execute(c).await?
    });
    let sql = "
        INSERT INTO sessions (token_hash, member_id, created_at, expires_at)
        VALUES               ($1,         $2,        $3,         $4)";
    on!(conn, |c| {
        sqlx::query(sql)
            .bind(new.token_hash)
            .bind(new.member.0)
            .bind(new.created_at)
            .bind(new.expires_at)
            .execute(c)
            .await?
    });
    Ok(())
}

pub async fn extend_session(conn: &mut Conn, token_hash: &str, expires_at: i64) -> Result<(), StoreError> {
    let sql = "UPDATE sessions SET expires_at = $2 WHERE token_hash = $1";
    on!(conn, |c| sqlx::query(sql).bind(token_hash).bind(expires_at).execute(c).await?);
    Ok(())
}

pub async fn end_session(conn: &mut Conn, token_hash: &str) -> Result<(), StoreError> {
    let sql = "DELETE FROM sessions WHERE token_hash = $1";
    on!(conn, |c| sqlx::query(sql).bind(token_hash).execute(c).await?);
    Ok(())
}

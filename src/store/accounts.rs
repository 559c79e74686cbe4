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
    /// PHC form; nothing for somebody who is only invited.
    pub password_hash: Option<&'a str>,
    /// Milliseconds since 1970, UTC.
    pub now: i64,
}

/// A member with what nobody else sees of them.
#[derive(Clone, Debug)]
pub struct StoredMember {
    pub member: Member,
    pub email: String,
    /// PHC form; empty while an invitation waits.
    pub password_hash: String,
    /// Whether they may sign in.
    pub active: bool,
    /// BCP 47 tag of the language in which mail comes.
    pub language: Option<String>,
    /// When they accepted the invitation, in milliseconds since 1970, UTC.
    pub joined_at: Option<i64>,
    /// Base32.
    pub totp_secret: Option<String>,
    pub totp_confirmed: bool,
    /// The step of the last code that was used.
    pub totp_step: i64,
}

impl StoredMember {
    pub fn has_second_factor(&self) -> bool {
        self.totp_confirmed && self.totp_secret.is_some()
    }

    /// Whether only a pseudonym is left.
    pub fn is_erased(&self) -> bool {
        self.email.ends_with("@invalid")
    }
}

#[derive(FromRow)]
pub(super) struct MemberRow {
    id: Uuid,
    organisation_id: Uuid,
    name: String,
    email: String,
    password_hash: String,
    role: String,
    active: bool,
    language: Option<String>,
    joined_at: Option<i64>,
    totp_secret: Option<String>,
    totp_confirmed: bool,
    totp_step: i64,
}

impl MemberRow {
    pub(super) fn convert(self) -> Result<StoredMember, StoreError> {
        let role: Role = rows::from_word("role", &self.role)?;
        Ok(StoredMember {
            member: Member { id: MemberId(self.id), name: self.name, org: OrgId(self.organisation_id), role },
            email: self.email,
            password_hash: self.password_hash,
            active: self.active,
            language: self.language,
            joined_at: self.joined_at,
            totp_secret: self.totp_secret,
            totp_confirmed: self.totp_confirmed,
            totp_step: self.totp_step,
        })
    }
}

/// The columns of [`MemberRow`], of members `m`.
macro_rules! member_columns {
    () => {
        "m.id, m.organisation_id, m.name, m.email, m.password_hash, m.role, m.active, m.language, m.joined_at, \
         m.totp_secret, m.totp_confirmed, m.totp_step"
    };
}
pub(super) use member_columns;

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

/// An organisation by id.
pub async fn organisation(conn: &mut Conn, id: OrgId) -> Result<Option<Organisation>, StoreError> {
    let sql = "
        SELECT id, name, short_name, country, city, website, kind
        FROM organisations
        WHERE id = $1";
    let row: Option<OrganisationRow> = on!(conn, |c| -> sqlx::query_as(sql).bind(id.0).fetch_optional(c).await?);
    row.map(OrganisationRow::convert).transpose()
}

/// Every organisation, in the network's order.
pub async fn organisations(conn: &mut Conn) -> Result<Vec<Organisation>, StoreError> {
    let sql = "
        SELECT id, name, short_name, country, city, website, kind
        FROM organisations
        ORDER BY position";
    let rows: Vec<OrganisationRow> = on!(conn, |c| -> sqlx::query_as(sql).fetch_all(c).await?);
    rows.into_iter().map(OrganisationRow::convert).collect()
}

/// Changes an organisation, or adds it behind all others.
pub async fn save_organisation(conn: &mut Conn, org: &Organisation) -> Result<(), StoreError> {
    let sql = "
        INSERT INTO organisations (id, name, short_name, country, city, website, kind, position)
        VALUES ($1, $2, $3, $4, $5, $6, $7, (SELECT coalesce(max(position), -1) + 1 FROM organisations))
        ON CONFLICT (id) DO UPDATE
        SET name = excluded.name, short_name = excluded.short_name, country = excluded.country, city = excluded.city,
            website = excluded.website, kind = excluded.kind";
    on!(conn, |c| {
        sqlx::query(sql)
            .bind(org.id.0)
            .bind(&org.name)
            .bind(&org.short_name)
            .bind(org.country.map(String::from))
            .bind(&org.city)
            .bind(&org.website)
            .bind(rows::word(&org.kind))
            .execute(c)
            .await?
    });
    Ok(())
}

/// Adds a member: one who may sign in, or without a password one whose invitation waits.
pub async fn add_member(conn: &mut Conn, new: NewMember<'_>) -> Result<(), StoreError> {
    let sql = "
        INSERT INTO members (id, organisation_id, name, email, password_hash, role, active, joined_at)
        VALUES              ($1, $2,              $3,   $4,    $5,            $6,   $7,     $8)";
    let joined_at = new.password_hash.is_some().then_some(new.now);
    on!(conn, |c| {
        sqlx::query(sql)
            .bind(new.member.id.0)
            .bind(new.member.org.0)
            .bind(&new.member.name)
            .bind(new.email)
            .bind(new.password_hash.unwrap_or_default())
            .bind(rows::word(&new.member.role))
            .bind(joined_at.is_some())
            .bind(joined_at)
            .execute(c)
            .await?
    });
    Ok(())
}

/// A member by id, also one who has left.
pub async fn member(conn: &mut Conn, id: MemberId) -> Result<Option<StoredMember>, StoreError> {
    let sql = concat!("SELECT ", member_columns!(), " FROM members m WHERE m.id = $1");
    let row: Option<MemberRow> = on!(conn, |c| -> sqlx::query_as(sql).bind(id.0).fetch_optional(c).await?);
    row.map(MemberRow::convert).transpose()
}

/// The same, locked until the transaction ends: whoever writes a member has read them so.
pub async fn member_to_change(conn: &mut Conn, id: MemberId) -> Result<Option<StoredMember>, StoreError> {
    let lock = "UPDATE members SET id = id WHERE id = $1";
    on!(conn, |c| sqlx::query(lock).bind(id.0).execute(c).await?);
    member(conn, id).await
}

/// A member by e-mail in lower case, also one who has left or not come yet.
pub async fn member_by_email(conn: &mut Conn, email: &str) -> Result<Option<StoredMember>, StoreError> {
    let sql = concat!("SELECT ", member_columns!(), " FROM members m WHERE m.email = $1");
    let row: Option<MemberRow> = on!(conn, |c| -> sqlx::query_as(sql).bind(email).fetch_optional(c).await?);
    row.map(MemberRow::convert).transpose()
}

/// The organisation of a member, also of one who has left.
pub async fn member_organisation(conn: &mut Conn, id: MemberId) -> Result<Option<OrgId>, StoreError> {
    let sql = "SELECT organisation_id FROM members WHERE id = $1";
    let org: Option<Uuid> = on!(conn, |c| -> sqlx::query_scalar(sql).bind(id.0).fetch_optional(c).await?);
    Ok(org.map(OrgId))
}

/// Writes all of a member that can change, as [`member_to_change`] has read it in the same transaction.
pub async fn save_member(conn: &mut Conn, stored: &StoredMember) -> Result<(), StoreError> {
    let sql = "
        UPDATE members
        SET organisation_id = $2, name = $3, email = $4, password_hash = $5, role = $6, active = $7, language = $8,
            joined_at = $9, totp_secret = $10, totp_confirmed = $11, totp_step = $12
        WHERE id = $1";
    on!(conn, |c| {
        sqlx::query(sql)
            .bind(stored.member.id.0)
            .bind(stored.member.org.0)
            .bind(&stored.member.name)
            .bind(&stored.email)
            .bind(&stored.password_hash)
            .bind(rows::word(&stored.member.role))
            .bind(stored.active)
            .bind(&stored.language)
            .bind(stored.joined_at)
            .bind(&stored.totp_secret)
            .bind(stored.totp_confirmed)
            .bind(stored.totp_step)
            .execute(c)
            .await?
    });
    Ok(())
}

/// Uses a code of the second factor up: whether its step lies after that of the last one.
pub async fn use_totp_step(conn: &mut Conn, id: MemberId, step: i64) -> Result<bool, StoreError> {
    let sql = "UPDATE members SET totp_step = $2 WHERE id = $1 AND totp_step < $2 RETURNING totp_step";
    let used: Option<i64> = on!(conn, |c| -> sqlx::query_scalar(sql).bind(id.0).bind(step).fetch_optional(c).await?);
    Ok(used.is_some())
}

/// Whoever changes what others may comes first here, and waits for the one before: until the transaction ends nobody
/// else counts, and two who act on each other do not wait in a circle.
pub async fn lock_network(conn: &mut Conn) -> Result<(), StoreError> {
    on!(conn, |c| sqlx::query("UPDATE network SET id = id").execute(c).await?);
    Ok(())
}

/// How many coordinators may sign in.
pub async fn count_coordinators(conn: &mut Conn) -> Result<i64, StoreError> {
    let sql = "SELECT count(*) FROM members WHERE role = 'coordinator' AND active";
    Ok(on!(conn, |c| -> sqlx::query_scalar(sql).fetch_one(c).await?))
}

/// Replaces a member's recovery codes, by their hashes.
pub async fn set_recovery_codes(conn: &mut Conn, id: MemberId, hashes: &[String]) -> Result<(), StoreError> {
    let remove = "DELETE FROM recovery_codes WHERE member_id = $1";
    on!(conn, |c| sqlx::query(remove).bind(id.0).execute(c).await?);
    for hash in hashes {
        let sql = "INSERT INTO recovery_codes (member_id, code_hash) VALUES ($1, $2)";
        on!(conn, |c| sqlx::query(sql).bind(id.0).bind(hash).execute(c).await?);
    }
    Ok(())
}

/// Uses a recovery code up; whether it was one.
pub async fn use_recovery_code(conn: &mut Conn, id: MemberId, hash: &str) -> Result<bool, StoreError> {
    let sql = "DELETE FROM recovery_codes WHERE member_id = $1 AND code_hash = $2 RETURNING code_hash";
    let used: Option<String> = on!(conn, |c| -> sqlx::query_scalar(sql).bind(id.0).bind(hash).fetch_optional(c).await?);
    Ok(used.is_some())
}

/// How many are left.
pub async fn count_recovery_codes(conn: &mut Conn, id: MemberId) -> Result<usize, StoreError> {
    let sql = "SELECT count(*) FROM recovery_codes WHERE member_id = $1";
    let count: i64 = on!(conn, |c| -> sqlx::query_scalar(sql).bind(id.0).fetch_one(c).await?);
    Ok(usize::try_from(count).unwrap_or(0))
}

/// What goes with a member in the list of people.
#[derive(Clone, Debug)]
pub struct Standing {
    pub email: String,
    pub active: bool,
    pub joined: bool,
    pub has_second_factor: bool,
    /// Until when the invitation opens; nothing if it has expired.
    pub invited_until: Option<i64>,
    /// When a session that still lasts was last used.
    pub used_at: Option<i64>,
}

/// Everybody by name, in one query. Those who were erased are not named.
pub async fn people(conn: &mut Conn, now: i64) -> Result<Vec<(Member, Standing)>, StoreError> {
    #[derive(FromRow)]
    struct Row {
        #[sqlx(flatten)]
        member: MemberRow,
        invited_until: Option<i64>,
        session_used_at: Option<i64>,
    }
    let sql = concat!(
        "SELECT ",
        member_columns!(),
        ",
               (SELECT max(l.expires_at) FROM links l
                WHERE l.member_id = m.id AND l.kind = 'invitation' AND l.expires_at > $1) AS invited_until,
               (SELECT max(s.used_at) FROM sessions s
                WHERE s.member_id = m.id AND s.expires_at > $1) AS session_used_at
        FROM members m
        WHERE m.email NOT LIKE 'erased-%@invalid'
        ORDER BY m.name, m.id"
    );
    let rows: Vec<Row> = on!(conn, |c| -> sqlx::query_as(sql).bind(now).fetch_all(c).await?);
    let convert = |row: Row| {
        let stored = row.member.convert()?;
        let standing = Standing {
            active: stored.active,
            joined: stored.joined_at.is_some(),
            has_second_factor: stored.has_second_factor(),
            email: stored.email,
            invited_until: row.invited_until,
            used_at: row.session_used_at,
        };
        Ok((stored.member, standing))
    };
    rows.into_iter().map(convert).collect()
}

/// What the network itself has decided.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromRow)]
pub struct Network {
    pub name: String,
    pub requires_second_factor: bool,
}

/// Nothing before the first start.
pub async fn network(conn: &mut Conn) -> Result<Option<Network>, StoreError> {
    let sql = "SELECT name, requires_second_factor FROM network";
    Ok(on!(conn, |c| -> sqlx::query_as(sql).fetch_optional(c).await?))
}

pub async fn set_network(conn: &mut Conn, network: &Network) -> Result<(), StoreError> {
    let sql = "
        INSERT INTO network (id, name, requires_second_factor)
        VALUES              (1,  $1,   $2)
        ON CONFLICT (id) DO UPDATE
        SET name = excluded.name, requires_second_factor = excluded.requires_second_factor";
    on!(conn, |c| sqlx::query(sql).bind(&network.name).bind(network.requires_second_factor).execute(c).await?);
    Ok(())
}

//! Reports: versions are added and read, never changed. Their words are rows of `texts`, so that they can be withdrawn.

use super::{Conn, StoreError, conn::on, rows};
use crate::domain::{
    day::Quarter,
    ids::{MemberId, PlanId, ReportId, TextId},
    report::{
        Section,
        draft::{Kept, Pointed},
    },
};
use sqlx::FromRow;
use std::collections::BTreeMap;
use uuid::Uuid;

/// A version without its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredReport {
    pub id: ReportId,
    pub number: i64,
    /// Milliseconds since 1970, UTC.
    pub saved_at: i64,
    pub handed_over: bool,
    /// Name and organisation of whoever saved it, as they are now.
    pub by: (String, String),
}

/// A version to be added.
#[derive(Clone, Debug)]
pub struct NewReport<'a> {
    pub id: ReportId,
    pub plan: PlanId,
    pub period: Quarter,
    pub number: i64,
    pub author: MemberId,
    /// Milliseconds since 1970, UTC.
    pub at: i64,
    pub handed_over: bool,
    pub texts: &'a BTreeMap<Section, Pointed>,
}

#[derive(FromRow)]
struct ReportRow {
    id: Uuid,
    version: i64,
    saved_at: i64,
    handed_over: bool,
    name: String,
    short_name: String,
}

/// The versions of a quarter's report, the newest first.
pub async fn reports(conn: &mut Conn, plan: PlanId, period: Quarter) -> Result<Vec<StoredReport>, StoreError> {
    let sql = "
        SELECT r.id, r.version, r.saved_at, r.handed_over, m.name, o.short_name
        FROM reports r
        JOIN members m ON m.id = r.author_id
        JOIN organisations o ON o.id = m.organisation_id
        WHERE r.plan_id = $1 AND r.period = $2
        ORDER BY r.version DESC";
    let rows: Vec<ReportRow> =
        on!(conn, |c| -> sqlx::query_as(sql).bind(plan.0).bind(period.to_string()).fetch_all(c).await?);
    let stored = rows.into_iter().map(|row| StoredReport {
        id: ReportId(row.id),
        number: row.version,
        saved_at: row.saved_at,
        handed_over: row.handed_over,
        by: (row.name, row.short_name),
    });
    Ok(stored.collect())
}

/// A version with its words.
pub async fn report_texts(conn: &mut Conn, report: &StoredReport) -> Result<Kept, StoreError> {
    let sql = "
        SELECT rt.section, t.id, t.body
        FROM report_texts rt
        JOIN texts t ON t.id = rt.text_id
        WHERE rt.report_id = $1";
    let rows: Vec<(String, Uuid, String)> = on!(conn, |c| -> sqlx::query_as(sql).bind(report.id.0).fetch_all(c).await?);
    let texts = rows.into_iter().map(|(section, id, body)| {
        let section = rows::known("section", Section::from_slug(&section))?;
        Ok((section, (TextId(id), body)))
    });
    let texts = texts.collect::<Result<_, StoreError>>()?;
    Ok(Kept { number: report.number, handed_over: report.handed_over, texts })
}

pub async fn add_report(conn: &mut Conn, report: &NewReport<'_>) -> Result<(), StoreError> {
    let sql = "
        INSERT INTO reports (id, plan_id, period, version, author_id, saved_at, handed_over)
        VALUES              ($1, $2,      $3,     $4,      $5,        $6,       $7)";
    on!(conn, |c| {
        sqlx::query(sql)
            .bind(report.id.0)
            .bind(report.plan.0)
            .bind(report.period.to_string())
            .bind(report.number)
            .bind(report.author.0)
            .bind(report.at)
            .bind(report.handed_over)
            .execute(c)
            .await?
    });
    for (section, text) in report.texts {
        let text = match text {
            Pointed::Same(text) => *text,
            Pointed::New(body) => add_text(conn, report.id, *section, body).await?,
        };
        let sql = "INSERT INTO report_texts (report_id, section, text_id) VALUES ($1, $2, $3)";
        on!(conn, |c| sqlx::query(sql).bind(report.id.0).bind(section.slug()).bind(text.0).execute(c).await?);
    }
    Ok(())
}

async fn add_text(conn: &mut Conn, report: ReportId, section: Section, body: &str) -> Result<TextId, StoreError> {
    let sql = "
        INSERT INTO texts (id, subject_id, field, version, body)
        VALUES            ($1, $2,         $3,    1,       $4)";
    let id = TextId(Uuid::now_v7());
    on!(conn, |c| sqlx::query(sql).bind(id.0).bind(report.0).bind(section.slug()).bind(body).execute(c).await?);
    Ok(id)
}

/// Empties the words of a version and of all before it, also where later ones say the same.
pub async fn withdraw_report(conn: &mut Conn, plan: PlanId, period: Quarter, number: i64) -> Result<(), StoreError> {
    let sql = "
        UPDATE texts SET body = ''
        WHERE id IN (SELECT rt.text_id
                     FROM report_texts rt
                     JOIN reports r ON r.id = rt.report_id
                     WHERE r.plan_id = $1 AND r.period = $2 AND r.version <= $3)";
    let period = period.to_string();
    on!(conn, |c| sqlx::query(sql).bind(plan.0).bind(&period).bind(number).execute(c).await?);
    Ok(())
}

/// The versions that a member has saved, each with its quarter and when (milliseconds since 1970, UTC).
pub async fn reports_by(conn: &mut Conn, member: MemberId) -> Result<Vec<(Quarter, i64, i64)>, StoreError> {
    let sql = "
        SELECT period, version, saved_at
        FROM reports
        WHERE author_id = $1
        ORDER BY saved_at, version";
    let rows: Vec<(String, i64, i64)> = on!(conn, |c| -> sqlx::query_as(sql).bind(member.0).fetch_all(c).await?);
    let convert = |(period, number, at): (String, i64, i64)| {
        let period = period.parse().map_err(|_| StoreError::Unreadable { what: "period" })?;
        Ok((period, number, at))
    };
    rows.into_iter().map(convert).collect()
}

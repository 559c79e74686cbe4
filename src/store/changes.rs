//! The history of a plan. Changes are stored without their texts, which stand in rows of their own and are put back
//! in when a change is read: a withdrawn text is then gone from history too.

use super::{Conn, StoreError, conn::on, rows};
use crate::domain::{
    change::{Change, Entry},
    day::Day,
    fields::Field,
    ids::{IndicatorId, ItemId, MemberId, OpId, PlanId, Revision},
    results::{change::ResultsChange, goals::Moved},
    text::{Text, Version},
};
use sqlx::FromRow;
use std::collections::HashMap;
use uuid::Uuid;

#[derive(FromRow)]
struct EntryRow {
    revision: i64,
    op_id: Uuid,
    actor_id: Uuid,
    at: i64,
    change: String,
}

impl EntryRow {
    fn convert(self) -> Result<Entry, StoreError> {
        let change = serde_json::from_str(&self.change).map_err(|_| StoreError::Unreadable { what: "change" })?;
        Ok(Entry {
            revision: Revision(self.revision),
            op: OpId(self.op_id),
            actor: MemberId(self.actor_id),
            at: self.at,
            change,
        })
    }
}

/// Writes a change and its new texts. The rows that it alters are written by the caller, after.
pub async fn add_change(conn: &mut Conn, plan: PlanId, entry: &Entry) -> Result<(), StoreError> {
    let mut change = entry.change.clone();
    let mut texts = Vec::new();
    for (field, text) in change.texts_mut() {
        texts.push((field, text.clone()));
        text.body.clear();
    }
    let sql = "
        INSERT INTO changes (plan_id, revision, op_id, actor_id, at, change)
        VALUES              ($1,      $2,       $3,    $4,       $5, $6)";
    let json = serde_json::to_string(&change).map_err(|_| StoreError::Unreadable { what: "change" })?;
    on!(conn, |c| {
        sqlx::query(sql)
            .bind(plan.0)
            .bind(entry.revision.0)
            .bind(entry.op.0)
            .bind(entry.actor.0)
            .bind(entry.at)
            .bind(&json)
            .execute(c)
            .await?
    });
    if let Some(subject) = change.subject() {
        for (field, text) in &texts {
            add_text(conn, subject, *field, text).await?;
            add_pointer(conn, plan, entry.revision, text).await?;
        }
    }
    Ok(())
}

/// A text that is already there (an item shown again carries its own) stays as it is.
async fn add_text(conn: &mut Conn, subject: Uuid, field: Field, text: &Text) -> Result<(), StoreError> {
    let sql = "
        INSERT INTO texts (id, subject_id, field, version, body)
        VALUES            ($1, $2,         $3,    $4,      $5)
        ON CONFLICT (id) DO NOTHING";
    on!(conn, |c| {
        sqlx::query(sql)
            .bind(text.id.0)
            .bind(subject)
            .bind(rows::word(&field))
            .bind(text.version)
            .bind(&text.body)
            .execute(c)
            .await?
    });
    Ok(())
}

async fn add_pointer(conn: &mut Conn, plan: PlanId, revision: Revision, text: &Text) -> Result<(), StoreError> {
    let sql = "INSERT INTO change_texts (plan_id, revision, text_id) VALUES ($1, $2, $3)";
    on!(conn, |c| sqlx::query(sql).bind(plan.0).bind(revision.0).bind(text.id.0).execute(c).await?);
    Ok(())
}

/// What a field of an item said in a version: the one that an edit was made from.
pub async fn text_version(
    conn: &mut Conn,
    item: ItemId,
    field: Field,
    version: Version,
) -> Result<Option<String>, StoreError> {
    let sql = "SELECT body FROM texts WHERE subject_id = $1 AND field = $2 AND version = $3";
    let field = rows::word(&field);
    Ok(on!(conn, |c| -> {
        sqlx::query_scalar(sql).bind(item.0).bind(&field).bind(version).fetch_optional(c).await?
    }))
}

/// The change that an op id made, with its plan.
pub async fn change_by_op(conn: &mut Conn, op: OpId) -> Result<Option<(PlanId, Entry)>, StoreError> {
    let sql = "SELECT plan_id, revision FROM changes WHERE op_id = $1";
    let row: Option<(Uuid, i64)> = on!(conn, |c| -> sqlx::query_as(sql).bind(op.0).fetch_optional(c).await?);
    let Some((plan, revision)) = row else { return Ok(None) };
    let before = Revision(revision - 1);
    let entries = changes_since(conn, PlanId(plan), before, 1).await?;
    Ok(entries.into_iter().next().map(|entry| (PlanId(plan), entry)))
}

/// The changes between two revisions that may have brought an item into another status, oldest first, without their
/// texts, in one query.
pub async fn turns_between(
    conn: &mut Conn,
    plan: PlanId,
    after: Revision,
    until: Revision,
) -> Result<Vec<Entry>, StoreError> {
    // They are told by how they are written; no text stands in them.
    let sql = r#"
        SELECT revision, op_id, actor_id, at, change
        FROM changes
        WHERE plan_id = $1 AND revision > $2 AND revision <= $3
          AND (change LIKE '{"item":{"moved":%' OR change LIKE '{"item":{"created":%')
        ORDER BY revision"#;
    let rows: Vec<EntryRow> =
        on!(conn, |c| -> sqlx::query_as(sql).bind(plan.0).bind(after.0).bind(until.0).fetch_all(c).await?);
    rows.into_iter().map(EntryRow::convert).collect()
}

/// The goals of an indicator that moved, oldest first, in one query. `day_of` says on which day an instant fell, in
/// milliseconds since 1970, UTC.
pub async fn moved_goals(
    conn: &mut Conn,
    plan: PlanId,
    indicator: IndicatorId,
    day_of: impl Fn(i64) -> Day,
) -> Result<Vec<Moved>, StoreError> {
    // Told by how they are written; no words are searched.
    let naming = format!(r#"{{"results":{{"indicator":{{%{indicator}%"goals":{{%"#);
    let sql = r#"
        SELECT revision, op_id, actor_id, at, change
        FROM changes
        WHERE plan_id = $1 AND change LIKE $2
        ORDER BY revision"#;
    let rows: Vec<EntryRow> = on!(conn, |c| -> sqlx::query_as(sql).bind(plan.0).bind(&naming).fetch_all(c).await?);
    let entries = rows.into_iter().map(EntryRow::convert).collect::<Result<Vec<_>, _>>()?;
    let moved = entries.into_iter().filter_map(|entry| match entry.change {
        Change::Results(change) => match *change {
            ResultsChange::Indicator { indicator: of, goals: Some(goals) } if of.id == indicator => {
                Some(Moved { day: day_of(entry.at), goals })
            }
            _ => None,
        },
        _ => None,
    });
    Ok(moved.collect())
}

/// The changes after a revision with their texts, oldest first, at most `limit`, in two queries.
pub async fn changes_since(
    conn: &mut Conn,
    plan: PlanId,
    since: Revision,
    limit: i64,
) -> Result<Vec<Entry>, StoreError> {
    let sql = "
        SELECT revision, op_id, actor_id, at, change
        FROM changes
        WHERE plan_id = $1 AND revision > $2 AND revision <= $3
        ORDER BY revision";
    let last = since.0 + limit;
    let rows: Vec<EntryRow> =
        on!(conn, |c| -> sqlx::query_as(sql).bind(plan.0).bind(since.0).bind(last).fetch_all(c).await?);
    let sql = "
        SELECT t.id, t.body
        FROM change_texts ct
        JOIN texts t ON t.id = ct.text_id
        WHERE ct.plan_id = $1 AND ct.revision > $2 AND ct.revision <= $3";
    let texts: Vec<(Uuid, String)> =
        on!(conn, |c| -> sqlx::query_as(sql).bind(plan.0).bind(since.0).bind(last).fetch_all(c).await?);
    let bodies: HashMap<Uuid, String> = texts.into_iter().collect();
    let mut entries = rows.into_iter().map(EntryRow::convert).collect::<Result<Vec<_>, _>>()?;
    for (_, text) in entries.iter_mut().flat_map(|entry| entry.change.texts_mut()) {
        text.body = bodies.get(&text.id.0).cloned().unwrap_or_default();
    }
    Ok(entries)
}

/// The changes of results that name an id, without their texts, in one query.
pub(super) async fn results_changes_naming(
    conn: &mut Conn,
    plan: PlanId,
    id: Uuid,
) -> Result<Vec<(Revision, ResultsChange)>, StoreError> {
    // They are told by how they are written.
    let sql = "
        SELECT revision, op_id, actor_id, at, change
        FROM changes
        WHERE plan_id = $1 AND change LIKE $2
        ORDER BY revision";
    let naming = format!(r#"{{"results":%{id}%"#);
    let rows: Vec<EntryRow> = on!(conn, |c| -> sqlx::query_as(sql).bind(plan.0).bind(&naming).fetch_all(c).await?);
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let entry = row.convert()?;
        if let Change::Results(change) = entry.change {
            found.push((entry.revision, *change));
        }
    }
    Ok(found)
}

/// Writes what is kept of a change once words in it were withdrawn.
pub(super) async fn replace_results_change(
    conn: &mut Conn,
    plan: PlanId,
    revision: Revision,
    kept: ResultsChange,
) -> Result<(), StoreError> {
    let change = Change::Results(Box::new(kept));
    let json = serde_json::to_string(&change).map_err(|_| StoreError::Unreadable { what: "change" })?;
    let sql = "UPDATE changes SET change = $3 WHERE plan_id = $1 AND revision = $2";
    on!(conn, |c| sqlx::query(sql).bind(plan.0).bind(revision.0).bind(&json).execute(c).await?);
    Ok(())
}

/// All that a member has ever changed, without texts: these belong to the plan.
pub async fn changes_by(conn: &mut Conn, member: MemberId) -> Result<Vec<Entry>, StoreError> {
    let sql = "
        SELECT revision, op_id, actor_id, at, change
        FROM changes
        WHERE actor_id = $1
        ORDER BY at, revision";
    let rows: Vec<EntryRow> = on!(conn, |c| -> sqlx::query_as(sql).bind(member.0).fetch_all(c).await?);
    rows.into_iter().map(EntryRow::convert).collect()
}

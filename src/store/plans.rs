//! Plans with their objectives and statuses, and the count of changes that each has seen.

use super::{Conn, StoreError, accounts::organisations, conn::on, rows};
use crate::domain::{
    ids::{ItemId, ObjectiveId, PlanId, Revision, StatusId},
    plan::{Frame, Mark, Objective, Plan, Status},
};
use sqlx::FromRow;
use uuid::Uuid;

#[derive(FromRow)]
struct PlanRow {
    id: Uuid,
    title: String,
    starts: String,
    ends: String,
    time_zone: String,
}

#[derive(FromRow)]
struct ObjectiveRow {
    id: Uuid,
    code: String,
    title: String,
    mark: String,
}

#[derive(FromRow)]
struct StatusRow {
    id: Uuid,
    slug: String,
    name: Option<String>,
    kind: String,
    item_limit: Option<i64>,
}

impl PlanRow {
    fn convert(self) -> Result<Plan, StoreError> {
        Ok(Plan {
            id: PlanId(self.id),
            title: self.title,
            starts: rows::day(&self.starts)?,
            ends: rows::day(&self.ends)?,
            time_zone: self.time_zone,
        })
    }
}

impl ObjectiveRow {
    fn convert(self) -> Result<Objective, StoreError> {
        let mark = rows::known("mark", Mark::from_name(&self.mark))?;
        Ok(Objective { id: ObjectiveId(self.id), code: self.code, title: self.title, mark })
    }
}

impl StatusRow {
    fn convert(self) -> Result<Status, StoreError> {
        Ok(Status {
            id: StatusId(self.id),
            slug: self.slug,
            name: self.name,
            kind: rows::from_word("kind of status", &self.kind)?,
            limit: self.item_limit.and_then(|limit| limit.try_into().ok()),
        })
    }
}

/// Adds the plan of a frame with its objectives and statuses, at revision 0. Its organisations must be there.
pub async fn add_plan(conn: &mut Conn, frame: &Frame) -> Result<(), StoreError> {
    let plan = &frame.plan;
    let sql = "
        INSERT INTO plans (id, title, starts, ends, time_zone, revision)
        VALUES            ($1, $2,    $3,     $4,   $5,        0)";
    on!(conn, |c| {
        sqlx::query(sql)
            .bind(plan.id.0)
            .bind(&plan.title)
            .bind(plan.starts.to_string())
            .bind(plan.ends.to_string())
            .bind(&plan.time_zone)
            .execute(c)
            .await?
    });
    for (position, objective) in (0_i64..).zip(&frame.objectives) {
        add_objective(conn, plan.id, objective, position).await?;
    }
    for (position, status) in (0_i64..).zip(&frame.statuses) {
        add_status(conn, plan.id, status, position).await?;
    }
    Ok(())
}

async fn add_objective(conn: &mut Conn, plan: PlanId, objective: &Objective, position: i64) -> Result<(), StoreError> {
    let sql = "
        INSERT INTO objectives (id, plan_id, code, title, mark, position)
        VALUES                 ($1, $2,      $3,   $4,    $5,   $6)";
    on!(conn, |c| {
        sqlx::query(sql)
            .bind(objective.id.0)
            .bind(plan.0)
            .bind(&objective.code)
            .bind(&objective.title)
            .bind(objective.mark.name())
            .bind(position)
            .execute(c)
            .await?
    });
    Ok(())
}

async fn add_status(conn: &mut Conn, plan: PlanId, status: &Status, position: i64) -> Result<(), StoreError> {
    let sql = "
        INSERT INTO statuses (id, plan_id, slug, name, kind, item_limit, position)
        VALUES               ($1, $2,      $3,   $4,   $5,   $6,         $7)";
    on!(conn, |c| {
        sqlx::query(sql)
            .bind(status.id.0)
            .bind(plan.0)
            .bind(&status.slug)
            .bind(&status.name)
            .bind(rows::word(&status.kind))
            .bind(status.limit.map(i64::from))
            .bind(position)
            .execute(c)
            .await?
    });
    Ok(())
}

/// The plan that pages show unless told otherwise: the one that starts last.
pub async fn current_plan(conn: &mut Conn) -> Result<Option<PlanId>, StoreError> {
    let sql = "SELECT id FROM plans ORDER BY starts DESC, id DESC LIMIT 1";
    let id: Option<Uuid> = on!(conn, |c| -> sqlx::query_scalar(sql).fetch_optional(c).await?);
    Ok(id.map(PlanId))
}

/// The plan that an item belongs to.
pub async fn item_plan(conn: &mut Conn, item: ItemId) -> Result<Option<PlanId>, StoreError> {
    let sql = "SELECT plan_id FROM items WHERE id = $1";
    let id: Option<Uuid> = on!(conn, |c| -> sqlx::query_scalar(sql).bind(item.0).fetch_optional(c).await?);
    Ok(id.map(PlanId))
}

/// The number of the plan's last change.
pub async fn revision(conn: &mut Conn, plan: PlanId) -> Result<Revision, StoreError> {
    let sql = "SELECT revision FROM plans WHERE id = $1";
    Ok(Revision(on!(conn, |c| -> sqlx::query_scalar(sql).bind(plan.0).fetch_one(c).await?)))
}

/// Moves the revision by `count` (back, if negative), locks the plan until the transaction ends, and answers the new
/// revision.
pub async fn move_revision(conn: &mut Conn, plan: PlanId, count: i64) -> Result<Revision, StoreError> {
    let sql = "UPDATE plans SET revision = revision + $2 WHERE id = $1 RETURNING revision";
    Ok(Revision(on!(conn, |c| -> sqlx::query_scalar(sql).bind(plan.0).bind(count).fetch_one(c).await?)))
}

/// A plan with all that its board shares, in four queries.
pub async fn frame(conn: &mut Conn, plan: PlanId) -> Result<Frame, StoreError> {
    let sql = "SELECT id, title, starts, ends, time_zone FROM plans WHERE id = $1";
    let row: PlanRow = on!(conn, |c| -> sqlx::query_as(sql).bind(plan.0).fetch_one(c).await?);
    let objectives = "SELECT id, code, title, mark FROM objectives WHERE plan_id = $1 ORDER BY position";
    let objectives: Vec<ObjectiveRow> = on!(conn, |c| -> sqlx::query_as(objectives).bind(plan.0).fetch_all(c).await?);
    let statuses = "SELECT id, slug, name, kind, item_limit FROM statuses WHERE plan_id = $1 ORDER BY position";
    let statuses: Vec<StatusRow> = on!(conn, |c| -> sqlx::query_as(statuses).bind(plan.0).fetch_all(c).await?);
    Ok(Frame {
        plan: row.convert()?,
        objectives: objectives.into_iter().map(ObjectiveRow::convert).collect::<Result<_, _>>()?,
        statuses: statuses.into_iter().map(StatusRow::convert).collect::<Result<_, _>>()?,
        organisations: organisations(conn).await?,
    })
}

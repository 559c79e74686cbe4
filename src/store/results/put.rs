//! What a change says of results, written into the rows. Texts are written by [`crate::store::add_change`], before.

use crate::{
    domain::{
        day::Quarter,
        ids::{IndicatorId, ItemId, NodeId, PlanId, ReadingId},
        results::{
            change::ResultsChange,
            command::Subject,
            indicator::Indicator,
            light::Override,
            reading::Reading,
            state::State,
            tree::{Link, Node},
        },
        text::Reason,
    },
    store::{Conn, StoreError, changes, conn::on, rows},
};
use serde::Serialize;
use std::collections::BTreeSet;
use uuid::Uuid;

fn document<T: Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_| StoreError::Unreadable { what: "document" })
}

/// Puts in place what a change says.
pub async fn apply_results(conn: &mut Conn, plan: PlanId, change: &ResultsChange) -> Result<(), StoreError> {
    match change {
        ResultsChange::Node(node) => put_node(conn, plan, node).await,
        ResultsChange::NodeRemoved { node } => remove_node(conn, *node).await,
        ResultsChange::Indicator { indicator, .. } => put_indicator(conn, plan, indicator).await,
        ResultsChange::IndicatorRemoved { indicator } => remove_indicator(conn, *indicator).await,
        ResultsChange::Linked(link) => add_link(conn, link).await,
        ResultsChange::Unlinked { item, output } => remove_link(conn, *item, *output).await,
        ResultsChange::Reading(reading) => put_reading(conn, reading).await,
        ResultsChange::ReadingRemoved { reading } => remove_reading(conn, *reading).await,
        ResultsChange::Stepped { reading, indicator, state, why, .. } => {
            set_state(conn, *reading, *indicator, *state, why.as_ref()).await
        }
        ResultsChange::Locked { period, locked } => set_lock(conn, plan, *period, *locked).await,
        ResultsChange::Light { indicator, period, by_hand } => {
            set_light(conn, *indicator, *period, by_hand.as_ref()).await
        }
        ResultsChange::Withdrawn { subject } => withdraw(conn, plan, *subject).await,
    }
}

/// Takes every wording of a subject but the newest out of its texts, and out of the changes themselves: evidence, reasons
/// and values in words stand in their JSON.
async fn withdraw(conn: &mut Conn, plan: PlanId, subject: Subject) -> Result<(), StoreError> {
    let now = super::results(conn, plan).await?;
    let mut subjects = BTreeSet::from([subject.id()]);
    for (revision, change) in changes::results_changes_naming(conn, plan, subject.id()).await? {
        let Some(kept) = now.withdrawn(subject, &change) else { continue };
        subjects.extend(kept.subject());
        if kept != change {
            changes::replace_results_change(conn, plan, revision, kept).await?;
        }
    }
    for subject in subjects {
        withdraw_texts(conn, subject).await?;
    }
    Ok(())
}

/// Empties every wording of a subject's texts but the newest. Changes point to these rows, so history forgets them too.
async fn withdraw_texts(conn: &mut Conn, subject: Uuid) -> Result<(), StoreError> {
    let sql = "
        UPDATE texts SET body = ''
        WHERE subject_id = $1
          AND id NOT IN (SELECT title_id        FROM result_nodes WHERE id = $1
               UNION ALL SELECT assumptions_id  FROM result_nodes WHERE id = $1
               UNION ALL SELECT risks_id        FROM result_nodes WHERE id = $1
               UNION ALL SELECT title_id        FROM indicators   WHERE id = $1
               UNION ALL SELECT definition_id   FROM indicators   WHERE id = $1
               UNION ALL SELECT verification_id FROM indicators   WHERE id = $1
               UNION ALL SELECT narrative_id    FROM readings     WHERE id = $1)";
    on!(conn, |c| sqlx::query(sql).bind(subject).execute(c).await?);
    Ok(())
}

async fn put_node(conn: &mut Conn, plan: PlanId, node: &Node) -> Result<(), StoreError> {
    let sql = "
        INSERT INTO result_nodes (id, plan_id, level, parent_id, rank, title_id, assumptions_id, risks_id, objective_id)
        VALUES                   ($1, $2,      $3,    $4,        $5,   $6,       $7,             $8,       $9)
        ON CONFLICT (id) DO UPDATE
        SET parent_id = $4, rank = $5, title_id = $6, assumptions_id = $7, risks_id = $8, objective_id = $9
        WHERE result_nodes.plan_id = $2";
    on!(conn, |c| {
        sqlx::query(sql)
            .bind(node.id.0)
            .bind(plan.0)
            .bind(rows::word(&node.level))
            .bind(node.parent.map(|parent| parent.0))
            .bind(node.rank.as_str())
            .bind(node.title.id.0)
            .bind(node.assumptions.id.0)
            .bind(node.risks.id.0)
            .bind(node.objective.map(|objective| objective.0))
            .execute(c)
            .await?
    });
    Ok(())
}

async fn remove_node(conn: &mut Conn, node: NodeId) -> Result<(), StoreError> {
    let sql = "DELETE FROM result_nodes WHERE id = $1";
    on!(conn, |c| sqlx::query(sql).bind(node.0).execute(c).await?);
    Ok(())
}

async fn put_indicator(conn: &mut Conn, plan: PlanId, indicator: &Indicator) -> Result<(), StoreError> {
    let sql = "
        INSERT INTO indicators (id, plan_id, node_id, code, title_id, definition_id, verification_id, unit, scale,
                                frequency, responsible_id, dimensions, was_approved)
        VALUES                 ($1, $2,      $3,      $4,   $5,       $6,            $7,              $8,   $9,
                                $10,       $11,            $12,        FALSE)
        ON CONFLICT (id) DO UPDATE
        SET node_id = $3, code = $4, title_id = $5, definition_id = $6, verification_id = $7, unit = $8, scale = $9,
            frequency = $10, responsible_id = $11, dimensions = $12
        WHERE indicators.plan_id = $2";
    let (scale, dimensions) = (document(&indicator.scale)?, document(&indicator.dimensions)?);
    on!(conn, |c| {
        sqlx::query(sql)
            .bind(indicator.id.0)
            .bind(plan.0)
            .bind(indicator.node.0)
            .bind(indicator.code.as_str())
            .bind(indicator.title.id.0)
            .bind(indicator.definition.id.0)
            .bind(indicator.verification.id.0)
            .bind(indicator.unit.as_str())
            .bind(&scale)
            .bind(rows::word(&indicator.frequency))
            .bind(indicator.responsible.0)
            .bind(&dimensions)
            .execute(c)
            .await?
    });
    Ok(())
}

async fn remove_indicator(conn: &mut Conn, indicator: IndicatorId) -> Result<(), StoreError> {
    let sql = "DELETE FROM light_overrides WHERE indicator_id = $1";
    on!(conn, |c| sqlx::query(sql).bind(indicator.0).execute(c).await?);
    let sql = "DELETE FROM indicators WHERE id = $1";
    on!(conn, |c| sqlx::query(sql).bind(indicator.0).execute(c).await?);
    Ok(())
}

async fn add_link(conn: &mut Conn, link: &Link) -> Result<(), StoreError> {
    let sql = "
        INSERT INTO result_links (item_id, output_id, turn, rank)
        VALUES                   ($1,      $2,        $3,   $4)";
    on!(conn, |c| {
        sqlx::query(sql)
            .bind(link.item.0)
            .bind(link.output.0)
            .bind(i64::from(link.turn))
            .bind(link.rank.as_str())
            .execute(c)
            .await?
    });
    Ok(())
}

async fn remove_link(conn: &mut Conn, item: ItemId, output: NodeId) -> Result<(), StoreError> {
    let sql = "DELETE FROM result_links WHERE item_id = $1 AND output_id = $2";
    on!(conn, |c| sqlx::query(sql).bind(item.0).bind(output.0).execute(c).await?);
    Ok(())
}

async fn put_reading(conn: &mut Conn, reading: &Reading) -> Result<(), StoreError> {
    let sql = "
        INSERT INTO readings (id, indicator_id, period, value, shares, narrative_id, evidence, state, why)
        VALUES               ($1, $2,           $3,     $4,    $5,     $6,           $7,       $8,    $9)
        ON CONFLICT (id) DO UPDATE
        SET value = $4, shares = $5, narrative_id = $6, evidence = $7, state = $8, why = $9
        WHERE readings.indicator_id = $2";
    let (value, shares) = (document(&reading.value)?, document(&reading.shares)?);
    let evidence = document(&reading.evidence)?;
    on!(conn, |c| {
        sqlx::query(sql)
            .bind(reading.id.0)
            .bind(reading.indicator.0)
            .bind(reading.period.to_string())
            .bind(&value)
            .bind(&shares)
            .bind(reading.narrative.id.0)
            .bind(&evidence)
            .bind(rows::word(&reading.state))
            .bind(reading.why.as_ref().map(Reason::as_str))
            .execute(c)
            .await?
    });
    Ok(())
}

async fn remove_reading(conn: &mut Conn, reading: ReadingId) -> Result<(), StoreError> {
    let sql = "DELETE FROM readings WHERE id = $1";
    on!(conn, |c| sqlx::query(sql).bind(reading.0).execute(c).await?);
    Ok(())
}

async fn set_state(
    conn: &mut Conn,
    reading: ReadingId,
    indicator: IndicatorId,
    state: State,
    why: Option<&Reason>,
) -> Result<(), StoreError> {
    let sql = "UPDATE readings SET state = $2, why = $3 WHERE id = $1";
    let why = why.map(Reason::as_str);
    on!(conn, |c| sqlx::query(sql).bind(reading.0).bind(rows::word(&state)).bind(why).execute(c).await?);
    if state == State::Approved {
        let sql = "UPDATE indicators SET was_approved = TRUE WHERE id = $1";
        on!(conn, |c| sqlx::query(sql).bind(indicator.0).execute(c).await?);
    }
    Ok(())
}

async fn set_lock(conn: &mut Conn, plan: PlanId, period: Quarter, locked: bool) -> Result<(), StoreError> {
    let sql = match locked {
        true => "INSERT INTO closed_periods (plan_id, period) VALUES ($1, $2) ON CONFLICT (plan_id, period) DO NOTHING",
        false => "DELETE FROM closed_periods WHERE plan_id = $1 AND period = $2",
    };
    on!(conn, |c| sqlx::query(sql).bind(plan.0).bind(period.to_string()).execute(c).await?);
    Ok(())
}

async fn set_light(
    conn: &mut Conn,
    indicator: IndicatorId,
    period: Quarter,
    by_hand: Option<&Override>,
) -> Result<(), StoreError> {
    let Some(by_hand) = by_hand else {
        let sql = "DELETE FROM light_overrides WHERE indicator_id = $1 AND period = $2";
        on!(conn, |c| sqlx::query(sql).bind(indicator.0).bind(period.to_string()).execute(c).await?);
        return Ok(());
    };
    let sql = "
        INSERT INTO light_overrides (indicator_id, period, light, reason)
        VALUES                      ($1,           $2,     $3,    $4)
        ON CONFLICT (indicator_id, period) DO UPDATE
        SET light = $3, reason = $4";
    on!(conn, |c| {
        sqlx::query(sql)
            .bind(indicator.0)
            .bind(period.to_string())
            .bind(rows::word(&by_hand.light))
            .bind(by_hand.reason.as_str())
            .execute(c)
            .await?
    });
    Ok(())
}

//! The logical framework of a plan, with its indicators and their readings.

mod put;

pub use put::apply_results;

use super::{Conn, StoreError, conn::on, rows};
use crate::domain::{
    ids::{IndicatorId, ItemId, NodeId, ObjectiveId, OrgId, PlanId, ReadingId, TextId},
    rank::Rank,
    results::{
        change::Results,
        indicator::Indicator,
        light::Override,
        reading::Reading,
        state::Locks,
        tree::{Framework, Link, Node},
        withheld::Withheld,
    },
    text::Text,
};
use serde::de::DeserializeOwned;
use sqlx::FromRow;
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// A column that holds JSON.
fn document<T: DeserializeOwned>(what: &'static str, text: &str) -> Result<T, StoreError> {
    serde_json::from_slice(text.as_bytes()).map_err(|_| StoreError::Unreadable { what })
}

/// Texts by their row's id.
struct Texts(HashMap<Uuid, Text>);

impl Texts {
    fn take(&mut self, id: Uuid) -> Result<Text, StoreError> {
        rows::known("text", self.0.remove(&id))
    }
}

#[derive(FromRow)]
struct NodeRow {
    id: Uuid,
    level: String,
    parent_id: Option<Uuid>,
    rank: String,
    title_id: Uuid,
    assumptions_id: Uuid,
    risks_id: Uuid,
    objective_id: Option<Uuid>,
}

impl NodeRow {
    fn convert(self, texts: &mut Texts) -> Result<Node, StoreError> {
        Ok(Node {
            id: NodeId(self.id),
            level: rows::from_word("level", &self.level)?,
            parent: self.parent_id.map(NodeId),
            rank: Rank::stored(self.rank),
            title: texts.take(self.title_id)?,
            assumptions: texts.take(self.assumptions_id)?,
            risks: texts.take(self.risks_id)?,
            objective: self.objective_id.map(ObjectiveId),
        })
    }
}

#[derive(FromRow)]
struct IndicatorRow {
    id: Uuid,
    node_id: Uuid,
    code: String,
    title_id: Uuid,
    definition_id: Uuid,
    verification_id: Uuid,
    unit: String,
    scale: String,
    frequency: String,
    responsible_id: Uuid,
    dimensions: String,
    was_approved: bool,
}

impl IndicatorRow {
    fn convert(self, texts: &mut Texts) -> Result<Indicator, StoreError> {
        Ok(Indicator {
            id: IndicatorId(self.id),
            node: NodeId(self.node_id),
            code: rows::from_word("code", &self.code)?,
            title: texts.take(self.title_id)?,
            definition: texts.take(self.definition_id)?,
            unit: rows::from_word("unit", &self.unit)?,
            scale: document("scale", &self.scale)?,
            verification: texts.take(self.verification_id)?,
            frequency: rows::from_word("frequency", &self.frequency)?,
            responsible: OrgId(self.responsible_id),
            dimensions: document("dimensions", &self.dimensions)?,
            withheld: Withheld::default(),
        })
    }
}

#[derive(FromRow)]
struct ReadingRow {
    id: Uuid,
    indicator_id: Uuid,
    period: String,
    value: String,
    shares: String,
    narrative_id: Uuid,
    evidence: String,
    state: String,
    why: Option<String>,
}

impl ReadingRow {
    fn convert(self, texts: &mut Texts) -> Result<Reading, StoreError> {
        Ok(Reading {
            id: ReadingId(self.id),
            indicator: IndicatorId(self.indicator_id),
            period: rows::from_word("period", &self.period)?,
            value: document("value", &self.value)?,
            shares: document("shares", &self.shares)?,
            narrative: texts.take(self.narrative_id)?,
            evidence: document("evidence", &self.evidence)?,
            state: rows::from_word("state", &self.state)?,
            why: self.why.map(|why| rows::from_word("reason", &why)).transpose()?,
        })
    }
}

/// Everything that is known of a plan's results, in seven queries.
pub async fn results(conn: &mut Conn, plan: PlanId) -> Result<Results, StoreError> {
    let mut texts = texts(conn, plan).await?;
    let sql = "
        SELECT id, level, parent_id, rank, title_id, assumptions_id, risks_id, objective_id
        FROM result_nodes
        WHERE plan_id = $1
        ORDER BY rank, id";
    let nodes: Vec<NodeRow> = on!(conn, |c| -> sqlx::query_as(sql).bind(plan.0).fetch_all(c).await?);
    let nodes = nodes.into_iter().map(|row| row.convert(&mut texts)).collect::<Result<_, _>>()?;
    let sql = "
        SELECT id, node_id, code, title_id, definition_id, verification_id, unit, scale, frequency, responsible_id,
               dimensions, was_approved
        FROM indicators
        WHERE plan_id = $1
        ORDER BY code, id";
    let indicators: Vec<IndicatorRow> = on!(conn, |c| -> sqlx::query_as(sql).bind(plan.0).fetch_all(c).await?);
    let approved = indicators.iter().filter(|row| row.was_approved).map(|row| IndicatorId(row.id)).collect();
    let indicators = indicators.into_iter().map(|row| row.convert(&mut texts)).collect::<Result<_, _>>()?;
    let sql = "
        SELECT r.id, r.indicator_id, r.period, r.value, r.shares, r.narrative_id, r.evidence, r.state, r.why
        FROM readings r
        JOIN indicators i ON i.id = r.indicator_id
        WHERE i.plan_id = $1
        ORDER BY r.period, r.id";
    let readings: Vec<ReadingRow> = on!(conn, |c| -> sqlx::query_as(sql).bind(plan.0).fetch_all(c).await?);
    let readings = readings.into_iter().map(|row| row.convert(&mut texts)).collect::<Result<_, _>>()?;
    let framework = Framework { nodes, indicators, links: links(conn, plan).await? };
    let (locks, overrides) = (locks(conn, plan).await?, overrides(conn, plan).await?);
    Ok(Results { framework, readings, locks, overrides, approved })
}

/// The newest texts of everything.
async fn texts(conn: &mut Conn, plan: PlanId) -> Result<Texts, StoreError> {
    let sql = "
        SELECT t.id, t.version, t.body
        FROM texts t
        JOIN result_nodes n ON t.id IN (n.title_id, n.assumptions_id, n.risks_id)
        WHERE n.plan_id = $1
        UNION ALL
        SELECT t.id, t.version, t.body
        FROM texts t
        JOIN indicators i ON t.id IN (i.title_id, i.definition_id, i.verification_id)
        WHERE i.plan_id = $1
        UNION ALL
        SELECT t.id, t.version, t.body
        FROM readings r
        JOIN indicators i ON i.id = r.indicator_id
        JOIN texts t ON t.id = r.narrative_id
        WHERE i.plan_id = $1";
    let rows: Vec<(Uuid, i64, String)> = on!(conn, |c| -> sqlx::query_as(sql).bind(plan.0).fetch_all(c).await?);
    let text = |(id, version, body)| (id, Text { id: TextId(id), version, body });
    Ok(Texts(rows.into_iter().map(text).collect()))
}

async fn links(conn: &mut Conn, plan: PlanId) -> Result<Vec<Link>, StoreError> {
    let sql = "
        SELECT l.item_id, l.output_id, l.turn, l.rank
        FROM result_links l
        JOIN result_nodes n ON n.id = l.output_id
        WHERE n.plan_id = $1
        ORDER BY l.rank, l.item_id";
    let rows: Vec<(Uuid, Uuid, i64, String)> = on!(conn, |c| -> sqlx::query_as(sql).bind(plan.0).fetch_all(c).await?);
    let link = |(item, output, turn, rank): (Uuid, Uuid, i64, String)| {
        let turn = rows::known("turn", u16::try_from(turn).ok())?;
        Ok(Link { item: ItemId(item), output: NodeId(output), turn, rank: Rank::stored(rank) })
    };
    rows.into_iter().map(link).collect()
}

async fn locks(conn: &mut Conn, plan: PlanId) -> Result<Locks, StoreError> {
    let sql = "SELECT period FROM closed_periods WHERE plan_id = $1";
    let periods: Vec<String> = on!(conn, |c| -> sqlx::query_scalar(sql).bind(plan.0).fetch_all(c).await?);
    let periods = periods.iter().map(|period| rows::from_word("period", period));
    Ok(Locks(periods.collect::<Result<_, _>>()?))
}

async fn overrides(conn: &mut Conn, plan: PlanId) -> Result<BTreeMap<IndicatorId, Vec<Override>>, StoreError> {
    let sql = "
        SELECT o.indicator_id, o.period, o.light, o.reason
        FROM light_overrides o
        JOIN indicators i ON i.id = o.indicator_id
        WHERE i.plan_id = $1
        ORDER BY o.period";
    let rows: Vec<(Uuid, String, String, String)> =
        on!(conn, |c| -> sqlx::query_as(sql).bind(plan.0).fetch_all(c).await?);
    let mut overrides: BTreeMap<IndicatorId, Vec<Override>> = BTreeMap::new();
    for (indicator, period, light, reason) in rows {
        let by_hand = Override {
            period: rows::from_word("period", &period)?,
            light: rows::from_word("light", &light)?,
            reason: rows::from_word("reason", &reason)?,
        };
        overrides.entry(IndicatorId(indicator)).or_default().push(by_hand);
    }
    Ok(overrides)
}

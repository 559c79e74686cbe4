//! Action items with their texts and co-partners.

mod put;

pub use put::apply_change;

use super::{Conn, StoreError, conn::on, rows};
use crate::domain::{
    board::Card,
    ids::{ItemId, ObjectiveId, OrgId, PlanId, Revision, StatusId, TextId},
    items::{Facts, Item},
    measure::{Measure, Quantity},
    rank::Rank,
    text::{Text, Unit},
};
use sqlx::FromRow;
use std::collections::HashMap;
use uuid::Uuid;

#[derive(FromRow)]
struct ItemRow {
    id: Uuid,
    number: i64,
    #[sqlx(flatten)]
    texts: TextsRow,
    #[sqlx(flatten)]
    facts: FactsRow,
    status_id: Uuid,
    rank: String,
    published: bool,
    archived: bool,
}

#[derive(FromRow)]
struct TextsRow {
    title_id: Uuid,
    title_version: i64,
    title: String,
    description_id: Uuid,
    description_version: i64,
    description: String,
}

impl TextsRow {
    /// Title and description.
    fn convert(self) -> (Text, Text) {
        let title = Text { id: TextId(self.title_id), version: self.title_version, body: self.title };
        let (id, version) = (TextId(self.description_id), self.description_version);
        (title, Text { id, version, body: self.description })
    }
}

#[derive(FromRow)]
struct CardRow {
    id: Uuid,
    number: i64,
    title: String,
    #[sqlx(flatten)]
    facts: FactsRow,
    status_id: Uuid,
    rank: String,
    published: bool,
    archived: bool,
}

#[derive(FromRow)]
struct FactsRow {
    objective_id: Uuid,
    lead_id: Uuid,
    starts: Option<String>,
    due: Option<String>,
    unit: Option<String>,
    baseline: Option<i64>,
    target: Option<i64>,
    current_value: Option<i64>,
}

impl FactsRow {
    fn convert(self, co_partners: Vec<OrgId>) -> Result<Facts, StoreError> {
        let measure = self.measure()?;
        Ok(Facts {
            objective: ObjectiveId(self.objective_id),
            lead: OrgId(self.lead_id),
            co_partners,
            start: rows::day_if_any(self.starts.as_deref())?,
            due: rows::day_if_any(self.due.as_deref())?,
            measure,
        })
    }

    fn measure(&self) -> Result<Option<Measure>, StoreError> {
        let Some(unit) = &self.unit else { return Ok(None) };
        let quantity = |stored: Option<i64>| rows::known("measure", stored.and_then(Quantity::from_thousandths));
        let unit = rows::known("unit", Unit::parse(unit).ok())?;
        let numbers = (quantity(self.baseline)?, quantity(self.target)?, quantity(self.current_value)?);
        rows::known("measure", Measure::new(unit, numbers.0, numbers.1, numbers.2).ok()).map(Some)
    }
}

impl ItemRow {
    fn convert(self, co_partners: Vec<OrgId>) -> Result<Item, StoreError> {
        let (title, description) = self.texts.convert();
        Ok(Item {
            id: ItemId(self.id),
            number: self.number,
            title,
            description,
            facts: self.facts.convert(co_partners)?,
            status: StatusId(self.status_id),
            rank: Rank::stored(self.rank),
            published: self.published,
            archived: self.archived,
        })
    }
}

impl CardRow {
    fn convert(self, co_partners: Vec<OrgId>) -> Result<Card, StoreError> {
        Ok(Card {
            id: ItemId(self.id),
            number: self.number,
            title: self.title,
            facts: self.facts.convert(co_partners)?,
            status: StatusId(self.status_id),
            rank: Rank::stored(self.rank),
            published: self.published,
            archived: self.archived,
        })
    }
}

/// Every card of a plan, the archive's too, in two queries.
pub async fn board_cards(conn: &mut Conn, plan: PlanId) -> Result<Vec<Card>, StoreError> {
    let partners = "
        SELECT p.item_id, p.organisation_id
        FROM item_partners p
        JOIN items i ON i.id = p.item_id
        WHERE i.plan_id = $1
        ORDER BY p.item_id, p.position";
    let partners: Vec<(Uuid, Uuid)> = on!(conn, |c| -> sqlx::query_as(partners).bind(plan.0).fetch_all(c).await?);
    let mut by_item: HashMap<Uuid, Vec<OrgId>> = HashMap::new();
    for (item, org) in partners {
        by_item.entry(item).or_default().push(OrgId(org));
    }
    let cards = "
        SELECT i.id, i.number, t.body AS title, i.objective_id, i.lead_id, i.starts, i.due, i.unit, i.baseline,
               i.target, i.current_value, i.status_id, i.rank, i.published, i.archived
        FROM items i
        JOIN texts t ON t.id = i.title_id
        WHERE i.plan_id = $1";
    let cards: Vec<CardRow> = on!(conn, |c| -> sqlx::query_as(cards).bind(plan.0).fetch_all(c).await?);
    cards
        .into_iter()
        .map(|row| {
            let co_partners = by_item.remove(&row.id).unwrap_or_default();
            row.convert(co_partners)
        })
        .collect()
}

/// Title and description of every item whose texts somebody has written, or come to see, since a revision.
pub async fn texts_since(
    conn: &mut Conn,
    plan: PlanId,
    since: Revision,
) -> Result<Vec<(ItemId, Text, Text)>, StoreError> {
    #[derive(FromRow)]
    struct Row {
        id: Uuid,
        #[sqlx(flatten)]
        texts: TextsRow,
    }
    let sql = "
        SELECT i.id, t.id AS title_id, t.version AS title_version, t.body AS title, d.id AS description_id,
               d.version AS description_version, d.body AS description
        FROM items i
        JOIN texts t ON t.id = i.title_id
        JOIN texts d ON d.id = i.description_id
        WHERE i.plan_id = $1 AND i.id IN (
            SELECT x.subject_id
            FROM change_texts c
            JOIN texts x ON x.id = c.text_id
            WHERE c.plan_id = $1 AND c.revision > $2)
        ORDER BY i.number";
    let rows: Vec<Row> = on!(conn, |c| -> sqlx::query_as(sql).bind(plan.0).bind(since.0).fetch_all(c).await?);
    let texts = rows.into_iter().map(|row| {
        let (title, description) = row.texts.convert();
        (ItemId(row.id), title, description)
    });
    Ok(texts.collect())
}

/// An item by id.
pub async fn item(conn: &mut Conn, id: ItemId) -> Result<Option<Item>, StoreError> {
    let sql = "
        SELECT i.id, i.number, i.title_id, t.version AS title_version, t.body AS title, i.description_id,
               d.version AS description_version, d.body AS description, i.objective_id, i.lead_id, i.starts, i.due,
               i.unit, i.baseline, i.target, i.current_value, i.status_id, i.rank, i.published, i.archived
        FROM items i
        JOIN texts t ON t.id = i.title_id
        JOIN texts d ON d.id = i.description_id
        WHERE i.id = $1";
    let row: Option<ItemRow> = on!(conn, |c| -> sqlx::query_as(sql).bind(id.0).fetch_optional(c).await?);
    let Some(row) = row else { return Ok(None) };
    let partners = "SELECT organisation_id FROM item_partners WHERE item_id = $1 ORDER BY position";
    let partners: Vec<Uuid> = on!(conn, |c| -> sqlx::query_scalar(partners).bind(id.0).fetch_all(c).await?);
    row.convert(partners.into_iter().map(OrgId).collect()).map(Some)
}

/// An item by its number in a plan.
pub async fn item_by_number(conn: &mut Conn, plan: PlanId, number: i64) -> Result<Option<Item>, StoreError> {
    let sql = "SELECT id FROM items WHERE plan_id = $1 AND number = $2";
    let id: Option<Uuid> = on!(conn, |c| -> sqlx::query_scalar(sql).bind(plan.0).bind(number).fetch_optional(c).await?);
    match id {
        Some(id) => item(conn, ItemId(id)).await,
        None => Ok(None),
    }
}

/// The highest number in a plan; 0 when it has no items.
pub async fn last_number(conn: &mut Conn, plan: PlanId) -> Result<i64, StoreError> {
    let sql = "SELECT coalesce(max(number), 0) FROM items WHERE plan_id = $1";
    Ok(on!(conn, |c| -> sqlx::query_scalar(sql).bind(plan.0).fetch_one(c).await?))
}

/// The ranks around a place in a status; archived items keep theirs, and count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Neighbours {
    pub above: Option<Rank>,
    pub below: Option<Rank>,
}

/// The place right below `after`, which `moving` leaves; the end of the status if `after` is no longer in it.
pub async fn place_after(
    conn: &mut Conn,
    status: StatusId,
    after: ItemId,
    moving: ItemId,
) -> Result<Neighbours, StoreError> {
    let above = "
        SELECT coalesce(
            (SELECT rank FROM items WHERE id = $2 AND status_id = $1),
            (SELECT max(rank) FROM items WHERE status_id = $1 AND id <> $3))";
    let above: Option<String> = on!(conn, |c| -> {
        sqlx::query_scalar(above).bind(status.0).bind(after.0).bind(moving.0).fetch_one(c).await?
    });
    let below = "SELECT min(rank) FROM items WHERE status_id = $1 AND rank > $2 AND id <> $3";
    let below: Option<String> = match &above {
        Some(rank) => on!(conn, |c| -> {
            sqlx::query_scalar(below).bind(status.0).bind(rank).bind(moving.0).fetch_one(c).await?
        }),
        None => None,
    };
    Ok(Neighbours { above: above.map(Rank::stored), below: below.map(Rank::stored) })
}

/// The place above everything in a status.
pub async fn top_of(conn: &mut Conn, status: StatusId, moving: ItemId) -> Result<Neighbours, StoreError> {
    let sql = "SELECT min(rank) FROM items WHERE status_id = $1 AND id <> $2";
    let below: Option<String> =
        on!(conn, |c| -> sqlx::query_scalar(sql).bind(status.0).bind(moving.0).fetch_one(c).await?);
    Ok(Neighbours { above: None, below: below.map(Rank::stored) })
}

/// Whether an organisation leads an item or takes part in one.
pub async fn takes_part(conn: &mut Conn, org: OrgId) -> Result<bool, StoreError> {
    let sql = "
        SELECT EXISTS (SELECT 1 FROM items WHERE lead_id = $1)
            OR EXISTS (SELECT 1 FROM item_partners WHERE organisation_id = $1)";
    Ok(on!(conn, |c| -> sqlx::query_scalar(sql).bind(org.0).fetch_one(c).await?))
}

/// Every item of a status in its order, the archive's too.
pub async fn in_order(conn: &mut Conn, status: StatusId) -> Result<Vec<(ItemId, Rank)>, StoreError> {
    let sql = "SELECT id, rank FROM items WHERE status_id = $1 ORDER BY rank, id";
    let rows: Vec<(Uuid, String)> = on!(conn, |c| -> sqlx::query_as(sql).bind(status.0).fetch_all(c).await?);
    Ok(rows.into_iter().map(|(id, rank)| (ItemId(id), Rank::stored(rank))).collect())
}

//! What a change says of an item, written into the rows.

use crate::{
    domain::{
        ids::{ItemId, OrgId, PlanId},
        items::{Facts, Item, ItemChange},
    },
    store::{Conn, StoreError, conn::on},
};

/// Writes what a change says into the rows. Texts are written by [`crate::store::add_change`], before.
pub async fn apply_change(conn: &mut Conn, plan: PlanId, change: &ItemChange) -> Result<(), StoreError> {
    match change {
        ItemChange::Created(item) => {
            insert(conn, plan, item).await?;
            set_partners(conn, item.id, &item.facts.co_partners).await
        }
        ItemChange::Edited { item, title, description, facts } => {
            if let Some(text) = title {
                let sql = "UPDATE items SET title_id = $2 WHERE id = $1";
                on!(conn, |c| sqlx::query(sql).bind(item.0).bind(text.id.0).execute(c).await?);
            }
            if let Some(text) = description {
                let sql = "UPDATE items SET description_id = $2 WHERE id = $1";
                on!(conn, |c| sqlx::query(sql).bind(item.0).bind(text.id.0).execute(c).await?);
            }
            match facts {
                Some(facts) => set_facts(conn, *item, facts).await,
                None => Ok(()),
            }
        }
        ItemChange::Moved { item, to, rank } => {
            let sql = "UPDATE items SET status_id = $2, rank = $3 WHERE id = $1";
            on!(conn, |c| sqlx::query(sql).bind(item.0).bind(to.0).bind(rank.as_str()).execute(c).await?);
            Ok(())
        }
        ItemChange::Ranked { item, rank } => {
            let sql = "UPDATE items SET rank = $2 WHERE id = $1";
            on!(conn, |c| sqlx::query(sql).bind(item.0).bind(rank.as_str()).execute(c).await?);
            Ok(())
        }
        ItemChange::Withdrawn { item } => withdraw_texts(conn, *item).await,
        ItemChange::Shown(item) => set_published(conn, item.id, true).await,
        ItemChange::Hidden { item } => set_published(conn, *item, false).await,
        ItemChange::Archived { item } => set_archived(conn, *item, true).await,
        ItemChange::Restored(item) => set_archived(conn, item.id, false).await,
    }
}

/// Empties every wording of an item's texts but the newest. Changes point to these rows, so history forgets them too.
async fn withdraw_texts(conn: &mut Conn, item: ItemId) -> Result<(), StoreError> {
    let sql = "
        UPDATE texts SET body = ''
        WHERE subject_id = $1
          AND id NOT IN (SELECT title_id FROM items WHERE id = $1)
          AND id NOT IN (SELECT description_id FROM items WHERE id = $1)";
    on!(conn, |c| sqlx::query(sql).bind(item.0).execute(c).await?);
    Ok(())
}

async fn insert(conn: &mut Conn, plan: PlanId, item: &Item) -> Result<(), StoreError> {
    let sql = "
        INSERT INTO items (id, plan_id, number, title_id, description_id, objective_id, lead_id, starts, due, unit,
                           baseline, target, current_value, status_id, rank, published, archived)
        VALUES            ($1, $2,      $3,     $4,       $5,             $6,           $7,      $8,     $9,  $10,
                           $11,      $12,    $13,           $14,       $15,  $16,       $17)";
    let facts = &item.facts;
    let measure = facts.measure.as_ref();
    on!(conn, |c| {
        sqlx::query(sql)
            .bind(item.id.0)
            .bind(plan.0)
            .bind(item.number)
            .bind(item.title.id.0)
            .bind(item.description.id.0)
            .bind(facts.objective.0)
            .bind(facts.lead.0)
            .bind(facts.start.map(|day| day.to_string()))
            .bind(facts.due.map(|day| day.to_string()))
            .bind(measure.map(|measure| measure.unit.as_str()))
            .bind(measure.map(|measure| measure.baseline.thousandths()))
            .bind(measure.map(|measure| measure.target.thousandths()))
            .bind(measure.map(|measure| measure.current.thousandths()))
            .bind(item.status.0)
            .bind(item.rank.as_str())
            .bind(item.published)
            .bind(item.archived)
            .execute(c)
            .await?
    });
    Ok(())
}

async fn set_facts(conn: &mut Conn, item: ItemId, facts: &Facts) -> Result<(), StoreError> {
    let sql = "
        UPDATE items
        SET objective_id = $2, lead_id = $3, starts = $4, due = $5,
            unit = $6, baseline = $7, target = $8, current_value = $9
        WHERE id = $1";
    let measure = facts.measure.as_ref();
    on!(conn, |c| {
        sqlx::query(sql)
            .bind(item.0)
            .bind(facts.objective.0)
            .bind(facts.lead.0)
            .bind(facts.start.map(|day| day.to_string()))
            .bind(facts.due.map(|day| day.to_string()))
            .bind(measure.map(|measure| measure.unit.as_str()))
            .bind(measure.map(|measure| measure.baseline.thousandths()))
            .bind(measure.map(|measure| measure.target.thousandths()))
            .bind(measure.map(|measure| measure.current.thousandths()))
            .execute(c)
            .await?
    });
    set_partners(conn, item, &facts.co_partners).await
}

async fn set_partners(conn: &mut Conn, item: ItemId, partners: &[OrgId]) -> Result<(), StoreError> {
    let sql = "DELETE FROM item_partners WHERE item_id = $1";
    on!(conn, |c| sqlx::query(sql).bind(item.0).execute(c).await?);
    let sql = "
        INSERT INTO item_partners (item_id, organisation_id, position)
        VALUES                    ($1,      $2,              $3)
        ON CONFLICT (item_id, organisation_id) DO NOTHING";
    for (position, org) in (0_i64..).zip(partners) {
        on!(conn, |c| sqlx::query(sql).bind(item.0).bind(org.0).bind(position).execute(c).await?);
    }
    Ok(())
}

async fn set_published(conn: &mut Conn, item: ItemId, published: bool) -> Result<(), StoreError> {
    let sql = "UPDATE items SET published = $2 WHERE id = $1";
    on!(conn, |c| sqlx::query(sql).bind(item.0).bind(published).execute(c).await?);
    Ok(())
}

async fn set_archived(conn: &mut Conn, item: ItemId, archived: bool) -> Result<(), StoreError> {
    let sql = "UPDATE items SET archived = $2 WHERE id = $1";
    on!(conn, |c| sqlx::query(sql).bind(item.0).bind(archived).execute(c).await?);
    Ok(())
}

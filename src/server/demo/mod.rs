//! The demo: the sample plan with its partners, its logical framework and an account for each role, all of it
//! illustrative. Every date moves by one whole number of quarters, so that 2019Q4 becomes the current quarter.

mod accounts;
mod framework;
mod sample;

use super::{AppState, setup, writer::record};
use crate::{
    domain::{
        change::{Change, Entry},
        day::{Day, Quarter},
        ids::{MemberId, OpId, PlanId, Revision},
        items::{Item, ItemChange},
        rank::Rank,
    },
    store::{self, Conn, Network, StoreError},
};
use sample::Sample;
use std::collections::HashMap;
use uuid::Uuid;

pub use accounts::{ACCOUNTS, PASSWORD};

/// The quarter in which the sample plan was written down.
const SAMPLE_QUARTER: (i16, i8) = (2019, 4);

/// The sample network's name.
const NETWORK: &str = "Balkans ACT Now!";

/// Whether the database holds the demo already.
pub async fn is_there(state: &AppState) -> Result<bool, StoreError> {
    let mut conn = state.db.reader().await?;
    Ok(store::member_by_email(&mut conn, ACCOUNTS[0].email).await?.is_some())
}

/// Fills an empty database with the sample plan, filled up to `items` items if that is more.
pub async fn fill(state: &AppState, items: usize) -> Result<(), StoreError> {
    let clock = state.config.clock;
    let today = clock.today(setup::TIME_ZONE);
    let sample = Sample::new(shift(today));
    let mut tx = state.db.write().await?;
    for org in &sample.frame.organisations {
        store::save_organisation(&mut tx, org).await?;
    }
    let network = Network { name: NETWORK.to_owned(), requires_second_factor: false };
    store::set_network(&mut tx, &network).await?;
    let coordinator = accounts::add(&mut tx, &sample.frame, clock.now()).await?;
    let mut history = History { tx, plan: sample.frame.plan.id, actor: coordinator, at: clock.now(), last: 0 };
    history.add(Change::Opened(Box::new(sample.frame.clone()))).await?;
    let items = history.add_items(&sample, items, today).await?;
    for change in framework::changes(&sample, &items) {
        history.add(Change::Results(Box::new(change))).await?;
    }
    let History { mut tx, plan, last, .. } = history;
    store::move_revision(&mut tx, plan, last).await?;
    tx.commit().await
}

/// The middle of a day, in milliseconds since 1970, UTC.
fn noon(day: Day) -> i64 {
    let since = Day::new(1970, 1, 1).map_or(0, |first| first.days_until(day));
    (i64::from(since) * 24 + 12) * 3_600_000
}

/// How many quarters lie between the sample's own and today's.
fn shift(today: Day) -> i32 {
    Quarter::new(SAMPLE_QUARTER.0, SAMPLE_QUARTER.1).until(today.quarter())
}

/// Writes the demo's changes one after the other.
struct History {
    tx: Conn,
    plan: PlanId,
    actor: MemberId,
    at: i64,
    last: i64,
}

impl History {
    /// The sample's items, up to a number of them if that is more. What is done was recorded when it was due, the rest
    /// when the plan began.
    async fn add_items(&mut self, sample: &Sample, count: usize, today: Day) -> Result<Vec<Item>, StoreError> {
        let now = self.at;
        let mut ranks: HashMap<_, Rank> = HashMap::new();
        let mut items = Vec::new();
        for number in 1..=sample.len().max(count) {
            let mut item = sample.item(number);
            item.rank = Rank::between(ranks.get(&item.status), None);
            ranks.insert(item.status, item.rank.clone());
            items.push(item.clone());
            let done = item.facts.due.filter(|_| sample.frame.is_done(item.status));
            self.at = noon(done.unwrap_or(sample.frame.plan.starts).min(today));
            self.add(Change::Item(ItemChange::Created(Box::new(item)))).await?;
        }
        self.at = now;
        Ok(items)
    }

    async fn add(&mut self, change: Change) -> Result<(), StoreError> {
        self.last += 1;
        let op = OpId(Uuid::now_v7());
        let entry = Entry { revision: Revision(self.last), op, actor: self.actor, at: self.at, change };
        record(&mut self.tx, self.plan, &entry).await
    }
}

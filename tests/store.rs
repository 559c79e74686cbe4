//! Every query on both databases: what is written is what is read, and what must not be written is refused.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod support;

use act_board::{
    domain::{
        accounts::{Country, Member, OrgKind, Organisation, Role},
        change::{Change, Entry},
        day::Day,
        fields::Field,
        ids::{ItemId, MemberId, ObjectiveId, OpId, OrgId, PlanId, Revision, StatusId, TextId},
        items::{Facts, Item, ItemChange},
        measure::{Measure, Quantity},
        plan::{Frame, Mark, Objective, Plan, Status, StatusKind},
        rank::Rank,
        text::{Text, Unit},
    },
    server::writer::record,
    store::{self, Conn, Db, NewMember, NewSession, StoreError},
};
use support::databases::{BOTH, TestDb};
use uuid::Uuid;

/// A plan with two partners, one member and no items.
struct House {
    db: Db,
    frame: Frame,
    member: Member,
    revision: i64,
    _kept: TestDb,
}

fn organisation(short_name: &str, country: &str, kind: OrgKind) -> Organisation {
    Organisation {
        id: OrgId(Uuid::now_v7()),
        name: format!("The {short_name} organisation"),
        short_name: short_name.to_owned(),
        country: Country::parse(country),
        city: "Скопље".to_owned(),
        website: String::new(),
        kind,
    }
}

fn frame() -> Frame {
    let status = |slug: &str, kind, name: Option<&str>, limit| Status {
        id: StatusId(Uuid::now_v7()),
        slug: slug.to_owned(),
        name: name.map(str::to_owned),
        kind,
        limit,
    };
    Frame {
        plan: Plan {
            id: PlanId(Uuid::now_v7()),
            title: "Акциони план".to_owned(),
            starts: Day::parse("2026-01-01").unwrap(),
            ends: Day::parse("2027-12-31").unwrap(),
            time_zone: "Europe/Belgrade".to_owned(),
        },
        objectives: vec![Objective {
            id: ObjectiveId(Uuid::now_v7()),
            code: "O1".to_owned(),
            title: "A network".to_owned(),
            mark: Mark::Star,
        }],
        statuses: vec![
            status("planned", StatusKind::Planned, None, Some(5)),
            status("done", StatusKind::Done, Some("Готово"), None),
        ],
        organisations: vec![
            organisation("ONE", "RS", OrgKind::Partner),
            organisation("TWO", "MK", OrgKind::Partner),
            organisation("EU", "", OrgKind::Donor),
        ],
    }
}

impl House {
    async fn new(kind: support::databases::Kind) -> Self {
        let kept = TestDb::new(kind).await;
        let db = kept.open().await;
        let frame = frame();
        let id = MemberId(Uuid::now_v7());
        let member = Member { id, name: "Partner".to_owned(), org: frame.organisations[0].id, role: Role::Partner };
        let mut house = Self { db, frame, member, revision: 0, _kept: kept };
        let mut tx = house.db.write().await.unwrap();
        for org in &house.frame.organisations {
            store::save_organisation(&mut tx, org).await.unwrap();
        }
        let new =
            NewMember { member: &house.member, email: "partner@one.example", password_hash: Some("hash"), now: 1 };
        store::add_member(&mut tx, new).await.unwrap();
        house.record(&mut tx, Change::Opened(Box::new(house.frame.clone()))).await.unwrap();
        tx.commit().await.unwrap();
        house
    }

    async fn record(&mut self, tx: &mut Conn, change: Change) -> Result<Entry, StoreError> {
        let revision = Revision(self.revision + 1);
        let entry = Entry { revision, op: OpId(Uuid::now_v7()), actor: self.member.id, at: 1_700_000_000_123, change };
        record(tx, self.frame.plan.id, &entry).await?;
        self.revision += 1;
        Ok(entry)
    }

    async fn change(&mut self, change: ItemChange) -> Entry {
        let mut tx = self.db.write().await.unwrap();
        let entry = self.record(&mut tx, Change::Item(change)).await.unwrap();
        tx.commit().await.unwrap();
        entry
    }

    fn item(&self, number: i64, rank: &Rank) -> Item {
        let text = |body: &str| Text { id: TextId(Uuid::now_v7()), version: 1, body: body.to_owned() };
        let quantity = |text| Quantity::parse(text).unwrap();
        let unit = Unit::parse("обучени").unwrap();
        Item {
            id: ItemId(Uuid::now_v7()),
            number,
            title: text("Ђ 'quoted' \"title\" ; --"),
            description: text("Line\nand **line**"),
            facts: Facts {
                objective: self.frame.objectives[0].id,
                lead: self.frame.organisations[0].id,
                co_partners: vec![self.frame.organisations[1].id],
                start: Day::parse("2026-02-28"),
                due: None,
                measure: Measure::new(unit, quantity("40"), quantity("10"), quantity("2,5")).ok(),
            },
            status: self.frame.statuses[0].id,
            rank: rank.clone(),
            published: false,
            archived: false,
        }
    }

    async fn read(&self, id: ItemId) -> Option<Item> {
        store::item(&mut self.db.reader().await.unwrap(), id).await.unwrap()
    }
}

#[tokio::test]
async fn the_frame_of_a_plan_reads_back_as_it_was_written() {
    for kind in BOTH {
        let house = House::new(kind).await;
        let mut conn = house.db.snapshot().await.unwrap();
        assert_eq!(store::current_plan(&mut conn).await.unwrap(), Some(house.frame.plan.id));
        assert_eq!(store::frame(&mut conn, house.frame.plan.id).await.unwrap(), house.frame, "{kind:?}");
        let org = &house.frame.organisations[1];
        assert_eq!(store::organisation(&mut conn, org.id).await.unwrap().as_ref(), Some(org));
        assert_eq!(store::organisation(&mut conn, OrgId(Uuid::nil())).await.unwrap(), None);
    }
}

#[tokio::test]
async fn every_change_of_an_item_is_in_its_row_and_in_history() {
    for kind in BOTH {
        let mut house = House::new(kind).await;
        let plan = house.frame.plan.id;
        let mut item = house.item(1, &Rank::between(None, None));
        let created = house.change(ItemChange::Created(Box::new(item.clone()))).await;
        assert_eq!(house.read(item.id).await.as_ref(), Some(&item), "{kind:?}");

        item.title = Text { id: TextId(Uuid::now_v7()), version: 2, body: "Second".to_owned() };
        item.facts = Facts { co_partners: Vec::new(), due: Day::parse("2026-03-01"), measure: None, ..item.facts };
        let facts = Some(Box::new(item.facts.clone()));
        let title = Some(item.title.clone());
        house.change(ItemChange::Edited { item: item.id, title, description: None, facts }).await;
        assert_eq!(house.read(item.id).await.as_ref(), Some(&item), "{kind:?}");

        (item.status, item.rank) = (house.frame.statuses[1].id, Rank::between(Some(&item.rank), None));
        house.change(ItemChange::Moved { item: item.id, to: item.status, rank: item.rank.clone() }).await;
        item.published = true;
        house.change(ItemChange::Shown(Box::new(item.clone()))).await;
        assert_eq!(house.read(item.id).await.as_ref(), Some(&item), "{kind:?}");
        house.change(ItemChange::Hidden { item: item.id }).await;
        house.change(ItemChange::Archived { item: item.id }).await;
        let read = house.read(item.id).await.unwrap();
        assert_eq!((read.published, read.archived), (false, true));
        (item.published, item.archived) = (false, false);
        house.change(ItemChange::Restored(Box::new(item.clone()))).await;
        assert_eq!(house.read(item.id).await.as_ref(), Some(&item), "{kind:?}");

        let mut conn = house.db.snapshot().await.unwrap();
        let entries = store::changes_since(&mut conn, plan, Revision(1), 100).await.unwrap();
        assert_eq!(entries.iter().map(|entry| entry.revision.0).collect::<Vec<_>>(), [2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(entries[0], created, "a change comes back with its texts");
        assert_eq!(store::changes_since(&mut conn, plan, Revision(2), 3).await.unwrap().len(), 3);
        let turns = |after, until| (Revision(after), Revision(until));
        for ((after, until), expected) in
            [(turns(1, 100), vec![2, 4]), (turns(2, 100), vec![4]), (turns(1, 3), vec![2])]
        {
            let turns = store::turns_between(&mut conn, plan, after, until).await.unwrap();
            assert_eq!(turns.iter().map(|entry| entry.revision.0).collect::<Vec<_>>(), expected, "{kind:?}");
        }
        let known = store::change_by_op(&mut conn, created.op).await.unwrap();
        assert_eq!(known, Some((plan, created)));
        assert_eq!(store::change_by_op(&mut conn, OpId(Uuid::nil())).await.unwrap(), None);
        let version = |version| (item.id, Field::Title, version);
        for ((id, field, version), body) in [(version(1), Some("Ђ 'quoted' \"title\" ; --")), (version(3), None)] {
            let text = store::text_version(&mut conn, id, field, version).await.unwrap();
            assert_eq!(text.as_deref(), body);
        }
    }
}

#[tokio::test]
async fn an_item_is_found_by_number_and_plan_and_on_the_board() {
    for kind in BOTH {
        let mut house = House::new(kind).await;
        let plan = house.frame.plan.id;
        assert_eq!(store::last_number(&mut house.db.reader().await.unwrap(), plan).await.unwrap(), 0);
        let mut rank = Rank::between(None, None);
        let mut items = Vec::new();
        for number in 1..=3 {
            let item = house.item(number, &rank);
            rank = Rank::between(Some(&rank), None);
            house.change(ItemChange::Created(Box::new(item.clone()))).await;
            items.push(item);
        }
        let mut conn = house.db.snapshot().await.unwrap();
        assert_eq!(store::last_number(&mut conn, plan).await.unwrap(), 3);
        assert_eq!(store::item_by_number(&mut conn, plan, 2).await.unwrap().as_ref(), Some(&items[1]));
        assert_eq!(store::item_by_number(&mut conn, plan, 4).await.unwrap(), None);
        assert_eq!(store::item_by_number(&mut conn, PlanId(Uuid::nil()), 2).await.unwrap(), None);
        assert_eq!(store::item_plan(&mut conn, items[0].id).await.unwrap(), Some(plan));
        let mut cards = store::board_cards(&mut conn, plan).await.unwrap();
        cards.sort_by_key(|card| card.number);
        assert_eq!(cards, items.iter().cloned().map(Into::into).collect::<Vec<_>>(), "{kind:?}");

        let texts = store::texts_since(&mut conn, plan, Revision(0)).await.unwrap();
        let expected = |item: &Item| (item.id, item.title.clone(), item.description.clone());
        assert_eq!(texts, items.iter().map(expected).collect::<Vec<_>>(), "{kind:?}");
        let newest = store::texts_since(&mut conn, plan, Revision(house.revision - 1)).await.unwrap();
        assert_eq!(newest, [expected(&items[2])]);
    }
}

#[tokio::test]
async fn a_place_lies_between_its_neighbours() {
    for kind in BOTH {
        let mut house = House::new(kind).await;
        let status = house.frame.statuses[0].id;
        let ranks = [0, 1, 2].iter().fold(Vec::<Rank>::new(), |mut ranks, _| {
            ranks.push(Rank::between(ranks.last(), None));
            ranks
        });
        let mut ids = Vec::new();
        for (number, rank) in (1..).zip(&ranks) {
            let item = house.item(number, rank);
            ids.push(item.id);
            house.change(ItemChange::Created(Box::new(item))).await;
        }
        let mut conn = house.db.snapshot().await.unwrap();
        let elsewhere = ItemId(Uuid::now_v7());
        let place = store::place_after(&mut conn, status, ids[0], elsewhere).await.unwrap();
        assert_eq!((place.above, place.below), (Some(ranks[0].clone()), Some(ranks[1].clone())), "{kind:?}");
        // The moving item is not its own neighbour.
        let place = store::place_after(&mut conn, status, ids[0], ids[1]).await.unwrap();
        assert_eq!((place.above, place.below), (Some(ranks[0].clone()), Some(ranks[2].clone())));
        // A neighbour that has left means the end.
        let place = store::place_after(&mut conn, status, elsewhere, ids[0]).await.unwrap();
        assert_eq!((place.above, place.below), (Some(ranks[2].clone()), None));
        let top = store::top_of(&mut conn, status, ids[0]).await.unwrap();
        assert_eq!((top.above, top.below), (None, Some(ranks[1].clone())));
        let empty = store::top_of(&mut conn, house.frame.statuses[1].id, ids[0]).await.unwrap();
        assert_eq!((empty.above, empty.below), (None, None));
        drop(conn);

        // Another name for the first place, behind the others.
        let rank = Rank::between(ranks.last(), None);
        house.change(ItemChange::Ranked { item: ids[0], rank: rank.clone() }).await;
        let mut conn = house.db.snapshot().await.unwrap();
        let order = [(ids[1], ranks[1].clone()), (ids[2], ranks[2].clone()), (ids[0], rank)];
        assert_eq!(store::in_order(&mut conn, status).await.unwrap(), order, "{kind:?}");
        assert_eq!(store::in_order(&mut conn, house.frame.statuses[1].id).await.unwrap(), []);
    }
}

#[tokio::test]
async fn a_session_serves_until_it_ends() {
    for kind in BOTH {
        let house = House::new(kind).await;
        let mut tx = house.db.write().await.unwrap();
        let stored = store::member_by_email(&mut tx, "partner@one.example").await.unwrap().unwrap();
        assert_eq!((stored.member, stored.password_hash.as_str()), (house.member.clone(), "hash"));
        assert!(store::member_by_email(&mut tx, "nobody@one.example").await.unwrap().is_none());
        for (hash, created_at, expires_at) in [("old", 10, 20), ("new", 30, 100)] {
            let new = NewSession {
                token_hash: hash,
                member: house.member.id,
                device: "Firefox, Linux",
                created_at,
                expires_at,
            };
            store::add_session(&mut tx, new).await.unwrap();
        }
        let live = async |tx: &mut Conn, hash: &str, now| {
            let session = store::live_session(tx, hash, now).await.unwrap();
            session.map(|session| (session.member, session.expires_at))
        };
        assert!(live(&mut tx, "old", 15).await.is_none(), "swept away by the new one");
        assert_eq!(live(&mut tx, "new", 99).await, Some((house.member.clone(), 100)));
        assert_eq!(live(&mut tx, "new", 100).await, None);
        store::extend_session(&mut tx, "new", 60, 200).await.unwrap();
        assert_eq!(live(&mut tx, "new", 150).await, Some((house.member.clone(), 200)));
        let own = store::sessions_of(&mut tx, house.member.id, 150).await.unwrap();
        let own: Vec<_> =
            own.iter().map(|session| (session.device.as_str(), session.created_at, session.used_at)).collect();
        assert_eq!(own, [("Firefox, Linux", 30, 60)]);
        assert_eq!(store::end_sessions(&mut tx, house.member.id, Some("new")).await.unwrap(), Vec::<String>::new());
        assert_eq!(store::end_session(&mut tx, "new").await.unwrap(), Some(house.member.id));
        assert_eq!(store::end_session(&mut tx, "new").await.unwrap(), None);
        assert_eq!(live(&mut tx, "new", 150).await, None);
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn what_must_not_be_stored_is_refused_and_leaves_no_trace() {
    for kind in BOTH {
        let mut house = House::new(kind).await;
        let item = house.item(1, &Rank::between(None, None));
        house.change(ItemChange::Created(Box::new(item.clone()))).await;
        let mut tx = house.db.write().await.unwrap();
        tx.savepoint().await.unwrap();
        let again = house.item(1, &item.rank);
        let taken = house.record(&mut tx, Change::Item(ItemChange::Created(Box::new(again.clone())))).await;
        assert!(matches!(taken, Err(StoreError::Taken(_))), "{kind:?}: {taken:?}");
        tx.undo().await.unwrap();
        // The transaction goes on, and nothing of the failed part is in it.
        let mut next = house.item(2, &item.rank);
        next.facts.due = Day::parse("2026-02-27");
        tx.savepoint().await.unwrap();
        let early = house.record(&mut tx, Change::Item(ItemChange::Created(Box::new(next.clone())))).await;
        assert!(early.is_err(), "{kind:?}: due before start is refused by the database too");
        tx.undo().await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(house.read(again.id).await, None);
        let mut conn = house.db.snapshot().await.unwrap();
        let text = store::text_version(&mut conn, again.id, Field::Title, 1).await.unwrap();
        assert_eq!(text, None, "{kind:?}: no text is left behind");
    }
}

#[tokio::test]
async fn revisions_move_together_with_what_they_count() {
    for kind in BOTH {
        let house = House::new(kind).await;
        let plan = house.frame.plan.id;
        let mut tx = house.db.write().await.unwrap();
        assert_eq!(store::move_revision(&mut tx, plan, 3).await.unwrap(), Revision(3));
        assert_eq!(store::move_revision(&mut tx, plan, -2).await.unwrap(), Revision(1));
        tx.commit().await.unwrap();
        assert_eq!(store::revision(&mut house.db.reader().await.unwrap(), plan).await.unwrap(), Revision(1));
        assert_eq!(house.db.integrity().await.unwrap(), Vec::<String>::new(), "{kind:?}");
        let mut tx = house.db.write().await.unwrap();
        store::move_revision(&mut tx, plan, 1).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(house.db.integrity().await.unwrap().len(), 1, "{kind:?}: a gap in history is found");
    }
}

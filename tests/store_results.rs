//! The logical framework on both databases: whatever is recorded is read back as it was, and what hangs on something
//! else outlives neither it nor a restore.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod support;

use act_board::{
    domain::{
        accounts::{Country, Member, OrgKind, Organisation, Role},
        change::{Change, Entry},
        day::{Day, Quarter},
        ids::{
            IndicatorId, ItemId, MemberId, NodeId, ObjectiveId, OpId, OrgId, PlanId, ReadingId, Revision, StatusId,
            TextId,
        },
        items::{Facts, Item, ItemChange},
        plan::{Frame, Mark, Objective, Plan, Status, StatusKind},
        rank::Rank,
        results::{
            change::{Results, ResultsChange},
            indicator::{Frequency, Indicator},
            light::{Light, Override},
            reading::Reading,
            state::{State, Step},
            tree::{Level, Link, Node},
            withheld::Withheld,
        },
        text::{Reason, Text},
    },
    server::writer::record,
    store::{self, Access, Db, NewMember, StoreError},
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use support::{
    databases::{BOTH, Kind, TestDb},
    statements::counted,
};
use uuid::Uuid;

/// What a careless query would trip over.
const QUOTED: &str = "Ђ 'quoted' \"title\" ; --";

/// A plan with two objectives, a partner, and nothing else.
struct House {
    db: Db,
    frame: Frame,
    member: Member,
    revision: i64,
    /// As a browser has it that heard of every change.
    heard: Results,
    _kept: TestDb,
}

fn parsed<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("{error}: {value}"))
}

fn quarter(text: &str) -> Quarter {
    text.parse().unwrap()
}

fn text(version: i64, body: &str) -> Text {
    Text { id: TextId(Uuid::now_v7()), version, body: body.to_owned() }
}

fn reason(words: &str) -> Reason {
    Reason::parse(words).unwrap()
}

fn rank(digits: &str) -> Rank {
    Rank::stored(digits.to_owned())
}

fn node(level: Level, parent: Option<&Node>, place: &str) -> Node {
    Node {
        id: NodeId(Uuid::now_v7()),
        level,
        parent: parent.map(|parent| parent.id),
        rank: rank(place),
        title: text(1, QUOTED),
        assumptions: text(1, "Influencë\nand **lines**"),
        risks: text(1, ""),
        objective: None,
    }
}

/// One of each kind of scale.
fn scales() -> [Value; 3] {
    let baseline = |value: Value| json!({ "value": value, "year": 2018 });
    let target = |period: &str, value: Value| json!({ "period": period, "value": value });
    [
        json!({ "kind": "number", "direction": "increase", "accumulation": "cumulative",
                "baseline": baseline(json!({ "number": 2500 })),
                "targets": [target("2019Q4", json!({ "number": 4000 })),
                            target("2020Q4", json!({ "number": 7000 }))] }),
        json!({ "kind": "ratio", "direction": "decrease", "accumulation": "periodic", "baseline": null,
                "targets": [] }),
        json!({ "kind": "qualitative", "direction": "increase", "accumulation": "latest",
                "baseline": baseline(json!({ "words": "нема" })),
                "targets": [target("2020Q4", json!({ "words": QUOTED }))] }),
    ]
}

impl House {
    async fn new(kind: Kind) -> Self {
        let kept = TestDb::new(kind).await;
        let db = kept.open().await;
        let org = Organisation {
            id: OrgId(Uuid::now_v7()),
            name: "The ONE organisation".to_owned(),
            short_name: "ONE".to_owned(),
            country: Country::parse("MK"),
            city: "Скопје".to_owned(),
            website: String::new(),
            kind: OrgKind::Partner,
        };
        let objective = |n| {
            let (code, title) = (format!("O{n}"), format!("Objective {n}"));
            Objective { id: ObjectiveId(Uuid::now_v7()), code, title, mark: Mark::Star }
        };
        let plan = Plan {
            id: PlanId(Uuid::now_v7()),
            title: "Акциони план".to_owned(),
            starts: Day::parse("2019-01-01").unwrap(),
            ends: Day::parse("2020-12-31").unwrap(),
            time_zone: "Europe/Belgrade".to_owned(),
        };
        let status = Status {
            id: StatusId(Uuid::now_v7()),
            slug: "planned".to_owned(),
            name: None,
            kind: StatusKind::Planned,
            limit: None,
        };
        let member = Member {
            id: MemberId(Uuid::now_v7()),
            name: "Coordinator".to_owned(),
            org: org.id,
            role: Role::Coordinator,
        };
        let objectives = [1, 2].map(objective).to_vec();
        let frame = Frame { plan, objectives, statuses: vec![status], organisations: vec![org] };
        let mut house = Self { db, frame, member, revision: 0, heard: Results::default(), _kept: kept };
        let mut tx = house.db.write().await.unwrap();
        store::save_organisation(&mut tx, &house.frame.organisations[0]).await.unwrap();
        let new = NewMember { member: &house.member, email: "one@one.example", password_hash: None, now: 1 };
        store::add_member(&mut tx, new).await.unwrap();
        tx.commit().await.unwrap();
        house.change(Change::Opened(Box::new(house.frame.clone()))).await;
        house
    }

    fn plan(&self) -> PlanId {
        self.frame.plan.id
    }

    async fn try_change(&mut self, change: Change) -> Result<Entry, StoreError> {
        let (revision, op) = (Revision(self.revision + 1), OpId(Uuid::now_v7()));
        let entry = Entry { revision, op, actor: self.member.id, at: 1_700_000_000_123, change };
        let mut tx = self.db.write().await?;
        record(&mut tx, self.plan(), &entry).await?;
        tx.commit().await?;
        self.revision += 1;
        Ok(entry)
    }

    async fn change(&mut self, change: Change) -> Entry {
        self.try_change(change).await.unwrap()
    }

    async fn put(&mut self, change: ResultsChange) -> Entry {
        self.heard.apply(&change);
        self.change(Change::Results(Box::new(change))).await
    }

    /// How many statements it takes to read everything.
    async fn statements(&self) -> usize {
        let mut conn = self.db.snapshot().await.unwrap();
        counted(store::results(&mut conn, self.plan())).await.1
    }

    /// What is stored, which is also what whoever heard of every change holds.
    async fn read(&self) -> Results {
        let stored = store::results(&mut self.db.snapshot().await.unwrap(), self.plan()).await.unwrap();
        assert_eq!(in_one_order(self.heard.clone()), in_one_order(stored.clone()));
        stored
    }

    async fn history(&self, since: i64) -> Vec<Entry> {
        let mut conn = self.db.snapshot().await.unwrap();
        store::changes_since(&mut conn, self.plan(), Revision(since), 1_000).await.unwrap()
    }

    fn indicator(&self, node: &Node, code: &str, scale: &Value) -> Indicator {
        Indicator {
            id: IndicatorId(Uuid::now_v7()),
            node: node.id,
            code: parsed(json!(code)),
            title: text(1, QUOTED),
            definition: text(1, "Signed by both sides"),
            unit: parsed(json!("споразуми")),
            scale: parsed(scale.clone()),
            verification: text(1, ""),
            frequency: Frequency::Quarter,
            responsible: self.frame.organisations[0].id,
            dimensions: Vec::new(),
            withheld: Withheld::default(),
        }
    }

    async fn add_node(&mut self, node: &Node) {
        self.put(ResultsChange::Node(Box::new(node.clone()))).await;
    }

    async fn add_indicator(&mut self, indicator: &Indicator) {
        let indicator = Box::new(indicator.clone());
        self.put(ResultsChange::Indicator { indicator, goals: None }).await;
    }

    async fn add_reading(&mut self, reading: &Reading) {
        self.put(ResultsChange::Reading(Box::new(reading.clone()))).await;
    }

    /// An impact with an outcome, which is the first objective, and an output.
    async fn chain(&mut self) -> [Node; 3] {
        let impact = node(Level::Impact, None, "4");
        let outcome = node(Level::Outcome, Some(&impact), "5");
        let outcome = Node { objective: Some(self.frame.objectives[0].id), ..outcome };
        let output = node(Level::Output, Some(&outcome), "6");
        let chain = [impact, outcome, output];
        for node in &chain {
            self.add_node(node).await;
        }
        chain
    }

    /// An output with so many indicators, each with two readings and a light set by hand.
    async fn add_output(&mut self, outcome: &Node, turn: u16, item: ItemId, indicators: usize) {
        let output = node(Level::Output, Some(outcome), "7");
        self.add_node(&output).await;
        self.put(ResultsChange::Linked(Link { item, output: output.id, turn, rank: rank("8") })).await;
        for n in 0..indicators {
            let indicator = self.indicator(&output, &format!("1.{turn}.{n}"), &scales()[0]);
            self.add_indicator(&indicator).await;
            for period in ["2019Q1", "2019Q2"] {
                self.add_reading(&reading(&indicator, period, json!({ "number": 3000 }))).await;
            }
            self.put(light(&indicator, "2019Q1", Light::Amber, "Signed in January").0).await;
        }
    }

    async fn add_item(&mut self) -> Item {
        let item = Item {
            id: ItemId(Uuid::now_v7()),
            number: 1,
            title: text(1, "The item's first words"),
            description: text(1, ""),
            facts: Facts {
                objective: self.frame.objectives[0].id,
                lead: self.frame.organisations[0].id,
                co_partners: Vec::new(),
                start: None,
                due: None,
                measure: None,
            },
            status: self.frame.statuses[0].id,
            rank: rank("8"),
            published: true,
            archived: false,
        };
        self.change(Change::Item(ItemChange::Created(Box::new(item.clone())))).await;
        item
    }
}

/// The same in an order that says nothing.
fn in_one_order(mut results: Results) -> Results {
    results.framework.nodes.sort_by_key(|node| node.id.0);
    results.framework.indicators.sort_by_key(|indicator| indicator.id.0);
    results.framework.links.sort_by_key(|link| (link.item.0, link.output.0));
    results.readings.sort_by_key(|reading| reading.id.0);
    results.approved.sort_by_key(|indicator| indicator.0);
    results
}

fn reading(indicator: &Indicator, period: &str, value: Value) -> Reading {
    Reading {
        id: ReadingId(Uuid::now_v7()),
        indicator: indicator.id,
        period: quarter(period),
        value: parsed(value),
        shares: Vec::new(),
        narrative: text(1, ""),
        evidence: Vec::new(),
        state: State::Draft,
        why: None,
    }
}

fn light(indicator: &Indicator, period: &str, light: Light, why: &str) -> (ResultsChange, Override) {
    let by_hand = Override { period: quarter(period), light, reason: reason(why) };
    let (indicator, period) = (indicator.id, by_hand.period);
    (ResultsChange::Light { indicator, period, by_hand: Some(by_hand.clone()) }, by_hand)
}

#[tokio::test]
async fn a_framework_reads_back_as_it_was_written() {
    for kind in BOTH {
        let mut house = House::new(kind).await;
        assert_eq!(house.read().await, Results::default(), "{kind:?}: a plan begins without");
        let mut expected = Results::default();
        expected.framework.nodes = house.chain().await.to_vec();
        assert_eq!(house.read().await, expected, "{kind:?}");

        let output = expected.framework.nodes[2].clone();
        for (code, scale) in ["1.1.a", "1.1.b", "1.1.c"].iter().zip(&scales()) {
            let mut indicator = house.indicator(&output, code, scale);
            if *code == "1.1.a" {
                let sex = json!({ "name": "пол", "categories": ["жене", "мушкарци"] });
                indicator.dimensions = parsed(json!([sex, { "name": "country", "categories": ["RS"] }]));
                indicator.frequency = Frequency::HalfYear;
            }
            house.add_indicator(&indicator).await;
            expected.framework.indicators.push(indicator);
            assert_eq!(house.read().await, expected, "{kind:?}");
        }

        let item = house.add_item().await.id;
        let link = Link { item, output: output.id, turn: 3, rank: rank("7f8") };
        house.put(ResultsChange::Linked(link.clone())).await;
        expected.framework.links.push(link);
        assert_eq!(house.read().await, expected, "{kind:?}");

        let node = &mut expected.framework.nodes[2];
        (node.title, node.risks, node.rank) = (text(2, "Second"), text(2, "A new law"), rank("3"));
        let node = node.clone();
        house.add_node(&node).await;
        // In order of rank.
        expected.framework.nodes.rotate_right(1);
        assert_eq!(house.read().await, expected, "{kind:?}: edited and moved");

        let indicator = &mut expected.framework.indicators[1];
        (indicator.definition, indicator.unit) = (text(2, "Other"), parsed(json!("judgments")));
        (indicator.scale, indicator.frequency) = (parsed(scales()[0].clone()), Frequency::Once);
        let indicator = indicator.clone();
        house.add_indicator(&indicator).await;
        assert_eq!(house.read().await, expected, "{kind:?}: edited");
    }
}

#[tokio::test]
async fn readings_locks_and_lights_read_back_as_they_were_written() {
    for kind in BOTH {
        let mut house = House::new(kind).await;
        let mut expected = Results::default();
        let chain = house.chain().await;
        for (code, scale) in ["1.1.a", "1.1.b", "1.1.c"].iter().zip(&scales()) {
            let indicator = house.indicator(&chain[2], code, scale);
            house.add_indicator(&indicator).await;
            expected.framework.indicators.push(indicator);
        }
        expected.framework.nodes = chain.to_vec();
        let indicators = expected.framework.indicators.clone();
        let [count, ratio, words] = indicators.as_slice() else { panic!("three were added") };

        let share =
            |category, number| json!({ "dimension": "пол", "category": category, "value": { "number": number } });
        let whole = Reading {
            shares: parsed(json!([share("жене", 1500), share("мушкарци", -500)])),
            narrative: text(1, QUOTED),
            evidence: parsed(json!([{ "citation": QUOTED }, { "link": "https://gazette.example/12?a=b" }])),
            state: State::Returned,
            ..reading(count, "2019Q1", json!({ "number": 1000 }))
        };
        let parts = json!({ "ratio": { "numerator": 3000, "denominator": 4500 } });
        let readings = [
            whole,
            reading(ratio, "2019Q2", parts),
            Reading { state: State::Submitted, ..reading(words, "2019Q3", json!({ "words": QUOTED })) },
            reading(words, "2020Q1", json!({ "words": "усвојен" })),
        ];
        for reading in readings {
            house.add_reading(&reading).await;
            expected.readings.push(reading);
            assert_eq!(house.read().await, expected, "{kind:?}");
        }
        let mended = &mut expected.readings[0];
        (mended.value, mended.narrative) = (parsed(json!({ "number": 0 })), text(2, "Mended"));
        (mended.shares, mended.evidence) = (Vec::new(), Vec::new());
        let mended = mended.clone();
        house.add_reading(&mended).await;
        assert_eq!(house.read().await, expected, "{kind:?}: mended");

        for (period, locked) in [("2019Q1", true), ("2019Q4", true), ("2019Q4", true), ("2019Q1", false)] {
            let period = quarter(period);
            house.put(ResultsChange::Locked { period, locked }).await;
            if locked {
                expected.locks.0.insert(period)
            } else {
                expected.locks.0.remove(&period)
            };
            assert_eq!(house.read().await, expected, "{kind:?}: {period} {locked}");
        }

        let (first, amber) = light(count, "2019Q1", Light::Amber, "Signed in January");
        let (second, grey) = light(count, "2019Q2", Light::Grey, "Ministry's figures came late");
        let (third, red) = light(words, "2019Q1", Light::Red, "Withdrawn again");
        for change in [first, second, third] {
            house.put(change).await;
        }
        expected.overrides = [(count.id, vec![amber, grey.clone()]), (words.id, vec![red])].into();
        assert_eq!(house.read().await, expected, "{kind:?}");
        let (other, green) = light(count, "2019Q1", Light::Green, "Signed in March");
        house.put(other).await;
        expected.overrides.insert(count.id, vec![green, grey.clone()]);
        assert_eq!(house.read().await, expected, "{kind:?}: at most one a period");
        house.put(ResultsChange::Light { indicator: count.id, period: quarter("2019Q1"), by_hand: None }).await;
        expected.overrides.insert(count.id, vec![grey]);
        assert_eq!(house.read().await, expected, "{kind:?}: the rule's again");
    }
}

#[tokio::test]
async fn what_was_approved_once_is_known_for_ever() {
    for kind in BOTH {
        let mut house = House::new(kind).await;
        let chain = house.chain().await;
        let [read, other] = ["1.1.a", "1.1.b"].map(|code| house.indicator(&chain[2], code, &scales()[0]));
        house.add_indicator(&read).await;
        house.add_indicator(&other).await;
        let kept = reading(&read, "2019Q1", json!({ "number": 3000 }));
        house.add_reading(&kept).await;
        let beside = reading(&other, "2019Q1", json!({ "number": 3000 }));
        house.add_reading(&beside).await;
        let way = [
            (Step::Submit, State::Submitted, None, vec![]),
            (Step::Approve, State::Approved, None, vec![read.id]),
            (Step::Reopen, State::Returned, Some(reason("Counted twice")), vec![read.id]),
        ];
        for (step, state, why, approved) in way {
            let (reading, indicator) = (kept.id, read.id);
            let expected = Reading { state, why: why.clone(), ..kept.clone() };
            let entry = house.put(ResultsChange::Stepped { reading, indicator, step, state, why }).await;
            let results = house.read().await;
            assert_eq!(results.reading(read.id, kept.period), Some(&expected), "{kind:?}");
            assert_eq!(results.reading(other.id, kept.period), Some(&beside), "{kind:?}: another's stays");
            assert_eq!(results.approved, approved, "{kind:?}: {step:?}");
            assert_eq!(house.history(house.revision - 1).await, [entry], "{kind:?}: with its reason");
        }
        // An edit of the indicator does not make it forget.
        house.add_indicator(&Indicator { title: text(2, "Other words"), ..read.clone() }).await;
        assert_eq!(house.read().await.approved, [read.id], "{kind:?}");
    }
}

#[tokio::test]
async fn what_is_removed_is_gone_and_nothing_else_is() {
    for kind in BOTH {
        let mut house = House::new(kind).await;
        let chain = house.chain().await;
        let [goes, stays] = ["1.1.a", "1.1.b"].map(|code| house.indicator(&chain[2], code, &scales()[0]));
        let mut expected = Results::default();
        for indicator in [&goes, &stays] {
            house.add_indicator(indicator).await;
            let (change, by_hand) = light(indicator, "2019Q1", Light::Amber, "Signed in January");
            house.put(change).await;
            expected.overrides.insert(indicator.id, vec![by_hand]);
        }
        let spare = node(Level::Output, Some(&chain[1]), "7");
        house.add_node(&spare).await;
        let item = house.add_item().await.id;
        for (turn, output) in [(0, chain[2].id), (1, spare.id)] {
            let link = Link { item, output, turn, rank: rank("8") };
            house.put(ResultsChange::Linked(link.clone())).await;
            expected.framework.links.push(link);
        }
        expected.framework.nodes = chain.to_vec();
        expected.framework.nodes.push(spare.clone());
        expected.framework.indicators = vec![goes.clone(), stays.clone()];

        house.put(ResultsChange::IndicatorRemoved { indicator: goes.id }).await;
        expected.framework.indicators.remove(0);
        expected.overrides.remove(&goes.id);
        house.put(ResultsChange::Unlinked { item, output: spare.id }).await;
        expected.framework.links.pop();
        house.put(ResultsChange::NodeRemoved { node: spare.id }).await;
        expected.framework.nodes.pop();
        assert_eq!(house.read().await, expected, "{kind:?}");

        // The place that it had is free.
        let again = house.indicator(&chain[2], "1.1.a", &scales()[1]);
        house.add_indicator(&again).await;
        assert_eq!(house.read().await.framework.indicators, [again, stays], "{kind:?}");
    }
}

#[tokio::test]
async fn every_change_comes_back_from_history_with_its_texts() {
    for kind in BOTH {
        let mut house = House::new(kind).await;
        let chain = house.chain().await;
        let indicator = house.indicator(&chain[2], "1.1.a", &scales()[0]);
        let since = house.revision;
        let node = Node { title: text(2, "Second"), risks: text(2, "A new law"), ..chain[0].clone() };
        let goals = json!({ "reason": "Two ministries were merged", "changes": [
            { "target": { "period": "2020Q4", "before": { "number": 7000 }, "after": null } } ] });
        let narrated = Reading { narrative: text(1, QUOTED), ..reading(&indicator, "2019Q1", json!({ "number": 1 })) };
        let changes = [
            ResultsChange::Node(Box::new(node)),
            ResultsChange::Indicator { indicator: Box::new(indicator.clone()), goals: None },
            ResultsChange::Indicator { indicator: Box::new(indicator.clone()), goals: Some(parsed(goals)) },
            ResultsChange::Reading(Box::new(narrated)),
            ResultsChange::Locked { period: quarter("2019Q1"), locked: true },
            light(&indicator, "2019Q1", Light::Red, "Signed in January").0,
        ];
        let mut written = Vec::new();
        for change in changes {
            written.push(house.put(change).await);
        }
        assert_eq!(house.history(since).await, written, "{kind:?}");
        let mut conn = house.db.snapshot().await.unwrap();
        let known = store::change_by_op(&mut conn, written[0].op).await.unwrap();
        assert_eq!(known, Some((house.plan(), written[0].clone())), "{kind:?}");
    }
}

#[tokio::test]
async fn withdrawing_the_texts_of_an_item_takes_nothing_from_the_framework() {
    for kind in BOTH {
        let mut house = House::new(kind).await;
        let chain = house.chain().await;
        let indicator = house.indicator(&chain[2], "1.1.a", &scales()[0]);
        house.add_indicator(&indicator).await;
        let narrated = Reading {
            narrative: text(1, "Words of the reading"),
            ..reading(&indicator, "2019Q1", json!({ "number": 3000 }))
        };
        house.add_reading(&narrated).await;
        let item = house.add_item().await;
        let link = Link { item: item.id, output: chain[2].id, turn: 0, rank: rank("8") };
        house.put(ResultsChange::Linked(link)).await;
        house.add_node(&Node { title: text(2, "Second"), ..chain[2].clone() }).await;
        let title = Some(text(2, "The item's second words"));
        house.change(Change::Item(ItemChange::Edited { item: item.id, title, description: None, facts: None })).await;
        let before = house.read().await;
        house.change(Change::Item(ItemChange::Withdrawn { item: item.id })).await;
        assert_eq!(house.read().await, before, "{kind:?}");
        let history = serde_json::to_string(&house.history(0).await).unwrap();
        assert!(!history.contains("The item's first words"), "{kind:?}: what was to go has gone");
        for kept in ["Words of the reading", "Signed by both sides", "The item's second words"] {
            assert!(history.contains(kept), "{kind:?}: {kept}");
        }
        let quoted = serde_json::to_string(QUOTED).unwrap();
        assert_eq!(history.matches(quoted.as_str()).count(), 4, "{kind:?}: older wordings too");
    }
}

#[tokio::test]
async fn what_there_can_be_but_one_of_is_refused_and_leaves_no_trace() {
    for kind in BOTH {
        let mut house = House::new(kind).await;
        let chain = house.chain().await;
        let indicator = house.indicator(&chain[2], "1.1.a", &scales()[0]);
        house.add_indicator(&indicator).await;
        let first = reading(&indicator, "2019Q1", json!({ "number": 3000 }));
        house.add_reading(&first).await;
        let item = house.add_item().await;
        let link = Link { item: item.id, output: chain[2].id, turn: 0, rank: rank("8") };
        house.put(ResultsChange::Linked(link.clone())).await;
        let (before, revision) = (house.read().await, house.revision);
        let objective = Some(house.frame.objectives[0].id);
        let twice = [
            ResultsChange::Node(Box::new(Node { objective, ..node(Level::Outcome, Some(&chain[0]), "9") })),
            ResultsChange::Indicator {
                indicator: Box::new(house.indicator(&chain[1], "1.1.a", &scales()[1])),
                goals: None,
            },
            ResultsChange::Reading(Box::new(reading(&indicator, "2019Q1", json!({ "number": 4000 })))),
            ResultsChange::Linked(link),
        ];
        for change in twice {
            let taken = house.try_change(Change::Results(Box::new(change.clone()))).await;
            assert!(matches!(taken, Err(StoreError::Taken(_))), "{kind:?}: {change:?}: {taken:?}");
        }
        // A child or an indicator is never left without what it stood below.
        for node in [chain[1].id, chain[2].id] {
            let orphan = house.try_change(Change::Results(Box::new(ResultsChange::NodeRemoved { node }))).await;
            assert!(orphan.is_err(), "{kind:?}");
        }
        assert_eq!(house.read().await, before, "{kind:?}");
        assert_eq!(house.history(revision).await, [], "{kind:?}");
    }
}

/// Else a page of results would be the slower the more a plan has, and nobody would see it in a small one.
#[tokio::test]
async fn a_large_framework_is_read_by_as_many_statements_as_a_small_one() {
    for kind in BOTH {
        let mut house = House::new(kind).await;
        let [_, outcome, _] = house.chain().await;
        let item = house.add_item().await.id;
        house.add_output(&outcome, 1, item, 1).await;
        house.put(ResultsChange::Locked { period: quarter("2019Q1"), locked: true }).await;
        let few = house.statements().await;
        assert_ne!(few, 0, "{kind:?}: they are counted");
        for turn in 2..8 {
            house.add_output(&outcome, turn, item, 10).await;
        }
        house.put(ResultsChange::Locked { period: quarter("2019Q2"), locked: true }).await;
        assert_eq!(house.read().await.readings.len(), 122, "{kind:?}");
        assert_eq!(house.statements().await, few, "{kind:?}");
    }
}

/// Rows of one table come back in any order: here each result before the one that it stands below.
#[tokio::test]
async fn a_framework_is_restored_whole_however_results_were_moved() {
    for from in BOTH {
        let mut house = House::new(from).await;
        let id = |n| NodeId(Uuid::from_u128(n));
        let impact = Node { id: id(3), ..node(Level::Impact, None, "4") };
        let outcome = Node { id: id(2), ..node(Level::Outcome, Some(&impact), "5") };
        let output = Node { id: id(1), ..node(Level::Output, Some(&outcome), "6") };
        for node in [&impact, &outcome, &output] {
            house.add_node(node).await;
        }
        let indicator = house.indicator(&output, "1.1.a", &scales()[2]);
        house.add_indicator(&indicator).await;
        house.add_reading(&reading(&indicator, "2019Q1", json!({ "words": QUOTED }))).await;
        house.put(ResultsChange::Locked { period: quarter("2019Q1"), locked: true }).await;
        house.put(light(&indicator, "2019Q1", Light::Green, "Signed in January").0).await;
        let item = house.add_item().await.id;
        house.put(ResultsChange::Linked(Link { item, output: output.id, turn: 0, rank: rank("8") })).await;
        let mut file = Vec::new();
        store::backup(&house.db, &mut file).await.unwrap();
        for to in BOTH {
            let target = TestDb::new(to).await;
            let restored = Db::open(&target.url, Access::Own).await.unwrap();
            store::restore(&restored, file.as_slice()).await.unwrap();
            let results = store::results(&mut restored.reader().await.unwrap(), house.plan()).await.unwrap();
            assert_eq!(results, house.read().await, "{from:?} to {to:?}");
        }
    }
}

#[tokio::test]
async fn another_plan_has_nothing_of_it() {
    for kind in BOTH {
        let mut house = House::new(kind).await;
        house.chain().await;
        let other = PlanId(Uuid::now_v7());
        let results = store::results(&mut house.db.reader().await.unwrap(), other).await.unwrap();
        assert_eq!(results, Results::default(), "{kind:?}");
    }
}

//! A plan with a large logical framework, recorded change by change as the demonstration's is: 5 outcomes with 4 outputs
//! each, 10 indicators to an output, and of each indicator an approved reading for every quarter of two years. As many action
//! items as are asked for serve each output, in six countries; most were begun in one quarter or another, and a third is done.
//! The words are as long as those that people write.

mod indicators;

use act_board::{
    domain::{
        accounts::{Country, Member, OrgKind, Organisation, Role},
        change::{Change, Entry},
        day::Quarter,
        ids::{ItemId, MemberId, NodeId, ObjectiveId, OpId, OrgId, PlanId, Revision, TextId},
        items::{Facts, Item, ItemChange},
        plan::{Frame, Mark, Objective, Plan},
        rank::Rank,
        results::{
            change::ResultsChange,
            tree::{Level, Link, Node},
        },
        text::Text,
    },
    server::{
        demo::{ACCOUNTS, PASSWORD},
        password, setup,
        writer::record,
    },
    store::{self, Db, Network, NewMember, StoreError},
};
use uuid::Uuid;

/// The code of the last indicator, which every whole answer has.
pub const LAST: &str = "5.4.j";

const OUTPUTS: usize = 4;

/// The first quarter of the plan; the server's clock shows the last that was read.
const FIRST: (i16, i8) = (2025, 1);
const READ: i32 = 8;

/// 2026-12-15.
const NOW: i64 = 1_797_292_800_000;

/// Fills an empty database. It has the demonstration's coordinator, so that a server takes it for a demonstration that
/// was filled before. So many items serve each of the 20 outputs.
pub async fn fill(db: &Db, items: usize) -> Result<(), StoreError> {
    let (frame, coordinator) = (frame(), MemberId(Uuid::now_v7()));
    let mut tx = db.write().await?;
    for org in &frame.organisations {
        store::save_organisation(&mut tx, org).await?;
    }
    store::set_network(&mut tx, &Network { name: "Network".to_owned(), requires_second_factor: false }).await?;
    let (org, role) = (frame.organisations[0].id, Role::Coordinator);
    let member = Member { id: coordinator, name: "Coordinator".to_owned(), org, role };
    let (email, hash) = (ACCOUNTS[0].email, password::hash(PASSWORD));
    store::add_member(&mut tx, NewMember { member: &member, email, password_hash: Some(&hash), now: NOW }).await?;
    let (plan, mut revision) = (frame.plan.id, 0);
    for (at, change) in Filling::changes(frame, items) {
        revision += 1;
        let op = OpId(Uuid::now_v7());
        let entry = Entry { revision: Revision(revision), op, actor: coordinator, at, change };
        record(&mut tx, plan, &entry).await?;
    }
    store::move_revision(&mut tx, plan, revision).await?;
    tx.commit().await
}

fn frame() -> Frame {
    let partner = |(n, country): (usize, &str)| Organisation {
        id: OrgId(Uuid::now_v7()),
        name: format!("Centre for the support of trafficked persons {n}"),
        short_name: format!("PARTNER {n}"),
        country: Country::parse(country),
        city: "Belgrade".to_owned(),
        website: String::new(),
        kind: OrgKind::Partner,
    };
    let objective = |(n, mark): (i32, Mark)| Objective {
        id: ObjectiveId(Uuid::now_v7()),
        code: format!("O{n}"),
        title: format!("Service quality and cross-border support {n}"),
        mark,
    };
    let plan = Plan {
        id: PlanId(Uuid::now_v7()),
        title: "Action plan for regional networking 2025–2027".to_owned(),
        starts: first().first_day(),
        ends: first().plus(11).last_day(),
        time_zone: setup::TIME_ZONE.to_owned(),
    };
    Frame {
        plan,
        objectives: (1..).zip(Mark::ALL).map(objective).collect(),
        statuses: setup::STATUSES.iter().map(|(slug, kind)| setup::status(slug, *kind)).collect(),
        organisations: (1..).zip(["RS", "BA", "ME", "AL", "MK", "NL"]).map(partner).collect(),
    }
}

fn first() -> Quarter {
    Quarter::new(FIRST.0, FIRST.1)
}

/// The quarters that were read.
fn quarters() -> impl Iterator<Item = Quarter> {
    (0..READ).map(|n| first().plus(n))
}

fn text(body: String) -> Text {
    Text { id: TextId(Uuid::now_v7()), version: 1, body }
}

/// What happened so far.
struct Filling {
    frame: Frame,
    /// Of what was added last: everything stands in the order in which it was added.
    rank: Option<Rank>,
    items: i64,
    indicators: usize,
    /// Each with its instant.
    changes: Vec<(i64, Change)>,
}

/// An instant in the n-th quarter, from 0.
fn within(quarter: i32) -> i64 {
    const QUARTER: i64 = 91 * 24 * 60 * 60 * 1_000;
    NOW - i64::from(READ - 1 - quarter) * QUARTER
}

impl Filling {
    /// Everything that fills the plan, in order.
    fn changes(frame: Frame, items: usize) -> Vec<(i64, Change)> {
        let changes = vec![(within(0), Change::Opened(Box::new(frame.clone())))];
        let mut filling = Self { frame, rank: None, items: 0, indicators: 0, changes };
        let impact = filling.node(Level::Impact, None, None);
        for (n, objective) in (1..).zip(filling.frame.objectives.clone()) {
            let outcome = filling.node(Level::Outcome, Some(impact), Some(objective.id));
            for output in 1..=OUTPUTS {
                let node = filling.node(Level::Output, Some(outcome), None);
                (0..items).for_each(|_| filling.activity(objective.id, node));
                filling.indicators_of(node, &format!("{n}.{output}"));
            }
        }
        // All but the one that is still open for corrections.
        for period in quarters().take_while(|period| *period < first().plus(READ - 1)) {
            filling.add(ResultsChange::Locked { period, locked: true });
        }
        filling.changes
    }

    fn add(&mut self, change: ResultsChange) {
        self.changes.push((NOW, Change::Results(Box::new(change))));
    }

    fn node(&mut self, level: Level, parent: Option<NodeId>, objective: Option<ObjectiveId>) -> NodeId {
        let (id, rank) = (NodeId(Uuid::now_v7()), self.next_rank());
        let title = "Institutions and organisations refer, support and compensate trafficked persons by shared rules";
        let assumptions = "Governments keep to the commitments that they made under European conventions, and courts \
                           hear claims without delay.";
        let risks = "Changes of government or tighter budgets push support down the agenda.";
        let [title, assumptions, risks] = [title, assumptions, risks].map(|words| text(words.to_owned()));
        self.add(ResultsChange::Node(Box::new(Node { id, level, parent, rank, title, assumptions, risks, objective })));
        id
    }

    /// An action item that serves an output.
    fn activity(&mut self, objective: ObjectiveId, output: NodeId) {
        self.items += 1;
        let nth = i32::try_from(self.items).unwrap_or(0);
        let org = |step: i64| self.frame.organisations[(self.items + step) as usize % 6].id;
        let (lead, co_partners, turn) = (org(0), vec![org(1), org(3)], 0);
        let due = Some(first().plus(2 + nth % 9).last_day());
        let facts = Facts { objective, lead, co_partners, start: None, due, measure: None };
        let item = Item {
            id: ItemId(Uuid::now_v7()),
            number: self.items,
            title: text(format!("Train lawyers and case workers in claims for compensation, round {}", self.items)),
            description: text(String::new()),
            facts,
            status: self.frame.statuses[0].id,
            rank: self.next_rank(),
            published: true,
            archived: false,
        };
        let id = item.id;
        let link = Link { item: id, output, turn, rank: self.next_rank() };
        self.changes.push((within(nth % 4), Change::Item(ItemChange::Created(Box::new(item)))));
        self.add(ResultsChange::Linked(link));
        // Three of four were begun, and a third came to its end.
        let statuses = [Some(1).filter(|_| nth % 4 > 0), Some(self.frame.statuses.len() - 1).filter(|_| nth % 3 == 0)];
        for (quarter, status) in (nth % 4 + 1..).step_by(2).zip(statuses) {
            let Some(to) = status.map(|at| self.frame.statuses[at].id) else { continue };
            let moved = ItemChange::Moved { item: id, to, rank: self.next_rank() };
            self.changes.push((within(quarter), Change::Item(moved)));
        }
    }

    fn next_rank(&mut self) -> Rank {
        let rank = Rank::between(self.rank.as_ref(), None);
        self.rank = Some(rank.clone());
        rank
    }
}

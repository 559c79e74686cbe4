//! What the tests here are written with.

use super::{
    indicator::{Dimension, Frequency, Indicator},
    reading::{Reading, Share},
    scale::{Accumulation, Baseline, Direction, Scale, Target},
    state::State,
    tree::{Level, Node},
    value::{Kind, Parts, Point, Value},
    withheld::Withheld,
};
use crate::domain::{
    accounts::{Member, OrgKind, Organisation, Role, Viewer},
    day::{Day, Quarter},
    ids::{IndicatorId, MemberId, NodeId, ObjectiveId, OrgId, PlanId, ReadingId, TextId},
    measure::Quantity,
    plan::{Frame, Mark, Objective, Plan},
    rank::Rank,
    text::{Category, DimensionName, IndicatorCode, Text, Unit, Wording},
};
use uuid::Uuid;

pub fn quarter(text: &str) -> Quarter {
    text.parse().unwrap()
}

pub fn quantity(text: &str) -> Quantity {
    Quantity::parse(text).unwrap()
}

pub fn number(text: &str) -> Point {
    Point::Number(quantity(text))
}

pub fn words(text: &str) -> Point {
    Point::Words(Wording::parse(text).unwrap())
}

pub fn value(text: &str) -> Value {
    Value::Number(quantity(text))
}

pub fn ratio(numerator: &str, denominator: &str) -> Value {
    Value::Ratio(Parts::new(quantity(numerator), quantity(denominator)).unwrap())
}

pub fn org(n: u128) -> OrgId {
    OrgId(Uuid::from_u128(n))
}

pub fn text(body: &str) -> Text {
    Text { id: TextId(Uuid::nil()), version: 1, body: body.to_owned() }
}

pub fn targets(targets: &[(&str, &str)]) -> Vec<Target> {
    targets.iter().map(|(period, value)| Target { period: quarter(period), value: number(value) }).collect()
}

/// A running total of numbers that should go one way.
pub fn scale_of(direction: Direction, baseline: &str, goals: &[(&str, &str)]) -> Scale {
    let baseline = Some(Baseline { value: number(baseline), year: 2018 });
    Scale::new(Kind::Number, direction, Accumulation::Cumulative, baseline, targets(goals)).unwrap()
}

pub fn scale(baseline: &str, goals: &[(&str, &str)]) -> Scale {
    scale_of(Direction::Increase, baseline, goals)
}

pub fn baseless(goals: &[(&str, &str)]) -> Scale {
    Scale::new(Kind::Number, Direction::Increase, Accumulation::Cumulative, None, targets(goals)).unwrap()
}

/// Agreements with institutions: 2 in 2018, 4 wanted in 2019 and 7 in 2020.
pub fn agreements() -> Scale {
    scale("2", &[("2019Q4", "4"), ("2020Q4", "7")])
}

pub fn with_scale(id: u128, scale: Scale) -> Indicator {
    Indicator {
        id: IndicatorId(Uuid::from_u128(id)),
        node: NodeId(Uuid::from_u128(1)),
        code: IndicatorCode::parse("1.1.a").unwrap(),
        title: text("Trained lawyers"),
        definition: text(""),
        unit: Unit::parse("lawyers").unwrap(),
        scale,
        verification: text("Lists of participants"),
        frequency: Frequency::Quarter,
        responsible: org(1),
        dimensions: Vec::new(),
        withheld: Withheld::default(),
    }
}

/// A running total that should rise.
pub fn indicator(id: u128, baseline: &str, goals: &[(&str, &str)]) -> Indicator {
    with_scale(id, scale(baseline, goals))
}

/// A running ratio that should rise; baseline and targets in per cent.
pub fn ratios(id: u128, baseline: &str, goals: &[(&str, &str)]) -> Indicator {
    let baseline = Some(Baseline { value: number(baseline), year: 2018 });
    let (direction, accumulation) = (Direction::Increase, Accumulation::Cumulative);
    with_scale(id, Scale::new(Kind::Ratio, direction, accumulation, baseline, targets(goals)).unwrap())
}

fn accumulating(indicator: Indicator, accumulation: Accumulation) -> Indicator {
    let old = &indicator.scale;
    let (baseline, targets) = (old.baseline().cloned(), old.targets().to_vec());
    let scale = Scale::new(old.kind(), old.direction(), accumulation, baseline, targets).unwrap();
    Indicator { scale: scale.with_people(old.counts_people()).unwrap(), ..indicator }
}

/// The same, counting people.
pub fn of_people(indicator: Indicator) -> Indicator {
    Indicator { scale: indicator.scale.with_people(true).unwrap(), ..indicator }
}

pub fn periodic(indicator: Indicator) -> Indicator {
    accumulating(indicator, Accumulation::Periodic)
}

pub fn latest(indicator: Indicator) -> Indicator {
    accumulating(indicator, Accumulation::Latest)
}

pub fn dimension(name: &str, categories: &[&str]) -> Dimension {
    let categories = categories.iter().map(|category| Category::parse(category).unwrap()).collect();
    Dimension::new(DimensionName::parse(name).unwrap(), categories).unwrap()
}

pub fn with_sex(indicator: Indicator) -> Indicator {
    Indicator { dimensions: vec![dimension("sex", &["women", "men"])], ..indicator }
}

pub fn share(dimension: &str, category: &str, value: Value) -> Share {
    let (dimension, category) = (DimensionName::parse(dimension).unwrap(), Category::parse(category).unwrap());
    Share { dimension, category, value }
}

/// An approved reading of the first indicator.
pub fn reading(id: u128, period: &str, value: Value) -> Reading {
    Reading {
        id: ReadingId(Uuid::from_u128(id)),
        indicator: IndicatorId(Uuid::from_u128(1)),
        period: quarter(period),
        value,
        shares: Vec::new(),
        narrative: text(""),
        evidence: Vec::new(),
        state: State::Approved,
        why: None,
    }
}

/// The same reading of another indicator.
pub fn of(indicator: u128, reading: Reading) -> Reading {
    Reading { indicator: IndicatorId(Uuid::from_u128(indicator)), ..reading }
}

pub fn node_id(n: u128) -> NodeId {
    NodeId(Uuid::from_u128(n))
}

pub fn objective(n: u128) -> ObjectiveId {
    ObjectiveId(Uuid::from_u128(n))
}

/// A result in its place among its siblings.
pub fn node(n: u128, level: Level, parent: Option<u128>, place: u128) -> Node {
    Node {
        id: node_id(n),
        level,
        parent: parent.map(node_id),
        rank: Rank::stored(format!("{place:08x}")),
        title: text("Result"),
        assumptions: text(""),
        risks: text(""),
        objective: None,
    }
}

pub fn viewer(role: Role, of: u128) -> Viewer {
    Viewer::Member(Member { id: MemberId(Uuid::nil()), name: String::new(), org: org(of), role })
}

/// A plan with objectives 1 and 2, partners 1 and 2, and the donor 9.
pub fn frame() -> Frame {
    let organisation = |n, kind| Organisation {
        id: org(n),
        name: format!("Organisation {n}"),
        short_name: format!("ORG{n}"),
        country: None,
        city: String::new(),
        website: String::new(),
        kind,
    };
    let objective = |n| {
        let (id, code, title) = (objective(n), format!("O{n}"), format!("Objective {n}"));
        Objective { id, code, title, mark: Mark::Circle }
    };
    let plan = Plan {
        id: PlanId(Uuid::from_u128(1)),
        title: "Plan".to_owned(),
        starts: Day::new(2019, 1, 1).unwrap(),
        ends: Day::new(2020, 12, 31).unwrap(),
        time_zone: "Europe/Belgrade".to_owned(),
    };
    Frame {
        plan,
        objectives: [1, 2].map(objective).to_vec(),
        statuses: Vec::new(),
        organisations: vec![
            organisation(1, OrgKind::Partner),
            organisation(2, OrgKind::Partner),
            organisation(9, OrgKind::Donor),
        ],
    }
}

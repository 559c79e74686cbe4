use super::*;
use crate::domain::{
    accounts::OrgKind,
    day::Day,
    ids::{IndicatorId, ObjectiveId, OrgId, PlanId},
    plan::{Mark, Plan},
    results::light::Light,
};
use uuid::Uuid;

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn objective(n: u128) -> Objective {
    Objective { id: ObjectiveId(id(n)), code: format!("O{n}"), title: String::new(), mark: Mark::Circle }
}

fn organisation(n: u128, country: &str) -> Organisation {
    Organisation {
        id: OrgId(id(n)),
        name: String::new(),
        short_name: format!("P{n}"),
        country: Country::parse(country),
        city: String::new(),
        website: String::new(),
        kind: OrgKind::Partner,
    }
}

/// Listed in an order that is not the one of their ids.
fn frame() -> Frame {
    let day = |text: &str| Day::parse(text).unwrap();
    let (starts, ends) = (day("2019-01-01"), day("2020-12-31"));
    Frame {
        plan: Plan { id: PlanId(Uuid::nil()), title: String::new(), starts, ends, time_zone: String::new() },
        objectives: vec![objective(2), objective(1)],
        statuses: Vec::new(),
        organisations: vec![organisation(3, "RS"), organisation(2, "AL"), organisation(1, "")],
    }
}

fn row(indicator: u128, objective: Option<u128>, partner: u128, quarter: i8, light: Light) -> Row {
    Row {
        indicator: IndicatorId(id(indicator)),
        responsible: OrgId(id(partner)),
        country: frame().organisation(OrgId(id(partner))).and_then(|org| org.country),
        objective: objective.map(|n| ObjectiveId(id(n))),
        period: Quarter::new(2019, quarter),
        light,
        has_data: light != Light::Grey,
    }
}

fn shown(rows: &[Row], by: By) -> Vec<(String, usize)> {
    let frame = frame();
    let name = |group: Group| match group {
        Group::Objective(objective) => objective.map_or("none".to_owned(), |objective| objective.code.clone()),
        Group::Partner(org) => org.map_or("none".to_owned(), |org| org.short_name.clone()),
        Group::Country(country) => country.map_or("none".to_owned(), String::from),
        Group::Period(period) => period.to_string(),
    };
    groups(&frame, rows, by).into_iter().map(|(group, tally)| (name(group), tally.all())).collect()
}

fn counts(expected: &[(&str, usize)]) -> Vec<(String, usize)> {
    expected.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
}

/// An indicator that no row counts would be missed by nobody: the table would only be wrong.
#[test]
fn rows_stand_in_the_plans_order_and_what_belongs_nowhere_comes_last() {
    let rows = [
        row(1, None, 1, 4, Light::Grey),
        row(2, Some(1), 2, 4, Light::Red),
        row(3, Some(2), 3, 4, Light::Green),
        row(4, Some(2), 2, 4, Light::Amber),
    ];
    assert_eq!(shown(&rows, By::Objective), counts(&[("O2", 2), ("O1", 1), ("none", 1)]));
    assert_eq!(shown(&rows, By::Partner), counts(&[("P3", 1), ("P2", 2), ("P1", 1)]));
    assert_eq!(shown(&rows, By::Country), counts(&[("AL", 2), ("RS", 1), ("none", 1)]));
    assert_eq!(rollup::whole(&rows), Tally { green: 1, amber: 1, red: 1, grey: 1, with_data: 3 });
}

#[test]
fn quarters_follow_each_other_and_the_whole_is_the_last_of_them() {
    let rows = [
        row(1, None, 1, 2, Light::Green),
        row(2, None, 1, 2, Light::Red),
        row(1, None, 1, 1, Light::Grey),
        row(2, None, 1, 1, Light::Grey),
    ];
    assert_eq!(shown(&rows, By::Period), counts(&[("2019Q1", 2), ("2019Q2", 2)]));
    assert_eq!(rollup::whole(&rows), Tally { green: 1, red: 1, with_data: 2, ..Tally::default() });
}

//! Indicators keep what was read by them and what was promised.

use super::*;
use crate::domain::results::sample::dimension;

#[test]
fn two_indicators_never_have_one_code_and_only_partners_read_them() {
    let add = |facts| by_coordinator(&results(), &add_indicator("Trained judges", facts));
    let edit = |n, facts| by_coordinator(&results(), &set_facts(n, facts, None));
    let in_use = || refused(Field::IndicatorCode, Problem::InUse);
    assert_eq!(add(facts("1.1.a", agreements())), in_use());
    assert_eq!(edit(2, facts("1.1.a", agreements())), in_use());
    assert!(edit(1, facts("1.1.a", agreements())).is_ok(), "its own");
    assert!(edit(2, facts("1.1.c", agreements())).is_ok());
    for stranger in [9, 77] {
        let facts = IndicatorFacts { responsible: org(stranger), ..facts("1.1.c", agreements()) };
        assert_eq!(add(facts), refused(Field::Lead, Problem::Unknown));
    }
    let both = IndicatorFacts { responsible: org(9), ..facts("1.1.b", agreements()) };
    let Err(Refusal::Invalid(errors)) = add(both) else { panic!("not refused") };
    assert_eq!(errors.len(), 2, "everything that is wrong is told at once");
}

#[test]
fn what_was_promised_moves_for_a_reason_that_is_kept_once_a_value_was_approved() {
    let goals = |change: Result<ResultsChange, Refusal>| match change {
        Ok(ResultsChange::Indicator { goals, .. }) => goals,
        other => panic!("{other:?}"),
    };
    let lower = || scale("2", &[("2019Q4", "4"), ("2020Q4", "6")]);
    let other_start = || scale("1", &[("2019Q4", "4"), ("2020Q4", "7")]);
    let why = reason("Two ministries were merged");
    for moved in [lower(), other_start()] {
        let silent = by_coordinator(&results(), &set_facts(1, facts("1.1.a", moved.clone()), None));
        assert_eq!(silent, refused(Field::Why, Problem::Missing));
        let said = goals(by_coordinator(&results(), &set_facts(1, facts("1.1.a", moved.clone()), why.clone())));
        assert_eq!(said.map(|goals| (goals.changes.len(), goals.reason)), Some((1, why.clone())));
        let unread = goals(by_coordinator(&results(), &set_facts(2, facts("1.1.b", moved), None)));
        assert_eq!(unread.map(|goals| goals.reason), Some(None), "nothing was approved yet, and it is kept too");
    }
    let said = goals(by_coordinator(&results(), &set_facts(1, facts("1.1.a", lower()), why)));
    let (period, before, after) = (quarter("2020Q4"), Some(number("7")), Some(number("6")));
    assert_eq!(said.map(|goals| goals.changes), Some(vec![GoalChange::Target { period, before, after }]));
    let same = goals(by_coordinator(&results(), &set_facts(1, facts("1.1.c", agreements()), None)));
    assert_eq!(same, None, "another code moves no goal");
    // Reopened since: what was promised was approved all the same.
    let reopened = Results { readings: Vec::new(), ..results() };
    let silent = by_coordinator(&reopened, &set_facts(1, facts("1.1.a", lower()), None));
    assert_eq!(silent, refused(Field::Why, Problem::Missing));
}

#[test]
fn a_kind_stays_as_it_is_under_readings() {
    let percent = || ratios(1, "20", &[("2020Q4", "60")]).scale;
    let why = reason("Two ministries were merged");
    let read = by_coordinator(&results(), &set_facts(1, facts("1.1.a", percent()), why));
    assert_eq!(read, refused(Field::Kind, Problem::InTheWay));
    assert!(by_coordinator(&results(), &set_facts(2, facts("1.1.b", percent()), None)).is_ok());
}

#[test]
fn a_light_set_by_hand_keeps_its_reason_until_the_rule_is_back() {
    let (indicator, period) = (indicator_id(1), quarter("2019Q4"));
    let by_hand = Some(Override { period, light: Light::Amber, reason: reason("Signed in January").unwrap() });
    let set = by_coordinator(&results(), &set_light("2019Q4", Some(Light::Amber)));
    assert_eq!(set, Ok(ResultsChange::Light { indicator, period, by_hand }));
    let back = by_coordinator(&results(), &set_light("2019Q4", None));
    assert_eq!(back, Ok(ResultsChange::Light { indicator, period, by_hand: None }));
}

#[test]
fn a_category_stays_while_a_reading_has_a_share_in_it() {
    let by_sex = |categories: &[&str]| IndicatorFacts {
        dimensions: vec![dimension("sex", categories)],
        ..facts("1.1.b", agreements())
    };
    let mut known = results();
    known.framework.indicators[1].dimensions = by_sex(&["women", "men"]).dimensions;
    let share = Share {
        dimension: known.framework.indicators[1].dimensions[0].name().clone(),
        category: Category::parse("women").unwrap(),
        value: value("2"),
    };
    let read = Reading { indicator: indicator_id(2), shares: vec![share], ..reading(4, "2019Q1", value("3")) };
    known.readings.push(read);
    let left = |categories: &[&str]| by_coordinator(&known, &set_facts(2, by_sex(categories), None));
    assert_eq!(left(&["men"]), refused(Field::Dimension, Problem::InTheWay));
    assert!(left(&["women", "men", "others"]).is_ok());
}

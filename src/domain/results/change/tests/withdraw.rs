//! Withdrawing: what was typed and stands no more leaves history, and what stands is kept.

use super::*;
use crate::domain::results::scale::Target;

fn cited(words: &str) -> Evidence {
    Evidence::Citation(Citation::parse(words).unwrap())
}

fn wording(words: &str) -> Point {
    Point::Words(Wording::parse(words).unwrap())
}

/// A reading in words, with evidence, that was returned.
fn returned(said: &str, evidence: &str, why: &str) -> Reading {
    Reading {
        evidence: vec![cited(evidence), cited("Gazette 12")],
        why: reason(why),
        ..reading(1, "2019Q1", Value::Words(Wording::parse(said).unwrap()))
    }
}

fn there(now: &Reading) -> Results {
    Results { readings: vec![now.clone()], ..results() }
}

fn change(reading: &Reading) -> ResultsChange {
    ResultsChange::Reading(Box::new(reading.clone()))
}

#[test]
fn wordings_are_withdrawn_also_where_a_quarter_is_closed_and_what_stands_is_untouched() {
    let mut known = results();
    known.locks.0.insert(quarter("2019Q3"));
    let subject = Subject::Reading(reading_id(3));
    let withdrawn = by_coordinator(&known, &withdraw(subject));
    assert_eq!(withdrawn, Ok(ResultsChange::Withdrawn { subject }));
    let mut after = known.clone();
    after.apply(&withdrawn.unwrap());
    assert_eq!(after, known);
}

#[test]
fn of_a_reading_evidence_reasons_and_words_go_unless_they_stand_now() {
    let now = returned("adopted", "Gazette 13", "The list is missing");
    let (known, of_it) = (there(&now), Subject::Reading(now.id));
    let old = returned("adopted by Ana", "Call Ana", "Ana is named");
    let Some(ResultsChange::Reading(kept)) = known.withdrawn(of_it, &change(&old)) else { panic!() };
    assert_eq!((kept.evidence.clone(), kept.why.clone()), (vec![cited("Gazette 12")], None));
    assert_eq!(kept.value, Value::Words(Wording::withdrawn()));
    assert_eq!((kept.period, kept.state, &kept.narrative), (old.period, old.state, &old.narrative));
    assert_eq!(known.withdrawn(of_it, &change(&now)), Some(change(&now)), "what stands stays");
    let stepped = |why| ResultsChange::Stepped {
        reading: now.id,
        indicator: now.indicator,
        step: Step::Return,
        state: State::Returned,
        why,
    };
    assert_eq!(known.withdrawn(of_it, &stepped(reason("Ana is named"))), Some(stepped(None)));
    let standing = stepped(reason("The list is missing"));
    assert_eq!(known.withdrawn(of_it, &standing), Some(standing.clone()));
    let numbers = Reading { value: value("3"), ..now.clone() };
    let Some(ResultsChange::Reading(kept)) = known.withdrawn(of_it, &change(&numbers)) else { panic!() };
    assert_eq!(kept.value, value("3"), "a number tells of nobody");
}

#[test]
fn a_reading_that_was_taken_back_goes_with_its_indicator() {
    let (gone, still) = (returned("adopted", "Call Ana", "Ana is named"), results());
    let old = Reading { id: reading_id(9), ..gone };
    assert_eq!(still.withdrawn(Subject::Reading(reading_id(1)), &change(&old)), None, "another one");
    let of_it = Subject::Indicator(indicator_id(1));
    let Some(ResultsChange::Reading(kept)) = still.withdrawn(of_it, &change(&old)) else { panic!() };
    assert_eq!((kept.evidence, kept.why), (Vec::new(), None));
    assert_eq!(
        still.withdrawn(of_it, &change(&still.readings[0])),
        None,
        "one that is there has a withdrawal of its own"
    );
}

#[test]
fn of_an_indicator_unit_goals_in_words_and_reasons_go_unless_they_stand_now() {
    let scale = |baseline: &str, target: &str| {
        let baseline = Some(Baseline { value: wording(baseline), year: 2018 });
        let targets = vec![Target { period: quarter("2020Q4"), value: wording(target) }];
        Scale::new(Kind::Qualitative, Direction::Increase, Accumulation::Latest, baseline, targets).unwrap()
    };
    let mut known = results();
    known.framework.indicators[0].scale = scale("absent", "adopted");
    let by_hand =
        |words: &str| Override { period: quarter("2019Q1"), light: Light::Red, reason: reason(words).unwrap() };
    known.overrides.insert(indicator_id(1), vec![by_hand("The law fell")]);
    let (now, of_it) = (known.framework.indicators[0].clone(), Subject::Indicator(indicator_id(1)));

    let unit = Unit::parse("calls of Ana").unwrap();
    let old = Indicator { unit: unit.clone(), scale: scale("Ana was sent away", "adopted"), ..now.clone() };
    let moved = GoalChange::Target {
        period: quarter("2020Q4"),
        before: Some(wording("Ana is helped")),
        after: Some(wording("adopted")),
    };
    let units = GoalChange::Unit { before: unit, after: now.unit.clone() };
    let goals = Some(GoalChanges { changes: vec![moved, units], reason: reason("Ana has moved") });
    let change = ResultsChange::Indicator { indicator: Box::new(old), goals };
    let Some(ResultsChange::Indicator { indicator, goals }) = known.withdrawn(of_it, &change) else { panic!() };
    assert_eq!((&indicator.unit, indicator.scale.clone()), (&Unit::withdrawn(), scale("[ … ]", "adopted")));
    let goals = goals.unwrap();
    assert_eq!(goals.reason, None);
    let before = Some(Point::Words(Wording::withdrawn()));
    let after = Some(wording("adopted"));
    assert_eq!(goals.changes[0], GoalChange::Target { period: quarter("2020Q4"), before, after });
    assert_eq!(goals.changes[1], GoalChange::Unit { before: Unit::withdrawn(), after: now.unit.clone() });

    let light = |by_hand| ResultsChange::Light { indicator: now.id, period: quarter("2019Q1"), by_hand };
    let stripped = Override { reason: Reason::withdrawn(), ..by_hand("The law fell") };
    assert_eq!(known.withdrawn(of_it, &light(Some(by_hand("Ana said so")))), Some(light(Some(stripped))));
    let standing = light(Some(by_hand("The law fell")));
    assert_eq!(known.withdrawn(of_it, &standing), Some(standing.clone()));
    let unchanged = ResultsChange::Indicator { indicator: Box::new(now), goals: None };
    assert_eq!(known.withdrawn(of_it, &unchanged), Some(unchanged.clone()));
    assert_eq!(known.withdrawn(Subject::Node(node_id(20)), &unchanged), None);
}

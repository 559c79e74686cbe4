//! Decisions about results: who may what, and what then happens.

mod indicators;
mod nodes;
mod personal;
mod readings;
mod withdraw;

use super::*;
use crate::domain::{
    accounts::{Role, Viewer},
    change::Refusal,
    fields::{FieldError, Problem},
    guard::Kind as Personal,
    ids::TextId,
    rank::Rank,
    results::{
        command::{Basis, IndicatorEdit, IndicatorFacts, NodeEdit, ResultsCommand, Subject},
        goals::GoalChange,
        light::Light,
        reading::{Evidence, Share},
        sample::{
            agreements, frame, node, node_id, number, objective, org, quarter, ratio, ratios, reading, scale, text,
            value, viewer, with_scale,
        },
        scale::{Accumulation, Baseline, Direction, Scale},
        tree::Level,
        value::{Kind, Point, Value},
    },
    text::{
        Category, Citation, IndicatorCode, IndicatorTitle, Narrative, Risks, Statement, TextEdit, Unit, Verification,
        Wording,
    },
};
use std::cell::Cell;

const PHONE: &str = "Call +381 11 334 7817";

fn indicator_id(n: u128) -> IndicatorId {
    IndicatorId(Uuid::from_u128(n))
}

fn reading_id(n: u128) -> ReadingId {
    ReadingId(Uuid::from_u128(n))
}

fn item(n: u128) -> ItemId {
    ItemId(Uuid::from_u128(n))
}

fn reason(words: &str) -> Option<Reason> {
    Some(Reason::parse(words).unwrap())
}

fn statement(words: &str) -> Statement {
    Statement::parse(words).unwrap()
}

fn coordinator() -> Viewer {
    viewer(Role::Coordinator, 2)
}

/// Impact 1; outcomes 10, which is objective 1, and 11; outputs 20 and 21 below 10, 22 below 11. Item 1 serves 21.
/// Indicators of output 20: 1 of partner 1, with a reading in each of three quarters, a draft, a submitted and an
/// approved one; 2 of partner 2, without any.
fn results() -> Results {
    let state = |id, period, state| Reading { state, ..reading(id, period, value("3")) };
    let indicator = |id, code, responsible| Indicator {
        node: node_id(20),
        code: IndicatorCode::parse(code).unwrap(),
        responsible: org(responsible),
        ..with_scale(id, agreements())
    };
    Results {
        framework: Framework {
            nodes: vec![
                node(1, Level::Impact, None, 1),
                Node { objective: Some(objective(1)), ..node(10, Level::Outcome, Some(1), 1) },
                node(11, Level::Outcome, Some(1), 2),
                node(20, Level::Output, Some(10), 1),
                node(21, Level::Output, Some(10), 2),
                node(22, Level::Output, Some(11), 1),
            ],
            indicators: vec![indicator(1, "1.1.a", 1), indicator(2, "1.1.b", 2)],
            links: vec![Link { item: item(1), output: node_id(21), turn: 0, rank: Rank::stored("8".to_owned()) }],
        },
        readings: vec![
            state(1, "2019Q1", State::Draft),
            state(2, "2019Q2", State::Submitted),
            state(3, "2019Q3", State::Approved),
        ],
        approved: vec![indicator_id(1)],
        ..Results::default()
    }
}

/// Of items, only the third does not exist.
fn decide_as(viewer: &Viewer, results: &Results, command: &ResultsCommand) -> Result<ResultsChange, Refusal> {
    let exists = !matches!(command, ResultsCommand::Link { item: named, .. } if *named == item(3));
    let texts = Cell::new(100);
    let text_id = || TextId(Uuid::from_u128(texts.replace(texts.get() + 1)));
    decide(viewer, &frame(), results, command, exists, text_id)
}

fn by_coordinator(results: &Results, command: &ResultsCommand) -> Result<ResultsChange, Refusal> {
    decide_as(&coordinator(), results, command)
}

fn refused<T>(field: Field, problem: Problem) -> Result<T, Refusal> {
    Err(Refusal::Invalid(vec![FieldError::new(field, problem)]))
}

fn add_node(level: Level, parent: Option<u128>, after: Option<u128>) -> ResultsCommand {
    ResultsCommand::AddNode {
        node: node_id(99),
        level,
        parent: parent.map(node_id),
        after: after.map(node_id),
        title: statement("A new one"),
        assumptions: None,
        risks: None,
        objective: None,
        reason: None,
    }
}

fn edit_node(node: u128, edit: NodeEdit) -> ResultsCommand {
    ResultsCommand::EditNode { node: node_id(node), edit }
}

fn move_node(node: u128, parent: Option<u128>, after: Option<u128>) -> ResultsCommand {
    ResultsCommand::MoveNode { node: node_id(node), parent: parent.map(node_id), after: after.map(node_id) }
}

fn facts(code: &str, scale: Scale) -> IndicatorFacts {
    IndicatorFacts {
        code: IndicatorCode::parse(code).unwrap(),
        unit: with_scale(1, agreements()).unit,
        scale,
        frequency: with_scale(1, agreements()).frequency,
        responsible: org(1),
        dimensions: Vec::new(),
    }
}

fn add_indicator(title: &str, facts: IndicatorFacts) -> ResultsCommand {
    ResultsCommand::AddIndicator {
        indicator: indicator_id(99),
        node: node_id(11),
        title: IndicatorTitle::parse(title).unwrap(),
        definition: None,
        verification: None,
        facts: Box::new(facts),
        reason: None,
    }
}

fn edit_indicator(indicator: u128, edit: IndicatorEdit) -> ResultsCommand {
    ResultsCommand::EditIndicator { indicator: indicator_id(indicator), edit: Box::new(edit) }
}

fn set_facts(indicator: u128, facts: IndicatorFacts, why: Option<Reason>) -> ResultsCommand {
    edit_indicator(indicator, IndicatorEdit { facts: Some(facts), why, ..IndicatorEdit::default() })
}

fn read(reading: u128, period: &str, value: Value, from: i64, narrative: &str) -> ResultsCommand {
    ResultsCommand::Read {
        reading: reading_id(reading),
        indicator: indicator_id(1),
        period: quarter(period),
        value,
        shares: Vec::new(),
        narrative: TextEdit { from, body: Narrative::parse(narrative).unwrap() },
        evidence: Vec::new(),
        basis: Basis::default(),
        reason: None,
    }
}

fn step(reading: u128, step: Step, why: Option<Reason>) -> ResultsCommand {
    ResultsCommand::Step { reading: reading_id(reading), step, why, basis: Basis::default() }
}

fn set_light(period: &str, light: Option<Light>) -> ResultsCommand {
    let light = light.zip(reason("Signed in January"));
    ResultsCommand::SetLight { indicator: indicator_id(1), period: quarter(period), light }
}

fn withdraw(subject: Subject) -> ResultsCommand {
    ResultsCommand::Withdraw { subject }
}

/// The node that a change puts in place.
fn put(change: Result<ResultsChange, Refusal>) -> Node {
    match change {
        Ok(ResultsChange::Node(node)) => *node,
        other => panic!("{other:?}"),
    }
}

fn read_as(change: Result<ResultsChange, Refusal>) -> Reading {
    match change {
        Ok(ResultsChange::Reading(reading)) => *reading,
        other => panic!("{other:?}"),
    }
}

/// Whose id those below a result have, once a change is in place.
fn order(results: &Results, parent: Option<u128>, put: &Node) -> Vec<u128> {
    let mut framework = results.framework.clone();
    framework.nodes.retain(|node| node.id != put.id);
    framework.nodes.push(put.clone());
    framework.children(parent.map(node_id)).iter().map(|node| node.id.0.as_u128()).collect()
}

/// Public, donor, observer, the partner that reads the indicator, another partner, coordinator.
#[test]
fn nobody_changes_what_is_not_theirs() {
    let viewers = [
        Viewer::Public,
        viewer(Role::Donor, 9),
        viewer(Role::Observer, 8),
        viewer(Role::Partner, 1),
        viewer(Role::Partner, 2),
        coordinator(),
    ];
    let (framework, own) = ([false, false, false, false, false, true], [false, false, false, true, false, true]);
    let (item, output) = (item(1), node_id(21));
    let table = [
        (add_node(Level::Output, Some(10), None), framework),
        (edit_node(20, NodeEdit::default()), framework),
        (move_node(20, Some(11), None), framework),
        (ResultsCommand::RemoveNode { node: node_id(22) }, framework),
        (add_indicator("Trained judges", facts("1.1.c", agreements())), framework),
        (edit_indicator(1, IndicatorEdit::default()), framework),
        (ResultsCommand::RemoveIndicator { indicator: indicator_id(2) }, framework),
        (ResultsCommand::Link { item, output: node_id(20) }, framework),
        (ResultsCommand::Unlink { item, output }, framework),
        (ResultsCommand::Lock { period: quarter("2019Q1"), locked: true }, framework),
        (set_light("2019Q1", Some(Light::Amber)), framework),
        (read(1, "2019Q1", value("4"), 1, ""), own),
        (read(9, "2019Q4", value("4"), 0, ""), own),
        (step(1, Step::Submit, None), own),
        (step(2, Step::Return, reason("The list is missing")), framework),
        (step(2, Step::Approve, None), framework),
        (step(3, Step::Reopen, reason("Counted twice")), framework),
        (withdraw(Subject::Node(output)), framework),
        (withdraw(Subject::Indicator(indicator_id(1))), framework),
        (withdraw(Subject::Reading(reading_id(1))), framework),
    ];
    for (command, expected) in table {
        for (viewer, may) in viewers.iter().zip(expected) {
            let decided = decide_as(viewer, &results(), &command);
            let as_expected = if may { decided.is_ok() } else { decided == Err(Refusal::Forbidden) };
            assert!(as_expected, "{viewer:?}: {command:?}: {decided:?}");
        }
    }
}

#[test]
fn what_is_not_there_is_not_changed_and_nothing_is_made_twice() {
    let (item, output, nobody) = (item(1), node_id(20), node_id(77));
    let missing = [
        edit_node(77, NodeEdit::default()),
        move_node(77, Some(1), None),
        ResultsCommand::RemoveNode { node: nobody },
        edit_indicator(77, IndicatorEdit::default()),
        ResultsCommand::RemoveIndicator { indicator: indicator_id(77) },
        ResultsCommand::Link { item, output: nobody },
        ResultsCommand::Link { item: self::item(3), output },
        ResultsCommand::Unlink { item, output },
        step(77, Step::Submit, None),
        withdraw(Subject::Node(nobody)),
        withdraw(Subject::Indicator(indicator_id(77))),
        withdraw(Subject::Reading(reading_id(77))),
    ];
    for command in missing {
        assert_eq!(by_coordinator(&results(), &command), Err(Refusal::NotFound), "{command:?}");
    }
    let mut there = results();
    there.framework.nodes.push(node(99, Level::Output, Some(11), 5));
    there.framework.indicators.push(Indicator { node: node_id(99), ..with_scale(99, agreements()) });
    let twice = [
        add_node(Level::Output, Some(10), None),
        add_indicator("Trained judges", facts("1.1.c", agreements())),
        ResultsCommand::Link { item, output: node_id(21) },
        // The id of another quarter's reading.
        read(1, "2019Q4", value("4"), 0, ""),
    ];
    for command in twice {
        assert_eq!(by_coordinator(&there, &command), Err(Refusal::Taken), "{command:?}");
    }
}

use super::*;
use crate::domain::{
    accounts::{Role, Viewer},
    change::Refusal,
    fields::{FieldError, Problem},
    guard::Kind as Personal,
    ids::TextId,
    rank::Rank,
    results::{
        command::{IndicatorEdit, IndicatorFacts, NodeEdit, ResultsCommand},
        goals::GoalChange,
        light::Light,
        reading::Evidence,
        sample::{
            agreements, frame, node, node_id, number, objective, org, quarter, ratio, ratios, reading, scale, text,
            value, viewer, with_scale,
        },
        scale::{Accumulation, Baseline, Direction, Scale},
        tree::Level,
        value::{Kind, Point, Value},
    },
    text::{
        Citation, IndicatorCode, IndicatorTitle, Narrative, Risks, Statement, TextEdit, Unit, Verification, Wording,
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
        unit: Unit::parse("agreements").unwrap(),
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
        reason: None,
    }
}

fn step(reading: u128, step: Step, why: Option<Reason>) -> ResultsCommand {
    ResultsCommand::Step { reading: reading_id(reading), step, why }
}

fn set_light(period: &str, light: Option<Light>) -> ResultsCommand {
    let light = light.zip(reason("Signed in January"));
    ResultsCommand::SetLight { indicator: indicator_id(1), period: quarter(period), light }
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

#[test]
fn an_outcome_stands_below_an_impact_only_and_an_output_below_an_outcome() {
    let table = [
        (Level::Impact, None, None),
        (Level::Outcome, Some(1), None),
        (Level::Output, Some(10), None),
        (Level::Impact, Some(1), Some(Problem::WrongLevel)),
        (Level::Outcome, None, Some(Problem::Missing)),
        (Level::Outcome, Some(10), Some(Problem::WrongLevel)),
        (Level::Outcome, Some(20), Some(Problem::WrongLevel)),
        (Level::Outcome, Some(77), Some(Problem::Unknown)),
        (Level::Output, None, Some(Problem::Missing)),
        (Level::Output, Some(1), Some(Problem::WrongLevel)),
        (Level::Output, Some(20), Some(Problem::WrongLevel)),
    ];
    for (level, parent, problem) in table {
        let moved = match level {
            Level::Impact => 1,
            Level::Outcome => 11,
            Level::Output => 22,
        };
        for command in [add_node(level, parent, None), move_node(moved, parent, None)] {
            let decided = by_coordinator(&results(), &command);
            match problem {
                None => assert!(decided.is_ok(), "{command:?}: {decided:?}"),
                Some(problem) => assert_eq!(decided, refused(Field::Parent, problem), "{command:?}"),
            }
        }
    }
}

#[test]
fn a_result_stands_where_it_was_put_and_the_others_stay_in_order() {
    let results = results();
    let placed = |command: ResultsCommand, parent| order(&results, parent, &put(by_coordinator(&results, &command)));
    let add = |after| placed(add_node(Level::Output, Some(10), after), Some(10));
    assert_eq!(add(None), [99, 20, 21]);
    assert_eq!(add(Some(20)), [20, 99, 21]);
    assert_eq!(add(Some(21)), [20, 21, 99]);
    assert_eq!(placed(move_node(20, Some(10), Some(21)), Some(10)), [21, 20]);
    assert_eq!(placed(move_node(21, Some(10), None), Some(10)), [21, 20]);
    assert_eq!(placed(move_node(20, Some(10), None), Some(10)), [20, 21], "where it stood");
    assert_eq!(placed(move_node(20, Some(11), None), Some(11)), [20, 22]);
    assert_eq!(placed(move_node(20, Some(11), Some(22)), Some(11)), [22, 20]);
    assert_eq!(placed(move_node(20, Some(11), Some(21)), Some(11)), [22, 20], "the one above has gone elsewhere");
    let first = &results.framework.nodes[1];
    let moved = put(by_coordinator(&results, &move_node(10, Some(1), Some(11))));
    assert_eq!(Node { rank: first.rank.clone(), ..moved }, *first, "only its place is another");
}

#[test]
fn an_objective_is_one_outcome_and_nothing_else() {
    let add = |level, parent, n| {
        let mut command = add_node(level, Some(parent), None);
        if let ResultsCommand::AddNode { objective: serves, .. } = &mut command {
            *serves = Some(objective(n));
        }
        by_coordinator(&results(), &command)
    };
    let edit = |node, n| {
        let edit = NodeEdit { objective: Some(objective(n)), ..NodeEdit::default() };
        by_coordinator(&results(), &edit_node(node, edit))
    };
    assert_eq!(put(add(Level::Outcome, 1, 2)).objective, Some(objective(2)));
    assert_eq!(put(edit(11, 2)).objective, Some(objective(2)));
    assert_eq!(put(edit(10, 1)).objective, Some(objective(1)), "its own");
    for (decided, problem) in [
        (add(Level::Outcome, 1, 1), Problem::InUse),
        (edit(11, 1), Problem::InUse),
        (add(Level::Outcome, 1, 7), Problem::Unknown),
        (edit(11, 7), Problem::Unknown),
        (add(Level::Output, 10, 2), Problem::WrongLevel),
        (edit(1, 2), Problem::WrongLevel),
    ] {
        assert_eq!(decided, refused(Field::Objective, problem));
    }
    let kept = put(by_coordinator(&results(), &edit_node(10, NodeEdit::default())));
    assert_eq!(kept.objective, Some(objective(1)), "an edit of something else does not take it away");
}

#[test]
fn nothing_is_removed_that_something_else_hangs_on() {
    let remove = |results: &Results, n| by_coordinator(results, &ResultsCommand::RemoveNode { node: node_id(n) });
    for (n, hangs) in [(1, "outcomes"), (11, "an output"), (20, "indicators"), (21, "an action item")] {
        assert_eq!(remove(&results(), n), refused(Field::Parent, Problem::InTheWay), "{hangs}");
    }
    assert_eq!(remove(&results(), 22), Ok(ResultsChange::NodeRemoved { node: node_id(22) }));

    let remove =
        |results: &Results, n| by_coordinator(results, &ResultsCommand::RemoveIndicator { indicator: indicator_id(n) });
    assert_eq!(remove(&results(), 1), refused(Field::Indicator, Problem::InTheWay));
    assert_eq!(remove(&results(), 2), Ok(ResultsChange::IndicatorRemoved { indicator: indicator_id(2) }));
    let once = Results { readings: Vec::new(), ..results() };
    assert_eq!(remove(&once, 1), refused(Field::Indicator, Problem::InTheWay), "one was approved once");
}

#[test]
fn an_item_serves_outputs_each_once_and_the_first_stays_the_first() {
    let link = |item, output| by_coordinator(&results(), &ResultsCommand::Link { item, output: node_id(output) });
    let Ok(ResultsChange::Linked(second)) = link(item(1), 20) else { panic!("not linked") };
    assert_eq!((second.turn, second.output), (1, node_id(20)), "behind the item's other outputs");
    let Ok(ResultsChange::Linked(other)) = link(item(2), 21) else { panic!("not linked") };
    assert_eq!(other.turn, 0);
    assert!(other.rank > results().framework.links[0].rank, "behind the output's other items");
    assert_eq!(link(item(2), 10), refused(Field::Parent, Problem::WrongLevel));
    let unlinked = by_coordinator(&results(), &ResultsCommand::Unlink { item: item(1), output: node_id(21) });
    assert_eq!(unlinked, Ok(ResultsChange::Unlinked { item: item(1), output: node_id(21) }));
}

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
        assert_eq!(silent, refused(Field::Reason, Problem::Missing));
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
    assert_eq!(silent, refused(Field::Reason, Problem::Missing));
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
fn a_closed_period_takes_no_reading_no_step_and_no_light_from_anybody() {
    let closed = |period: &str| {
        let mut results = results();
        results.locks.0.insert(quarter(period));
        results
    };
    let table = [
        ("2019Q1", read(1, "2019Q1", value("4"), 1, "")),
        ("2019Q1", step(1, Step::Submit, None)),
        ("2019Q2", step(2, Step::Return, reason("The list is missing"))),
        ("2019Q2", step(2, Step::Approve, None)),
        ("2019Q3", step(3, Step::Reopen, reason("Counted twice"))),
        ("2019Q4", read(9, "2019Q4", value("4"), 0, "")),
        ("2019Q4", set_light("2019Q4", Some(Light::Red))),
        ("2019Q4", set_light("2019Q4", None)),
    ];
    for (period, command) in table {
        let decided = by_coordinator(&closed(period), &command);
        assert_eq!(decided, refused(Field::Period, Problem::Locked), "{command:?}");
        assert!(by_coordinator(&closed("2018Q4"), &command).is_ok(), "another period: {command:?}");
    }
    for locked in [true, false] {
        let period = quarter("2019Q1");
        let decided = by_coordinator(&closed("2019Q1"), &ResultsCommand::Lock { period, locked });
        assert_eq!(decided, Ok(ResultsChange::Locked { period, locked }));
    }
}

#[test]
fn what_is_under_review_or_approved_is_not_rewritten() {
    for (id, period) in [(2, "2019Q2"), (3, "2019Q3")] {
        for viewer in [viewer(Role::Partner, 1), coordinator()] {
            // Nor under another id.
            for id in [id, 9] {
                let decided = decide_as(&viewer, &results(), &read(id, period, value("4"), 1, "Other words"));
                assert_eq!(decided, refused(Field::Value, Problem::NotOpen), "{period}");
            }
        }
    }
    let mut back = results();
    back.readings[1].state = State::Returned;
    let again = read_as(by_coordinator(&back, &read(2, "2019Q2", value("4"), 1, "")));
    assert_eq!((again.state, again.value), (State::Returned, value("4")), "mended, and still to be submitted");
}

#[test]
fn two_who_read_one_period_make_one_reading() {
    let partner = viewer(Role::Partner, 1);
    let first = read_as(decide_as(&partner, &results(), &read(9, "2019Q4", value("4"), 0, "Four were signed")));
    assert_eq!((first.id, first.state), (reading_id(9), State::Draft));
    assert_eq!((first.narrative.version, first.narrative.body.as_str()), (1, "Four were signed"));

    let mut there = results();
    there.readings.push(first.clone());
    let second = read_as(decide_as(&partner, &there, &read(8, "2019Q4", value("5"), 1, "Five were signed")));
    assert_eq!((second.id, second.value), (first.id, value("5")), "the one that is there");
    assert_eq!((second.narrative.version, second.narrative.body.as_str()), (2, "Five were signed"));
    let blind = decide_as(&partner, &there, &read(8, "2019Q4", value("5"), 0, "Five were signed"));
    let conflict = Refusal::Conflict { field: Field::Narrative, theirs: first.narrative, base: None };
    assert_eq!(blind, Err(conflict), "who has not seen the words does not write over them");

    let silent = read_as(decide_as(&partner, &results(), &read(9, "2019Q4", value("4"), 0, "")));
    assert_eq!((silent.narrative.version, silent.narrative.body.as_str()), (1, ""));
}

#[test]
fn a_value_that_is_none_of_the_indicators_is_not_read() {
    let decided = by_coordinator(&results(), &read(9, "2019Q4", ratio("1", "2"), 0, ""));
    assert_eq!(decided, refused(Field::Value, Problem::WrongKind));
}

#[test]
fn nobody_gets_a_reading_back_without_being_told_why() {
    for (reading, way) in [(2, Step::Return), (3, Step::Reopen)] {
        let silent = by_coordinator(&results(), &step(reading, way, None));
        assert_eq!(silent, refused(Field::Reason, Problem::Missing), "{way:?}");
        let why = reason("The list is missing");
        let (id, indicator) = (reading_id(reading), indicator_id(1));
        let said = by_coordinator(&results(), &step(reading, way, why.clone()));
        let state = State::Returned;
        assert_eq!(said, Ok(ResultsChange::Stepped { reading: id, indicator, step: way, state, why }));
    }
    let approved = by_coordinator(&results(), &step(2, Step::Approve, None));
    assert!(matches!(approved, Ok(ResultsChange::Stepped { state: State::Approved, why: None, .. })), "{approved:?}");
    for (reading, way) in [(1, Step::Approve), (2, Step::Submit), (3, Step::Approve), (1, Step::Reopen)] {
        let late = by_coordinator(&results(), &step(reading, way, reason("The list is missing")));
        assert_eq!(late, Err(Refusal::Taken), "{way:?} out of turn");
    }
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
fn nobody_writes_over_words_that_they_have_not_seen() {
    let title =
        |from, body: &str| NodeEdit { title: Some(TextEdit { from, body: statement(body) }), ..NodeEdit::default() };
    let known = results().framework.nodes[3].clone();
    let edited = put(by_coordinator(&results(), &edit_node(20, title(1, "Other words"))));
    assert_eq!((edited.title.version, edited.title.body.as_str()), (2, "Other words"));
    assert!(edited.title.id != known.title.id, "each version has a row of its own");
    assert_eq!(Node { title: known.title.clone(), ..edited }, known, "all else stays");
    let behind = by_coordinator(&results(), &edit_node(20, title(0, "Other words")));
    let conflict = Refusal::Conflict { field: Field::Statement, theirs: known.title.clone(), base: None };
    assert_eq!(behind, Err(conflict));
    let same = put(by_coordinator(&results(), &edit_node(20, title(0, &known.title.body))));
    assert_eq!(same, known, "the same words are no conflict and no version");

    let verification = Some(TextEdit { from: 7, body: Verification::parse("Gazettes").unwrap() });
    let behind =
        by_coordinator(&results(), &edit_indicator(1, IndicatorEdit { verification, ..IndicatorEdit::default() }));
    assert!(matches!(behind, Err(Refusal::Conflict { field: Field::Verification, .. })), "{behind:?}");
}

/// The same command, with a reason why what looks like personal data may stay.
fn confirmed(mut command: ResultsCommand) -> ResultsCommand {
    let why = reason("The number of the ministry");
    match &mut command {
        ResultsCommand::AddNode { reason, .. }
        | ResultsCommand::AddIndicator { reason, .. }
        | ResultsCommand::Read { reason, .. } => *reason = why,
        ResultsCommand::EditNode { edit, .. } => edit.reason = why,
        ResultsCommand::EditIndicator { edit, .. } => edit.reason = why,
        other => panic!("{other:?} has no words"),
    }
    command
}

#[test]
fn what_could_point_to_somebody_is_saved_for_a_reason_only() {
    let risks = Some(TextEdit { from: 1, body: Risks::parse(PHONE).unwrap() });
    let verification = Some(TextEdit { from: 1, body: Verification::parse(PHONE).unwrap() });
    let mut title = add_node(Level::Output, Some(10), None);
    if let ResultsCommand::AddNode { title, .. } = &mut title {
        *title = statement(PHONE);
    }
    let with_unit = IndicatorFacts { unit: Unit::parse(PHONE).unwrap(), ..facts("1.1.c", agreements()) };
    let mut cited = read(9, "2019Q4", value("4"), 0, "");
    if let ResultsCommand::Read { evidence, .. } = &mut cited {
        evidence.push(Evidence::Citation(Citation::parse("Gazette 12").unwrap()));
        evidence.push(Evidence::Citation(Citation::parse(PHONE).unwrap()));
    }
    let table = [
        (title, Field::Statement),
        (edit_node(20, NodeEdit { risks, ..NodeEdit::default() }), Field::Risks),
        (add_indicator(PHONE, facts("1.1.c", agreements())), Field::Indicator),
        (add_indicator("Trained judges", with_unit), Field::Unit),
        (edit_indicator(1, IndicatorEdit { verification, ..IndicatorEdit::default() }), Field::Verification),
        (read(9, "2019Q4", value("4"), 0, PHONE), Field::Narrative),
        (read(1, "2019Q1", value("4"), 1, PHONE), Field::Narrative),
        (cited, Field::Evidence),
    ];
    for (command, field) in table {
        let asked = by_coordinator(&results(), &command);
        assert_eq!(asked, refused(field, Problem::Personal(Personal::Phone)), "{command:?}");
        let change = by_coordinator(&results(), &confirmed(command)).unwrap();
        assert_eq!(looks_personal(&results(), &change).len(), 1, "so that the reason is noted: {change:?}");
    }
}

#[test]
fn words_instead_of_a_number_are_looked_at_too() {
    let words = Wording::parse(PHONE).unwrap();
    let scale = |baseline: Option<Wording>| {
        let baseline = baseline.map(|words| Baseline { value: Point::Words(words), year: 2018 });
        let (direction, accumulation) = (Direction::Increase, Accumulation::Latest);
        Scale::new(Kind::Qualitative, direction, accumulation, baseline, Vec::new()).unwrap()
    };
    let start = by_coordinator(&results(), &set_facts(2, facts("1.1.b", scale(Some(words.clone()))), None));
    assert_eq!(start, refused(Field::Baseline, Problem::Personal(Personal::Phone)));
    let mut qualitative = Results { readings: Vec::new(), ..results() };
    qualitative.framework.indicators[0].scale = scale(None);
    let said = by_coordinator(&qualitative, &read(9, "2019Q4", Value::Words(words), 0, ""));
    assert_eq!(said, refused(Field::Value, Problem::Personal(Personal::Phone)));
}

#[test]
fn nobody_is_asked_twice_about_the_same_words() {
    let mut known = results();
    known.framework.nodes[3].risks = text(PHONE);
    known.readings[0].evidence.push(Evidence::Citation(Citation::parse(PHONE).unwrap()));
    let risks = |body: &str| {
        let risks = Some(TextEdit { from: 1, body: Risks::parse(body).unwrap() });
        by_coordinator(&known, &edit_node(20, NodeEdit { risks, ..NodeEdit::default() }))
    };
    assert!(risks(&format!("{PHONE} and wait")).is_ok());
    assert!(risks(&format!("{PHONE} or a@example.org")).is_err(), "about what is new");
    assert!(by_coordinator(&known, &move_node(20, Some(11), None)).is_ok());
    let mut again = read(1, "2019Q1", value("4"), 1, "");
    if let ResultsCommand::Read { evidence, .. } = &mut again {
        evidence.clone_from(&known.readings[0].evidence);
    }
    assert!(by_coordinator(&known, &again).is_ok());
}

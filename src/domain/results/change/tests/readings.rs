//! Readings: who writes which when, and that nobody writes over what they have not seen.

use super::*;

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

#[test]
fn a_quarter_outside_the_plan_takes_nothing_that_no_page_would_show() {
    let known = results();
    for period in ["2018Q4", "2021Q1"] {
        let away = refused(Field::Period, Problem::Unknown);
        assert_eq!(by_coordinator(&known, &read(9, period, value("1"), 0, "")), away, "{period}");
        assert_eq!(by_coordinator(&known, &set_light(period, Some(Light::Green))), away, "{period}");
        let lock = ResultsCommand::Lock { period: quarter(period), locked: true };
        assert_eq!(by_coordinator(&known, &lock), away, "{period}");
    }
}

fn with_basis(mut command: ResultsCommand, seen: Basis) -> ResultsCommand {
    match &mut command {
        ResultsCommand::Read { basis, .. } | ResultsCommand::Step { basis, .. } => *basis = seen,
        other => panic!("{other:?} rests on nothing"),
    }
    command
}

#[test]
fn numbers_that_somebody_else_changed_meanwhile_are_not_overwritten_unseen() {
    let results = results();
    let known = results.reading(indicator_id(1), quarter("2019Q1")).cloned();
    let mine = |seen: Basis| with_basis(read(1, "2019Q1", value("9"), 1, ""), seen);
    assert!(by_coordinator(&results, &mine(Basis::of(known.as_ref()))).is_ok());
    let stale = known.map(|known| Reading { value: value("2"), ..known });
    for basis in [Basis::of(stale.as_ref()), Basis::Nothing] {
        assert_eq!(by_coordinator(&results, &mine(basis)), refused(Field::Reading, Problem::Overtaken));
    }
    let first = with_basis(read(9, "2019Q4", value("9"), 0, ""), Basis::of(stale.as_ref()));
    let gone = by_coordinator(&results, &first);
    assert_eq!(gone, refused(Field::Reading, Problem::Overtaken), "it was removed meanwhile");
}

#[test]
fn saying_the_same_as_somebody_else_is_no_conflict() {
    let results = results();
    let same = results.reading(indicator_id(1), quarter("2019Q1")).unwrap().value.clone();
    assert!(by_coordinator(&results, &with_basis(read(1, "2019Q1", same, 1, ""), Basis::Nothing)).is_ok());
}

#[test]
fn what_is_approved_is_what_was_seen() {
    let results = results();
    let known = results.reading(indicator_id(1), quarter("2019Q2")).unwrap();
    let approve = |basis: Basis| with_basis(step(2, Step::Approve, None), basis);
    assert!(by_coordinator(&results, &approve(Basis::of(Some(known)))).is_ok());
    let rewritten = Reading { narrative: Text { version: 7, ..known.narrative.clone() }, ..known.clone() };
    let decided = by_coordinator(&results, &approve(Basis::of(Some(&rewritten))));
    assert_eq!(decided, refused(Field::Reading, Problem::Overtaken));
}

#[test]
fn a_draft_can_be_taken_back_until_it_was_submitted() {
    let remove = |id| ResultsCommand::RemoveReading { reading: reading_id(id) };
    let partner = viewer(Role::Partner, 1);
    let removed = ResultsChange::ReadingRemoved { reading: reading_id(1) };
    assert_eq!(decide_as(&partner, &results(), &remove(1)), Ok(removed));
    assert_eq!(decide_as(&viewer(Role::Partner, 2), &results(), &remove(1)), Err(Refusal::Forbidden));
    for id in [2, 3] {
        assert_eq!(decide_as(&partner, &results(), &remove(id)), refused(Field::Value, Problem::NotOpen));
    }
    assert_eq!(decide_as(&partner, &results(), &remove(77)), Err(Refusal::NotFound));
}

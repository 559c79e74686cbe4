//! What looks like personal data is asked about, in every word that people type.

use super::*;

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
fn an_identification_number_is_no_part_of_an_address_for_any_reason() {
    let cited = |address: &str| {
        let mut cited = read(9, "2019Q4", value("4"), 0, "");
        if let ResultsCommand::Read { evidence, .. } = &mut cited {
            evidence.push(Evidence::Link(crate::domain::results::reading::Link::parse(address).unwrap()));
        }
        by_coordinator(&results(), &confirmed(cited))
    };
    let wrong = refused(Field::Evidence, Problem::IdNumber);
    assert_eq!(cited("https://example.org/files/0104986719873.pdf"), wrong);
    assert!(cited("https://example.org/files/0104986719874.pdf").is_ok(), "its check digit is wrong");
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

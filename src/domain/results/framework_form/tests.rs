use super::*;
use crate::domain::{
    results::{
        indicator::Indicator,
        sample::{agreements, frame, node, node_id, objective, text, with_scale, with_sex},
        tree::{Framework, Level, Node},
    },
    text::Text,
};

fn results() -> Results {
    let mut nodes = vec![
        node(1, Level::Impact, None, 1),
        node(2, Level::Outcome, Some(1), 1),
        node(3, Level::Outcome, Some(1), 2),
        node(4, Level::Output, Some(2), 1),
    ];
    nodes[1].objective = Some(objective(1));
    let indicators = vec![with_sex(with_scale(1, agreements()))];
    Results { framework: Framework { nodes, indicators, ..Framework::default() }, ..Results::default() }
}

/// What a form asks for, its values being those of something that stands, with some others typed over them.
fn asked(act: &str, filled: Vec<(String, String)>, typed: &[(&str, &str)]) -> Result<ResultsCommand, Errors> {
    let mut values = vec![("do".to_owned(), act.to_owned())];
    values.extend(typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    values.extend(filled);
    let (plan, results) = (frame().plan, results());
    let form = FrameworkForm { values: Values(&values), plan: &plan, results: &results };
    let item = |number| (number == 8).then(|| ItemId(Uuid::from_u128(8)));
    form.command(item, || Uuid::from_u128(99)).unwrap()
}

fn outcome() -> Node {
    results().framework.nodes[1].clone()
}

fn indicator() -> Indicator {
    results().framework.indicators[0].clone()
}

#[test]
fn a_form_that_nobody_touched_changes_nothing() {
    let Ok(ResultsCommand::EditNode { edit, .. }) = asked("edit-node", node_values(&outcome()), &[]) else { panic!() };
    assert_eq!(edit, super::super::command::NodeEdit::default());
    let command = asked("edit-indicator", indicator_values(&indicator()), &[]);
    let Ok(ResultsCommand::EditIndicator { edit, .. }) = command else { panic!("{command:?}") };
    assert_eq!(*edit, super::super::command::IndicatorEdit::default());
}

#[test]
fn only_what_was_touched_is_sent() {
    let typed = [("risks", "Elections"), ("objective", "")];
    let Ok(ResultsCommand::EditNode { edit, .. }) = asked("edit-node", node_values(&outcome()), &typed) else {
        panic!()
    };
    assert!(edit.title.is_none() && edit.assumptions.is_none() && edit.objective.is_none() && edit.no_objective);
    assert_eq!(edit.risks.map(|risks| risks.body.as_str().to_owned()).as_deref(), Some("Elections"));
    let Ok(ResultsCommand::EditIndicator { edit, .. }) =
        asked("edit-indicator", indicator_values(&indicator()), &[("baseline", "1,5")])
    else {
        panic!()
    };
    assert!(edit.title.is_none() && edit.was.is_some());
    let facts = edit.facts.unwrap();
    let baseline = facts.scale.baseline().unwrap();
    assert_eq!(baseline.value.quantity().unwrap().thousandths(), 1500);
    assert_eq!(facts.scale.targets(), indicator().scale.targets(), "all else stays");
}

#[test]
fn a_ticked_box_says_that_people_are_counted() {
    let of_people = |values: Vec<(String, String)>, typed: &[(&str, &str)]| {
        let Ok(ResultsCommand::EditIndicator { edit, .. }) = asked("edit-indicator", values, typed) else { panic!() };
        edit.facts.map(|facts| facts.scale.counts_people())
    };
    assert_eq!(of_people(indicator_values(&indicator()), &[("people", "yes")]), Some(true));
    let people = super::super::sample::of_people(indicator());
    assert_eq!(of_people(indicator_values(&people), &[]), None, "as it was");
    assert_eq!(of_people(indicator_values(&people), &[("people", "")]), Some(false));
}

#[test]
fn line_breaks_of_a_browser_are_no_edit() {
    let node = Node { risks: Text { body: "One\nTwo".to_owned(), ..text("") }, ..outcome() };
    let command = asked("edit-node", node_values(&node), &[("risks", "One\r\nTwo")]);
    let Ok(ResultsCommand::EditNode { edit, .. }) = command else { panic!("{command:?}") };
    assert_eq!(edit.risks, None);
}

#[test]
fn what_is_new_stands_last() {
    let parent = node_id(1).to_string();
    let typed = [("level", "outcome"), ("parent", parent.as_str()), ("title", "Referral works"), ("objective", "")];
    let Ok(ResultsCommand::AddNode { node, after, parent, .. }) = asked("add-node", Vec::new(), &typed) else {
        panic!()
    };
    assert_eq!((node, parent, after), (node_id(99), Some(node_id(1)), Some(node_id(3))));
}

#[test]
fn a_result_moves_one_place_at_a_time_and_no_further() {
    let shift = |act, n| asked(act, vec![("node".to_owned(), node_id(n).to_string())], &[]);
    let moved = |parent, after: Option<u128>, n| ResultsCommand::MoveNode {
        node: node_id(n),
        parent: Some(node_id(parent)),
        after: after.map(node_id),
    };
    assert_eq!(shift("up", 3), Ok(moved(1, None, 3)));
    assert_eq!(shift("down", 4), Ok(moved(3, None, 4)), "over to the next outcome");
    assert_eq!(shift("down", 3), Err(vec![FieldError::new(Field::Parent, Problem::NoFurther)]));
    assert_eq!(shift("up", 77), Err(vec![FieldError::new(Field::Parent, Problem::NoFurther)]));
}

#[test]
fn every_mistake_of_an_indicator_is_told_at_once() {
    let typed = [
        ("code", ""),
        ("unit", "agreements"),
        ("kind", "number"),
        ("direction", "increase"),
        ("accumulation", "cumulative"),
        ("baseline", "2"),
        ("baseline_year", "last year"),
        ("target-2019Q4", "many"),
        ("frequency", ""),
        ("responsible", "nobody"),
        ("dimensions", "sex: women, women"),
        ("title", ""),
        ("node", "x"),
    ];
    let errors = asked("add-indicator", Vec::new(), &typed).unwrap_err();
    let told: Vec<_> = errors.iter().map(|error| (error.field, error.problem)).collect();
    assert_eq!(
        told,
        [
            (Field::Parent, Problem::Unknown),
            (Field::Indicator, Problem::Missing),
            (Field::IndicatorCode, Problem::Missing),
            (Field::BaselineYear, Problem::NotAYear),
            (Field::Target, Problem::NotANumber),
            (Field::Frequency, Problem::Missing),
            (Field::Lead, Problem::Unknown),
            (Field::Dimension, Problem::Twice),
        ]
    );
}

#[test]
fn an_item_is_linked_by_its_number() {
    let link = |item| asked("link", vec![("node".to_owned(), node_id(4).to_string())], &[("item", item)]);
    let linked = ResultsCommand::Link { item: ItemId(Uuid::from_u128(8)), output: node_id(4) };
    assert_eq!(link("8"), Ok(linked.clone()));
    assert_eq!(link("#8"), Ok(linked));
    for (typed, problem) in [("", Problem::Missing), ("9", Problem::NoSuchItem), ("x", Problem::NoSuchItem)] {
        assert_eq!(link(typed), Err(vec![FieldError::new(Field::Item, problem)]), "{typed}");
    }
}

#[test]
fn a_light_is_set_for_a_reason_and_given_back_without() {
    let set = |light, why| {
        let typed = [("indicator", indicator().id.to_string()), ("period", "2019Q4".to_owned())];
        let typed = typed.map(|(name, value)| (name.to_owned(), value));
        asked("light", typed.to_vec(), &[("light", light), ("why", why)])
    };
    assert_eq!(set("red", ""), Err(vec![FieldError::new(Field::Reason, Problem::Missing)]));
    assert!(matches!(set("red", "The law fell"), Ok(ResultsCommand::SetLight { light: Some((Light::Red, _)), .. })));
    assert!(matches!(set("", ""), Ok(ResultsCommand::SetLight { light: None, .. })));
    assert_eq!(set("blue", "The law fell"), Err(vec![FieldError::new(Field::Light, Problem::Unknown)]));
}

#[test]
fn wordings_are_withdrawn_from_what_the_form_is_of() {
    let node = asked("withdraw-node", node_values(&outcome()), &[]);
    assert_eq!(node, Ok(ResultsCommand::Withdraw { subject: Subject::Node(outcome().id) }));
    let of_indicator = asked("withdraw-indicator", indicator_values(&indicator()), &[]);
    assert_eq!(of_indicator, Ok(ResultsCommand::Withdraw { subject: Subject::Indicator(indicator().id) }));
    let nobody = asked("withdraw-node", Vec::new(), &[("node", "x")]);
    assert_eq!(nobody, Err(vec![FieldError::new(Field::Parent, Problem::Unknown)]));
}

#[test]
fn a_word_that_nobody_knows_asks_for_nothing() {
    let (plan, results) = (frame().plan, results());
    let values = [("do".to_owned(), "explode".to_owned())];
    let form = FrameworkForm { values: Values(&values), plan: &plan, results: &results };
    assert_eq!(form.command(|_| None, Uuid::nil), None);
}

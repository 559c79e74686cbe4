//! Results stand where they belong, and what hangs on them is not lost.

use super::*;

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

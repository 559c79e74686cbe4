use super::*;
use crate::domain::results::sample::{indicator, text};
use proptest::prelude::*;
use uuid::Uuid;

fn id(n: u128) -> NodeId {
    NodeId(Uuid::from_u128(n))
}

fn item(n: u128) -> ItemId {
    ItemId(Uuid::from_u128(n))
}

fn objective(n: u128) -> ObjectiveId {
    ObjectiveId(Uuid::from_u128(n))
}

fn rank(place: u128) -> Rank {
    Rank::stored(format!("{place:08x}"))
}

fn node(n: u128, level: Level, parent: Option<u128>, place: u128) -> Node {
    Node {
        id: id(n),
        level,
        parent: parent.map(id),
        rank: rank(place),
        title: text("Result"),
        assumptions: text(""),
        risks: text(""),
        objective: None,
    }
}

fn link(of: u128, output: u128, turn: u16, place: u128) -> Link {
    Link { item: item(of), output: id(output), turn, rank: rank(place) }
}

/// Impact 1; outcomes 10 (objective 2), 11 (objective 1) and 12 (no objective); outputs 20, 21 below 11, 22 below 10.
fn framework() -> Framework {
    let outcome = |n, place, serves: Option<u128>| Node {
        objective: serves.map(objective),
        ..node(n, Level::Outcome, Some(1), place)
    };
    Framework {
        nodes: vec![
            node(1, Level::Impact, None, 1),
            outcome(10, 1, Some(2)),
            outcome(11, 2, Some(1)),
            outcome(12, 3, None),
            node(20, Level::Output, Some(11), 9),
            node(21, Level::Output, Some(11), 4),
            node(22, Level::Output, Some(10), 1),
        ],
        indicators: vec![Indicator { node: id(22), ..indicator(1, "0", &[]) }],
        links: vec![link(1, 21, 0, 5), link(2, 21, 0, 3), link(2, 22, 1, 1), link(3, 22, 0, 2), link(4, 99, 0, 1)],
    }
}

fn numbering(framework: &Framework) -> Numbering {
    Numbering::of(framework, &[objective(1), objective(2), objective(3)])
}

#[test]
fn objective_n_is_outcome_n_and_others_follow() {
    let numbers = numbering(&framework());
    let code = |n| numbers.node(id(n)).map(|code| code.to_string()).unwrap_or_default();
    assert_eq!([1, 10, 11, 12].map(code), ["I 1", "Oc 2", "Oc 1", "Oc 4"]);
    assert_eq!([20, 21, 22, 99].map(code), ["Op 1.2", "Op 1.1", "Op 2.1", ""]);
}

#[test]
fn an_item_has_one_number_and_stands_under_all_its_outputs() {
    let framework = framework();
    let numbers = numbering(&framework);
    let code = |n| numbers.item(item(n)).map(|code| code.to_string()).unwrap_or_default();
    assert_eq!([1, 2, 3, 4].map(code), ["A 1.1.2", "A 1.1.1", "A 2.1.1", ""]);
    assert_eq!(framework.items_of(id(22)), [item(2), item(3)]);
}

#[test]
fn a_result_stands_below_the_next_level_and_nothing_else() {
    let framework = framework();
    let problem = |level, parent: Option<u128>| framework.check_place(level, parent.map(id)).err().map(|e| e.problem);
    assert_eq!(problem(Level::Impact, None), None);
    assert_eq!(problem(Level::Outcome, Some(1)), None);
    assert_eq!(problem(Level::Output, Some(10)), None);
    assert_eq!(problem(Level::Output, Some(1)), Some(Problem::WrongLevel));
    assert_eq!(problem(Level::Output, Some(20)), Some(Problem::WrongLevel));
    assert_eq!(problem(Level::Impact, Some(1)), Some(Problem::WrongLevel));
    assert_eq!(problem(Level::Outcome, None), Some(Problem::Missing));
    assert_eq!(problem(Level::Outcome, Some(99)), Some(Problem::Unknown));
}

#[test]
fn an_objective_is_one_outcome() {
    let framework = framework();
    let problem =
        |n, level, serves| framework.check_objective(id(n), level, objective(serves)).err().map(|error| error.problem);
    assert_eq!(problem(10, Level::Outcome, 2), None, "it is already");
    assert_eq!(problem(12, Level::Outcome, 3), None);
    assert_eq!(problem(12, Level::Outcome, 2), Some(Problem::InUse));
    assert_eq!(problem(20, Level::Output, 3), Some(Problem::WrongLevel));
    assert_eq!(framework.objective_of(id(21)), Some(objective(1)));
    assert_eq!(framework.objective_of(id(1)), None);
}

#[test]
fn nothing_is_deleted_with_something_below_it() {
    let framework = framework();
    assert_eq!(framework.obstacles(id(1)), Obstacles { children: 3, ..Obstacles::default() });
    assert_eq!(framework.obstacles(id(22)), Obstacles { children: 0, indicators: 1, links: 2 });
    assert!(framework.obstacles(id(20)).is_none());
}

proptest! {
    /// Two members who see the same framework see the same numbers, and no number twice.
    #[test]
    fn numbers_do_not_depend_on_the_order_of_rows(
        outcomes in prop::collection::vec((0..4_u128, prop::option::of(0..4_u128)), 0..6),
        outputs in prop::collection::vec((0..6_u128, 0..4_u128), 0..10),
        links in prop::collection::vec((0..6_u128, 0..10_u128, 0..3_u16, 0..4_u128), 0..20),
        seed: u64,
    ) {
        let mut framework = Framework { nodes: vec![node(1, Level::Impact, None, 1)], ..Framework::default() };
        framework.nodes.extend((100..).zip(&outcomes).map(|(n, (place, serves))| {
            Node { objective: serves.map(objective), ..node(n, Level::Outcome, Some(1), *place) }
        }));
        let outputs = (200..).zip(&outputs).map(|(n, (of, place))| node(n, Level::Output, Some(100 + of), *place));
        framework.nodes.extend(outputs);
        framework.links = links.iter().map(|(of, output, turn, place)| link(*of, 200 + output, *turn, *place)).collect();
        framework.links.sort_by_key(|link| (link.item, link.output));
        framework.links.dedup_by_key(|link| (link.item, link.output));

        let numbers = numbering(&framework);
        let mut codes: Vec<_> = framework.nodes.iter().filter_map(|node| numbers.node(node.id)).collect();
        codes.extend((0..6).filter_map(|n| numbers.item(item(n))));
        let all = codes.len();
        codes.sort_unstable();
        codes.dedup();
        prop_assert_eq!(codes.len(), all);

        let mut shuffled = framework.clone();
        let key = |n: u128| (u64::try_from(n).unwrap() ^ seed).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        shuffled.nodes.sort_by_key(|node| key(node.id.0.as_u128()));
        shuffled.links.sort_by_key(|link| key(link.item.0.as_u128() * 1000 + link.output.0.as_u128()));
        prop_assert_eq!(numbering(&shuffled), numbers);
    }
}

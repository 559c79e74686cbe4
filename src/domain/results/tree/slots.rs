//! The places that a result can have, in the order in which a reader meets them.

use super::{Framework, Level, Node};
use crate::domain::ids::NodeId;
use serde::{Deserialize, Serialize};

/// A place below `parent`, right behind `after` or as its first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    pub parent: Option<NodeId>,
    pub after: Option<NodeId>,
    /// Where the result is now.
    pub is_own: bool,
}

impl Framework {
    /// All places of a result's level, its own among them; none for a result that is not there. Objectives give outcomes
    /// their numbers, yet an outcome without one moves like any other result.
    pub fn slots(&self, node: NodeId) -> Vec<Slot> {
        let Some(node) = self.node(node) else { return Vec::new() };
        let parents: Vec<Option<NodeId>> = match node.level.above() {
            None => vec![None],
            Some(above) => self.in_order().into_iter().filter(|it| it.level == above).map(|it| Some(it.id)).collect(),
        };
        parents.into_iter().flat_map(|parent| self.slots_below(node, parent)).collect()
    }

    /// One before each of the others, and one behind the last.
    fn slots_below(&self, node: &Node, parent: Option<NodeId>) -> Vec<Slot> {
        let children = self.children(parent);
        let own = children.iter().position(|child| child.id == node.id);
        let others: Vec<NodeId> = children.iter().map(|child| child.id).filter(|id| *id != node.id).collect();
        let at = (0..=others.len()).map(|at| (at, at.checked_sub(1).and_then(|before| others.get(before)).copied()));
        at.map(|(at, after)| Slot { parent, after, is_own: own == Some(at) }).collect()
    }

    /// Below which row of [`Self::in_order`] a place lies; nothing above the first.
    pub fn row_above(&self, slot: Slot) -> Option<NodeId> {
        let Some(after) = slot.after else { return slot.parent };
        let order = self.in_order();
        let mut rows = order.iter().skip_while(|node| node.id != after);
        let level = rows.next()?.level;
        let below = rows.take_while(|node| node.level > level).last();
        Some(below.map_or(after, |node| node.id))
    }

    /// Every result of the tree, each before those below it.
    pub fn in_order(&self) -> Vec<&Node> {
        let mut all = Vec::with_capacity(self.nodes.len());
        let mut waiting: Vec<&Node> = self.children(None);
        waiting.reverse();
        while let Some(node) = waiting.pop() {
            all.push(node);
            // An output has nothing below it; a loop, which the rules refuse, would never end otherwise.
            if node.level != Level::Output {
                let below = self.children(Some(node.id));
                waiting.extend(below.into_iter().filter(|child| child.level > node.level).rev());
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::results::sample::{node, node_id};

    fn framework() -> Framework {
        let nodes = vec![
            node(1, Level::Impact, None, 1),
            node(2, Level::Outcome, Some(1), 1),
            node(3, Level::Outcome, Some(1), 2),
            node(4, Level::Output, Some(2), 1),
            node(5, Level::Output, Some(2), 2),
            node(6, Level::Output, Some(3), 1),
        ];
        Framework { nodes, ..Framework::default() }
    }

    fn places(node: u128) -> Vec<(Option<u128>, Option<u128>, bool)> {
        let slots = framework().slots(node_id(node));
        let number = |id: NodeId| id.0.as_u128();
        slots.into_iter().map(|slot| (slot.parent.map(number), slot.after.map(number), slot.is_own)).collect()
    }

    #[test]
    fn a_reader_meets_each_result_before_those_below_it() {
        let order: Vec<u128> = framework().in_order().iter().map(|node| node.id.0.as_u128()).collect();
        assert_eq!(order, [1, 2, 4, 5, 3, 6]);
    }

    #[test]
    fn an_output_can_go_below_any_outcome() {
        let own = places(5);
        assert_eq!(
            own,
            [(Some(2), None, false), (Some(2), Some(4), true), (Some(3), None, false), (Some(3), Some(6), false),]
        );
    }

    #[test]
    fn a_place_lies_below_all_that_hangs_on_the_one_before() {
        let framework = framework();
        let above = |node: u128| -> Vec<Option<u128>> {
            let slots = framework.slots(node_id(node));
            slots.into_iter().map(|slot| framework.row_above(slot).map(|row| row.0.as_u128())).collect()
        };
        assert_eq!(above(3), [Some(1), Some(5)], "behind the first outcome with its outputs");
        assert_eq!(above(5), [Some(2), Some(4), Some(3), Some(6)]);
        assert_eq!(above(1), [None]);
    }

    #[test]
    fn an_outcome_stays_below_an_impact_and_a_stranger_has_no_place() {
        assert_eq!(places(3), [(Some(1), None, false), (Some(1), Some(2), true)]);
        assert_eq!(places(1), [(None, None, true)]);
        assert_eq!(places(99), []);
    }
}

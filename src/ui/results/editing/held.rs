//! A result in hand: where it could go, and where it would land now. Keys and pointers move it alike.

use crate::{
    domain::{
        ids::NodeId,
        results::{
            command::ResultsCommand,
            tree::{Framework, Slot},
        },
    },
    ui::browser,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub node: NodeId,
    pub slots: Vec<Slot>,
    pub at: usize,
}

impl Held {
    /// Nothing if the result has gone, or has no other place.
    pub fn lift(framework: &Framework, node: NodeId) -> Option<Self> {
        let slots = framework.slots(node);
        let at = slots.iter().position(|slot| slot.is_own)?;
        (slots.len() > 1).then_some(Self { node, slots, at })
    }

    pub fn slot(&self) -> Option<Slot> {
        self.slots.get(self.at).copied()
    }

    /// One place up or down; at an end it stays.
    pub fn shift(&mut self, by: isize) {
        let at = self.at.checked_add_signed(by).filter(|at| *at < self.slots.len());
        self.at = at.unwrap_or(self.at);
    }

    /// To the place that is nearest to a height on the screen.
    pub fn follow(&mut self, framework: &Framework, y: f64) {
        let distance = |slot: &Slot| {
            let row = framework.row_above(*slot).map(row_id);
            let line = row.map_or_else(|| browser::top(".tree"), |row| browser::bottom(&format!("#{row} > .tree-row")));
            line.map_or(f64::MAX, |line| (line - y).abs())
        };
        let nearest = self.slots.iter().map(distance).enumerate().min_by(|a, b| a.1.total_cmp(&b.1));
        self.at = nearest.map_or(self.at, |(at, _)| at);
    }

    /// What dropping it asks for; nothing where it came from.
    pub fn drop(&self) -> Option<ResultsCommand> {
        let slot = self.slot().filter(|slot| !slot.is_own)?;
        Some(ResultsCommand::MoveNode { node: self.node, parent: slot.parent, after: slot.after })
    }
}

/// The id of a result's row in the page.
pub fn row_id(node: NodeId) -> String {
    format!("n-{node}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::results::{
        sample::{node, node_id},
        tree::Level,
    };

    fn framework() -> Framework {
        let nodes = vec![
            node(1, Level::Impact, None, 1),
            node(2, Level::Outcome, Some(1), 1),
            node(3, Level::Outcome, Some(1), 2),
            node(4, Level::Output, Some(2), 1),
        ];
        Framework { nodes, ..Framework::default() }
    }

    #[test]
    fn a_result_goes_no_further_than_its_places() {
        let mut held = Held::lift(&framework(), node_id(4)).unwrap();
        assert_eq!((held.at, held.slots.len()), (0, 2));
        held.shift(-1);
        assert_eq!((held.at, held.drop()), (0, None), "dropped where it was, it asks for nothing");
        held.shift(1);
        held.shift(1);
        let below_the_other = ResultsCommand::MoveNode { node: node_id(4), parent: Some(node_id(3)), after: None };
        assert_eq!((held.at, held.drop()), (1, Some(below_the_other)));
    }

    #[test]
    fn what_has_one_place_stays() {
        assert_eq!(Held::lift(&framework(), node_id(1)), None);
        assert_eq!(Held::lift(&framework(), node_id(9)), None);
    }
}

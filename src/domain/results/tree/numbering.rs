//! The numbers of all rows at once, since each depends on those before it.

use super::{Framework, Level, Link, Node};
use crate::domain::{
    ids::{ItemId, NodeId, ObjectiveId},
    results::code::Code,
};
use std::collections::BTreeMap;

/// Each row's number. Made anew whenever the framework changes, and never stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbering {
    nodes: BTreeMap<NodeId, Code>,
    items: BTreeMap<ItemId, Code>,
}

impl Numbering {
    /// Objective On of the plan is outcome Oc n, whatever its rank; outcomes that are no objective follow behind the
    /// last objective. `objectives` are the plan's, in their order.
    pub fn of(framework: &Framework, objectives: &[ObjectiveId]) -> Self {
        let mut numbers = Self::default();
        let impacts = framework.children(None).into_iter().filter(|node| node.level == Level::Impact);
        numbers.nodes.extend(counted(impacts).map(|(n, impact)| (impact.id, Code::Impact(n))));
        for (n, outcome) in outcomes(framework, objectives) {
            numbers.nodes.insert(outcome.id, Code::Outcome(n));
            let outputs = framework.children(Some(outcome.id)).into_iter().filter(|node| node.level == Level::Output);
            numbers.nodes.extend(counted(outputs).map(|(k, output)| (output.id, Code::Output(n, k))));
        }
        numbers.number_items(framework);
        numbers
    }

    pub fn node(&self, id: NodeId) -> Option<Code> {
        self.nodes.get(&id).copied()
    }

    /// Nothing for an item that serves no output.
    pub fn item(&self, id: ItemId) -> Option<Code> {
        self.items.get(&id).copied()
    }

    fn number_items(&mut self, framework: &Framework) {
        let first = self.first_links(framework);
        let mut by_output: BTreeMap<NodeId, Vec<&Link>> = BTreeMap::new();
        for link in first.into_values() {
            by_output.entry(link.output).or_default().push(link);
        }
        for (output, mut links) in by_output {
            let Some(Code::Output(n, k)) = self.node(output) else { continue };
            links.sort_by_key(|link| (&link.rank, link.item));
            self.items.extend(counted(links).map(|(m, link)| (link.item, Code::Activity(n, k, m))));
        }
    }

    /// Each item's link to its first output, among those that have a number.
    fn first_links<'a>(&self, framework: &'a Framework) -> BTreeMap<ItemId, &'a Link> {
        let mut first: BTreeMap<ItemId, &Link> = BTreeMap::new();
        for link in framework.links.iter().filter(|link| matches!(self.node(link.output), Some(Code::Output(..)))) {
            let known = first.entry(link.item).or_insert(link);
            if (link.turn, link.output) < (known.turn, known.output) {
                *known = link;
            }
        }
        first
    }
}

/// Outcomes with their numbers. A second outcome of one objective, which the rules refuse, counts as one of none.
fn outcomes<'a>(framework: &'a Framework, objectives: &[ObjectiveId]) -> BTreeMap<u32, &'a Node> {
    let impacts = framework.children(None).into_iter().map(|impact| Some(impact.id));
    let in_order = impacts.flat_map(|impact| framework.children(impact));
    let mut numbers = BTreeMap::new();
    let mut others = Vec::new();
    for outcome in in_order.filter(|node| node.level == Level::Outcome) {
        let number = counted(objectives).find(|(_, objective)| Some(**objective) == outcome.objective);
        match number {
            Some((n, _)) if !numbers.contains_key(&n) => _ = numbers.insert(n, outcome),
            _ => others.push(outcome),
        }
    }
    let behind = u32::try_from(objectives.len()).unwrap_or(u32::MAX);
    numbers.extend(counted(others).map(|(n, outcome)| (behind.saturating_add(n), outcome)));
    numbers
}

fn counted<T>(things: impl IntoIterator<Item = T>) -> impl Iterator<Item = (u32, T)> {
    (1_u32..).zip(things)
}

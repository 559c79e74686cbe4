//! A table as a network in which people flow: each count is an arc, each sum a place where as many arrive as leave.
//! One person more around any cycle of arcs is a table that adds up as well. So a hidden count cannot be told as long as
//! it lies on a cycle of hidden ones with room to move; where there is none, the cheapest such cycle is made.

use super::SMALL;

/// A count between two places.
#[derive(Clone, Copy, Debug)]
pub struct Arc {
    pub from: usize,
    pub to: usize,
    pub people: u32,
    pub is_total: bool,
    pub mark: Mark,
}

/// What is told of a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Shown whatever happens: zero, which no reader would believe to be anything else, and what is official.
    Fixed,
    Shown,
    /// From 1 to [`SMALL`].
    Small,
    /// More than [`SMALL`].
    Withheld,
    /// Nothing is told but that it is not 0. Only for the rare table whose marks alone give a count away: ten counts of
    /// 1 with a small total can be nothing else.
    Free,
}

/// One person more or less.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Up,
    Down,
}

impl Way {
    const BOTH: [Way; 2] = [Self::Up, Self::Down];
}

/// What it costs to lose: a total more than any counts in the table, a mark's meaning more than any totals.
const TOTAL: u64 = 1 << 40;
const MEANING: u64 = 1 << 50;

impl Arc {
    /// Where a change enters and leaves.
    fn ends(&self, way: Way) -> (usize, usize) {
        match way {
            Way::Up => (self.from, self.to),
            Way::Down => (self.to, self.from),
        }
    }

    /// The mark with which the count could be one more or less, for all that readers see; nothing if it could not.
    fn mark_for(&self, way: Way) -> Option<Mark> {
        let has_room = |low, high| match way {
            Way::Up => self.people < high,
            Way::Down => self.people > low,
        };
        match self.mark {
            Mark::Fixed => None,
            Mark::Small if has_room(1, SMALL) => Some(Mark::Small),
            Mark::Shown | Mark::Withheld if has_room(SMALL + 1, u32::MAX) => Some(Mark::Withheld),
            _ => has_room(1, u32::MAX).then_some(Mark::Free),
        }
    }

    /// What hiding it costs, so far that it could be one more or less; nothing if it cannot be hidden so.
    fn cost(&self, way: Way) -> Option<u64> {
        let mark = self.mark_for(way)?;
        let total = if self.is_total { TOTAL } else { 0 };
        let size = 1 + u64::from(self.people);
        Some(match mark {
            _ if mark == self.mark => 0,
            Mark::Free => MEANING + total + size,
            _ => total + size,
        })
    }

    fn is_hidden(&self) -> bool {
        matches!(self.mark, Mark::Small | Mark::Withheld | Mark::Free)
    }
}

/// Hides what must be hidden besides the small counts. What is hidden for one count lies on its cycle and is itself
/// protected by it, and hiding more never takes room away: so each count is looked at once, and all hold at the end.
pub fn protect(arcs: &mut [Arc], places: usize) {
    for at in 0..arcs.len() {
        let cheapest = Way::BOTH.into_iter().filter_map(|way| cycle(arcs, places, at, way)).min_by_key(|found| found.0);
        for (at, way) in cheapest.into_iter().flat_map(|(_, cycle)| cycle) {
            if let Some((arc, mark)) = arcs.get_mut(at).and_then(|arc| arc.mark_for(way).map(|mark| (arc, mark))) {
                arc.mark = mark;
            }
        }
    }
}

/// The cheapest cycle through a hidden count, with its cost. Nothing if the count is not hidden, or all around it is
/// fixed.
fn cycle(arcs: &[Arc], places: usize, at: usize, way: Way) -> Option<(u64, Vec<(usize, Way)>)> {
    let arc = arcs.get(at).filter(|arc| arc.is_hidden())?;
    let own = arc.cost(way)?;
    let (enters, leaves) = arc.ends(way);
    let (rest, mut steps) = cheapest_path(arcs, places, at, leaves, enters)?;
    steps.push((at, way));
    Some((own.saturating_add(rest), steps))
}

/// How a place is reached most cheaply: the cost so far and the last step.
#[derive(Clone, Copy)]
struct Reached {
    cost: u64,
    by: Option<(usize, Way)>,
}

/// The cheapest path between two places without one arc (Bellman and Ford).
fn cheapest_path(
    arcs: &[Arc],
    places: usize,
    without: usize,
    start: usize,
    end: usize,
) -> Option<(u64, Vec<(usize, Way)>)> {
    let mut reached: Vec<Option<Reached>> = vec![None; places];
    *reached.get_mut(start)? = Some(Reached { cost: 0, by: None });
    while improve(arcs, without, &mut reached) {}
    let cost = (*reached.get(end)?)?.cost;
    let mut path = Vec::new();
    let mut place = end;
    while let Some((at, way)) = reached.get(place).copied().flatten()?.by {
        path.push((at, way));
        place = arcs.get(at)?.ends(way).0;
    }
    Some((cost, path))
}

/// Goes one arc further from everywhere; says whether any place was reached more cheaply.
fn improve(arcs: &[Arc], without: usize, reached: &mut [Option<Reached>]) -> bool {
    let mut is_better = false;
    for (at, arc) in arcs.iter().enumerate().filter(|(at, _)| *at != without) {
        for way in Way::BOTH {
            let (from, to) = arc.ends(way);
            let (Some(Some(so_far)), Some(step)) = (reached.get(from), arc.cost(way)) else { continue };
            let cost = so_far.cost.saturating_add(step);
            if reached.get(to).is_some_and(|known| known.is_none_or(|known| cost < known.cost)) {
                reached[to] = Some(Reached { cost, by: Some((at, way)) });
                is_better = true;
            }
        }
    }
    is_better
}

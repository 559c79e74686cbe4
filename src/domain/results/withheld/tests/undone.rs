//! What a reader can find out who knows the rule: every other world that would look the same.

use super::*;
use crate::domain::results::{sample::with_scale, scale::Accumulation, small_counts::SMALL};
use std::collections::{BTreeMap, BTreeSet};

/// Who was there before, and in each quarter who came: women, men, and those of whom it is not stated.
#[derive(Clone, Debug)]
struct World {
    accumulation: Accumulation,
    before: u32,
    came: Vec<[u32; 3]>,
}

impl World {
    fn indicator(&self) -> Indicator {
        let rising = of_people(with_sex(indicator(1, &self.before.to_string(), &[("2020Q4", "100")])));
        match self.accumulation {
            Accumulation::Periodic => periodic(rising),
            Accumulation::Cumulative => rising,
            Accumulation::Latest => latest(rising),
        }
    }

    /// Who had come by the end of each quarter.
    fn to_date(&self) -> Vec<[u32; 3]> {
        let add = |sum: &mut [u32; 3], came: &[u32; 3]| {
            *sum = [0, 1, 2].map(|at| sum[at] + came[at]);
            Some(*sum)
        };
        self.came.iter().scan([0; 3], add).collect()
    }

    fn readings(&self) -> Vec<Reading> {
        let (cells, before) = match self.accumulation {
            Accumulation::Periodic | Accumulation::Latest => (self.came.clone(), 0),
            Accumulation::Cumulative => (self.to_date(), self.before),
        };
        let period = |n: u128| first().plus(i32::try_from(n).unwrap() - 1).to_string();
        let reading = |(n, [women, men, rest]): (u128, [u32; 3])| by_sex(n, &period(n), [women, men, rest + before]);
        (1..).zip(cells).map(reading).collect()
    }

    fn looks(&self) -> String {
        serde_json::to_string(&tell(&self.indicator(), &self.readings())).unwrap()
    }

    /// All that may be a small count: who was there, the whole and women and men to date, and who of them came when.
    fn counts(&self) -> Vec<u32> {
        let whole =
            self.to_date().into_iter().flat_map(|[women, men, rest]| [self.before + women + men + rest, women, men]);
        let came = self.came.iter().flat_map(|[women, men, rest]| [women + men + rest, *women, *men]);
        std::iter::once(self.before).chain(whole).chain(came).collect()
    }

    /// The number of people in a place: before all, or in a cell of a quarter. One place is no place: outside.
    fn people(&mut self, place: usize) -> Option<&mut u32> {
        match place {
            0 => Some(&mut self.before),
            place => self.came.get_mut((place - 1) / 3).map(|cells| &mut cells[(place - 1) % 3]),
        }
    }

    /// The worlds in which one person is somewhere else.
    fn neighbours(&self) -> Vec<World> {
        let outside = 3 * self.came.len() + 1;
        let ways = (0..=outside).flat_map(|from| (0..=outside).map(move |to| (from, to)));
        ways.filter(|(from, to)| from != to).filter_map(|(from, to)| self.moved(from, to)).collect()
    }

    fn moved(&self, from: usize, to: usize) -> Option<World> {
        let mut world = self.clone();
        if let Some(people) = world.people(from) {
            *people = people.checked_sub(1)?;
        }
        if let Some(people) = world.people(to) {
            *people += 1;
        }
        Some(world)
    }
}

fn is_small(people: u32) -> bool {
    (1..=SMALL).contains(&people)
}

fn people() -> impl Strategy<Value = u32> {
    prop_oneof![3 => Just(0_u32), 3 => 1..=10_u32, 1 => Just(1_u32), 1 => Just(10_u32), 2 => 11..=14_u32, 3 => 15..=60_u32]
}

fn world() -> impl Strategy<Value = World> {
    let accumulation = prop::sample::select(vec![Accumulation::Cumulative, Accumulation::Periodic]);
    let came = prop::collection::vec([people(), people(), people()], 1..5);
    (accumulation, people(), came).prop_map(|(accumulation, before, came)| World { accumulation, before, came })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Each small count is another number in some world that looks the same to a reader.
    #[test]
    fn no_small_count_of_a_running_total_is_given_away(world in world()) {
        let (looks, counts) = (world.looks(), world.counts());
        let same: Vec<Vec<u32>> =
            world.neighbours().into_iter().filter(|other| other.looks() == looks).map(|other| other.counts()).collect();
        for (at, count) in counts.iter().enumerate().filter(|(_, count)| is_small(**count)) {
            let is_open = same.iter().any(|other| other[at] != *count);
            prop_assert!(is_open, "the count {at}, which is {count}, follows: {world:?} {counts:?} {looks}");
        }
    }

    /// The same of percentages: who of them is in the numerator, and who is not.
    #[test]
    fn no_small_part_of_a_percentage_is_given_away(
        came in prop::collection::vec([people(), people()], 1..5), adds in any::<bool>(),
    ) {
        let (looks, counts) = (ratio_looks(&came, adds), ratio_counts(&came));
        let places = 2 * came.len();
        let ways = (0..=places).flat_map(|from| (0..=places).map(move |to| (from, to)));
        let others = ways.filter(|(from, to)| from != to).filter_map(|(from, to)| moved(&came, from, to));
        let same: Vec<Vec<u32>> =
            others.filter(|other| ratio_looks(other, adds) == looks).map(|other| ratio_counts(&other)).collect();
        for (at, count) in counts.iter().enumerate().filter(|(_, count)| is_small(**count)) {
            let is_open = same.iter().any(|other| other[at] != *count);
            prop_assert!(is_open, "the count {at}, which is {count}, follows: {came:?} {looks}");
        }
    }
}

fn ratio_to_date(came: &[[u32; 2]]) -> Vec<[u32; 2]> {
    let add = |sum: &mut [u32; 2], came: &[u32; 2]| {
        *sum = [sum[0] + came[0], sum[1] + came[1]];
        Some(*sum)
    };
    came.iter().scan([0; 2], add).collect()
}

fn ratio_looks(came: &[[u32; 2]], adds: bool) -> String {
    let running = of_people(with_scale(1, ratios(1, "0", &[]).scale));
    let (indicator, cells) = if adds { (periodic(running), came.to_vec()) } else { (running, ratio_to_date(came)) };
    let values = cells.iter().map(|[inside, outside]| ratio(&inside.to_string(), &(inside + outside).to_string()));
    let told = tell(&indicator, &each_quarter(&values.collect::<Vec<_>>()));
    serde_json::to_string(&told).unwrap()
}

fn ratio_counts(came: &[[u32; 2]]) -> Vec<u32> {
    let to_date = ratio_to_date(came);
    to_date.iter().chain(came).flat_map(|[inside, outside]| [*inside, *outside, inside + outside]).collect()
}

fn moved(came: &[[u32; 2]], from: usize, to: usize) -> Option<Vec<[u32; 2]>> {
    let mut came = came.to_vec();
    if let Some(cells) = came.get_mut(from / 2) {
        cells[from % 2] = cells[from % 2].checked_sub(1)?;
    }
    if let Some(cells) = came.get_mut(to / 2) {
        cells[to % 2] += 1;
    }
    Some(came)
}

/// A state is told by itself, so all worlds that look like one are found by trying all.
#[test]
fn no_small_count_of_a_state_is_given_away() {
    const ALL: u32 = 24;
    let mut alike: BTreeMap<String, Vec<Vec<u32>>> = BTreeMap::new();
    for women in 0..=ALL {
        for men in 0..=ALL - women {
            for rest in 0..=ALL - women - men {
                let world = World { accumulation: Accumulation::Latest, before: 0, came: vec![[women, men, rest]] };
                alike.entry(world.looks()).or_default().push(world.counts());
            }
        }
    }
    for (looks, worlds) in alike {
        for at in 0..worlds[0].len() {
            let possible: BTreeSet<u32> = worlds.iter().map(|counts| counts[at]).collect();
            let is_known = possible.len() == 1 && possible.iter().copied().all(is_small);
            assert!(!is_known, "the count {at} follows from {looks}: {possible:?}");
        }
    }
}

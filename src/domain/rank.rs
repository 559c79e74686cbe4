//! The place of an item within its status: a fraction between 0 and 1 in hexadecimal digits, so that a move writes one
//! row. A rank between two others may be longer than both; when one gets too long, those around it get short ranks in the
//! same order.
//!
//! The crate fractional_index does not do: its ranks between two that begin with the same zero byte lie
//! elsewhere, and so would a card that is dropped there.

use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Sorts as text, byte by byte. Made by the server alone, from the neighbours that a command names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rank(String);

/// Of so many digits are the ranks at the ends of a status, and those that are spread.
const WIDTH: usize = 8;
const WHOLE: u64 = 1 << (4 * WIDTH);

/// From one rank at an end to the next, so that an end can be moved to many thousand times before ranks get longer.
const STEP: u64 = 1 << 16;

impl Rank {
    /// The longest rank that is left as it is, in characters.
    pub const LONG: usize = 40;

    /// Between two ranks of so many characters there is room for many that are not long.
    const SHORT: usize = 16;

    /// A rank as stored.
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it has become longer than is good for rows and messages.
    pub fn is_long(&self) -> bool {
        self.0.len() > Self::LONG
    }

    /// Short ranks for so many items in a row between two others, with room between any two.
    pub fn spread(above: Option<&Rank>, below: Option<&Rank>, count: usize) -> Vec<Rank> {
        if above.is_none() && below.is_none() {
            let count = count as u64;
            return (1..=count).map(|n| Self::of(n * (WHOLE / (count + 1)))).collect();
        }
        if count == 0 {
            return Vec::new();
        }
        let (low, high) = (above.map_or("", Self::as_str), below.map(Self::as_str));
        let middle = middle(low, high).map_or_else(|| Self::between(above, below), Rank);
        let mut ranks = Self::spread(above, Some(&middle), count / 2);
        let rest = Self::spread(Some(&middle), below, count - count / 2 - 1);
        ranks.push(middle);
        ranks.extend(rest);
        ranks
    }

    /// Which ranks of a status, in their order, to make short so that the one at a place becomes so: as few as can be.
    pub fn to_shorten(ranks: &[Rank], at: usize) -> Range<usize> {
        let is_short = |rank: Option<&Rank>| rank.is_none_or(|rank| rank.0.len() <= Self::SHORT);
        let mut reach = 8;
        loop {
            let part = at.saturating_sub(reach)..(at + reach + 1).min(ranks.len());
            let above = part.start.checked_sub(1).and_then(|above| ranks.get(above));
            if is_short(above) && is_short(ranks.get(part.end)) {
                return part;
            }
            reach *= 2;
        }
    }

    /// A rank after `above` and before `below`; `None` is the column's end.
    pub fn between(above: Option<&Rank>, below: Option<&Rank>) -> Rank {
        let near_end = match (above, below) {
            (None, None) => Some(WHOLE / 2),
            (Some(above), None) => Some(above.beginning() + STEP).filter(|place| *place < WHOLE),
            (None, Some(below)) => below.beginning().checked_sub(STEP).filter(|place| *place > 0),
            (Some(_), Some(_)) => None,
        };
        if let Some(place) = near_end {
            return Self::of(place);
        }
        let (low, high) = (above.map_or("", Self::as_str), below.map(Self::as_str));
        // Nothing lies between two that are equal or swapped; the place after `above` is then the nearest there is.
        middle(low, high).or_else(|| middle(low, None)).map_or_else(|| Self::of(WHOLE / 2), Rank)
    }

    /// The rank of so many parts of the whole.
    fn of(place: u64) -> Self {
        let digits = format!("{place:0WIDTH$x}");
        Self(digits.trim_end_matches('0').to_owned())
    }

    /// How many parts of the whole its first digits say.
    fn beginning(&self) -> u64 {
        let digits = self.0.bytes().map(|byte| value(Some(byte))).chain(std::iter::repeat(0));
        digits.take(WIDTH).fold(0, |sum, digit| sum * 16 + u64::from(digit))
    }
}

fn value(digit: Option<u8>) -> u32 {
    digit.and_then(|digit| char::from(digit).to_digit(16)).unwrap_or(0)
}

/// Digits after `low` and before `high`, as few as there can be; they never end in 0, so that there is room before
/// them, too. Nothing if there are none.
fn middle(low: &str, high: Option<&str>) -> Option<String> {
    let mut found = String::new();
    let mut high = high;
    for at in 0.. {
        let from = value(low.as_bytes().get(at).copied());
        let to = match high {
            Some(high) => value(Some(*high.as_bytes().get(at)?)),
            None => 16,
        };
        let digit = if to > from + 1 { from.midpoint(to) } else { from };
        found.push(char::from_digit(digit, 16)?);
        match to.checked_sub(from)? {
            0 => {}
            // Below `high` from here on, whatever follows.
            1 => high = None,
            _ => return Some(found),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Drops one after the other at these places of a column.
    fn dropped(places: impl IntoIterator<Item = prop::sample::Index>) -> Vec<Rank> {
        let mut column: Vec<Rank> = Vec::new();
        for place in places {
            let at = place.index(column.len() + 1);
            let above = at.checked_sub(1).and_then(|above| column.get(above));
            let rank = Rank::between(above, column.get(at));
            column.insert(at, rank);
        }
        column
    }

    proptest! {
        /// Whoever drops a card between two others finds it between them.
        #[test]
        fn every_drop_lands_between_its_neighbours(places: Vec<prop::sample::Index>) {
            prop_assert!(dropped(places).is_sorted_by(|a, b| a < b));
        }

        /// Also among ranks of the first version, which ended in 80.
        #[test]
        fn ranks_of_old_stay_in_order(low in "[0-9a-f]{0,8}80", high in "[0-9a-f]{0,8}80") {
            let (low, high) = (Rank::stored(low), Rank::stored(high));
            if low < high {
                let rank = Rank::between(Some(&low), Some(&high));
                prop_assert!(low < rank && rank < high, "{rank:?}");
            }
            prop_assert!(Rank::between(Some(&low), None) > low);
        }
    }

    #[test]
    fn the_ends_of_a_column_can_be_dropped_at_for_long() {
        let (mut top, mut bottom) = (Rank::between(None, None), Rank::between(None, None));
        for _ in 0..30_000 {
            let next = (Rank::between(None, Some(&top)), Rank::between(Some(&bottom), None));
            assert!(next.0 < top && next.1 > bottom);
            (top, bottom) = next;
        }
        assert!(top.as_str().len() <= WIDTH && bottom.as_str().len() <= WIDTH);
        // Beyond that they grow, and are in order still.
        for _ in 0..10_000 {
            let next = Rank::between(None, Some(&top));
            assert!(next < top);
            top = next;
            if top.is_long() {
                return;
            }
        }
    }

    #[test]
    fn spread_ranks_are_short_in_order_and_have_room() {
        for count in [0, 1, 2, 50, 4_000] {
            let ranks = Rank::spread(None, None, count);
            assert_eq!(ranks.len(), count);
            assert!(ranks.is_sorted_by(|a, b| a < b && Rank::between(Some(a), Some(b)) < *b));
            assert!(ranks.iter().all(|rank| rank.as_str().len() <= WIDTH));
        }
        let (low, high) = (Rank::stored("7ffffffffffffff8".into()), Rank::stored("7ffffffffffffff9".into()));
        for (above, below) in [(Some(&low), Some(&high)), (Some(&low), None), (None, Some(&low))] {
            let ranks = Rank::spread(above, below, 500);
            assert_eq!(ranks.len(), 500);
            assert!(ranks.is_sorted_by(|a, b| a < b));
            assert!(above.is_none_or(|above| *above < ranks[0]) && below.is_none_or(|below| ranks[499] < *below));
            assert!(ranks.iter().all(|rank| rank.as_str().len() <= Rank::LONG / 2 + 4), "{ranks:?}");
        }
    }

    #[test]
    fn only_as_many_ranks_are_made_short_as_have_to_be() {
        let mut column = Rank::spread(None, None, 1_000);
        // Always to the second place.
        while !column[1].is_long() {
            let rank = Rank::between(column.first(), column.get(1));
            column.insert(1, rank);
        }
        let part = Rank::to_shorten(&column, 1);
        assert!(part.contains(&1) && part.len() < 200, "{part:?}");
        let above = part.start.checked_sub(1).and_then(|at| column.get(at));
        let short = Rank::spread(above, column.get(part.end), part.len());
        column.splice(part, short);
        assert!(column.is_sorted_by(|a, b| a < b) && column.iter().all(|rank| !rank.is_long()));
    }

    #[test]
    fn equal_neighbours_do_no_harm() {
        let rank = Rank::between(None, None);
        assert!(Rank::between(Some(&rank), Some(&rank)) > rank);
    }
}

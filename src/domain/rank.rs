//! The place of an item within its status: a fractional index, so that a move writes one row.

use fractional_index::FractionalIndex;
use serde::{Deserialize, Serialize};

/// Sorts as text, byte by byte. Made by the server alone, from the neighbours that a command names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rank(String);

impl Rank {
    /// A rank as stored.
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A rank after `above` and before `below`; `None` is the column's end.
    pub fn between(above: Option<&Rank>, below: Option<&Rank>) -> Rank {
        let index = |rank: Option<&Rank>| rank.and_then(|rank| FractionalIndex::from_string(&rank.0).ok());
        let (above, below) = (index(above), index(below));
        // No index lies between two that are equal or swapped; the place after `above` is then the nearest there is.
        let place = FractionalIndex::new(above.as_ref(), below.as_ref())
            .or_else(|| FractionalIndex::new(above.as_ref(), None))
            .unwrap_or_default();
        Rank(place.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Whoever drops a card between two others finds it between them.
        #[test]
        fn every_drop_lands_between_its_neighbours(places: Vec<prop::sample::Index>) {
            let mut column: Vec<Rank> = Vec::new();
            for place in places {
                let at = place.index(column.len() + 1);
                let above = at.checked_sub(1).and_then(|above| column.get(above));
                let rank = Rank::between(above, column.get(at));
                column.insert(at, rank);
                prop_assert!(column.is_sorted_by(|a, b| a < b));
            }
        }
    }

    #[test]
    fn equal_neighbours_do_no_harm() {
        let rank = Rank::between(None, None);
        assert!(Rank::between(Some(&rank), Some(&rank)) > rank);
    }
}

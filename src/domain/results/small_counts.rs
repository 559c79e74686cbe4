//! Counts of people from 1 to 10, which nobody is told who only reads: they show as "< 11". What else must be withheld
//! so that none of them follows from what is told is the rule of [`withheld`](super::withheld).
//!
//! Source: the network's rule for counts of victims.

use super::amount::Amount;
use serde::{Deserialize, Serialize};

/// Counts up to this one are small, but for 0.
pub const SMALL: u32 = 10;

/// Whether an amount is a small count. What is no whole number counts nobody.
pub fn is_small(amount: Amount) -> bool {
    amount.whole().is_some_and(|people| (1..=SMALL).contains(&people))
}

/// What stands in the place of a count that is not told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hidden {
    /// "< 11": from 1 to 10.
    Small,
    /// Withheld, since it would give away a small one.
    Withheld,
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::domain::measure::Quantity;

    #[test]
    fn from_one_to_ten_people_are_few() {
        let amount = |text: &str| Amount::from(Quantity::parse(text).unwrap());
        let few = ["0", "1", "10", "11", "1.5"].map(|text| is_small(amount(text)));
        assert_eq!(few, [false, true, true, false, false]);
    }
}

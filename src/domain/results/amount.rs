//! Sums of quantities, which may be larger than any one of them.

use crate::domain::measure::{Quantity, format_thousandths};
use serde::{Deserialize, Serialize};
use std::{
    iter::Sum,
    ops::{Add, Sub},
};

/// A decimal number with up to three decimals. It holds the sum of nine million of the largest quantities, and stays
/// there; a plan has some thousands of readings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Amount {
    thousandths: i64,
}

impl Amount {
    pub const ZERO: Amount = Amount { thousandths: 0 };

    pub fn thousandths(self) -> i64 {
        self.thousandths
    }

    /// As a count, if it is a whole number that is not negative.
    pub fn whole(self) -> Option<u32> {
        (self.thousandths % 1000 == 0).then(|| u32::try_from(self.thousandths / 1000).ok()).flatten()
    }

    /// Without needless zeros: "3.5" with `separator` '.', "12".
    pub fn format(self, separator: char) -> String {
        format_thousandths(self.thousandths, separator)
    }
}

impl From<Quantity> for Amount {
    fn from(quantity: Quantity) -> Self {
        Self { thousandths: quantity.thousandths() }
    }
}

impl Add for Amount {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { thousandths: self.thousandths.saturating_add(other.thousandths) }
    }
}

impl Sub for Amount {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self { thousandths: self.thousandths.saturating_sub(other.thousandths) }
    }
}

impl Sum for Amount {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(text: &str) -> Amount {
        Quantity::parse(text).unwrap().into()
    }

    #[test]
    fn a_sum_is_decimal_and_larger_than_a_quantity() {
        let tenths: Amount = (0..3).map(|_| amount("0.1")).sum();
        assert_eq!(tenths, amount("0.3"));
        let large: Amount = (0..5).map(|_| amount("1000000000")).sum();
        assert_eq!(large.format('.'), "5000000000");
        assert_eq!((amount("1") - amount("2.5")).format(','), "-1,5");
    }

    #[test]
    fn people_are_whole() {
        assert_eq!(amount("12").whole(), Some(12));
        assert_eq!(amount("0").whole(), Some(0));
        assert_eq!(amount("1.5").whole(), None);
        assert_eq!(amount("-1").whole(), None);
    }
}

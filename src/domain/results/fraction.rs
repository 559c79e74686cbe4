//! Exact fractions for what is compared, and percentages in tenths for what is shown.

use super::amount::Amount;
use serde::{Deserialize, Serialize};

/// A fraction of whole numbers in lowest terms, its denominator above zero. Comparing shown percentages would let
/// rounding decide; this does not.
///
/// Made of amounts and at most two operations, it never leaves the range: an amount has 63 bits, a quantity 41.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fraction {
    numerator: i128,
    denominator: i128,
}

impl Fraction {
    /// Nothing if there is nothing to divide by.
    pub fn new(numerator: i128, denominator: i128) -> Option<Self> {
        let common = gcd(numerator.unsigned_abs(), denominator.unsigned_abs());
        let common = i128::try_from(common).ok().filter(|_| denominator != 0)? * denominator.signum();
        Some(Self { numerator: numerator / common, denominator: denominator / common })
    }

    /// So many parts of a hundred, exactly; nothing for parts of nothing.
    pub fn hundredfold(part: Amount, whole: Amount) -> Option<Self> {
        Self::new(100 * i128::from(part.thousandths()), whole.thousandths().into())
    }

    pub fn minus(self, other: Self) -> Option<Self> {
        let numerator = self.numerator * other.denominator - other.numerator * self.denominator;
        Self::new(numerator, self.denominator * other.denominator)
    }

    /// Nothing if `other` is zero.
    pub fn over(self, other: Self) -> Option<Self> {
        Self::new(self.numerator * other.denominator, self.denominator * other.numerator)
    }

    /// Whether it is that many hundredths or more.
    pub fn is_at_least(self, hundredths: u8) -> bool {
        self.numerator * 100 >= self.denominator * i128::from(hundredths)
    }

    /// 1 / 3 is 33.3 %; half a tenth is rounded away from zero.
    pub fn percent(self) -> Percent {
        let (doubled, sign) = (self.numerator.abs() * 2000 + self.denominator, self.numerator.signum());
        let tenths = sign * (doubled / (self.denominator * 2));
        Percent { tenths: i64::try_from(tenths).unwrap_or(if sign < 0 { i64::MIN } else { i64::MAX }) }
    }
}

impl From<Amount> for Fraction {
    fn from(amount: Amount) -> Self {
        Self::new(amount.thousandths().into(), 1000).unwrap_or(Self { numerator: 0, denominator: 1 })
    }
}

fn gcd(a: u128, b: u128) -> u128 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// Per cent with one decimal, for people to read. Nothing is computed from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Percent {
    tenths: i64,
}

impl Percent {
    /// A part of a whole; nothing for parts of nothing.
    pub fn of(part: Amount, whole: Amount) -> Option<Self> {
        Fraction::new(part.thousandths().into(), whole.thousandths().into()).map(Fraction::percent)
    }

    pub fn tenths(self) -> i64 {
        self.tenths
    }

    /// "66.7" with `separator` '.', "60".
    pub fn format(self, separator: char) -> String {
        let sign = if self.tenths < 0 { "-" } else { "" };
        let (whole, rest) = (self.tenths.unsigned_abs() / 10, self.tenths.unsigned_abs() % 10);
        if rest == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}{separator}{rest}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn percent(numerator: i128, denominator: i128) -> Option<String> {
        Fraction::new(numerator, denominator).map(|fraction| fraction.percent().format('.'))
    }

    #[test]
    fn percentages_have_one_decimal() {
        let shown = [(2, 3, "66.7"), (1, 3, "33.3"), (3, 5, "60"), (-1, 3, "-33.3"), (1, 2000, "0.1"), (0, 7, "0")];
        for (numerator, denominator, text) in shown {
            assert_eq!(percent(numerator, denominator).as_deref(), Some(text));
            assert_eq!(percent(-numerator, -denominator).as_deref(), Some(text));
        }
        assert_eq!(percent(0, 0), None);
        assert_eq!(percent(1, 0), None);
    }

    #[test]
    fn a_limit_is_compared_before_rounding() {
        let nearly = Fraction::new(84_999, 100_000).unwrap();
        assert_eq!(nearly.percent().format('.'), "85");
        assert!(!nearly.is_at_least(85));
        assert!(Fraction::new(85, 100).unwrap().is_at_least(85));
    }

    proptest! {
        /// The largest readings, baselines and targets do not overflow on the longest way: (a / b − c) / (d − c).
        #[test]
        fn the_largest_numbers_fit(a: i64, b: i64, c in -1_000_000_000_000_i64..=1_000_000_000_000,
                                   d in -1_000_000_000_000_i64..=1_000_000_000_000) {
            let point = |thousandths: i64| Fraction::new(thousandths.into(), 1000).unwrap();
            if let Some(current) = Fraction::new(100 * i128::from(a), b.into()) {
                let done = current.minus(point(c)).unwrap();
                let way = point(d).minus(point(c)).unwrap();
                if let Some(progress) = done.over(way) {
                    progress.percent();
                    progress.is_at_least(85);
                }
            }
        }
    }
}

//! Counts of people as whoever only reads is told of them: the copy of an indicator and its readings that is made for
//! readers on the server, and what of it is withheld.
//!
//! Readers see the value to date at the end of every quarter, and may have kept each page. So what counts is not one
//! table but the differences between all that was ever shown, and what was told once cannot be taken back. Hence a rule
//! for each quarter that looks back only:
//!
//! 1. A running total is told where it is 0 or more than 10, and 0 or more than 10 away from the last one that was told
//!    (the first one: from the baseline). What a periodic indicator adds is told as the difference of such totals, so a
//!    small quarter is told with those after it, as one. A baseline is a count too; one from 1 to 10 is not told.
//! 2. A ratio is told where the same holds of its numerator, of what its denominator has besides, and of its denominator.
//! 3. A running total is told by category where the same holds of each category, and of those in none. From the first
//!    quarter on in which it does not, the indicator is not told by that dimension any more.
//! 4. States (`Latest`) are not added, so their differences count nobody, and each quarter stands for itself, by the same
//!    rules as if nothing had been told before.
//! 5. What rests on a withheld value, as progress and light do, is withheld; so are texts in which it could stand.
//!
//! Why it cannot be undone, where totals never fall. Let a total be withheld between two that are told, T and U: it is T
//! and 1 to 10 more, or below 11; U is at least T + 11, so each of the ten is possible. If a reader is told the whole W
//! of a first quarter that is withheld by category, the categories grew by w ≥ 11 in all and one by 1 to 10; any
//! category may have grown by 1, and another by w − 1, or by 2, and another by w − 2; and of later quarters nothing is
//! told that decides. Rule 3 is strict for this: the whole after 50 women and 10 men, and later 50 women and 21 men,
//! would tell the 10, since no woman can have left.
//!
//! A list is told whole or not at all. Hiding a second cell beside the small one would tell more, but which cell that is
//! depends on the numbers: of 11, 1 and 12 the 11 would be shown, of 11, 2 and 11 it would not, so who knows how it is
//! chosen knows the 1.
//!
//! It does not hold against readers who compare what was shown before a reading was reopened, or was approved after a
//! later one, with what is shown afterwards; nor for a definition or a reason of a light in which somebody writes the
//! number.
//!
//! Source: the network's rule for [`small_counts`](super::small_counts), applied to differences, as statistical offices
//! do for tables that are published again and again.

mod course;

use super::{
    indicator::Indicator,
    reading::{Reading, counted},
    small_counts::Hidden,
};
use crate::domain::{
    day::Quarter,
    text::{Category, DimensionName},
};
use course::Course;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a copy of an indicator does not tell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withheld {
    /// There is one, and it is small.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub baseline: bool,
    /// Quarters that have a value to date which is not told. No reading of theirs is in the copy.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub totals: BTreeMap<Quarter, Hidden>,
    /// Categories that are not told, where the whole is.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub shares: BTreeMap<Quarter, Vec<Share>>,
}

/// A category that is not told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    pub dimension: DimensionName,
    pub category: Category,
    pub hidden: Hidden,
}

impl Withheld {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The newest value up to a quarter, if it is withheld; `told` is the newest that is not.
    pub fn newest(&self, up_to: Quarter, told: Option<Quarter>) -> Option<(Quarter, Hidden)> {
        let (period, hidden) = self.totals.range(..=up_to).next_back()?;
        told.is_none_or(|told| told < *period).then_some((*period, *hidden))
    }

    /// The categories that are not told with the value of a quarter.
    pub fn shares(&self, period: Quarter) -> &[Share] {
        self.shares.get(&period).map(Vec::as_slice).unwrap_or_default()
    }
}

/// The copy of an indicator that counts people, and of its readings, for whoever only reads. Of what is withheld no number
/// is in it. A reading of a periodic indicator has in it what quarters before it had that were withheld.
pub fn tell(indicator: &Indicator, readings: &[Reading]) -> (Indicator, Vec<Reading>) {
    let mut course = Course::of(indicator);
    if let Some(last) = readings.iter().map(|reading| reading.period).max() {
        for reading in counted(indicator, readings, last).into_values() {
            course.go_on(reading);
        }
    }
    course.told()
}

#[cfg(test)]
mod tests;

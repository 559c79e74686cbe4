//! Values by category, and whether the categories come to the whole.

use super::{
    amount::Amount,
    indicator::Indicator,
    reading::{Reading, counted},
    scale::Accumulation,
    value::Figure,
    withheld::Share,
};
use crate::domain::{
    day::Quarter,
    text::{Category, DimensionName},
};
use serde::{Deserialize, Serialize};

/// Whether parts come to their whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Completeness {
    Complete,
    /// So much of the whole is in no category.
    Incomplete {
        missing: Figure,
    },
    /// The categories come to so much more than the whole.
    Exceeds {
        by: Figure,
    },
    /// Words do not add up.
    NoSum,
}

/// A value to date by the categories of one dimension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breakdown {
    pub dimension: DimensionName,
    /// Every category that the indicator has or readings name; nothing where there is no data.
    pub categories: Vec<(Category, Option<Figure>)>,
    /// Of what was read, without a baseline, which nobody has broken down.
    pub completeness: Completeness,
}

impl Breakdown {
    /// One for each dimension of the indicator, then for those that it once had and readings still name, so that no
    /// table drops any. Empty without data, and where the whole is withheld.
    pub fn all<'a>(
        indicator: &Indicator,
        readings: impl IntoIterator<Item = &'a Reading>,
        up_to: Quarter,
    ) -> Vec<Breakdown> {
        let counted = counted(indicator, readings, up_to);
        let Some(told) = counted.last_key_value().map(|(period, _)| *period) else { return Vec::new() };
        if indicator.withheld.newest(up_to, Some(told)).is_some() {
            return Vec::new();
        }
        let counted: Vec<&Reading> = counted.into_values().collect();
        // Readings that stand for all before them are not added to those.
        let adds_up = indicator.scale.accumulation() == Accumulation::Periodic;
        let readings = if adds_up { &counted[..] } else { &counted[counted.len().saturating_sub(1)..] };
        let Some(whole) = sum(readings.iter().map(|reading| Figure::from(&reading.value))) else { return Vec::new() };
        let dimensions = dimensions(indicator, readings).into_iter();
        let hidden = indicator.withheld.shares(told);
        dimensions.map(|dimension| Self::of(indicator, readings, dimension, &whole).hiding(hidden)).collect()
    }

    /// What is missing would tell of what is withheld.
    fn hiding(mut self, hidden: &[Share]) -> Self {
        for share in hidden.iter().filter(|share| share.dimension == self.dimension) {
            self.completeness = Completeness::NoSum;
            for (_, figure) in self.categories.iter_mut().filter(|known| known.0 == share.category) {
                *figure = Some(Figure::Hidden(share.hidden));
            }
        }
        self
    }

    fn of(indicator: &Indicator, readings: &[&Reading], dimension: DimensionName, whole: &Figure) -> Self {
        let shares = || readings.iter().flat_map(|reading| &reading.shares).filter(|it| it.dimension == dimension);
        let known = indicator.dimension(&dimension).map_or(&[][..], |dimension| dimension.categories());
        let categories = known_first(known, shares().map(|share| &share.category), Category::as_str);
        let value = |category: &Category| {
            sum(shares().filter(|share| share.category == *category).map(|share| Figure::from(&share.value)))
        };
        let categories: Vec<_> = categories.into_iter().map(|category| (category.clone(), value(&category))).collect();
        let parts: Vec<Figure> = categories.iter().filter_map(|(_, figure)| figure.clone()).collect();
        let completeness = completeness(indicator.scale.accumulation(), whole, &parts);
        Self { dimension, completeness, categories }
    }
}

fn dimensions(indicator: &Indicator, readings: &[&Reading]) -> Vec<DimensionName> {
    let known: Vec<DimensionName> = indicator.dimensions.iter().map(|dimension| dimension.name().clone()).collect();
    let named = readings.iter().flat_map(|reading| &reading.shares).map(|share| &share.dimension);
    known_first(&known, named, DimensionName::as_str)
}

/// Those that are known in their order, then the others that are named, each once.
fn known_first<'a, T: Clone + PartialEq + 'a>(
    known: &[T],
    named: impl Iterator<Item = &'a T>,
    word: impl Fn(&T) -> &str,
) -> Vec<T> {
    let mut others: Vec<T> = named.filter(|thing| !known.contains(thing)).cloned().collect();
    others.sort_by(|a, b| word(a).cmp(word(b)));
    others.dedup();
    known.iter().cloned().chain(others).collect()
}

/// The sum of figures of one kind, or the last one of words; nothing of nothing.
fn sum(figures: impl Iterator<Item = Figure>) -> Option<Figure> {
    figures.reduce(|sum, figure| sum.plus(&figure).unwrap_or(figure))
}

/// Whether parts come to a whole: for a ratio, its numerators and its denominators. Parts of a state (the latest value)
/// that come to more are averages, not counts: the days that women waited and those that men did are no sum.
pub fn completeness(accumulation: Accumulation, whole: &Figure, parts: &[Figure]) -> Completeness {
    match sum_up(whole, parts) {
        Completeness::Exceeds { .. } if accumulation == Accumulation::Latest => Completeness::NoSum,
        completeness => completeness,
    }
}

fn sum_up(whole: &Figure, parts: &[Figure]) -> Completeness {
    let Some(nothing) = whole.minus(whole) else { return Completeness::NoSum };
    let parts = parts.iter().try_fold(nothing.clone(), |sum, part| sum.plus(part));
    let Some(missing) = parts.and_then(|parts| whole.minus(&parts)) else { return Completeness::NoSum };
    match lacks(whole, &missing).into_iter().max() {
        Some(Lack::Exceeds) => Completeness::Exceeds { by: nothing.minus(&missing).unwrap_or(nothing) },
        Some(Lack::Missing) => Completeness::Incomplete { missing },
        Some(Lack::None) => Completeness::Complete,
        None => Completeness::NoSum,
    }
}

/// From the best to the worst.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Lack {
    None,
    Missing,
    Exceeds,
}

fn lacks(whole: &Figure, missing: &Figure) -> Vec<Lack> {
    match (whole, missing) {
        (Figure::Number(whole), Figure::Number(missing)) => vec![lack(*whole, *missing)],
        (Figure::Ratio { numerator: n, denominator: d }, Figure::Ratio { numerator, denominator }) => {
            vec![lack(*n, *numerator), lack(*d, *denominator)]
        }
        _ => Vec::new(),
    }
}

/// What is missing of a loss is a loss, too.
fn lack(whole: Amount, missing: Amount) -> Lack {
    match missing.thousandths().signum() {
        0 => Lack::None,
        sign if sign == whole.thousandths().signum() => Lack::Missing,
        _ => Lack::Exceeds,
    }
}

#[cfg(test)]
mod tests;

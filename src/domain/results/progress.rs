//! The value to date, and how far it is on its way.

use super::{
    amount::Amount,
    fraction::Fraction,
    indicator::Indicator,
    reading::{Reading, counted},
    scale::{Accumulation, Scale},
    value::{Figure, Kind, Point},
};
use crate::domain::day::Quarter;
use serde::{Deserialize, Serialize};

/// A value to date. Where there is no data there is no `Current`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Current {
    pub figure: Figure,
    /// The latest period that it rests on.
    pub as_of: Quarter,
    /// How many readings are in it.
    pub readings: usize,
}

/// The value of an indicator at the end of a period, from approved readings only.
///
/// - Cumulative, latest: the newest reading. A running total has all before it in it, so nothing is added.
/// - Periodic number: baseline + the sum of all readings, so that it stands on the same scale as baseline and target;
///   a missing baseline is taken as 0 here, and keeps progress from being computed.
/// - Periodic ratio: the sum of numerators over the sum of denominators. Its baseline is a share of something else and
///   is not added.
///
/// Where the newest value is withheld, that is said, and no older one takes its place.
pub fn to_date<'a>(
    indicator: &Indicator,
    readings: impl IntoIterator<Item = &'a Reading>,
    up_to: Quarter,
) -> Option<Current> {
    let counted = counted(indicator, readings, up_to);
    let told = counted.last_key_value().map(|(period, _)| *period);
    if let Some((as_of, hidden)) = indicator.withheld.newest(up_to, told) {
        return Some(Current { figure: Figure::Hidden(hidden), as_of, readings: 0 });
    }
    let (&as_of, newest) = counted.last_key_value()?;
    let newest = Figure::from(&newest.value);
    if indicator.scale.accumulation() != Accumulation::Periodic {
        return Some(Current { figure: newest, as_of, readings: 1 });
    }
    let figures = counted.values().map(|reading| Figure::from(&reading.value));
    let start = starting_figure(&indicator.scale);
    let figure = start.into_iter().chain(figures).reduce(|sum, figure| sum.plus(&figure).unwrap_or(sum))?;
    Some(Current { figure, as_of, readings: counted.len() })
}

/// What readings of a number are added to, or counted from: its baseline.
pub fn starting_figure(scale: &Scale) -> Option<Figure> {
    let baseline = scale.baseline().filter(|_| scale.kind() == Kind::Number)?;
    baseline.value.quantity().map(|quantity| Figure::Number(quantity.into()))
}

/// (current − baseline) / (target − baseline), exactly: 1 is all of the way, and it may be below 0 and above 1. It
/// serves a falling indicator as it is, since then both differences are negative (EU logical framework).
///
/// A ratio is compared in per cent. Nothing for words, without a baseline, for a share of nothing, and where target and
/// baseline are equal.
pub fn progress(scale: &Scale, figure: &Figure, target: &Point) -> Option<Fraction> {
    let from = measured(&scale.baseline()?.value)?;
    let way = measured(target)?.minus(from)?;
    figure.measured()?.minus(from)?.over(way)
}

/// A baseline or target as a number; nothing for words.
pub fn measured(point: &Point) -> Option<Fraction> {
    point.quantity().map(|quantity| Amount::from(quantity).into())
}

#[cfg(test)]
mod tests;

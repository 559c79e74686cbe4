//! Sums over several indicators, where these count the same thing.

use super::{
    indicator::Indicator,
    progress::to_date,
    reading::Reading,
    scale::Accumulation,
    value::{Figure, Kind},
};
use crate::domain::{day::Quarter, ids::IndicatorId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A sum of values to date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Total {
    /// Nothing if no indicator has data.
    pub figure: Option<Figure>,
    pub with_data: usize,
    /// So many are not in the sum, which is therefore too low and not wrong.
    pub without_data: usize,
}

/// The sum of several indicators at the end of a period; nothing if they are unlike. Each counts once, with its own
/// value to date: a running total that was read four times is in it once.
///
/// Alike are numbers of one unit that add up (cumulative or periodic), and ratios of one unit, whose parts add up
/// whatever the accumulation. States and words are never added.
pub fn total(indicators: &[&Indicator], readings: &[Reading], up_to: Quarter) -> Option<Total> {
    let each: BTreeMap<IndicatorId, &Indicator> = indicators.iter().map(|it| (it.id, *it)).collect();
    let (first, last) = (each.values().next()?, each.len());
    if !each.values().all(|indicator| adds_up(indicator) && is_like(first, indicator)) {
        return None;
    }
    let figures = each.values().filter_map(|indicator| to_date(indicator, readings, up_to));
    let figures: Vec<Figure> = figures.map(|current| current.figure).collect();
    let (with_data, without_data) = (figures.len(), last - figures.len());
    let figure = figures.into_iter().reduce(|sum, figure| sum.plus(&figure).unwrap_or(sum));
    Some(Total { figure, with_data, without_data })
}

fn adds_up(indicator: &Indicator) -> bool {
    match indicator.scale.kind() {
        Kind::Number => indicator.scale.accumulation() != Accumulation::Latest,
        Kind::Ratio => true,
        Kind::Qualitative => false,
    }
}

fn is_like(one: &Indicator, other: &Indicator) -> bool {
    one.scale.kind() == other.scale.kind() && one.unit == other.unit
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        results::sample::{indicator, latest, of, periodic, quantity, quarter, ratio, ratios, reading, value},
        text::Unit,
    };

    fn figure(total: Option<Total>) -> Option<Figure> {
        total.and_then(|total| total.figure)
    }

    /// Two partners train lawyers. One reports running totals 10, 25, 40, the other 5, 5 and 8 a quarter: together
    /// 40 + 18 = 58, and not 75 + 18 = 93.
    #[test]
    fn running_totals_are_not_summed_again_at_the_parent() {
        let (one, other) = (indicator(1, "0", &[]), periodic(indicator(2, "0", &[])));
        let rows = [(1, "2019Q1", "10", "5"), (2, "2019Q2", "25", "5"), (3, "2019Q3", "40", "8")];
        let readings: Vec<Reading> = rows
            .into_iter()
            .flat_map(|(id, period, total, added)| {
                [reading(id, period, value(total)), of(2, reading(id + 10, period, value(added)))]
            })
            .collect();
        let sum = total(&[&one, &other, &one], &readings, quarter("2019Q4"));
        let figure = Some(Figure::Number(quantity("58").into()));
        assert_eq!(sum, Some(Total { figure, with_data: 2, without_data: 0 }));
    }

    /// 1 of 2 in one country and 10 of 100 in the other are 11 of 102, 10.8 %; the mean of 50 % and 10 % is 30 %.
    #[test]
    fn percentages_are_made_of_added_parts() {
        let (one, other) = (latest(ratios(1, "0", &[])), latest(ratios(2, "0", &[])));
        let readings = [reading(1, "2019Q1", ratio("1", "2")), of(2, reading(2, "2019Q1", ratio("10", "100")))];
        let sum = figure(total(&[&one, &other], &readings, quarter("2019Q4"))).unwrap();
        assert_eq!(sum.percent().map(|percent| percent.format('.')).as_deref(), Some("10.8"));
    }

    #[test]
    fn unlike_indicators_have_no_sum_and_missing_data_is_told() {
        let (one, two) = (indicator(1, "0", &[]), indicator(2, "0", &[]));
        let towns = Indicator { unit: Unit::parse("towns").unwrap(), ..indicator(3, "0", &[]) };
        let now = quarter("2019Q4");
        assert_eq!(total(&[&one, &towns], &[], now), None);
        assert_eq!(total(&[&one, &latest(indicator(4, "0", &[]))], &[], now), None);
        assert_eq!(total(&[&one, &ratios(5, "0", &[])], &[], now), None);
        assert_eq!(total(&[], &[], now), None);
        let nothing = Total { figure: None, with_data: 0, without_data: 2 };
        assert_eq!(total(&[&one, &two], &[], now), Some(nothing));
    }
}

//! What happened within a stretch of time, for the columns of a report by quarter or year.

use super::{
    indicator::Indicator,
    progress::starting_figure,
    reading::{Reading, counted},
    scale::Accumulation,
    small_counts::Hidden,
    value::Figure,
};
use crate::domain::day::Quarter;
use std::ops::RangeInclusive;

/// What approved readings say of some quarters; nothing where none of them was read.
///
/// - Periodic: the sum of their readings.
/// - Cumulative: the newest running total less the one before these quarters, or else the baseline. Adding the totals
///   of four quarters would count the first one's people four times.
/// - Latest: the newest state.
///
/// Withheld where a value at the start, within, or at the end is.
pub fn gained<'a>(
    indicator: &Indicator,
    readings: impl IntoIterator<Item = &'a Reading>,
    quarters: RangeInclusive<Quarter>,
) -> Option<Figure> {
    let counted = counted(indicator, readings, *quarters.end());
    let before = counted.range(..*quarters.start()).next_back().map(|(period, _)| *period);
    let is_open = indicator.withheld.newest(quarters.start().plus(-1), before).is_some();
    if is_open || indicator.withheld.totals.keys().any(|period| quarters.contains(period)) {
        return Some(Figure::Hidden(Hidden::Withheld));
    }
    let within = counted.iter().filter(|(period, _)| quarters.contains(*period));
    let mut within = within.map(|(_, reading)| Figure::from(&reading.value));
    match indicator.scale.accumulation() {
        Accumulation::Periodic => within.reduce(|sum, figure| sum.plus(&figure).unwrap_or(sum)),
        Accumulation::Latest => within.next_back(),
        Accumulation::Cumulative => {
            let end = within.next_back()?;
            let before =
                counted.range(..*quarters.start()).next_back().map(|(_, reading)| Figure::from(&reading.value));
            let start = before.or_else(|| starting_figure(&indicator.scale));
            start.map_or(Some(end.clone()), |start| end.minus(&start))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::results::sample::{
        indicator, latest, periodic, quantity, quarter, ratio, ratios, reading, value,
    };
    use proptest::prelude::*;

    fn year(year: i16) -> RangeInclusive<Quarter> {
        Quarter::new(year, 1)..=Quarter::new(year, 4)
    }

    fn amount(text: &str) -> Option<Figure> {
        Some(Figure::Number(quantity(text).into()))
    }

    /// Running totals 3, 5, 9, 12 from a baseline of 2, then 15: the first year gained 12 − 2 = 10, and not
    /// 3 + 5 + 9 + 12 = 29; the second gained 15 − 12 = 3.
    #[test]
    fn running_totals_are_subtracted_and_never_added() {
        let agreements = indicator(1, "2", &[("2020Q4", "20")]);
        let totals = [("2019Q1", "3"), ("2019Q2", "5"), ("2019Q3", "9"), ("2019Q4", "12"), ("2020Q2", "15")];
        let readings: Vec<Reading> =
            (1..).zip(totals).map(|(id, (period, total))| reading(id, period, value(total))).collect();
        assert_eq!(gained(&agreements, &readings, year(2019)), amount("10"));
        assert_eq!(gained(&agreements, &readings, year(2020)), amount("3"));
        assert_eq!(gained(&agreements, &readings, quarter("2019Q3")..=quarter("2019Q3")), amount("4"));
        assert_eq!(gained(&agreements, &readings, year(2021)), None, "nothing was read, which is not 0");
    }

    #[test]
    fn states_stand_and_parts_of_ratios_add_up() {
        let readings = [reading(1, "2019Q1", ratio("1", "2")), reading(2, "2019Q2", ratio("1", "8"))];
        let parts = |numerator, denominator| Some((&ratio(numerator, denominator)).into());
        assert_eq!(gained(&periodic(ratios(1, "0", &[])), &readings, year(2019)), parts("2", "10"));
        assert_eq!(gained(&latest(ratios(1, "0", &[])), &readings, year(2019)), parts("1", "8"));
        let growing = [reading(1, "2019Q4", ratio("1", "2")), reading(2, "2020Q1", ratio("4", "7"))];
        assert_eq!(gained(&ratios(1, "0", &[]), &growing, year(2020)), parts("3", "5"));
    }

    proptest! {
        /// However time is cut, its pieces come to the whole: for totals and for what each period adds.
        #[test]
        fn quarters_come_to_the_whole(numbers in prop::collection::vec(prop::option::of(-1000_i32..1000), 1..10)) {
            let first = quarter("2019Q1");
            let later = |n: u128| first.plus(i32::try_from(n).unwrap()).to_string();
            let readings: Vec<Reading> = (1..).zip(&numbers).filter_map(|(n, number)| {
                let text = (*number)?.to_string();
                Some(reading(n, &later(n), value(&text)))
            }).collect();
            for indicator in [indicator(1, "5", &[]), periodic(indicator(1, "5", &[]))] {
                let last = first.plus(20);
                let pieces = (0..=20).filter_map(|n| gained(&indicator, &readings, first.plus(n)..=first.plus(n)));
                let sum = pieces.reduce(|sum, piece| sum.plus(&piece).unwrap());
                prop_assert_eq!(sum, gained(&indicator, &readings, first..=last));
            }
        }
    }
}

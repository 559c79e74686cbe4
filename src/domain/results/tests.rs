//! What holds of all readings, whatever they are.

use super::{
    indicator::Indicator,
    light::Signal,
    like,
    progress::{Current, progress, to_date},
    reading::Reading,
    sample::{indicator, latest, number, of, periodic, quantity, quarter, ratio, ratios, reading, scale_of, value},
    scale::Direction,
    standing::Standing,
    state::State,
    value::Figure,
};
use crate::domain::day::Quarter;
use proptest::prelude::*;

fn first() -> Quarter {
    quarter("2019Q1")
}

/// Readings of any state, several in some periods, each with its own id.
fn readings() -> impl Strategy<Value = Vec<Reading>> {
    let one = (0..8_i32, 0..1000_u32, prop::sample::select(State::ALL.to_vec()), 0..4_u8);
    prop::collection::vec(one, 0..16).prop_map(|rows| {
        let reading = |(id, (period, number, state, more)): (u128, (i32, u32, State, u8))| {
            let state = if more > 0 { State::Approved } else { state };
            let period = first().plus(period).to_string();
            Reading { state, ..reading(id, &period, value(&number.to_string())) }
        };
        (1..).zip(rows).map(reading).collect()
    })
}

fn each_accumulation() -> [Indicator; 3] {
    let goals = [("2019Q4", "300"), ("2020Q4", "700")];
    [indicator(1, "20", &goals), periodic(indicator(1, "20", &goals)), latest(indicator(1, "20", &goals))]
}

proptest! {
    /// Whoever's reading arrives first, all see the same.
    #[test]
    fn the_order_of_readings_does_not_matter(readings in readings().prop_flat_map(|readings| {
        (Just(readings.clone()), Just(readings).prop_shuffle())
    }), period in 0..9_i32) {
        let (readings, shuffled) = readings;
        for indicator in each_accumulation() {
            let at = first().plus(period);
            prop_assert_eq!(Standing::of(&indicator, &readings, at, &[]), Standing::of(&indicator, &shuffled, at, &[]));
        }
    }

    /// The same reading given twice, drafts, and what belongs to another indicator change nothing.
    #[test]
    fn nothing_is_counted_twice_and_nothing_else(readings in readings()) {
        let approved: Vec<Reading> = readings.iter().filter(|it| it.state == State::Approved).cloned().collect();
        let foreign = readings.iter().cloned().map(|reading| of(2, reading));
        let more: Vec<Reading> = readings.iter().cloned().chain(approved.clone()).chain(foreign).collect();
        for indicator in each_accumulation() {
            let last = first().plus(9);
            prop_assert_eq!(to_date(&indicator, &more, last), to_date(&indicator, &approved, last));
            let one = like::total(&[&indicator], &approved, last);
            prop_assert_eq!(like::total(&[&indicator, &indicator], &more, last), one);
        }
    }

    /// What comes later does not change what stood before.
    #[test]
    fn a_closed_period_keeps_its_value(readings in readings(), period in 0..8_i32) {
        let at = first().plus(period);
        let known: Vec<Reading> = readings.iter().filter(|reading| reading.period <= at).cloned().collect();
        for indicator in each_accumulation() {
            prop_assert_eq!(to_date(&indicator, &readings, at), to_date(&indicator, &known, at));
        }
    }

    /// There is a value exactly where something was approved: no data is never zero, and zero is never no data.
    #[test]
    fn no_data_is_no_number(readings in readings()) {
        let has_data = readings.iter().any(|reading| reading.state == State::Approved);
        for indicator in each_accumulation() {
            let standing = Standing::of(&indicator, &readings, first().plus(9), &[]);
            prop_assert_eq!(standing.current.is_some(), has_data);
            prop_assert_eq!(standing.progress.is_some(), has_data);
        }
    }

    /// Turned upside down, with the other direction, everything is as far and in the same light.
    #[test]
    fn falling_mirrors_rising(from in -1000..1000_i32, way in 0..1000_i32, now in -3000..3000_i32) {
        let text = |number: i32| number.to_string();
        let rising = scale_of(Direction::Increase, &text(from), &[("2019Q4", &text(from + way))]);
        let falling = scale_of(Direction::Decrease, &text(-from), &[("2019Q4", &text(-from - way))]);
        let figure = |number: i32| Figure::Number(quantity(&text(number)).into());
        let up = progress(&rising, &figure(now), &number(&text(from + way)));
        prop_assert_eq!(up, progress(&falling, &figure(-now), &number(&text(-from - way))));
        let signal = |scale, figure| {
            let current = Current { figure, as_of: quarter("2019Q4"), readings: 1 };
            Signal::of(scale, Some(&current), quarter("2019Q4"), &[])
        };
        prop_assert_eq!(signal(&rising, figure(now)), signal(&falling, figure(-now)));
    }

    /// A plan's value is its partners' together: numbers by sum, ratios by parts, wherever the line is drawn.
    #[test]
    fn parts_and_wholes_agree(parts in prop::collection::vec((0..500_u32, 500..1000_u32), 1..8), cut: prop::sample::Index) {
        let share = |indicator, (id, (numerator, denominator)): (u128, &(u32, u32))| {
            let period = first().plus(i32::try_from(id).unwrap()).to_string();
            of(indicator, reading(id, &period, ratio(&numerator.to_string(), &denominator.to_string())))
        };
        let (cut, last) = (cut.index(parts.len()), first().plus(20));
        let whole: Vec<Reading> = (1..).zip(&parts).map(|part| share(1, part)).collect();
        let divided = (1..).zip(&parts).map(|part| share(if part.0 <= cut as u128 { 2 } else { 3 }, part));
        let divided: Vec<Reading> = divided.collect();
        let [one, two, three] = [1, 2, 3].map(|id| periodic(ratios(id, "0", &[])));
        let together = like::total(&[&two, &three], &divided, last).and_then(|total| total.figure);
        prop_assert_eq!(together, to_date(&one, &whole, last).map(|current| current.figure));
    }
}

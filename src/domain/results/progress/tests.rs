//! Worked examples, computed by hand in the comments, with the mistakes that other tools make beside them.

use super::*;
use crate::domain::results::{
    sample::{
        baseless, indicator, latest, number, periodic, quantity, quarter, ratio, ratios, reading, scale_of, value,
        with_scale, words,
    },
    scale::{Baseline, Direction},
    value::Value,
};

/// An indicator read in the first quarters of 2019, its value to date, and how far it is to its last target.
struct Example {
    what: &'static str,
    indicator: Indicator,
    /// Nothing where a quarter was not read.
    readings: Vec<Option<Value>>,
    /// As shown: a number, or per cent of a ratio.
    value: Option<&'static str>,
    progress: Option<&'static str>,
}

fn read(values: &[&str]) -> Vec<Option<Value>> {
    values.iter().map(|text| (!text.is_empty()).then(|| value(text))).collect()
}

fn read_ratios(parts: &[(&str, &str)]) -> Vec<Option<Value>> {
    parts.iter().map(|(numerator, denominator)| Some(ratio(numerator, denominator))).collect()
}

fn goals() -> [(&'static str, &'static str); 1] {
    [("2020Q4", "7")]
}

fn falling(baseline: &str, target: &str) -> Indicator {
    with_scale(1, scale_of(Direction::Decrease, baseline, &[("2020Q4", target)]))
}

fn examples() -> Vec<Example> {
    vec![
        // Running totals 3, 4, 5: the newest stands. (5 − 2) / (7 − 2) = 3/5.
        // Mistakes: 3 + 4 + 5 = 12, over 100 %; 5 / 7 = 71.4 % without the baseline.
        Example {
            what: "a running total is not summed again",
            indicator: indicator(1, "2", &goals()),
            readings: read(&["3", "4", "5"]),
            value: Some("5"),
            progress: Some("60"),
        },
        // One more each quarter, from 2: 2 + 1 + 1 + 1 = 5. (5 − 2) / (7 − 2) = 3/5, as above.
        // Mistake: the sum 3 without the baseline gives (3 − 2) / 5 = 20 %.
        Example {
            what: "what periods add is added to the baseline",
            indicator: periodic(indicator(1, "2", &goals())),
            readings: read(&["1", "1", "1"]),
            value: Some("5"),
            progress: Some("60"),
        },
        // A state of 3, then 6, then 4: it is 4. (4 − 2) / 5 = 40 %. Mistakes: the best, 6; the mean, 4.333.
        Example {
            what: "of states the newest stands",
            indicator: latest(indicator(1, "2", &goals())),
            readings: read(&["3", "6", "4"]),
            value: Some("4"),
            progress: Some("40"),
        },
        // From 40 days down to 10, now 25: (25 − 40) / (10 − 40) = −15 / −30.
        // Mistakes: 25 / 10 = 250 % without direction; 10 / 25 = 40 % turned round without the baseline.
        Example {
            what: "a falling indicator",
            indicator: falling("40", "10"),
            readings: read(&["35", "25"]),
            value: Some("25"),
            progress: Some("50"),
        },
        // From 40 days down to 10, now 46: (46 − 40) / −30 = −1/5. Mistake: hiding it as 0.
        Example {
            what: "away from the target is below zero",
            indicator: falling("40", "10"),
            readings: read(&["46"]),
            value: Some("46"),
            progress: Some("-20"),
        },
        // 12 of a target of 10, from 0.
        Example {
            what: "beyond the target is more than a hundred",
            indicator: indicator(1, "0", &[("2020Q4", "10")]),
            readings: read(&["12"]),
            value: Some("12"),
            progress: Some("120"),
        },
        // 1 of 2, then 10 of 100: (1 + 10) / (2 + 100) = 10.78 %. From 0 to 50 %: 10.78 / 50 = 21.57 %.
        // Mistake: the mean of 50 % and 10 % is 30 %, which would be 60 % of the way.
        Example {
            what: "percentages add their parts",
            indicator: periodic(ratios(1, "0", &[("2020Q4", "50")])),
            readings: read_ratios(&[("1", "2"), ("10", "100")]),
            value: Some("10.8"),
            progress: Some("21.6"),
        },
        // Running parts 6 of 20, then 18 of 40 = 45 %. From 30 to 60 %: (45 − 30) / (60 − 30) = 1/2.
        // Mistake: 24 of 60 = 40 % adds the first twenty twice.
        Example {
            what: "running parts are not summed again",
            indicator: ratios(1, "30", &[("2020Q4", "60")]),
            readings: read_ratios(&[("6", "20"), ("18", "40")]),
            value: Some("45"),
            progress: Some("50"),
        },
        // 0 of 0 cases: there is nothing to have a share of. Mistake: 0 %.
        Example {
            what: "a share of nothing is no data",
            indicator: ratios(1, "30", &[("2020Q4", "60")]),
            readings: read_ratios(&[("0", "0")]),
            value: None,
            progress: None,
        },
        // 0 of 5 cases is 0 %: (0 − 0) / 60.
        Example {
            what: "a share of none is zero",
            indicator: ratios(1, "0", &[("2020Q4", "60")]),
            readings: read_ratios(&[("0", "5")]),
            value: Some("0"),
            progress: Some("0"),
        },
        // Nothing was read. Mistake: 0, which would be (0 − 2) / 5 = −40 %.
        Example {
            what: "no data is not zero",
            indicator: periodic(indicator(1, "2", &goals())),
            readings: read(&["", ""]),
            value: None,
            progress: None,
        },
        // Nobody in the first quarter, unread in the second, 2 in the third: 2 + 0 + 2 = 4. (4 − 2) / 5.
        Example {
            what: "zero is data and a gap is none",
            indicator: periodic(indicator(1, "2", &goals())),
            readings: read(&["0", "", "2"]),
            value: Some("4"),
            progress: Some("40"),
        },
        // Three times 0.1 of 1 is 0.3; in binary fractions 0.30000000000000004.
        Example {
            what: "decimals stay decimal",
            indicator: periodic(indicator(1, "0", &[("2020Q4", "1")])),
            readings: read(&["0.1", "0.1", "0.1"]),
            value: Some("0.3"),
            progress: Some("30"),
        },
        // 1 of 3: a third. 0.333 recurring shows as 33.3.
        Example {
            what: "rounding comes last",
            indicator: indicator(1, "0", &[("2020Q4", "3")]),
            readings: read(&["1"]),
            value: Some("1"),
            progress: Some("33.3"),
        },
        // Target and baseline are 7: there is no way to be part of.
        Example {
            what: "what is to be kept has no progress",
            indicator: indicator(1, "7", &goals()),
            readings: read(&["7"]),
            value: Some("7"),
            progress: None,
        },
    ]
}

fn shown(figure: &Figure) -> Option<String> {
    match figure {
        Figure::Number(amount) => Some(amount.format('.')),
        Figure::Ratio { .. } => figure.percent().map(|percent| percent.format('.')),
        Figure::Words(words) => Some(words.as_str().to_owned()),
        Figure::Hidden(_) => None,
    }
}

#[test]
fn every_example_comes_out_as_computed_by_hand() {
    for Example { what, indicator, readings, value, progress: expected } in examples() {
        let readings = (0..).zip(readings).filter_map(|(n, value)| {
            let period = quarter("2019Q1").plus(n).to_string();
            Some(reading(1 + n.unsigned_abs() as u128, &period, value?))
        });
        let readings: Vec<Reading> = readings.collect();
        let current = to_date(&indicator, &readings, quarter("2019Q4"));
        assert_eq!(current.as_ref().and_then(|current| shown(&current.figure)).as_deref(), value, "{what}");
        let target = &indicator.scale.last_target().unwrap().value;
        let reached = current.and_then(|current| progress(&indicator.scale, &current.figure, target));
        assert_eq!(reached.map(|reached| reached.percent().format('.')).as_deref(), expected, "{what}");
    }
}

#[test]
fn a_value_to_date_says_how_old_it_is() {
    let readings = [reading(1, "2019Q1", value("1")), reading(2, "2019Q3", value("2"))];
    let current = |indicator: &Indicator, up_to| to_date(indicator, &readings, quarter(up_to));
    let added = current(&periodic(indicator(1, "0", &[])), "2020Q4").unwrap();
    assert_eq!((added.as_of, added.readings), (quarter("2019Q3"), 2));
    let total = current(&indicator(1, "0", &[]), "2019Q2").unwrap();
    assert_eq!((total.as_of, total.readings), (quarter("2019Q1"), 1));
    assert_eq!(current(&indicator(1, "0", &[]), "2018Q4"), None);
}

#[test]
fn words_stand_and_have_no_progress() {
    let baseline = Some(Baseline { value: words("absent"), year: 2018 });
    let scale = Scale::new(Kind::Qualitative, Direction::Increase, Accumulation::Latest, baseline, Vec::new()).unwrap();
    let Point::Words(adopted) = words("adopted") else { panic!("words") };
    let readings = [reading(1, "2019Q1", Value::Words(adopted))];
    let current = to_date(&with_scale(1, scale.clone()), &readings, quarter("2019Q4")).unwrap();
    assert_eq!(shown(&current.figure).as_deref(), Some("adopted"));
    assert_eq!(progress(&scale, &current.figure, &number("1")), None);
}

#[test]
fn without_a_baseline_there_is_no_progress() {
    let scale = baseless(&[("2020Q4", "7")]);
    let figure = Figure::Number(quantity("5").into());
    assert_eq!(progress(&scale, &figure, &number("7")), None);
}

mod undone;

use super::*;
use crate::domain::{
    accounts::{Role, Viewer},
    results::{
        breakdown::{Breakdown, Completeness},
        bullet::Bullet,
        change::Results,
        gained::gained,
        light::{Basis, Light},
        like,
        progress::to_date,
        sample::{
            indicator, latest, of_people, periodic, quarter, ratio, ratios, reading, share, value, viewer, with_sex,
        },
        standing::Standing,
        tree::Framework,
        value::{Figure, Value},
    },
};
use proptest::prelude::*;

fn first() -> Quarter {
    quarter("2019Q1")
}

/// A reading a quarter, from the first on.
fn each_quarter(values: &[Value]) -> Vec<Reading> {
    let period = |n: u128| first().plus(i32::try_from(n).unwrap() - 1).to_string();
    (1..).zip(values).map(|(n, value)| reading(n, &period(n), value.clone())).collect()
}

fn numbers(numbers: &[&str]) -> Vec<Reading> {
    each_quarter(&numbers.iter().map(|number| value(number)).collect::<Vec<_>>())
}

/// As a page would print it.
fn printed(figure: &Figure) -> String {
    match figure {
        Figure::Number(amount) => amount.format('.'),
        Figure::Ratio { numerator, denominator } => format!("{}/{}", numerator.format('.'), denominator.format('.')),
        Figure::Words(words) => words.as_str().to_owned(),
        Figure::Hidden(Hidden::Small) => "<11".to_owned(),
        Figure::Hidden(Hidden::Withheld) => "x".to_owned(),
    }
}

/// The values to date that a reader sees at the end of each quarter.
fn seen(indicator: &Indicator, readings: &[Reading]) -> String {
    let (indicator, told) = tell(&of_people(indicator.clone()), readings);
    let quarters = (0..readings.len()).map(|n| first().plus(i32::try_from(n).unwrap()));
    let value = |quarter| to_date(&indicator, &told, quarter).map(|current| printed(&current.figure));
    quarters.map(|quarter| value(quarter).unwrap_or_else(|| "-".to_owned())).collect::<Vec<_>>().join(" ")
}

/// Worked by hand.
#[test]
fn a_running_total_is_told_again_when_more_than_10_have_joined() {
    let counted = indicator(1, "0", &[]);
    for (totals, expected) in [
        (&["0", "7", "10"][..], "0 <11 <11"),
        (&["11", "12", "21", "22"], "11 x x 22"),
        (&["30", "34", "59", "62"], "30 x 59 x"),
        // Nobody new tells nothing.
        (&["30", "30", "33", "30"], "30 30 x 30"),
        // One that falls is compared as well.
        (&["30", "25", "19"], "30 x 19"),
        // Half a person is none.
        (&["30.5", "42"], "x 42"),
    ] {
        assert_eq!(seen(&counted, &numbers(totals)), expected, "{totals:?}");
    }
    // What each quarter adds makes the same totals.
    assert_eq!(seen(&periodic(counted), &numbers(&["30", "4", "25", "3"])), "30 x 59 x");
    // From a baseline of 20 on, 24 are 4 more; one of 2 is small itself, and 13 may be 3 to 12 more.
    assert_eq!(seen(&indicator(1, "20", &[]), &numbers(&["24", "31"])), "x 31");
    assert_eq!(seen(&periodic(indicator(1, "2", &[])), &numbers(&["4", "7"])), "<11 13");
}

#[test]
fn a_small_baseline_is_not_told_and_no_share_is_measured_from_it() {
    let goals = [("2019Q4", "40")];
    let (copy, told) = tell(&of_people(indicator(1, "2", &goals)), &numbers(&["25"]));
    assert!(copy.withheld.baseline && copy.scale.baseline().is_none());
    let standing = Standing::of(&copy, &told, first().plus(3), &[]);
    assert_eq!(standing.current.as_ref().map(|current| printed(&current.figure)).as_deref(), Some("25"));
    assert_eq!((standing.progress, standing.signal.basis), (None, Basis::Withheld));
    let (copy, _) = tell(&of_people(indicator(1, "12", &goals)), &[]);
    assert!(copy.withheld.is_empty() && copy.scale.baseline().is_some());
}

/// Of a state, 30 and then 33, nobody knows who came and who went.
#[test]
fn a_state_stands_for_itself() {
    assert_eq!(seen(&latest(indicator(1, "0", &[])), &numbers(&["30", "33", "4", "0"])), "30 33 <11 0");
    let shares = [ratio("8", "11"), ratio("20", "25"), ratio("20", "40"), ratio("0", "12"), ratio("0", "4")];
    assert_eq!(seen(&latest(ratios(1, "0", &[])), &each_quarter(&shares)), "x x 20/40 0/12 x");
}

/// Of 60, 23 are not in the numerator, 3 more than of 40; later 5 and 10 more.
#[test]
fn a_percentage_is_told_where_its_parts_are() {
    let shares = [ratio("20", "40"), ratio("37", "60"), ratio("37", "62"), ratio("50", "80")];
    assert_eq!(seen(&ratios(1, "0", &[]), &each_quarter(&shares)), "20/40 x x x");
    let added = [ratio("20", "40"), ratio("3", "20"), ratio("10", "20")];
    assert_eq!(seen(&periodic(ratios(1, "0", &[])), &each_quarter(&added)), "20/40 x 33/80");
}

fn by_sex(id: u128, period: &str, [women, men, rest]: [u32; 3]) -> Reading {
    let number = |people: u32| value(&people.to_string());
    let shares = vec![share("sex", "women", number(women)), share("sex", "men", number(men))];
    Reading { shares, ..reading(id, period, number(women + men + rest)) }
}

/// The categories of the only dimension at the end of a quarter.
fn parts(indicator: &Indicator, readings: &[Reading], period: &str) -> (String, Completeness) {
    let [breakdown] = &Breakdown::all(indicator, readings, quarter(period))[..] else { panic!("one dimension") };
    let figures = breakdown.categories.iter().map(|(_, figure)| figure.as_ref().map_or("-".to_owned(), printed));
    (figures.collect::<Vec<_>>().join(" "), breakdown.completeness.clone())
}

/// 21 men after 10, and no woman more, would tell of the 10, since the whole of the second quarter was told.
#[test]
fn a_dimension_with_a_small_step_stays_withheld() {
    let readings =
        [by_sex(1, "2019Q1", [30, 20, 0]), by_sex(2, "2019Q2", [50, 30, 0]), by_sex(3, "2019Q3", [50, 41, 0])];
    let experts = of_people(with_sex(indicator(1, "0", &[])));
    let (copy, told) = tell(&experts, &readings);
    assert_eq!(parts(&copy, &told, "2019Q1"), ("30 20".to_owned(), Completeness::Complete));
    assert_eq!(parts(&copy, &told, "2019Q2"), ("x x".to_owned(), Completeness::NoSum));
    assert_eq!(parts(&copy, &told, "2019Q3"), ("x x".to_owned(), Completeness::NoSum));
    assert_eq!(seen(&experts, &readings), "50 80 91");
    // A few of whom nothing is stated follow from the others.
    let (copy, told) = tell(&experts, &[by_sex(1, "2019Q1", [30, 20, 4])]);
    assert_eq!(parts(&copy, &told, "2019Q1").0, "x x");
    // Where the whole is withheld, no part is told.
    let (copy, told) = tell(&experts, &[by_sex(1, "2019Q1", [4, 3, 0])]);
    assert_eq!(Breakdown::all(&copy, &told, quarter("2019Q1")), []);
}

#[test]
fn a_state_is_told_by_category_whenever_none_is_small() {
    let staff = of_people(with_sex(latest(indicator(1, "0", &[]))));
    let (copy, told) = tell(&staff, &[by_sex(1, "2019Q1", [53, 7, 20]), by_sex(2, "2019Q2", [30, 20, 0])]);
    assert_eq!(parts(&copy, &told, "2019Q1"), ("x x".to_owned(), Completeness::NoSum));
    assert_eq!(parts(&copy, &told, "2019Q2"), ("30 20".to_owned(), Completeness::Complete));
}

#[test]
fn what_is_withheld_is_neither_nothing_nor_no_data() {
    let goals = [("2019Q4", "11")];
    let (copy, told) = tell(&of_people(indicator(1, "0", &goals)), &numbers(&["10"]));
    let standing = Standing::of(&copy, &told, first().plus(3), &[]);
    let current = standing.current.clone().unwrap();
    assert_eq!((printed(&current.figure).as_str(), current.as_of), ("<11", first()));
    assert_eq!((standing.progress, standing.percent), (None, None));
    let signal = (standing.signal.light(), standing.signal.basis);
    assert_eq!(signal, (Light::Grey, Basis::Withheld), "green would say that it is 10 of 11");
    let bullet = Bullet::of(&copy, &standing);
    assert_eq!((bullet.reached, bullet.withheld), (None, Some(Hidden::Small)));
    let quarters = first()..=first().plus(3);
    assert_eq!(gained(&copy, &told, quarters), Some(Figure::Hidden(Hidden::Withheld)));
    let total = like::total(&[&copy], &told, first()).unwrap();
    assert_eq!((total.figure, total.with_data), (Some(Figure::Hidden(Hidden::Small)), 1));
}

#[test]
fn what_is_withheld_is_not_in_what_is_sent() {
    let mut small = by_sex(1, "2019Q1", [4, 3, 0]);
    small.narrative.body = "Seven took part".to_owned();
    let mut large = by_sex(2, "2019Q2", [44, 20, 0]);
    large.narrative.body = "Sixty-four, with the seven".to_owned();
    let indicator = of_people(with_sex(indicator(1, "0", &[])));
    let sent = serde_json::to_string(&tell(&indicator, &[small, large])).unwrap();
    assert!(sent.contains("64000") && sent.contains(r#""totals":{"2019Q1":"small"}"#), "{sent}");
    for number in ["7000", "4000}", "3000", "even"] {
        assert!(!sent.contains(&format!(":{number}")) && !sent.contains("even "), "{number}: {sent}");
    }
}

fn results(readings: Vec<Reading>) -> Results {
    let indicators = vec![of_people(with_sex(periodic(indicator(1, "5", &[])))), indicator(2, "0", &[])];
    let other = super::super::sample::of(2, reading(99, "2019Q1", value("7")));
    let readings = readings.into_iter().chain([other]).collect();
    Results { framework: Framework { indicators, ..Framework::default() }, readings, ..Results::default() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Who enters the numbers and who checks them see exactly these, and readers see what counts no people as it is.
    #[test]
    fn partners_and_coordinators_see_the_raw_numbers(cells in prop::collection::vec([0..30_u32, 0..30, 0..30], 1..5)) {
        let period = |n: u128| first().plus(i32::try_from(n).unwrap() - 1).to_string();
        let readings = (1..).zip(&cells).map(|(n, cells)| by_sex(n, &period(n), *cells)).collect();
        let raw = results(readings);
        for who in [viewer(Role::Coordinator, 1), viewer(Role::Partner, 1), viewer(Role::Partner, 2)] {
            prop_assert_eq!(raw.clone().seen_by(&who), raw.clone());
        }
        for who in [viewer(Role::Donor, 9), viewer(Role::Observer, 9), Viewer::Public] {
            let seen = raw.clone().seen_by(&who);
            let other = |results: &Results| results.readings.iter().filter(|it| it.id.0.as_u128() == 99).count();
            prop_assert_eq!(other(&seen), 1);
            prop_assert_eq!(&seen.framework.indicators[1], &raw.framework.indicators[1]);
            prop_assert!(seen.framework.indicators[0].withheld.baseline);
            let again = seen.clone().seen_by(&who);
            prop_assert_eq!(seen.readings.len(), again.readings.len(), "what was told once is told");
        }
    }
}

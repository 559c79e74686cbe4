use super::*;
use crate::domain::results::sample::{
    indicator, latest, periodic, quantity, quarter, ratio, reading, share, value, with_sex,
};
use proptest::prelude::*;

fn amount(text: &str) -> Figure {
    Figure::Number(quantity(text).into())
}

fn parts(numerator: &str, denominator: &str) -> Figure {
    (&ratio(numerator, denominator)).into()
}

fn by_sex(id: u128, period: &str, whole: &str, women: Option<&str>, men: Option<&str>) -> Reading {
    let women = women.map(|women| share("sex", "women", value(women)));
    let men = men.map(|men| share("sex", "men", value(men)));
    Reading { shares: women.into_iter().chain(men).collect(), ..reading(id, period, value(whole)) }
}

fn shown(breakdown: &Breakdown) -> Vec<(&str, Option<Figure>)> {
    breakdown.categories.iter().map(|(category, figure)| (category.as_str(), figure.clone())).collect()
}

#[test]
fn parts_come_to_the_whole_or_say_what_is_missing() {
    assert_eq!(sum_up(&amount("10"), &[amount("6"), amount("4")]), Completeness::Complete);
    let missing = Completeness::Incomplete { missing: amount("1.5") };
    assert_eq!(sum_up(&amount("10"), &[amount("6"), amount("2.5")]), missing);
    assert_eq!(sum_up(&amount("10"), &[amount("11")]), Completeness::Exceeds { by: amount("1") });
    assert_eq!(sum_up(&amount("0"), &[]), Completeness::Complete);
    assert_eq!(sum_up(&amount("-5"), &[amount("-3")]), Completeness::Incomplete { missing: amount("-2") });
    assert_eq!(sum_up(&amount("10"), &[parts("1", "2")]), Completeness::NoSum);
}

/// 3 of 10 women and 1 of 4 men are 4 of 14, which is 28.6 %; the mean of 30 % and 25 % would be 27.5 %.
#[test]
fn parts_of_a_ratio_add_numerators_and_denominators() {
    let (women, men) = (parts("3", "10"), parts("1", "4"));
    assert_eq!(sum_up(&parts("4", "14"), &[women.clone(), men.clone()]), Completeness::Complete);
    let missing = Completeness::Incomplete { missing: parts("0", "6") };
    assert_eq!(sum_up(&parts("4", "20"), &[women.clone(), men.clone()]), missing);
    assert!(matches!(sum_up(&parts("3", "20"), &[women, men]), Completeness::Exceeds { .. }));
}

/// Women waited 14 days and men 10, all of them 12: no sum, and no mistake. Of shelters that are open now, 6 and 4 of 12
/// leave two that are in no category.
#[test]
fn averages_by_category_are_no_sum() {
    let days = [amount("14"), amount("10")];
    assert_eq!(completeness(Accumulation::Latest, &amount("12"), &days), Completeness::NoSum);
    let more = Completeness::Exceeds { by: amount("12") };
    assert_eq!(completeness(Accumulation::Periodic, &amount("12"), &days), more);
    let shelters = completeness(Accumulation::Latest, &amount("12"), &[amount("6"), amount("4")]);
    assert_eq!(shelters, Completeness::Incomplete { missing: amount("2") });
}

/// Two quarters of trained lawyers: 6 women and 4 men, then 5 women and 7 whose sex was not noted.
#[test]
fn what_was_broken_down_is_added_and_what_was_not_is_told() {
    let lawyers = with_sex(periodic(indicator(1, "2", &[("2020Q4", "40")])));
    let readings = [by_sex(1, "2019Q1", "10", Some("6"), Some("4")), by_sex(2, "2019Q2", "12", Some("5"), None)];
    let [breakdown] = &Breakdown::all(&lawyers, &readings, quarter("2019Q4"))[..] else { panic!("one dimension") };
    assert_eq!(shown(breakdown), [("women", Some(amount("11"))), ("men", Some(amount("4")))]);
    assert_eq!(breakdown.completeness, Completeness::Incomplete { missing: amount("7") });
}

#[test]
fn of_a_running_total_only_the_newest_is_broken_down() {
    let lawyers = with_sex(indicator(1, "0", &[("2020Q4", "40")]));
    let readings = [by_sex(1, "2019Q1", "10", Some("6"), Some("4")), by_sex(2, "2019Q2", "22", Some("13"), Some("9"))];
    let [breakdown] = &Breakdown::all(&lawyers, &readings, quarter("2019Q4"))[..] else { panic!("one dimension") };
    assert_eq!(shown(breakdown), [("women", Some(amount("13"))), ("men", Some(amount("9")))]);
    assert_eq!(breakdown.completeness, Completeness::Complete);
}

#[test]
fn no_dimension_and_no_category_is_dropped() {
    let lawyers = with_sex(latest(indicator(1, "0", &[])));
    let mut newest = by_sex(1, "2019Q1", "10", Some("6"), None);
    newest.shares.push(share("sex", "other", value("1")));
    newest.shares.push(share("age", "under 30", value("3")));
    let all = Breakdown::all(&lawyers, [&newest], quarter("2019Q4"));
    assert_eq!(all.iter().map(|it| it.dimension.as_str()).collect::<Vec<_>>(), ["sex", "age"]);
    let sex = [("women", Some(amount("6"))), ("men", None), ("other", Some(amount("1")))];
    assert_eq!(shown(&all[0]), sex, "men have no data, which is not 0");
    assert_eq!(Breakdown::all(&lawyers, [], quarter("2019Q4")), []);
    let plain = reading(2, "2019Q2", value("10"));
    let [nothing] = &Breakdown::all(&lawyers, [&newest, &plain], quarter("2019Q4"))[..] else { panic!("sex alone") };
    assert_eq!(nothing.completeness, Completeness::Incomplete { missing: amount("10") });
}

proptest! {
    /// Parts and wholes agree: women and men of each period, added up, are women and men of the plan.
    #[test]
    fn categories_of_all_periods_come_to_the_value_to_date(
        counts in prop::collection::vec((0_u32..1000, 0_u32..1000), 1..8), turn in 0_usize..8,
    ) {
        let lawyers = with_sex(periodic(indicator(1, "0", &[])));
        let mut readings: Vec<Reading> = (0..).zip(&counts).map(|(n, (women, men))| {
            let (women, men, whole) = (women.to_string(), men.to_string(), (women + men).to_string());
            let period = quarter("2019Q1").plus(n).to_string();
            by_sex(1 + n.unsigned_abs() as u128, &period, &whole, Some(&women), Some(&men))
        }).collect();
        readings.rotate_left(turn % counts.len());
        let all = Breakdown::all(&lawyers, &readings, quarter("2030Q4"));
        let women: u32 = counts.iter().map(|count| count.0).sum();
        prop_assert_eq!(&all[0].completeness, &Completeness::Complete);
        prop_assert_eq!(&all[0].categories[0].1, &Some(amount(&women.to_string())));
    }
}

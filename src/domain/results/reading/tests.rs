use super::*;
use crate::domain::results::sample::{indicator, latest, quarter, ratio, reading, share, value, with_sex};

fn problems(value: &Value, shares: &[Share]) -> Vec<Problem> {
    let trained = with_sex(indicator(1, "0", &[("2020Q4", "40")]));
    check(&trained, value, shares).into_iter().map(|error| error.problem).collect()
}

#[test]
fn shares_belong_to_the_indicator_and_to_the_whole() {
    let women = share("sex", "women", value("6"));
    let men = share("sex", "men", value("4"));
    assert_eq!(problems(&value("10"), &[women.clone(), men.clone()]), []);
    assert_eq!(problems(&value("12"), &[women.clone(), men.clone()]), [], "two are not known, which is said elsewhere");
    assert_eq!(problems(&value("9"), &[women.clone(), men.clone()]), [Problem::MoreThanWhole]);
    assert_eq!(problems(&value("20"), &[women.clone(), women.clone()]), [Problem::Twice]);
    assert_eq!(problems(&value("20"), &[share("age", "women", value("6"))]), [Problem::Unknown]);
    assert_eq!(problems(&value("20"), &[share("sex", "girls", value("6"))]), [Problem::Unknown]);
    assert_eq!(problems(&ratio("1", "2"), &[]), [Problem::WrongKind]);
    assert_eq!(problems(&value("20"), &[share("sex", "women", ratio("1", "2"))]), [Problem::WrongKind]);
}

#[test]
fn an_average_may_be_less_than_that_of_a_category() {
    let waiting = latest(with_sex(indicator(1, "10", &[("2020Q4", "40")])));
    let shares = [share("sex", "women", value("14")), share("sex", "men", value("10"))];
    assert_eq!(check(&waiting, &value("12"), &shares), []);
}

#[test]
fn only_approved_readings_count_and_each_period_once() {
    let indicator = indicator(1, "0", &[]);
    let mut readings = vec![
        reading(1, "2019Q1", value("1")),
        reading(2, "2019Q2", value("2")),
        reading(3, "2019Q2", value("3")),
        reading(4, "2019Q3", value("4")),
        reading(5, "2019Q4", value("5")),
        reading(6, "2019Q1", ratio("6", "7")),
    ];
    readings[3].state = State::Submitted;
    let foreign = Reading { indicator: IndicatorId(uuid::Uuid::from_u128(2)), ..reading(7, "2019Q1", value("7")) };
    readings.push(foreign);
    let of = |readings: &[Reading]| -> Vec<u128> {
        counted(&indicator, readings, quarter("2019Q3")).values().map(|reading| reading.id.0.as_u128()).collect()
    };
    assert_eq!(of(&readings), [1, 3]);
    readings.reverse();
    assert_eq!(of(&readings), [1, 3]);
}

#[test]
fn a_link_opens_a_page_and_nothing_else() {
    assert!(Link::parse(" https://astra.rs/en/report?year=2019#page=3 ").is_ok());
    for text in [
        "http://astra.rs",
        "javascript:alert(1)",
        "https://localhost",
        "https://a.rs/\"onclick",
        "https://astra.rs@evil.example/",
        "https:// astra.rs",
        "",
    ] {
        assert!(Link::parse(text).is_err(), "{text}");
    }
    assert!(serde_json::from_str::<Evidence>(r#"{"link":"javascript:alert(1)"}"#).is_err());
}

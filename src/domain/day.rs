//! Days, quarters, and how far away a due day is. "Today" is always handed in: the plan's time zone decides it.

use super::fields::{Field, FieldError, Problem};
use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{fmt, str::FromStr};

/// A day of the Gregorian calendar, written 2026-12-31, from 1900 to 2199.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

impl Day {
    /// The day with these numbers, if the calendar has it.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        Date::new(year, month, day).ok().and_then(Self::within_range)
    }

    pub fn within_range(date: Date) -> Option<Self> {
        (1900..=2199).contains(&date.year()).then_some(Self(date))
    }

    /// Reads 2026-12-31, and 31.12.2026 as people of the region type it where the browser has no date field.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let parts: Vec<&str> = text.trim_end_matches('.').split('.').map(str::trim).collect();
        match parts.as_slice() {
            [day, month, year] => Self::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?),
            _ => Self::iso(text),
        }
    }

    fn iso(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split('-').collect();
        match parts.as_slice() {
            [year, month, day] if year.len() == 4 => {
                Self::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
            }
            _ => None,
        }
    }

    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// 1 to 12.
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// 1 to 31.
    pub fn day(self) -> i8 {
        self.0.day()
    }

    pub fn quarter(self) -> Quarter {
        Quarter { index: i32::from(self.year()) * 4 + (i32::from(self.month()) - 1) / 3 }
    }

    /// Whole days from `self` to `other`; negative if `other` is earlier.
    pub fn days_until(self, other: Day) -> i32 {
        (other.0 - self.0).get_days()
    }

    /// The day so many days later, or earlier; nothing beyond the years that there are.
    pub fn plus_days(self, days: i32) -> Option<Day> {
        self.0.checked_add(days.days()).ok().and_then(Self::within_range)
    }

    /// The day `quarters` quarters later, its place in the quarter kept as far as the months' lengths allow: the last
    /// day of a quarter stays a last day.
    pub fn shift(self, quarters: i32) -> Day {
        let quarter = self.quarter();
        if self == quarter.last_day() {
            return quarter.plus(quarters).last_day();
        }
        Self(self.0.saturating_add((quarters * 3).months()))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Day {
    type Err = FieldError;

    fn from_str(text: &str) -> Result<Self, FieldError> {
        Self::iso(text).ok_or(FieldError::new(Field::Day, Problem::NotADay))
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        output.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        String::deserialize(input)?.parse().map_err(FieldError::into_serde)
    }
}

/// A minute of a day, as clocks on the wall show it in one place: 2026-12-31 and 09:05.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Moment {
    pub day: Day,
    pub hour: u8,
    pub minute: u8,
}

impl Moment {
    /// "09:05".
    pub fn time(self) -> String {
        format!("{:02}:{:02}", self.hour, self.minute)
    }
}

/// A quarter of a year, written 2019Q4.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter {
    /// Quarters since the year 0.
    index: i32,
}

impl Quarter {
    pub fn new(year: i16, quarter: i8) -> Self {
        Self { index: i32::from(year) * 4 + i32::from(quarter) - 1 }
    }

    pub fn year(self) -> i16 {
        i16::try_from(self.index.div_euclid(4)).unwrap_or(i16::MAX)
    }

    /// 1 to 4.
    pub fn number(self) -> i8 {
        i8::try_from(self.index.rem_euclid(4) + 1).unwrap_or(1)
    }

    pub fn plus(self, quarters: i32) -> Self {
        Self { index: self.index + quarters }
    }

    /// Quarters from `self` to `other`.
    pub fn until(self, other: Quarter) -> i32 {
        other.index - self.index
    }

    pub fn first_day(self) -> Day {
        Day(Date::new(self.year(), (self.number() - 1) * 3 + 1, 1).unwrap_or(Date::MAX))
    }

    pub fn last_day(self) -> Day {
        let last_month = Date::new(self.year(), self.number() * 3, 1).unwrap_or(Date::MAX);
        Day(last_month.last_of_month())
    }

    pub fn contains(self, day: Day) -> bool {
        day.quarter() == self
    }

    fn read(text: &str) -> Option<Self> {
        let (year, number) = text.split_once('Q')?;
        let digits = |part: &str, count| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(year, 4) || !digits(number, 1) {
            return None;
        }
        let (year, number) = (year.parse().ok()?, number.parse().ok()?);
        ((1900..=2199).contains(&year) && (1..=4).contains(&number)).then(|| Self::new(year, number))
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}Q{}", self.year(), self.number())
    }
}

impl FromStr for Quarter {
    type Err = FieldError;

    fn from_str(text: &str) -> Result<Self, FieldError> {
        Self::read(text).ok_or(FieldError::new(Field::Period, Problem::NotAQuarter))
    }
}

impl Serialize for Quarter {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        output.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Quarter {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        String::deserialize(input)?.parse().map_err(FieldError::into_serde)
    }
}

/// From this many days ahead a due day is near, and shown.
pub const NEAR_DAYS: i32 = 30;

/// A due day that matters now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deadline {
    /// So many days past.
    Late(i32),
    Today,
    /// So many days ahead.
    Near(i32),
}

impl Deadline {
    /// What `today` makes of a due day; nothing when it is far off or the work is done.
    pub fn of(due: Day, today: Day, done: bool) -> Option<Self> {
        match today.days_until(due) {
            _ if done => None,
            days if days < 0 => Some(Self::Late(-days)),
            0 => Some(Self::Today),
            days if days <= NEAR_DAYS => Some(Self::Near(days)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn reads_both_ways_of_writing_and_refuses_impossible_days() {
        assert_eq!(day("31.12.2026."), day("2026-12-31"));
        assert_eq!(day(" 1. 2. 2026 ").to_string(), "2026-02-01");
        for text in ["2026-02-30", "30.2.2026", "2026-13-01", "26-01-01", "0001-01-01", "9999-01-01", "", "-", "soon"] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }

    #[test]
    fn quarters_begin_and_end_where_they_should() {
        let quarter = Quarter::new(2019, 4);
        assert_eq!(quarter.first_day(), day("2019-10-01"));
        assert_eq!(quarter.last_day(), day("2019-12-31"));
        assert_eq!(quarter.plus(1), Quarter::new(2020, 1));
        assert_eq!(day("2020-02-29").quarter(), quarter.plus(1));
        assert_eq!(quarter.until(Quarter::new(2026, 4)), 28);
    }

    #[test]
    fn a_quarter_is_written_and_read_back() {
        let quarter = Quarter::new(2019, 4);
        assert_eq!(serde_json::to_string(&quarter).unwrap(), "\"2019Q4\"");
        assert_eq!(serde_json::from_str::<Quarter>("\"2019Q4\"").unwrap(), quarter);
        for text in ["2019Q0", "2019Q5", "2019q4", "19Q4", "2019Q", "Q4", "+019Q4", "2019Q04", "9999Q1", ""] {
            assert!(text.parse::<Quarter>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_shifted_last_day_stays_last() {
        assert_eq!(day("2019-06-30").shift(1), day("2019-09-30"));
        assert_eq!(day("2019-09-30").shift(1), day("2019-12-31"));
        assert_eq!(day("2019-12-15").shift(28), day("2026-12-15"));
    }

    #[test]
    fn a_deadline_speaks_only_when_it_matters() {
        let today = day("2026-11-23");
        let of = |due: &str, done| Deadline::of(day(due), today, done);
        assert_eq!(of("2026-11-18", false), Some(Deadline::Late(5)));
        assert_eq!(of("2026-11-23", false), Some(Deadline::Today));
        assert_eq!(of("2026-12-23", false), Some(Deadline::Near(30)));
        assert_eq!(of("2026-12-24", false), None);
        assert_eq!(of("2026-11-18", true), None);
    }
}

//! The clock, which tests and screenshots may hold still.

use crate::domain::day::{Day, Moment};
use jiff::{Timestamp, tz::TimeZone};

/// Tells the day of many instants, the zone being looked up once.
pub struct Days {
    zone: TimeZone,
    today: Day,
}

impl Days {
    /// The day of an instant, in milliseconds since 1970, UTC. What happens while "today" is held still happens today at
    /// the latest.
    pub fn of(&self, at: i64) -> Day {
        let date = self.zone.to_datetime(Timestamp::from_millisecond(at).unwrap_or_default()).date();
        Day::within_range(date).unwrap_or(self.today).min(self.today)
    }
}

/// Tells the time; with a fixed day, "today" is always that day.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clock {
    pub fixed: Option<Day>,
}

impl Clock {
    /// Milliseconds since 1970, UTC.
    pub fn now(self) -> i64 {
        Timestamp::now().as_millisecond()
    }

    /// The day in a time zone (IANA name; an unknown one is read as UTC).
    pub fn today(self, time_zone: &str) -> Day {
        let zone = TimeZone::get(time_zone).unwrap_or(TimeZone::UTC);
        let date = zone.to_datetime(Timestamp::now()).date();
        self.fixed.or(Day::within_range(date)).expect("the system clock shows a year from 1900 to 2199")
    }

    /// The days of a time zone up to today.
    pub fn days(self, time_zone: &str) -> Days {
        Days { zone: TimeZone::get(time_zone).unwrap_or(TimeZone::UTC), today: self.today(time_zone) }
    }

    /// What clocks in a time zone show at an instant, in milliseconds since 1970, UTC.
    pub fn moment(self, at: i64, time_zone: &str) -> Moment {
        let zone = TimeZone::get(time_zone).unwrap_or(TimeZone::UTC);
        let time = zone.to_datetime(Timestamp::from_millisecond(at).unwrap_or_default());
        let part = |part: i8| u8::try_from(part).unwrap_or_default();
        let day = Day::within_range(time.date()).unwrap_or_else(|| self.today(time_zone));
        Moment { day, hour: part(time.hour()), minute: part(time.minute()) }
    }
}

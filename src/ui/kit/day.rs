//! Days in words: one formatter for server and browser, its patterns and months in the locales.

use crate::{
    domain::day::{Day, Deadline},
    i18n::{self, Locale},
};
use leptos::prelude::*;

fn month(locale: Locale, day: Day) -> &'static str {
    match day.month() {
        1 => i18n::date::m1(locale),
        2 => i18n::date::m2(locale),
        3 => i18n::date::m3(locale),
        4 => i18n::date::m4(locale),
        5 => i18n::date::m5(locale),
        6 => i18n::date::m6(locale),
        7 => i18n::date::m7(locale),
        8 => i18n::date::m8(locale),
        9 => i18n::date::m9(locale),
        10 => i18n::date::m10(locale),
        11 => i18n::date::m11(locale),
        _ => i18n::date::m12(locale),
    }
}

/// "31 December 2026".
pub fn full(locale: Locale, day: Day) -> String {
    i18n::date::full(locale, day.day(), month(locale, day), day.year())
}

/// "31 December", for a day of the current year.
pub fn short(locale: Locale, day: Day) -> String {
    i18n::date::short(locale, day.day(), month(locale, day))
}

/// "5 days late".
pub fn deadline(locale: Locale, deadline: Deadline) -> String {
    match deadline {
        Deadline::Late(days) => i18n::due::late(locale, days),
        Deadline::Today => i18n::due::today(locale).to_string(),
        Deadline::Near(days) => i18n::due::near(locale, days),
    }
}

/// A due day that matters now, in words, with the day itself behind them.
#[component]
pub fn DueNote(locale: Locale, due: Day, note: Deadline) -> impl IntoView {
    let class = if matches!(note, Deadline::Late(_)) { "due late" } else { "due near" };
    view! {
        <time class=class datetime=due.to_string() title=full(locale, due)>
            {deadline(locale, note)}
        </time>
    }
}

//! Dates of birth.

use super::scan::Scan;
use jiff::civil::Date;

const BIRTH: [&str; 24] = [
    "born",
    "birth",
    "birthdate",
    "dob",
    "d.o.b",
    "birthday",
    "rođen*",
    "rođenj*",
    "рођењ*",
    "rodjen*",
    "rođ",
    "рођен*",
    "рођ",
    "роден*",
    "раѓање",
    "lindur",
    "lindja",
    "lindjes",
    "lindjen",
    "datëlindj*",
    "datelindj*",
    "geboren",
    "geboorte*",
    "geb",
];

/// A full date, within a few words of a word for birth.
pub fn birth(scan: &Scan, at: usize) -> Option<usize> {
    if !scan.begins(at) {
        return None;
    }
    let end = date(scan, at)?;
    scan.beside(at..end, 34, &BIRTH).then_some(end)
}

/// 3.5.1999., 03/05/1999, 1999-05-03, 3 May 1999; May 3, 1999 from its day on.
fn date(scan: &Scan, at: usize) -> Option<usize> {
    let (first, mut next) = number(scan, at)?;
    let skip = |mut at: usize| {
        while scan.is(at, |c| matches!(c, '.' | '/' | '-' | ' ' | '\u{a0}' | ',')) {
            at += 1;
        }
        at
    };
    let gap = skip(next);
    if gap == next {
        return None;
    }
    next = gap;
    if let Some((second, after)) = number(scan, next) {
        let third_at = skip(after);
        let month_before = at.checked_sub(2).is_some_and(|before| scan.is(before, char::is_alphabetic));
        if month_before && is_date(second, 1, first) {
            return scan.ends(after).then_some(after);
        }
        let (third, end) = number(scan, third_at).filter(|_| third_at > after)?;
        let right = is_date(third, second, first) || is_date(third, first, second) || is_date(first, second, third);
        return (right && scan.ends(end)).then_some(end);
    }
    // A month by its name, in any of the languages: some letters, and then a year.
    let mut end = next;
    while scan.is(end, char::is_alphabetic) {
        end += 1;
    }
    let year_at = skip(end);
    let (year, year_end) = number(scan, year_at).filter(|_| end - next >= 3 && year_at > end)?;
    (is_date(year, 1, first) && scan.ends(year_end)).then_some(year_end)
}

fn number(scan: &Scan, at: usize) -> Option<(u32, usize)> {
    let (mut value, mut next) = (0, at);
    while let Some(digit) = scan.digit(next).filter(|_| next - at < 4) {
        value = value * 10 + digit;
        next += 1;
    }
    (next > at && scan.digit(next).is_none()).then_some((value, next))
}

/// Whether the calendar has this day, in a year in which somebody may be born who is written about.
pub fn is_date(year: u32, month: u32, day: u32) -> bool {
    let (Ok(year), Ok(month), Ok(day)) = (i16::try_from(year), i8::try_from(month), i8::try_from(day)) else {
        return false;
    };
    (1850..2100).contains(&year) && Date::new(year, month, day).is_ok()
}

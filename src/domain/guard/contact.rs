//! Ways to reach one person.

use super::scan::{Scan, is_gap};

pub fn email(scan: &Scan, at: usize) -> Option<usize> {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
    let before = at.checked_sub(1).is_some_and(|before| scan.is(before, is_name));
    if before || !scan.is(at, char::is_alphanumeric) {
        return None;
    }
    let mut next = at;
    while scan.is(next, is_name) {
        next += 1;
    }
    if !scan.is(next, |c| c == '@') {
        return None;
    }
    let host = next + 1;
    next = host;
    while scan.is(next, |c| c.is_alphanumeric() || c == '.' || c == '-') {
        next += 1;
    }
    // A point at the end is the sentence's.
    while next > host && !scan.is(next - 1, char::is_alphanumeric) {
        next -= 1;
    }
    let dot = (host + 1..next.saturating_sub(2)).any(|at| scan.is(at, |c| c == '.'));
    dot.then_some(next)
}

/// With a country's code, or as it is dialled within a country: 0, then groups of digits that do not look like anything
/// else that offices number.
pub fn phone(scan: &Scan, at: usize) -> Option<usize> {
    let plus = scan.is(at, |c| c == '+');
    let start = at + usize::from(plus);
    let before = at
        .checked_sub(1)
        .is_some_and(|before| scan.is(before, |c| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | ',' | '+')));
    // The rest of a longer number.
    let within = at.checked_sub(2).is_some_and(|before| scan.digit(before).is_some()) && scan.is(at - 1, is_gap);
    if before || within || scan.digit(start).is_none() || (!plus && scan.digit(start) != Some(0)) {
        return None;
    }
    let (groups, end) = groups(scan, start);
    let digits: usize = groups.iter().map(String::len).sum();
    let abroad = plus
        || groups.first().is_some_and(|first| {
            first.starts_with("00") && first.len() > 3 || first == "00" || first.len() == 5 && first.starts_with("00")
        });
    let right = if abroad { (9..=15).contains(&digits) } else { is_local(&groups, digits) };
    (right && scan.ends(end)).then_some(end)
}

fn is_local(groups: &[String], digits: usize) -> bool {
    let Some((first, rest)) = groups.split_first() else { return false };
    let is_year = |group: &String| group.len() == 4 && (group.starts_with("19") || group.starts_with("20"));
    let one = rest.is_empty() && digits == 9 && first.starts_with("06");
    let several = (1..=4).contains(&rest.len())
        && (2..=4).contains(&first.len())
        && rest.iter().all(|group| (2..=8).contains(&group.len()))
        && !rest.iter().any(is_year)
        && rest.last().is_some_and(|last| !last.starts_with('0') || last.len() > 2);
    (8..=10).contains(&digits) && (one || several)
}

/// Digits in groups, separated by one or two of what separates them in phone numbers.
fn groups(scan: &Scan, at: usize) -> (Vec<String>, usize) {
    let (mut groups, mut next) = (vec![String::new()], at);
    let mut end = at;
    loop {
        match scan.get(next) {
            Some(c) if c.is_ascii_digit() => {
                if let Some(last) = groups.last_mut() {
                    last.push(c);
                }
                next += 1;
                end = next;
            }
            Some(c) if is_gap(c) || matches!(c, '/' | '(' | ')' | '.') => {
                let mut after = next;
                while after - next < 3 && scan.is(after, |c| is_gap(c) || matches!(c, '/' | '(' | ')' | '.')) {
                    after += 1;
                }
                if scan.digit(after).is_none() {
                    return (groups, end);
                }
                next = after;
                groups.push(String::new());
            }
            _ => return (groups, end),
        }
    }
}

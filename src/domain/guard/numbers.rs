//! Numbers that offices and banks give to one person.

use super::{
    birth::is_date,
    scan::{Scan, is_gap},
};

/// DDMMYYYRRBBBK: a date with the last three digits of its year, then region, number and check digit.
pub fn jmbg(scan: &Scan, at: usize) -> Option<usize> {
    let (digits, end) = scan.digits(at, 13, is_gap)?;
    let [d1, d2, m1, m2, y1, y2, y3, .., check] = digits[..] else { return None };
    let year = y1 * 100 + y2 * 10 + y3;
    let year = if year >= 800 { 1000 + year } else { 2000 + year };
    if !is_date(year, m1 * 10 + m2, d1 * 10 + d2) {
        return None;
    }
    let weights = [7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
    let sum: u32 = digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum();
    let wanted = (11 - sum % 11) % 11 % 10;
    (wanted == check).then_some(end)
}

/// A letter for the decade, the year in it, month (50 more for a woman), day, number, check letter.
pub fn nid(scan: &Scan, at: usize) -> Option<usize> {
    let letter =
        |at: usize| scan.get(at).filter(char::is_ascii_alphabetic).map(|c| u32::from(c.to_ascii_uppercase()) - 65);
    let (first, last) = (letter(at)?, letter(at + 9)?);
    let digits: Vec<u32> = (1..=8).map_while(|n| scan.digit(at + n)).collect();
    let [year, m1, m2, d1, d2, ..] = digits[..] else { return None };
    let month = (m1 * 10 + m2) % 50;
    let year = 1900 + first * 10 + year;
    let sum: u32 = first + digits.iter().zip(1..).map(|(digit, weight)| digit * weight).sum::<u32>();
    let right = digits.len() == 8 && is_date(year, month, d1 * 10 + d2) && sum % 23 == last;
    (right && scan.begins(at) && scan.ends(at + 10)).then_some(at + 10)
}

pub fn bsn(scan: &Scan, at: usize) -> Option<usize> {
    bsn_with(scan, at, |_| false)
}

fn bsn_with(scan: &Scan, at: usize, separates: fn(char) -> bool) -> Option<usize> {
    let (digits, end) = scan.digits(at, 9, separates)?;
    let weights = [9, 8, 7, 6, 5, 4, 3, 2];
    let sum: u32 = digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum();
    let check = *digits.last()?;
    (sum % 11 == check % 11 && sum > 0 && scan.begins(at) && scan.ends(end)).then_some(end)
}

pub fn bsn_beside_its_word(scan: &Scan, at: usize) -> Option<usize> {
    let end = bsn_with(scan, at, |c| is_gap(c) || c == '.')?;
    scan.beside(at..end, 40, &["bsn*", "burgerservicenummer*", "sofinummer*", "sofi-nummer*"]).then_some(end)
}

/// Two letters for the country, two check digits, then letters and digits in groups.
pub fn iban(scan: &Scan, at: usize) -> Option<usize> {
    let country = (at..at + 2).all(|at| scan.is(at, |c| c.is_ascii_alphabetic()));
    if !country || !scan.begins(at) || scan.digit(at + 2).is_none() || scan.digit(at + 3).is_none() {
        return None;
    }
    let (mut code, mut next) = (String::new(), at);
    // The longest that is right: shorter ones end within a group.
    let mut found = None;
    while let Some(c) = scan.get(next).filter(|c| c.is_ascii_alphanumeric() || is_gap(*c)) {
        next += 1;
        if is_gap(c) {
            if !scan.is(next, |c| c.is_ascii_alphanumeric()) {
                break;
            }
            continue;
        }
        code.push(c.to_ascii_uppercase());
        if code.len() > 34 {
            break;
        }
        if code.len() >= 15 && scan.ends(next) && mod_97(&code) == Some(1) {
            found = Some(next);
        }
    }
    found
}

fn mod_97(code: &str) -> Option<u32> {
    let (head, tail) = code.split_at_checked(4)?;
    tail.chars().chain(head.chars()).try_fold(0, |rest, c| {
        let value = c.to_digit(36)?;
        Some((if value > 9 { rest * 100 + value } else { rest * 10 + value }) % 97)
    })
}

const PASSPORT: [&str; 21] = [
    "passport*",
    "pasoš*",
    "pasos*",
    "pasoša",
    "пасош*",
    "putovnic*",
    "pasaport*",
    "paspoort*",
    "paspoortnummer*",
    "lična karta",
    "lične karte",
    "ličnu kartu",
    "личне карте",
    "лична карта",
    "личну карту",
    "travel document*",
    "reisdocument*",
    "identity card*",
    "id card*",
    "identiteitskaart*",
    "letërnjoftim*",
];

/// Six to nine letters and digits, mostly digits, within a few words of a word for the document.
pub fn passport(scan: &Scan, at: usize) -> Option<usize> {
    if !scan.begins(at) || !scan.is(at, |c| c.is_ascii_alphanumeric()) {
        return None;
    }
    let mut end = at;
    let mut digits = 0;
    while let Some(c) = scan.get(end).filter(char::is_ascii_alphanumeric) {
        digits += u32::from(c.is_ascii_digit());
        end += 1;
    }
    let capitals = (at..end).all(|at| !scan.is(at, char::is_lowercase));
    let mixed = end - at == 9 && digits >= 3 && capitals;
    let right = (6..=9).contains(&(end - at)) && (digits >= 5 || mixed) && scan.ends(end);
    (right && scan.beside(at..end, 30, &PASSPORT)).then_some(end)
}

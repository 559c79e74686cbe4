//! What looks like personal data in a free text, found by pattern: the same in browser and server. A name cannot be
//! found so; each field says what must not be written in it.
//!
//! Sources: JMBG/EMBG and BSN by their check digits (modulo 11), the Albanian NID by its date and check letter (modulo
//! 23), IBAN by ISO 7064 (modulo 97).

use std::ops::Range;

/// What a part of a text looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A valid national identification number: never saved.
    Id,
    /// Nine digits that pass the test of a Dutch BSN, as 9 % of all do. This and all below may be confirmed.
    MaybeId,
    Phone,
    Email,
    Iban,
    /// A date beside a word for birth.
    Birth,
    /// A number beside a word for a passport or an identity card.
    Passport,
}

/// Where something stands in a text, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub kind: Kind,
    pub at: Range<usize>,
}

/// Everything that looks like personal data, in the order in which it stands. Of parts that overlap the gravest counts.
pub fn find(text: &str) -> Vec<Finding> {
    let scan = Scan::new(text);
    let mut found: Vec<Finding> = Vec::new();
    for (kind, rule) in RULES {
        for at in 0..scan.chars.len() {
            let Some(end) = rule(&scan, at) else { continue };
            let range = scan.byte(at)..scan.byte(end);
            if found.iter().all(|other| range.end <= other.at.start || other.at.end <= range.start) {
                found.push(Finding { kind, at: range });
            }
        }
    }
    found.sort_by_key(|finding| finding.at.start);
    found
}

/// Whether a valid identification number stands in a text.
pub fn names_somebody(text: &str) -> bool {
    find(text).iter().any(|finding| finding.kind == Kind::Id)
}

/// Answers where what begins at a place ends, if it is of the kind.
type Rule = fn(&Scan, usize) -> Option<usize>;

/// The gravest first.
const RULES: [(Kind, Rule); 9] = [
    (Kind::Id, jmbg),
    (Kind::Id, nid),
    (Kind::Id, bsn_beside_its_word),
    (Kind::Iban, iban),
    (Kind::Email, email),
    (Kind::Birth, birth),
    (Kind::Passport, passport),
    (Kind::Phone, phone),
    (Kind::MaybeId, bsn),
];

/// A text by its characters.
struct Scan {
    /// Each with the byte at which it begins.
    chars: Vec<(usize, char)>,
    /// The same in lower case, one for one, for words.
    lower: Vec<char>,
    bytes: usize,
}

impl Scan {
    fn new(text: &str) -> Self {
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let lower = chars.iter().map(|(_, c)| c.to_lowercase().next().unwrap_or(*c)).collect();
        Self { chars, lower, bytes: text.len() }
    }

    fn get(&self, at: usize) -> Option<char> {
        self.chars.get(at).map(|found| found.1)
    }

    fn byte(&self, at: usize) -> usize {
        self.chars.get(at).map_or(self.bytes, |found| found.0)
    }

    fn digit(&self, at: usize) -> Option<u32> {
        self.get(at)?.to_digit(10)
    }

    fn is(&self, at: usize, what: impl Fn(char) -> bool) -> bool {
        self.get(at).is_some_and(what)
    }

    /// Whether nothing of a word or number stands right before a place.
    fn begins(&self, at: usize) -> bool {
        at.checked_sub(1).is_none_or(|before| !self.is(before, char::is_alphanumeric))
    }

    fn ends(&self, at: usize) -> bool {
        !self.is(at, char::is_alphanumeric)
    }

    /// So many digits from a place on, with single separators between them; no digit before or after.
    fn digits(&self, at: usize, count: usize, separates: impl Fn(char) -> bool) -> Option<(Vec<u32>, usize)> {
        if at.checked_sub(1).is_some_and(|before| self.digit(before).is_some()) {
            return None;
        }
        let (mut digits, mut next) = (Vec::with_capacity(count), at);
        while digits.len() < count {
            match self.digit(next) {
                Some(digit) => digits.push(digit),
                None if !digits.is_empty() && self.is(next, &separates) && self.digit(next + 1).is_some() => {}
                None => return None,
            }
            next += 1;
        }
        self.digit(next).is_none().then_some((digits, next))
    }

    /// Whether one of these words, in lower case, stands within so many characters before or after a part.
    fn beside(&self, part: Range<usize>, reach: usize, words: &[&str]) -> bool {
        let before = self.lower.get(part.start.saturating_sub(reach)..part.start).unwrap_or_default();
        let after = self.lower.get(part.end..(part.end + reach).min(self.lower.len())).unwrap_or_default();
        words.iter().any(|word| has_word(before, word) || has_word(after, word))
    }
}

/// Whether a word stands in a text as a word of its own; one that ends in '*' may go on.
fn has_word(text: &[char], word: &str) -> bool {
    let (stem, open) = word.strip_suffix('*').map_or((word, false), |stem| (stem, true));
    let stem: Vec<char> = stem.chars().collect();
    let free = |at: Option<usize>| at.and_then(|at| text.get(at)).is_none_or(|c| !c.is_alphanumeric());
    (0..text.len()).any(|at| {
        let end = at + stem.len();
        text.get(at..end) == Some(stem.as_slice()) && free(at.checked_sub(1)) && (open || free(Some(end)))
    })
}

fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '-' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}

/// DDMMYYYRRBBBK: a date with the last three digits of its year, then region, number and check digit.
fn jmbg(scan: &Scan, at: usize) -> Option<usize> {
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
fn nid(scan: &Scan, at: usize) -> Option<usize> {
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

fn bsn(scan: &Scan, at: usize) -> Option<usize> {
    bsn_with(scan, at, |_| false)
}

fn bsn_with(scan: &Scan, at: usize, separates: fn(char) -> bool) -> Option<usize> {
    let (digits, end) = scan.digits(at, 9, separates)?;
    let weights = [9, 8, 7, 6, 5, 4, 3, 2];
    let sum: u32 = digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum();
    let check = *digits.last()?;
    (sum % 11 == check % 11 && sum > 0 && scan.begins(at) && scan.ends(end)).then_some(end)
}

fn bsn_beside_its_word(scan: &Scan, at: usize) -> Option<usize> {
    let end = bsn_with(scan, at, |c| is_gap(c) || c == '.')?;
    scan.beside(at..end, 40, &["bsn*", "burgerservicenummer*", "sofinummer*", "sofi-nummer*"]).then_some(end)
}

/// Two letters for the country, two check digits, then letters and digits in groups.
fn iban(scan: &Scan, at: usize) -> Option<usize> {
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

fn email(scan: &Scan, at: usize) -> Option<usize> {
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
fn birth(scan: &Scan, at: usize) -> Option<usize> {
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

fn is_date(year: u32, month: u32, day: u32) -> bool {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1850..2100).contains(&year) && (1..=days).contains(&day)
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
fn passport(scan: &Scan, at: usize) -> Option<usize> {
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

/// With a country's code, or as it is dialled within a country: 0, then groups of digits that do not look like anything
/// else that offices number.
fn phone(scan: &Scan, at: usize) -> Option<usize> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<Kind> {
        find(text).into_iter().map(|finding| finding.kind).collect()
    }

    #[test]
    fn numbers_are_known_by_their_check_digits_and_not_by_their_length() {
        assert_eq!(kinds("JMBG 0104986719873"), [Kind::Id]);
        assert_eq!(kinds("broj 0104986719874"), []);
        assert_eq!(kinds("J45423995I"), [Kind::Id]);
        assert_eq!(kinds("J45423995K"), []);
        assert_eq!(kinds("BSN 612345671"), [Kind::Id]);
        assert_eq!(kinds("dossier 612345671"), [Kind::MaybeId]);
        assert_eq!(kinds("BSN 612345672"), []);
    }

    #[test]
    fn periods_budgets_and_days_are_no_findings() {
        for text in ["2019-2020", "EUR 1.250.000,00", "18 October 2026", "15.12.2026.", "Directive 2011/36/EU, C12(6)"]
        {
            assert_eq!(kinds(text), [], "{text}");
        }
    }

    #[test]
    fn a_finding_says_where_it_stands() {
        let text = "Žrtva: ana@example.org.";
        let found = find(text);
        assert_eq!(found.iter().map(|finding| &text[finding.at.clone()]).collect::<Vec<_>>(), ["ana@example.org"]);
    }
}

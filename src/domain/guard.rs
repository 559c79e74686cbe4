//! What looks like personal data in a free text, found by pattern: the same in browser and server. A name cannot be
//! found so; each field says what must not be written in it.
//!
//! Sources: JMBG/EMBG and BSN by their check digits (modulo 11), the Albanian NID by its date and check letter (modulo
//! 23), IBAN by ISO 7064 (modulo 97).

mod ask;
mod birth;
mod contact;
mod numbers;
mod scan;

pub use ask::{Texts, ask};
use birth::birth;
use contact::{email, phone};
use numbers::{bsn, bsn_beside_its_word, iban, jmbg, nid, passport};
use scan::Scan;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// What a part of a text looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
    for (kind, rule) in IDS.map(|rule| (Kind::Id, rule)).into_iter().chain(OTHERS) {
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
    let scan = Scan::new(text);
    (0..scan.chars.len()).any(|at| IDS.iter().any(|rule| rule(&scan, at).is_some()))
}

/// Answers where what begins at a place ends, if it is of the kind.
type Rule = fn(&Scan, usize) -> Option<usize>;

/// What is never saved.
const IDS: [Rule; 3] = [jmbg, nid, bsn_beside_its_word];

/// What may be confirmed, the gravest first.
const OTHERS: [(Kind, Rule); 6] = [
    (Kind::Iban, iban),
    (Kind::Email, email),
    (Kind::Birth, birth),
    (Kind::Passport, passport),
    (Kind::Phone, phone),
    (Kind::MaybeId, bsn),
];

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

//! How well personal data are found: precision and recall on `fixtures/guard.tsv`, in the languages of the network. If
//! this falls, either a number that identifies somebody is saved, or people learn to click warnings away.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use act_board::domain::guard::{Kind, find};
use std::{collections::BTreeMap, fs};

fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Id => "id",
        Kind::MaybeId => "bsn",
        Kind::Phone => "phone",
        Kind::Email => "email",
        Kind::Iban => "iban",
        Kind::Birth => "birth",
        Kind::Passport => "passport",
    }
}

#[test]
fn personal_data_are_found_and_ordinary_texts_are_left_alone() {
    let path = format!("{}/tests/fixtures/guard.tsv", env!("CARGO_MANIFEST_DIR"));
    let lines = fs::read_to_string(path).unwrap();
    let cases = lines.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let (mut right, mut wrong, mut missed, mut count) = (0_u32, 0_u32, 0_u32, 0);
    let mut misses: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for case in cases {
        let [expected, _, text] = case.splitn(3, '\t').collect::<Vec<_>>()[..] else { panic!("{case}") };
        count += 1;
        let found: Vec<&str> = find(text).into_iter().map(|finding| word(finding.kind)).collect();
        let hit = found.contains(&expected);
        right += u32::from(hit);
        missed += u32::from(expected != "none" && !hit);
        let surplus = found.iter().filter(|found| **found != expected).count();
        wrong += u32::try_from(surplus).unwrap();
        if (expected != "none" && !hit) || surplus > 0 {
            misses.entry(expected).or_default().push(text);
            println!("{expected}, not {found:?}: {text}");
        }
    }
    let (precision, recall) =
        (f64::from(right) / f64::from(right + wrong), f64::from(right) / f64::from(right + missed));
    println!("{count} lines: precision {precision:.3}, recall {recall:.3}");
    assert!(count >= 300);
    assert!(!misses.contains_key("id"), "a valid identification number is never missed");
    assert!(precision >= 0.97, "precision {precision:.3}");
    assert!(recall >= 0.95, "recall {recall:.3}");
}

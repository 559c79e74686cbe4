//! What is asked about before a text is saved: whatever looks like personal data and did not stand there before. It may
//! stay for a reason, which is noted; the office of an institution has a telephone, too.

use super::{Finding, Kind, find};
use crate::domain::fields::{Field, FieldError, Problem};

/// A field's text as it stood, and as it is wished for.
pub struct Texts<'a> {
    pub field: Field,
    pub before: &'a str,
    pub after: &'a str,
}

/// The fields that must be asked about, each with what was found first.
pub fn ask<'a>(texts: impl IntoIterator<Item = Texts<'a>>) -> Vec<FieldError> {
    let found = texts.into_iter().filter_map(|Texts { field, before, after }| {
        newly_found(before, after).map(|kind| FieldError::new(field, Problem::Personal(kind)))
    });
    found.collect()
}

/// What a text holds that was not in the one before, so that nobody is asked twice about the same words.
fn newly_found(before: &str, after: &str) -> Option<Kind> {
    if before == after {
        return None;
    }
    fn words(text: &str, finding: &Finding) -> String {
        text.get(finding.at.clone()).unwrap_or_default().to_owned()
    }
    let known: Vec<String> = find(before).iter().map(|finding| words(before, finding)).collect();
    find(after).into_iter().find(|finding| !known.contains(&words(after, finding))).map(|finding| finding.kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_new_is_asked_about() {
        assert_eq!(newly_found("", "Write to office@example.org"), Some(Kind::Email));
        assert_eq!(newly_found("Write to office@example.org", "Do write to office@example.org soon"), None);
        assert_eq!(newly_found("office@example.org", "office@example.org, ana@example.org"), Some(Kind::Email));
        assert_eq!(newly_found("office@example.org", "In 2019-2020"), None);
    }

    #[test]
    fn every_field_is_told() {
        let text = |field, after| Texts { field, before: "", after };
        let asked = ask([
            text(Field::Title, "+381 11 334 7817"),
            text(Field::Unit, "towns"),
            text(Field::Description, "a@b.rs"),
        ]);
        assert_eq!(asked.iter().map(|error| error.field).collect::<Vec<_>>(), [Field::Title, Field::Description]);
    }
}

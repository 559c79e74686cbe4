//! What is saved: read from a form, and held against the version that is newest meanwhile.

use super::Section;
use crate::domain::{
    change::Refusal,
    fields::{Field, FieldError},
    guard,
    ids::TextId,
    item_form::Values,
    text::{Description, Reason, Text},
};
use std::collections::BTreeMap;

/// The words of a report as somebody wants them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    texts: BTreeMap<Section, String>,
    /// Why what looks like personal data in them may stay.
    pub reason: Option<Reason>,
}

impl Draft {
    /// Reads a text for each section, and a reason if one was given.
    pub fn parse(values: Values) -> Result<Self, Vec<FieldError>> {
        let (mut texts, mut errors) = (BTreeMap::new(), Vec::new());
        for section in Section::ALL {
            match Description::parse(values.get(section.slug())) {
                Ok(text) => _ = texts.insert(section, text.into_string()),
                Err(error) => errors.push(FieldError::new(Field::Report(section), error.problem)),
            }
        }
        let reason = match values.get("reason") {
            "" => None,
            reason => Reason::parse(reason).map_err(|error| errors.push(error)).ok(),
        };
        if errors.is_empty() { Ok(Self { texts, reason }) } else { Err(errors) }
    }

    pub fn text(&self, section: Section) -> &str {
        self.texts.get(&section).map(String::as_str).unwrap_or_default()
    }

    /// As a form sends the texts.
    pub fn values(&self) -> Vec<(String, String)> {
        values_of(|section| self.text(section))
    }
}

/// The texts of a form that was filled with these words.
pub fn values_of<'a>(text: impl Fn(Section) -> &'a str) -> Vec<(String, String)> {
    Section::ALL.map(|section| (section.slug().to_owned(), text(section).to_owned())).into()
}

/// A version as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// 0 before there is any.
    pub number: i64,
    pub handed_over: bool,
    /// The row and the words of each section that has any, or had some that were withdrawn.
    pub texts: BTreeMap<Section, (TextId, String)>,
}

impl Kept {
    pub fn text(&self, section: Section) -> &str {
        self.texts.get(&section).map(|text| text.1.as_str()).unwrap_or_default()
    }
}

/// What comes of a saving.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decided {
    /// It says what is there already, and hands nothing over.
    Nothing,
    Saved {
        number: i64,
        /// What each section that has words points to: the text of the version before, or a new one.
        texts: BTreeMap<Section, Pointed>,
        /// Whether something in it looks like personal data, for which there is a reason.
        is_noted: bool,
    },
}

/// What a section of a new version says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pointed {
    Same(TextId),
    New(String),
}

/// Decides what a saving comes to that was made from version `from` (0 for none) while `newest` is there. Whoever has
/// not seen the newest words does not replace them, but by the same.
pub fn decide(draft: &Draft, from: i64, newest: &Kept, hands_over: bool) -> Result<Decided, Refusal> {
    let changed: Vec<Section> =
        Section::ALL.into_iter().filter(|section| draft.text(*section) != newest.text(*section)).collect();
    if let Some(first) = changed.first().filter(|_| from != newest.number) {
        return Err(conflict(*first, newest));
    }
    if changed.is_empty() && (!hands_over || newest.handed_over) {
        return Ok(Decided::Nothing);
    }
    let asked = looks_personal(draft, newest);
    if !asked.is_empty() && draft.reason.is_none() {
        return Err(Refusal::Invalid(asked));
    }
    let texts = Section::ALL.into_iter().filter_map(|section| Some((section, pointed(draft, newest, section)?)));
    Ok(Decided::Saved { number: newest.number + 1, texts: texts.collect(), is_noted: !asked.is_empty() })
}

fn pointed(draft: &Draft, newest: &Kept, section: Section) -> Option<Pointed> {
    let text = draft.text(section);
    match newest.texts.get(&section) {
        Some((id, before)) if before == text => Some(Pointed::Same(*id)),
        _ if text.is_empty() => None,
        _ => Some(Pointed::New(text.to_owned())),
    }
}

fn conflict(section: Section, newest: &Kept) -> Refusal {
    let id = newest.texts.get(&section).map_or(TextId(uuid::Uuid::nil()), |text| text.0);
    let theirs = Text { id, version: newest.number, body: newest.text(section).to_owned() };
    Refusal::Conflict { field: Field::Report(section), theirs, base: None }
}

/// The sections in which something looks like personal data that did not stand there before.
fn looks_personal(draft: &Draft, newest: &Kept) -> Vec<FieldError> {
    guard::ask(Section::ALL.map(|section| guard::Texts {
        field: Field::Report(section),
        before: newest.text(section),
        after: draft.text(section),
    }))
}

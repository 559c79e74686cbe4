//! The words of a command: what somebody wrote and must not lose when it is refused.

use super::{IndicatorEdit, NodeEdit, ResultsCommand};
use crate::domain::{
    fields::{Field, FieldError},
    results::{
        form::{evidence_lines, written},
        reading::Share,
    },
    text::{
        Assumptions, Definition, IndicatorTitle, Narrative, Reason, Risks, Statement, TextEdit, Verification, Version,
    },
};

impl ResultsCommand {
    /// Whether it carries something that somebody wrote.
    pub fn has_text(&self) -> bool {
        !self.texts().is_empty()
    }

    /// What somebody wrote, by field: words, and the numbers of a reading.
    pub fn texts(&self) -> Vec<(Field, String)> {
        let texts = match self {
            Self::AddNode { title, assumptions, risks, .. } => vec![
                (Field::Statement, Some(title.as_str().to_owned())),
                (Field::Assumptions, assumptions.as_ref().map(|text| text.as_str().to_owned())),
                (Field::Risks, risks.as_ref().map(|text| text.as_str().to_owned())),
            ],
            Self::AddIndicator { title, definition, verification, .. } => vec![
                (Field::Indicator, Some(title.as_str().to_owned())),
                (Field::Definition, definition.as_ref().map(|text| text.as_str().to_owned())),
                (Field::Verification, verification.as_ref().map(|text| text.as_str().to_owned())),
            ],
            Self::Read { value, shares, narrative, evidence, .. } => vec![
                (Field::Value, Some(written(value))),
                (Field::Category, lines(shares.iter().map(share))),
                (Field::Narrative, Some(narrative.body.as_str().to_owned())),
                (Field::Evidence, lines(evidence_lines(evidence))),
            ],
            Self::EditNode { edit, .. } => of_node(edit),
            Self::EditIndicator { edit, .. } => of_indicator(edit),
            Self::Step { why: Some(why), .. } | Self::SetLight { light: Some((_, why)), .. } => {
                vec![(Field::Why, Some(why.as_str().to_owned()))]
            }
            _ => Vec::new(),
        };
        texts.into_iter().filter_map(|(field, text)| Some((field, text?))).collect()
    }

    /// The same with other words in a field, made from another version: what came of a conflict in it. All else that was
    /// wanted stays. Nothing if no text of it stands in that field.
    pub fn with_text(&self, field: Field, from: Version, text: &str) -> Option<Result<Self, FieldError>> {
        let mut command = self.clone();
        let put = match (&mut command, field) {
            (Self::Read { narrative, .. }, Field::Narrative) => put(Some(narrative), from, Narrative::parse(text)),
            (Self::EditNode { edit, .. }, Field::Statement) => put(edit.title.as_mut(), from, Statement::parse(text)),
            (Self::EditNode { edit, .. }, Field::Assumptions) => {
                put(edit.assumptions.as_mut(), from, Assumptions::parse(text))
            }
            (Self::EditNode { edit, .. }, Field::Risks) => put(edit.risks.as_mut(), from, Risks::parse(text)),
            (Self::EditIndicator { edit, .. }, Field::Indicator) => {
                put(edit.title.as_mut(), from, IndicatorTitle::parse(text))
            }
            (Self::EditIndicator { edit, .. }, Field::Definition) => {
                put(edit.definition.as_mut(), from, Definition::parse(text))
            }
            (Self::EditIndicator { edit, .. }, Field::Verification) => {
                put(edit.verification.as_mut(), from, Verification::parse(text))
            }
            _ => None,
        };
        put.map(|put| put.map(|()| command))
    }

    /// Why what looks like personal data may stay, if its author said so.
    pub fn reason(&self) -> Option<&Reason> {
        match self {
            Self::AddNode { reason, .. } | Self::AddIndicator { reason, .. } | Self::Read { reason, .. } => {
                reason.as_ref()
            }
            Self::EditNode { edit, .. } => edit.reason.as_ref(),
            Self::EditIndicator { edit, .. } => edit.reason.as_ref(),
            _ => None,
        }
    }
}

fn of_node(edit: &NodeEdit) -> Vec<(Field, Option<String>)> {
    vec![
        (Field::Statement, body(&edit.title, Statement::as_str)),
        (Field::Assumptions, body(&edit.assumptions, Assumptions::as_str)),
        (Field::Risks, body(&edit.risks, Risks::as_str)),
    ]
}

fn of_indicator(edit: &IndicatorEdit) -> Vec<(Field, Option<String>)> {
    vec![
        (Field::Indicator, body(&edit.title, IndicatorTitle::as_str)),
        (Field::Definition, body(&edit.definition, Definition::as_str)),
        (Field::Verification, body(&edit.verification, Verification::as_str)),
        (Field::Why, edit.why.as_ref().map(|why| why.as_str().to_owned())),
    ]
}

fn body<T>(edit: &Option<TextEdit<T>>, words: impl Fn(&T) -> &str) -> Option<String> {
    edit.as_ref().map(|edit| words(&edit.body).to_owned())
}

fn put<T>(
    edit: Option<&mut TextEdit<T>>,
    from: Version,
    text: Result<T, FieldError>,
) -> Option<Result<(), FieldError>> {
    let edit = edit?;
    Some(text.map(|body| *edit = TextEdit { from, body }))
}

fn share(share: &Share) -> String {
    format!("{}, {}: {}", share.dimension.as_str(), share.category.as_str(), written(&share.value))
}

fn lines(lines: impl Iterator<Item = impl Into<String>>) -> Option<String> {
    let lines: Vec<String> = lines.map(Into::into).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        ids::{IndicatorId, ReadingId},
        results::{
            command::Basis,
            reading::Evidence,
            sample::{quarter, value},
            state::Step,
        },
        text::{Category, Citation, DimensionName},
    };
    use uuid::Uuid;

    fn read() -> ResultsCommand {
        ResultsCommand::Read {
            reading: ReadingId(Uuid::nil()),
            indicator: IndicatorId(Uuid::nil()),
            period: quarter("2026Q4"),
            value: value("12.5"),
            shares: vec![Share {
                dimension: DimensionName::parse("sex").unwrap(),
                category: Category::parse("women").unwrap(),
                value: value("7"),
            }],
            narrative: TextEdit { from: 3, body: Narrative::parse("Counted").unwrap() },
            evidence: vec![Evidence::Citation(Citation::parse("Attendance sheets").unwrap())],
            basis: Basis::Nothing,
            reason: None,
        }
    }

    #[test]
    fn a_refused_reading_tells_its_numbers_as_well() {
        let told = [
            (Field::Value, "12.5"),
            (Field::Category, "sex, women: 7"),
            (Field::Narrative, "Counted"),
            (Field::Evidence, "Attendance sheets"),
        ];
        assert_eq!(read().texts(), told.map(|(field, text)| (field, text.to_owned())));
    }

    #[test]
    fn what_was_merged_goes_out_with_all_that_was_wanted_beside_it() {
        let merged = read().with_text(Field::Narrative, 5, "Counted twice").unwrap().unwrap();
        let (ResultsCommand::Read { narrative, value: number, shares, evidence, .. }, before) = (merged, read()) else {
            panic!("a reading stays one");
        };
        assert_eq!((narrative.from, narrative.body.as_str()), (5, "Counted twice"));
        let ResultsCommand::Read { value: was, shares: parts, evidence: shown, .. } = before else { unreachable!() };
        assert_eq!((number, shares, evidence), (was, parts, shown));
        assert!(read().with_text(Field::Statement, 5, "Elsewhere").is_none());
        assert!(read().with_text(Field::Narrative, 5, &"x".repeat(Narrative::MAX + 1)).unwrap().is_err());
    }

    #[test]
    fn a_reason_is_something_that_somebody_wrote() {
        let step = |why: Option<&str>| ResultsCommand::Step {
            reading: ReadingId(Uuid::nil()),
            step: Step::Return,
            why: why.map(|why| Reason::parse(why).unwrap()),
            basis: Basis::Unsaid,
        };
        assert!(step(Some("The sheets are missing")).has_text());
        assert!(!step(None).has_text());
    }
}

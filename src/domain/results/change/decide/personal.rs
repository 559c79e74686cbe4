//! What of a change looks like personal data, in every word that people type.

use crate::domain::{
    fields::{Field, FieldError, Problem},
    guard,
    results::{
        change::{Results, ResultsChange},
        reading::Evidence,
        value::{Point, Value},
    },
};

/// The fields whose words look like personal data, and did not so before.
pub fn looks_personal(results: &Results, change: &ResultsChange) -> Vec<FieldError> {
    let (mut before, mut after) = (as_it_was(results, change), change.clone());
    let known: Vec<String> =
        before.iter_mut().flat_map(ResultsChange::texts_mut).map(|text| text.1.body.clone()).collect();
    let texts = after.texts_mut();
    let pairs = texts.iter().enumerate().map(|(at, (field, text))| guard::Texts {
        field: *field,
        before: known.get(at).map_or("", String::as_str),
        after: &text.body,
    });
    let mut errors = guard::ask(pairs);
    let earlier: Vec<(Field, &str)> = before.iter().flat_map(words).collect();
    for (field, after) in words(change) {
        let stood: Vec<&str> = earlier.iter().filter(|word| word.0 == field).map(|word| word.1).collect();
        errors.extend(guard::ask([guard::Texts { field, before: &stood.join("\n"), after }]));
    }
    errors.dedup();
    errors
}

/// Addresses of evidence that hold a valid identification number. Every other text refuses it when it is read; an address
/// is no text, and may well hold digits.
pub fn numbers_in_links(change: &ResultsChange) -> Vec<FieldError> {
    let ResultsChange::Reading(reading) = change else { return Vec::new() };
    let names = |evidence: &Evidence| match evidence {
        Evidence::Link(link) => guard::names_somebody(link.as_str()),
        Evidence::Citation(_) => false,
    };
    let wrong = reading.evidence.iter().any(names);
    wrong.then(|| FieldError::new(Field::Evidence, Problem::IdNumber)).into_iter().collect()
}

/// What a change is about, as it stood before.
fn as_it_was(results: &Results, change: &ResultsChange) -> Option<ResultsChange> {
    match change {
        ResultsChange::Node(node) => {
            let node = results.framework.node(node.id)?;
            Some(ResultsChange::Node(Box::new(node.clone())))
        }
        ResultsChange::Indicator { indicator, .. } => {
            let indicator = Box::new(results.indicator(indicator.id)?.clone());
            Some(ResultsChange::Indicator { indicator, goals: None })
        }
        ResultsChange::Reading(reading) => {
            let reading = results.readings.iter().find(|known| known.id == reading.id)?;
            Some(ResultsChange::Reading(Box::new(reading.clone())))
        }
        _ => None,
    }
}

/// What people type that is no text with versions, and stands in the change itself.
fn words(change: &ResultsChange) -> Vec<(Field, &str)> {
    match change {
        ResultsChange::Indicator { indicator, .. } => {
            let baseline = indicator.scale.baseline().map(|baseline| (Field::Baseline, &baseline.value));
            let targets = indicator.scale.targets().iter().map(|target| (Field::Target, &target.value));
            let said = baseline.into_iter().chain(targets).filter_map(|(field, point)| match point {
                Point::Words(words) => Some((field, words.as_str())),
                Point::Number(_) => None,
            });
            std::iter::once((Field::Unit, indicator.unit.as_str())).chain(said).collect()
        }
        ResultsChange::Reading(reading) => {
            let values = std::iter::once(&reading.value).chain(reading.shares.iter().map(|share| &share.value));
            let said = values.filter_map(|value| match value {
                Value::Words(words) => Some((Field::Value, words.as_str())),
                Value::Number(_) | Value::Ratio(_) => None,
            });
            let cited = reading.evidence.iter().filter_map(|evidence| match evidence {
                Evidence::Citation(citation) => Some((Field::Evidence, citation.as_str())),
                Evidence::Link(_) => None,
            });
            said.chain(cited).collect()
        }
        _ => Vec::new(),
    }
}

//! A reading as a form sends it: names and values, read field by field, so that every mistake is told at once.

use super::{
    command::{Basis, ResultsCommand},
    indicator::Indicator,
    reading::{Evidence, Link, Reading, Share, check},
    value::{Kind, Parts, Value},
};
use crate::domain::{
    day::Quarter,
    fields::{Field, FieldError, Problem},
    ids::{IndicatorId, ReadingId},
    item_form::Values,
    measure::Quantity,
    text::{Citation, Narrative, Reason, TextEdit, Version, Wording},
};

/// The most lines of evidence.
pub const MAX_EVIDENCE: usize = 20;

/// What a form says of a reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadingForm {
    pub value: Value,
    pub shares: Vec<Share>,
    pub narrative: Narrative,
    /// The version of the narrative that the form was filled with.
    pub from: Version,
    pub evidence: Vec<Evidence>,
    /// The reading that the form was filled with.
    pub basis: Basis,
    /// Why what looks like personal data may stay.
    pub reason: Option<Reason>,
}

impl ReadingForm {
    /// What the form asks for, of an indicator in a period. `reading` is the id of what is new.
    pub fn command(self, reading: ReadingId, indicator: IndicatorId, period: Quarter) -> ResultsCommand {
        let Self { value, shares, narrative, from, evidence, basis, reason } = self;
        let narrative = TextEdit { from, body: narrative };
        ResultsCommand::Read { reading, indicator, period, value, shares, narrative, evidence, basis, reason }
    }
}

/// What a form was filled with, as it says itself.
pub fn basis(values: Values) -> Basis {
    serde_json::from_slice(values.get("basis").as_bytes()).unwrap_or_default()
}

/// The name under which a form sends the share of a category.
pub fn share_name(dimension: usize, category: usize) -> String {
    format!("share-{dimension}-{category}")
}

impl ReadingForm {
    /// Reads value, or numerator and denominator, the shares, narrative, narrative_from, evidence, basis and reason.
    pub fn parse(values: Values, indicator: &Indicator) -> Result<Self, Vec<FieldError>> {
        let mut errors = Vec::new();
        let kind = indicator.scale.kind();
        let value = value(values, kind, &mut errors);
        let shares = keep(shares(values, indicator), &mut errors);
        let narrative = keep(Narrative::parse(values.get("narrative")), &mut errors);
        let evidence = keep(evidence(values.get("evidence")), &mut errors);
        let reason = keep(reason(values), &mut errors);
        let (Some(value), Some(shares), Some(narrative), Some(evidence), Some(reason)) =
            (value, shares, narrative, evidence, reason)
        else {
            return Err(errors);
        };
        errors.extend(check(indicator, &value, &shares));
        let from = values.get("narrative_from").parse().unwrap_or(0);
        let basis = basis(values);
        if errors.is_empty() {
            Ok(Self { value, shares, narrative, from, evidence, basis, reason })
        } else {
            Err(errors)
        }
    }
}

fn keep<T>(result: Result<T, FieldError>, errors: &mut Vec<FieldError>) -> Option<T> {
    result.map_err(|error| errors.push(error)).ok()
}

fn quantity(text: &str, field: Field) -> Result<Quantity, FieldError> {
    match text {
        "" => Err(FieldError::new(field, Problem::Missing)),
        text => Quantity::parse(text).ok_or(FieldError::new(field, Problem::NotANumber)),
    }
}

fn value(values: Values, kind: Kind, errors: &mut Vec<FieldError>) -> Option<Value> {
    match kind {
        Kind::Number => keep(quantity(values.get("value"), Field::Value), errors).map(Value::Number),
        Kind::Qualitative => keep(Wording::parse(values.get("value")), errors).map(Value::Words),
        Kind::Ratio => {
            let numerator = keep(quantity(values.get("numerator"), Field::Numerator), errors);
            let denominator = keep(quantity(values.get("denominator"), Field::Denominator), errors);
            keep(Parts::new(numerator?, denominator?), errors).map(Value::Ratio)
        }
    }
}

/// A number by category; of a ratio two with a slash between. Empty is no data.
fn shares(values: Values, indicator: &Indicator) -> Result<Vec<Share>, FieldError> {
    let mut shares = Vec::new();
    for (d, dimension) in indicator.dimensions.iter().enumerate() {
        for (c, category) in dimension.categories().iter().enumerate() {
            let text = values.get(&share_name(d, c));
            if text.is_empty() {
                continue;
            }
            // Whatever is wrong with it is told at the shares.
            let at_share = |error: FieldError| FieldError::new(Field::Category, error.problem);
            let value = share(text, indicator.scale.kind()).map_err(at_share)?;
            shares.push(Share { dimension: dimension.name().clone(), category: category.clone(), value });
        }
    }
    Ok(shares)
}

fn share(text: &str, kind: Kind) -> Result<Value, FieldError> {
    let number = |text: &str| quantity(text.trim(), Field::Category);
    match kind {
        Kind::Number => Ok(Value::Number(number(text)?)),
        Kind::Qualitative => Ok(Value::Words(Wording::parse(text)?)),
        Kind::Ratio => {
            let (numerator, denominator) =
                text.split_once('/').ok_or(FieldError::new(Field::Category, Problem::NotANumber))?;
            Ok(Value::Ratio(Parts::new(number(numerator)?, number(denominator)?)?))
        }
    }
}

/// A line each: the address of a page, or where else it can be looked up.
fn evidence(text: &str) -> Result<Vec<Evidence>, FieldError> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if lines.len() > MAX_EVIDENCE {
        return Err(FieldError::new(Field::Evidence, Problem::TooMany { max: MAX_EVIDENCE }));
    }
    let is_address = |line: &str| line.split_once("://").is_some_and(|(scheme, _)| !scheme.contains(' '));
    let read = |line: &str| match is_address(line) {
        true => Link::parse(line).map(Evidence::Link),
        false => Citation::parse(line).map(Evidence::Citation),
    };
    lines.into_iter().map(read).collect()
}

fn reason(values: Values) -> Result<Option<Reason>, FieldError> {
    match values.get("reason") {
        "" => Ok(None),
        text => Reason::parse(text).map(Some),
    }
}

/// The values of the form of a reading as it stands; empty fields for one that is to be made.
pub fn values_of(indicator: &Indicator, reading: Option<&Reading>) -> Vec<(String, String)> {
    let basis = serde_json::to_string(&Basis::of(reading)).unwrap_or_default();
    let mut values = vec![("indicator".to_owned(), indicator.id.to_string()), ("basis".to_owned(), basis)];
    let Some(reading) = reading else { return values };
    let mut put = |name: &str, value: String| values.push((name.to_owned(), value));
    put("reading", reading.id.to_string());
    match &reading.value {
        Value::Ratio(parts) => {
            put("numerator", parts.numerator().format('.'));
            put("denominator", parts.denominator().format('.'));
        }
        value => put("value", written(value)),
    }
    for share in &reading.shares {
        let place = indicator.dimensions.iter().enumerate().find_map(|(d, dimension)| {
            let is_it = |category: &_| *dimension.name() == share.dimension && *category == share.category;
            Some((d, dimension.categories().iter().position(is_it)?))
        });
        if let Some((d, c)) = place {
            put(&share_name(d, c), written(&share.value));
        }
    }
    put("narrative", reading.narrative.body.clone());
    put("narrative_from", reading.narrative.version.to_string());
    put("evidence", evidence_lines(&reading.evidence).collect::<Vec<_>>().join("\n"));
    values
}

/// As the form writes them, a line each.
pub fn evidence_lines(evidence: &[Evidence]) -> impl Iterator<Item = &str> {
    evidence.iter().map(|evidence| match evidence {
        Evidence::Citation(citation) => citation.as_str(),
        Evidence::Link(link) => link.as_str(),
    })
}

/// As the form writes it, so that it reads back: of a ratio two numbers with a slash between.
pub fn written(value: &Value) -> String {
    match value {
        Value::Number(quantity) => quantity.format('.'),
        Value::Ratio(parts) => format!("{}/{}", parts.numerator().format('.'), parts.denominator().format('.')),
        Value::Words(words) => words.as_str().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::results::sample::{dimension, indicator, ratios, reading, value as number};

    fn pairs(values: &[(&str, &str)]) -> Vec<(String, String)> {
        values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn what_a_form_was_filled_with_reads_back() {
        let mut trained = indicator(1, "0", &[("2019Q4", "40")]);
        trained.dimensions = vec![dimension("sex", &["women", "men"])];
        let mut known = reading(1, "2019Q4", number("12"));
        let share = |category: &str, of: &str| Share {
            dimension: trained.dimensions[0].name().clone(),
            category: crate::domain::text::Category::parse(category).unwrap(),
            value: number(of),
        };
        known.shares = vec![share("women", "7"), share("men", "5")];
        known.evidence = vec![
            Evidence::Citation(Citation::parse("Attendance sheets, June").unwrap()),
            Evidence::Link(Link::parse("https://example.org/report").unwrap()),
        ];
        let form = ReadingForm::parse(Values(&values_of(&trained, Some(&known))), &trained).unwrap();
        assert_eq!((form.value, form.shares, form.evidence), (known.value, known.shares, known.evidence));
        assert_eq!(form.from, known.narrative.version);
    }

    #[test]
    fn every_mistake_is_told_at_once() {
        let share = ratios(1, "0", &[]);
        let wrong = pairs(&[("numerator", "x"), ("denominator", ""), ("evidence", "ftp://example.org")]);
        let errors = ReadingForm::parse(Values(&wrong), &share).unwrap_err();
        let fields: Vec<Field> = errors.iter().map(|error| error.field).collect();
        assert_eq!(fields, [Field::Numerator, Field::Denominator, Field::Evidence]);
        let more = pairs(&[("value", "3"), ("share-0-0", "2"), ("share-0-1", "2")]);
        let mut trained = indicator(1, "0", &[]);
        trained.dimensions = vec![dimension("sex", &["women", "men"])];
        let errors = ReadingForm::parse(Values(&more), &trained).unwrap_err();
        assert_eq!(errors, [FieldError::new(Field::Category, Problem::MoreThanWhole)]);
    }
}

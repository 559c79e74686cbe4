//! Forms of indicators: what is measured, how, from where to where, and by whom.

use super::{Errors, FrameworkForm, choice, keep, put_text, word};
use crate::domain::{
    day::Quarter,
    fields::{Field, FieldError, Problem},
    ids::{IndicatorId, NodeId, OrgId},
    measure::Quantity,
    results::{
        command::{IndicatorEdit, IndicatorFacts, ResultsCommand},
        indicator::{Dimension, Frequency, Indicator},
        scale::{Accumulation, Baseline, Direction, Scale, Target},
        value::{Kind, Point},
    },
    text::{Category, Definition, DimensionName, IndicatorCode, IndicatorTitle, Unit, Verification, Wording},
};
use std::ops::RangeInclusive;

/// The box that says that people are counted, and what it sends when it is ticked.
pub const PEOPLE: &str = "people";
pub const YES: &str = "yes";

/// The years that a baseline may be of.
const YEARS: RangeInclusive<i16> = 1900..=2199;

/// The name under which a form sends the target of a quarter.
pub fn target_name(period: Quarter) -> String {
    format!("target-{period}")
}

impl FrameworkForm<'_> {
    pub(super) fn add_indicator(self, indicator: IndicatorId) -> Result<ResultsCommand, Errors> {
        let mut errors = Vec::new();
        let node = keep(self.values.id::<NodeId>("node", Field::Parent), &mut errors);
        let title = keep(IndicatorTitle::parse(self.values.get("title")), &mut errors);
        let definition = keep(Definition::parse(self.values.get("definition")), &mut errors);
        let verification = keep(Verification::parse(self.values.get("verification")), &mut errors);
        let facts = self.facts(&mut errors).map(Box::new);
        let reason = keep(self.reason("reason"), &mut errors).flatten();
        match (node, title, facts) {
            (Some(node), Some(title), Some(facts)) if errors.is_empty() => {
                Ok(ResultsCommand::AddIndicator { indicator, node, title, definition, verification, facts, reason })
            }
            _ => Err(errors),
        }
    }

    pub(super) fn edit_indicator(self) -> Result<ResultsCommand, Errors> {
        let mut errors = Vec::new();
        let indicator = keep(self.indicator(), &mut errors);
        let title = keep(self.text("title", IndicatorTitle::parse), &mut errors).flatten();
        let definition = keep(self.text("definition", Definition::parse), &mut errors).flatten();
        let verification = keep(self.text("verification", Verification::parse), &mut errors).flatten();
        let facts = self.facts(&mut errors);
        let why = self.reason("why").map_err(|error| FieldError::new(Field::Why, error.problem));
        let why = keep(why, &mut errors).flatten();
        let reason = keep(self.reason("reason"), &mut errors).flatten();
        let (Some(indicator), true) = (indicator, errors.is_empty()) else { return Err(errors) };
        let was: Option<IndicatorFacts> = serde_json::from_slice(self.values.get("facts_was").as_bytes()).ok();
        let facts = facts.filter(|facts| was.as_ref() != Some(facts));
        let was = was.filter(|_| facts.is_some()).map(Box::new);
        let edit = Box::new(IndicatorEdit { title, definition, verification, facts, was, why, reason });
        Ok(ResultsCommand::EditIndicator { indicator, edit })
    }

    fn facts(self, errors: &mut Errors) -> Option<IndicatorFacts> {
        let values = self.values;
        let code = keep(IndicatorCode::parse(values.get("code")), errors);
        let unit = keep(Unit::parse(values.get("unit")), errors);
        let scale = self.scale(errors);
        let frequency = keep(choice::<Frequency>(values.get("frequency"), Field::Frequency), errors);
        let responsible = keep(values.id::<OrgId>("responsible", Field::Lead), errors);
        let dimensions = keep(dimensions(values.get("dimensions")), errors);
        Some(IndicatorFacts {
            code: code?,
            unit: unit?,
            scale: scale?,
            frequency: frequency?,
            responsible: responsible?,
            dimensions: dimensions?,
        })
    }

    fn scale(self, errors: &mut Errors) -> Option<Scale> {
        let values = self.values;
        let kind = keep(choice::<Kind>(values.get("kind"), Field::Kind), errors);
        let direction = keep(choice::<Direction>(values.get("direction"), Field::Direction), errors);
        let accumulation = keep(choice::<Accumulation>(values.get("accumulation"), Field::Accumulation), errors);
        let (kind, direction, accumulation) = (kind?, direction?, accumulation?);
        let baseline = keep(self.baseline(kind), errors);
        let targets = keep(self.targets(kind), errors);
        let scale = Scale::new(kind, direction, accumulation, baseline?, targets?);
        keep(scale.and_then(|scale| scale.with_people(values.get(PEOPLE) == YES)), errors)
    }

    fn baseline(self, kind: Kind) -> Result<Option<Baseline>, FieldError> {
        let (value, year) = (self.values.get("baseline"), self.values.get("baseline_year"));
        if value.is_empty() && year.is_empty() {
            return Ok(None);
        }
        let value = point(value, kind, Field::Baseline)?;
        let year = year.parse().ok().filter(|year| YEARS.contains(year));
        let year = year.ok_or(FieldError::new(Field::BaselineYear, Problem::NotAYear))?;
        Ok(Some(Baseline { value, year }))
    }

    /// Of the plan's quarters, each in a field of its own; an empty one has none.
    fn targets(self, kind: Kind) -> Result<Vec<Target>, FieldError> {
        let entered = self.plan.quarters().map(|period| (period, self.values.get(&target_name(period))));
        let entered = entered.filter(|(_, value)| !value.is_empty());
        entered.map(|(period, value)| Ok(Target { period, value: point(value, kind, Field::Target)? })).collect()
    }
}

fn point(text: &str, kind: Kind, field: Field) -> Result<Point, FieldError> {
    let wrong = |problem| FieldError::new(field, problem);
    match (text, kind) {
        ("", _) => Err(wrong(Problem::Missing)),
        (text, Kind::Qualitative) => {
            Wording::parse(text).map(Point::Words).map_err(|error| FieldError::new(field, error.problem))
        }
        (text, Kind::Number | Kind::Ratio) => {
            Quantity::parse(text).map(Point::Number).ok_or(wrong(Problem::NotANumber))
        }
    }
}

/// A line each: "sex: women, men".
fn dimensions(text: &str) -> Result<Vec<Dimension>, FieldError> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let read = |line: &str| {
        let (name, categories) = line.split_once(':').unwrap_or((line, ""));
        let categories = categories.split(',').map(str::trim).filter(|category| !category.is_empty());
        let categories: Result<Vec<_>, _> = categories.map(Category::parse).collect();
        Dimension::new(DimensionName::parse(name)?, categories?)
    };
    // All of it is one field of the form.
    lines.map(|line| read(line).map_err(|error| FieldError::new(Field::Dimension, error.problem))).collect()
}

/// The values of the form of an indicator as it stands.
pub fn values_of(indicator: &Indicator) -> Vec<(String, String)> {
    let facts = IndicatorFacts::of(indicator);
    let scale = &indicator.scale;
    let baseline = scale.baseline().map(|baseline| (written(&baseline.value), baseline.year.to_string()));
    let (baseline, year) = baseline.unwrap_or_default();
    let pairs = [
        ("indicator", indicator.id.to_string()),
        ("node", indicator.node.to_string()),
        ("code", indicator.code.as_str().to_owned()),
        ("unit", indicator.unit.as_str().to_owned()),
        ("kind", word(&scale.kind())),
        ("direction", word(&scale.direction())),
        ("accumulation", word(&scale.accumulation())),
        (PEOPLE, if scale.counts_people() { YES } else { "" }.to_owned()),
        ("baseline", baseline),
        ("baseline_year", year),
        ("frequency", word(&indicator.frequency)),
        ("responsible", indicator.responsible.to_string()),
        ("dimensions", indicator.dimensions.iter().map(line_of).collect::<Vec<_>>().join("\n")),
        ("facts_was", serde_json::to_string(&facts).unwrap_or_default()),
    ];
    let mut values: Vec<_> = pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    values.extend(scale.targets().iter().map(|target| (target_name(target.period), written(&target.value))));
    put_text(&mut values, "title", &indicator.title);
    put_text(&mut values, "definition", &indicator.definition);
    put_text(&mut values, "verification", &indicator.verification);
    values
}

fn written(point: &Point) -> String {
    match point {
        Point::Number(quantity) => quantity.format('.'),
        Point::Words(words) => words.as_str().to_owned(),
    }
}

fn line_of(dimension: &Dimension) -> String {
    let categories: Vec<&str> = dimension.categories().iter().map(Category::as_str).collect();
    format!("{}: {}", dimension.name().as_str(), categories.join(", "))
}

//! How an indicator is measured: its kind and direction, how its readings add up, and from where to where it goes.

use super::value::{Kind, Point};
use crate::domain::{
    day::Quarter,
    fields::{Field, FieldError, Problem},
    measure::Quantity,
};
use serde::{Deserialize, Deserializer, Serialize};

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    Increase,
    Decrease,
}

/// What a reading is a reading of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Accumulation {
    /// A running total, which has all before it in it, the baseline too: the newest stands, and is never added to an
    /// older one. Totals of several indicators may be added.
    Cumulative,
    /// What its own period added: readings are added up, to the baseline.
    Periodic,
    /// A state, such as a score: the newest stands. States are never added.
    Latest,
}

/// Where things stood before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baseline {
    pub value: Point,
    /// The reference year.
    pub year: i16,
}

/// What the value to date should be at the end of a period, whatever the accumulation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    pub period: Quarter,
    pub value: Point,
}

/// A scale that holds together: values of its kind, one target a period, none behind the baseline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Scale {
    kind: Kind,
    direction: Direction,
    accumulation: Accumulation,
    baseline: Option<Baseline>,
    /// In order of period.
    targets: Vec<Target>,
    /// Whether its numbers are counts of people, of which small ones are not told to everybody.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    people: bool,
}

impl Scale {
    /// A target may equal the baseline, where something is to be kept as it is. Words do not add up, so a qualitative
    /// scale is one of the latest value.
    pub fn new(
        kind: Kind,
        direction: Direction,
        accumulation: Accumulation,
        baseline: Option<Baseline>,
        mut targets: Vec<Target>,
    ) -> Result<Self, FieldError> {
        targets.sort_by_key(|target| target.period);
        let is_qualitative = kind == Kind::Qualitative;
        let from = baseline.as_ref().and_then(|baseline| baseline.value.quantity());
        let wrong_way = |target: &Target| from.zip(target.value.quantity()).is_some_and(|way| is_back(direction, way));
        let rules = [
            (is_qualitative && accumulation != Accumulation::Latest, Field::Kind, Problem::WrongKind),
            (baseline.as_ref().is_some_and(|it| !it.value.fits(kind)), Field::Baseline, Problem::WrongKind),
            (targets.iter().any(|target| !target.value.fits(kind)), Field::Target, Problem::WrongKind),
            (targets.windows(2).any(is_one_period), Field::Period, Problem::Twice),
            (targets.iter().any(wrong_way), Field::Target, Problem::WrongDirection),
        ];
        match rules.into_iter().find(|rule| rule.0) {
            Some((_, field, problem)) => Err(FieldError::new(field, problem)),
            None => Ok(Self { kind, direction, accumulation, baseline, targets, people: false }),
        }
    }

    /// The same, counting people or not. Words count nobody.
    pub fn with_people(self, people: bool) -> Result<Self, FieldError> {
        match self.kind {
            Kind::Qualitative if people => Err(FieldError::new(Field::Kind, Problem::WrongKind)),
            _ => Ok(Self { people, ..self }),
        }
    }

    /// The same for whoever is not told the baseline.
    pub fn without_baseline(self) -> Self {
        Self { baseline: None, ..self }
    }

    pub fn counts_people(&self) -> bool {
        self.people
    }

    pub fn kind(&self) -> Kind {
        self.kind
    }

    pub fn direction(&self) -> Direction {
        self.direction
    }

    pub fn accumulation(&self) -> Accumulation {
        self.accumulation
    }

    pub fn baseline(&self) -> Option<&Baseline> {
        self.baseline.as_ref()
    }

    /// In order of period.
    pub fn targets(&self) -> &[Target] {
        &self.targets
    }

    /// The target of the latest period that is not after this one.
    ///
    /// Nothing is interpolated between targets: they are what was agreed, and a straight line between them never was.
    /// Agreements are signed and trainings held in steps, which a line would turn red one quarter and green the next.
    pub fn target_to_date(&self, period: Quarter) -> Option<&Target> {
        self.targets.iter().rev().find(|target| target.period <= period)
    }

    /// What is to be reached in the end.
    pub fn last_target(&self) -> Option<&Target> {
        self.targets.last()
    }
}

fn is_back(direction: Direction, (from, to): (Quantity, Quantity)) -> bool {
    match direction {
        Direction::Increase => to < from,
        Direction::Decrease => to > from,
    }
}

fn is_one_period(pair: &[Target]) -> bool {
    matches!(pair, [one, other] if one.period == other.period)
}

impl<'de> Deserialize<'de> for Scale {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Raw {
            kind: Kind,
            direction: Direction,
            accumulation: Accumulation,
            baseline: Option<Baseline>,
            targets: Vec<Target>,
            #[serde(default)]
            people: bool,
        }
        let raw = Raw::deserialize(input)?;
        let scale = Self::new(raw.kind, raw.direction, raw.accumulation, raw.baseline, raw.targets);
        scale.and_then(|scale| scale.with_people(raw.people)).map_err(FieldError::into_serde)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::results::sample::{number, quarter, words};

    fn scale(kind: Kind, direction: Direction, baseline: Option<Point>, targets: &[(&str, Point)]) -> Option<Problem> {
        let baseline = baseline.map(|value| Baseline { value, year: 2018 });
        let target = |(period, value): &(&str, Point)| Target { period: quarter(period), value: value.clone() };
        let targets = targets.iter().map(target).collect();
        let scale = Scale::new(kind, direction, Accumulation::Latest, baseline, targets);
        scale.err().map(|error| error.problem)
    }

    #[test]
    fn a_scale_holds_together() {
        use Direction::{Decrease, Increase};
        let two = Some(number("2"));
        assert_eq!(scale(Kind::Number, Increase, two.clone(), &[("2019Q4", number("7"))]), None);
        assert_eq!(scale(Kind::Number, Increase, two.clone(), &[("2019Q4", number("2"))]), None, "kept as it is");
        let behind = scale(Kind::Number, Decrease, two.clone(), &[("2019Q4", number("7"))]);
        assert_eq!(behind, Some(Problem::WrongDirection));
        let twice = scale(Kind::Number, Increase, None, &[("2019Q4", number("7")), ("2019Q4", number("8"))]);
        assert_eq!(twice, Some(Problem::Twice));
        assert_eq!(scale(Kind::Ratio, Increase, Some(words("partial")), &[]), Some(Problem::WrongKind));
        assert_eq!(scale(Kind::Qualitative, Increase, two, &[]), Some(Problem::WrongKind));
    }

    #[test]
    fn words_do_not_add_up() {
        let scale = Scale::new(Kind::Qualitative, Direction::Increase, Accumulation::Periodic, None, Vec::new());
        assert_eq!(scale, Err(FieldError::new(Field::Kind, Problem::WrongKind)));
    }

    /// What was stored before indicators could count people counts none, and is written as it was.
    #[test]
    fn whether_people_are_counted_is_kept_and_is_not_by_default() {
        let scale = |kind| Scale::new(kind, Direction::Increase, Accumulation::Latest, None, Vec::new()).unwrap();
        let plain = serde_json::to_string(&scale(Kind::Number)).unwrap();
        assert!(!plain.contains("people"));
        let people = scale(Kind::Number).with_people(true).unwrap();
        let read: Scale = serde_json::from_str(&serde_json::to_string(&people).unwrap()).unwrap();
        assert!(read.counts_people() && !serde_json::from_str::<Scale>(&plain).unwrap().counts_people());
        let words = scale(Kind::Qualitative).with_people(true);
        assert_eq!(words, Err(FieldError::new(Field::Kind, Problem::WrongKind)));
    }

    #[test]
    fn between_two_targets_the_earlier_one_holds() {
        let target = |period, value| Target { period: quarter(period), value: number(value) };
        let targets = vec![target("2020Q4", "8"), target("2019Q4", "4")];
        let scale = Scale::new(Kind::Number, Direction::Increase, Accumulation::Periodic, None, targets).unwrap();
        let at = |period| scale.target_to_date(quarter(period)).map(|target| target.period);
        assert_eq!(at("2019Q3"), None);
        assert_eq!(at("2019Q4"), Some(quarter("2019Q4")));
        assert_eq!(at("2020Q3"), Some(quarter("2019Q4")));
        assert_eq!(at("2026Q1"), Some(quarter("2020Q4")));
        let written = serde_json::to_string(&scale).unwrap();
        assert_eq!(serde_json::from_str::<Scale>(&written).unwrap(), scale);
    }
}

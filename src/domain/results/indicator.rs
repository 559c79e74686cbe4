//! Indicators: what shows that a result was reached.

use super::{scale::Scale, withheld::Withheld};
use crate::domain::{
    day::Quarter,
    fields::{Field, FieldError, Problem},
    ids::{IndicatorId, NodeId, OrgId},
    text::{Category, DimensionName, IndicatorCode, Text, Unit},
};
use serde::{Deserialize, Deserializer, Serialize};

/// An indicator of a result; a result may have several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    pub id: IndicatorId,
    pub node: NodeId,
    /// Unique within the framework; indicators of one result are listed by it.
    pub code: IndicatorCode,
    pub title: Text,
    /// What is counted and what is not.
    pub definition: Text,
    /// Of a ratio: of what numerator and denominator are parts.
    pub unit: Unit,
    pub scale: Scale,
    /// Source and means of verification.
    pub verification: Text,
    pub frequency: Frequency,
    /// The partner that reads it.
    pub responsible: OrgId,
    pub dimensions: Vec<Dimension>,
    /// What this copy does not tell whoever it is for. Empty in every copy that is stored.
    #[serde(default, skip_serializing_if = "Withheld::is_empty")]
    pub withheld: Withheld,
}

impl Indicator {
    /// By what values are broken down, each once.
    pub fn check_dimensions(dimensions: &[Dimension]) -> Result<(), FieldError> {
        if is_repeated(dimensions, |dimension| dimension.name.as_str()) {
            return Err(FieldError::new(Field::Dimension, Problem::Twice));
        }
        Ok(())
    }

    pub fn dimension(&self, name: &DimensionName) -> Option<&Dimension> {
        self.dimensions.iter().find(|dimension| dimension.name == *name)
    }
}

/// How often a reading is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Frequency {
    Quarter,
    HalfYear,
    Year,
    /// At the end of the plan.
    Once,
}

impl Frequency {
    pub const ALL: [Frequency; 4] = [Self::Quarter, Self::HalfYear, Self::Year, Self::Once];

    /// Whether a reading is due for a quarter of a plan that ends in `last`. A half-year or year is read for its last
    /// quarter, and the plan's end closes whatever it cuts short.
    pub fn expects(self, quarter: Quarter, last: Quarter) -> bool {
        let number = quarter.number();
        let closes = match self {
            Self::Quarter => true,
            Self::HalfYear => number % 2 == 0,
            Self::Year => number == 4,
            Self::Once => false,
        };
        quarter == last || (quarter < last && closes)
    }
}

/// By what values are broken down: "sex" with "women" and "men".
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Dimension {
    name: DimensionName,
    categories: Vec<Category>,
}

impl Dimension {
    /// At least one category, each once.
    pub fn new(name: DimensionName, categories: Vec<Category>) -> Result<Self, FieldError> {
        if categories.is_empty() {
            return Err(FieldError::new(Field::Category, Problem::Missing));
        }
        if is_repeated(&categories, Category::as_str) {
            return Err(FieldError::new(Field::Category, Problem::Twice));
        }
        Ok(Self { name, categories })
    }

    pub fn name(&self) -> &DimensionName {
        &self.name
    }

    /// In the order in which they are shown.
    pub fn categories(&self) -> &[Category] {
        &self.categories
    }
}

impl<'de> Deserialize<'de> for Dimension {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Raw {
            name: DimensionName,
            categories: Vec<Category>,
        }
        let raw = Raw::deserialize(input)?;
        Self::new(raw.name, raw.categories).map_err(FieldError::into_serde)
    }
}

fn is_repeated<T>(things: &[T], name: impl Fn(&T) -> &str) -> bool {
    let mut names: Vec<&str> = things.iter().map(name).collect();
    names.sort_unstable();
    names.windows(2).any(|pair| pair.first() == pair.last())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::results::sample::{dimension, quarter};

    #[test]
    fn readings_are_expected_when_their_time_closes() {
        let last = quarter("2020Q3");
        let due = |frequency: Frequency| -> Vec<String> {
            let quarters = (0..8).map(|n| quarter("2019Q1").plus(n));
            quarters.filter(|quarter| frequency.expects(*quarter, last)).map(|quarter| quarter.to_string()).collect()
        };
        assert_eq!(due(Frequency::Quarter).len(), 7);
        assert_eq!(due(Frequency::HalfYear), ["2019Q2", "2019Q4", "2020Q2", "2020Q3"]);
        assert_eq!(due(Frequency::Year), ["2019Q4", "2020Q3"]);
        assert_eq!(due(Frequency::Once), ["2020Q3"]);
    }

    #[test]
    fn a_category_or_dimension_stands_once() {
        let name = DimensionName::parse("sex").unwrap();
        let women = Category::parse("women").unwrap();
        let twice = Dimension::new(name.clone(), vec![women.clone(), women]);
        assert_eq!(twice.map_err(|error| error.problem), Err(Problem::Twice));
        assert!(Dimension::new(name, Vec::new()).is_err());
        let sex = dimension("sex", &["women", "men"]);
        assert!(Indicator::check_dimensions(&[sex.clone(), sex]).is_err());
    }
}

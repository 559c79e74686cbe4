//! Values: as they are read, as they are aimed at, and as they are computed.

use super::{
    amount::Amount,
    fraction::{Fraction, Percent},
    small_counts::Hidden,
};
use crate::domain::{
    fields::{Field, FieldError, Problem},
    measure::Quantity,
    text::Wording,
};
use serde::{Deserialize, Deserializer, Serialize};

/// What kind of value an indicator has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A count or an amount, in the indicator's unit.
    Number,
    /// A numerator and a denominator, shown as per cent.
    Ratio,
    /// Words.
    Qualitative,
}

/// Numerator and denominator, neither below zero. 0 of 0 says that there was nothing to have a share of; more than the
/// whole is possible, as in "per cent of the places that were planned".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Parts {
    numerator: Quantity,
    denominator: Quantity,
}

impl Parts {
    pub fn new(numerator: Quantity, denominator: Quantity) -> Result<Self, FieldError> {
        let is_below_zero = |quantity: Quantity| quantity.thousandths() < 0;
        if is_below_zero(numerator) {
            return Err(FieldError::new(Field::Numerator, Problem::BelowZero));
        }
        if is_below_zero(denominator) || (denominator.thousandths() == 0 && numerator.thousandths() != 0) {
            return Err(FieldError::new(Field::Denominator, Problem::BelowZero));
        }
        Ok(Self { numerator, denominator })
    }

    pub fn numerator(self) -> Quantity {
        self.numerator
    }

    pub fn denominator(self) -> Quantity {
        self.denominator
    }
}

impl<'de> Deserialize<'de> for Parts {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Raw {
            numerator: Quantity,
            denominator: Quantity,
        }
        let raw = Raw::deserialize(input)?;
        Self::new(raw.numerator, raw.denominator).map_err(FieldError::into_serde)
    }
}

/// What was found for a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    Number(Quantity),
    Ratio(Parts),
    Words(Wording),
}

impl Value {
    pub fn kind(&self) -> Kind {
        match self {
            Self::Number(_) => Kind::Number,
            Self::Ratio(_) => Kind::Ratio,
            Self::Words(_) => Kind::Qualitative,
        }
    }
}

/// A point that a baseline or a target names: in the unit, in per cent for a ratio, or in words. A ratio's is one
/// number, since what is agreed is "60 %" and not of how many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Point {
    Number(Quantity),
    Words(Wording),
}

impl Point {
    pub fn fits(&self, kind: Kind) -> bool {
        matches!(self, Self::Words(_)) == (kind == Kind::Qualitative)
    }

    /// In the unit, or in per cent.
    pub fn quantity(&self) -> Option<Quantity> {
        match self {
            Self::Number(quantity) => Some(*quantity),
            Self::Words(_) => None,
        }
    }
}

/// A value as readings make it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    Number(Amount),
    Ratio {
        numerator: Amount,
        denominator: Amount,
    },
    Words(Wording),
    /// There is one, and it is not told. Whatever is made of it is not told either, so it is never taken for 0 or for
    /// no data.
    Hidden(Hidden),
}

impl Figure {
    pub fn is_hidden(&self) -> bool {
        matches!(self, Self::Hidden(_))
    }

    /// Sum of two of one kind; a ratio adds its parts, which is the only sum of percentages that means anything. Words
    /// have no sum.
    pub fn plus(&self, other: &Self) -> Option<Self> {
        self.combine(other, |a, b| a + b)
    }

    pub fn minus(&self, other: &Self) -> Option<Self> {
        self.combine(other, |a, b| a - b)
    }

    fn combine(&self, other: &Self, with: impl Fn(Amount, Amount) -> Amount) -> Option<Self> {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => Some(Self::Number(with(*a, *b))),
            (Self::Ratio { numerator: a, denominator: b }, Self::Ratio { numerator: c, denominator: d }) => {
                Some(Self::Ratio { numerator: with(*a, *c), denominator: with(*b, *d) })
            }
            (Self::Hidden(_), _) | (_, Self::Hidden(_)) => Some(Self::Hidden(Hidden::Withheld)),
            _ => None,
        }
    }

    /// In the unit, or in per cent: 100 × numerator / denominator. Nothing for words and for parts of nothing.
    pub fn measured(&self) -> Option<Fraction> {
        match self {
            Self::Number(amount) => Some((*amount).into()),
            Self::Ratio { numerator, denominator } => Fraction::hundredfold(*numerator, *denominator),
            Self::Words(_) | Self::Hidden(_) => None,
        }
    }

    /// Whether it is a ratio of nothing, which is no data.
    pub fn is_of_nothing(&self) -> bool {
        matches!(self, Self::Ratio { .. }) && self.percent().is_none()
    }

    /// Of a ratio, what is shown: 100 × numerator / denominator.
    pub fn percent(&self) -> Option<Percent> {
        match self {
            Self::Ratio { numerator, denominator } => Percent::of(*numerator, *denominator),
            Self::Number(_) | Self::Words(_) | Self::Hidden(_) => None,
        }
    }
}

impl From<&Value> for Figure {
    fn from(value: &Value) -> Self {
        match value {
            Value::Number(quantity) => Self::Number((*quantity).into()),
            Value::Ratio(parts) => {
                Self::Ratio { numerator: parts.numerator.into(), denominator: parts.denominator.into() }
            }
            Value::Words(words) => Self::Words(words.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(numerator: &str, denominator: &str) -> Result<Parts, Problem> {
        let quantity = |text| Quantity::parse(text).unwrap();
        Parts::new(quantity(numerator), quantity(denominator)).map_err(|error| error.problem)
    }

    #[test]
    fn parts_of_nothing_are_nothing() {
        assert!(parts("0", "0").is_ok());
        assert!(parts("3", "2").is_ok());
        for (numerator, denominator) in [("1", "0"), ("-1", "2"), ("1", "-2")] {
            assert_eq!(parts(numerator, denominator), Err(Problem::BelowZero));
        }
        assert!(serde_json::from_str::<Parts>(r#"{"numerator":1,"denominator":0}"#).is_err());
        assert_eq!(Figure::from(&Value::Ratio(parts("0", "0").unwrap())).measured(), None);
    }

    #[test]
    fn unlike_values_have_no_sum() {
        let number = Figure::Number(Amount::ZERO);
        let ratio = Figure::Ratio { numerator: Amount::ZERO, denominator: Amount::ZERO };
        let words = Figure::Words(Wording::parse("adopted").unwrap());
        assert_eq!(number.plus(&ratio), None);
        assert_eq!(words.plus(&words), None);
        assert_eq!(number.plus(&number), Some(number));
    }

    #[test]
    fn what_is_not_told_is_not_told_by_sums() {
        let (number, hidden) = (Figure::Number(Amount::ZERO), Figure::Hidden(Hidden::Small));
        let withheld = Some(Figure::Hidden(Hidden::Withheld));
        assert_eq!([number.plus(&hidden), hidden.minus(&number)], [withheld.clone(), withheld]);
        assert_eq!((hidden.measured(), hidden.percent()), (None, None));
        assert!(!hidden.is_of_nothing(), "which would be no data");
    }
}

//! What stands within the fields of `framework.txt`. Nothing where it cannot be read.

use crate::domain::{
    measure::Quantity,
    results::{
        indicator::{Dimension, Indicator},
        reading::{Evidence, Share},
        value::{Kind, Parts, Point, Value},
    },
    text::{Category, Citation, DimensionName, Wording},
};
use serde::de::DeserializeOwned;

/// One word of a kind, as it is stored.
pub fn word<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_value(text.into()).ok()
}

/// Parts set off from one another; none in an empty field.
pub fn list<'a, T>(text: &'a str, mark: char, part: impl Fn(&'a str) -> Option<T>) -> Option<Vec<T>> {
    text.split(mark).map(str::trim).filter(|text| !text.is_empty()).map(part).collect()
}

pub fn point(kind: Kind, text: &str) -> Option<Point> {
    match kind {
        Kind::Qualitative => Wording::parse(text).ok().map(Point::Words),
        Kind::Number | Kind::Ratio => Quantity::parse(text).map(Point::Number),
    }
}

pub fn value(kind: Kind, text: &str) -> Option<Value> {
    match kind {
        Kind::Number => Quantity::parse(text).map(Value::Number),
        Kind::Qualitative => Wording::parse(text).ok().map(Value::Words),
        Kind::Ratio => {
            let (numerator, denominator) = text.split_once('/')?;
            let parts = Parts::new(Quantity::parse(numerator)?, Quantity::parse(denominator)?);
            parts.ok().map(Value::Ratio)
        }
    }
}

/// "sex: women, men"; the sample has one at most.
pub fn dimensions(text: &str) -> Option<Vec<Dimension>> {
    list(text, ';', |text| {
        let (name, categories) = text.split_once(':')?;
        let categories = list(categories, ',', |text| Category::parse(text).ok())?;
        Dimension::new(DimensionName::parse(name).ok()?, categories).ok()
    })
}

/// "women 7, men 4", of the indicator's dimension.
pub fn shares(indicator: &Indicator, text: &str) -> Option<Vec<Share>> {
    list(text, ',', |text| {
        let (category, share) = text.rsplit_once(' ')?;
        Some(Share {
            dimension: indicator.dimensions.first()?.name().clone(),
            category: Category::parse(category).ok()?,
            value: value(indicator.scale.kind(), share)?,
        })
    })
}

pub fn evidence(text: &str) -> Option<Vec<Evidence>> {
    list(text, ';', |text| Citation::parse(text).ok().map(Evidence::Citation))
}

//! A value to date with its parts by category, and whether a number may be told.

use crate::domain::{
    results::{
        amount::Amount,
        reading::{self, Reading},
        small_counts::{Hidden, is_small},
        value::{Figure, Kind},
    },
    text::{Category, DimensionName},
};

#[derive(Clone)]
pub struct Part {
    pub dimension: DimensionName,
    pub category: Category,
    pub figure: Figure,
}

#[derive(Clone)]
pub struct Totals {
    pub whole: Figure,
    pub parts: Vec<Part>,
}

impl Totals {
    pub fn new(whole: Figure) -> Self {
        Self { whole, parts: Vec::new() }
    }

    pub fn read(reading: &Reading) -> Self {
        let part = |share: &reading::Share| Part {
            dimension: share.dimension.clone(),
            category: share.category.clone(),
            figure: (&share.value).into(),
        };
        Self { whole: (&reading.value).into(), parts: reading.shares.iter().map(part).collect() }
    }

    /// Adds what a quarter had.
    pub fn add(&mut self, reading: &Reading) {
        let more = Self::read(reading);
        self.whole = sum(&self.whole, &more.whole);
        for part in more.parts {
            let is_it = |known: &&mut Part| known.dimension == part.dimension && known.category == part.category;
            match self.parts.iter_mut().find(is_it) {
                Some(known) => known.figure = sum(&known.figure, &part.figure),
                None => self.parts.push(part),
            }
        }
    }

    pub fn by<'a>(&'a self, dimension: &'a DimensionName) -> impl Iterator<Item = &'a Part> {
        self.parts.iter().filter(move |part| part.dimension == *dimension)
    }

    /// Of one category; nobody where it is not named.
    pub fn part(&self, dimension: &DimensionName, category: &Category) -> Figure {
        let part = self.by(dimension).find(|part| part.category == *category);
        part.map_or_else(|| nobody(&self.whole), |part| part.figure.clone())
    }

    /// Each that is named, once.
    pub fn dimensions(&self) -> Vec<DimensionName> {
        self.parts.iter().fold(Vec::new(), |mut known, part| {
            if !known.contains(&part.dimension) {
                known.push(part.dimension.clone());
            }
            known
        })
    }

    /// Those in no category; what the whole started from nobody has broken down.
    pub fn rest(&self, dimension: &DimensionName, start: &Figure) -> Option<Figure> {
        self.by(dimension).try_fold(self.whole.minus(start)?, |rest, part| rest.minus(&part.figure))
    }
}

fn sum(one: &Figure, other: &Figure) -> Figure {
    one.plus(other).unwrap_or(Figure::Hidden(Hidden::Withheld))
}

fn nobody(like: &Figure) -> Figure {
    like.minus(like).unwrap_or(Figure::Hidden(Hidden::Withheld))
}

pub fn zero(kind: Kind) -> Figure {
    match kind {
        Kind::Ratio => Figure::Ratio { numerator: Amount::ZERO, denominator: Amount::ZERO },
        Kind::Number | Kind::Qualitative => Figure::Number(Amount::ZERO),
    }
}

/// Whether every count in a figure, and in what it is more or less than the one that was told before, is 0 or large.
pub fn is_told(now: &Figure, before: &Figure) -> bool {
    let is_large = |figure: Option<Figure>| {
        let counts = figure.map(|figure| counts(&figure)).unwrap_or_default();
        !counts.is_empty() && counts.into_iter().all(is_none_or_many)
    };
    is_large(Some(now.clone())) && is_large(now.minus(before))
}

/// Of a ratio also those of the denominator that are not in the numerator. Nothing of what is no number.
fn counts(figure: &Figure) -> Vec<Amount> {
    match figure {
        Figure::Number(amount) => vec![*amount],
        Figure::Ratio { numerator, denominator } => vec![*numerator, *denominator - *numerator, *denominator],
        Figure::Words(_) | Figure::Hidden(_) => Vec::new(),
    }
}

/// What is no whole number of people is not told.
fn is_none_or_many(amount: Amount) -> bool {
    let size = if amount < Amount::ZERO { Amount::ZERO - amount } else { amount };
    size.whole().is_some() && !is_small(size)
}

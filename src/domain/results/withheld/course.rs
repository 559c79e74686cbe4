//! An indicator's values from quarter to quarter, and what of them is told.

mod totals;

use super::Share;
use crate::domain::{
    day::Quarter,
    measure::Quantity,
    results::{
        amount::Amount,
        indicator::Indicator,
        progress::starting_figure,
        reading::{self, Reading},
        scale::Accumulation,
        small_counts::{Hidden, is_small},
        value::{Figure, Parts, Value},
    },
    text::{Category, DimensionName, Text},
};
use totals::{Totals, is_told, zero};

pub struct Course {
    /// The copies for readers, as far as they are made.
    indicator: Indicator,
    readings: Vec<Reading>,
    /// What a periodic total starts from and readers know.
    start: Figure,
    now: Totals,
    /// As it was last told; of states always nothing.
    last: Totals,
    /// Whether something since then was withheld.
    is_behind: bool,
    /// Dimensions of which readers are told no more.
    closed: Vec<DimensionName>,
}

impl Course {
    pub fn of(indicator: &Indicator) -> Self {
        let zero = zero(indicator.scale.kind());
        let accumulation = indicator.scale.accumulation();
        let baseline = starting_figure(&indicator.scale);
        let told = baseline.clone().filter(|baseline| is_told(baseline, &zero));
        let mut indicator = indicator.clone();
        if baseline.is_some() && told.is_none() {
            indicator.scale = indicator.scale.without_baseline();
            indicator.withheld.baseline = true;
        }
        let told = told.unwrap_or_else(|| zero.clone());
        let (start, now) = match accumulation {
            Accumulation::Periodic => (told.clone(), baseline.unwrap_or_else(|| zero.clone())),
            Accumulation::Cumulative | Accumulation::Latest => (zero.clone(), zero.clone()),
        };
        let last = if accumulation == Accumulation::Latest { zero } else { told };
        let (now, last, is_behind) = (Totals::new(now), Totals::new(last), indicator.withheld.baseline);
        Self { indicator, readings: Vec::new(), start, now, last, is_behind, closed: Vec::new() }
    }

    pub fn told(self) -> (Indicator, Vec<Reading>) {
        (self.indicator, self.readings)
    }

    /// Goes on to the next quarter that has a reading.
    pub fn go_on(&mut self, reading: &Reading) {
        match self.indicator.scale.accumulation() {
            Accumulation::Periodic => self.now.add(reading),
            Accumulation::Cumulative | Accumulation::Latest => self.now = Totals::read(reading),
        }
        match self.copy(reading) {
            Some((copy, hidden)) => self.tell(copy, hidden),
            None => self.withhold(reading.period),
        }
    }

    fn tell(&mut self, copy: Reading, hidden: Vec<Share>) {
        if !hidden.is_empty() {
            self.indicator.withheld.shares.insert(copy.period, hidden);
        }
        self.readings.push(copy);
        self.is_behind = false;
        if !self.is_state() {
            self.last = self.now.clone();
        }
    }

    fn withhold(&mut self, period: Quarter) {
        let hidden = match self.now.whole {
            Figure::Number(amount) if is_small(amount) => Hidden::Small,
            _ => Hidden::Withheld,
        };
        self.indicator.withheld.totals.insert(period, hidden);
        self.is_behind = true;
    }

    fn is_state(&self) -> bool {
        self.indicator.scale.accumulation() == Accumulation::Latest
    }

    /// The reading for readers, with what of it they are not told; nothing if that is all.
    fn copy(&mut self, reading: &Reading) -> Option<(Reading, Vec<Share>)> {
        if !is_told(&self.now.whole, &self.last.whole) {
            return None;
        }
        let (value, shares) = self.since_last(reading)?;
        let hidden = self.hidden_shares();
        let is_shown = |share: &reading::Share| {
            let is_it = |hidden: &Share| hidden.dimension == share.dimension && hidden.category == share.category;
            !hidden.iter().any(is_it)
        };
        // Whatever was written beside a number may repeat it, or those that were added to it.
        let evidence = match hidden.is_empty() && !self.is_behind {
            true => reading.evidence.clone(),
            false => Vec::new(),
        };
        let narrative = Text { body: String::new(), ..reading.narrative.clone() };
        let shares = shares.into_iter().filter(is_shown).collect();
        let copy = Reading { value, shares, evidence, narrative, why: None, ..reading.clone() };
        Some((copy, hidden))
    }

    /// What the copy says: of a periodic indicator all since the value that was told last, else what was read.
    fn since_last(&self, reading: &Reading) -> Option<(Value, Vec<reading::Share>)> {
        if self.indicator.scale.accumulation() != Accumulation::Periodic {
            return Some((reading.value.clone(), reading.shares.clone()));
        }
        let shares = self.now.parts.iter().map(|part| {
            let before = self.last.part(&part.dimension, &part.category);
            let value = value(&part.figure.minus(&before)?)?;
            Some(reading::Share { dimension: part.dimension.clone(), category: part.category.clone(), value })
        });
        Some((value(&self.now.whole.minus(&self.last.whole)?)?, shares.collect::<Option<_>>()?))
    }

    /// All categories of the dimensions in which one of them is small, or has become so much more.
    fn hidden_shares(&mut self) -> Vec<Share> {
        let mut hidden = Vec::new();
        for dimension in self.known_dimensions() {
            let is_closed = self.closed.contains(&dimension);
            if !is_closed && self.is_told_by(&dimension) {
                continue;
            }
            if !is_closed && !self.is_state() {
                self.closed.push(dimension.clone());
            }
            hidden.extend(self.all_of(&dimension));
        }
        hidden
    }

    fn known_dimensions(&self) -> Vec<DimensionName> {
        let mut known = self.now.dimensions();
        for dimension in self.last.dimensions().into_iter().chain(self.closed.clone()) {
            if !known.contains(&dimension) {
                known.push(dimension);
            }
        }
        known
    }

    fn is_told_by(&self, dimension: &DimensionName) -> bool {
        let mut categories = self.now.by(dimension).chain(self.last.by(dimension)).map(|part| &part.category);
        let part = |totals: &Totals, category: &Category| totals.part(dimension, category);
        let rest = self.now.rest(dimension, &self.start).zip(self.last.rest(dimension, &self.start));
        rest.is_some_and(|(now, last)| is_told(&now, &last))
            && categories.all(|category| is_told(&part(&self.now, category), &part(&self.last, category)))
    }

    fn all_of(&self, dimension: &DimensionName) -> Vec<Share> {
        let known = self.indicator.dimension(dimension).map_or(&[][..], |dimension| dimension.categories());
        let named = self.now.by(dimension).chain(self.last.by(dimension)).map(|part| &part.category);
        let mut categories = known.to_vec();
        for category in named {
            if !categories.contains(category) {
                categories.push(category.clone());
            }
        }
        let hidden = Hidden::Withheld;
        categories.into_iter().map(|category| Share { dimension: dimension.clone(), category, hidden }).collect()
    }
}

/// Nothing if it is larger than a value can be.
fn value(figure: &Figure) -> Option<Value> {
    let quantity = |amount: &Amount| Quantity::from_thousandths(amount.thousandths());
    match figure {
        Figure::Number(amount) => quantity(amount).map(Value::Number),
        Figure::Ratio { numerator, denominator } => {
            Parts::new(quantity(numerator)?, quantity(denominator)?).ok().map(Value::Ratio)
        }
        Figure::Words(_) | Figure::Hidden(_) => None,
    }
}

//! How an indicator stands at the end of a period: all that a row of the framework shows.

use super::{
    fraction::{Fraction, Percent},
    indicator::Indicator,
    light::{Basis, Override, Signal},
    progress::{Current, progress, to_date},
    reading::Reading,
    scale::Target,
    value::Figure,
};
use crate::domain::{day::Quarter, ids::IndicatorId};
use serde::{Deserialize, Serialize};

/// An indicator at the end of a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    pub indicator: IndicatorId,
    pub period: Quarter,
    pub current: Option<Current>,
    /// For a ratio: what the parts of the value make.
    pub percent: Option<Percent>,
    pub target_to_date: Option<Target>,
    /// Of the way from the baseline to the last target.
    pub progress: Option<Percent>,
    pub signal: Signal,
}

impl Standing {
    /// `readings` may be those of all indicators, in any order; `overrides` are this one's.
    pub fn of<'a>(
        indicator: &Indicator,
        readings: impl IntoIterator<Item = &'a Reading>,
        period: Quarter,
        overrides: &[Override],
    ) -> Self {
        let scale = &indicator.scale;
        let current = to_date(indicator, readings, period);
        let figure = current.as_ref().map(|current| &current.figure);
        let mut signal = Signal::of(scale, current.as_ref(), period, overrides);
        if indicator.withheld.baseline && signal.basis == Basis::NoBaseline {
            signal.basis = Basis::Withheld;
        }
        let reached = figure.zip(scale.last_target()).and_then(|(figure, last)| progress(scale, figure, &last.value));
        Self {
            indicator: indicator.id,
            period,
            percent: figure.and_then(Figure::percent),
            target_to_date: scale.target_to_date(period).cloned(),
            progress: reached.map(Fraction::percent),
            signal,
            current,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::results::{
        light::Light,
        sample::{indicator, quarter, reading, value},
    };

    /// Agreements 2 → 4 → 7, read as a running total of 4: by 2019Q4 all of the way to 4, in all (4 − 2) / (7 − 2).
    #[test]
    fn a_row_tells_the_way_to_the_end_and_the_light_to_date() {
        let agreements = indicator(1, "2", &[("2019Q4", "4"), ("2020Q4", "7")]);
        let readings = [reading(1, "2019Q3", value("4"))];
        let standing = Standing::of(&agreements, &readings, quarter("2019Q4"), &[]);
        assert_eq!(standing.progress.map(|percent| percent.format('.')).as_deref(), Some("40"));
        assert_eq!(standing.signal.light(), Light::Green);
        assert_eq!(standing.current.as_ref().map(|current| current.as_of), Some(quarter("2019Q3")));
        let written = serde_json::to_string(&standing).unwrap();
        assert_eq!(serde_json::from_str::<Standing>(&written).unwrap(), standing);
    }

    #[test]
    fn without_data_nothing_is_zero() {
        let standing = Standing::of(&indicator(1, "0", &[("2019Q4", "4")]), &[], quarter("2019Q4"), &[]);
        assert_eq!((standing.current, standing.progress), (None, None));
        assert_eq!(standing.signal.basis, Basis::NoData);
    }
}

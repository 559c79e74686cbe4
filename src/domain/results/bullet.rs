//! How far an indicator is on its way, beside how far it should be: what a bullet chart draws.

use super::{
    fraction::{Fraction, Percent},
    indicator::Indicator,
    light::Light,
    progress::measured,
    scale::Scale,
    small_counts::Hidden,
    standing::Standing,
    value::Figure,
};
use crate::domain::{ids::IndicatorId, text::IndicatorCode};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// Shares of the way from the baseline to the last target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bullet {
    pub indicator: IndicatorId,
    pub code: IndicatorCode,
    pub title: String,
    pub light: Light,
    /// As it is; nothing where nothing can be said.
    pub reached: Option<Percent>,
    /// Where the target to date lies; nothing where none is due.
    pub wanted: Option<Percent>,
    /// What is told instead, where something can be said and is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withheld: Option<Hidden>,
}

impl Bullet {
    pub fn of(indicator: &Indicator, standing: &Standing) -> Self {
        Self {
            indicator: indicator.id,
            code: indicator.code.clone(),
            title: indicator.title.body.clone(),
            light: standing.signal.light(),
            reached: standing.progress,
            wanted: wanted(&indicator.scale, standing),
            withheld: withheld(indicator, standing),
        }
    }

    /// In tenths of a per cent; what cannot be said comes last.
    pub fn behind(&self) -> Option<i64> {
        self.reached.map(|reached| self.wanted.map_or(0, Percent::tenths).saturating_sub(reached.tenths()))
    }
}

/// A value that is told with a baseline that is not says no share either.
fn withheld(indicator: &Indicator, standing: &Standing) -> Option<Hidden> {
    match standing.current.as_ref()?.figure {
        Figure::Hidden(hidden) => Some(hidden),
        _ => indicator.withheld.baseline.then_some(Hidden::Withheld),
    }
}

/// (target to date − baseline) / (last target − baseline).
fn wanted(scale: &Scale, standing: &Standing) -> Option<Percent> {
    let from = measured(&scale.baseline()?.value)?;
    let way = measured(&scale.last_target()?.value)?.minus(from)?;
    let due = measured(&standing.target_to_date.as_ref()?.value)?;
    due.minus(from)?.over(way).map(Fraction::percent)
}

/// Those that are furthest behind first, then those that are withheld, and those of which nothing can be said last; else
/// by their codes.
pub fn sort(bullets: &mut [Bullet]) {
    bullets.sort_by_key(|it| (Reverse(it.behind()), it.withheld.is_none(), it.code.as_str().to_owned()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::results::{
        sample::{quarter, reading, scale_of, value, with_scale},
        scale::Direction,
    };

    fn bullet(baseline: &str, targets: &[(&str, &str)], current: Option<&str>) -> Bullet {
        towards(Direction::Increase, baseline, targets, current)
    }

    fn towards(direction: Direction, baseline: &str, targets: &[(&str, &str)], current: Option<&str>) -> Bullet {
        let indicator = with_scale(1, scale_of(direction, baseline, targets));
        let readings: Vec<_> = current.map(|current| reading(1, "2019Q3", value(current))).into_iter().collect();
        Bullet::of(&indicator, &Standing::of(&indicator, &readings, quarter("2019Q4"), &[]))
    }

    fn shares(bullet: &Bullet) -> [Option<String>; 2] {
        [bullet.reached, bullet.wanted].map(|share| share.map(|share| share.format('.')))
    }

    /// From 2 to 7: 4 is (4 − 2) / 5 of the way, and 5 by 2019Q4 is (5 − 2) / 5.
    #[test]
    fn both_shares_are_of_the_way_from_the_baseline() {
        let rising = bullet("2", &[("2019Q4", "5"), ("2020Q4", "7")], Some("4"));
        assert_eq!(shares(&rising), [Some("40".to_owned()), Some("60".to_owned())]);
        assert_eq!(rising.behind(), Some(200));
        // The same way down.
        let falling = towards(Direction::Decrease, "7", &[("2019Q4", "4"), ("2020Q4", "2")], Some("5"));
        assert_eq!(shares(&falling), shares(&rising));
    }

    #[test]
    fn who_is_furthest_behind_comes_first_and_no_data_last() {
        let targets = [("2019Q4", "10")];
        let mut bullets =
            [bullet("0", &targets, None), bullet("0", &targets, Some("9")), bullet("0", &targets, Some("1"))];
        sort(&mut bullets);
        assert_eq!(bullets.map(|bullet| bullet.behind()), [Some(900), Some(100), None]);
    }
}

//! Traffic lights, and the rule that is shown beside them.

use super::{
    fraction::{Fraction, Percent},
    progress::{Current, measured, progress},
    scale::{Direction, Scale, Target},
    value::Kind,
};
use crate::domain::{day::Quarter, text::Reason};
use serde::{Deserialize, Serialize};

/// A traffic light. Grey says that nothing can be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Light {
    Green,
    Amber,
    Red,
    Grey,
}

impl Light {
    pub const ALL: [Light; 4] = [Self::Green, Self::Amber, Self::Red, Self::Grey];
}

/// The rule, for the words beside a light: at most so many per cent of the way to the target-to-date may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    pub green_within: u8,
    pub amber_within: u8,
}

/// The network's rule. What lies on a limit is still within it.
pub const RULE: Rule = Rule { green_within: 15, amber_within: 30 };

impl Rule {
    fn light(self, done: Fraction) -> Light {
        match done {
            done if done.is_at_least(100 - self.green_within) => Light::Green,
            done if done.is_at_least(100 - self.amber_within) => Light::Amber,
            _ => Light::Red,
        }
    }
}

/// What a light rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// So much of the way from the baseline to the target-to-date is done.
    Done(Percent),
    /// The target is to stay at the baseline, and the value is as good or better.
    Kept,
    /// The target is to stay at the baseline, and the value is worse.
    NotKept,
    NoData,
    /// No target is due yet.
    NoTarget,
    NoBaseline,
    /// Words have no distance; their light is set by hand.
    Qualitative,
    /// The value or its baseline is not told to who asks. A light would tell: with a target of 11, a count that shows as
    /// "< 11" and is green is 10.
    Withheld,
}

/// A light set by hand, for one period: what was known then says nothing of the next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Override {
    pub period: Quarter,
    pub light: Light,
    pub reason: Reason,
}

/// A light with its grounds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signal {
    /// By the rule.
    pub computed: Light,
    pub basis: Basis,
    pub by_hand: Option<Override>,
}

impl Signal {
    /// The light at the end of a period. `overrides` are those of the indicator; the last one for the period holds.
    pub fn of(scale: &Scale, current: Option<&Current>, period: Quarter, overrides: &[Override]) -> Self {
        let (computed, basis) = computed(scale, current, scale.target_to_date(period));
        let by_hand = overrides.iter().rev().find(|by_hand| by_hand.period == period).cloned();
        Self { computed, basis, by_hand }
    }

    /// The light to show.
    pub fn light(&self) -> Light {
        self.by_hand.as_ref().map_or(self.computed, |by_hand| by_hand.light)
    }
}

fn computed(scale: &Scale, current: Option<&Current>, target: Option<&Target>) -> (Light, Basis) {
    let grey = |basis| (Light::Grey, basis);
    let Some(current) = current else { return grey(Basis::NoData) };
    if current.figure.is_hidden() {
        return grey(Basis::Withheld);
    }
    if scale.kind() == Kind::Qualitative {
        return grey(Basis::Qualitative);
    }
    let Some(value) = current.figure.measured() else { return grey(Basis::NoData) };
    let Some(target) = target else { return grey(Basis::NoTarget) };
    if scale.baseline().is_none() {
        return grey(Basis::NoBaseline);
    }
    match progress(scale, &current.figure, &target.value) {
        Some(done) => (RULE.light(done), Basis::Done(done.percent())),
        None if measured(&target.value).is_some_and(|target| is_kept(scale.direction(), value, target)) => {
            (Light::Green, Basis::Kept)
        }
        None => (Light::Red, Basis::NotKept),
    }
}

fn is_kept(direction: Direction, value: Fraction, target: Fraction) -> bool {
    let above = match direction {
        Direction::Increase => value.minus(target),
        Direction::Decrease => target.minus(value),
    };
    above.is_some_and(|above| above.is_at_least(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::results::{
        amount::Amount,
        sample::{agreements, baseless, quantity, quarter, scale, scale_of},
        value::Figure,
    };

    fn light(scale: &Scale, value: &str, period: &str) -> (Light, Basis) {
        let figure = Figure::Number(Amount::from(quantity(value)));
        let current = Current { figure, as_of: quarter(period), readings: 1 };
        let signal = Signal::of(scale, Some(&current), quarter(period), &[]);
        (signal.light(), signal.basis)
    }

    /// Baseline 100, target 200: 185 is 85 % of the way, 170 is 70 %.
    #[test]
    fn limits_belong_to_the_better_light() {
        let rising = scale("100", &[("2019Q4", "200")]);
        let falling = scale_of(Direction::Decrease, "200", &[("2019Q4", "100")]);
        let lights = [
            ("185", "115", Light::Green),
            ("184.99", "115.01", Light::Amber),
            ("170", "130", Light::Amber),
            ("169.99", "130.01", Light::Red),
            ("300", "0", Light::Green),
            ("50", "250", Light::Red),
        ];
        for (up, down, expected) in lights {
            assert_eq!(light(&rising, up, "2019Q4").0, expected, "{up}");
            assert_eq!(light(&falling, down, "2019Q4").0, expected, "{down}");
        }
    }

    #[test]
    fn grey_says_why() {
        let scale = agreements();
        let nothing = Signal::of(&scale, None, quarter("2019Q4"), &[]);
        assert_eq!((nothing.light(), nothing.basis), (Light::Grey, Basis::NoData));
        assert_eq!(light(&scale, "2", "2019Q3"), (Light::Grey, Basis::NoTarget));
        assert_eq!(light(&baseless(&[("2019Q4", "4")]), "2", "2019Q4"), (Light::Grey, Basis::NoBaseline));
        assert_eq!(light(&scale, "2", "2019Q4").0, Light::Red, "a value of no progress is no lack of data");
    }

    #[test]
    fn what_is_to_be_kept_is_kept_or_not() {
        let rising = scale("5", &[("2019Q4", "5")]);
        let falling = scale_of(Direction::Decrease, "5", &[("2019Q4", "5")]);
        assert_eq!(light(&rising, "5", "2019Q4"), (Light::Green, Basis::Kept));
        assert_eq!(light(&rising, "4", "2019Q4"), (Light::Red, Basis::NotKept));
        assert_eq!(light(&falling, "4", "2019Q4"), (Light::Green, Basis::Kept));
        assert_eq!(light(&falling, "6", "2019Q4"), (Light::Red, Basis::NotKept));
    }

    #[test]
    fn a_light_set_by_hand_holds_for_its_period_and_hides_nothing() {
        let reason = Reason::parse("Signing is fixed for January").unwrap();
        let by_hand = Override { period: quarter("2019Q4"), light: Light::Amber, reason };
        let at = |period| Signal::of(&agreements(), None, quarter(period), std::slice::from_ref(&by_hand));
        assert_eq!((at("2019Q4").light(), at("2019Q4").computed), (Light::Amber, Light::Grey));
        assert_eq!(at("2020Q1").light(), Light::Grey);
    }
}

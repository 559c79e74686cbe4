//! What history keeps of a change once earlier wordings are withdrawn. Texts with versions are emptied where they are
//! stored; here go the words that stand in the change itself. What stands now stays, in history too.

use super::{Results, ResultsChange};
use crate::domain::{
    ids::ReadingId,
    results::{
        command::Subject,
        goals::{GoalChange, GoalChanges},
        indicator::Indicator,
        light::Override,
        reading::{Reading, Share},
        scale::{Baseline, Scale, Target},
        value::{Point, Value},
    },
    text::{Reason, Unit, Wording},
};

impl Results {
    /// What a change of history comes to when the earlier wordings of a subject are withdrawn; nothing if it is about
    /// something else.
    pub fn withdrawn(&self, subject: Subject, change: &ResultsChange) -> Option<ResultsChange> {
        if !self.is_about(subject, change) {
            return None;
        }
        let mut change = change.clone();
        match &mut change {
            ResultsChange::Indicator { indicator, goals } => {
                let now = self.indicator(indicator.id);
                strip_indicator(indicator, now);
                goals.iter_mut().for_each(|goals| strip_goals(goals, now));
            }
            ResultsChange::Light { indicator, by_hand: Some(by_hand), .. } => {
                strip_light(by_hand, self.overrides_of(*indicator));
            }
            ResultsChange::Reading(reading) => strip_reading(reading, self.reading_by_id(reading.id)),
            ResultsChange::Stepped { reading, why, .. } => strip_why(why, self.reading_by_id(*reading)),
            _ => {}
        }
        Some(change)
    }

    fn is_about(&self, subject: Subject, change: &ResultsChange) -> bool {
        match (subject, change) {
            (Subject::Node(id), ResultsChange::Node(node)) => node.id == id,
            (Subject::Indicator(id), ResultsChange::Indicator { indicator, .. }) => indicator.id == id,
            (Subject::Indicator(id), ResultsChange::Light { indicator, .. }) => *indicator == id,
            // Nobody could name it any more.
            (Subject::Indicator(id), ResultsChange::Reading(reading)) => {
                reading.indicator == id && self.reading_by_id(reading.id).is_none()
            }
            (Subject::Reading(id), ResultsChange::Reading(reading)) => reading.id == id,
            (Subject::Reading(id), ResultsChange::Stepped { reading, .. }) => *reading == id,
            _ => false,
        }
    }

    fn reading_by_id(&self, id: ReadingId) -> Option<&Reading> {
        self.readings.iter().find(|reading| reading.id == id)
    }
}

fn strip_indicator(indicator: &mut Indicator, now: Option<&Indicator>) {
    if now.is_none_or(|now| now.unit != indicator.unit) {
        indicator.unit = Unit::withdrawn();
    }
    indicator.dimensions.retain(|dimension| now.is_some_and(|now| now.dimensions.contains(dimension)));
    let stands = points(now);
    let scale = &indicator.scale;
    let baseline = scale.baseline().cloned().map(|it| Baseline { value: stripped(it.value, &stands), ..it });
    let target = |it: &Target| Target { value: stripped(it.value.clone(), &stands), ..it.clone() };
    let targets = scale.targets().iter().map(target).collect();
    // It holds together as it did: a word took the place of a word.
    let kept = Scale::new(scale.kind(), scale.direction(), scale.accumulation(), baseline, targets);
    if let Ok(scale) = kept.and_then(|kept| kept.with_people(scale.counts_people())) {
        indicator.scale = scale;
    }
}

/// Where an indicator starts from and is to go, as it stands.
fn points(now: Option<&Indicator>) -> Vec<&Point> {
    let Some(scale) = now.map(|now| &now.scale) else { return Vec::new() };
    let targets = scale.targets().iter().map(|target| &target.value);
    scale.baseline().map(|baseline| &baseline.value).into_iter().chain(targets).collect()
}

fn stripped(point: Point, stands: &[&Point]) -> Point {
    match point {
        Point::Words(_) if !stands.contains(&&point) => Point::Words(Wording::withdrawn()),
        point => point,
    }
}

/// Why a goal moved is told from history alone, so it cannot be corrected, and goes.
fn strip_goals(goals: &mut GoalChanges, now: Option<&Indicator>) {
    goals.reason = None;
    let stands = points(now);
    let strip = |point: &mut Point| *point = stripped(point.clone(), &stands);
    for change in &mut goals.changes {
        match change {
            GoalChange::Baseline { before, after } => {
                before.iter_mut().chain(after).for_each(|baseline| strip(&mut baseline.value));
            }
            GoalChange::Target { before, after, .. } => before.iter_mut().chain(after).for_each(strip),
            GoalChange::Unit { before, after } => {
                for unit in [before, after] {
                    if now.is_none_or(|now| now.unit != *unit) {
                        *unit = Unit::withdrawn();
                    }
                }
            }
            GoalChange::Direction { .. } | GoalChange::Accumulation { .. } | GoalChange::People { .. } => {}
        }
    }
}

fn strip_light(by_hand: &mut Override, now: &[Override]) {
    if !now.iter().any(|stands| stands.reason == by_hand.reason) {
        by_hand.reason = Reason::withdrawn();
    }
}

fn strip_reading(reading: &mut Reading, now: Option<&Reading>) {
    let same = |one: &Share, other: &Share| (&one.dimension, &one.category) == (&other.dimension, &other.category);
    reading.shares.retain(|share| now.is_some_and(|now| now.shares.iter().any(|stands| same(share, stands))));
    let stands = now.map(values).unwrap_or_default();
    let shares = reading.shares.iter_mut().map(|share| &mut share.value);
    for value in std::iter::once(&mut reading.value).chain(shares) {
        if matches!(value, Value::Words(_)) && !stands.contains(&&*value) {
            *value = Value::Words(Wording::withdrawn());
        }
    }
    reading.evidence.retain(|evidence| now.is_some_and(|now| now.evidence.contains(evidence)));
    strip_why(&mut reading.why, now);
}

fn values(reading: &Reading) -> Vec<&Value> {
    std::iter::once(&reading.value).chain(reading.shares.iter().map(|share| &share.value)).collect()
}

fn strip_why(why: &mut Option<Reason>, now: Option<&Reading>) {
    if now.is_none_or(|now| now.why != *why) {
        *why = None;
    }
}

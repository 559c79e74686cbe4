//! The demo's logical framework read from `framework.txt`: its results, the sample's items below them, indicators, and
//! readings up to the quarter in which the sample was written down.

mod parts;

use super::sample::Sample;
use crate::domain::{
    day::Quarter,
    ids::{IndicatorId, NodeId, ObjectiveId, OrgId, ReadingId, TextId},
    items::Item,
    rank::Rank,
    results::{
        change::ResultsChange,
        command::IndicatorFacts,
        indicator::{Frequency, Indicator},
        light::Override,
        reading::Reading,
        scale::{Accumulation, Baseline, Direction, Scale, Target},
        state::{State, Step},
        tree::{Level, Link, Node},
        value::{Kind, Point},
        withheld::Withheld,
    },
    text::{IndicatorCode, Reason, Text, Unit},
};
use std::collections::HashMap;
use uuid::Uuid;

const FRAMEWORK: &str = include_str!("framework.txt");

/// Everything that fills the framework, in order. `items` are the sample's, as they were created. The file is part of
/// the program, so a mistake in it is one of ours, and a test reads it.
pub fn changes(sample: &Sample, items: &[Item]) -> Vec<ResultsChange> {
    let (path, ranks, changes) = (Vec::new(), HashMap::new(), Vec::new());
    let mut filling = Filling { sample, items, path, ranks, indicator: None, people: false, changes };
    for line in FRAMEWORK.lines().filter(|line| !line.starts_with('#')) {
        filling.line(line).unwrap_or_else(|| panic!("framework.txt cannot be read: {line}"));
    }
    filling.changes
}

/// What has been read so far.
struct Filling<'a> {
    sample: &'a Sample,
    items: &'a [Item],
    /// From the impact down to the result that indicators now belong to.
    path: Vec<NodeId>,
    /// The last one below each result: of results, and of items.
    ranks: HashMap<Option<NodeId>, Rank>,
    /// That which readings now belong to.
    indicator: Option<Indicator>,
    /// Whether the next one counts people.
    people: bool,
    changes: Vec<ResultsChange>,
}

impl Filling<'_> {
    /// Nothing if the line has no form that the file's heading explains.
    fn line(&mut self, line: &str) -> Option<()> {
        match *line.split('|').collect::<Vec<_>>().as_slice() {
            ["impact", statement, assumptions, risks] => {
                self.node(Level::Impact, None, [statement, assumptions, risks])
            }
            ["outcome", code, statement, assumptions, risks] => {
                let objective = Some(self.objective(code)?);
                self.node(Level::Outcome, objective, [statement, assumptions, risks])
            }
            ["output", statement, assumptions, risks] => {
                self.node(Level::Output, None, [statement, assumptions, risks])
            }
            ["item", number, code, title, definition, targets, verification, dimension] => {
                let facts = self.linked(number, code, targets, dimension)?;
                self.indicator(facts, [title, definition, verification])
            }
            ["own", code, ways, org, unit, baseline, title, definition, targets, verification, dimension] => {
                let (scale, frequency) = self.own_scale(ways, baseline, targets)?;
                let (code, unit) = (IndicatorCode::parse(code).ok()?, Unit::parse(unit).ok()?);
                let (responsible, dimensions) = (self.org(org)?, parts::dimensions(dimension)?);
                let facts = IndicatorFacts { code, unit, scale, frequency, responsible, dimensions };
                self.indicator(facts, [title, definition, verification])
            }
            ["people"] => {
                self.people = true;
                Some(())
            }
            ["read", period, state, value, shares, narrative, evidence] => {
                self.reading([period, state, value, shares, narrative, evidence], None)
            }
            ["read", period, state, value, shares, narrative, evidence, why] => {
                let why = Reason::parse(why).ok()?;
                self.reading([period, state, value, shares, narrative, evidence], Some(why))
            }
            ["light", period, light, reason] => self.light(period, light, reason),
            ["lock", period] => {
                let period = self.quarter(period)?;
                self.add(ResultsChange::Locked { period, locked: true })
            }
            _ => None,
        }
    }

    fn add(&mut self, change: ResultsChange) -> Option<()> {
        self.changes.push(change);
        Some(())
    }

    fn node(&mut self, level: Level, objective: Option<ObjectiveId>, texts: [&str; 3]) -> Option<()> {
        self.path.truncate(Level::ALL.iter().position(|other| *other == level)?);
        let (id, parent) = (NodeId(Uuid::now_v7()), self.path.last().copied());
        let [title, assumptions, risks] = texts.map(text);
        let rank = self.next_rank(parent);
        self.path.push(id);
        let node = Node { id, level, parent, rank, title, assumptions, risks, objective };
        self.add(ResultsChange::Node(Box::new(node)))
    }

    /// Links an item to the output, and answers what its measure is as an indicator.
    fn linked(&mut self, number: &str, code: &str, targets: &str, dimension: &str) -> Option<IndicatorFacts> {
        let (number, output) = (number.parse::<i64>().ok()?, *self.path.last()?);
        let item = self.items.iter().find(|item| item.number == number)?;
        let facts = IndicatorFacts {
            code: IndicatorCode::parse(code).ok()?,
            unit: item.facts.measure.as_ref()?.unit.clone(),
            scale: self.scale_of(item, targets)?,
            frequency: Frequency::Quarter,
            responsible: item.facts.lead,
            dimensions: parts::dimensions(dimension)?,
        };
        let rank = self.next_rank(Some(output));
        self.add(ResultsChange::Linked(Link { item: item.id, output, turn: 0, rank }))?;
        Some(facts)
    }

    /// A running total that rises to the item's target, over those that come before it.
    fn scale_of(&self, item: &Item, before: &str) -> Option<Scale> {
        let (measure, due) = (item.facts.measure.as_ref()?, item.facts.due?.quarter());
        let mut targets = self.targets(Kind::Number, before)?;
        targets.push(Target { period: due, value: Point::Number(measure.target) });
        let baseline = Some(self.baseline(Point::Number(measure.baseline)));
        Scale::new(Kind::Number, Direction::Increase, Accumulation::Cumulative, baseline, targets).ok()
    }

    fn own_scale(&self, ways: &str, baseline: &str, targets: &str) -> Option<(Scale, Frequency)> {
        let ways: Vec<&str> = ways.split(' ').collect();
        let [kind, direction, accumulation, frequency] = ways.try_into().ok()?;
        let kind = parts::word(kind)?;
        let baseline = match baseline {
            "" => None,
            baseline => Some(self.baseline(parts::point(kind, baseline)?)),
        };
        let (direction, accumulation) = (parts::word(direction)?, parts::word(accumulation)?);
        let scale = Scale::new(kind, direction, accumulation, baseline, self.targets(kind, targets)?).ok()?;
        Some((scale, parts::word(frequency)?))
    }

    fn baseline(&self, value: Point) -> Baseline {
        Baseline { value, year: self.sample.frame.plan.starts.quarter().plus(-1).year() }
    }

    fn targets(&self, kind: Kind, text: &str) -> Option<Vec<Target>> {
        parts::list(text, ';', |part| {
            let (period, value) = part.split_once(' ')?;
            Some(Target { period: self.quarter(period)?, value: parts::point(kind, value)? })
        })
    }

    fn indicator(&mut self, facts: IndicatorFacts, texts: [&str; 3]) -> Option<()> {
        let (id, node) = (IndicatorId(Uuid::now_v7()), *self.path.last()?);
        let [title, definition, verification] = texts.map(text);
        let IndicatorFacts { code, unit, scale, frequency, responsible, dimensions } = facts;
        let scale = scale.with_people(std::mem::take(&mut self.people)).ok()?;
        let indicator = Indicator {
            id,
            node,
            code,
            title,
            definition,
            unit,
            scale,
            verification,
            frequency,
            responsible,
            dimensions,
            withheld: Withheld::default(),
        };
        self.indicator = Some(indicator.clone());
        self.add(ResultsChange::Indicator { indicator: Box::new(indicator), goals: None })
    }

    /// What was reviewed is written as it was submitted and then takes the step, since only the step tells that the
    /// indicator was approved once.
    fn reading(&mut self, fields: [&str; 6], why: Option<Reason>) -> Option<()> {
        let [period, state, value, shares, narrative, evidence] = fields;
        let indicator = self.indicator.as_ref()?;
        let (id, of, kind) = (ReadingId(Uuid::now_v7()), indicator.id, indicator.scale.kind());
        let reached: State = parts::word(state)?;
        let step = [Step::Approve, Step::Return].into_iter().find(|step| State::Submitted.next(*step) == Some(reached));
        let reading = Reading {
            id,
            indicator: of,
            period: self.quarter(period)?,
            value: parts::value(kind, value)?,
            shares: parts::shares(indicator, shares)?,
            narrative: text(narrative),
            evidence: parts::evidence(evidence)?,
            state: if step.is_some() { State::Submitted } else { reached },
            why: None,
        };
        self.add(ResultsChange::Reading(Box::new(reading)))?;
        match step {
            None => Some(()),
            Some(step) => self.add(ResultsChange::Stepped { reading: id, indicator: of, step, state: reached, why }),
        }
    }

    fn light(&mut self, period: &str, light: &str, reason: &str) -> Option<()> {
        let (period, indicator) = (self.quarter(period)?, self.indicator.as_ref()?.id);
        let by_hand = Override { period, light: parts::word(light)?, reason: Reason::parse(reason).ok()? };
        self.add(ResultsChange::Light { indicator, period, by_hand: Some(by_hand) })
    }

    fn next_rank(&mut self, below: Option<NodeId>) -> Rank {
        let rank = Rank::between(self.ranks.get(&below), None);
        self.ranks.insert(below, rank.clone());
        rank
    }

    /// A quarter of the sample, moved.
    fn quarter(&self, text: &str) -> Option<Quarter> {
        Some(text.parse::<Quarter>().ok()?.plus(self.sample.shift))
    }

    fn objective(&self, code: &str) -> Option<ObjectiveId> {
        let objectives = &self.sample.frame.objectives;
        objectives.iter().find(|objective| objective.code == code).map(|objective| objective.id)
    }

    fn org(&self, short_name: &str) -> Option<OrgId> {
        self.sample.frame.partners().find(|org| org.short_name == short_name).map(|org| org.id)
    }
}

fn text(body: &str) -> Text {
    Text { id: TextId(Uuid::now_v7()), version: 1, body: body.to_owned() }
}

#[cfg(test)]
mod tests;

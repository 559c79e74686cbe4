//! Indicators, their goals, and the lights that are set by hand.

use super::{Deciding, in_the_way};
use crate::domain::{
    change::{Refusal, refuse_if_any},
    fields::{Field, FieldError, Problem},
    ids::{IndicatorId, NodeId, TextId},
    results::{
        change::ResultsChange,
        command::{IndicatorEdit, IndicatorFacts, ResultsCommand},
        goals::GoalChanges,
        indicator::Indicator,
        light::Override,
        reading,
        withheld::Withheld,
    },
    text::Text,
};

impl<T: Fn() -> TextId> Deciding<'_, T> {
    pub(super) fn of_indicators(&self, command: &ResultsCommand) -> Result<ResultsChange, Refusal> {
        match command {
            ResultsCommand::AddIndicator { indicator, node, title, definition, verification, facts, .. } => {
                if self.results.indicator(*indicator).is_some() {
                    return Err(Refusal::Taken);
                }
                let node = self.node(*node)?.id;
                self.check_facts(*indicator, facts)?;
                let definition = definition.as_ref().map_or("", |text| text.as_str());
                let verification = verification.as_ref().map_or("", |text| text.as_str());
                let texts = [self.fresh(title.as_str()), self.fresh(definition), self.fresh(verification)];
                let indicator = Box::new(made(*indicator, node, facts, texts));
                Ok(ResultsChange::Indicator { indicator, goals: None })
            }
            ResultsCommand::EditIndicator { indicator, edit } => self.edit_indicator(self.indicator(*indicator)?, edit),
            ResultsCommand::RemoveIndicator { indicator } => {
                let id = self.indicator(*indicator)?.id;
                let was_read = self.results.readings.iter().any(|reading| reading.indicator == id);
                let free = !was_read && !self.results.approved.contains(&id);
                let removed = ResultsChange::IndicatorRemoved { indicator: id };
                free.then_some(removed).ok_or_else(|| in_the_way(Field::Indicator))
            }
            ResultsCommand::SetLight { indicator, period, light } => {
                let (indicator, period) = (self.indicator(*indicator)?.id, *period);
                self.check_open(period)?;
                let by_hand = light.clone().map(|(light, reason)| Override { period, light, reason });
                Ok(ResultsChange::Light { indicator, period, by_hand })
            }
            _ => Err(Refusal::NotFound),
        }
    }

    fn edit_indicator(&self, known: &Indicator, edit: &IndicatorEdit) -> Result<ResultsChange, Refusal> {
        let texts = [
            self.next(Field::Indicator, &known.title, edit.title.as_ref(), |text| text.as_str())?,
            self.next(Field::Definition, &known.definition, edit.definition.as_ref(), |text| text.as_str())?,
            self.next(Field::Verification, &known.verification, edit.verification.as_ref(), |text| text.as_str())?,
        ];
        let Some(facts) = &edit.facts else {
            let [title, definition, verification] = texts;
            let indicator = Box::new(Indicator { title, definition, verification, ..known.clone() });
            return Ok(ResultsChange::Indicator { indicator, goals: None });
        };
        if edit.was.as_deref().is_some_and(|was| *was != IndicatorFacts::of(known))
            && *facts != IndicatorFacts::of(known)
        {
            return Err(FieldError::new(Field::Indicator, Problem::Overtaken).into());
        }
        self.check_facts(known.id, facts)?;
        let changed = made(known.id, known.node, facts, texts);
        self.keep_readings(&changed)?;
        let was_approved = self.results.approved.contains(&known.id);
        let goals = GoalChanges::between(known, &changed, was_approved, edit.why.clone())?;
        Ok(ResultsChange::Indicator { indicator: Box::new(changed), goals })
    }

    /// What was read already must still fit: of its kind, and with a place for every share.
    fn keep_readings(&self, changed: &Indicator) -> Result<(), Refusal> {
        for read in self.results.readings.iter().filter(|reading| reading.indicator == changed.id) {
            if read.value.kind() != changed.scale.kind() {
                return Err(in_the_way(Field::Kind));
            }
            if !reading::check(changed, &read.value, &read.shares).is_empty() {
                return Err(in_the_way(Field::Dimension));
            }
        }
        Ok(())
    }

    fn check_facts(&self, id: IndicatorId, facts: &IndicatorFacts) -> Result<(), Refusal> {
        let mut errors: Vec<FieldError> = Indicator::check_dimensions(&facts.dimensions).err().into_iter().collect();
        let others = self.results.framework.indicators.iter().filter(|other| other.id != id);
        if others.clone().any(|other| other.code == facts.code) {
            errors.push(FieldError::new(Field::IndicatorCode, Problem::InUse));
        }
        if !self.frame.partners().any(|org| org.id == facts.responsible) {
            errors.push(FieldError::new(Field::Lead, Problem::Unknown));
        }
        refuse_if_any(errors)
    }
}

fn made(
    id: IndicatorId,
    node: NodeId,
    facts: &IndicatorFacts,
    [title, definition, verification]: [Text; 3],
) -> Indicator {
    let IndicatorFacts { code, unit, scale, frequency, responsible, dimensions } = facts.clone();
    let withheld = Withheld::default();
    Indicator {
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
        withheld,
    }
}

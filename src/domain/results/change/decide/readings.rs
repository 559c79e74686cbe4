//! Readings, and their way to being approved.

use super::Deciding;
use crate::domain::{
    change::{Refusal, refuse_if_any},
    day::Quarter,
    fields::{Field, FieldError, Problem},
    ids::{IndicatorId, ReadingId, TextId},
    policy,
    results::{
        change::ResultsChange,
        command::{Basis, ResultsCommand},
        reading::{self, Reading},
        state::{State, Step, Stop},
    },
    text::{Reason, Text},
};

impl<T: Fn() -> TextId> Deciding<'_, T> {
    pub(super) fn of_readings(&self, command: &ResultsCommand) -> Result<ResultsChange, Refusal> {
        match command {
            ResultsCommand::Read { reading, indicator, period, value, shares, narrative, evidence, basis, .. } => {
                let indicator = self.indicator(*indicator)?;
                if !policy::can_write_reading(self.viewer, indicator.responsible) {
                    return Err(Refusal::Forbidden);
                }
                self.check_open(*period)?;
                refuse_if_any(reading::check(indicator, value, shares))?;
                let known = self.open_reading(*reading, indicator.id, *period)?;
                let is_said = known.is_some_and(|known| {
                    known.value == *value && known.shares == *shares && known.evidence == *evidence
                });
                if !is_said && !basis.holds(known) {
                    return Err(FieldError::new(Field::Reading, Problem::Overtaken).into());
                }
                let before =
                    known.map_or_else(|| Text { version: 0, ..self.fresh("") }, |known| known.narrative.clone());
                let text = self.next(Field::Narrative, &before, Some(narrative), |text| text.as_str())?;
                let narrative = if text.version == 0 { Text { version: 1, ..text } } else { text };
                let made = Reading {
                    id: known.map_or(*reading, |known| known.id),
                    indicator: indicator.id,
                    period: *period,
                    value: value.clone(),
                    shares: shares.clone(),
                    narrative,
                    evidence: evidence.clone(),
                    state: known.map_or(State::Draft, |known| known.state),
                    why: known.and_then(|known| known.why.clone()),
                };
                Ok(ResultsChange::Reading(Box::new(made)))
            }
            ResultsCommand::RemoveReading { reading } => self.remove_reading(*reading),
            ResultsCommand::Step { reading, step, why, basis } => self.step(*reading, *step, why.clone(), basis),
            _ => Err(Refusal::NotFound),
        }
    }

    /// The reading that is there for a period, if it may still be changed.
    fn open_reading(
        &self,
        id: ReadingId,
        indicator: IndicatorId,
        period: Quarter,
    ) -> Result<Option<&Reading>, Refusal> {
        let known = self.results.reading(indicator, period);
        if known.is_none() && self.results.readings.iter().any(|reading| reading.id == id) {
            return Err(Refusal::Taken);
        }
        match known {
            Some(known) if !known.state.is_open() => Err(FieldError::new(Field::Value, Problem::NotOpen).into()),
            known => Ok(known),
        }
    }

    fn reading(&self, id: ReadingId) -> Result<&Reading, Refusal> {
        self.results.readings.iter().find(|reading| reading.id == id).ok_or(Refusal::NotFound)
    }

    /// What was reviewed once has been answered for, and stays.
    fn remove_reading(&self, id: ReadingId) -> Result<ResultsChange, Refusal> {
        let known = self.reading(id)?;
        if !policy::can_write_reading(self.viewer, self.indicator(known.indicator)?.responsible) {
            return Err(Refusal::Forbidden);
        }
        self.check_open(known.period)?;
        if known.state != State::Draft {
            return Err(FieldError::new(Field::Value, Problem::NotOpen).into());
        }
        Ok(ResultsChange::ReadingRemoved { reading: id })
    }

    fn step(&self, id: ReadingId, step: Step, why: Option<Reason>, basis: &Basis) -> Result<ResultsChange, Refusal> {
        let known = self.reading(id)?;
        let indicator = self.indicator(known.indicator)?;
        let locked = self.results.locks.holds(known.period);
        let state = step.take(self.viewer, indicator.responsible, known.state, locked).map_err(|stop| match stop {
            Stop::Forbidden => Refusal::Forbidden,
            Stop::Locked => FieldError::new(Field::Period, Problem::Locked).into(),
            Stop::OutOfTurn => Refusal::Taken,
        })?;
        let seen = Basis::of(Some(known));
        if !basis.is_unsaid() && *basis != seen {
            return Err(FieldError::new(Field::Reading, Problem::Overtaken).into());
        }
        if matches!(step, Step::Return | Step::Reopen) && why.is_none() {
            return Err(FieldError::new(Field::Reason, Problem::Missing).into());
        }
        Ok(ResultsChange::Stepped { reading: id, indicator: indicator.id, step, state, why })
    }
}

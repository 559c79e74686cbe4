//! Readings that are saved as they are typed: those that go on from each other become one, like edits of an item.

use crate::domain::{
    change::Command,
    results::command::{Basis, ResultsCommand},
    text::Version,
};

/// Two readings of one indicator and quarter as one, the second having been made from the first; nothing if they are
/// not that.
pub(super) fn joined(first: &Command, second: &Command) -> Option<Command> {
    let (Command::Results(first), Command::Results(second)) = (first, second) else { return None };
    let (
        ResultsCommand::Read { indicator, period, reading, narrative, basis, reason, .. },
        ResultsCommand::Read { indicator: other, period: when, .. },
    ) = (first, second)
    else {
        return None;
    };
    if (indicator, period) != (other, when) {
        return None;
    }
    let mut joined = second.clone();
    if let ResultsCommand::Read { reading: id, narrative: words, basis: from, reason: why, .. } = &mut joined {
        (*id, *from) = (*reading, basis.clone());
        words.from = narrative.from;
        // What was confirmed once is not asked again.
        *why = why.take().or_else(|| reason.clone());
    }
    Some(Command::Results(joined))
}

/// The version that a reading's narrative is made from.
pub(super) fn narrative_from(command: &mut Command) -> Option<&mut Version> {
    match command {
        Command::Results(ResultsCommand::Read { narrative, .. }) => Some(&mut narrative.from),
        _ => None,
    }
}

/// Lets go of what a refused reading was made from: words of others may stand in that, and it will not be sent again.
pub(super) fn forget_basis(command: &mut Command) {
    if let Command::Results(ResultsCommand::Read { basis, .. }) = command
        && !basis.is_unsaid()
    {
        *basis = Basis::Nothing;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        change::{Change, Entry, Refusal},
        fields::{Field, FieldError, Problem},
        ids::{IndicatorId, ItemId, MemberId, OpId, ReadingId, Revision, TextId},
        outbox::{Job, Outbox, Scope},
        results::{
            change::ResultsChange,
            command::{Basis, Seen},
            reading::{Evidence, Reading},
            sample::quarter,
            sample::value,
            state::{State, Step},
        },
        text::{Citation, Narrative, Reason, Text, TextEdit},
    };
    use uuid::Uuid;

    fn op(n: u128) -> OpId {
        OpId(Uuid::from_u128(n))
    }

    /// A reading as a page sends it: its own id, the quarter, a number, the narrative's version, what was seen.
    fn read(id: u128, period: &str, number: &str, from: i64, basis: Basis) -> Command {
        Command::Results(ResultsCommand::Read {
            reading: ReadingId(Uuid::from_u128(id)),
            indicator: IndicatorId(Uuid::nil()),
            period: quarter(period),
            value: value(number),
            shares: Vec::new(),
            narrative: TextEdit { from, body: Narrative::parse("Counted").unwrap() },
            evidence: Vec::new(),
            basis,
            reason: None,
        })
    }

    fn job(n: u128, command: Command, follows: Option<u128>) -> Job {
        Job::new(op(n), command, 0, follows.map(op))
    }

    /// The server's answer to a reading: its narrative in a version.
    fn saved(n: u128, version: i64) -> Entry {
        let reading = Reading {
            id: ReadingId(Uuid::from_u128(1)),
            indicator: IndicatorId(Uuid::nil()),
            period: quarter("2026Q4"),
            value: value("1"),
            shares: Vec::new(),
            narrative: Text { id: TextId(Uuid::nil()), version, body: String::new() },
            evidence: Vec::new(),
            state: State::Draft,
            why: None,
        };
        let change = Change::Results(Box::new(ResultsChange::Reading(Box::new(reading))));
        Entry { revision: Revision(1), op: op(n), actor: MemberId(Uuid::nil()), at: 0, change }
    }

    fn waiting(outbox: &Outbox) -> Vec<Command> {
        outbox.jobs().map(|job| job.command.clone()).collect()
    }

    #[test]
    fn what_is_typed_on_is_one_reading_made_from_what_its_first_letter_was_made_from() {
        let mut outbox = Outbox::default();
        outbox.add(job(1, read(1, "2026Q4", "1", 3, Basis::Nothing), None));
        outbox.add(job(2, read(2, "2026Q4", "12", 4, Basis::Unsaid), Some(1)));
        assert_eq!(waiting(&outbox), [read(1, "2026Q4", "12", 3, Basis::Nothing)]);
    }

    #[test]
    fn a_reason_that_was_given_once_goes_with_what_is_typed_on() {
        let with = |mut command: Command, words: Option<&str>| {
            if let Command::Results(ResultsCommand::Read { reason, .. }) = &mut command {
                *reason = words.map(|words| Reason::parse(words).unwrap());
            }
            command
        };
        let [first, second] = ["1", "12"].map(|number| read(1, "2026Q4", number, 3, Basis::Nothing));
        for (earlier, later, kept) in [
            (Some("It is the office"), None, Some("It is the office")),
            (Some("It is the office"), Some("It is the ministry"), Some("It is the ministry")),
            (None, None, None),
        ] {
            let both = joined(&with(first.clone(), earlier), &with(second.clone(), later));
            assert_eq!(both, Some(with(second.clone(), kept)));
        }
    }

    #[test]
    fn readings_of_two_quarters_stay_two() {
        let (first, second) = (read(1, "2026Q3", "1", 0, Basis::Nothing), read(2, "2026Q4", "2", 0, Basis::Nothing));
        assert_eq!(joined(&first, &second), None);
        let step = Command::Results(ResultsCommand::RemoveReading { reading: ReadingId(Uuid::nil()) });
        assert_eq!((joined(&first, &step), joined(&step, &first)), (None, None));
    }

    #[test]
    fn what_was_sent_is_left_alone_and_the_next_goes_on_from_its_answer() {
        let mut outbox = Outbox::default();
        outbox.add(job(1, read(1, "2026Q4", "1", 0, Basis::Nothing), None));
        outbox.take();
        outbox.add(job(2, read(1, "2026Q4", "12", 0, Basis::Nothing), Some(1)));
        assert_eq!(outbox.jobs().len(), 2);
        outbox.answered(op(1), Ok(&saved(1, 5)));
        let [Command::Results(ResultsCommand::Read { narrative, value: number, .. })] = &waiting(&outbox)[..] else {
            panic!("one reading waits: {:?}", waiting(&outbox));
        };
        assert_eq!((narrative.from, number), (5, &value("12")));
    }

    #[test]
    fn what_may_be_withdrawn_is_let_go_and_asked_about_again() {
        let cited = |words: &str| vec![Evidence::Citation(Citation::parse(words).unwrap())];
        let seen = Seen { value: value("1"), shares: Vec::new(), evidence: cited("Call Ana"), narrative: 1 };
        let basis = Basis::Seen(Box::new(seen));
        let mut outbox = Outbox::default();
        outbox.add(job(1, read(1, "2026Q4", "1", 1, Basis::Nothing), None));
        outbox.take();
        let theirs = Text { id: TextId(Uuid::nil()), version: 2, body: "Ana was here".to_owned() };
        let why = Refusal::Conflict { field: Field::Narrative, theirs, base: None };
        outbox.answered(op(1), Err(&why));
        outbox.add(job(2, read(2, "2026Q3", "1", 1, basis), None));
        outbox.take();
        let error = FieldError::new(Field::Reading, Problem::Overtaken);
        outbox.answered(op(2), Err(&Refusal::Invalid(vec![error])));
        outbox.ask_again(Scope::Item(ItemId(Uuid::nil())), || op(9));
        assert_eq!(outbox.refused().len(), 2, "of an item");
        outbox.ask_again(Scope::Results, || op(9));
        assert_eq!(waiting(&outbox), [read(1, "2026Q4", "1", 1, Basis::Nothing)]);
        assert_eq!(outbox.refused().len(), 1, "what is only overtaken stays with its author");
        assert!(!serde_json::to_string(&outbox).unwrap().contains("Ana"), "nor is it kept on the device");
    }

    #[test]
    fn a_reading_that_is_refused_is_not_handed_in() {
        let submit = |reading: u128| {
            let (step, basis) = (Step::Submit, Basis::Unsaid);
            Command::Results(ResultsCommand::Step {
                reading: ReadingId(Uuid::from_u128(reading)),
                step,
                why: None,
                basis,
            })
        };
        let mut outbox = Outbox::default();
        outbox.add(job(1, read(1, "2026Q4", "1", 0, Basis::Nothing), None));
        outbox.add(job(2, submit(1), Some(1)));
        outbox.add(job(3, submit(9), None));
        outbox.take();
        let error = FieldError::new(Field::Reading, Problem::Overtaken);
        assert_eq!(outbox.answered(op(1), Err(&Refusal::Invalid(vec![error]))), [op(2)]);
        assert_eq!(waiting(&outbox), [submit(9)], "what is of another reading stays");
    }
}

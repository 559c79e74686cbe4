//! Readings that are saved as they are typed: those that go on from each other become one, like edits of an item.

use crate::domain::{change::Command, results::command::ResultsCommand, text::Version};

/// Two readings of one indicator and quarter as one, the second having been made from the first; nothing if they are
/// not that.
pub(super) fn joined(first: &Command, second: &Command) -> Option<Command> {
    let (Command::Results(first), Command::Results(second)) = (first, second) else { return None };
    let (
        ResultsCommand::Read { indicator, period, reading, narrative, basis, .. },
        ResultsCommand::Read { indicator: other, period: when, .. },
    ) = (first, second)
    else {
        return None;
    };
    if (indicator, period) != (other, when) {
        return None;
    }
    let mut joined = second.clone();
    if let ResultsCommand::Read { reading: id, narrative: words, basis: from, .. } = &mut joined {
        (*id, *from) = (*reading, basis.clone());
        words.from = narrative.from;
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

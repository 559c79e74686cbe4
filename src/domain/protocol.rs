//! The versions of what travels and is kept: commands, changes, messages of the socket. A browser may run a program
//! one version old, an outbox may have waited for weeks, and changes are kept for ever.

use super::change::Command;

/// The version of today. It moves on when an older program could not read what a newer one writes.
///
/// 1: the first. 2: changes may be `ranked`, conflicts carry their base, edits may say which co-partners come and go and
/// which parts of a measure change. 3: an `organisation` may change. 4: texts may be `withdrawn`, and what looks like
/// personal data wants a reason. 5: `results`. 6: what is new of the framework
/// comes with all its texts, and readings, steps and facts say what they were made from; a reading may be removed.
/// 7: texts of results may be withdrawn, of which browsers hear by `results_withdrawn`.
pub const PROTOCOL: u32 = 7;

/// The oldest version whose commands are still understood.
pub const OLDEST: u32 = 1;

/// A command as a version meant it, in today's words; nothing if the version is unknown. What it said is still read, but
/// may have come to mean something else: then it is translated here.
pub fn command(protocol: u32, command: Command) -> Option<Command> {
    match protocol {
        // Every command of the earlier versions means what it meant.
        OLDEST..=PROTOCOL => Some(command),
        _ => None,
    }
}

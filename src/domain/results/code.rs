//! Numbers of the framework's rows, as the EU writes them in every language.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Where a row stands. In order of level first, then of place; each part counts from 1.
///
/// The template does not number the impact, since a framework mostly has one; with several they are told apart here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    Impact(u32),
    Outcome(u32),
    /// Its outcome's number, its own.
    Output(u32, u32),
    /// An action item: its first output's two numbers, its own.
    Activity(u32, u32, u32),
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Impact(impact) => write!(f, "I {impact}"),
            Self::Outcome(outcome) => write!(f, "Oc {outcome}"),
            Self::Output(outcome, output) => write!(f, "Op {outcome}.{output}"),
            Self::Activity(outcome, output, activity) => write!(f, "A {outcome}.{output}.{activity}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_written_as_in_the_template() {
        let codes = [Code::Impact(1), Code::Outcome(1), Code::Output(1, 1), Code::Activity(1, 1, 12)];
        assert_eq!(codes.map(|code| code.to_string()), ["I 1", "Oc 1", "Op 1.1", "A 1.1.12"]);
        assert!(Code::Output(1, 9) < Code::Output(1, 10), "by number, not by letter");
    }
}

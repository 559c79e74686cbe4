//! What can be wrong with a value, and in which field: one vocabulary for forms, server functions and their messages.

use super::{guard, report::Section};
use serde::{Deserialize, Serialize, de};
use std::fmt;

/// A field that a person fills in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Title,
    Description,
    Objective,
    Lead,
    CoPartners,
    Start,
    Due,
    Day,
    Unit,
    Baseline,
    Target,
    Current,
    Quantity,
    Status,
    After,
    Item,
    Email,
    Password,
    /// The password as it was, asked for before it is changed.
    OldPassword,
    /// Of the second factor: six digits, or a recovery code.
    Code,
    /// What the terminal printed at the first start.
    Token,
    Name,
    Role,
    Organisation,
    ShortName,
    Country,
    City,
    Website,
    Kind,
    Network,
    PlanTitle,
    PlanStart,
    PlanEnd,
    Objectives,
    Reason,
    Statement,
    Assumptions,
    Risks,
    /// The result that another one serves.
    Parent,
    Indicator,
    Definition,
    IndicatorCode,
    Verification,
    Direction,
    Accumulation,
    /// The year that a baseline is of.
    BaselineYear,
    Frequency,
    Light,
    /// Why a goal moves.
    Why,
    Dimension,
    Category,
    Period,
    Value,
    Numerator,
    Denominator,
    Narrative,
    Evidence,
    /// A reading as a whole.
    Reading,
    /// What somebody writes into a section of a report.
    Report(Section),
}

/// Why a value is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// Nothing was entered.
    Missing,
    /// More characters than `max`.
    TooLong { max: usize },
    /// No such day in the calendar, or outside 1900 to 2199.
    NotADay,
    /// The due day lies before the start day.
    BeforeStart,
    /// Not a number, or one with more than three decimals or beyond a thousand million.
    NotANumber,
    /// Baseline and target are equal, so there is no progress to compute.
    NoDistance,
    /// Nothing here has this id.
    Unknown,
    /// The value names an organisation that the asker may not speak for.
    NotYours,
    /// Somebody else saved another version of this text meanwhile.
    Changed,
    /// The lead cannot be its own co-partner.
    LeadTwice,
    /// A valid national identification number stands in the text.
    IdNumber,
    /// Something in the text looks like personal data; it may stay for a reason.
    Personal(guard::Kind),
    /// Something in a name or a reason looks like personal data.
    PersonalHere,
    /// Fewer characters than `min`.
    TooShort { min: usize },
    /// A password that is soon guessed.
    Weak(Advice),
    /// Not an e-mail address.
    NotAnEmail,
    /// Another account or organisation has it.
    InUse,
    /// It is not the one that is expected.
    Wrong,
    /// Not the address of a page: https://…
    NotAnAddress,
    /// A role that does not go with the kind of organisation.
    WrongRole,
    /// More lines than `max`.
    TooMany { max: usize },
    /// Something other than letters, digits and hyphens.
    NotAWord,
    /// The period ends before it begins.
    EndsBeforeStart,
    /// The organisation leads items or takes part in some, as only partners do.
    TakesPart,
    /// A network without a coordinator could not be mended from within.
    LastCoordinator,
    /// Not a quarter of a year from 1900 to 2199: 2019Q4.
    NotAQuarter,
    /// A result of this kind does not stand below that one.
    WrongLevel,
    /// The target lies on the other side of the baseline than the direction says.
    WrongDirection,
    /// A number where words are wanted, or a percentage where a count is.
    WrongKind,
    /// Less than nothing, or parts of nothing.
    BelowZero,
    /// The same twice in one list.
    Twice,
    /// The period is closed.
    Locked,
    /// The reading is under review, or approved.
    NotOpen,
    /// Something hangs on it that would be lost.
    InTheWay,
    /// The parts come to more than the whole.
    MoreThanWhole,
    /// Somebody else changed this meanwhile; what they made of it has to be seen first.
    Overtaken,
    /// No action item has this number.
    NoSuchItem,
    /// Not a year from 1900 to 2199.
    NotAYear,
    /// It stands first or last already.
    NoFurther,
}

/// What makes a password easy to guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Advice {
    /// It is, or is close to, one that many people use.
    Common,
    /// Neighbouring keys.
    Keys,
    /// Repeated characters or words.
    Repeats,
    /// "abcd", "6543".
    Sequence,
    /// One word of a dictionary.
    Word,
    /// Names, of people or of this very account.
    Name,
    /// A date or a year.
    Date,
    /// Nothing in particular: it should be longer.
    More,
}

/// A refused field with its reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    pub field: Field,
    pub problem: Problem,
}

impl FieldError {
    pub const fn new(field: Field, problem: Problem) -> Self {
        Self { field, problem }
    }

    /// As an error of deserialisation, from which [`FieldError::from_message`] reads it back: a decoder's errors are
    /// text, and the field must not get lost in it.
    pub fn into_serde<E: de::Error>(self) -> E {
        E::custom(self)
    }

    /// The field error at the start of a decoder's message, if there is one.
    pub fn from_message(message: &str) -> Option<Self> {
        let start = message.find('{')?;
        let mut values = serde_json::Deserializer::from_slice(message.get(start..)?.as_bytes()).into_iter();
        values.next()?.ok()
    }
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn survives_a_decoder() {
        let error = FieldError::new(Field::Title, Problem::TooLong { max: 200 });
        let message = serde_json::Error::into_serde_message(error);
        assert_eq!(FieldError::from_message(&message), Some(error));
        assert_eq!(FieldError::from_message("expected a string"), None);
    }

    trait Message {
        fn into_serde_message(error: FieldError) -> String;
    }

    impl Message for serde_json::Error {
        fn into_serde_message(error: FieldError) -> String {
            let error: serde_json::Error = error.into_serde();
            format!("invalid value: {error} at line 1 column 9")
        }
    }
}

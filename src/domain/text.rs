//! Free text: what people type, with its limits and its versions.

use super::{
    fields::{Field, FieldError, Problem},
    guard,
    ids::TextId,
};
use serde::{Deserialize, Deserializer, Serialize};

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident($field:expr, $min:literal to $max:literal, $shape:ident, $guard:ident)),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The most characters (Unicode scalar values) that it holds.
            pub const MAX: usize = $max;

            /// Trims the ends and checks the length.
            pub fn parse(text: &str) -> Result<Self, FieldError> {
                // A browser sends the line ends of a textarea as CR LF, and counts its maxlength in LF.
                let text = $shape(&text.replace("\r\n", "\n").replace('\0', "")).trim().to_owned();
                let nothing = text.chars().all(is_invisible);
                match text.chars().count() {
                    _ if nothing && $min > 0 => Err(FieldError::new($field, Problem::Missing)),
                    n if n > $max => Err(FieldError::new($field, Problem::TooLong { max: $max })),
                    n if !($min..).contains(&n) => Err(FieldError::new($field, Problem::TooShort { min: $min })),
                    _ => match $guard(&text) {
                        Some(problem) => Err(FieldError::new($field, problem)),
                        None => Ok(Self(text)),
                    },
                }
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }

            pub fn into_string(self) -> String {
                self.0
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                Self::parse(&String::deserialize(input)?).map_err(FieldError::into_serde)
            }
        }
    )*};
}

texts! {
    /// An action item's title.
    Title(Field::Title, 1 to 200, line, ids),
    /// An action item's description, in Markdown. May be empty.
    Description(Field::Description, 0 to 20_000, lines, ids),
    /// What a measure counts: "signatories", "trained lawyers".
    Unit(Field::Unit, 1 to 40, line, ids),
    /// A member's name, as the others see it.
    PersonName(Field::Name, 1 to 100, line, all),
    /// An organisation's full name.
    OrgName(Field::Organisation, 1 to 150, line, all),
    /// An organisation's mark on a card and its word in addresses: "EMMAUS".
    ShortName(Field::ShortName, 1 to 12, line, all),
    /// A town. May be empty.
    City(Field::City, 0 to 80, line, all),
    /// The network's name.
    NetworkName(Field::Network, 1 to 150, line, all),
    /// A plan's title.
    PlanTitle(Field::PlanTitle, 1 to 200, line, all),
    /// An objective's title.
    ObjectiveTitle(Field::Objectives, 1 to 200, line, all),
    /// Why something is done all the same.
    Reason(Field::Reason, 5 to 300, line, all),
    /// A result of the framework as it is stated: impact, outcome or output.
    Statement(Field::Statement, 1 to 400, line, ids),
    /// What must hold outside the project for a result to follow. May be empty.
    Assumptions(Field::Assumptions, 0 to 4_000, lines, ids),
    /// What could prevent a result. May be empty.
    Risks(Field::Risks, 0 to 4_000, lines, ids),
    /// An indicator's title.
    IndicatorTitle(Field::Indicator, 1 to 300, line, ids),
    /// What exactly an indicator counts and what not. May be empty.
    Definition(Field::Definition, 0 to 4_000, lines, ids),
    /// An indicator's mark in lists and documents: "Op 1.1.a".
    IndicatorCode(Field::IndicatorCode, 1 to 20, line, all),
    /// Source and means of verification. May be empty.
    Verification(Field::Verification, 0 to 2_000, lines, ids),
    /// By what values are broken down: "sex", "country".
    DimensionName(Field::Dimension, 1 to 40, line, all),
    /// A part of a dimension: "women". Never so narrow that it names somebody.
    Category(Field::Category, 1 to 60, line, all),
    /// A value in words, of a qualitative indicator.
    Wording(Field::Value, 1 to 200, line, ids),
    /// What is behind a reading. May be empty.
    Narrative(Field::Narrative, 0 to 5_000, lines, ids),
    /// Where something stands that others can look up: author, title, year, page.
    Citation(Field::Evidence, 1 to 500, line, ids),
}

/// What history says where words were withdrawn, and something has to stand.
const WITHDRAWN: &str = "[ … ]";

macro_rules! replaced {
    ($($name:ident),*) => {$(
        impl $name {
            /// What stands in history where such words were withdrawn.
            pub fn withdrawn() -> Self {
                Self(WITHDRAWN.to_owned())
            }
        }
    )*};
}

replaced!(Reason, Unit, Wording);

/// Of a text that people write: what is never saved. About all else its author is asked.
fn ids(text: &str) -> Option<Problem> {
    guard::names_somebody(text).then_some(Problem::IdNumber)
}

/// Of a name, or a reason: nothing in it may look like personal data, and none needs that.
fn all(text: &str) -> Option<Problem> {
    let found = guard::find(text);
    let gravest = found.iter().map(|finding| finding.kind).min()?;
    Some(if gravest == guard::Kind::Id { Problem::IdNumber } else { Problem::PersonalHere })
}

/// A text of one line: what would break it is a space, and what would turn it round, or make two alike, is nothing.
fn line(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let seen = text.chars().filter(|c| !turns(*c) && (c.is_whitespace() || !is_invisible(*c)));
    seen.map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// A text of as many lines as its author likes.
fn lines(text: &str) -> String {
    text.to_owned()
}

/// A text as HTML that shows it as it was typed.
pub fn as_html(text: &str) -> String {
    let safe = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let paragraphs = safe.split("\n\n").map(|paragraph| format!("<p>{}</p>", paragraph.replace('\n', "<br>")));
    paragraphs.collect()
}

/// White space, and what takes no place at all.
pub fn is_invisible(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{00AD}')
}

/// How often a text was saved: 1 for the first.
pub type Version = i64;

/// A text as it stands: the row that holds it, its version, and what it says (empty once withdrawn).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    pub id: TextId,
    pub version: Version,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub body: String,
}

/// A wish to change a text, with the version it was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextEdit<T> {
    pub from: Version,
    pub body: T,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_has_1_to_200_characters() {
        assert!(Title::parse("  ").is_err());
        assert!(Title::parse("\u{200B}").is_err());
        assert_eq!(Title::parse(" Ђ ").map(Title::into_string), Ok("Ђ".to_owned()));
        assert!(Title::parse(&"ш".repeat(200)).is_ok());
        let error = Title::parse(&"ш".repeat(201)).unwrap_err();
        assert_eq!(error.problem, Problem::TooLong { max: 200 });
    }

    #[test]
    fn a_text_as_html_is_only_a_text() {
        assert_eq!(as_html("a <b> & c\nd\n\ne"), "<p>a &lt;b&gt; &amp; c<br>d</p><p>e</p>");
    }

    #[test]
    fn a_valid_identification_number_is_never_saved() {
        let error = Description::parse("JMBG 0104986719873").unwrap_err();
        assert_eq!(error.problem, Problem::IdNumber);
        assert!(Description::parse("PIB 104986719").is_ok());
    }

    #[test]
    fn a_name_holds_nothing_that_looks_personal() {
        let problem = |text: &str| OrgName::parse(text).err().map(|error| error.problem);
        assert_eq!(problem("SOS +381 11 334 7817"), Some(Problem::PersonalHere));
        assert_eq!(problem("JMBG 0104986719873"), Some(Problem::IdNumber));
        assert_eq!(problem("International Solidarity Forum EMMAUS"), None);
        assert!(Title::parse("Call +381 11 334 7817").is_ok(), "its author is asked");
    }

    #[test]
    fn what_stands_for_withdrawn_words_can_be_read_again() {
        assert_eq!(Reason::parse(WITHDRAWN), Ok(Reason::withdrawn()));
        assert_eq!(Unit::parse(WITHDRAWN), Ok(Unit::withdrawn()));
        assert_eq!(Wording::parse(WITHDRAWN), Ok(Wording::withdrawn()));
    }

    #[test]
    fn line_ends_of_a_form_count_once() {
        let text = "a\r\n".repeat(10_000);
        assert_eq!(Description::parse(&text).map(|d| d.as_str().len()), Ok(19_999));
    }
}

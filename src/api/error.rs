//! The one public error: what went wrong, as far as whoever asked may know it.

use crate::domain::{change::Refusal, fields::FieldError};
use leptos::server_fn::{codec::JsonEncoding, error::FromServerFnError, error::ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// Why a request failed. Texts for people are looked up by variant, in their language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppError {
    /// Nobody is signed in, or no longer.
    SignedOut,
    /// E-mail and password do not belong together.
    WrongPassword,
    /// So much was tried lately that it has to wait, for so many seconds.
    TooMany {
        seconds: u64,
    },
    /// The link of an invitation or a reset was used, withdrawn, or is too old.
    LinkGone,
    /// The network asks for a second factor, and the account has none yet.
    SecondFactorMissing,
    /// The request cannot be read.
    Unreadable,
    /// The body is larger than any form of ours.
    TooLarge,
    /// The server could not be reached.
    Offline,
    Refused(Refusal),
}

impl AppError {
    /// The HTTP status that says the same.
    pub fn status(&self) -> u16 {
        match self {
            Self::SignedOut => 401,
            Self::WrongPassword => 422,
            Self::TooMany { .. } => 429,
            Self::LinkGone => 410,
            Self::SecondFactorMissing => 403,
            Self::Unreadable => 400,
            Self::TooLarge => 413,
            Self::Offline => 504,
            Self::Refused(refusal) => match refusal {
                Refusal::Forbidden => 403,
                Refusal::NotFound => 404,
                Refusal::Archived | Refusal::Taken | Refusal::Conflict { .. } => 409,
                Refusal::Invalid(_) => 422,
                Refusal::TooFast => 429,
                Refusal::Unavailable => 503,
                Refusal::NoSpace => 507,
                Refusal::Failed => 500,
            },
        }
    }

    /// After how many seconds the same may do, where it is only a matter of time.
    pub fn retry_after(&self) -> Option<u64> {
        match self {
            Self::TooMany { seconds } => Some(*seconds),
            Self::Refused(Refusal::TooFast) => Some(1),
            Self::Refused(Refusal::Unavailable) => Some(5),
            _ => None,
        }
    }

    /// The fields to mark, if fields are to blame.
    pub fn fields(&self) -> &[FieldError] {
        match self {
            Self::Refused(Refusal::Invalid(errors)) => errors,
            _ => &[],
        }
    }
}

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<FieldError> for AppError {
    fn from(error: FieldError) -> Self {
        Self::Refused(Refusal::Invalid(vec![error]))
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    /// The framework's own errors carry texts of libraries: only a field error in them goes on to the browser.
    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            // An answer that is none of ours: of a proxy whose server is away, or cut off midway.
            ServerFnErrorErr::Deserialization(_) if cfg!(target_arch = "wasm32") => Self::Offline,
            ServerFnErrorErr::Args(text) | ServerFnErrorErr::Deserialization(text) => {
                FieldError::from_message(&text).map_or(Self::Unreadable, Self::from)
            }
            ServerFnErrorErr::MissingArg(_) => Self::Unreadable,
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => Self::Offline,
            _ => Self::Refused(Refusal::Failed),
        }
    }
}

impl std::fmt::Display for AppError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self:?}")
    }
}

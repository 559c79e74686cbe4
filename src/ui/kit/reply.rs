//! What a refused form comes back with: the values as typed, and what is wrong with them.

use crate::{
    api::AppError,
    domain::fields::{Field, Problem},
    ui::{data, head::Head},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The answer to a form that could not be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// Names and values as they were sent, in order; a name may repeat. Passwords are left out.
    pub values: Vec<(String, String)>,
    pub error: AppError,
}

impl Reply {
    /// The reply that this page answers with, the same on the server and when the browser takes over.
    pub fn current() -> Option<Self> {
        data::shared(|| use_context::<Head>().and_then(|head| head.reply))
    }

    /// The first value of a name.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|value| value.0 == name).map(|value| value.1.as_str())
    }

    pub fn has(&self, name: &str, value: &str) -> bool {
        self.values.iter().any(|(n, v)| n == name && v == value)
    }

    /// What is wrong with a field.
    pub fn problem(&self, field: Field) -> Option<Problem> {
        use crate::domain::change::Refusal;
        match &self.error {
            AppError::Refused(Refusal::Conflict { field: changed, .. }) if *changed == field => Some(Problem::Changed),
            error => error.fields().iter().find(|error| error.field == field).map(|error| error.problem),
        }
    }
}

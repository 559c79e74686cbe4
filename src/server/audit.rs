//! Lines of the audit, as they are written.

use super::sessions::Origin;
use crate::{
    domain::{
        audit::{Action, Detail},
        ids::MemberId,
    },
    store::NewLine,
};

/// A line about what `actor` did at `at` (milliseconds since 1970, UTC), from where.
pub fn line(at: i64, action: Action, actor: Option<MemberId>, from: &Origin) -> NewLine {
    NewLine { at, actor, address: from.address.clone(), action, subject: None, detail: Detail::default() }
}

impl NewLine {
    /// Whose account it is about, if not the actor's own.
    pub fn about(self, subject: Option<MemberId>) -> Self {
        Self { subject, ..self }
    }

    pub fn with(self, detail: Detail) -> Self {
        Self { detail, ..self }
    }
}

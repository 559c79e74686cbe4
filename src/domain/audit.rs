//! The audit: what is written down of accounts and doors.

use super::{
    accounts::Role,
    day::Quarter,
    ids::{MemberId, OrgId},
};
use serde::{Deserialize, Serialize};

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    SetUp,
    SignedIn,
    SignInFailed,
    CodeAsked,
    CodeFailed,
    RecoveryCodeUsed,
    SignedOut,
    SessionEnded,
    SessionsEnded,
    PasswordChanged,
    ResetAsked,
    ResetLinkMade,
    PasswordReset,
    SecondFactorOn,
    SecondFactorOff,
    CodesRenewed,
    Invited,
    InvitationRevoked,
    Joined,
    MemberChanged,
    Disabled,
    Enabled,
    Erased,
    OrganisationAdded,
    OrganisationChanged,
    NetworkChanged,
    Exported,
    GuardOverridden,
    TextsWithdrawn,
}

impl Action {
    pub const ALL: [Action; 29] = [
        Self::SetUp,
        Self::SignedIn,
        Self::SignInFailed,
        Self::CodeAsked,
        Self::CodeFailed,
        Self::RecoveryCodeUsed,
        Self::SignedOut,
        Self::SessionEnded,
        Self::SessionsEnded,
        Self::PasswordChanged,
        Self::ResetAsked,
        Self::ResetLinkMade,
        Self::PasswordReset,
        Self::SecondFactorOn,
        Self::SecondFactorOff,
        Self::CodesRenewed,
        Self::Invited,
        Self::InvitationRevoked,
        Self::Joined,
        Self::MemberChanged,
        Self::Disabled,
        Self::Enabled,
        Self::Erased,
        Self::OrganisationAdded,
        Self::OrganisationChanged,
        Self::NetworkChanged,
        Self::Exported,
        Self::GuardOverridden,
        Self::TextsWithdrawn,
    ];

    /// Its word in the database and in addresses: "signed_in".
    pub fn word(self) -> String {
        serde_json::to_value(self).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
    }

    pub fn from_word(word: &str) -> Option<Self> {
        serde_json::from_value(word.into()).ok()
    }
}

/// What goes with an action. Nothing in it was typed freely, but the reason of an override.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Detail {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// The role before, if it is another now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<Role>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<OrgId>,
    /// The number of an action item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<i64>,
    /// The code of an indicator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub indicator: Option<String>,
    /// A version of a report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<ReportVersion>,
    /// The number of a result of the framework.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<String>,
    /// How many: sessions that were ended, rows that were exported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A version of the report of a quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportVersion {
    pub period: Quarter,
    pub version: i64,
}

/// A line of the audit as its readers see it. Its instant goes beside it, in the form that the reader needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub action: Action,
    /// Who did it; nobody who is known here, if `None`.
    pub actor: Option<Named>,
    /// Whose account it was about, if not the actor's own.
    pub subject: Option<Named>,
    /// Of the network; empty for the command line, which has no actor, and where it is not for the reader.
    pub address: String,
    pub detail: Detail,
}

/// A member by name, as it is now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    pub id: MemberId,
    pub name: String,
    /// Short name of the organisation.
    pub org: String,
}

/// Which lines are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditFilter {
    pub action: Option<Action>,
    /// As actor or subject.
    pub member: Option<MemberId>,
    /// From 0, the newest lines first.
    pub page: usize,
}

/// So many lines stand on a page.
pub const PAGE: usize = 100;

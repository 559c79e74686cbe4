//! The audit in words: for its page, and for the file that is made of it.

use crate::{
    domain::audit::{Action, Detail, Line, Named},
    i18n::{self, Locale},
    ui::{kit::names, results::words::quarter},
};

/// What was done.
pub fn action(locale: Locale, action: Action) -> &'static str {
    match action {
        Action::SetUp => i18n::action::set_up(locale),
        Action::SignedIn => i18n::action::signed_in(locale),
        Action::SignInFailed => i18n::action::sign_in_failed(locale),
        Action::CodeAsked => i18n::action::code_asked(locale),
        Action::CodeFailed => i18n::action::code_failed(locale),
        Action::RecoveryCodeUsed => i18n::action::recovery_code_used(locale),
        Action::SignedOut => i18n::action::signed_out(locale),
        Action::SessionEnded => i18n::action::session_ended(locale),
        Action::SessionsEnded => i18n::action::sessions_ended(locale),
        Action::PasswordChanged => i18n::action::password_changed(locale),
        Action::ResetAsked => i18n::action::reset_asked(locale),
        Action::ResetLinkMade => i18n::action::reset_link_made(locale),
        Action::PasswordReset => i18n::action::password_reset(locale),
        Action::SecondFactorOn => i18n::action::second_factor_on(locale),
        Action::SecondFactorOff => i18n::action::second_factor_off(locale),
        Action::CodesRenewed => i18n::action::codes_renewed(locale),
        Action::Invited => i18n::action::invited(locale),
        Action::InvitationRevoked => i18n::action::invitation_revoked(locale),
        Action::Joined => i18n::action::joined(locale),
        Action::MemberChanged => i18n::action::member_changed(locale),
        Action::Disabled => i18n::action::disabled(locale),
        Action::Enabled => i18n::action::enabled(locale),
        Action::Erased => i18n::action::erased(locale),
        Action::OrganisationAdded => i18n::action::organisation_added(locale),
        Action::OrganisationChanged => i18n::action::organisation_changed(locale),
        Action::NetworkChanged => i18n::action::network_changed(locale),
        Action::Exported => i18n::action::exported(locale),
        Action::GuardOverridden => i18n::action::guard_overridden(locale),
        Action::TextsWithdrawn => i18n::action::texts_withdrawn(locale),
    }
}

/// The heading of a file: when, who, what, whose account, from where, details.
pub fn columns(locale: Locale) -> [&'static str; 6] {
    [
        i18n::audit::when(locale),
        i18n::audit::who(locale),
        i18n::audit::what(locale),
        i18n::audit::whose(locale),
        i18n::audit::from_where(locale),
        i18n::audit::details(locale),
    ]
}

/// A member with the organisation: "Ana, ASTRA".
pub fn named(named: &Named) -> String {
    let parts = [named.name.as_str(), named.org.as_str()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Who did it. The command line asks nobody to sign in, so there it was whoever runs the server.
pub fn actor(locale: Locale, line: &Line) -> String {
    match &line.actor {
        Some(actor) => named(actor),
        None if line.address.is_empty() => i18n::audit::operator(locale).to_owned(),
        None => i18n::audit::unknown(locale).to_owned(),
    }
}

/// From where it was done; empty if that is not for this reader.
pub fn origin(locale: Locale, line: &Line) -> String {
    let is_command_line = line.address.is_empty() && line.actor.is_none();
    if is_command_line { i18n::audit::command_line(locale).to_owned() } else { line.address.clone() }
}

/// What goes with it, but for the item.
pub fn details(locale: Locale, line: &Line) -> Vec<String> {
    let Detail { role, was, indicator, result, report, count, reason, .. } = &line.detail;
    let report = report.map(|it| i18n::audit::report(locale, quarter(locale, it.period), it.version));
    let result = result.as_ref().map(|code| i18n::audit::result(locale, code));
    let indicator = indicator.as_ref().map(|code| i18n::audit::indicator(locale, code));
    let name = |role| names::role(locale, role);
    let role = match (role, was) {
        (Some(role), Some(was)) => Some(i18n::audit::other_role(locale, name(*role), name(*was))),
        (role, _) => role.map(|role| i18n::audit::role(locale, name(role))),
    };
    let count = count.map(|count| how_many(locale, line.action, count));
    let reason = reason.as_ref().map(|reason| i18n::audit::reason(locale, reason));
    [role, indicator, result, report, count, reason].into_iter().flatten().collect()
}

/// Rows of an export; anything else that is counted are sessions that were ended.
fn how_many(locale: Locale, action: Action, count: u64) -> String {
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    match action {
        Action::Exported => i18n::audit::rows(locale, count),
        _ => i18n::audit::devices(locale, count),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_actions_read_alike() {
        for locale in Locale::ALL {
            let mut names = Action::ALL.map(|each| action(locale, each));
            names.sort_unstable();
            assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{names:?}");
        }
    }
}

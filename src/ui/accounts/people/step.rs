//! What is done to a member's account by one button.

use crate::{
    api::people::PersonState,
    domain::ids::MemberId,
    i18n::{self, Locale},
};
use leptos::prelude::*;

/// One of these buttons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    NewInvitation,
    NewPassword,
    Revoke,
    /// For somebody who has lost the telephone and the codes.
    EndSecondFactor,
    Disable,
    Enable,
    Erase,
}

impl Step {
    /// What goes with the state of an account. Nobody shuts themselves out, and only a closed account is erased.
    pub fn offered(state: PersonState, is_own: bool, has_second_factor: bool) -> &'static [Step] {
        match state {
            PersonState::Invited(_) => &[Self::NewInvitation, Self::Revoke],
            PersonState::Active if is_own => &[Self::NewPassword],
            PersonState::Active if has_second_factor => &[Self::NewPassword, Self::EndSecondFactor, Self::Disable],
            PersonState::Active => &[Self::NewPassword, Self::Disable],
            PersonState::Disabled if is_own => &[],
            PersonState::Disabled => &[Self::Enable, Self::Erase],
        }
    }

    /// What the form sends as `do`.
    fn word(self) -> &'static str {
        match self {
            Self::NewInvitation | Self::NewPassword => "link",
            Self::Revoke => "revoke",
            Self::EndSecondFactor => "second_factor_off",
            Self::Disable => "disable",
            Self::Enable => "enable",
            Self::Erase => "erase",
        }
    }

    fn label(self, locale: Locale) -> &'static str {
        match self {
            Self::NewInvitation => i18n::people::new_invitation(locale),
            Self::NewPassword => i18n::people::new_password(locale),
            Self::Revoke => i18n::people::revoke(locale),
            Self::EndSecondFactor => i18n::people::end_second_factor(locale),
            Self::Disable => i18n::people::disable(locale),
            Self::Enable => i18n::people::enable(locale),
            Self::Erase => i18n::people::erase(locale),
        }
    }

    fn hint(self, locale: Locale) -> Option<&'static str> {
        match self {
            Self::NewInvitation | Self::NewPassword => Some(i18n::people::link_hint(locale)),
            Self::EndSecondFactor => Some(i18n::people::end_second_factor_hint(locale)),
            Self::Disable => Some(i18n::people::disable_hint(locale)),
            Self::Revoke | Self::Enable | Self::Erase => None,
        }
    }
}

/// The button alone, with the name that it is about for those who cannot see beside what it stands.
#[component]
pub fn StepForm(locale: Locale, step: Step, member: MemberId, name: String) -> impl IntoView {
    let hint_id = format!("{}-{member}-hint", step.word());
    let described = step.hint(locale).map(|_| hint_id.clone());
    let hint = step.hint(locale).map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> });
    let sure = (step == Step::Erase).then(|| {
        view! {
            <label class="check">
                <input type="checkbox" name="sure" value="yes" required/>
                <span>{i18n::people::erase_sure(locale)}</span>
            </label>
        }
    });
    view! {
        <form class="member-act" method="post" action="/people">
            <input type="hidden" name="do" value=step.word()/>
            <input type="hidden" name="member" value=member.to_string()/>
            {sure}
            <button class="button" aria-describedby=described>
                {step.label(locale)}
                <span class="hidden">": "{name}</span>
            </button>
            {hint}
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_shuts_themselves_out_and_nobody_who_works_here_is_erased() {
        for state in [PersonState::Invited(None), PersonState::Active, PersonState::Disabled] {
            let (own, other) = (Step::offered(state, true, true), Step::offered(state, false, true));
            assert!(!own.contains(&Step::Disable), "{state:?}");
            assert_eq!(other.contains(&Step::Erase), state == PersonState::Disabled, "{state:?}");
        }
    }
}

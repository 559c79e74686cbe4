//! A second factor that was begun: the secret goes to the phone, and a code comes back.

use crate::{
    domain::fields::Field,
    i18n::{self, Locale},
    ui::accounts::{
        account::form::{ActionForm, FormField},
        doors::filled::Filled,
    },
};
use leptos::prelude::*;

#[component]
pub fn Begun(filled: Filled, secret: String, qr_svg: String) -> impl IntoView {
    let locale = filled.locale;
    view! {
        <ol class="steps">
            <li><p>{i18n::account::step_app(locale)}</p></li>
            <li>
                <p>{i18n::account::step_scan(locale)}</p>
                <Secret locale=locale secret=secret qr_svg=qr_svg/>
            </li>
            <li>
                <p>{i18n::account::step_code(locale)}</p>
                <ConfirmForm filled=filled/>
            </li>
        </ol>
        <ActionForm action="cancel_second_factor">
            <p class="actions">
                <button class="button">{i18n::account::cancel(locale)}</button>
            </p>
        </ActionForm>
    }
}

/// The secret for a camera, and for whoever has to type it.
#[component]
fn Secret(locale: Locale, secret: String, qr_svg: String) -> impl IntoView {
    view! {
        <figure class="qr">
            <div class="qr-code" role="img" aria-label=i18n::account::qr(locale) inner_html=qr_svg></div>
            <figcaption>{i18n::account::type_secret(locale)} " " <code>{groups(&secret)}</code></figcaption>
        </figure>
    }
}

#[component]
fn ConfirmForm(filled: Filled) -> impl IntoView {
    let locale = filled.locale;
    view! {
        <ActionForm action="confirm_second_factor">
            <FormField filled=filled field=Field::Code inputmode="numeric" autocomplete="one-time-code"/>
            <p class="actions">
                <button class="button primary">{i18n::account::confirm(locale)}</button>
            </p>
        </ActionForm>
    }
}

/// In groups of four, so that nobody loses their place while typing.
fn groups(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::groups;

    #[test]
    fn a_secret_is_typed_in_groups_of_four() {
        assert_eq!(groups("JBSWY3DPEHPK3PXPAB"), "JBSW Y3DP EHPK 3PXP AB");
        assert_eq!(groups(""), "");
    }
}

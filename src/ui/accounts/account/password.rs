//! Changing the password.

use super::form::{ActionForm, FormField, OldPassword};
use crate::{
    domain::fields::Field,
    i18n::{self, Locale},
    ui::{
        accounts::doors::filled::{Filled, Username},
        kit::reply::Reply,
    },
};
use leptos::prelude::*;

#[component]
pub fn PasswordSection(locale: Locale, email: String, reply: Option<Reply>) -> impl IntoView {
    let filled = Filled::of(locale, "password", reply.as_ref());
    view! {
        <section aria-labelledby="change-password">
            <h2 id="change-password">{i18n::sign_in::password(locale)}</h2>
            <p>{i18n::account::password_ends(locale)}</p>
            <ActionForm action="password">
                <Username email=email/>
                <OldPassword filled=filled.clone()/>
                <FormField
                    filled=filled
                    field=Field::Password
                    hint=i18n::doors::password_hint(locale)
                    kind="password"
                    autocomplete="new-password"
                />
                <p class="actions">
                    <button class="button">{i18n::account::change_password(locale)}</button>
                </p>
            </ActionForm>
        </section>
    }
}

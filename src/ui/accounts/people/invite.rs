//! Inviting somebody.

use super::{
    desk::Desk,
    sheet::{Act, SheetForm},
};
use crate::{
    domain::{fields::Field, text::PersonName},
    i18n,
    ui::kit::input::{Choice, TextLine},
};
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn Invite(desk: Arc<Desk>) -> impl IntoView {
    let locale = desk.locale;
    let hint = if desk.sends_mail { i18n::people::invite_mail_hint(locale) } else { i18n::people::invite_hint(locale) };
    let sheet = desk.sheet(Act::Invite, String::new(), Vec::new());
    // While no organisation is chosen every role is open; afterwards a wrong one is said to be.
    let role = sheet.input(Field::Role).with_hint(i18n::people::role_hint(locale));
    let (roles, organisations) = (desk.role_options(""), desk.organisation_options());
    view! {
        <section id="invite" aria-labelledby="invite-heading">
            <h2 id="invite-heading">{i18n::people::invite(locale)}</h2>
            <p class="quiet">{hint}</p>
            <SheetForm sheet=sheet.clone()>
                <TextLine input=sheet.input(Field::Email) kind="email"/>
                <TextLine input=sheet.input(Field::Name) max=PersonName::MAX/>
                <Choice input=sheet.input(Field::Organisation) options=organisations/>
                <Choice input=role options=roles/>
                <p class="actions">
                    <button class="button primary">{i18n::people::create_invitation(locale)}</button>
                </p>
            </SheetForm>
        </section>
    }
}

//! What a coordinator changes of a member.

use super::{
    desk::Desk,
    sheet::{Act, Sheet, SheetForm, values},
    step::{Step, StepForm},
};
use crate::{
    api::people::Person,
    domain::{fields::Field, ids::OrgId, text::PersonName},
    i18n,
    ui::kit::input::{Choice, TextLine},
};
use leptos::prelude::*;
use std::sync::Arc;

/// Folded, unless one of its forms came back.
#[component]
pub fn ChangePerson(desk: Arc<Desk>, org: OrgId, person: Person) -> impl IntoView {
    let locale = desk.locale;
    let (member, name) = (person.id, person.name.clone());
    let is_open = desk.reply.as_ref().is_some_and(|reply| reply.has("member", &member.to_string()));
    let steps: Vec<_> = Step::offered(person.state, member == desk.own, person.has_second_factor)
        .iter()
        .map(|step| view! { <StepForm locale=locale step=*step member=member name=name.clone()/> })
        .collect();
    let facts = [("name", person.name), ("role", person.role.word().to_owned()), ("org", org.to_string())];
    let sheet = desk.sheet(Act::Change, member.to_string(), values(facts));
    view! {
        <details class="unfold" open=is_open>
            <summary>{i18n::people::change(locale)}<span class="hidden">": "{name.clone()}</span></summary>
            <div class="changes">
                <SheetForm sheet=sheet.clone()>
                    <PersonFields desk=desk sheet=sheet/>
                    <p class="actions">
                        <button class="button">{i18n::form::save(locale)}<span class="hidden">": "{name}</span></button>
                    </p>
                </SheetForm>
                <div class="member-acts">{steps}</div>
            </div>
        </details>
    }
    .into_any()
}

/// The roles are those of the organisation that is chosen: once a move to another kind of organisation was refused, those
/// of the new one.
#[component]
fn PersonFields(desk: Arc<Desk>, sheet: Sheet) -> impl IntoView {
    let roles = desk.role_options(sheet.value("org"));
    let role = sheet.input(Field::Role).with_hint(i18n::people::rights_hint(desk.locale));
    let organisation = sheet.input(Field::Organisation).with_hint(i18n::people::move_hint(desk.locale));
    view! {
        <TextLine input=sheet.input(Field::Name) max=PersonName::MAX/>
        <Choice input=role options=roles/>
        <Choice input=organisation options=desk.organisation_options()/>
    }
}

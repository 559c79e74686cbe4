//! The groups of the first start's form.

use crate::{
    api::people::SetupView,
    domain::{
        accounts::Country,
        fields::Field,
        text::{City, NetworkName, OrgName, PersonName, PlanTitle, ShortName},
    },
    i18n,
    ui::{
        accounts::doors::filled::Filled,
        kit::{
            field::{FieldFrame, LabelledField, TextField},
            names,
        },
    },
};
use leptos::prelude::*;

/// The countries that the network's organisations come from.
const COUNTRIES: [&str; 6] = ["AL", "BA", "ME", "MK", "NL", "RS"];

#[component]
pub fn NetworkFields(filled: Filled) -> impl IntoView {
    let locale = filled.locale;
    let network = filled.hinted(Field::Network, i18n::setup::network_hint(locale));
    view! {
        <fieldset class="group">
            <legend>{i18n::setup::network_group(locale)}</legend>
            <TextField field=network value=filled.value_or("network", "") max=NetworkName::MAX/>
        </fieldset>
    }
}

/// The coordinator's own organisation, which is a partner.
#[component]
pub fn OrganisationFields(filled: Filled) -> impl IntoView {
    let locale = filled.locale;
    let name = filled.hinted(Field::Organisation, i18n::setup::org_name_hint(locale));
    let short_name = filled.hinted(Field::ShortName, i18n::setup::short_name_hint(locale));
    let optional = |field, hint| FieldFrame { optional: true, ..filled.hinted(field, hint) };
    let city = optional(Field::City, i18n::setup::city_hint(locale));
    let website = optional(Field::Website, i18n::setup::website_hint(locale));
    view! {
        <fieldset class="group">
            <legend>{i18n::setup::org_group(locale)}</legend>
            <input type="hidden" name="kind" value="partner"/>
            <TextField field=name value=filled.value_or("org_name", "") max=OrgName::MAX autocomplete="organization"/>
            <TextField field=short_name value=filled.value_or("short_name", "") max=ShortName::MAX/>
            <CountryField filled=filled.clone()/>
            <TextField field=city value=filled.value_or("city", "") max=City::MAX/>
            <TextField field=website value=filled.value_or("website", "") kind="url" autocomplete="url"/>
        </fieldset>
    }
}

/// One of the network's countries, or none of them.
#[component]
fn CountryField(filled: Filled) -> impl IntoView {
    let locale = filled.locale;
    let field = FieldFrame { optional: true, ..filled.field(Field::Country) };
    let chosen = filled.value_or("country", "");
    let options: Vec<_> = COUNTRIES
        .into_iter()
        .filter_map(Country::parse)
        .map(|country| {
            let code = country.code().to_owned();
            let selected = code == chosen;
            view! { <option value=code selected=selected>{names::country(locale, country)}</option> }
        })
        .collect();
    view! {
        <LabelledField field=field>
            <select id="country" name="country" aria-invalid=field.invalid() aria-describedby=field.described_by()>
                <option value="">{i18n::setup::no_country(locale)}</option>
                {options}
            </select>
        </LabelledField>
    }
}

/// The first coordinator.
#[component]
pub fn PersonFields(filled: Filled) -> impl IntoView {
    let locale = filled.locale;
    let name = filled.hinted(Field::Name, i18n::doors::name_hint(locale));
    let email = filled.hinted(Field::Email, i18n::setup::email_hint(locale));
    let password = filled.hinted(Field::Password, i18n::doors::password_hint(locale));
    view! {
        <fieldset class="group">
            <legend>{i18n::setup::you_group(locale)}</legend>
            <TextField field=name value=filled.value_or("name", "") max=PersonName::MAX autocomplete="name"/>
            <TextField field=email value=filled.value_or("email", "") kind="email" autocomplete="username"/>
            <TextField field=password value=String::new() kind="password" autocomplete="new-password"/>
        </fieldset>
    }
}

#[component]
pub fn PlanFields(filled: Filled, setup: SetupView) -> impl IntoView {
    let locale = filled.locale;
    let title = filled.hinted(Field::PlanTitle, i18n::setup::plan_title_hint(locale));
    let start = filled.hinted(Field::PlanStart, i18n::form::day_hint(locale));
    let end = filled.hinted(Field::PlanEnd, i18n::form::day_hint(locale));
    let starts = filled.value_or("plan_start", &setup.starts.to_string());
    let ends = filled.value_or("plan_end", &setup.ends.to_string());
    view! {
        <fieldset class="group">
            <legend>{i18n::setup::plan_group(locale)}</legend>
            <TextField field=title value=filled.value_or("plan_title", "") max=PlanTitle::MAX/>
            <div class="pair">
                <TextField field=start value=starts kind="date"/>
                <TextField field=end value=ends kind="date"/>
            </div>
            <ObjectivesField filled=filled/>
        </fieldset>
    }
}

/// One a line.
#[component]
fn ObjectivesField(filled: Filled) -> impl IntoView {
    let field = filled.hinted(Field::Objectives, i18n::setup::objectives_hint(filled.locale));
    let text = filled.value_or("objectives", "");
    view! {
        <LabelledField field=field>
            <textarea
                id="objectives"
                name="objectives"
                rows="5"
                required
                aria-invalid=field.invalid()
                aria-describedby=field.described_by()
            >
                {text}
            </textarea>
        </LabelledField>
    }
}

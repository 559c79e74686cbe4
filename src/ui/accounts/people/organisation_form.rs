//! The form of an organisation: a new one, or one that is there.

use super::{
    desk::Desk,
    organisation,
    sheet::{Act, Sheet, SheetForm},
};
use crate::{
    domain::{
        account_form::values_of_organisation,
        accounts::{Country, OrgKind, Organisation},
        fields::Field,
        text::{City, OrgName, ShortName},
    },
    i18n::{self, Locale},
    ui::kit::input::{Choice, TextLine},
    ui::kit::names,
};
use leptos::prelude::*;
use std::sync::Arc;

/// The countries of the network, and of those who stand by it.
const COUNTRIES: [&str; 6] = ["AL", "BA", "ME", "MK", "NL", "RS"];

/// Folded, unless it came back.
#[component]
pub fn OrganisationDetails(desk: Arc<Desk>, organisation: Option<Organisation>) -> impl IntoView {
    let locale = desk.locale;
    let (about, values) =
        organisation.as_ref().map(|org| (org.id.to_string(), values_of_organisation(org))).unwrap_or_default();
    let sheet = desk.sheet(Act::Organisation, about, values);
    let is_open = sheet.came_back();
    let (title, save) = match organisation {
        Some(_) => (i18n::people::change_organisation(locale), i18n::form::save(locale)),
        None => (i18n::people::add_organisation(locale), i18n::people::add(locale)),
    };
    // Said beside words that stand with every organisation.
    let name = organisation.map(|org| view! { <span class="hidden">": "{org.name}</span> });
    view! {
        <details class="unfold" open=is_open>
            <summary>{title}{name}</summary>
            <SheetForm sheet=sheet.clone()>
                <OrganisationFields locale=locale sheet=sheet/>
                <p class="actions">
                    <button class="button">{save}</button>
                </p>
            </SheetForm>
        </details>
    }
}

#[component]
fn OrganisationFields(locale: Locale, sheet: Sheet) -> impl IntoView {
    let countries = countries(locale, sheet.value("country"));
    let kinds = OrgKind::ALL.into_iter();
    let kinds = kinds.map(|kind| (kind.word().to_owned(), organisation::kind(locale, kind).to_owned())).collect();
    let short_name = sheet.input(Field::ShortName).with_hint(i18n::people::short_name_hint(locale));
    let website = sheet.input(Field::Website).optional().with_hint(i18n::people::website_hint(locale));
    view! {
        <TextLine input=sheet.input(Field::Organisation) max=OrgName::MAX/>
        <TextLine input=short_name max=ShortName::MAX/>
        <Choice input=sheet.input(Field::Kind) options=kinds/>
        <Choice input=sheet.input(Field::Country).optional() options=countries/>
        <TextLine input=sheet.input(Field::City).optional() max=City::MAX/>
        <TextLine input=website kind="url"/>
    }
}

/// None, those that the network knows, and the chosen one if it is none of them.
fn countries(locale: Locale, chosen: &str) -> Vec<(String, String)> {
    let none = (String::new(), i18n::people::no_country(locale).to_owned());
    let unlisted = Some(chosen).filter(|code| !COUNTRIES.contains(code));
    let known = COUNTRIES.into_iter().chain(unlisted).filter_map(Country::parse);
    let named = known.map(|country| (country.code().to_owned(), names::country(locale, country)));
    std::iter::once(none).chain(named).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_that_is_not_listed_is_kept() {
        let codes =
            |chosen: &str| countries(Locale::En, chosen).into_iter().map(|country| country.0).collect::<Vec<_>>();
        assert_eq!(codes("RS"), ["", "AL", "BA", "ME", "MK", "NL", "RS"]);
        assert_eq!(codes(""), codes("RS"));
        assert_eq!(codes("XK").last().map(String::as_str), Some("XK"));
    }
}

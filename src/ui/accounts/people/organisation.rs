//! An organisation with its members.

use super::{desk::Desk, organisation_form::OrganisationDetails, person::PersonCard};
use crate::{
    api::people::Group,
    domain::accounts::{OrgKind, Organisation},
    i18n::{self, Locale},
    ui::kit::names,
};
use leptos::prelude::*;
use std::sync::Arc;

/// What an organisation is to the network.
pub fn kind(locale: Locale, kind: OrgKind) -> &'static str {
    match kind {
        OrgKind::Partner => i18n::people::kind_partner(locale),
        OrgKind::Donor => i18n::people::kind_donor(locale),
        OrgKind::Institution => i18n::people::kind_institution(locale),
    }
}

#[component]
pub fn OrganisationSection(desk: Arc<Desk>, group: Group) -> impl IntoView {
    let locale = desk.locale;
    let Group { organisation, people } = group;
    let (org, name, short_name) = (organisation.id, organisation.name.clone(), organisation.short_name.clone());
    let title_id = format!("org-{org}");
    let heading_id = title_id.clone();
    let nobody = people.is_empty().then(|| view! { <p class="quiet">{i18n::people::nobody(locale)}</p> });
    let cards: Vec<_> =
        people.into_iter().map(|person| view! { <PersonCard desk=desk.clone() org=org person=person/> }).collect();
    let members = (!cards.is_empty()).then(|| view! { <ul class="members">{cards}</ul> });
    let about = view! { <About locale=locale organisation=organisation.clone()/> };
    let change = desk.may_manage.then(|| {
        view! { <OrganisationDetails desk=desk.clone() organisation=Some(organisation)/> }
    });
    view! {
        <section class="organisation" aria-labelledby=title_id>
            <h2 id=heading_id>{name}" "<span class="partner">{short_name}</span></h2>
            {about}
            {nobody}
            {members}
            {change}
        </section>
    }
    .into_any()
}

/// Kind, place and website in a line.
#[component]
fn About(locale: Locale, organisation: Organisation) -> impl IntoView {
    let country = organisation.country.map(|country| names::country(locale, country));
    let city = Some(organisation.city).filter(|city| !city.is_empty());
    let place: Vec<String> = city.into_iter().chain(country).collect();
    let place = (!place.is_empty()).then(|| view! { <span>{place.join(", ")}</span> " " });
    let website = shown_website(&organisation.website).map(|words| {
        view! { <a href=organisation.website.clone() rel="noopener noreferrer nofollow">{words}</a> }
    });
    view! {
        <p class="about quiet">
            <span>{kind(locale, organisation.kind)}</span>
            " "
            {place}
            {website}
        </p>
    }
}

/// An address as people say it; nothing for what a browser would not open as a page.
fn shown_website(address: &str) -> Option<String> {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    Some(rest.trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_address_of_a_page_becomes_a_link() {
        assert_eq!(shown_website("https://www.astra.example/"), Some("www.astra.example".to_owned()));
        assert_eq!(shown_website("javascript:alert(1)"), None);
        assert_eq!(shown_website(""), None);
    }
}

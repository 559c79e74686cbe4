//! What all of the network shares.

use super::{
    desk::Desk,
    sheet::{Act, SheetForm, values},
};
use crate::{
    api::people::NetworkView,
    domain::{fields::Field, text::NetworkName},
    i18n::{self, Locale},
    ui::kit::input::TextLine,
};
use leptos::prelude::*;
use std::sync::Arc;

/// The box that asks everybody for a second factor.
const REQUIRES: &str = "requires_second_factor";

#[component]
pub fn NetworkSection(desk: Arc<Desk>, network: NetworkView) -> impl IntoView {
    let locale = desk.locale;
    let required = if network.requires_second_factor { "yes" } else { "" };
    let kept = values([("network", network.name), (REQUIRES, required.to_owned())]);
    let sheet = desk.sheet(Act::Network, String::new(), kept);
    let is_required = sheet.value(REQUIRES) == "yes";
    view! {
        <section id="network" aria-labelledby="network-heading">
            <h2 id="network-heading">{i18n::people::network(locale)}</h2>
            <SheetForm sheet=sheet.clone()>
                <TextLine input=sheet.input(Field::Network) max=NetworkName::MAX/>
                <SecondFactorBox locale=locale checked=is_required/>
                <p class="actions">
                    <button class="button">
                        {i18n::form::save(locale)}
                        <span class="hidden">": "{i18n::people::network(locale)}</span>
                    </button>
                </p>
            </SheetForm>
        </section>
    }
}

#[component]
fn SecondFactorBox(locale: Locale, checked: bool) -> impl IntoView {
    view! {
        <div class="field">
            <label class="check">
                <input type="checkbox" name=REQUIRES value="yes" checked=checked aria-describedby="second-factor-hint"/>
                <span>{i18n::people::require_second_factor(locale)}</span>
            </label>
            <p class="hint" id="second-factor-hint">{i18n::people::require_hint(locale)}</p>
        </div>
    }
}

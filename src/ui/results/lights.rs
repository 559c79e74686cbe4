//! A traffic light: a shape and a word, never a colour alone, with what it rests on.

use super::words;
use crate::{
    domain::results::light::{Light, Signal},
    i18n::{self, Locale},
};
use leptos::prelude::*;

/// The light's own shape, so that it is told without its colour.
fn shape(light: Light) -> &'static str {
    match light {
        Light::Green => "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2Z",
        Light::Amber => "M8 1.8 15 14H1Z",
        Light::Red => "M2.5 2.5h11v11h-11Z",
        Light::Grey => "M2.5 6.5h11v3h-11Z",
    }
}

/// Beside its word, so it is hidden from screen readers.
fn drawn(light: Light) -> impl IntoView {
    view! { <svg viewBox="0 0 16 16" aria-hidden="true"><path d=shape(light)></path></svg> }
}

/// Shape and word alone, above a column of counts.
#[component]
pub fn LightName(locale: Locale, light: Light) -> impl IntoView {
    view! { <div class=words::light_class(light)><p>{drawn(light)}{words::light(locale, light)}</p></div> }
}

#[component]
pub fn TrafficLight(locale: Locale, signal: Signal) -> impl IntoView {
    let light = signal.light();
    let by_hand = signal.by_hand.as_ref().map(|by_hand| {
        let rule = words::light(locale, signal.computed);
        let said = i18n::light::by_hand(locale, by_hand.reason.as_str(), rule);
        view! { <p class="quiet">{said}</p> }
    });
    view! {
        <div class=words::light_class(light)>
            <p>
                {drawn(light)}
                <strong>{words::light(locale, light)}</strong>
            </p>
            <p class="quiet">{words::basis(locale, signal.basis)}</p>
            {by_hand}
        </div>
    }
}

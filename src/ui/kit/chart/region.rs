//! The map of the region, the Netherlands as an inset.

use super::{
    shade::{Hatching, Shade},
    shapes::{AROUND, COUNTRIES, FRAME, INSET, LABELS, NETHERLANDS},
};
use crate::domain::accounts::Country;
use leptos::prelude::*;

/// Width and height of the drawing.
pub const SIZE: (usize, usize) = (FRAME.0 as usize, FRAME.1 as usize);

/// Where the Netherlands' map stands, and the name in it.
const INSET_AT: (u16, u16) = (10, 398);
const INSET_LABEL: (u16, u16) = (66, 84);

/// A country as the map shows it.
#[derive(Clone, Debug)]
pub struct Land {
    pub country: Country,
    pub shade: Shade,
    /// What stands on it.
    pub value: String,
    /// What it says to who does not see it.
    pub label: String,
    pub href: String,
}

#[component]
pub fn RegionMap(label: &'static str, lands: Vec<Land>) -> impl IntoView {
    let (width, height) = FRAME;
    let land = |code: &str| lands.iter().find(|land| land.country.code() == code).cloned();
    let region: Vec<_> = COUNTRIES
        .iter()
        .filter_map(|(code, shape)| {
            let (_, x, y) = LABELS.iter().find(|label| label.0 == *code)?;
            Some(match land(code) {
                Some(land) => drawn(land, shape, (*x, *y)).into_any(),
                // Nobody of the network is there.
                None => view! { <path class="around" d=*shape></path> }.into_any(),
            })
        })
        .collect();
    let netherlands = land("NL").map(|land| {
        view! {
            <g transform=format!("translate({} {})", INSET_AT.0, INSET_AT.1)>
                <rect class="inset" width=INSET.0 height=INSET.1 rx="6"></rect>
                {drawn(land, NETHERLANDS, INSET_LABEL)}
            </g>
        }
    });
    view! {
        <svg class="region" viewBox=format!("0 0 {width} {height}") role="group" aria-label=label>
            <Hatching/>
            <path class="around" d=AROUND></path>
            {region}
            {netherlands}
        </svg>
    }
}

fn drawn(land: Land, shape: &'static str, (x, y): (u16, u16)) -> impl IntoView {
    let Land { country, shade, value, label, href } = land;
    let title = label.clone();
    let is_empty = shade == Shade::NoData;
    // What stands on it is no part of the link's name, which says it in words.
    view! {
        <g>
            <a class="land" href=href aria-label=title data-country=country.code().to_owned()>
                <title>{label}</title>
                <path class=shade.class() d=shape></path>
                {is_empty.then(|| view! { <path class="no-data" d=shape></path> })}
            </a>
            <g aria-hidden="true">
                <text x=x y=y>{country.code().to_owned()}</text>
                <text class="value" x=x y=y + 22>{value}</text>
            </g>
        </g>
    }
}

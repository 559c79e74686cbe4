//! The picture that goes with links to the network's page: its name, how far it is, and its map.

use crate::{
    domain::dashboard::PublicView,
    i18n::{self, Locale},
    ui::{
        dashboard::{address::Measure, map},
        kit::chart::drawing::{lines, wrapped},
    },
};
use leptos::prelude::*;

/// What those who show links ask for.
pub const WIDTH: usize = 1200;
pub const HEIGHT: usize = 630;

const SIDE: usize = 64;
const NAME: usize = 72;
const LEAD: usize = 38;

/// A whole document, in SVG.
pub fn drawn(locale: Locale, view: &PublicView) -> AnyView {
    let name = wrapped(&view.network, 20);
    let lead = wrapped(&super::lead(locale, &view.picture), 44);
    let whole = view.picture.dashboard.whole();
    let how_far = wrapped(&i18n::dashboard::done(locale, whole.done, whole.all), 44);
    let lead_top = SIDE + NAME * name.len() + LEAD;
    let map = map::leaving(locale, Measure::Done, &view.picture);
    view! {
        <svg xmlns="http://www.w3.org/2000/svg" class="drawing network-card" viewBox=format!("0 0 {WIDTH} {HEIGHT}")
            width=WIDTH.to_string() height=HEIGHT.to_string()>
            <rect class="paper" width=WIDTH.to_string() height=HEIGHT.to_string()></rect>
            <svg x="640" y="40" width="520" height="550" viewBox=format!("0 0 {} {}", map.width, map.height)>{map.chart}</svg>
            {lines("name", SIDE, SIDE + 48, NAME, name)}
            {lines("lead", SIDE, lead_top, LEAD, lead)}
            <text class="count" x=SIDE.to_string() y=(HEIGHT - SIDE - LEAD - 12).to_string()>{whole.done}</text>
            {lines("lead", SIDE, HEIGHT - SIDE, LEAD, how_far)}
        </svg>
    }
    .into_any()
}

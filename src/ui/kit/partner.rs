//! The organisations of an item as small marks: short names for the eye, full ones for screen readers and on hover.

use crate::{
    domain::{accounts::Organisation, items::Facts, plan::Frame},
    i18n::{self, Locale},
};
use leptos::prelude::*;

/// How many co-partners a mark is shown for; the rest are counted, so that a card keeps its height.
const SHOWN: usize = 2;

#[component]
pub fn PartnerMarks<'a>(locale: Locale, frame: &'a Frame, facts: &'a Facts) -> impl IntoView + use<> {
    let lead = frame.organisation(facts.lead);
    let others: Vec<&Organisation> = facts.co_partners.iter().filter_map(|id| frame.organisation(*id)).collect();
    let names = |orgs: &[&Organisation]| orgs.iter().map(|org| org.name.as_str()).collect::<Vec<_>>().join(", ");
    let spoken_lead = lead.map(|org| i18n::card::lead(locale, org.name.as_str()));
    let all = names(&others);
    let spoken_others = (!others.is_empty()).then(|| i18n::card::with(locale, all.as_str()));
    let hidden = others.len().saturating_sub(SHOWN);
    let more = (hidden > 0).then(|| view! { <span class="partner" title=all.clone()>"+"{hidden}</span> });
    let others: Vec<_> = others
        .iter()
        .take(SHOWN)
        .map(|org| view! { <span class="partner" title=org.name.clone()>{org.short_name.clone()}</span> })
        .collect();
    view! {
        <p class="partners">
            <span class="hidden">{spoken_lead}" "{spoken_others}</span>
            <span class="partner-marks" aria-hidden="true">
                <span class="partner lead" title=lead.map(|org| org.name.clone())>
                    {lead.map(|org| org.short_name.clone())}
                </span>
                {others}
                {more}
            </span>
        </p>
    }
}

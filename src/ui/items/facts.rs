//! The facts of an item as a list of terms and values.

use crate::{
    api::items::ItemView,
    domain::{day::Deadline, ids::OrgId, measure::Measure, plan::Frame},
    i18n::{self, Locale},
    ui::kit::{
        day::{self, DueNote},
        names,
        progress::ProgressBar,
    },
};
use leptos::prelude::*;

#[component]
pub fn FactsList<'a>(locale: Locale, view: &'a ItemView) -> impl IntoView + use<> {
    let (item, frame) = (&view.item, &view.frame);
    let facts = &item.facts;
    let status = frame.status(item.status).map(|status| names::status(locale, status)).unwrap_or_default();
    let objective = frame.objective(facts.objective);
    let objective = objective.map(|objective| format!("{} {}", objective.code, objective.title)).unwrap_or_default();
    let others: Vec<_> = facts.co_partners.iter().map(|org| organisation(locale, frame, *org)).collect();
    let others = if others.is_empty() { vec![i18n::item::nobody(locale).to_owned()] } else { others };
    let others: Vec<_> = others.into_iter().map(|name| view! { <span>{name}</span> }).collect();
    let no_day = || i18n::item::no_day(locale).to_owned();
    let start = facts.start.map_or_else(no_day, |start| day::full(locale, start));
    let due = facts.due.map_or_else(no_day, |due| day::full(locale, due));
    let note = facts.due.and_then(|due| {
        let note = Deadline::of(due, view.today, frame.is_done(item.status))?;
        Some(view! { " " <DueNote locale=locale due=due note=note/> })
    });
    view! {
        <section class="facts" aria-labelledby="facts">
            <h2 id="facts">{i18n::item::facts(locale)}</h2>
            <dl>
                <div><dt>{i18n::item::status(locale)}</dt><dd>{status}</dd></div>
                <div><dt>{i18n::item::objective(locale)}</dt><dd>{objective}</dd></div>
                <div><dt>{i18n::item::lead(locale)}</dt><dd>{organisation(locale, frame, facts.lead)}</dd></div>
                <div><dt>{i18n::item::co_partners(locale)}</dt><dd>{others}</dd></div>
                <div><dt>{i18n::item::start(locale)}</dt><dd>{start}</dd></div>
                <div><dt>{i18n::item::due(locale)}</dt><dd>{due}{note}</dd></div>
                <div><dt>{i18n::item::indicator(locale)}</dt><dd>{indicator(locale, facts.measure.as_ref())}</dd></div>
            </dl>
        </section>
    }
}

/// An organisation with its country.
fn organisation(locale: Locale, frame: &Frame, id: OrgId) -> String {
    let Some(org) = frame.organisation(id) else { return String::new() };
    match org.country {
        Some(country) => format!("{}, {}", org.name, names::country(locale, country)),
        None => org.name.clone(),
    }
}

fn indicator(locale: Locale, measure: Option<&Measure>) -> AnyView {
    let Some(measure) = measure else {
        return view! { <span class="quiet">{i18n::item::no_indicator(locale)}</span> }.into_any();
    };
    let percent = i18n::card::percent(locale, measure.percent());
    let baseline = measure.baseline.format(names::decimal(locale));
    view! {
        <ProgressBar locale=locale measure=measure/>
        <span class="quiet">{percent}" · "{i18n::item::baseline(locale)}" "{baseline}</span>
    }
    .into_any()
}

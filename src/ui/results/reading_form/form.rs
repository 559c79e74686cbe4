//! The form of a reading while it is open.

use super::filled::Filled;
use crate::{
    api::results::ResultsView,
    domain::{
        fields::Field,
        results::{
            form::{MAX_EVIDENCE, share_name, values_of},
            indicator::Indicator,
            reading::Reading,
            value::Kind,
        },
        text::{Citation, Narrative, Reason, Wording},
    },
    i18n::{self, Locale},
    ui::{
        kit::{
            input::{TextArea, TextLine},
            reply::Reply,
        },
        results::address,
    },
};
use leptos::prelude::*;

pub fn form(
    locale: Locale,
    view: &ResultsView,
    indicator: &Indicator,
    reading: Option<&Reading>,
    reply: Option<&Reply>,
) -> AnyView {
    let values = reply.map_or_else(|| values_of(indicator, reading), |reply| reply.values.clone());
    let filled = Filled { locale, prefix: format!("i-{}", indicator.id), values, reply: reply.cloned() };
    let hidden = |name: &'static str| {
        let value = filled.input(name, Field::Reading, "").value;
        view! { <input type="hidden" name=name value=value/> }
    };
    // The next save is made from theirs, once that has been shown.
    let from = filled
        .theirs()
        .map_or_else(|| filled.input("narrative_from", Field::Reading, "").value, |theirs| theirs.version.to_string());
    let theirs = filled.theirs().map(|theirs| {
        view! {
            <blockquote class="theirs">
                <p><strong>{i18n::problem::theirs(locale)}</strong></p>
                <p class="typed">{theirs.body.clone()}</p>
            </blockquote>
        }
    });
    let returned = reading.and_then(|reading| reading.why.as_ref()).map(|why| {
        view! { <p class="note">{i18n::reading::returned_because(locale, why.as_str())}</p> }
    });
    let address = format!("{}#i-{}", address::of(address::READINGS, view.period), indicator.id);
    let narrative = filled.named("narrative", Field::Narrative).optional().with_hint(i18n::reading::never(locale));
    let evidence = filled.named("evidence", Field::Evidence).optional().with_hint(i18n::reading::evidence_hint(locale));
    let reason = filled.asks_for_a_reason().then(|| {
        let reason = filled.named("reason", Field::Reason).with_hint(i18n::form::reason_hint(locale));
        view! { <div class="confirm"><TextLine input=reason max=Reason::MAX/></div> }
    });
    view! {
        {returned}
        <form class="form" method="post" action=address novalidate>
            {hidden("indicator")}
            {hidden("reading")}
            <input type="hidden" name="narrative_from" value=from/>
            {value_fields(&filled, indicator)}
            {share_fields(&filled, indicator)}
            <TextArea input=narrative rows=3 max=Narrative::MAX/>
            {theirs}
            <TextArea input=evidence rows=2 max=EVIDENCE_MAX/>
            {reason}
            <p class="actions">
                <button class="button" name="do" value="save">{i18n::reading::save(locale)}</button>
                <button class="button primary" name="do" value="submit">{i18n::reading::submit(locale)}</button>
            </p>
        </form>
    }
    .into_any()
}

/// The most characters of all lines of evidence.
const EVIDENCE_MAX: usize = MAX_EVIDENCE * (Citation::MAX + 1);

fn value_fields(filled: &Filled, indicator: &Indicator) -> AnyView {
    let unit = indicator.unit.as_str();
    match indicator.scale.kind() {
        Kind::Number => {
            let label = i18n::reading::value_in(filled.locale, unit);
            view! { <TextLine input=filled.input("value", Field::Value, label) inputmode="decimal"/> }.into_any()
        }
        Kind::Qualitative => {
            view! { <TextLine input=filled.named("value", Field::Value) max=Wording::MAX/> }.into_any()
        }
        Kind::Ratio => view! {
            <div class="pair">
                <TextLine input=filled.named("numerator", Field::Numerator) inputmode="decimal"/>
                <TextLine input=filled.named("denominator", Field::Denominator) inputmode="decimal"/>
            </div>
        }
        .into_any(),
    }
}

/// The value by category: a group of fields a dimension.
fn share_fields(filled: &Filled, indicator: &Indicator) -> impl IntoView + use<> {
    let groups: Vec<_> = indicator
        .dimensions
        .iter()
        .enumerate()
        .map(|(d, dimension)| {
            let fields: Vec<_> = dimension
                .categories()
                .iter()
                .enumerate()
                .map(|(c, category)| {
                    let problem = if c == 0 { Field::Category } else { Field::Reading };
                    let input = filled.input(share_name(d, c), problem, category.as_str().to_owned()).optional();
                    view! { <TextLine input=input inputmode="decimal"/> }
                })
                .collect();
            view! {
                <fieldset class="group">
                    <legend>{i18n::reading::by(filled.locale, dimension.name().as_str())}</legend>
                    <div class="pair">{fields}</div>
                </fieldset>
            }
        })
        .collect();
    groups
}

//! The forms of an indicator: a new one, and one that is there, with its lights.

use super::{
    fields::{choice, hidden, reason, text, to_tree},
    light::lights,
    moved::moved,
    node::{back_to_tree, split},
    sent::Sending,
};
use crate::{
    api::AppError,
    domain::{
        change::Refusal,
        fields::Field,
        ids::{IndicatorId, NodeId},
        plan::Frame,
        results::{
            command::Subject,
            framework_form::{PEOPLE, YES, indicator_values, target_name},
            indicator::Frequency,
            scale::{Accumulation, Direction},
            value::Kind,
        },
        text::{Definition, IndicatorCode, IndicatorTitle, Reason, Unit, Verification, Wording},
    },
    i18n::{self, Locale},
    ui::{
        kit::{
            error::ErrorPage,
            input::{Choice, TextArea, TextLine},
            reply::Reply,
        },
        language::use_locale,
        results::{
            address,
            filled::Filled,
            known::Known,
            reading_form::told,
            withdrawal::{Plain, withdrawal},
            words,
        },
    },
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

/// The most characters of all lines of dimensions.
const DIMENSIONS_MAX: usize = 2_000;

#[component]
pub fn NewIndicatorPage() -> impl IntoView {
    let (locale, query) = (use_locale(), use_query_map());
    super::page(move |known, reply| {
        let node = query.with_untracked(|query| query.get("node")).and_then(|node| node.parse().ok());
        match node.filter(|node| known.now().results.framework.node(*node).is_some()) {
            Some(node) => view! { <NewIndicator locale=locale known=known node=node reply=reply/> }.into_any(),
            None => view! { <ErrorPage error=AppError::Refused(Refusal::NotFound)/> }.into_any(),
        }
    })
}

#[component]
fn NewIndicator(locale: Locale, known: Known, node: NodeId, reply: Option<Reply>) -> impl IntoView {
    let sending = Sending::leading(known, reply, back_to_tree(Some(node)));
    let title = i18n::framework::new_indicator(locale);
    let values = vec![("node".to_owned(), node.to_string())];
    let act = Act { action: address::new_indicator(node), word: "add-indicator", is_new: true };
    let form = move || indicator_form(sending, locale, &act, values.clone());
    view! {
        <Title text=i18n::frame::title(locale, title)/>
        <main id="main" tabindex="-1" class="narrow">
            {to_tree(locale)}
            <h1>{title}</h1>
            {form}
        </main>
    }
}

#[component]
pub fn IndicatorPage() -> impl IntoView {
    let (locale, params) = (use_locale(), use_params_map());
    super::page(move |known, reply| {
        let id = params.with_untracked(|params| params.get("indicator")).and_then(|id| id.parse().ok());
        match id.filter(|id| known.now().results.indicator(*id).is_some()) {
            Some(id) => view! { <EditIndicator locale=locale known=known id=id reply=reply/> }.into_any(),
            None => view! { <ErrorPage error=AppError::Refused(Refusal::NotFound)/> }.into_any(),
        }
    })
}

#[component]
fn EditIndicator(locale: Locale, known: Known, id: IndicatorId, reply: Option<Reply>) -> impl IntoView {
    let view = known.now();
    let Some(indicator) = view.results.indicator(id).cloned() else { return ().into_any() };
    let (of_light, of_form) = split(reply, "light");
    let sending = Sending::leading(known, of_form, back_to_tree(Some(indicator.node)));
    let title = i18n::framework::indicator(locale, indicator.code.as_str());
    let values = indicator_values(&indicator);
    let act = Act { action: address::indicator(id), word: "edit-indicator", is_new: false };
    let values_of_it = vec![("indicator", id.to_string())];
    let plain = Plain { action: address::indicator(id), word: "withdraw-indicator", values: values_of_it };
    let form = move || indicator_form(sending, locale, &act, values.clone());
    view! {
        <Title text=i18n::frame::title(locale, title.as_str())/>
        <main id="main" tabindex="-1" class="narrow">
            {to_tree(locale)}
            <h1>{title.clone()}</h1>
            {form}
            {moved(locale, known.line, id, indicator.scale.kind())}
            {lights(locale, known, id, of_light)}
            {withdrawal(locale, known, Subject::Indicator(id), i18n::framework::withdraw_indicator(locale), plain)}
        </main>
    }
    .into_any()
}

/// What a form does when it is sent.
#[derive(Clone)]
struct Act {
    action: String,
    word: &'static str,
    is_new: bool,
}

fn indicator_form(sending: Sending, locale: Locale, act: &Act, values: Vec<(String, String)>) -> AnyView {
    let reply = sending.reply.get();
    let values = reply.as_ref().map_or(values, |reply| reply.values.clone());
    let told = reply.as_ref().map(|reply| told(locale, reply));
    let filled = Filled { locale, prefix: "indicator".to_owned(), values, reply, live: None };
    let frame = sending.known.now().frame;
    let Act { action, word, is_new } = act.clone();
    let label = if is_new { i18n::framework::add(locale) } else { i18n::form::save(locale) };
    let why = (!is_new).then(|| {
        let why = filled.named("why", Field::Why).optional().with_hint(i18n::framework::why_hint(locale));
        view! { <TextLine input=why max=Reason::MAX/> }
    });
    // It goes only while nothing was read of it, which the server says.
    let remove = (!is_new).then(|| {
        view! {
            <button class="button" name="do" value="remove-indicator">{i18n::framework::remove(locale)}</button>
        }
    });
    view! {
        {told}
        <form class="form" method="post" action=action novalidate on:submit=move |event| sending.submit(&event)>
            {hidden(&filled, "indicator")}
            {hidden(&filled, "node")}
            {hidden(&filled, "facts_was")}
            {about(&filled)}
            {measured(&filled)}
            {goals(&filled, &frame)}
            {read(&filled, &frame)}
            {why}
            {reason(&filled)}
            <p class="actions">
                <button class="button primary" name="do" value=word>{label}</button>
                <a class="button" href=address::TREE>{i18n::form::cancel(locale)}</a>
                {remove}
            </p>
        </form>
    }
    .into_any()
}

/// What it is.
fn about(filled: &Filled) -> impl IntoView + use<> {
    let code = filled.named("code", Field::IndicatorCode).with_hint(i18n::framework::code_hint(filled.locale));
    view! {
        <TextLine input=code max=IndicatorCode::MAX/>
        {text(filled, "title", Field::Indicator, IndicatorTitle::MAX, None)}
        {text(filled, "definition", Field::Definition, Definition::MAX, Some(3))}
        <TextLine input=filled.named("unit", Field::Unit) max=Unit::MAX/>
    }
}

/// How it is measured.
fn measured(filled: &Filled) -> impl IntoView + use<> {
    let locale = filled.locale;
    let kinds = [Kind::Number, Kind::Ratio, Kind::Qualitative];
    let ways = [Accumulation::Cumulative, Accumulation::Periodic, Accumulation::Latest];
    let directions = [Direction::Increase, Direction::Decrease];
    view! {
        <div class="pair">
            {choice(filled, "kind", Field::Kind, &kinds, |kind| words::kind(locale, kind))}
            {choice(filled, "direction", Field::Direction, &directions, |it| words::direction(locale, it))}
        </div>
        {choice(filled, "accumulation", Field::Accumulation, &ways, |way| words::accumulation(locale, way))}
        {people(filled)}
    }
}

/// Whether it counts people, and what follows.
fn people(filled: &Filled) -> impl IntoView + use<> {
    let (locale, is_ticked) = (filled.locale, filled.value(PEOPLE) == YES);
    let hint = format!("{}-people-hint", filled.prefix);
    view! {
        <div class="field">
            <label class="check">
                <input type="checkbox" name=PEOPLE value=YES checked=is_ticked aria-describedby=hint.clone()/>
                <span>{i18n::framework::people(locale)}</span>
            </label>
            <p class="hint" id=hint>{i18n::framework::people_hint(locale)}</p>
        </div>
    }
}

/// From where to where it is to go.
fn goals(filled: &Filled, frame: &Frame) -> impl IntoView + use<> {
    let locale = filled.locale;
    let targets: Vec<_> = frame
        .plan
        .quarters()
        .enumerate()
        .map(|(nth, period)| {
            // What is wrong with one is told at the first.
            let field = if nth == 0 { Field::Target } else { Field::Period };
            let input = filled.input(target_name(period), field, words::quarter(locale, period)).optional();
            view! { <TextLine input=input max=Wording::MAX/> }
        })
        .collect();
    view! {
        <div class="pair">
            <TextLine input=filled.named("baseline", Field::Baseline).optional() max=Wording::MAX/>
            <TextLine input=filled.named("baseline_year", Field::BaselineYear).optional() inputmode="numeric" max=4/>
        </div>
        <fieldset class="group">
            <legend>{i18n::framework::targets(locale)}</legend>
            <p class="hint">{i18n::framework::targets_hint(locale)}</p>
            <div class="pair">{targets}</div>
        </fieldset>
    }
}

/// Who reads it, how often, from what, by what parts.
fn read(filled: &Filled, frame: &Frame) -> impl IntoView + use<> {
    let locale = filled.locale;
    let partners = frame.partners().map(|org| (org.id.to_string(), org.short_name.clone())).collect();
    let hint = i18n::framework::dimensions_hint(locale);
    let dimensions = filled.named("dimensions", Field::Dimension).optional().with_hint(hint);
    view! {
        <div class="pair">
            {choice(filled, "frequency", Field::Frequency, &Frequency::ALL, |it| words::frequency(locale, it))}
            <Choice input=filled.named("responsible", Field::Lead) options=partners/>
        </div>
        {text(filled, "verification", Field::Verification, Verification::MAX, Some(2))}
        <TextArea input=dimensions rows=2 max=DIMENSIONS_MAX/>
    }
}

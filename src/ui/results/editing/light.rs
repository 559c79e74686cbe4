//! Lights that are set by hand, for a reason.

use super::{fields::hidden, sent::Sending};
use crate::{
    api::results::ResultsView,
    domain::{
        fields::Field,
        ids::IndicatorId,
        results::{framework_form::word, light::Light},
        text::Reason,
    },
    i18n::{self, Locale},
    ui::{
        kit::{
            input::{Choice, TextLine},
            reply::Reply,
        },
        results::{address, filled::Filled, known::Known, words},
    },
};
use leptos::prelude::*;

pub fn lights(locale: Locale, known: Known, indicator: IndicatorId, reply: Option<Reply>) -> impl IntoView {
    let sending = Sending::new(known, reply);
    let set = move || set(locale, &known.shown(), indicator);
    let form = move || light_form(sending, locale, indicator);
    view! {
        <section class="group" aria-labelledby="lights" on:submit=move |event| sending.submit(&event)>
            <h2 id="lights">{i18n::framework::lights(locale)}</h2>
            <p class="quiet">{words::rule(locale)}</p>
            <ul class="lines" data-testid="lights-by-hand">{set}</ul>
            {form}
        </section>
    }
}

fn set(locale: Locale, view: &ResultsView, indicator: IndicatorId) -> Vec<AnyView> {
    let by_hand = view.results.overrides_of(indicator).iter();
    by_hand
        .map(|by_hand| {
            let (quarter, light) = (words::quarter(locale, by_hand.period), words::light(locale, by_hand.light));
            let said = i18n::framework::light_set(locale, quarter, light, by_hand.reason.as_str());
            view! { <li>{said}</li> }.into_any()
        })
        .collect()
}

fn light_form(sending: Sending, locale: Locale, indicator: IndicatorId) -> impl IntoView {
    let view = sending.known.now();
    let reply = sending.reply.get();
    let own = [("indicator".to_owned(), indicator.to_string()), ("period".to_owned(), view.period.to_string())];
    let mut values = reply.as_ref().map(|reply| reply.values.clone()).unwrap_or_default();
    values.extend(own);
    let filled = Filled { locale, prefix: "light".to_owned(), values, reply, live: None };
    let quarters = view.frame.plan.quarters().map(|it| (it.to_string(), words::quarter(locale, it))).collect();
    let by_rule = (String::new(), i18n::framework::by_rule(locale).to_owned());
    let lights = Light::ALL.map(|light| (word(&light), words::light(locale, light).to_owned()));
    let lights = std::iter::once(by_rule).chain(lights).collect();
    let why = filled.input("why", Field::Reason, i18n::reading::why(locale));
    view! {
        <form class="form" method="post" action=address::indicator(indicator) novalidate>
            {hidden(&filled, "indicator")}
            <div class="pair">
                <Choice input=filled.named("period", Field::Period) options=quarters/>
                <Choice input=filled.named("light", Field::Light).optional() options=lights/>
            </div>
            <TextLine input=why.optional().with_hint(i18n::framework::light_why(locale)) max=Reason::MAX/>
            <p class="actions">
                <button class="button" name="do" value="light">{i18n::framework::set_light(locale)}</button>
            </p>
        </form>
    }
}

//! The public page: what the network is, what it plans, how far it is, and who takes part.

pub mod card;

use crate::{
    api::dashboard::read_public,
    domain::{
        accounts::Organisation,
        dashboard::{Picture, PublicView, Tally},
        plan::Objective,
    },
    i18n::{self, Locale},
    ui::{
        dashboard::{address::Measure, figures::KeyFigures, map::MapWithTable},
        data,
        kit::{day, error::ErrorBody, mark::ObjectiveMark, names},
        language::use_locale,
    },
};
use leptos::prelude::*;
use leptos_meta::{Meta, Title};

#[component]
pub fn PublicPage() -> impl IntoView {
    let locale = use_locale();
    let answer = data::fetch(|| (), |()| read_public());
    view! {
        <main id="main" tabindex="-1" class="public">
            <Transition>
                {move || Suspend::new(async move {
                    match answer.await {
                        Ok(Some(view)) => view! { <Public locale=locale view=view/> }.into_any(),
                        Ok(None) => view! {
                            <Title text=i18n::frame::product(locale)/>
                            <h1>{i18n::board::none(locale)}</h1>
                            <p>{i18n::board::none_hint(locale)}</p>
                        }.into_any(),
                        Err(error) => view! { <ErrorBody error=error/> }.into_any(),
                    }
                })}
            </Transition>
        </main>
    }
}

#[component]
fn Public(locale: Locale, view: PublicView) -> impl IntoView {
    let PublicView { network, address, picture } = view;
    let image = format!("{address}/export/network.png");
    let plan = &picture.frame.plan;
    let (from, to) = (day::full(locale, plan.starts), day::full(locale, plan.ends));
    let lead = lead(locale, &picture);
    view! {
        <Title text=network.clone()/>
        <Meta name="description" content=lead.clone()/>
        <Meta property="og:type" content="website"/>
        <Meta property="og:title" content=network.clone()/>
        <Meta property="og:description" content=lead.clone()/>
        <Meta property="og:url" content=address/>
        <Meta property="og:image" content=image/>
        <Meta property="og:image:width" content=card::WIDTH.to_string()/>
        <Meta property="og:image:height" content=card::HEIGHT.to_string()/>
        <Meta property="og:image:alt" content=lead.clone()/>
        <Meta name="twitter:card" content="summary_large_image"/>
        <header class="hero">
            <h1>{network}</h1>
            <p class="lead">{lead}</p>
            <p class="quiet">{plan.title.clone()}" · "{i18n::date::range(locale, from, to)}</p>
            <p class="actions">
                <a class="button primary" href="/board">{i18n::public::see_board(locale)}</a>
                <a class="button" href="/dashboard">{i18n::public::see_dashboard(locale)}</a>
            </p>
        </header>
        <section class="block" aria-labelledby="how-far">
            <h2 id="how-far">{i18n::public::how_far(locale)}</h2>
            <KeyFigures locale=locale view=&picture/>
        </section>
        <Plans locale=locale picture=&picture/>
        <MapWithTable locale=locale measure=Measure::Done view=&picture/>
        <Partners locale=locale picture=&picture/>
    }
}

/// What the network is, in one sentence.
fn lead(locale: Locale, picture: &Picture) -> String {
    let countries = super::dashboard::map::rows(picture).len();
    let partners = picture.frame.partners().count();
    match countries {
        0 | 1 => i18n::public::lead_alone(locale, partners),
        _ => i18n::public::lead(locale, partners, countries),
    }
}

/// The plan's objectives, each with how much of it is done.
#[component]
fn Plans<'a>(locale: Locale, picture: &'a Picture) -> impl IntoView + use<> {
    let objectives = picture.dashboard.objectives.iter();
    let lines: Vec<_> =
        objectives.filter_map(|(id, tally)| Some(objective(locale, picture.frame.objective(*id)?, *tally))).collect();
    view! {
        <section class="block" aria-labelledby="plans">
            <h2 id="plans">{i18n::public::plans(locale)}</h2>
            <ol class="objectives">{lines}</ol>
        </section>
    }
}

fn objective(locale: Locale, objective: &Objective, tally: Tally) -> AnyView {
    let href = format!("/board?objective={}", objective.code);
    let done = match tally.all {
        0 => i18n::dashboard::nothing(locale).to_owned(),
        all => i18n::dashboard::done(locale, tally.done, all),
    };
    view! {
        <li>
            <span class="code"><ObjectiveMark mark=objective.mark/>{objective.code.clone()}</span>
            <a href=href>{objective.title.clone()}</a>
            <span class="quiet">{done}</span>
        </li>
    }
    .into_any()
}

#[component]
fn Partners<'a>(locale: Locale, picture: &'a Picture) -> impl IntoView + use<> {
    let partners: Vec<_> = picture.frame.partners().map(|org| partner(locale, org)).collect();
    view! {
        <section class="block" aria-labelledby="who-title">
            <h2 id="who-title">{i18n::public::who(locale)}</h2>
            <ul class="who">{partners}</ul>
        </section>
    }
}

fn partner(locale: Locale, org: &Organisation) -> AnyView {
    let country = org.country.map(|country| names::country(locale, country));
    let place = [Some(org.city.clone()), country].into_iter().flatten().filter(|part| !part.is_empty());
    let place = place.collect::<Vec<_>>().join(", ");
    let name = match org.website.as_str() {
        "" => view! { <strong>{org.name.clone()}</strong> }.into_any(),
        website => view! { <a href=website.to_owned() rel="external noopener">{org.name.clone()}</a> }.into_any(),
    };
    view! { <li>{name}<span class="quiet">{place}</span></li> }.into_any()
}

//! How many indicators stand how: one table of counts, by objective, partner, country or quarter.

mod groupings;
mod groups;
mod table;

use self::{groupings::Groupings, table::table};
use super::{
    address::{self, By},
    quarters::Quarters,
    standing, words,
};
use crate::{
    api::results::{ResultsView, read_results},
    i18n::{self, Locale},
    ui::{board, data, frame::SiteResource, kit::error::ErrorBody, language::use_locale, line::Line, report},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

#[component]
pub fn OverviewPage() -> impl IntoView {
    let locale = use_locale();
    let site = expect_context::<SiteResource>();
    let query = use_query_map();
    let line = expect_context::<Line>();
    // Whatever others do is asked for anew; another grouping is made of the same answer.
    let asked = move || (query.with(address::read), line.results.get());
    let answer = data::fetch(asked, |(period, _)| read_results(period));
    let by = Memo::new(move |_| query.with(By::read));
    board::follow_beside(line, site);
    view! {
        <main id="main" tabindex="-1" class="results">
            <Transition>
                {move || {
                    let by = by.get();
                    Suspend::new(async move {
                        match answer.await {
                            Ok(view) => view! { <Overview locale=locale by=by view=view/> }.into_any(),
                            Err(error) => view! { <ErrorBody error=error/> }.into_any(),
                        }
                    })
                }}
            </Transition>
        </main>
    }
}

#[component]
fn Overview(locale: Locale, by: By, view: ResultsView) -> impl IntoView {
    let title = i18n::overview::title(locale);
    let plan = view.frame.plan.title.clone();
    let up_to = i18n::results::up_to(locale, words::quarter(locale, view.period));
    let about = match by {
        By::Period => i18n::overview::about_periods(locale),
        By::Objective | By::Partner | By::Country => i18n::overview::about(locale),
    };
    view! {
        <Title text=i18n::frame::title(locale, title)/>
        <div class="title-row">
            <div>
                <h1>{title}</h1>
                <p class="quiet">{plan}" · "{up_to}</p>
            </div>
            <p class="actions">
                <a class="button" href=report::address::of(view.period)>{i18n::report::link(locale)}</a>
                <a class="button" href=address::of(address::FRAMEWORK, view.period)>{i18n::results::title(locale)}</a>
            </p>
        </div>
        <Quarters
            locale=locale
            page=address::OVERVIEW
            plan=&view.frame.plan
            locks=&view.results.locks
            chosen=view.period
            by=by
        />
        <Groupings locale=locale period=view.period chosen=by/>
        <p>{about}</p>
        {table(locale, &view, by)}
        <p class="quiet rule">{words::rule(locale)}</p>
        {standing::withheld_note(locale, &view.results.framework.indicators)}
    }
}

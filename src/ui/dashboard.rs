//! The picture of the region: figures, the map with its table, countries by objectives, and what comes next.

mod address;
mod deadlines;
mod figures;
mod heat;
mod map;

use self::{
    address::Measure,
    deadlines::{Ahead, Late},
    figures::KeyFigures,
    heat::Heat,
    map::MapWithTable,
};
use crate::{
    api::dashboard::{DashboardView, read_dashboard},
    domain::results::state::Locks,
    i18n::{self, Locale},
    ui::{
        board, data,
        frame::SiteResource,
        kit::{day, error::ErrorBody},
        language::use_locale,
        line::Line,
        results::quarters::Quarters,
    },
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

#[component]
pub fn DashboardPage() -> impl IntoView {
    let locale = use_locale();
    let site = expect_context::<SiteResource>();
    let query = use_query_map();
    let line = expect_context::<Line>();
    // Whatever others do is asked for anew; another measure is shown of the same answer.
    let asked = move || (query.with(address::period), line.changed.get());
    let answer = data::fetch(asked, |(period, _)| read_dashboard(period));
    let measure = Memo::new(move |_| query.with(Measure::read));
    board::follow_beside(line, site);
    view! {
        <Title text=i18n::frame::title(locale, i18n::dashboard::title(locale))/>
        <main id="main" tabindex="-1" class="dashboard">
            <Transition>
                {move || {
                    let measure = measure.get();
                    Suspend::new(async move {
                        match answer.await {
                            Ok(Some(view)) => view! { <Dashboard locale=locale measure=measure view=view/> }.into_any(),
                            Ok(None) => view! { <h1>{i18n::board::none(locale)}</h1> }.into_any(),
                            Err(error) => view! { <ErrorBody error=error/> }.into_any(),
                        }
                    })
                }}
            </Transition>
        </main>
    }
}

#[component]
fn Dashboard(locale: Locale, measure: Measure, view: DashboardView) -> impl IntoView {
    let plan = &view.frame.plan;
    let today = day::full(locale, view.dashboard.today);
    let period = view.dashboard.period;
    // The plan itself has no quarter that is closed.
    let locks = Locks::default();
    view! {
        <div>
            <h1>{i18n::dashboard::title(locale)}</h1>
            <p class="quiet">{i18n::dashboard::about(locale, plan.title.as_str(), today)}</p>
        </div>
        <Quarters locale=locale page=address::PATH plan=plan locks=&locks chosen=period/>
        <KeyFigures locale=locale view=&view/>
        <MapWithTable locale=locale measure=measure view=&view/>
        <Heat locale=locale view=&view/>
        <div class="pair-of-lists">
            <Late locale=locale view=&view/>
            <Ahead locale=locale view=&view/>
        </div>
    }
}

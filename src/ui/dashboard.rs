//! The picture of the region: figures, the map with its table, countries by objectives, promised and done, what comes
//! next, how indicators stand, and what happened last.

pub mod address;
mod bullets;
mod deadlines;
pub mod figures;
pub mod files;
mod heat;
mod latest;
pub mod map;
mod previews;
mod spans;
mod steps;

use self::{
    address::Measure,
    bullets::Bullets,
    deadlines::{Ahead, Late},
    figures::KeyFigures,
    heat::Heat,
    latest::Latest,
    map::MapWithTable,
    previews::Previews,
    spans::Spans,
    steps::Steps,
};
use crate::{
    api::dashboard::read_dashboard,
    domain::{
        accounts::Viewer,
        dashboard::{Picture, span::Span},
        policy,
        preview::Preview,
    },
    i18n::{self, Locale},
    ui::{
        board, data,
        frame::SiteResource,
        kit::{day, error::ErrorBody},
        language::use_locale,
        line::Line,
        report,
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
    let asked = move || (query.with(address::period), query.with(address::seen_as), line.changed.get());
    let answer = data::fetch(asked, |(period, seen_as, _)| read_dashboard(period, seen_as));
    let measure = Memo::new(move |_| query.with(Measure::read));
    board::follow_beside(line, site);
    view! {
        <Title text=i18n::frame::title(locale, i18n::dashboard::title(locale))/>
        <main id="main" tabindex="-1" class="dashboard">
            <Transition>
                {move || {
                    let measure = measure.get();
                    Suspend::new(async move {
                        let viewer = site.await.map_or(Viewer::Public, |site| site.viewer);
                        match answer.await {
                            Ok(Some(view)) => view! { <Dashboard locale=locale measure=measure viewer=viewer view=view/> }.into_any(),
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
fn Dashboard(locale: Locale, measure: Measure, viewer: Viewer, view: Picture) -> impl IntoView {
    let plan = &view.frame.plan;
    let today = day::full(locale, view.dashboard.today);
    view! {
        <div>
            <h1>{i18n::dashboard::title(locale)}</h1>
            <p class="quiet">{i18n::dashboard::about(locale, plan.title.as_str(), today)}</p>
        </div>
        <Spans locale=locale measure=measure view=&view/>
        {report_of(locale, &viewer, &view)}
        <Previews locale=locale measure=measure viewer=&viewer view=&view/>
        <KeyFigures locale=locale view=&view/>
        <MapWithTable locale=locale measure=measure view=&view/>
        <Heat locale=locale view=&view/>
        <Steps locale=locale view=&view/>
        <div class="pair-of-lists">
            <Late locale=locale view=&view/>
            <Ahead locale=locale view=&view/>
        </div>
        <Bullets locale=locale view=&view/>
        <Latest locale=locale view=&view/>
    }
}

/// The way to the report of the quarter, for those who may read it.
fn report_of(locale: Locale, viewer: &Viewer, view: &Picture) -> Option<AnyView> {
    let Span::Quarter(period) = view.dashboard.span else { return None };
    let is_read = policy::can_read_report(viewer) && view.seen_as != Some(Preview::Public);
    let link = view! { <a class="button" href=report::address::of(period)>{i18n::report::of_quarter(locale)}</a> };
    is_read.then(|| view! { <p class="actions">{link}</p> }.into_any())
}

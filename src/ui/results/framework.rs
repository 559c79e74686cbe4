//! The framework's page: the tree of results as the EU's table, up to a quarter.

use super::{address, quarters::Quarters, row, standing, words};
use crate::{
    api::results::{ResultsView, read_results},
    domain::{
        accounts::Viewer,
        ids::NodeId,
        policy,
        results::tree::{Level, Numbering},
    },
    i18n::{self, Locale},
    ui::{
        board, data,
        frame::SiteResource,
        kit::{
            error::ErrorBody,
            icon::{Glyph, Icon},
        },
        language::use_locale,
        line::Line,
        report,
    },
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

#[component]
pub fn ResultsPage() -> impl IntoView {
    let locale = use_locale();
    let site = expect_context::<SiteResource>();
    let query = use_query_map();
    let line = expect_context::<Line>();
    // Whatever others do is asked for anew.
    let asked = move || (query.with(address::read), line.results.get());
    let answer = data::fetch(asked, |(period, _)| read_results(period));
    board::follow_beside(line, site);
    view! {
        <main id="main" tabindex="-1" class="results">
            <Transition>
                {move || Suspend::new(async move {
                    match (site.await, answer.await) {
                        (Ok(site), Ok(view)) => {
                            view! { <Framework locale=locale viewer=site.viewer view=view/> }.into_any()
                        }
                        (Err(error), _) | (_, Err(error)) => view! { <ErrorBody error=error/> }.into_any(),
                    }
                })}
            </Transition>
        </main>
    }
}

#[component]
fn Framework(locale: Locale, viewer: Viewer, view: ResultsView) -> impl IntoView {
    let title = i18n::results::title(locale);
    let writes = policy::can_create_items(&viewer);
    let enter = writes.then(|| {
        view! {
            <a class="button primary" href=address::of(address::READINGS, view.period)>
                <Icon glyph=Glyph::Pencil/>
                {i18n::results::enter(locale)}
            </a>
        }
    });
    let edit = policy::can_change_framework(&viewer).then(|| {
        view! { <a class="button" href=address::TREE>{i18n::framework::edit(locale)}</a> }
    });
    let plan = view.frame.plan.title.clone();
    let up_to = i18n::results::up_to(locale, words::quarter(locale, view.period));
    view! {
        <Title text=i18n::frame::title(locale, title)/>
        <div class="title-row">
            <div>
                <h1>{title}</h1>
                <p class="quiet">{plan}" · "{up_to}</p>
            </div>
            <p class="actions">
                <a class="button" href=report::address::of(view.period)>{i18n::report::link(locale)}</a>
                <a class="button" href=address::of(address::OVERVIEW, view.period)>{i18n::overview::title(locale)}</a>
                {edit}
                {enter}
            </p>
        </div>
        <Quarters
            locale=locale
            page=address::FRAMEWORK
            plan=&view.frame.plan
            locks=&view.results.locks
            chosen=view.period
        />
        {table(locale, &view)}
        <p class="quiet rule">{words::rule(locale)}</p>
        {standing::withheld_note(locale, &view.results.framework.indicators)}
    }
}

fn table(locale: Locale, view: &ResultsView) -> AnyView {
    if view.results.framework.nodes.is_empty() {
        return view! { <p>{i18n::results::empty(locale)}</p> }.into_any();
    }
    let objectives: Vec<_> = view.frame.objectives.iter().map(|objective| objective.id).collect();
    let numbers = Numbering::of(&view.results.framework, &objectives);
    let mut rows = Vec::new();
    below(locale, view, &numbers, None, &mut rows);
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=i18n::results::title(locale)>
            <table class="table framework">
                <caption class="hidden">{i18n::results::caption(locale)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{i18n::results::chain(locale)}</th>
                        <th scope="col">{i18n::results::indicator(locale)}</th>
                        <th scope="col">{i18n::results::baseline(locale)}</th>
                        <th scope="col">{i18n::results::current(locale)}</th>
                        <th scope="col">{i18n::results::targets(locale)}</th>
                        <th scope="col">{i18n::results::verification(locale)}</th>
                        <th scope="col">{i18n::results::assumptions_risks(locale)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The rows below a result, each with its own below it; outcomes in the order of their numbers.
fn below(locale: Locale, view: &ResultsView, numbers: &Numbering, parent: Option<NodeId>, rows: &mut Vec<AnyView>) {
    let mut children = view.results.framework.children(parent);
    children.sort_by_key(|node| numbers.node(node.id));
    for node in children {
        rows.push(row::result(locale, view, numbers, node));
        if node.level == Level::Output {
            rows.extend(row::activities(locale, view, node));
        }
        below(locale, view, numbers, Some(node.id), rows);
    }
}

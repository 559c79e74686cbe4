//! The activities of each output, by outcome; without a framework by objective.

use crate::{
    domain::{
        ids::NodeId,
        report::{
            Report,
            filled::{Activity, Filled, Slip},
        },
        results::{
            change::Results,
            tree::{Level, Numbering},
        },
    },
    i18n::{self, Locale},
    ui::kit::{day, names, progress, table},
};
use leptos::prelude::*;

const COLUMNS: &str = "6";

#[component]
pub fn Activities<'a>(locale: Locale, report: &'a Report, filled: &'a Filled) -> impl IntoView + use<> {
    if filled.activities.is_empty() {
        return view! { <p>{i18n::report::no_activity(locale)}</p> }.into_any();
    }
    let groups = match &filled.results {
        Some(results) if !results.framework.nodes.is_empty() => by_output(locale, report, filled, results),
        _ => by_objective(locale, report, filled),
    };
    let heads = [
        i18n::report::number(locale),
        i18n::report::activity(locale),
        i18n::item::status(locale),
        i18n::item::due(locale),
        i18n::report::slip(locale),
        i18n::report::result(locale),
    ];
    view! {
        <p class="quiet">{i18n::report::activities_caption(locale)}</p>
        <div class="scroll" tabindex="0" role="region" aria-label=i18n::report::activities(locale)>
            <table class="table report-table report-activities">
                <caption class="hidden">{i18n::report::activities(locale)}</caption>
                {table::heads(heads)}
                {groups}
            </table>
        </div>
    }
    .into_any()
}

fn by_output(locale: Locale, report: &Report, filled: &Filled, results: &Results) -> Vec<AnyView> {
    let objectives: Vec<_> = report.frame.objectives.iter().map(|objective| objective.id).collect();
    let numbers = Numbering::of(&results.framework, &objectives);
    let name = |id: NodeId, title: &str| {
        let code = numbers.node(id).map(|code| code.to_string()).unwrap_or_default();
        format!("{code} {title}")
    };
    let mut outcomes: Vec<_> = results.framework.nodes.iter().filter(|node| node.level == Level::Outcome).collect();
    outcomes.sort_by_key(|node| numbers.node(node.id));
    let mut groups = Vec::new();
    for outcome in outcomes {
        groups.push(head(name(outcome.id, &outcome.title.body), "outcome"));
        for output in results.framework.children(Some(outcome.id)) {
            let own = filled.activities.iter().filter(|activity| activity.output == Some(output.id));
            groups.push(group(locale, report, name(output.id, &output.title.body), own));
        }
    }
    let free: Vec<_> = filled.activities.iter().filter(|activity| activity.output.is_none()).collect();
    if !free.is_empty() {
        groups.push(group(locale, report, i18n::report::of_no_output(locale).to_owned(), free));
    }
    groups
}

fn by_objective(locale: Locale, report: &Report, filled: &Filled) -> Vec<AnyView> {
    let groups = report.frame.objectives.iter().map(|objective| {
        let own = filled.activities.iter().filter(|activity| activity.objective == objective.id);
        group(locale, report, format!("{} {}", objective.code, objective.title), own)
    });
    groups.collect()
}

/// A line over those of a group.
fn head(name: String, class: &'static str) -> AnyView {
    view! { <tbody class=class><tr><th scope="rowgroup" colspan=COLUMNS>{name}</th></tr></tbody> }.into_any()
}

fn group<'a>(
    locale: Locale,
    report: &Report,
    name: String,
    activities: impl IntoIterator<Item = &'a Activity>,
) -> AnyView {
    let mut rows: Vec<_> = activities.into_iter().map(|activity| row(locale, report, activity)).collect();
    if rows.is_empty() {
        let nothing = i18n::report::no_activity(locale);
        rows.push(view! { <tr><td class="quiet" colspan=COLUMNS>{nothing}</td></tr> }.into_any());
    }
    view! {
        <tbody class="output">
            <tr><th scope="rowgroup" colspan=COLUMNS>{name}</th></tr>
            {rows}
        </tbody>
    }
    .into_any()
}

fn row(locale: Locale, report: &Report, activity: &Activity) -> AnyView {
    let status = report.frame.status(activity.status).map(|status| names::status(locale, status));
    let due = activity.due.map_or_else(|| i18n::item::no_day(locale).to_owned(), |due| day::full(locale, due));
    let slip = activity.slip.map(|slip| match slip {
        Slip::Late(days) => i18n::due::late(locale, days),
        Slip::DoneLate(days) => i18n::report::done_late(locale, days),
    });
    let class = matches!(activity.slip, Some(Slip::Late(_))).then_some("late");
    view! {
        <tr>
            <td><span class="code">{activity.code.map(|code| code.to_string())}</span></td>
            <td>
                <a href=format!("/board/items/{}", activity.number)>
                    {format!("#{} {}", activity.number, activity.title)}
                </a>
            </td>
            <td>{status}</td>
            <td>{due}</td>
            <td class=class>{slip}</td>
            <td>{activity.measure.as_ref().map(|measure| progress::words(locale, measure))}</td>
        </tr>
    }
    .into_any()
}

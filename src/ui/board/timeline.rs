//! The board as a timeline: a bar an item over the quarters of the plan, by objective.

mod bar;

use self::bar::ItemBar;
use super::{
    BoardState, table,
    views::{self, Rest},
};
use crate::{
    domain::{filter::View, ids::ItemId, policy, timeline::Timeline},
    i18n::{self, Locale},
    ui::{kit::mark::ObjectiveMark, line::Line},
};
use leptos::prelude::*;

#[component]
pub fn ItemTimeline(locale: Locale, line: Line, board: BoardState) -> impl IntoView {
    let rows = views::rows(board, View::Timeline);
    let plan = board.frame.with_value(|frame| frame.plan.clone());
    let timeline = Timeline::of(&plan);
    let quarters: Vec<_> = plan
        .quarters()
        .map(|quarter| view! { <li>{i18n::dashboard::quarter(locale, quarter.number(), quarter.year())}</li> })
        .collect();
    let can_change = board.viewer.with_value(policy::can_create_items);
    view! {
        {move || (can_change && board.awake.get()).then(|| view! { <p class="quiet">{i18n::views::keys(locale)}</p> })}
        <div class="scroll" tabindex="0" role="region" aria-label=i18n::views::timeline(locale)>
            <table class="table item-timeline">
                <thead>
                    <tr>
                        <th scope="col">{i18n::form::title(locale)}</th>
                        <th scope="col"><ol class="timeline-quarters">{quarters}</ol></th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || rows.get() key=|id| *id children=move |id| view! {
                        <Row locale=locale line=line board=board timeline=timeline id=id/>
                    }/>
                </tbody>
            </table>
        </div>
        <ul class="in-row legend">
            {legend(locale)}
        </ul>
        <Rest locale=locale board=board/>
    }
}

/// What bars look like, told without their colours, too.
fn legend(locale: Locale) -> Vec<AnyView> {
    let kinds = [
        ("work open", i18n::views::open(locale)),
        ("work late", i18n::views::late(locale)),
        ("work done", i18n::views::done(locale)),
    ];
    let entry = |(class, words): (&'static str, &'static str)| {
        view! {
            <li>
                <svg class="timeline-key" viewBox="0 0 24 16" aria-hidden="true">
                    <g class=class><rect x="1" y="2" width="22" height="12"></rect>{bar::sign(class, 1, 22)}</g>
                </svg>
                {words}
            </li>
        }
        .into_any()
    };
    kinds.map(entry).into()
}

#[component]
fn Row(locale: Locale, line: Line, board: BoardState, timeline: Timeline, id: ItemId) -> impl IntoView {
    let card = views::follow(board, id);
    let head = move || {
        card.get().map(|card| {
            let objective = board.frame.with_value(|frame| frame.objective(card.facts.objective).cloned());
            let draft = (!card.published).then(|| view! { <span class="tag">{i18n::card::draft(locale)}</span> });
            view! {
                {objective.map(|objective| view! {
                    <ObjectiveMark mark=objective.mark/>
                    <span class="quiet">{objective.code}" "</span>
                })}
                <span class="number">{(card.number > 0).then(|| format!("#{} ", card.number))}</span>
                {table::link(&card)}
                {draft}
            }
        })
    };
    view! {
        <tr data-row=id.to_string()>
            <th scope="row">{head}</th>
            <td><ItemBar locale=locale line=line board=board timeline=timeline card=card/></td>
        </tr>
    }
}

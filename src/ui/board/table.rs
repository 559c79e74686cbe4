//! The board as a table: a row an item.

use super::{
    BoardState,
    views::{self, Rest},
};
use crate::{
    domain::{
        board::Card,
        day::{Day, Deadline},
        filter::View,
        ids::{ItemId, OrgId},
        plan::Frame,
    },
    i18n::{self, Locale},
    ui::kit::{day, mark::ObjectiveMark, names, progress, table},
};
use leptos::prelude::*;

#[component]
pub fn ItemTable(locale: Locale, board: BoardState) -> impl IntoView {
    let rows = views::rows(board, View::Table);
    let heads = [
        i18n::views::number(locale),
        i18n::form::title(locale),
        i18n::item::objective(locale),
        i18n::item::lead(locale),
        i18n::item::co_partners(locale),
        i18n::item::status(locale),
        i18n::item::due(locale),
        i18n::views::progress(locale),
    ];
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=i18n::views::table(locale)>
            <table class="table item-table">
                {table::heads(heads)}
                <tbody>
                    <For each=move || rows.get() key=|id| *id children=move |id| view! { <Row locale=locale board=board id=id/> }/>
                </tbody>
            </table>
        </div>
        <Rest locale=locale board=board/>
    }
}

#[component]
fn Row(locale: Locale, board: BoardState, id: ItemId) -> impl IntoView {
    let card = views::follow(board, id);
    let cells = move || card.get().map(|card| board.frame.with_value(|frame| cells(locale, frame, &card, board.today)));
    view! { <tr data-row=id.to_string()>{cells}</tr> }
}

fn cells(locale: Locale, frame: &Frame, card: &Card, today: Day) -> impl IntoView + use<> {
    let facts = &card.facts;
    let objective = frame.objective(facts.objective).map(|objective| {
        view! { <ObjectiveMark mark=objective.mark/>{objective.code.clone()} }
    });
    let short_name = |id: &OrgId| frame.organisation(*id).map(|org| org.short_name.clone()).unwrap_or_default();
    let co_partners: Vec<_> = facts.co_partners.iter().map(short_name).collect();
    let status = frame.status(card.status).map(|status| names::status(locale, status));
    let note = facts.due.and_then(|due| Deadline::of(due, today, frame.is_done(card.status)));
    let late = matches!(note, Some(Deadline::Late(_))).then_some("late");
    let note = note.map(|note| view! { <span class="small">{day::deadline(locale, note)}</span> });
    let measured = facts.measure.as_ref().map(|measure| progress::words(locale, measure));
    let draft = (!card.published).then(|| view! { <span class="tag">{i18n::card::draft(locale)}</span> });
    view! {
        <td class="number">{(card.number > 0).then(|| format!("#{}", card.number))}</td>
        <th scope="row">{link(card)}{draft}</th>
        <td>{objective}</td>
        <td>{short_name(&facts.lead)}</td>
        <td class="co-partners">{co_partners.join(", ")}</td>
        <td>{status}</td>
        <td class=late>{facts.due.map(|due| day::full(locale, due))}{note}</td>
        <td class="measured">{measured}</td>
    }
}

/// The title, which leads to the item's page as soon as there is one.
pub fn link(card: &Card) -> impl IntoView + use<> {
    let href = (card.number > 0).then(|| format!("/board/items/{}", card.number));
    view! { <a class="item-link" href=href>{card.title.clone()}</a> }
}

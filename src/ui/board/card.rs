//! A card: what an item is, at a glance. One height for all, so that a column knows where each stands.

use super::{
    BoardState,
    hold::{Place, room_made},
    state::ColumnState,
};
use crate::{
    domain::{
        board::Card,
        day::{Day, Deadline},
        ids::ItemId,
        plan::Frame,
    },
    i18n::{self, Locale},
    ui::{
        browser,
        kit::{
            day::DueNote,
            icon::{Glyph, Icon},
            mark::ObjectiveMark,
            partner::PartnerMarks,
            progress::ProgressBar,
        },
    },
};
use leptos::prelude::*;
use std::sync::Arc;

/// A card in its column. Only what changed of it is drawn anew.
#[component]
pub fn ItemRow(
    locale: Locale,
    board: BoardState,
    column: ColumnState,
    /// Among those that are drawn.
    index: ReadSignal<usize>,
    id: ItemId,
) -> impl IntoView {
    let place = move || Place { column: column.at, index: index.get() + column.drawn.get().start };
    let held = move || board.hold.get().held();
    let is_held = move || held().is_some_and(|held| held.item == id);
    let made = move || held().filter(|held| held.item != id).map_or(0, |held| room_made(&held, place()));
    let (is_up, is_down) = (move || made() < 0, move || made() > 0);
    let glow = move || board.glow.with(|glow| glow.as_ref().filter(|glow| glow.0 == id).map(|glow| glow.1.clone()));
    let glows = move || glow().is_some();
    let card = move || board.card(id).map(|card| view! { <ItemCard locale=locale board=board card=card/> });
    Effect::new(move || {
        if board.focus.get() == Some(id) && browser::focus(&format!("[data-item=\"{id}\"] a")) {
            board.focus.set(None);
            column.stop.set(Some(id));
        }
    });
    view! {
        <li
            data-item=id.to_string()
            class:held=is_held
            class:up=is_up
            class:down=is_down
            class:glow=glows
            aria-setsize=move || column.ids.with(|ids| ids.len()).to_string()
            aria-posinset=move || (place().index + 1).to_string()
            on:focusin=move |_| column.stop.set(Some(id))
        >
            {card}
            {move || glow().map(|by| view! { <span class="glow-mark" aria-hidden="true">{by}</span> })}
        </li>
    }
}

#[component]
fn ItemCard(locale: Locale, board: BoardState, card: Arc<Card>) -> impl IntoView {
    let frame = board.frame.get_value();
    let (id, number) = (card.id, card.number);
    let address = format!("/board/items/{number}");
    let movable = board.can_move(&card);
    let move_button = movable.then(|| {
        let label = i18n::card::move_item(locale, &card.title);
        view! {
            <button
                class="card-move"
                tabindex="-1"
                aria-label=label
                aria-haspopup="dialog"
                on:click=move |_| board.menu.set(Some(id))
            >
                <Icon glyph=Glyph::Move/>
            </button>
        }
    });
    let is_stop = move |column: ColumnState| column.tab_stop() == Some(id);
    let status = board.columns().into_iter().find(|column| column.status.with_value(|s| s.id == card.status));
    // Before the page listens, each card is a stop, so that the keyboard reaches all without a script.
    let tab = move || {
        let column = status.filter(|_| board.awake.get())?;
        Some(if is_stop(column) { "0" } else { "-1" })
    };
    view! {
        <article class="card" class:movable=movable data-testid=format!("item-{number}")>
            {top(locale, &frame, &card)}
            <h3><a href=address draggable="false" tabindex=tab title=card.title.clone()>{card.title.clone()}</a></h3>
            {card.facts.measure.as_ref().map(|measure| view! { <ProgressBar locale=locale measure=measure/> })}
            <div class="card-foot">
                <PartnerMarks locale=locale frame=&frame facts=&card.facts/>
                {due(locale, &frame, &card, board.today)}
            </div>
            {move_button}
        </article>
    }
}

fn top(locale: Locale, frame: &Frame, card: &Card) -> impl IntoView + use<> {
    let objective = frame.objective(card.facts.objective).map(|objective| {
        view! {
            <span class="objective" title=objective.title.clone()>
                <ObjectiveMark mark=objective.mark/>
                {objective.code.clone()}
            </span>
        }
    });
    let draft = (!card.published).then(|| view! { <span class="tag">{i18n::card::draft(locale)}</span> });
    view! { <p class="card-top">{objective}{draft}<span class="number">"#"{card.number}</span></p> }
}

fn due(locale: Locale, frame: &Frame, card: &Card, today: Day) -> Option<impl IntoView + use<>> {
    let due = card.facts.due?;
    let note = Deadline::of(due, today, frame.is_done(card.status))?;
    Some(view! { <DueNote locale=locale due=due note=note/> })
}

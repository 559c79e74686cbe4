//! A card: what an item is, at a glance. One height for all, so that a column knows where each stands.

use super::{BoardState, hold::room_made, state::ColumnState};
use crate::{
    domain::{
        board::Card,
        day::{Day, Deadline},
        ids::ItemId,
        plan::Frame,
    },
    i18n::{self, Locale},
    ui::kit::{
        day::DueNote,
        icon::{Glyph, Icon},
        mark::ObjectiveMark,
        partner::PartnerMarks,
        progress::ProgressBar,
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
    let place = move || column.place_of(index.get());
    let is_far = move || column.drawn.with(|drawn| drawn.far == Some(place().index));
    let held = move || board.hold.get().held();
    let is_held = move || held().is_some_and(|held| held.item == id);
    let made = move || held().filter(|held| held.item != id).map_or(0, |held| room_made(&held, place()));
    let (is_up, is_down) = (move || made() < 0, move || made() > 0);
    let overtaken = move || board.overtaken.with(|overtaken| overtaken.get(&id).cloned());
    let glow = move || board.glow.with(|glow| glow.get(&id).map(|glow| glow.0.clone()));
    let glows = move || glow().is_some();
    // A card that has just left is drawn as it was until its row goes, too.
    let card =
        Memo::new(move |before: Option<&Option<Arc<Card>>>| board.card(id).or_else(|| before.cloned().flatten()));
    let card = board.peek(id).map(|first| view! { <ItemCard locale=locale board=board first=first card=card/> });
    view! {
        <li
            data-item=id.to_string()
            class:held=is_held
            class:far=is_far
            class:up=is_up
            class:down=is_down
            class:glow=glows
            aria-setsize=move || column.ids.with(|ids| ids.len()).to_string()
            aria-posinset=move || (place().index + 1).to_string()
            on:focusin=move |_| column.stop.set(Some(id))
        >
            {card}
            {move || overtaken().map(|words| view! { <p class="card-overtaken" data-testid="overtaken">{words}</p> })}
            {move || glow().map(|by| view! { <span class="glow-mark" aria-hidden="true">{by}</span> })}
        </li>
    }
}

/// Its parts follow the card one by one; the link stays, and with it the focus.
#[component]
fn ItemCard(locale: Locale, board: BoardState, first: Arc<Card>, card: Memo<Option<Arc<Card>>>) -> impl IntoView {
    let id = first.id;
    let now = move || card.get().unwrap_or_else(|| first.clone());
    let now = StoredValue::new(now);
    let now = move || now.with_value(|now| now());
    // A new item has no number, and so no page, until the server has answered.
    let number = Memo::new(move |_| now().number);
    let address =
        move || Some(number.get()).filter(|number| *number > 0).map(|number| format!("/board/items/{number}"));
    let title = Memo::new(move |_| now().title.clone());
    let movable = Memo::new(move |_| board.can_move(&now()));
    let move_button =
        move || movable.get().then(|| view! { <MoveButton locale=locale board=board id=id title=title/> });
    // Before the page listens, each card is a stop, so that the keyboard reaches all without a script.
    let tab = move || {
        let status = now().status;
        let column = board.columns().into_iter().find(|column| column.status.with_value(|other| other.id == status));
        let column = column.filter(|_| board.awake.get())?;
        Some(if column.tab_stop() == Some(id) { "0" } else { "-1" })
    };
    let frame = board.frame;
    let top = move || frame.with_value(|frame| top(locale, frame, &now()));
    let progress =
        move || now().facts.measure.as_ref().map(|measure| view! { <ProgressBar locale=locale measure=measure/> });
    let foot = move || frame.with_value(|frame| foot(locale, frame, &now(), board.today));
    view! {
        <article class="card" class:movable=movable data-testid=move || format!("item-{}", number.get())>
            {top}
            <h3><a href=address draggable="false" tabindex=tab title=title>{title}</a></h3>
            {progress}
            {foot}
            {move_button}
        </article>
    }
}

#[component]
fn MoveButton(locale: Locale, board: BoardState, id: ItemId, title: Memo<String>) -> impl IntoView {
    view! {
        <button
            class="card-move"
            tabindex="-1"
            aria-label=move || i18n::card::move_item(locale, title.get())
            aria-haspopup="dialog"
            on:click=move |_| board.menu.set(Some(id))
        >
            <Icon glyph=Glyph::Move/>
        </button>
    }
}

fn top(locale: Locale, frame: &Frame, card: &Card) -> impl IntoView + use<> {
    let objective = frame.objective(card.facts.objective).map(|objective| {
        view! {
            <span class="objective" title=objective.title.clone()>
                <ObjectiveMark mark=objective.mark/>
                {objective.code.clone()}
                <span class="hidden">{objective.title.clone()}</span>
            </span>
        }
    });
    let draft = (!card.published).then(|| view! { <span class="tag">{i18n::card::draft(locale)}</span> });
    let number = match card.number {
        0 => i18n::card::new(locale).to_owned(),
        number => format!("#{number}"),
    };
    view! { <p class="card-top">{objective}{draft}<span class="number">{number}</span></p> }
}

fn foot(locale: Locale, frame: &Frame, card: &Card, today: Day) -> impl IntoView + use<> {
    let due = card.facts.due.and_then(|due| {
        let note = Deadline::of(due, today, frame.is_done(card.status))?;
        Some(view! { <DueNote locale=locale due=due note=note/> })
    });
    view! {
        <div class="card-foot">
            <PartnerMarks locale=locale frame=frame facts=&card.facts/>
            {due}
        </div>
    }
}

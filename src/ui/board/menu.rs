//! "Move to…" without dragging: a small dialog with the statuses, two taps on a phone.

use super::{BoardState, moves};
use crate::{
    i18n::{self, Locale},
    ui::{
        browser,
        kit::{
            icon::{Glyph, Icon},
            names,
        },
        line::Line,
    },
};
use leptos::{html, prelude::*};

#[component]
pub fn MoveMenu(locale: Locale, line: Line, board: BoardState) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        if board.menu.get().is_some() { browser::open_dialog(&dialog) } else { browser::close_dialog(&dialog) }
    });
    let card = move || board.menu.get().and_then(|item| board.peek(item));
    let choose = move |column: usize| {
        if let Some(item) = board.menu.get_untracked() {
            board.menu.set(None);
            moves::move_to(line, board, item, column);
            board.want_focus(item);
        }
    };
    let choices = move || {
        let card = card()?;
        let choices: Vec<_> = board
            .columns()
            .into_iter()
            .map(|column| {
                let (name, here) =
                    column.status.with_value(|status| (names::status(locale, status), status.id == card.status));
                view! {
                    <li>
                        <button disabled=here on:click=move |_| choose(column.at)>
                            {name}
                            {here.then(|| view! { <Icon glyph=Glyph::Check/> })}
                        </button>
                    </li>
                }
            })
            .collect();
        Some(view! {
            <h2 id="move-menu">{i18n::card::move_to(locale)}</h2>
            <p class="quiet">{card.title.clone()}</p>
            <ul class="choices">{choices}</ul>
            <button class="button" on:click=move |_| board.menu.set(None)>{i18n::form::cancel(locale)}</button>
        })
    };
    view! {
        <dialog
            class="sheet"
            aria-labelledby="move-menu"
            node_ref=dialog
            on:close=move |_| board.menu.set(None)
            on:click=move |event| {
                if browser::is_backdrop(&event) {
                    board.menu.set(None);
                }
            }
        >
            <div class="sheet-body">{choices}</div>
        </dialog>
    }
}

//! A card: what an item is, at a glance.

use crate::{
    domain::{
        board::{BoardView, Card},
        day::Deadline,
    },
    i18n::{self, Locale},
    ui::kit::{day::DueNote, mark::ObjectiveMark, partner::PartnerMarks, progress::ProgressBar},
};
use leptos::prelude::*;

#[component]
pub fn ItemCard<'a>(locale: Locale, board: &'a BoardView, card: &'a Card) -> impl IntoView + use<> {
    let frame = &board.frame;
    let objective = frame.objective(card.facts.objective).map(|objective| {
        view! {
            <span class="objective" title=objective.title.clone()>
                <ObjectiveMark mark=objective.mark/>
                {objective.code.clone()}
            </span>
        }
    });
    let draft = (!card.published).then(|| view! { <span class="tag">{i18n::card::draft(locale)}</span> });
    let due = card.facts.due.and_then(|due| {
        let note = Deadline::of(due, board.today, frame.is_done(card.status))?;
        Some(view! { <DueNote locale=locale due=due note=note/> })
    });
    let progress = card.facts.measure.as_ref().map(|measure| view! { <ProgressBar locale=locale measure=measure/> });
    let number = card.number;
    view! {
        <li>
            <article class="card" data-testid=format!("item-{number}")>
                <p class="card-top">
                    {objective}
                    {draft}
                    <span class="number">"#"{number}</span>
                </p>
                <h3><a href=format!("/board/items/{number}")>{card.title.clone()}</a></h3>
                {progress}
                <div class="card-foot">
                    <PartnerMarks locale=locale frame=frame facts=&card.facts/>
                    {due}
                </div>
            </article>
        </li>
    }
}

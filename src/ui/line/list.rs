//! The list behind the connection mark: what waits for the server and can be taken back, and what was refused.

mod kept;

use self::kept::{kept, resolve};
use super::Line;
use crate::{
    domain::{change::Command, items::ItemCommand, outbox::Job, results::command::ResultsCommand},
    i18n::{self, Locale},
    ui::{
        browser,
        items::{Contest, MergeDialog},
        kit::names,
    },
};
use leptos::{html, prelude::*};

#[component]
pub fn WaitingList(locale: Locale, line: Line, open: RwSignal<bool>) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        if open.get() {
            browser::open_dialog(&dialog);
            // Its first button takes something back; nobody shall press that by accident.
            browser::focus("#waiting-heading");
        } else {
            browser::close_dialog(&dialog);
        }
    });
    // A refused text whose two versions are being compared.
    let compared = RwSignal::new(None::<Contest>);
    let jobs = move || {
        line.outbox.with(|outbox| {
            let jobs: Vec<_> = outbox.jobs().map(|job| waiting(locale, line, job)).collect();
            (!jobs.is_empty()).then(|| view! { <ul class="waiting-list">{jobs}</ul> })
        })
    };
    let refused = move || {
        line.outbox.with(|outbox| {
            let all: Vec<_> = outbox.refused().iter().map(|refused| kept(locale, line, refused, compared)).collect();
            (!all.is_empty())
                .then(|| view! { <h3>{i18n::waiting::refused(locale)}</h3> <ul class="waiting-list">{all}</ul> })
        })
    };
    let nothing = move || line.outbox.with(crate::domain::outbox::Outbox::is_empty);
    let choose = move |text: String| {
        if let Some(contest) = compared.get_untracked()
            && resolve(line, &contest, &text)
        {
            compared.set(None);
        }
    };
    view! {
        <dialog
            class="sheet"
            aria-labelledby="waiting-heading"
            node_ref=dialog
            data-testid="waiting-list"
            on:close=move |_| {
                open.try_set(false);
            }
            on:click=move |event| {
                if browser::is_backdrop(&event) {
                    open.set(false);
                }
            }
        >
            <div class="sheet-body">
                <h2 id="waiting-heading" tabindex="-1">{i18n::waiting::title(locale)}</h2>
                {move || nothing().then(|| view! { <p>{i18n::waiting::nothing(locale)}</p> })}
                {jobs}
                {refused}
                <button class="button" on:click=move |_| open.set(false)>{i18n::frame::close(locale)}</button>
            </div>
        </dialog>
        <MergeDialog locale=locale contest=compared choose=choose later=move || compared.set(None)/>
    }
}

/// What a command does, in words.
fn words(locale: Locale, line: Line, job: &Job) -> String {
    let command = match &job.command {
        Command::Item(command) => command,
        Command::Results(ResultsCommand::Withdraw { .. }) => return i18n::waiting::withdraw_results(locale).to_owned(),
        Command::Results(_) => return i18n::waiting::results(locale).to_owned(),
    };
    let known = line.board.get_untracked().and_then(|board| board.peek(command.item()));
    let title = match command {
        ItemCommand::Create { title, .. } => title.as_str().to_owned(),
        _ => known.map_or_else(|| i18n::waiting::an_item(locale).to_owned(), |card| card.title.clone()),
    };
    let status = |to| {
        let board = line.board.get_untracked()?;
        board.frame.with_value(|frame| frame.status(to).map(|status| names::status(locale, status)))
    };
    match command {
        ItemCommand::Create { .. } => i18n::waiting::create(locale, title),
        ItemCommand::Edit { .. } => i18n::waiting::edit(locale, title),
        ItemCommand::Move { to, .. } => i18n::waiting::a_move(locale, title, status(*to).unwrap_or_default()),
        ItemCommand::Publish { .. } => i18n::waiting::publish(locale, title),
        ItemCommand::Hide { .. } => i18n::waiting::hide(locale, title),
        ItemCommand::Archive { .. } => i18n::waiting::archive(locale, title),
        ItemCommand::Restore { .. } => i18n::waiting::restore(locale, title),
        ItemCommand::Withdraw { .. } => i18n::waiting::withdraw_texts(locale, title),
    }
}

fn waiting(locale: Locale, line: Line, job: &Job) -> impl IntoView + use<> {
    let op = job.op;
    let sent = job.sent.then(|| view! { <p class="quiet">{i18n::waiting::sent(locale)}</p> });
    view! {
        <li>
            <p>{words(locale, line, job)}</p>
            {sent}
            <button class="button" on:click=move |_| line.withdraw(op)>{i18n::waiting::withdraw(locale)}</button>
        </li>
    }
}

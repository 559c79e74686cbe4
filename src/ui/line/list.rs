//! The list behind the connection mark: what waits for the server and can be taken back, and texts that were refused,
//! kept until their author has let them go.

use super::Line;
use crate::{
    api::AppError,
    domain::{
        change::{Command, Refusal},
        fields::Field,
        items::{Edit, ItemCommand},
        outbox::{Job, Refused},
        text::{Description, TextEdit, Title},
    },
    i18n::{self, Locale},
    ui::{
        browser,
        items::{Contest, MergeDialog},
        kit::{error, names},
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

fn kept(locale: Locale, line: Line, refused: &Refused, compared: RwSignal<Option<Contest>>) -> impl IntoView + use<> {
    let (op, gone) = (refused.job.op, refused.clone());
    let (what, _) = error::words(locale, &AppError::Refused(refused.why.clone()));
    let texts = texts(&refused.job);
    let contest = match &refused.why {
        Refusal::Conflict { field, theirs, base } => {
            let mine = texts.iter().find(|text| text.0 == *field).map(|text| text.1.clone()).unwrap_or_default();
            Some(Contest { op, field: *field, theirs: theirs.clone(), base: base.clone(), mine })
        }
        _ => None,
    };
    let compare = contest.map(|contest| {
        let compare = move |_| compared.set(Some(contest.clone()));
        view! { <button class="button primary" on:click=compare>{i18n::waiting::compare(locale)}</button> }
    });
    let texts: Vec<_> = texts
        .into_iter()
        .filter(|text| !text.1.is_empty())
        .map(|(field, text)| {
            let label = names::field(locale, field);
            view! { <label class="field">{label}<textarea readonly rows="3">{text}</textarea></label> }
        })
        .collect();
    view! {
        <li>
            <p>{words(locale, line, &refused.job)}</p>
            <p class="bad">{what}</p>
            {texts}
            <p class="actions">
                {compare}
                <button class="button" on:click=move |_| line.dismiss(gone.clone())>{i18n::waiting::let_go(locale)}</button>
            </p>
        </li>
    }
}

/// What somebody wrote, by field.
fn texts(job: &Job) -> Vec<(Field, String)> {
    let command = match &job.command {
        Command::Item(command) => command,
        Command::Results(command) => return command.texts(),
    };
    let (title, description) = match command {
        ItemCommand::Create { title, description, .. } => (Some(title.as_str()), Some(description.as_str())),
        ItemCommand::Edit { edit, .. } => {
            let title = edit.title.as_ref().map(|edit| edit.body.as_str());
            (title, edit.description.as_ref().map(|edit| edit.body.as_str()))
        }
        _ => (None, None),
    };
    let fields = [(Field::Title, title), (Field::Description, description)];
    fields.into_iter().filter_map(|(field, text)| Some((field, text?.to_owned()))).collect()
}

/// The chosen text goes out, made from theirs; what was refused has served. Whether the text can be saved at all.
fn resolve(line: Line, contest: &Contest, text: &str) -> bool {
    let of_it = |refused: &&Refused| refused.is_contest(contest.op, contest.field);
    let refused = line.outbox.with_untracked(|outbox| outbox.refused().iter().find(of_it).cloned());
    let Some(refused) = refused else { return true };
    let from = contest.theirs.version;
    // What its author has confirmed already stays so.
    let (Some(item), Some(command)) = (refused.job.item(), refused.job.command.as_item()) else { return true };
    let reason = command.reason().cloned();
    let edit = match contest.field {
        Field::Title => {
            Title::parse(text).map(|body| Edit { title: Some(TextEdit { from, body }), reason, ..Edit::default() })
        }
        _ => {
            let edit = Description::parse(text).map(|body| TextEdit { from, body });
            edit.map(|edit| Edit { description: Some(edit), reason, ..Edit::default() })
        }
    };
    match edit {
        Ok(edit) if text != contest.theirs.body => {
            line.submit(Command::Item(ItemCommand::Edit { item, edit }), |_| {});
        }
        Ok(_) => {}
        Err(wrong) => {
            line.notices.tell(error::problem(line.locale(), wrong.problem));
            return false;
        }
    }
    line.dismiss(refused);
    true
}

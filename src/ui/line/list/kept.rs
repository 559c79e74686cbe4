//! Texts that were refused, kept until their author has let them go, and how a conflict in one is decided.

use super::words;
use crate::{
    api::AppError,
    domain::{
        change::{Command, Refusal},
        fields::{Field, FieldError},
        items::{Edit, ItemCommand},
        outbox::{Job, Refused},
        text::{Description, Reason, TextEdit, Title, Version},
    },
    i18n::{self, Locale},
    ui::{
        items::Contest,
        kit::{error, names},
        line::Line,
    },
};
use leptos::prelude::*;

/// What was refused and carries words: they stand here until their author lets them go.
pub fn kept(
    locale: Locale,
    line: Line,
    refused: &Refused,
    compared: RwSignal<Option<Contest>>,
) -> impl IntoView + use<> {
    let (op, gone) = (refused.job.op, refused.clone());
    let (why, _) = error::words(locale, &AppError::Refused(refused.why.clone()));
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
            <p class="bad">{why}</p>
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
pub fn resolve(line: Line, contest: &Contest, text: &str) -> bool {
    let of_it = |refused: &&Refused| refused.is_contest(contest.op, contest.field);
    let refused = line.outbox.with_untracked(|outbox| outbox.refused().iter().find(of_it).cloned());
    let Some(refused) = refused else { return true };
    match decided(&refused.job.command, contest, text) {
        Ok(Some(command)) => {
            line.submit(command, |_| {});
        }
        Ok(None) => {}
        Err(wrong) => {
            line.notices.tell(error::problem(line.locale(), wrong.problem));
            return false;
        }
    }
    line.dismiss(refused);
    true
}

/// The command that saves what was decided; nothing if their text shall stand, and that was all that was wanted.
fn decided(command: &Command, contest: &Contest, text: &str) -> Result<Option<Command>, FieldError> {
    let (field, from) = (contest.field, contest.theirs.version);
    match command {
        Command::Item(_) if text == contest.theirs.body => Ok(None),
        Command::Item(command) => {
            let edit = edit(field, from, text, command.reason().cloned())?;
            Ok(Some(Command::Item(ItemCommand::Edit { item: command.item(), edit })))
        }
        // Its numbers and other texts waited with it.
        Command::Results(command) => {
            let decided = command.with_text(field, from, text).transpose()?;
            Ok(decided.map(Command::Results))
        }
    }
}

/// What its author has confirmed already stays so.
fn edit(field: Field, from: Version, text: &str, reason: Option<Reason>) -> Result<Edit, FieldError> {
    let edit = match field {
        Field::Title => Edit { title: Some(TextEdit { from, body: Title::parse(text)? }), ..Edit::default() },
        _ => Edit { description: Some(TextEdit { from, body: Description::parse(text)? }), ..Edit::default() },
    };
    Ok(Edit { reason, ..edit })
}

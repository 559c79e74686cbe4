//! The form of an item in its dialog: saved as it is typed, and it says so.

use super::{
    actions::Actions,
    dialog::Newest,
    draft::{Draft, Saved},
    form::{FactFields, Filled, TextFields},
    reading::state_line,
};
use crate::{
    domain::{accounts::Viewer, policy},
    i18n::{self, Locale},
    ui::{
        kit::{error::ErrorNote, names},
        line::{Connection, Line},
    },
};
use leptos::prelude::*;

#[component]
pub fn Editor(locale: Locale, line: Line, newest: Newest, viewer: StoredValue<Viewer>) -> impl IntoView {
    let view = newest.view.get_untracked();
    let draft = Draft::new(line, newest);
    let filled = Filled::open(&view, viewer.with_value(policy::can_change_lead), draft.reply.into());
    Effect::new(move |before: Option<()>| {
        let view = newest.view.get();
        if before.is_some() {
            draft.rebase(view.item);
        }
    });
    Effect::new(move || {
        if let Some(error) = newest.error.get() {
            draft.refused(error);
        }
    });
    on_cleanup(move || draft.flush());
    // What stands beside the fields is drawn anew when the item is read again.
    let actions = move || {
        let (view, viewer) = (newest.view.get(), viewer.get_value());
        view! { <Actions locale=locale view=&view viewer=&viewer in_form=true/> }
    };
    let state = move || newest.view.with(|view| state_line(locale, view));
    let title = move || newest.view.with(|view| view.item.title.body.clone());
    let status = move || {
        newest.view.with(|view| view.frame.status(view.item.status).map(|status| names::status(locale, status)))
    };
    let note = move || {
        let reply =
            draft.reply.try_get().flatten().filter(|reply| reply.error.fields().is_empty() && !draft.is_contested())?;
        Some(view! { <ErrorNote error=reply.error/> })
    };
    view! {
        <header class="item-head">
            {state}
            <h1 id="item-title" class="hidden">{title}</h1>
            <p>{i18n::item::status(locale)}": "<strong>{status}</strong></p>
            <SavedMark locale=locale line=line draft=draft/>
        </header>
        {note}
        <Contest locale=locale draft=draft/>
        <div class="editor">
        <form
            class="form"
            novalidate
            node_ref=draft.form
            on:input=move |_| draft.typed()
            on:change=move |_| draft.save()
            on:submit=move |event| {
                event.prevent_default();
                draft.save();
            }
        >
            <div class="item-text"><TextFields locale=locale filled=filled.clone()/></div>
            <div class="item-side"><FactFields locale=locale filled=filled/></div>
        </form>
        {actions}
        </div>
    }
}

/// Whether what is in the form is saved.
#[component]
fn SavedMark(locale: Locale, line: Line, draft: Draft) -> impl IntoView {
    // The browser may report a last change while the dialog is being taken away, hence `try_` here and in the fields.
    let saved = move || draft.saved.try_get().unwrap_or(Saved::All);
    let words = move || match saved() {
        Saved::All => i18n::item::saved(locale),
        Saved::Typing => i18n::item::typing(locale),
        Saved::Sending if line.connection.get() == Some(Connection::Offline) => i18n::item::waiting(locale),
        Saved::Sending => i18n::item::saving(locale),
        Saved::Not => i18n::item::not_saved(locale),
    };
    let bad = move || saved() == Saved::Not;
    view! { <p class="saved" class:bad=bad role="status" data-testid="saved">{words}</p> }
}

/// Two versions of one text: theirs stands beside the field, and one of them is chosen here.
#[component]
fn Contest(locale: Locale, draft: Draft) -> impl IntoView {
    move || {
        draft.is_contested().then(|| {
            view! {
                <div class="note bad" role="alert">
                    <p>{i18n::problem::changed(locale)}</p>
                    <p class="actions">
                        <button class="button" on:click=move |_| draft.choose(true)>{i18n::item::keep_mine(locale)}</button>
                        <button class="button" on:click=move |_| draft.choose(false)>
                            {i18n::item::take_theirs(locale)}
                        </button>
                    </p>
                </div>
            }
        })
    }
}

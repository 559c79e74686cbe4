//! The form of an item in its dialog: saved as it is typed, and it says so.

use super::{
    actions::Actions,
    draft::Draft,
    form::{FactFields, Filled, ReasonField, TextFields},
    merge::MergeDialog,
    newest::Newest,
    reading::state_line,
};
use crate::{
    domain::{accounts::Viewer, policy},
    i18n::{self, Locale},
    ui::{
        browser,
        kit::{error::ErrorNote, names},
        line::{Line, SavedMark},
    },
};
use leptos::prelude::*;

#[component]
pub fn Editor(locale: Locale, line: Line, newest: Newest, viewer: StoredValue<Viewer>) -> impl IntoView {
    let view = newest.view.get_untracked();
    let draft = Draft::new(line, newest);
    let chooses_lead = viewer.with_value(policy::can_change_lead);
    let filled = Filled::new(&view.frame, draft.values(), chooses_lead, draft.reply.into());
    Effect::new(move |before: Option<()>| {
        let view = newest.view.get();
        if before.is_some() {
            let by = newest.by.get_value().and_then(|org| view.frame.organisation(org));
            let by = by.map(|org| org.short_name.clone());
            draft.rebase(view.item, by);
        }
    });
    Effect::new(move || {
        if let Some(error) = newest.error.get() {
            draft.refused(error);
        }
    });
    Effect::new(move || {
        line.outbox.track();
        draft.adopt();
        draft.contend_next();
    });
    on_cleanup(move || draft.leave());
    save_when_hidden(draft);
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
    let contest = Signal::derive(move || draft.contest.try_get().flatten().filter(|_| draft.comparing.get()));
    let put_off = move || {
        let put_off = draft.is_contested() && !draft.comparing.get();
        put_off.then(|| {
            view! {
                <div class="note bad">
                    <p>{i18n::problem::changed(locale)}</p>
                    <button class="button" on:click=move |_| draft.comparing.set(true)>
                        {i18n::waiting::compare(locale)}
                    </button>
                </div>
            }
        })
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
            <SavedMark locale=locale line=line saved=draft.saved/>
        </header>
        {note}
        {put_off}
        <Overtaken locale=locale draft=draft/>
        <MergeDialog
            locale=locale
            contest=contest
            choose=move |text: String| draft.choose(&text)
            later=move || draft.comparing.set(false)
        />
        <div class="editor">
        <form
            class="form"
            novalidate
            node_ref=draft.form
            on:input=move |_| draft.typed()
            on:change=move |event| {
                // A date field says so with every digit.
                if browser::is_date(&event) { draft.typed() } else { draft.save() }
            }
            on:submit=move |event| {
                event.prevent_default();
                draft.confirm();
            }
        >
            <div class="item-text"><TextFields locale=locale filled=filled.clone()/></div>
            <div class="item-side"><FactFields locale=locale filled=filled.clone()/></div>
            <ReasonField locale=locale filled=filled confirm=true/>
        </form>
        {actions}
        </div>
    }
}

/// Who has just changed what under the hand.
#[component]
fn Overtaken(locale: Locale, draft: Draft) -> impl IntoView {
    let words = move || {
        draft.overtaken.try_get().flatten().map(|(by, fields)| {
            let fields: Vec<&str> = fields.into_iter().map(|field| names::field(locale, field)).collect();
            i18n::item::overtaken(locale, by, fields.join(", "))
        })
    };
    view! { <p class="overtaken" role="status" data-testid="overtaken">{words}</p> }
}

/// A page that is put away may never be seen again.
fn save_when_hidden(draft: Draft) {
    Effect::new(move || {
        let hidden = leptos::ev::visibilitychange;
        let listener = window_event_listener(hidden, move |_| draft.save());
        on_cleanup(move || listener.remove());
    });
}

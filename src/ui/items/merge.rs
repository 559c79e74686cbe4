//! Two versions of one text, made from the same: both stand beside what they were made from, with the differences
//! marked, and a person decides.

use crate::{
    domain::{
        fields::Field,
        ids::OpId,
        merge::{self, Piece, PieceKind},
        text::Text,
    },
    i18n::{self, Locale},
    ui::{browser, kit::names},
};
use leptos::{ev, html, prelude::*};
use std::collections::HashMap;

/// A text in which somebody else was faster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contest {
    /// The edit that was refused.
    pub op: OpId,
    pub field: Field,
    pub theirs: Text,
    /// What both were made from; nothing if it is no longer known.
    pub base: Option<String>,
    pub mine: String,
}

/// Open as long as there is a contest; `choose` gets the text that shall stand. Escape leaves it for later.
#[component]
pub fn MergeDialog(
    locale: Locale,
    #[prop(into)] contest: Signal<Option<Contest>>,
    choose: impl Fn(String) + Clone + Send + Sync + 'static,
    later: impl Fn() + Clone + Send + Sync + 'static,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        if let (Some(dialog), true) = (dialog.get(), contest.with(Option::is_some)) {
            browser::open_dialog(&dialog);
        }
    });
    // The browser gives the focus back only from a dialog that is closed.
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            browser::close_dialog(&dialog);
        }
    };
    let drafts = RwSignal::new(HashMap::new());
    let choose = move |text: String| {
        close();
        choose(text);
    };
    let body = move || {
        let (choose, later) = (choose.clone(), later.clone());
        contest.get().map(|contest| {
            view! {
                <dialog
                    class="sheet merge"
                    aria-labelledby="merge-heading"
                    node_ref=dialog
                    data-testid="merge"
                    on:cancel=move |event: ev::Event| {
                        event.prevent_default();
                        event.stop_propagation();
                        close();
                        later();
                    }
                >
                    <Versions locale=locale contest=contest drafts=drafts choose=choose/>
                </dialog>
            }
        })
    };
    view! { {body} }
}

/// What was written in this dialog, by conflict: it stays when the decision is put off, or cannot be taken.
type Drafts = RwSignal<HashMap<(OpId, Field), String>>;

#[component]
fn Versions(
    locale: Locale,
    contest: Contest,
    drafts: Drafts,
    choose: impl Fn(String) + Clone + Send + Sync + 'static,
) -> impl IntoView {
    let Contest { op, field, theirs, base, mine } = contest;
    let base = base.unwrap_or_default();
    let proposal = merge::merge(&base, &mine, &theirs.body);
    // A title is one line.
    let proposal = if field == Field::Title { proposal.replace('\n', " ") } else { proposal };
    let draft = drafts.with_untracked(|drafts| drafts.get(&(op, field)).cloned());
    let editing = RwSignal::new(draft.is_some());
    let proposal = draft.unwrap_or(proposal);
    let own = NodeRef::<html::Textarea>::new();
    Effect::new(move || {
        if let Some(own) = own.get().filter(|_| editing.get()) {
            // What cannot have the focus is not there.
            let _ = own.focus();
        }
    });
    let (name, heading) = (names::field(locale, field), "merge-heading");
    let (keep_mine, keep_theirs) = (mine.clone(), theirs.body.clone());
    let (take, save) = (choose.clone(), choose.clone());
    view! {
        <div class="sheet-body">
            <h2 id=heading>{i18n::merge::title(locale, name)}</h2>
            <p>{i18n::merge::hint(locale)}</p>
            <div class="versions">
                <Version heading=i18n::merge::theirs(locale) pieces=merge::compare(&base, &theirs.body)/>
                <Version heading=i18n::merge::mine(locale) pieces=merge::compare(&base, &mine)/>
                <Version
                    heading=i18n::merge::base(locale)
                    pieces=vec![Piece { kind: PieceKind::Same, words: base.clone() }]
                />
            </div>
            <div class="field" hidden=move || !editing.get()>
                <label for="merged">{i18n::merge::merged(locale)}</label>
                <textarea
                    id="merged"
                    rows="8"
                    node_ref=own
                    prop:value=proposal
                    on:input=move |event| {
                        let text = event_target_value(&event);
                        drafts.update(|drafts| drop(drafts.insert((op, field), text)));
                    }
                ></textarea>
                <p class="actions">
                    <button
                        class="button primary"
                        on:click=move |_| {
                            if let Some(own) = own.get_untracked() {
                                save(own.value());
                            }
                        }
                    >
                        {i18n::merge::save(locale)}
                    </button>
                </p>
            </div>
            <p class="actions">
                <button class="button" on:click=move |_| choose(keep_mine.clone())>{i18n::merge::keep_mine(locale)}</button>
                <button class="button" on:click=move |_| take(keep_theirs.clone())>
                    {i18n::merge::keep_theirs(locale)}
                </button>
                <button class="button" on:click=move |_| editing.set(true) aria-expanded=move || editing.get().to_string()>
                    {i18n::merge::edit(locale)}
                </button>
            </p>
        </div>
    }
}

#[component]
fn Version(heading: &'static str, pieces: Vec<Piece>) -> impl IntoView {
    let pieces: Vec<_> = pieces
        .into_iter()
        .map(|piece| match piece.kind {
            PieceKind::Same => view! { <span>{piece.words}</span> }.into_any(),
            PieceKind::Added => view! { <ins>{piece.words}</ins> }.into_any(),
            PieceKind::Removed => view! { <del>{piece.words}</del> }.into_any(),
        })
        .collect();
    view! {
        <section class="version" tabindex="0" aria-label=heading>
            <h3>{heading}</h3>
            <p class="typed">{pieces}</p>
        </section>
    }
}

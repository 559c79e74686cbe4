//! The tree of the framework: results in their order, moved by keys, pointers and buttons.

use super::{
    held::{Held, row_id},
    row,
    sent::Sending,
};
use crate::{
    domain::{
        fields::Field,
        ids::NodeId,
        item_form::Values,
        results::tree::{Framework, Numbering},
    },
    i18n::{self, Locale},
    ui::{
        browser,
        kit::{
            icon::{Glyph, Icon},
            reply::Reply,
        },
        language::use_locale,
        results::{address, known::Known, reading_form::told},
    },
};
use leptos::{ev, prelude::*};
use leptos_meta::Title;

#[component]
pub fn TreePage() -> impl IntoView {
    let locale = use_locale();
    super::page(move |known, reply| view! { <Tree locale=locale known=known reply=reply/> }.into_any())
}

/// What the rows share. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Hand {
    pub locale: Locale,
    pub sending: Sending,
    pub held: RwSignal<Option<Held>>,
    /// What a screen reader says next.
    said: RwSignal<String>,
}

#[component]
fn Tree(locale: Locale, known: Known, reply: Option<Reply>) -> impl IntoView {
    let sending = Sending::new(known, reply);
    let hand = Hand { locale, sending, held: RwSignal::new(None), said: RwSignal::default() };
    let title = i18n::framework::title(locale);
    let rows = move || row::rows(hand, &known.shown());
    let told = move || sending.reply.get().map(|reply| told(locale, &reply));
    let lands_first = move || {
        hand.held
            .with(|held| held.as_ref().and_then(Held::slot).is_some_and(|s| s.parent.is_none() && s.after.is_none()))
    };
    view! {
        <Title text=i18n::frame::title(locale, title)/>
        <main id="main" tabindex="-1" class="results">
            <div class="title-row">
                <div>
                    <h1>{title}</h1>
                    <p class="quiet">{i18n::framework::about(locale)}</p>
                </div>
                <p class="actions">
                    <a class="button" href=address::FRAMEWORK>{i18n::results::title(locale)}</a>
                    <a class="button primary" href=address::NEW_NODE>
                        <Icon glyph=Glyph::Plus/>
                        {i18n::framework::add_impact(locale)}
                    </a>
                </p>
            </div>
            {told}
            <p id="tree-keys" class="quiet with-script">{i18n::framework::keys(locale)}</p>
            <ol class="tree" class:lands-first=lands_first on:submit=move |event| press(sending, &event)>{rows}</ol>
            <p class="hidden" role="status" data-testid="tree-said">{hand.said}</p>
        </main>
    }
}

/// Does what a button of a row asks for, and leaves the focus on it: the rows are drawn anew.
fn press(sending: Sending, event: &ev::SubmitEvent) {
    let (values, pressed) = (browser::target_values(event), browser::submitter(event));
    sending.submit(event);
    if let (Some((_, word)), Ok(node)) = (pressed, Values(&values).id::<NodeId>("node", Field::Parent)) {
        browser::focus_soon(format!("#{} [value={word}]", row_id(node)));
    }
}

fn focus_row(node: NodeId) {
    browser::focus_soon(format!("#{} .grip", row_id(node)));
}

impl Hand {
    fn framework(self) -> Framework {
        self.sending.known.now().results.framework
    }

    pub fn holds(self, node: NodeId) -> bool {
        self.held.with(|held| held.as_ref().is_some_and(|held| held.node == node))
    }

    /// Whether what is in hand would land right below this row.
    pub fn lands_below(self, framework: &Framework, node: NodeId) -> bool {
        self.held.with(|held| {
            let slot = held.as_ref().and_then(Held::slot);
            slot.is_some_and(|slot| framework.row_above(slot) == Some(node))
        })
    }

    pub fn key(self, node: NodeId, event: &ev::KeyboardEvent) {
        let key = event.key();
        let is_held = untrack(|| self.holds(node));
        match (key.as_str(), is_held) {
            (" " | "Enter", false) => self.lift(node),
            (" " | "Enter", true) => self.put_down(),
            ("ArrowUp", true) => self.shift(-1),
            ("ArrowDown", true) => self.shift(1),
            ("Escape", true) => self.put_back(),
            // Whoever goes elsewhere has not decided.
            ("Tab", true) => return self.put_back(),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    }

    fn lift(self, node: NodeId) {
        self.held.set(Held::lift(&self.framework(), node));
        let words = self.place();
        let words = words.map_or_else(
            || i18n::framework::one_place(self.locale).to_owned(),
            |place| i18n::framework::lifted(self.locale, self.code(node), place),
        );
        self.said.set(words);
    }

    fn shift(self, by: isize) {
        self.held.update(|held| held.iter_mut().for_each(|held| held.shift(by)));
        self.said.set(self.place().unwrap_or_default());
    }

    fn put_down(self) {
        let Some(held) = self.held.get_untracked() else { return };
        self.held.set(None);
        self.said.set(i18n::framework::dropped(self.locale, self.code(held.node)));
        if let Some(command) = held.drop() {
            self.sending.known.submit_alone(command, None);
            focus_row(held.node);
        }
    }

    fn put_back(self) {
        self.held.set(None);
        self.said.set(i18n::framework::put_back(self.locale).to_owned());
    }

    pub fn pointer_down(self, node: NodeId, event: &ev::PointerEvent) {
        let pointer = browser::pointer(event);
        if let (true, Some(grip)) = (pointer.plain, browser::target(event)) {
            browser::capture(&grip, pointer.id);
            self.held.set(Held::lift(&self.framework(), node));
        }
    }

    pub fn pointer_move(self, event: &ev::PointerEvent) {
        let pointer = browser::pointer(event);
        if pointer.up || self.held.with_untracked(Option::is_none) {
            return;
        }
        browser::auto_scroll(pointer.at);
        let framework = self.framework();
        self.held.update(|held| held.iter_mut().for_each(|held| held.follow(&framework, pointer.at.y)));
    }

    pub fn pointer_up(self) {
        if self.held.with_untracked(Option::is_some) {
            self.put_down();
        }
    }

    pub fn pointer_lost(self) {
        if self.held.with_untracked(Option::is_some) {
            self.put_back();
        }
    }

    fn code(self, node: NodeId) -> String {
        let view = self.sending.known.now();
        let objectives: Vec<_> = view.frame.objectives.iter().map(|objective| objective.id).collect();
        let code = Numbering::of(&view.results.framework, &objectives).node(node);
        code.map(|code| code.to_string()).unwrap_or_default()
    }

    /// "Place 2 of 5, below Oc 1."
    fn place(self) -> Option<String> {
        let held = self.held.get_untracked()?;
        let (n, of) = (held.at + 1, held.slots.len());
        Some(match held.slot()?.parent {
            Some(parent) => i18n::framework::place_below(self.locale, n, of, self.code(parent)),
            None => i18n::framework::place(self.locale, n, of),
        })
    }
}

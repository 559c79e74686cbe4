//! One item over the board. The server draws it as a page of its own, which a browser without scripts shows as such.

use super::{editor::Editor, newest::Newest, reading::Reading};
use crate::{
    api::{AppError, items::ItemView},
    domain::{accounts::Viewer, policy},
    i18n::{self, Locale},
    ui::{
        board, browser,
        data::{self, Data},
        foot::Foot,
        frame::SiteResource,
        head,
        kit::{
            error::ErrorBody,
            icon::{Glyph, Icon},
            reply::Reply,
        },
        language::use_locale,
        line::Line,
        offline,
    },
};
use leptos::{ev, html, prelude::*};
use leptos_meta::Title;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map},
};

/// The item that the address names, read anew when the address changes. A number that is none reads as item 0, which
/// never exists.
pub fn use_item() -> Data<Result<ItemView, AppError>> {
    let params = use_params_map();
    let number = move || params.with(|params| params.get("number").and_then(|number| number.parse().ok()).unwrap_or(0));
    let line = expect_context::<Line>();
    data::fetch(number, move |number| offline::item(line, number))
}

#[component]
pub fn ItemDialog() -> impl IntoView {
    let (locale, line) = (use_locale(), expect_context::<Line>());
    let site = expect_context::<SiteResource>();
    let item = use_item();
    let reply = Reply::current();
    let dialog = NodeRef::<html::Dialog>::new();
    // Whether the page listens: what the server drew stays until then.
    let awake = RwSignal::new(false);
    Effect::new(move || {
        if let Some(dialog) = dialog.get() {
            browser::open_dialog(&dialog);
            line.covered.set(true);
            awake.set(true);
        }
    });
    on_cleanup(move || line.covered.set(false));
    let leave = use_leave(line, dialog);
    let close = leave.clone();
    let behind = leave.clone();
    let link = leave.clone();
    let content = move || {
        let reply = reply.clone();
        Suspend::new(async move {
            match (site.await, item.await) {
                (Ok(site), Ok(view)) => {
                    view! { <Content locale=locale line=line view=view viewer=site.viewer reply=reply awake=awake/> }
                        .into_any()
                }
                (Err(error), _) | (_, Err(error)) => {
                    view! { <ErrorBody error=error heading_id="item-title"/> }.into_any()
                }
            }
        })
    };
    view! {
        <dialog
            class="item-dialog"
            open
            aria-labelledby="item-title"
            node_ref=dialog
            on:cancel=move |event: ev::Event| {
                event.prevent_default();
                leave();
            }
            on:close=move |_| {
                // Also heard when it is closed to be opened anew over the page.
                if dialog.try_get_untracked().flatten().is_some_and(|dialog| !dialog.open()) {
                    close();
                }
            }
            on:click=move |event| {
                if browser::is_backdrop(&event) {
                    behind();
                }
            }
        >
            <div class="item">
                <a
                    class="back"
                    href="/board"
                    on:click=move |event| {
                        event.prevent_default();
                        link();
                    }
                >
                    <Icon glyph=Glyph::Back/>
                    {i18n::board::back(locale)}
                </a>
                <Transition>{content}</Transition>
            </div>
            <Foot over=true/>
        </dialog>
    }
}

/// The way back to the board as it was, and to the card.
fn use_leave(line: Line, dialog: NodeRef<html::Dialog>) -> impl Fn() + Clone + Send + Sync + 'static {
    let navigate = use_navigate();
    let came_from_board = line.board.with_untracked(Option::is_some);
    let left = StoredValue::new(false);
    move || {
        // The browser tells of a closed dialog also when the page has already left it.
        if left.try_get_value() != Some(false) {
            return;
        }
        // A field that loses the focus is saved first.
        browser::blur();
        if line.wrong.get_untracked() && !browser::confirm(i18n::waiting::leave(line.locale())) {
            return;
        }
        left.set_value(true);
        if let Some(dialog) = dialog.get_untracked() {
            browser::close_dialog(&dialog);
        }
        let board = line.board.get_untracked().map(|board| board.filter.get_untracked()).unwrap_or_default();
        let navigate = navigate.clone();
        // A field that loses the focus is saved first, and what follows from that is drawn while the dialog is there.
        browser::later(0, move || {
            if came_from_board {
                return browser::back();
            }
            let options = NavigateOptions { replace: true, scroll: false, ..Default::default() };
            navigate(&board::address(&board), options);
        });
    }
}

#[component]
fn Content(
    locale: Locale,
    line: Line,
    view: ItemView,
    viewer: Viewer,
    reply: Option<Reply>,
    awake: RwSignal<bool>,
) -> impl IntoView {
    let id = view.item.id;
    let newest = Newest::new(line, view);
    let viewer = StoredValue::new(viewer);
    Effect::new(move |before: Option<()>| {
        let foreign = line.foreign.get();
        if let Some(foreign) = foreign.filter(|foreign| before.is_some() && foreign.item.is_none_or(|item| item == id))
        {
            newest.by.set_value(foreign.by);
            newest.read();
        }
    });
    on_cleanup(move || {
        if let Some(board) = line.board.try_get_untracked().flatten() {
            board.want_focus(id);
        }
    });
    // Whoever began to write goes on, whatever happens to the item: nothing typed is taken away.
    let writes = Memo::new(move |before: Option<&bool>| {
        let may = |view: &ItemView| {
            viewer.with_value(|viewer| policy::can_write_item(viewer, view.item.rights())) && !view.item.archived
        };
        before == Some(&true) || (awake.get() && newest.view.with(may))
    });
    let page_title = move || {
        let item = |view: &ItemView| format!("#{} {}", view.item.number, view.item.title.body);
        Some(i18n::frame::title(locale, newest.view.try_with(item)?))
    };
    let page_title = head::lasting_title(page_title);
    let body = move || {
        let reply = reply.clone();
        if writes.get() {
            return view! { <Editor locale=locale line=line newest=newest viewer=viewer/> }.into_any();
        }
        let read = move || {
            let (view, viewer) = (newest.view.get(), viewer.get_value());
            match newest.error.get() {
                Some(error) => view! { <ErrorBody error=error heading_id="item-title"/> }.into_any(),
                None => view! { <Reading locale=locale view=&view viewer=&viewer reply=reply.clone()/> }.into_any(),
            }
        };
        read.into_any()
    };
    view! {
        <Title text=page_title/>
        <div on:submit=move |event| newest.act(&event)>{body}</div>
    }
}

//! The board's page: title, filters, columns, and over them the item that the address names.

use super::{
    BoardState,
    address::{self, address},
    column::StatusColumn,
    drag::Drag,
    filters::Filters,
    help::Help,
    hold::{Gesture, Key},
    keys::{self, Shortcut},
    menu::MoveMenu,
    moves,
    table::ItemTable,
    timeline::ItemTimeline,
    views::Views,
};
use crate::{
    domain::{
        filter::{Filter, View},
        policy,
    },
    i18n::{self, Locale},
    ui::{
        browser, data,
        frame::SiteResource,
        head,
        kit::{
            day,
            error::ErrorBody,
            icon::{Glyph, Icon},
            names,
        },
        language::use_locale,
        line::Line,
        offline,
    },
};
use leptos::{either::Either, ev, html, prelude::*};
use leptos_meta::Title;
use leptos_router::{
    components::Outlet,
    hooks::{use_location, use_navigate, use_query_map},
};

/// Whether the address is the board's own, with no item over it.
fn use_uncovered() -> Memo<bool> {
    let path = use_location().pathname;
    Memo::new(move |_| path.get() == address::PATH)
}

/// An item's page comes without the board from the server; the board joins it once the page listens.
#[component]
pub fn BoardPage() -> impl IntoView {
    let uncovered = use_uncovered();
    let here = RwSignal::new(uncovered.get_untracked());
    Effect::new(move || here.set(true));
    view! {
        <main id="main" tabindex="-1" class:board=here class:alone=move || !here.get()>
            <Show when=move || here.get()>
                <BoardArea/>
            </Show>
            <Outlet/>
        </main>
    }
}

#[component]
fn BoardArea() -> impl IntoView {
    let (locale, line) = (use_locale(), expect_context::<Line>());
    if let Some(board) = line.board.get_untracked() {
        return Either::Left(view! { <Board locale=locale line=line board=board/> });
    }
    let site = expect_context::<SiteResource>();
    let filter = use_query_map().with_untracked(address::read);
    let asked = filter.clone();
    let board = data::fetch(|| (), move |()| offline::board(line, asked.clone()));
    Either::Right(view! {
        <Transition>
            {move || {
                let filter = filter.clone();
                Suspend::new(async move {
                    match (site.await, board.await) {
                        (Ok(site), Ok(Some(view))) => {
                            let board = line.keep(|| BoardState::new(view, site.viewer, filter));
                            view! { <Board locale=locale line=line board=board/> }.into_any()
                        }
                        (Ok(_), Ok(None)) => view! { <NoPlan locale=locale/> }.into_any(),
                        (Err(error), _) | (_, Err(error)) => view! { <ErrorBody error=error/> }.into_any(),
                    }
                })
            }}
        </Transition>
    })
}

#[component]
fn Board(locale: Locale, line: Line, board: BoardState) -> impl IntoView {
    let uncovered = use_uncovered();
    let asked = use_query_map();
    let help = RwSignal::new(false);
    Effect::new(move || {
        line.follow(board);
        board.awake.set(true);
    });
    Effect::new(move || {
        // An item's own address says nothing of the filter; the board under it stays as it was.
        if uncovered.get() && board.complete.get() {
            board.filter_by(asked.with(address::read));
        }
    });
    listen(line, board, help);
    let plan = board.frame.with_value(|frame| frame.plan.clone());
    let (from, to) = (day::full(locale, plan.starts), day::full(locale, plan.ends));
    let period = i18n::date::range(locale, from.as_str(), to.as_str());
    let title = Memo::new(move |_| match board.filter.try_with(|filter| filter.archived) {
        Some(true) => i18n::board::archive_of(locale, &plan.title),
        _ => plan.title.clone(),
    });
    let laid_out = Memo::new(move |_| board.filter.with(|filter| filter.view));
    // Said anew whenever nothing covers the board any more.
    let page_title = move || Some((uncovered.try_get()?, i18n::frame::title(locale, title.try_get()?)).1);
    view! {
        {move || uncovered.get().then(|| view! { <Title text=head::lasting_title(page_title)/> })}
        <div class="title-row">
            <div>
                <h1>{title}</h1>
                <p class="quiet">{period}</p>
            </div>
            <Views locale=locale board=board/>
            <BoardActions locale=locale board=board/>
        </div>
        <FromDevice locale=locale line=line/>
        <Filters locale=locale board=board/>
        {move || match laid_out.get() {
            View::Board => view! {
                <StatusTabs locale=locale board=board/>
                <Columns locale=locale line=line board=board/>
            }.into_any(),
            View::Table => view! { <ItemTable locale=locale board=board/> }.into_any(),
            View::Timeline => view! { <ItemTimeline locale=locale line=line board=board/> }.into_any(),
        }}
        <p class="hidden" role="status" aria-live="polite" data-testid="said">{board.said}</p>
        <MoveMenu locale=locale line=line board=board/>
        <Help locale=locale open=help/>
    }
}

/// Says from when the board is, when it does not come from the server.
#[component]
fn FromDevice(locale: Locale, line: Line) -> impl IntoView {
    move || {
        line.from_device.get().map(|at| {
            let (day, time) = browser::local_day_and_time(at);
            let day = day.map(|day| day::full(locale, day)).unwrap_or_default();
            view! { <p class="note from-device" role="status" data-testid="from-device">{i18n::offline::from(locale, day, time)}</p> }
        })
    }
}

/// What is heard on the whole page while the board is there.
fn listen(line: Line, board: BoardState, help: RwSignal<bool>) {
    Effect::new(move || {
        let navigate = use_navigate();
        let keys = window_event_listener(ev::keydown, move |event| {
            if event.key() == "Escape" && board.hold.with_untracked(|hold| hold.held().is_some()) {
                event.prevent_default();
                moves::apply(line, board, Gesture::Key(Key::Escape));
                return;
            }
            let Some(shortcut) = keys::shortcut(board, &event) else { return };
            event.prevent_default();
            match shortcut {
                Shortcut::NewItem => navigate("/board/new", Default::default()),
                Shortcut::Search => drop(browser::focus(".search input")),
                Shortcut::Filters => drop(browser::focus(".filters select") || browser::focus("#fold")),
                Shortcut::Help => help.set(true),
            }
        });
        let resize = window_event_listener(ev::resize, move |_| board.measure());
        let scroll = window_event_listener(ev::scroll, move |_| board.measure());
        on_cleanup(move || {
            keys.remove();
            resize.remove();
            scroll.remove();
        });
    });
}

#[component]
fn Columns(locale: Locale, line: Line, board: BoardState) -> impl IntoView {
    let columns = NodeRef::<html::Div>::new();
    let drag = Drag::new(line, board, columns);
    Effect::new(move || {
        if columns.get().is_some() {
            drag.listen();
            board.measure();
        }
    });
    // With no card to go to, the columns can still be scrolled by keyboard.
    let empty = move || (board.counts.get().shown == 0).then_some("0");
    let holding = move || board.hold.get().held().is_some();
    let list: Vec<_> = board
        .columns()
        .into_iter()
        .map(|column| view! { <StatusColumn locale=locale board=board column=column/> })
        .collect();
    view! {
        <div
            class="columns"
            class:holding=holding
            role="group"
            tabindex=empty
            aria-label=i18n::board::columns(locale)
            node_ref=columns
            on:pointerdown=move |event| drag.down(&event)
            on:pointermove=move |event| drag.moved(&event)
            on:pointerup=move |event| drag.up(&event)
            on:pointercancel=move |event| drag.lost(&event)
            on:lostpointercapture=move |event| drag.lost_capture(&event)
            on:click=move |event| drag.click(&event)
            on:keydown=move |event| keys::on_board(line, board, &event)
            on:scroll=move |_| board.measure()
        >
            {list}
        </div>
    }
}

/// On a phone: the way from one status to the other, with counts.
#[component]
fn StatusTabs(locale: Locale, board: BoardState) -> impl IntoView {
    let tabs: Vec<_> = board
        .columns()
        .into_iter()
        .map(|column| {
            let status = column.status.get_value();
            let shown = move || (board.awake.get() && board.shown.get() == column.at).then_some("true");
            view! {
                <a href=format!("#status-{}", status.slug) rel="external" aria-current=shown>
                    {names::status(locale, &status)}
                    <span class="count">{move || column.count.get()}</span>
                </a>
            }
        })
        .collect();
    view! { <nav class="status-tabs" aria-label=i18n::board::columns(locale)>{tabs}</nav> }
}

#[component]
fn BoardActions(locale: Locale, board: BoardState) -> impl IntoView {
    let (creates, sees_archive) =
        board.viewer.with_value(|viewer| (policy::can_create_items(viewer), policy::can_read_drafts(viewer)));
    let archive = move || {
        let filter = board.filter.get();
        let other = Filter { archived: !filter.archived, pages: Vec::new(), ..filter };
        let (glyph, label) = if other.archived {
            (Glyph::Archive, i18n::board::archive(locale))
        } else {
            (Glyph::Back, i18n::board::back(locale))
        };
        sees_archive.then(|| view! { <a class="button" href=address(&other)><Icon glyph=glyph/>{label}</a> })
    };
    let new = creates.then(|| {
        view! { <a class="button primary" href="/board/new"><Icon glyph=Glyph::Plus/>{i18n::board::new(locale)}</a> }
    });
    view! { <p class="actions">{archive}{new}</p> }
}

#[component]
fn NoPlan(locale: Locale) -> impl IntoView {
    view! {
        <Title text=i18n::frame::title(locale, i18n::board::none(locale))/>
        <div class="narrow">
            <h1>{i18n::board::none(locale)}</h1>
            <p>{i18n::board::none_hint(locale)}</p>
        </div>
    }
}

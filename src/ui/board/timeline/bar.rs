//! One bar: what it spans and in which state the item is, moved by arrow keys and by the mouse.

use crate::{
    domain::{
        board::Card,
        change::Command,
        day::Day,
        items::{Edit, ItemCommand},
        timeline::{Bar, Shift, Timeline, WHOLE},
    },
    i18n::{self, Locale},
    ui::{
        board::BoardState,
        browser,
        kit::day,
        line::{Answered, Line},
    },
};
use leptos::{ev, prelude::*, svg};
use std::sync::Arc;

/// So many days a step of the arrow keys.
const STEP: i32 = 7;

/// Within so many pixels of its end a bar is taken by it.
const EDGE: f64 = 10.0;

/// What the mouse has in hand.
#[derive(Clone, Copy)]
struct Grip {
    pointer: i32,
    from: f64,
    /// Days to a pixel.
    days: f64,
    by_end: bool,
}

/// Cheap to copy: handles, all of them.
#[derive(Clone, Copy)]
struct Hand {
    line: Line,
    board: BoardState,
    timeline: Timeline,
    card: Memo<Option<Arc<Card>>>,
    grip: StoredValue<Option<Grip>>,
    /// How far the mouse has pulled the bar by now.
    pulled: RwSignal<Option<Shift>>,
    svg: NodeRef<svg::Svg>,
}

#[component]
pub fn ItemBar(
    locale: Locale,
    line: Line,
    board: BoardState,
    timeline: Timeline,
    card: Memo<Option<Arc<Card>>>,
) -> impl IntoView {
    let (grip, pulled, svg) = (StoredValue::new(None), RwSignal::new(None), NodeRef::new());
    let hand = Hand { line, board, timeline, card, grip, pulled, svg };
    let today = timeline.at(board.today);
    let lines = board.frame.with_value(|frame| {
        frame.plan.quarters().map(|quarter| format!("M{} 0V28", timeline.at(quarter.first_day()))).collect::<String>()
    });
    let bar = Memo::new(move |_| hand.bar());
    let is_there = Memo::new(move |_| bar.get().is_some());
    view! {
        <svg class="timeline-row" viewBox=format!("0 0 {WHOLE} 28") preserveAspectRatio="none" node_ref=svg
            on:pointerdown=move |event| hand.down(&event)
            on:pointermove=move |event| hand.moved(&event)
            on:pointerup=move |event| hand.up(&event)
            on:pointercancel=move |_| hand.lost()>
            <path class="grid" d=lines></path>
            {move || is_there.get().then(|| hand.drawn(locale, bar))}
            <path class="today" d=format!("M{today} 0V28")></path>
        </svg>
    }
}

impl Hand {
    /// As it is, or as the mouse holds it.
    fn bar(self) -> Option<Bar> {
        let card = self.card.get()?;
        let facts = &card.facts;
        let pulled = self.pulled.get().and_then(|shift| self.timeline.shifted(facts, shift));
        let (start, due) = pulled.map_or((facts.start, facts.due), |(start, due)| (start, Some(due)));
        Bar::of(start, due)
    }

    fn can_change(self) -> bool {
        self.card.get().is_some_and(|card| self.board.can_move(&card))
    }

    /// Its parts follow the item one by one; the bar stays, and with it the focus.
    fn drawn(self, locale: Locale, bar: Memo<Option<Bar>>) -> impl IntoView {
        let span = Memo::new(move |_| bar.get().map(|bar| span(locale, bar)).unwrap_or_default());
        let title = Memo::new(move |_| {
            let title = self.card.get().map(|card| card.title.clone()).unwrap_or_default();
            format!("{title}: {}", span.get())
        });
        let class = Memo::new(move |_| self.card.get().map_or("work open", |card| class(self.board, &card)));
        let sides = Memo::new(move |_| bar.get().map(|bar| self.sides(bar)).unwrap_or_default());
        // Before the page listens nothing can be moved, so nothing says that it can.
        let moves = Memo::new(move |_| self.board.awake.get() && self.can_change());
        let due = move || bar.get().map(|bar| self.timeline.passed(bar.due).to_string());
        view! {
            <g class=class
                tabindex=move || moves.get().then_some("0")
                role=move || if moves.get() { "slider" } else { "img" }
                aria-label=title
                aria-valuemin=move || moves.get().then_some("0")
                aria-valuemax=move || moves.get().then(|| self.timeline.days().to_string())
                aria-valuenow=move || due().filter(|_| moves.get())
                aria-valuetext=move || moves.get().then(|| span.get())
                on:keydown=move |event| self.key(&event)
            >
                <title>{title}</title>
                <rect x=move || sides.get().0.to_string() y="5" width=move || sides.get().1.to_string() height="18"></rect>
                {move || sign(class.get(), sides.get().0, sides.get().1)}
            </g>
        }
    }

    /// Where it begins, and how wide it is; one of a day or two can still be taken.
    fn sides(self, bar: Bar) -> (i32, i32) {
        let (start, end) = (self.timeline.at(bar.start), self.timeline.after(bar.due));
        (start, (end - start).max(6))
    }

    fn key(self, event: &ev::KeyboardEvent) {
        let days = match event.key().as_str() {
            "ArrowLeft" => -STEP,
            "ArrowRight" => STEP,
            _ => return,
        };
        if event.ctrl_key() || event.alt_key() || event.meta_key() || !self.can_change() {
            return;
        }
        event.prevent_default();
        self.shift(if event.shift_key() { Shift::Due(days) } else { Shift::Whole(days) });
    }

    /// A finger scrolls; only a mouse or a pen takes a bar.
    fn down(self, event: &ev::PointerEvent) {
        let pointer = browser::pointer(event);
        let Some((svg, bar)) = self.svg.get_untracked().zip(untrack(|| self.bar())) else { return };
        if !pointer.plain || pointer.touch || !untrack(|| self.can_change()) {
            return;
        }
        let (left, width) = browser::sides(&svg);
        let place = |at: i32| left + width * f64::from(at) / f64::from(WHOLE);
        let (start, wide) = self.sides(bar);
        let (start, end) = (place(start), place(start + wide));
        if !(start - EDGE..=end + EDGE).contains(&pointer.at.x) || width <= 0.0 {
            return;
        }
        event.prevent_default();
        let by_end = pointer.at.x > end - EDGE;
        let days = f64::from(self.timeline.days()) / width;
        self.grip.set_value(Some(Grip { pointer: pointer.id, from: pointer.at.x, days, by_end }));
        browser::capture(&svg, pointer.id);
    }

    fn moved(self, event: &ev::PointerEvent) {
        let pointer = browser::pointer(event);
        let Some(grip) = self.grip.get_value().filter(|grip| grip.pointer == pointer.id) else { return };
        if pointer.up {
            return self.lost();
        }
        #[allow(clippy::cast_possible_truncation)] // a screen is not that wide
        let days = ((pointer.at.x - grip.from) * grip.days).round() as i32;
        self.pulled.set(Some(if grip.by_end { Shift::Due(days) } else { Shift::Whole(days) }));
    }

    fn up(self, event: &ev::PointerEvent) {
        let pulled = self.pulled.get_untracked();
        if self.grip.get_value().is_some_and(|grip| grip.pointer == browser::pointer(event).id) {
            self.lost();
            pulled.into_iter().for_each(|shift| self.shift(shift));
        }
    }

    /// The bar goes back to where it was.
    fn lost(self) {
        self.grip.set_value(None);
        self.pulled.set(None);
    }

    fn shift(self, shift: Shift) {
        let (line, board) = (self.line, self.board);
        let locale = line.locale();
        let Some(card) = self.card.get_untracked() else { return };
        let Some((start, due)) = self.timeline.shifted(&card.facts, shift) else {
            return board.say(i18n::views::no_further(locale).to_owned());
        };
        let edit = Edit {
            start: (start != card.facts.start).then_some(start),
            due: (Some(due) != card.facts.due).then_some(Some(due)),
            ..Edit::default()
        };
        if edit == Edit::default() {
            return;
        }
        if let Some(bar) = Bar::of(start, Some(due)) {
            board.say(format!("{}: {}", card.title, span(locale, bar)));
        }
        let (title, item) = (card.title.clone(), card.id);
        line.submit(Command::Item(ItemCommand::Edit { item, edit }), move |answered| {
            if let Answered::Refused(error) = answered {
                line.tell_refused(&title, &error);
            }
        });
    }
}

fn span(locale: Locale, bar: Bar) -> String {
    let full = |at: Day| day::full(locale, at);
    i18n::date::range(locale, full(bar.start), full(bar.due))
}

fn class(board: BoardState, card: &Card) -> &'static str {
    let is_done = board.frame.with_value(|frame| frame.is_done(card.status));
    match card.facts.due {
        _ if is_done => "work done",
        Some(due) if due < board.today => "work late",
        _ => "work open",
    }
}

/// What tells the state without its colour: a line through what is done, strokes at the end of what is late.
pub fn sign(class: &str, x: i32, width: i32) -> Option<AnyView> {
    let d = match class {
        "work done" => format!("M{} 14H{}", x + 2, x + width - 2),
        "work late" => format!("M{0} 5V23M{1} 5V23", x + width - 6, x + width - 12),
        _ => return None,
    };
    Some(view! { <path class="sign" d=d></path> }.into_any())
}

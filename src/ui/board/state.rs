//! The board in this tab: a copy that follows the server, which of it the filter lets through, and what is in hand.

mod column;

pub use column::ColumnState;

use super::{
    hold::{Held, Hold, Place},
    window::Drawn,
};
use crate::domain::{
    accounts::Viewer,
    board::{Board, BoardView, Card, Selection},
    change::{Command, Entry},
    day::Day,
    filter::Filter,
    ids::{ItemId, OpId, PlanId, Revision},
    outbox::Outbox,
    plan::Frame,
    policy,
    replica::Replica,
};
use crate::ui::browser;
use leptos::prelude::*;
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

/// For how many pictures a card that is not drawn yet is waited for.
const TRIES: u32 = 40;

/// Cheap to copy: handles, all of them.
#[derive(Clone, Copy)]
pub struct BoardState {
    pub today: Day,
    pub viewer: StoredValue<Viewer>,
    pub frame: StoredValue<Arc<Frame>>,
    replica: StoredValue<Replica>,
    /// What each drawn card waits for.
    watched: StoredValue<HashMap<ItemId, ArcTrigger>>,
    columns: StoredValue<Vec<ColumnState>>,
    /// Whether every card is here, and not only the page that the server drew.
    pub complete: RwSignal<bool>,
    /// What the page is filtered by. It follows the address as soon as every card is here.
    pub filter: RwSignal<Filter>,
    pub counts: RwSignal<Counts>,
    pub hold: RwSignal<Hold>,
    /// The card that shall have the focus once it is drawn.
    focus: StoredValue<Option<ItemId>>,
    /// The cards that others have just moved: the short name of their organisation, and the revision.
    pub glow: RwSignal<HashMap<ItemId, (String, Revision)>>,
    /// Cards on which somebody else was faster or later than this member, with words that say so.
    pub overtaken: RwSignal<HashMap<ItemId, String>>,
    /// When this member last did something to a card, in milliseconds.
    touched: StoredValue<HashMap<ItemId, f64>>,
    /// What a screen reader is told.
    pub said: RwSignal<String>,
    /// The card whose menu is open.
    pub menu: RwSignal<Option<ItemId>>,
    /// The column that a phone shows.
    pub shown: RwSignal<usize>,
    /// Whether the page listens already; what the server drew stays as it is until then.
    pub awake: RwSignal<bool>,
}

/// How many items the filter lets through, and how many there are for this viewer without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    pub shown: usize,
    pub readable: usize,
}

impl BoardState {
    /// The page of the board that the server drew.
    pub fn new(view: BoardView, viewer: Viewer, filter: Filter) -> Self {
        let columns = view.columns.iter().enumerate().filter_map(|(at, column)| {
            let status = view.frame.status(column.status)?.clone();
            let ids: Vec<ItemId> = column.cards.iter().map(|card| card.id).collect();
            Some(ColumnState {
                at,
                status: StoredValue::new(status),
                drawn: RwSignal::new(Drawn::row(0..ids.len())),
                ids: RwSignal::new(Arc::new(ids)),
                count: RwSignal::new(column.count),
                page: column.page,
                stop: RwSignal::new(None),
                section: NodeRef::new(),
                list: NodeRef::new(),
            })
        });
        let columns = StoredValue::new(columns.collect());
        let counts = Counts { shown: view.shown, readable: view.readable };
        let cards = view.columns.into_iter().flat_map(|column| column.cards).collect();
        let board = Board::new(view.revision, view.frame.clone(), cards);
        Self {
            today: view.today,
            replica: StoredValue::new(Replica::new(viewer.clone(), board)),
            viewer: StoredValue::new(viewer),
            frame: StoredValue::new(Arc::new(view.frame)),
            watched: StoredValue::default(),
            columns,
            complete: RwSignal::new(false),
            filter: RwSignal::new(filter),
            counts: RwSignal::new(counts),
            hold: RwSignal::new(Hold::Idle),
            focus: StoredValue::new(None),
            glow: RwSignal::default(),
            overtaken: RwSignal::default(),
            touched: StoredValue::default(),
            said: RwSignal::new(String::new()),
            menu: RwSignal::new(None),
            shown: RwSignal::new(0),
            awake: RwSignal::new(false),
        }
    }

    pub fn plan(self) -> PlanId {
        self.frame.with_value(|frame| frame.plan.id)
    }

    pub fn revision(self) -> Revision {
        self.replica.with_value(Replica::revision)
    }

    /// Whether changes are missing that only the server can tell.
    pub fn has_gap(self) -> bool {
        self.replica.with_value(Replica::has_gap)
    }

    pub fn columns(self) -> Vec<ColumnState> {
        self.columns.get_value()
    }

    pub fn column(self, at: usize) -> Option<ColumnState> {
        self.columns.with_value(|columns| columns.get(at).copied())
    }

    /// A card as it stands; `None` once it has left the board. Whoever draws it is told of every change.
    pub fn card(self, id: ItemId) -> Option<Arc<Card>> {
        let trigger = self.watched.try_update_value(|watched| watched.entry(id).or_default().clone());
        trigger.inspect(Track::track);
        self.peek(id)
    }

    /// The same without being told.
    pub fn peek(self, id: ItemId) -> Option<Arc<Card>> {
        self.replica.with_value(|replica| replica.shown().card(id).cloned())
    }

    /// Every card that the filter lets through, as it is; in no order. Whoever asks is told of other cards, and not of changes
    /// to these.
    pub fn cards(self) -> Vec<Arc<Card>> {
        let ids: HashSet<ItemId> = self.columns().into_iter().flat_map(|column| column.ids.get().to_vec()).collect();
        let shown =
            |replica: &Replica| replica.shown().cards().filter(|card| ids.contains(&card.id)).cloned().collect();
        self.replica.with_value(shown)
    }

    /// Whether the viewer may move the card; nothing moves in the archive.
    pub fn can_move(self, card: &Card) -> bool {
        !card.archived && self.viewer.with_value(|viewer| policy::can_write_item(viewer, card.rights()))
    }

    /// Where a card stands among those that are shown.
    pub fn place(self, id: ItemId) -> Option<Place> {
        self.columns().into_iter().find_map(|column| {
            let index = column.ids.with_untracked(|ids| ids.iter().position(|other| *other == id))?;
            Some(Place { column: column.at, index })
        })
    }

    /// How many cards each column shows, one aside.
    pub fn room(self, aside: Option<ItemId>) -> Vec<usize> {
        let aside = aside.and_then(|item| self.place(item)).map(|place| place.column);
        let count =
            |column: &ColumnState| column.ids.with_untracked(|ids| ids.len()) - usize::from(aside == Some(column.at));
        self.columns.with_value(|columns| columns.iter().map(count).collect())
    }

    /// The card right below which one lands that is dropped there; `None` is the status's top. Cards that the filter
    /// hides keep their place: above the first that is shown, the one that stands above it counts.
    pub fn neighbour(self, item: ItemId, to: Place) -> Option<ItemId> {
        let column = self.column(to.column)?;
        let others: Vec<ItemId> =
            column.ids.with_untracked(|ids| ids.iter().copied().filter(|id| *id != item).collect());
        if let Some(above) = to.index.checked_sub(1) {
            return others.get(above.min(others.len().saturating_sub(1))).copied();
        }
        let first = *others.first()?;
        let status = column.status.with_value(|status| status.id);
        self.replica.with_value(|replica| {
            let above = replica.shown().column(status).map(|card| card.id).take_while(|id| *id != first);
            above.filter(|id| *id != item).last()
        })
    }

    /// Gives a card the focus as soon as it is drawn; if that is not soon, not at all, so that no later scroll is upset.
    /// Nor if somebody has gone on to another card meanwhile: the next key is meant for that one.
    pub fn want_focus(self, item: ItemId) {
        self.focus.set_value(Some(item));
        self.try_focus(item, browser::focused_item(), TRIES);
    }

    fn try_focus(self, item: ItemId, from: Option<String>, tries: u32) {
        request_animation_frame(move || {
            if self.focus.try_get_value() != Some(Some(item)) {
                return;
            }
            let now = browser::focused_item();
            let went_on = now.is_some() && now != from;
            if went_on || browser::focus(&format!("[data-item=\"{item}\"] a")) || tries == 0 {
                self.focus.set_value(None);
            } else {
                self.try_focus(item, from, tries - 1);
            }
        });
    }

    /// Scrolls to a card and gives it the focus.
    pub fn go_to(self, item: ItemId) {
        let Some(place) = self.place(item) else { return };
        let Some(column) = self.column(place.column) else { return };
        column.stop.set(Some(item));
        if browser::focus(&format!("[data-item=\"{item}\"] a")) {
            return;
        }
        self.want_focus(item);
        if let (Some(section), Some(list)) = (column.section.get_untracked(), column.list.get_untracked()) {
            browser::scroll_to_card(&section, &list, place.index);
            self.measure();
        }
    }

    /// Tells a screen reader. The same words twice are told twice.
    pub fn say(self, words: String) {
        let again = self.said.with_untracked(|said| *said == words);
        self.said.set(if again { format!("{words}\u{a0}") } else { words });
    }

    /// Takes the board with every card in it.
    pub fn complete(self, board: Board) {
        let touched = self.replica.try_update_value(|replica| replica.reset(board)).unwrap_or_default();
        self.complete.set(true);
        self.draw(&touched);
    }

    /// Filters by something else.
    pub fn filter_by(self, filter: Filter) {
        if self.filter.with_untracked(|now| *now != filter) {
            self.filter.set(filter);
            self.draw(&[]);
        }
    }

    /// Whether this member has done something to a card within so many milliseconds, or is about to.
    pub fn has_touched(self, item: ItemId, within: f64) -> bool {
        self.touched.with_value(|touched| touched.get(&item).is_some_and(|at| browser::now() - at < within))
    }

    /// Does a command on screen.
    pub fn submit(self, op: OpId, command: &Command) {
        let Some(item) = command.item() else { return };
        self.touched.update_value(|touched| {
            touched.insert(item, browser::now());
        });
        self.overtaken.update(|overtaken| drop(overtaken.remove(&item)));
        self.replica.update_value(|replica| replica.submit(op, command.clone()));
        self.draw(&[item]);
    }

    /// Shows all that waits in the outbox, and nothing that does not.
    pub fn wait_for(self, outbox: &Outbox) {
        let items = || outbox.jobs().filter_map(|job| Some((job.item()?, browser::now())));
        self.touched.update_value(|touched| touched.extend(items()));
        let jobs = outbox.jobs().map(|job| (job.op, job.command.clone()));
        let touched = self.replica.try_update_value(|replica| replica.wait_for(jobs)).unwrap_or_default();
        if !touched.is_empty() {
            self.draw(&touched);
        }
    }

    /// The board as the server has confirmed it, for keeping.
    pub fn confirmed(self) -> Board {
        self.replica.with_value(|replica| replica.confirmed().clone())
    }

    /// Takes a change from the server. Answers what it touched.
    pub fn receive(self, entry: Entry) -> Vec<ItemId> {
        let touched = self.replica.try_update_value(|replica| replica.receive(entry)).unwrap_or_default();
        self.draw(&touched);
        touched
    }

    /// Takes the news of something that this viewer may not see.
    pub fn pass(self, revision: Revision) {
        let touched = self.replica.try_update_value(|replica| replica.pass(revision)).unwrap_or_default();
        self.draw(&touched);
    }

    /// Puts back what the server refused.
    pub fn refuse(self, op: OpId) {
        let touched = self.replica.try_update_value(|replica| replica.refuse(op)).flatten();
        self.draw(touched.as_slice());
    }

    /// Brings the columns up to date, and has the touched cards drawn anew: no others.
    fn draw(self, touched: &[ItemId]) {
        let focused = browser::focused_item().and_then(|item| item.parse().ok()).filter(|item| touched.contains(item));
        // Until every card is here, counts stay as the server told them.
        let complete = self.complete.get_untracked();
        let filter = self.filter.get_untracked();
        let selection = self.viewer.with_value(|viewer| {
            self.replica.with_value(|replica| replica.shown().select(viewer, &filter, self.today))
        });
        let Selection { columns, readable } = selection;
        let shown = columns.iter().map(Vec::len).sum();
        for (column, cards) in self.columns().into_iter().zip(columns) {
            column.show(cards.iter().map(|card| card.id).collect(), complete);
        }
        if complete {
            set_if_new(self.counts, Counts { shown, readable });
        }
        for item in touched {
            let trigger = self.watched.with_value(|watched| watched.get(item).cloned());
            trigger.inspect(Notify::notify);
        }
        self.hold_on();
        self.measure();
        // A card that somebody else moves to another column is drawn anew there, and takes its focus along.
        if let Some(item) = focused {
            self.want_focus(item);
        }
    }

    /// The card in hand may have been moved by somebody else, or others around it.
    fn hold_on(self) {
        let Some(held) = self.hold.get_untracked().held() else { return };
        let Some(from) = self.place(held.item).filter(|from| *from != held.from) else { return };
        let to = if held.to == held.from { from } else { held.to };
        let room = self.room(Some(held.item)).get(to.column).copied().unwrap_or_default();
        let to = Place { index: to.index.min(room), ..to };
        self.hold.set(Hold::Held(Held { from, to, ..held }));
    }

    /// Draws what is near the screen, and nothing else.
    pub fn measure(self) {
        if !self.complete.get_untracked() {
            return;
        }
        let held = self.hold.with_untracked(|hold| hold.held());
        self.columns().into_iter().for_each(|column| column.measure(held));
        set_if_new(self.shown, browser::shown_column());
    }
}

fn set_if_new<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.with_untracked(|now| *now != value) {
        signal.set(value);
    }
}

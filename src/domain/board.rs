//! The board as anybody holds it: the frame and a card for each item, kept right by applying changes. The server
//! keeps one, and so will every browser.

use super::{
    accounts::Viewer,
    change::{Change, Entry},
    day::Day,
    filter::Filter,
    ids::{ItemId, Revision, StatusId},
    items::{Facts, Item, ItemChange},
    plan::{Frame, Status},
    policy::{self, ItemRights},
    rank::Rank,
};
use serde::{Deserialize, Serialize};

/// How many cards a column shows at once.
pub const PAGE_SIZE: usize = 50;

/// An item without its description: what a card shows and what filters look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    pub id: ItemId,
    pub number: i64,
    pub title: String,
    pub facts: Facts,
    pub status: StatusId,
    pub rank: Rank,
    pub published: bool,
    pub archived: bool,
}

impl Card {
    pub fn rights(&self) -> ItemRights<'_> {
        ItemRights {
            lead: self.facts.lead,
            co_partners: &self.facts.co_partners,
            published: self.published,
            archived: self.archived,
        }
    }
}

impl From<Item> for Card {
    fn from(item: Item) -> Self {
        Self {
            id: item.id,
            number: item.number,
            title: item.title.body,
            facts: item.facts,
            status: item.status,
            rank: item.rank,
            published: item.published,
            archived: item.archived,
        }
    }
}

/// A plan's board at one revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Board {
    pub revision: Revision,
    pub frame: Frame,
    /// Every card, the archive's too, ordered by rank and then by id.
    cards: Vec<Card>,
}

impl Board {
    pub fn new(revision: Revision, frame: Frame, mut cards: Vec<Card>) -> Self {
        cards.sort_by(place);
        Self { revision, frame, cards }
    }

    pub fn card(&self, id: ItemId) -> Option<&Card> {
        self.cards.iter().find(|card| card.id == id)
    }

    pub fn card_by_number(&self, number: i64) -> Option<&Card> {
        self.cards.iter().find(|card| card.number == number)
    }

    /// The cards of a status in their order, the archive's among them.
    pub fn column(&self, status: StatusId) -> impl Iterator<Item = &Card> {
        self.cards.iter().filter(move |card| card.status == status)
    }

    /// Brings the board up to the entry's revision. Entries come in order, each once.
    pub fn apply(&mut self, entry: Entry) {
        self.revision = entry.revision;
        match entry.change {
            Change::Opened(frame) => self.frame = *frame,
            Change::Item(change) => self.apply_item(change),
        }
    }

    fn apply_item(&mut self, change: ItemChange) {
        let id = change.item();
        let at = self.cards.iter().position(|card| card.id == id);
        let Some(at) = at else {
            if let ItemChange::Created(item) | ItemChange::Shown(item) | ItemChange::Restored(item) = change {
                self.insert(Card::from(*item));
            }
            return;
        };
        let mut card = self.cards.remove(at);
        match change {
            ItemChange::Created(item) | ItemChange::Shown(item) | ItemChange::Restored(item) => card = (*item).into(),
            ItemChange::Edited { title, facts, .. } => {
                card.title = title.map_or(card.title, |title| title.body);
                card.facts = facts.map_or(card.facts, |facts| *facts);
            }
            ItemChange::Moved { to, rank, .. } => (card.status, card.rank) = (to, rank),
            ItemChange::Hidden { .. } => card.published = false,
            ItemChange::Archived { .. } => card.archived = true,
        }
        self.insert(card);
    }

    fn insert(&mut self, card: Card) {
        let at = self.cards.partition_point(|other| place(other, &card).is_lt());
        self.cards.insert(at, card);
    }

    /// What a viewer sees of the board through a filter: a page of each column, with counts.
    pub fn view(&self, viewer: &Viewer, filter: &Filter, today: Day) -> BoardView {
        let chosen = filter.resolve(&self.frame, viewer, today);
        let mut columns: Vec<Column> = self.frame.statuses.iter().map(|status| Column::of(status, filter)).collect();
        let mut readable = 0;
        for card in &self.cards {
            if card.archived != filter.archived || !policy::can_read_item(viewer, card.rights()) {
                continue;
            }
            readable += 1;
            if chosen.matches(&self.frame, card) {
                columns.iter_mut().filter(|column| column.status == card.status).for_each(|column| column.take(card));
            }
        }
        let shown = columns.iter().map(|column| column.count).sum();
        BoardView { revision: self.revision, frame: self.frame.clone(), columns, shown, readable, today }
    }
}

fn place(a: &Card, b: &Card) -> std::cmp::Ordering {
    (&a.rank, a.id).cmp(&(&b.rank, b.id))
}

/// A page of the board as one viewer sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardView {
    pub revision: Revision,
    pub frame: Frame,
    pub columns: Vec<Column>,
    /// How many items the filter lets through, and how many there are for this viewer without it.
    pub shown: usize,
    pub readable: usize,
    pub today: Day,
}

/// A page of one status.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    pub status: StatusId,
    /// All that the filter lets through, on every page.
    pub count: usize,
    /// From 1.
    pub page: usize,
    pub cards: Vec<Card>,
}

impl Column {
    fn of(status: &Status, filter: &Filter) -> Self {
        Self { status: status.id, count: 0, page: filter.page(&status.slug), cards: Vec::new() }
    }

    fn take(&mut self, card: &Card) {
        if self.count / PAGE_SIZE + 1 == self.page {
            self.cards.push(card.clone());
        }
        self.count += 1;
    }

    pub fn pages(&self) -> usize {
        self.count.div_ceil(PAGE_SIZE).max(1)
    }
}

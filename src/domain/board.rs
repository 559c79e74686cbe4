//! The board as anybody holds it: the frame and a card for each item, kept right by applying changes. The server
//! keeps one, and so will every browser.

use super::{
    accounts::Viewer,
    change::{Change, Command, Entry},
    day::Day,
    filter::{Filter, ROWS, View},
    ids::{ItemId, Revision, StatusId},
    items::{Facts, Item, ItemChange, ItemCommand},
    plan::{Frame, Status},
    policy::{self, ItemRights},
    rank::Rank,
};
use serde::{Deserialize, Serialize};
use std::{collections::HashSet, sync::Arc};

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
    /// Every card, the archive's too, ordered by rank and then by id. Shared, so that a copy of the board costs little.
    cards: Vec<Arc<Card>>,
}

impl Board {
    pub fn new(revision: Revision, frame: Frame, cards: Vec<Card>) -> Self {
        let mut cards: Vec<Arc<Card>> = cards.into_iter().map(Arc::new).collect();
        cards.sort_by(|a, b| place(a, b));
        Self { revision, frame, cards }
    }

    pub fn card(&self, id: ItemId) -> Option<&Arc<Card>> {
        self.cards.iter().find(|card| card.id == id)
    }

    pub fn card_by_number(&self, number: i64) -> Option<&Arc<Card>> {
        self.cards.iter().find(|card| card.number == number)
    }

    /// Every card in its order, whatever its status.
    pub fn cards(&self) -> impl Iterator<Item = &Arc<Card>> {
        self.cards.iter()
    }

    /// The cards of a status in their order, the archive's among them.
    pub fn column(&self, status: StatusId) -> impl Iterator<Item = &Arc<Card>> {
        self.cards.iter().filter(move |card| card.status == status)
    }

    /// Brings the board up to the entry's revision. Entries come in order, each once.
    pub fn apply(&mut self, entry: Entry) {
        self.revision = entry.revision;
        match entry.change {
            Change::Opened(frame) => self.frame = *frame,
            Change::Organisation(org) => self.frame.put_organisation(*org),
            Change::Item(change) => self.apply_item(change),
            // No card shows anything of it.
            Change::Results(_) | Change::ResultsTouched | Change::ResultsWithdrawn => {}
        }
    }

    fn apply_item(&mut self, change: ItemChange) {
        let id = change.item();
        let at = self.cards.iter().position(|card| card.id == id);
        let Some(at) = at else {
            if let ItemChange::Created(item) | ItemChange::Shown(item) | ItemChange::Restored(item) = change {
                self.insert(Card::from(*item).into());
            }
            return;
        };
        let mut card = Arc::unwrap_or_clone(self.cards.remove(at));
        match change {
            ItemChange::Created(item) | ItemChange::Shown(item) | ItemChange::Restored(item) => card = (*item).into(),
            ItemChange::Edited { title, facts, .. } => {
                card.title = title.map_or(card.title, |title| title.body);
                card.facts = facts.map_or(card.facts, |facts| *facts);
            }
            ItemChange::Moved { to, rank, .. } => (card.status, card.rank) = (to, rank),
            ItemChange::Hidden { .. } => card.published = false,
            ItemChange::Archived { .. } => card.archived = true,
            ItemChange::Ranked { rank, .. } => card.rank = rank,
            // It was never on a card.
            ItemChange::Withdrawn { .. } => {}
        }
        self.insert(card.into());
    }

    /// Does to the cards what a command will probably do once it is accepted. Texts' versions and the number of a new
    /// item come with the answer alone; until then it is 0.
    pub fn anticipate(&mut self, command: &Command) {
        let Some(command) = command.as_item() else { return };
        if let ItemCommand::Create { item, title, facts, .. } = command {
            return self.anticipate_new(*item, title.as_str(), facts);
        }
        let Some(card) = self.card(command.item()) else { return };
        let mut card = Card::clone(card);
        match command {
            ItemCommand::Create { .. } | ItemCommand::Withdraw { .. } => return,
            ItemCommand::Edit { edit, .. } => {
                // What cannot be is refused by the server, too.
                card.facts = edit.over(&card.facts).unwrap_or(card.facts);
                card.title = edit.title.as_ref().map_or(card.title, |title| title.body.as_str().to_owned());
            }
            ItemCommand::Move { to, after, .. } => {
                card.rank = self.rank_below(card.id, *to, *after);
                card.status = *to;
            }
            ItemCommand::Publish { .. } => card.published = true,
            ItemCommand::Hide { .. } => card.published = false,
            ItemCommand::Archive { .. } => card.archived = true,
            ItemCommand::Restore { .. } => card.archived = false,
        }
        self.put(card.id, Some(card.into()));
    }

    fn anticipate_new(&mut self, id: ItemId, title: &str, facts: &Facts) {
        let Some(status) = self.frame.statuses.first().map(|status| status.id) else { return };
        let last = self.column(status).last().map(|card| card.rank.clone());
        let (title, facts) = (title.to_owned(), facts.clone());
        let rank = Rank::between(last.as_ref(), None);
        let card = Card { id, number: 0, title, facts, status, rank, published: false, archived: false };
        self.put(id, Some(card.into()));
    }

    /// The rank right below `after`, or above all of the status: the rule by which the server places a move.
    fn rank_below(&self, moving: ItemId, to: StatusId, after: Option<ItemId>) -> Rank {
        let column: Vec<&Arc<Card>> = self.column(to).filter(|card| card.id != moving).collect();
        let place = match after {
            None => 0,
            Some(after) => column.iter().position(|card| card.id == after).map_or(column.len(), |at| at + 1),
        };
        let rank = |at: Option<usize>| at.and_then(|at| column.get(at)).map(|card| &card.rank);
        Rank::between(rank(place.checked_sub(1)), rank(Some(place)))
    }

    /// Replaces a card, or takes it away.
    pub fn put(&mut self, id: ItemId, card: Option<Arc<Card>>) {
        self.cards.retain(|card| card.id != id);
        if let Some(card) = card {
            self.insert(card);
        }
    }

    fn insert(&mut self, card: Arc<Card>) {
        let at = self.cards.partition_point(|other| place(other, &card).is_lt());
        self.cards.insert(at, card);
    }

    /// What a viewer sees of the board through a filter, by status.
    pub fn select(&self, viewer: &Viewer, filter: &Filter, today: Day) -> Selection {
        let chosen = filter.resolve(&self.frame, viewer, today);
        let statuses = &self.frame.statuses;
        let mut selection = Selection { columns: vec![Vec::new(); statuses.len()], readable: 0 };
        for card in &self.cards {
            if card.archived != filter.archived || !policy::can_read_item(viewer, card.rights()) {
                continue;
            }
            selection.readable += 1;
            let column = statuses.iter().position(|status| status.id == card.status);
            let column = column.and_then(|at| selection.columns.get_mut(at));
            if let Some(column) = column.filter(|_| chosen.matches(&self.frame, card)) {
                column.push(card.clone());
            }
        }
        selection
    }

    /// The first items of a view that has a row each.
    fn rows(&self, columns: &[Vec<Arc<Card>>], view: View) -> HashSet<ItemId> {
        let mut cards: Vec<_> = columns.iter().flatten().collect();
        cards.sort_by_key(|card| view.order(&self.frame, card));
        cards.into_iter().take(ROWS).map(|card| card.id).collect()
    }

    /// What a viewer sees of the board through a filter, with counts: a page of each column, or the first rows of another view.
    pub fn view(&self, viewer: &Viewer, filter: &Filter, today: Day) -> BoardView {
        let Selection { columns, readable } = self.select(viewer, filter, today);
        let shown = columns.iter().map(Vec::len).sum();
        let rows = (filter.view != View::Board).then(|| self.rows(&columns, filter.view));
        let columns = self.frame.statuses.iter().zip(columns);
        let columns = columns.map(|(status, cards)| match &rows {
            Some(rows) => Column::of_rows(status, &cards, rows),
            None => Column::page_of(status, &cards, filter),
        });
        let columns = columns.collect();
        BoardView { revision: self.revision, frame: self.frame.clone(), columns, shown, readable, today }
    }
}

/// The cards that a filter lets through, in the order of the statuses, and how many there are without it.
#[derive(Clone, Debug)]
pub struct Selection {
    pub columns: Vec<Vec<Arc<Card>>>,
    pub readable: usize,
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
    fn of_rows(status: &Status, cards: &[Arc<Card>], rows: &HashSet<ItemId>) -> Self {
        let listed = cards.iter().filter(|card| rows.contains(&card.id)).map(|card| Card::clone(card)).collect();
        Self { status: status.id, count: cards.len(), page: 1, cards: listed }
    }

    fn page_of(status: &Status, cards: &[Arc<Card>], filter: &Filter) -> Self {
        let page = filter.page(&status.slug).max(1);
        let cards_of_page = cards.chunks(PAGE_SIZE).nth(page - 1).unwrap_or_default();
        let cards_of_page = cards_of_page.iter().map(|card| Card::clone(card)).collect();
        Self { status: status.id, count: cards.len(), page, cards: cards_of_page }
    }

    /// How many cards lie on the pages before.
    pub fn before(&self) -> usize {
        (self.page - 1) * PAGE_SIZE
    }

    pub fn pages(&self) -> usize {
        self.count.div_ceil(PAGE_SIZE).max(1)
    }
}

//! The whole board as it goes over the wire: a row a card, without descriptions, that names its objective, status and
//! organisations by their place in the frame. A third of the size of the cards themselves.

use super::{
    accounts::Viewer,
    board::{Board, Card},
    change::Entry,
    day::Day,
    fields::Field,
    ids::{ItemId, OrgId, Revision},
    items::Facts,
    measure::Measure,
    plan::Frame,
    policy,
    rank::Rank,
    text::Text,
};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// Every card that a viewer may read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rows {
    revision: Revision,
    frame: Frame,
    rows: Vec<Row>,
}

/// Id, number, title, objective, lead, co-partners, start, due, measure, status, rank; whether published and archived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Row(
    ItemId,
    i64,
    String,
    usize,
    usize,
    Vec<usize>,
    Option<Day>,
    Option<Day>,
    Option<Measure>,
    usize,
    Rank,
    bool,
    bool,
);

impl Rows {
    /// What a viewer may read of a board. A card that names what the frame does not have is left out.
    pub fn pack(board: &Board, viewer: &Viewer) -> Self {
        let readable = board.cards().filter(|card| policy::can_read_item(viewer, card.rights()));
        let rows = readable.filter_map(|card| Row::pack(&board.frame, card)).collect();
        Self { revision: board.revision, frame: board.frame.clone(), rows }
    }

    /// The board again.
    pub fn unpack(self) -> Board {
        let cards = self.rows.into_iter().filter_map(|row| row.unpack(&self.frame)).collect();
        Board::new(self.revision, self.frame, cards)
    }
}

/// The texts of items, for those who want to read and write without a connection.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Texts {
    pub revision: Revision,
    /// Item, title, description.
    texts: Vec<(ItemId, Text, Text)>,
}

impl Texts {
    pub fn new(revision: Revision, texts: Vec<(ItemId, Text, Text)>) -> Self {
        Self { revision, texts }
    }

    /// Title and description of an item.
    pub fn of(&self, item: ItemId) -> Option<(Text, Text)> {
        let found = self.texts.iter().find(|texts| texts.0 == item);
        found.map(|(_, title, description)| (title.clone(), description.clone()))
    }

    /// Takes the texts of a change.
    pub fn apply(&mut self, entry: Entry) {
        let Some(item) = entry.change.item() else { return };
        let mut change = entry.change;
        for (field, text) in change.texts_mut() {
            let known = self.texts.iter_mut().find(|texts| texts.0 == item);
            let known = match known {
                Some(known) => known,
                None => {
                    let unknown = Text { id: text.id, version: 0, body: String::new() };
                    self.texts.push((item, unknown.clone(), unknown));
                    let Some(new) = self.texts.last_mut() else { return };
                    new
                }
            };
            let own = if field == Field::Title { &mut known.1 } else { &mut known.2 };
            if text.version >= own.version {
                *own = text.clone();
            }
        }
    }

    /// Forgets those of items that are not on the board any more, or in the archive.
    pub fn keep_those_of(&mut self, board: &Board) {
        let current: HashSet<ItemId> = board.cards().filter(|card| !card.archived).map(|card| card.id).collect();
        self.texts.retain(|texts| current.contains(&texts.0));
    }

    /// With the newer ones of others.
    pub fn with(mut self, newer: Self) -> Self {
        self.texts.retain(|own| newer.texts.iter().all(|other| other.0 != own.0));
        self.texts.extend(newer.texts);
        Self { revision: newer.revision, ..self }
    }
}

impl Row {
    fn pack(frame: &Frame, card: &Card) -> Option<Self> {
        let Facts { objective, lead, co_partners, start, due, measure } = &card.facts;
        let org = |id: &OrgId| frame.organisations.iter().position(|org| org.id == *id);
        Some(Self(
            card.id,
            card.number,
            card.title.clone(),
            frame.objectives.iter().position(|other| other.id == *objective)?,
            org(lead)?,
            co_partners.iter().map(org).collect::<Option<_>>()?,
            *start,
            *due,
            measure.clone(),
            frame.statuses.iter().position(|status| status.id == card.status)?,
            card.rank.clone(),
            card.published,
            card.archived,
        ))
    }

    fn unpack(self, frame: &Frame) -> Option<Card> {
        let Self(id, number, title, objective, lead, others, start, due, measure, status, rank, published, archived) =
            self;
        let org = |at: usize| frame.organisations.get(at).map(|org| org.id);
        let facts = Facts {
            objective: frame.objectives.get(objective)?.id,
            lead: org(lead)?,
            co_partners: others.into_iter().map(org).collect::<Option<_>>()?,
            start,
            due,
            measure,
        };
        Some(Card { id, number, title, facts, status: frame.statuses.get(status)?.id, rank, published, archived })
    }
}

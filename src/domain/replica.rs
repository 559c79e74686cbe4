//! A browser's copy of the board: what the server has confirmed, and over it what this member has done since. Changes
//! come numbered; each is applied once and in order, whichever way it arrives first.

use super::{
    accounts::Viewer,
    board::{Board, Card},
    change::{Change, Command, Entry},
    ids::{ItemId, OpId, Revision},
    items::ItemChange,
    policy,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// What may come at a revision.
#[derive(Clone, Debug)]
enum News {
    Entry(Box<Entry>),
    /// Something that this viewer may not see.
    Passed,
}

/// Confirmed state, pending commands, and the two together as the viewer sees them.
#[derive(Clone, Debug)]
pub struct Replica {
    viewer: Viewer,
    confirmed: Board,
    shown: Board,
    pending: Vec<(OpId, Command)>,
    /// Own commands that are done already and may still wait in the outbox for their answer.
    done: BTreeSet<OpId>,
    /// What came before its turn: an answer may overtake the changes ahead of it.
    early: BTreeMap<Revision, News>,
}

impl Replica {
    pub fn new(viewer: Viewer, board: Board) -> Self {
        let (shown, pending, done, early) = (board.clone(), Vec::new(), BTreeSet::new(), BTreeMap::new());
        Self { viewer, shown, confirmed: board, pending, done, early }
    }

    pub fn shown(&self) -> &Board {
        &self.shown
    }

    pub fn revision(&self) -> Revision {
        self.confirmed.revision
    }

    /// Whether a change is missing between what is known and what has come.
    pub fn has_gap(&self) -> bool {
        !self.early.is_empty()
    }

    /// What the server has confirmed, for keeping.
    pub fn confirmed(&self) -> &Board {
        &self.confirmed
    }

    /// Takes a board that was loaded anew; what was pending stays pending. One that is older than what is known tells
    /// nothing. Answers the items to draw.
    pub fn reset(&mut self, board: Board) -> Vec<ItemId> {
        if board.revision < self.confirmed.revision {
            return Vec::new();
        }
        let before: Vec<Arc<Card>> = self.shown.cards().cloned().collect();
        self.early.retain(|revision, _| *revision > board.revision);
        self.confirmed = board;
        self.shown = self.confirmed.clone();
        for item in self.pending_items() {
            self.replay(item);
        }
        let mut touched = self.catch_up();
        touched.extend(before.iter().filter(|card| self.shown.card(card.id) != Some(card)).map(|card| card.id));
        touched
    }

    /// Does a command on screen, before the server has heard of it.
    pub fn submit(&mut self, op: OpId, command: Command) {
        self.shown.anticipate(&command);
        self.pending.push((op, command));
    }

    /// Takes all that waits in the outbox now. What was done since, or is known to be done in its turn, stays as it is.
    /// Answers the items to draw.
    pub fn wait_for(&mut self, jobs: impl Iterator<Item = (OpId, Command)>) -> Vec<ItemId> {
        let jobs: Vec<(OpId, Command)> = jobs.collect();
        self.done.retain(|op| jobs.iter().any(|job| job.0 == *op));
        let in_turn = |op: OpId| self.early.values().any(|news| matches!(news, News::Entry(entry) if entry.op == op));
        let mut pending: Vec<_> = self.pending.iter().filter(|known| in_turn(known.0)).cloned().collect();
        let waits = jobs.into_iter().filter(|job| !self.done.contains(&job.0) && !in_turn(job.0));
        pending.extend(waits.collect::<Vec<_>>());
        let before = std::mem::replace(&mut self.pending, pending);
        let differs = |one: &[(OpId, Command)], other: &[(OpId, Command)]| -> Vec<ItemId> {
            let gone = one.iter().filter(|job| !other.contains(job));
            gone.map(|(_, Command::Item(command))| command.item()).collect()
        };
        let mut touched = differs(&before, &self.pending);
        touched.extend(differs(&self.pending, &before));
        touched.sort();
        touched.dedup();
        touched.iter().for_each(|item| self.replay(*item));
        touched
    }

    /// Takes a change. Answers the items to draw, each once per change.
    pub fn receive(&mut self, entry: Entry) -> Vec<ItemId> {
        self.take(entry.revision, News::Entry(Box::new(entry)))
    }

    /// Takes the news that something happened which this viewer may not see.
    pub fn pass(&mut self, revision: Revision) -> Vec<ItemId> {
        self.take(revision, News::Passed)
    }

    /// Undoes a command on screen that the server refused.
    pub fn refuse(&mut self, op: OpId) -> Option<ItemId> {
        let at = self.pending.iter().position(|pending| pending.0 == op)?;
        let (_, Command::Item(command)) = self.pending.remove(at);
        self.replay(command.item());
        Some(command.item())
    }

    fn take(&mut self, revision: Revision, news: News) -> Vec<ItemId> {
        if revision <= self.confirmed.revision {
            // The board was loaded with it, before the answer came.
            let op = match &news {
                News::Entry(entry) => Some(entry.op),
                News::Passed => None,
            };
            return op.and_then(|op| self.refuse(op)).into_iter().collect();
        }
        self.early.insert(revision, news);
        self.catch_up()
    }

    fn catch_up(&mut self) -> Vec<ItemId> {
        let mut touched = Vec::new();
        while let Some(news) = self.early.remove(&Revision(self.confirmed.revision.0 + 1)) {
            match news {
                News::Passed => self.confirmed.revision.0 += 1,
                News::Entry(entry) => touched.extend(self.apply(*entry)),
            }
        }
        self.shown.revision = self.confirmed.revision;
        touched
    }

    fn apply(&mut self, entry: Entry) -> Option<ItemId> {
        self.pending.retain(|pending| pending.0 != entry.op);
        if self.viewer.member().is_some_and(|member| member.id == entry.actor) {
            self.done.insert(entry.op);
        }
        let item = entry.change.item();
        // The order is the same, so nothing has to be drawn.
        let is_quiet = matches!(entry.change, Change::Item(ItemChange::Ranked { .. }));
        self.confirmed.apply(entry);
        match item {
            None => self.shown.frame = self.confirmed.frame.clone(),
            Some(item) => {
                if self.confirmed.card(item).is_some_and(|card| !policy::can_read_item(&self.viewer, card.rights())) {
                    self.confirmed.put(item, None);
                }
                self.replay(item);
            }
        }
        item.filter(|_| !is_quiet)
    }

    /// Shows an item as confirmed, with what is pending for it done again.
    fn replay(&mut self, item: ItemId) {
        self.shown.put(item, self.confirmed.card(item).cloned());
        for (_, command) in &self.pending {
            let Command::Item(of) = command;
            if of.item() == item {
                self.shown.anticipate(command);
            }
        }
    }

    fn pending_items(&self) -> Vec<ItemId> {
        self.pending.iter().map(|(_, Command::Item(command))| command.item()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        accounts::{Member, OrgKind, Organisation, Role},
        change::{Bases, Touched, decide},
        day::Day,
        ids::{MemberId, ObjectiveId, OrgId, PlanId, StatusId, TextId},
        items::{Facts, Item, ItemCommand},
        plan::{Frame, Mark, Objective, Plan, Status, StatusKind},
        rank::Rank,
        text::Text,
    };
    use proptest::prelude::*;
    use uuid::Uuid;

    fn id(n: usize) -> Uuid {
        Uuid::from_u128(n as u128)
    }

    fn frame() -> Frame {
        let day = Day::new(2026, 1, 1).unwrap();
        let plan = Plan {
            id: PlanId(id(0)),
            title: String::new(),
            starts: day,
            ends: day,
            time_zone: "Europe/Belgrade".into(),
        };
        let status = |n: usize| Status {
            id: StatusId(id(n)),
            slug: n.to_string(),
            name: None,
            kind: StatusKind::Planned,
            limit: None,
        };
        let objective = Objective { id: ObjectiveId(id(0)), code: "O1".into(), title: String::new(), mark: Mark::Star };
        let org = Organisation {
            id: OrgId(id(0)),
            name: "A".into(),
            short_name: "A".into(),
            country: None,
            city: String::new(),
            website: String::new(),
            kind: OrgKind::Partner,
        };
        Frame { plan, objectives: vec![objective], statuses: (0..3).map(status).collect(), organisations: vec![org] }
    }

    fn facts() -> Facts {
        let (objective, lead) = (ObjectiveId(id(0)), OrgId(id(0)));
        Facts { objective, lead, co_partners: Vec::new(), start: None, due: None, measure: None }
    }

    fn board() -> Board {
        let mut rank: Option<Rank> = None;
        let cards = (0..6).map(|n| {
            let next = Rank::between(rank.as_ref(), None);
            rank = Some(next.clone());
            let status = StatusId(id(n % 3));
            let number = i64::try_from(n).unwrap();
            let (title, facts) = (format!("{n}"), facts());
            Card { id: ItemId(id(n)), number, title, facts, status, rank: next, published: true, archived: false }
        });
        Board::new(Revision(7), frame(), cards.collect())
    }

    fn viewer(n: usize) -> Viewer {
        let (id, org) = (MemberId(id(n)), OrgId(id(0)));
        Viewer::Member(Member { id, name: String::new(), org, role: Role::Coordinator })
    }

    /// The server: decides a command on its own board.
    fn decided(server: &mut Board, by: usize, op: OpId, command: &Command) -> Option<Entry> {
        let Command::Item(of) = command;
        let card = server.card(of.item()).cloned()?;
        let text = |body: &str| Text { id: TextId(id(0)), version: 1, body: body.to_owned() };
        let item = Item {
            id: card.id,
            number: card.number,
            title: text(&card.title),
            description: text(""),
            facts: card.facts.clone(),
            status: card.status,
            rank: card.rank.clone(),
            published: card.published,
            archived: card.archived,
        };
        let (above, below) = match of {
            ItemCommand::Move { to, after, .. } => {
                let column: Vec<_> = server.column(*to).filter(|other| other.id != card.id).collect();
                let at = after.map_or(0, |after| {
                    column.iter().position(|other| other.id == after).map_or(column.len(), |at| at + 1)
                });
                let rank = |at: Option<usize>| at.and_then(|at| column.get(at)).map(|card| card.rank.clone());
                (rank(at.checked_sub(1)), rank(Some(at)))
            }
            _ => (None, None),
        };
        let bases = Bases::default();
        let touched = Touched { item: Some(item), next_number: 0, above, below, bases };
        let change = decide(&viewer(by), &server.frame, command, touched, || TextId(id(0))).ok()?;
        let revision = Revision(server.revision.0 + 1);
        let entry = Entry { revision, op, actor: MemberId(id(by)), at: 0, change };
        server.apply(entry.clone());
        Some(entry)
    }

    fn order(board: &Board) -> Vec<(ItemId, StatusId, bool, bool)> {
        board.cards().map(|card| (card.id, card.status, card.published, card.archived)).collect()
    }

    proptest! {
        /// Whoever does what, and however answers and news overtake each other, every copy ends as the server's.
        #[test]
        fn every_copy_becomes_the_server_s(
            steps in prop::collection::vec((0_usize..2, 0_usize..6, 0_usize..7, 0_usize..6, any::<bool>()), 1..40),
        ) {
            let mut server = board();
            let mut copies = [0, 1].map(|n| Replica::new(viewer(n), board()));
            let mut news: Vec<Entry> = Vec::new();
            for (n, (by, item, what, near, answer_first)) in steps.into_iter().enumerate() {
                let item = ItemId(id(item));
                let command = Command::Item(match what {
                    0..=2 => ItemCommand::Move { item, to: StatusId(id(what)), after: Some(ItemId(id(near))) },
                    3 => ItemCommand::Move { item, to: StatusId(id(near % 3)), after: None },
                    4 => ItemCommand::Hide { item },
                    5 => ItemCommand::Archive { item },
                    _ => ItemCommand::Restore { item },
                });
                let op = OpId(id(1000 + n));
                copies[by].submit(op, command.clone());
                match decided(&mut server, by, op, &command) {
                    Some(entry) => {
                        // The answer may come before the news of what others did, and the news comes twice.
                        if answer_first {
                            copies[by].receive(entry.clone());
                        }
                        news.push(entry);
                    }
                    None => drop(copies[by].refuse(op)),
                }
                if n % 3 == 0 {
                    for entry in news.drain(..) {
                        copies.iter_mut().for_each(|copy| drop(copy.receive(entry.clone())));
                        copies.iter_mut().for_each(|copy| drop(copy.receive(entry.clone())));
                    }
                }
            }
            for entry in news {
                copies.iter_mut().for_each(|copy| drop(copy.receive(entry.clone())));
            }
            for copy in &copies {
                prop_assert_eq!(copy.revision(), server.revision);
                prop_assert!(!copy.has_gap());
                prop_assert_eq!(order(copy.shown()), order(&server));
            }
        }
    }

    #[test]
    fn what_waits_is_shown_until_it_is_done_or_withdrawn() {
        let mut copy = Replica::new(viewer(0), board());
        let (item, to) = (ItemId(id(4)), StatusId(id(0)));
        let command = Command::Item(ItemCommand::Move { item, to, after: None });
        let waits = || [(OpId(id(50)), command.clone())].into_iter();
        assert_eq!(copy.wait_for(waits()), [item]);
        assert_eq!(copy.shown().card(item).map(|card| card.status), Some(to));
        assert_eq!(copy.wait_for(waits()), []);
        assert_eq!(copy.wait_for(std::iter::empty()), [item], "withdrawn elsewhere");
        assert_eq!(copy.shown(), &board());

        let mut server = board();
        let entry = decided(&mut server, 0, OpId(id(50)), &command).unwrap();
        copy.wait_for(waits());
        copy.receive(entry.clone());
        assert_eq!(copy.wait_for(waits()), [], "done, though its answer has not come");
        assert_eq!(copy.shown(), &server);

        // A page that was loaded anew has the change already, and learns of it only by the answer.
        let mut later = Replica::new(viewer(0), server.clone());
        later.wait_for(waits());
        later.receive(entry);
        assert_eq!(later.shown(), &server);
    }

    #[test]
    fn a_new_item_is_there_before_it_has_a_number() {
        let mut copy = Replica::new(viewer(0), board());
        let title = crate::domain::text::Title::parse("New").unwrap();
        let description = crate::domain::text::Description::parse("").unwrap();
        let item = ItemId(id(77));
        let create = ItemCommand::Create { item, title, description, facts: facts() };
        copy.submit(OpId(id(60)), Command::Item(create));
        let card = copy.shown().card(item).unwrap();
        assert_eq!((card.number, card.status, card.published), (0, StatusId(id(0)), false));
        copy.refuse(OpId(id(60)));
        assert!(copy.shown().card(item).is_none());
    }

    #[test]
    fn an_older_board_tells_nothing() {
        let mut copy = Replica::new(viewer(0), board());
        copy.pass(Revision(8));
        assert_eq!(copy.reset(board()), []);
        assert_eq!(copy.revision(), Revision(8));
    }

    #[test]
    fn only_what_a_change_touches_is_drawn_anew() {
        let mut copy = Replica::new(viewer(0), board());
        let moved = |item: usize| {
            let change = crate::domain::items::ItemChange::Moved {
                item: ItemId(id(item)),
                to: StatusId(id(0)),
                rank: Rank::between(None, None),
            };
            Entry {
                revision: Revision(8),
                op: OpId(id(1)),
                actor: MemberId(id(1)),
                at: 0,
                change: Change::Item(change),
            }
        };
        assert_eq!(copy.receive(moved(4)), [ItemId(id(4))]);
        assert_eq!(copy.receive(moved(4)), []);
        assert_eq!(copy.pass(Revision(9)), []);
        assert_eq!(copy.reset(copy.shown().clone()), []);
    }

    #[test]
    fn what_a_reader_may_no_longer_see_is_gone() {
        let donor = MemberId(id(9));
        let donor = Member { id: donor, name: String::new(), org: OrgId(id(9)), role: Role::Donor };
        let mut copy = Replica::new(Viewer::Member(donor), board());
        let change = crate::domain::items::ItemChange::Hidden { item: ItemId(id(2)) };
        let entry = Entry {
            revision: Revision(8),
            op: OpId(id(1)),
            actor: MemberId(id(1)),
            at: 0,
            change: Change::Item(change),
        };
        copy.receive(entry);
        assert!(copy.shown().card(ItemId(id(2))).is_none());
    }
}

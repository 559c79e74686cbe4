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
    let plan =
        Plan { id: PlanId(id(0)), title: String::new(), starts: day, ends: day, time_zone: "Europe/Belgrade".into() };
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
    let of = command.as_item()?;
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
            let at = after
                .map_or(0, |after| column.iter().position(|other| other.id == after).map_or(column.len(), |at| at + 1));
            let rank = |at: Option<usize>| at.and_then(|at| column.get(at)).map(|card| card.rank.clone());
            (rank(at.checked_sub(1)), rank(Some(at)))
        }
        _ => (None, None),
    };
    let bases = Bases::default();
    let touched = Touched { item: Some(item), next_number: 0, above, below, bases };
    let change = decide(&viewer(by), &server.frame, of, touched, || TextId(id(0))).ok()?;
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
fn an_answer_that_came_before_its_turn_hides_nothing_once_the_board_is_loaded_over_it() {
    let (mut server, mut copy) = (board(), Replica::new(viewer(0), board()));
    let move_to = |status: usize| {
        let (item, to) = (ItemId(id(4)), StatusId(id(status)));
        Command::Item(ItemCommand::Move { item, to, after: None })
    };
    let waits = [(OpId(id(50)), move_to(0))];
    copy.wait_for(waits.clone().into_iter());
    decided(&mut server, 1, OpId(id(51)), &move_to(1)).unwrap();
    copy.receive(decided(&mut server, 0, OpId(id(50)), &move_to(0)).unwrap());
    assert!(copy.has_gap());
    copy.wait_for(std::iter::empty());
    copy.reset(server.clone());
    let later = decided(&mut server, 1, OpId(id(52)), &move_to(1)).unwrap();
    copy.receive(later);
    assert_eq!(copy.shown(), &server);
}

#[test]
fn a_new_item_is_there_before_it_has_a_number() {
    let mut copy = Replica::new(viewer(0), board());
    let title = crate::domain::text::Title::parse("New").unwrap();
    let description = crate::domain::text::Description::parse("").unwrap();
    let item = ItemId(id(77));
    let create = ItemCommand::Create { item, title, description, facts: facts(), reason: None };
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
        Entry { revision: Revision(8), op: OpId(id(1)), actor: MemberId(id(1)), at: 0, change: Change::Item(change) }
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
    let entry =
        Entry { revision: Revision(8), op: OpId(id(1)), actor: MemberId(id(1)), at: 0, change: Change::Item(change) };
    copy.receive(entry);
    assert!(copy.shown().card(ItemId(id(2))).is_none());
}

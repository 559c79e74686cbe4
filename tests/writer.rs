//! The plan's writer on both databases, with many people and several servers at once: every command takes effect
//! exactly once, revisions have no gaps, and a copy of the board that follows the changes equals the database.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod support;

use act_board::{
    domain::{
        accounts::{Member, Role},
        board::Board,
        change::{Command, Refusal},
        day::Day,
        ids::{ItemId, MemberId, OpId, Revision},
        items::ItemCommand,
    },
    server::{AppState, clock::Clock, config::Config, demo, writer::Submission},
    store::{self, Access, Db},
};
use support::{
    databases::{BOTH, Kind, TestDb},
    server::TODAY,
};
use uuid::Uuid;

async fn node(db: Db) -> AppState {
    let clock = Clock { fixed: Day::parse(TODAY) };
    let mut config = Config::new("127.0.0.1:0".parse().unwrap(), None, true, clock, false).unwrap();
    config.writes_per_second = 0;
    AppState::new(config, db)
}

async fn demo(kind: Kind) -> (TestDb, AppState, Member) {
    let kept = TestDb::new(kind).await;
    let state = node(kept.open().await).await;
    demo::fill(&state, 0).await.unwrap();
    let mut conn = state.db.reader().await.unwrap();
    let stored = store::member_by_email(&mut conn, "coordinator@astra.example").await.unwrap().unwrap();
    (kept, state, stored.member)
}

fn submission(member: &Member, command: ItemCommand) -> Submission {
    let (member, address) = (member.clone(), String::new());
    Submission { op: OpId(Uuid::now_v7()), member, address, command: Command::Item(command) }
}

#[tokio::test]
async fn a_program_that_runs_wild_is_slowed_down_and_nobody_else() {
    let (_kept, state, member) = demo(Kind::Sqlite).await;
    let mut config = Config::clone(&state.config);
    config.writes_per_second = 1;
    let state = AppState::new(config, state.db);
    let quick = (0..2_000).map(|_| state.pace(member.id)).filter(Result::is_ok).count();
    assert!((300..400).contains(&quick), "a burst, as of an outbox that was long offline: {quick}");
    assert_eq!(state.pace(member.id), Err(Refusal::TooFast));
    assert_eq!(state.pace(MemberId(Uuid::now_v7())), Ok(()));
}

#[tokio::test(flavor = "multi_thread")]
async fn many_moves_at_once_from_two_servers_are_each_done_once() {
    for kind in BOTH {
        let (kept, first, member) = demo(kind).await;
        let second = node(Db::open(&kept.url, Access::Look).await.unwrap()).await;
        let board = first.board().await.unwrap().unwrap();
        let start = board.revision.0;
        let statuses: Vec<_> = board.frame.statuses.iter().map(|status| status.id).collect();
        let items: Vec<ItemId> = statuses.iter().flat_map(|id| board.column(*id)).map(|card| card.id).collect();
        let mut tasks = Vec::new();
        for n in 0..120_usize {
            let state = if n % 2 == 0 { first.clone() } else { second.clone() };
            let after = (n % 3 > 0).then(|| items[(n * 7) % items.len()]);
            let command = ItemCommand::Move { item: items[n % items.len()], to: statuses[n % 3], after };
            let submission = submission(&member, command);
            // Each is sent twice, as by an impatient client.
            for _ in 0..2 {
                let (state, submission) = (state.clone(), submission.clone());
                tasks.push(tokio::spawn(async move { state.submit(submission).await }));
            }
        }
        let mut revisions = Vec::new();
        for task in tasks {
            revisions.push(task.await.unwrap().unwrap().revision.0);
        }
        revisions.sort_unstable();
        let twice: Vec<i64> = (1..=120).flat_map(|n| [start + n, start + n]).collect();
        assert_eq!(revisions, twice, "{kind:?}: no gap, and every retry got the first answer");
        same_board_everywhere(&first, &second, (*board).clone()).await;
        assert_eq!(first.db.integrity().await.unwrap(), Vec::<String>::new());
    }
}

/// A copy that follows the changes, the servers' copies and the database are one.
async fn same_board_everywhere(first: &AppState, second: &AppState, mut copy: Board) {
    let plan = copy.frame.plan.id;
    let mut conn = first.db.snapshot().await.unwrap();
    for entry in store::changes_since(&mut conn, plan, copy.revision, 1000).await.unwrap() {
        copy.apply(entry);
    }
    let revision = store::revision(&mut conn, plan).await.unwrap();
    let frame = store::frame(&mut conn, plan).await.unwrap();
    let stored = Board::new(revision, frame, store::board_cards(&mut conn, plan).await.unwrap());
    assert_eq!(copy, stored);
    assert_eq!(*first.board().await.unwrap().unwrap(), stored);
    assert_eq!(*second.board().await.unwrap().unwrap(), stored);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_command_takes_no_revision_and_harms_no_neighbour() {
    for kind in BOTH {
        let (_kept, state, member) = demo(kind).await;
        let board = state.board().await.unwrap().unwrap();
        let item = board.card_by_number(1).unwrap().id;
        let stranger = Member { id: MemberId(member.id.0), role: Role::Donor, ..member.clone() };
        let mut tasks = Vec::new();
        for n in 0..30 {
            let who = if n % 3 == 0 { &stranger } else { &member };
            let item = if n % 3 == 1 { ItemId(Uuid::now_v7()) } else { item };
            let submission = submission(who, ItemCommand::Hide { item });
            let state = state.clone();
            tasks.push((n % 3, tokio::spawn(async move { state.submit(submission).await })));
        }
        for (case, task) in tasks {
            match (case, task.await.unwrap()) {
                // Once hidden, the donor does not see it any more.
                (0, Err(Refusal::Forbidden | Refusal::NotFound)) | (1, Err(Refusal::NotFound)) | (2, Ok(_)) => {}
                (case, answer) => panic!("{kind:?} case {case}: {answer:?}"),
            }
        }
        let now = state.board().await.unwrap().unwrap();
        assert_eq!(now.revision, Revision(board.revision.0 + 10), "{kind:?}");
        assert_eq!(state.db.integrity().await.unwrap(), Vec::<String>::new());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moved_card_stands_where_it_was_put() {
    for kind in BOTH {
        let (_kept, state, member) = demo(kind).await;
        let board = state.board().await.unwrap().unwrap();
        let planned = board.frame.statuses[0].id;
        let order = |board: &Board| board.column(planned).map(|card| card.number).collect::<Vec<_>>();
        let id = |number| board.card_by_number(number).unwrap().id;
        let before = order(&board);
        let go = |item, after| state.submit(submission(&member, ItemCommand::Move { item, to: planned, after }));
        go(id(8), Some(id(before[0]))).await.unwrap();
        go(id(4), None).await.unwrap();
        go(id(before[0]), Some(id(*before.last().unwrap()))).await.unwrap();
        let mut expected = vec![4, 8];
        expected.extend(&before[1..]);
        expected.push(before[0]);
        assert_eq!(order(&state.board().await.unwrap().unwrap()), expected, "{kind:?}");
    }
}

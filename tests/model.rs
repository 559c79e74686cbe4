//! The promise, tried by chance: nothing is lost, nobody is overwritten. Some people with the real outbox and the real
//! copy of the board, the real writer and store, two nodes on one database, and a network that delays, drops, repeats,
//! reorders and cuts. Once it heals, all must hold the same board, and every word must be somewhere.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod support;

use act_board::{
    domain::{
        accounts::{Member, Viewer},
        board::Board,
        change::{Change, Command, Entry, Refusal},
        day::Day,
        ids::{ItemId, OpId, Revision, StatusId},
        items::{Edit, ItemChange, ItemCommand},
        outbox::{Job, Outbox},
        rank::Rank,
        replica::Replica,
        text::{Text, TextEdit, Title},
    },
    server::{AppState, clock::Clock, config::Config, demo, writer::Submission},
    store::{self, Access, Db},
};
use proptest::{
    prelude::*,
    test_runner::{FailurePersistence, FileFailurePersistence},
};
use std::collections::{BTreeSet, HashMap};
use support::{
    databases::{BOTH, Kind, TestDb},
    server::TODAY,
};
use tokio::runtime::Runtime;
use uuid::Uuid;

const PEOPLE: [&str; 5] = [
    "coordinator@astra.example",
    "partner@astra.example",
    "coordinator@astra.example",
    "partner@clci.example",
    "partner@nhc.example",
];

/// What happens to a request and its answer.
#[derive(Clone, Copy, Debug)]
enum Fate {
    Arrives,
    NeverArrives,
    AnswerIsLost,
    ArrivesTwice,
    /// A copy of it wanders about, and arrives much later once more.
    Wanders,
}

#[derive(Clone, Debug)]
enum Step {
    /// Somebody does something to an item near others.
    Do { who: usize, what: u8, item: usize, near: usize },
    /// The first job of somebody goes out.
    Send { who: usize, node: usize, fate: Fate },
    /// What wandered about arrives.
    Late,
    /// Everybody's first job goes out at once.
    Storm,
    /// News come in: so many, and perhaps all over again.
    Hear { who: usize, count: usize, again: bool },
    /// The board is asked for anew, since something was missed.
    Load { who: usize },
    /// A reload, or a browser that died: what was not kept is gone.
    Restart { who: usize },
}

fn step() -> impl Strategy<Value = Step> {
    let fate = prop_oneof![
        4 => Just(Fate::Arrives),
        1 => Just(Fate::NeverArrives),
        2 => Just(Fate::AnswerIsLost),
        1 => Just(Fate::ArrivesTwice),
        1 => Just(Fate::Wanders),
    ];
    prop_oneof![
        6 => (0_usize..5, 0_u8..10, 0_usize..12, 0_usize..12)
            .prop_map(|(who, what, item, near)| Step::Do { who, what, item, near }),
        4 => (0_usize..5, 0_usize..2, fate).prop_map(|(who, node, fate)| Step::Send { who, node, fate }),
        1 => Just(Step::Storm),
        1 => Just(Step::Late),
        3 => (0_usize..5, 0_usize..9, any::<bool>()).prop_map(|(who, count, again)| Step::Hear { who, count, again }),
        1 => (0_usize..5).prop_map(|who| Step::Load { who }),
        1 => (0_usize..5).prop_map(|who| Step::Restart { who }),
    ]
}

/// A person with a browser.
struct Person {
    member: Member,
    replica: Replica,
    outbox: Outbox,
    /// Titles as last heard of.
    titles: HashMap<ItemId, Text>,
    /// The last text of this person, by item.
    writing: HashMap<ItemId, OpId>,
    /// Which version was before the eyes of whoever wrote a text.
    seen: HashMap<OpId, i64>,
    /// In the order in which things were wanted, as the server shall hear of them.
    wanted: Vec<OpId>,
    acknowledged: BTreeSet<OpId>,
    refused: BTreeSet<OpId>,
    /// Words that the same person has replaced before anybody saw them.
    replaced: BTreeSet<String>,
}

/// Two nodes, and what the test knows of the world.
struct World {
    nodes: [AppState; 2],
    people: Vec<Person>,
    wandering: Vec<(Member, Job)>,
    /// Every word that was ever typed.
    words: BTreeSet<String>,
    count: u64,
}

fn node(db: Db) -> AppState {
    let clock = Clock { fixed: Day::parse(TODAY) };
    let mut config = Config::new("127.0.0.1:0".parse().unwrap(), None, true, clock, false).unwrap();
    config.writes_per_second = 0;
    AppState::new(config, db)
}

async fn board(state: &AppState) -> Board {
    (*state.board().await.unwrap().unwrap()).clone()
}

async fn titles(state: &AppState) -> HashMap<ItemId, Text> {
    let mut conn = state.db.reader().await.unwrap();
    let plan = store::current_plan(&mut conn).await.unwrap().unwrap();
    let texts = store::texts_since(&mut conn, plan, Revision(0)).await.unwrap();
    texts.into_iter().map(|(item, title, _)| (item, title)).collect()
}

impl World {
    async fn new(nodes: [AppState; 2], people: usize) -> Self {
        let (board, titles) = (board(&nodes[0]).await, titles(&nodes[0]).await);
        let mut all = Vec::new();
        for email in &PEOPLE[..people] {
            let mut conn = nodes[0].db.reader().await.unwrap();
            let member = store::member_by_email(&mut conn, email).await.unwrap().unwrap().member;
            all.push(Person {
                replica: Replica::new(Viewer::Member(member.clone()), board.clone()),
                member,
                outbox: Outbox::default(),
                titles: titles.clone(),
                writing: HashMap::new(),
                seen: HashMap::new(),
                wanted: Vec::new(),
                acknowledged: BTreeSet::new(),
                refused: BTreeSet::new(),
                replaced: BTreeSet::new(),
            });
        }
        Self { nodes, people: all, wandering: Vec::new(), words: BTreeSet::new(), count: 0 }
    }

    fn word(&mut self) -> String {
        self.count += 1;
        let word = format!("word{}", self.count);
        self.words.insert(word.clone());
        word
    }

    async fn take(&mut self, step: Step) {
        let people = self.people.len();
        match step {
            Step::Do { who, what, item, near } => {
                let word = self.word();
                if !self.people[who % people].wish(what, item, near, &word) {
                    self.words.remove(&word);
                }
            }
            Step::Send { who, node, fate } => self.send(who % people, node, fate).await,
            Step::Storm => {
                let jobs: Vec<_> =
                    self.people.iter_mut().map(|person| (person.member.clone(), person.take())).collect();
                let sent = jobs.into_iter().enumerate().filter_map(|(who, (member, job))| {
                    let (state, job) = (self.nodes[who % 2].clone(), job?);
                    Some(async move { (who, job.op, submit(&state, member, job).await) })
                });
                let answers: Vec<_> = futures_util::future::join_all(sent).await;
                for (who, op, answer) in answers {
                    self.people[who].answered(op, &answer);
                }
            }
            Step::Late => self.arrive_late().await,
            Step::Hear { who, count, again } => self.hear(who % people, count, again).await,
            Step::Load { who } => {
                let board = board(&self.nodes[who % 2]).await;
                self.people[who % people].replica.reset(board);
            }
            Step::Restart { who } => {
                let (board, titles) = (board(&self.nodes[who % 2]).await, titles(&self.nodes[0]).await);
                self.people[who % people].restart(board, titles);
            }
        }
    }

    async fn send(&mut self, who: usize, node: usize, fate: Fate) {
        let member = self.people[who].member.clone();
        let Some(job) = self.people[who].take() else { return };
        let (op, state, other) = (job.op, self.nodes[node].clone(), self.nodes[1 - node].clone());
        let answer = match fate {
            Fate::NeverArrives => return,
            Fate::Arrives => submit(&state, member, job).await,
            Fate::Wanders => {
                let answer = submit(&state, member.clone(), job.clone()).await;
                // A copy of what was refused might be allowed by then; no server can know that nobody wants it any more.
                if answer.is_ok() {
                    self.wandering.push((member, job));
                }
                answer
            }
            Fate::AnswerIsLost => {
                submit(&state, member, job).await.ok();
                return;
            }
            Fate::ArrivesTwice => {
                let first = submit(&state, member.clone(), job.clone());
                let (first, second) = futures_util::future::join(first, submit(&other, member, job)).await;
                assert_eq!(first.is_ok(), second.is_ok(), "{first:?} {second:?}");
                first
            }
        };
        self.people[who].answered(op, &answer);
    }

    /// What arrives late was answered long ago, or is about to be sent again: either way it is done once.
    async fn arrive_late(&mut self) {
        for (n, (member, job)) in std::mem::take(&mut self.wandering).into_iter().enumerate() {
            submit(&self.nodes[n % 2], member, job).await.ok();
        }
    }

    /// The socket: in order, from where the copy is; what was told again changes nothing.
    async fn hear(&mut self, who: usize, count: usize, again: bool) {
        let mut conn = self.nodes[who % 2].db.reader().await.unwrap();
        let plan = store::current_plan(&mut conn).await.unwrap().unwrap();
        let person = &mut self.people[who];
        let since = Revision(person.replica.revision().0 - if again { 5 } else { 0 });
        let news = store::changes_since(&mut conn, plan, Revision(since.0.max(0)), 500).await.unwrap();
        for entry in news.into_iter().take(if again { count + 5 } else { count }) {
            person.heard(&entry);
            person.replica.receive(entry);
        }
    }

    /// The network is well again: everything arrives, conflicts are decided, until nothing is left to do.
    async fn heal(&mut self) {
        self.arrive_late().await;
        for round in 0.. {
            assert!(round < 200, "it never ends");
            let mut quiet = true;
            for who in 0..self.people.len() {
                self.hear(who, usize::MAX - 10, true).await;
                while self.people[who].outbox.jobs().len() > 0 {
                    quiet = false;
                    self.send(who, who % 2, Fate::Arrives).await;
                }
                let word = self.word();
                if self.people[who].decide(&word) {
                    quiet = false;
                } else {
                    self.words.remove(&word);
                }
            }
            if quiet {
                break;
            }
        }
        for who in 0..self.people.len() {
            self.hear(who, usize::MAX - 10, false).await;
        }
    }

    async fn check(&self) {
        let (first, second) = (board(&self.nodes[0]).await, board(&self.nodes[1]).await);
        assert_eq!(first, second, "the nodes agree");
        let mut conn = self.nodes[0].db.snapshot().await.unwrap();
        let plan = first.frame.plan.id;
        let stored = store::board_cards(&mut conn, plan).await.unwrap();
        assert_eq!(first, Board::new(first.revision, first.frame.clone(), stored), "and so does the database");
        let history = store::changes_since(&mut conn, plan, Revision(0), 1_000_000).await.unwrap();
        let done: Vec<OpId> = history.iter().map(|entry| entry.op).collect();
        let said: BTreeSet<String> = history.iter().flat_map(written).collect();
        for person in &self.people {
            assert_eq!(person.replica.revision(), first.revision);
            assert_eq!(person.replica.shown(), &first, "{} holds the same board", person.member.name);
            let times = |op: &OpId| done.iter().filter(|other| *other == op).count();
            assert!(person.acknowledged.iter().all(|op| times(op) == 1), "what was acknowledged is done once");
            assert!(person.refused.iter().all(|op| times(op) == 0), "what was refused is not done");
            let wanted: Vec<OpId> = person.wanted.iter().copied().filter(|op| times(op) > 0).collect();
            let own: Vec<OpId> = done.iter().copied().filter(|op| wanted.contains(op)).collect();
            assert_eq!(own, wanted, "in the order in which it was wanted");
        }
        let kept: BTreeSet<&String> = self.people.iter().flat_map(|person| &person.replaced).collect();
        for word in &self.words {
            let is_kept = self.people.iter().any(|person| person.keeps(word));
            assert!(said.contains(word) || kept.contains(word) || is_kept, "{word} has vanished");
        }
        assert!(first.cards().all(|card| !card.rank.is_long()));
        assert_eq!(self.nodes[0].db.integrity().await.unwrap(), Vec::<String>::new());
    }
}

/// The words that a change has written.
fn written(entry: &Entry) -> Vec<String> {
    let mut change = entry.change.clone();
    let texts: Vec<String> = change.texts_mut().into_iter().map(|(_, text)| text.body.clone()).collect();
    texts.iter().flat_map(|text| text.split(' ').map(str::to_owned)).collect()
}

async fn submit(state: &AppState, member: Member, job: Job) -> Result<Entry, Refusal> {
    state.submit(Submission { op: job.op, member, address: String::new(), command: job.command }).await
}

impl Person {
    /// Wants something; the word is for a text. Whether the word was used.
    fn wish(&mut self, what: u8, item: usize, near: usize, word: &str) -> bool {
        let cards: Vec<ItemId> = self.replica.shown().cards().map(|card| card.id).collect();
        let (item, near) = (cards[item % cards.len()], cards[near % cards.len()]);
        let statuses: Vec<StatusId> = self.replica.shown().frame.statuses.iter().map(|status| status.id).collect();
        let (mut used, mut follows) = (false, None);
        let command = match what {
            0..=3 => ItemCommand::Move { item, to: statuses[usize::from(what) % 3], after: Some(near) },
            4 => ItemCommand::Move { item, to: statuses[0], after: None },
            5..=7 => {
                let Some(title) = self.titles.get(&item) else { return false };
                used = true;
                // Sometimes another tab writes, which has not seen what waits.
                follows = self.writing.get(&item).copied().filter(|_| what < 7);
                let title = TextEdit { from: title.version, body: Title::parse(word).unwrap() };
                ItemCommand::Edit { item, edit: Edit { title: Some(title), ..Edit::default() } }
            }
            8 => ItemCommand::Archive { item },
            _ => ItemCommand::Restore { item },
        };
        let writes = used.then_some(item);
        self.submit(Command::Item(command), follows, writes);
        used
    }

    fn submit(&mut self, command: Command, follows: Option<OpId>, writes: Option<ItemId>) {
        let op = OpId(Uuid::now_v7());
        self.replica.submit(op, command.clone());
        let before = self.typed();
        let joined = self.outbox.add(Job::new(op, command, 0, follows));
        let after = self.typed();
        // The older words of a joined text were this hand's own, and were replaced by it.
        let older: Vec<String> = before.difference(&after).cloned().collect();
        assert!(older.is_empty() || follows.is_some(), "{older:?} were replaced by who has not seen them");
        self.replaced.extend(older);
        if joined == op {
            self.wanted.push(op);
        }
        if let Some(item) = writes {
            self.writing.insert(item, op);
            let shown = self.titles.get(&item).map_or(0, |title| title.version);
            // Who goes on from what waits sees that, and not what the server has.
            let waits = follows.filter(|last| self.outbox.jobs().any(|job| job.is(*last)));
            let seen = waits.and_then(|last| self.seen.get(&last)).copied().unwrap_or(shown);
            self.seen.insert(op, seen);
        }
        self.show();
    }

    fn show(&mut self) {
        self.replica.wait_for(self.outbox.jobs().map(|job| (job.op, job.command.clone())));
    }

    /// The words in what waits.
    fn typed(&self) -> BTreeSet<String> {
        self.outbox.jobs().flat_map(words).collect()
    }

    /// The words in what was refused.
    fn kept(&self) -> BTreeSet<String> {
        self.outbox.refused().iter().flat_map(|refused| words(&refused.job)).collect()
    }

    fn keeps(&self, word: &str) -> bool {
        self.outbox.refused().iter().any(|refused| words(&refused.job).contains(&word.to_owned()))
    }

    fn take(&mut self) -> Option<Job> {
        self.outbox.take()
    }

    fn answered(&mut self, op: OpId, answer: &Result<Entry, Refusal>) {
        match answer {
            Ok(entry) => {
                self.acknowledged.insert(op);
                self.own(entry);
                self.replica.receive(entry.clone());
            }
            Err(Refusal::Unavailable) => return,
            Err(why) => {
                self.refused.insert(op);
                self.replica.refuse(op);
                self.was_overtaken(op, why);
            }
        }
        let own: Vec<String> = self.outbox.jobs().filter(|job| job.op == op).flat_map(words).collect();
        let (before, kept_before) = (self.typed(), self.kept());
        let follows = self.outbox.jobs().find(|job| job.op == op).and_then(|job| job.follows);
        let goes_on = follows.is_some_and(|last| self.outbox.refused().iter().any(|refused| refused.job.is(last)));
        self.outbox.answered(op, answer.as_ref());
        // What was written on is folded into what was refused.
        let after = self.typed();
        let kept = self.kept();
        // Newer words at the same closed door take the place of those that their author had before their eyes.
        let over: Vec<String> = kept_before.difference(&kept).cloned().collect();
        assert!(over.is_empty() || goes_on, "{over:?} were refused before, and are gone");
        self.replaced.extend(over);
        if answer.is_err() {
            let refused: BTreeSet<String> = before.iter().filter(|word| own.contains(*word)).cloned().collect();
            let missing: BTreeSet<String> =
                before.difference(&after).filter(|word| !kept.contains(*word)).cloned().collect();
            // Only the refused words themselves may go, and only for newer ones of the same hand that are kept.
            assert!(missing.is_subset(&refused), "{missing:?}");
            assert!(missing.is_empty() || kept.iter().any(|word| !own.contains(word)), "{missing:?} was dropped");
            self.replaced.extend(missing);
        }
        self.show();
    }

    /// Nobody is in conflict with what they had before their eyes when they wrote.
    fn was_overtaken(&self, op: OpId, why: &Refusal) {
        let Refusal::Conflict { theirs, .. } = why else { return };
        let last = self.outbox.jobs().find(|job| job.op == op).map(Job::newest);
        let seen = last.and_then(|last| self.seen.get(&last)).copied().unwrap_or_default();
        assert!(theirs.version > seen, "version {seen} was seen, and is the newest");
    }

    /// The answer to one's own text says which version it is now.
    fn own(&mut self, entry: &Entry) {
        if let Change::Item(ItemChange::Edited { item, title: Some(title), .. }) = &entry.change {
            self.learn(*item, title);
        }
    }

    /// A text that others have changed is shown, unless one is writing at it.
    fn heard(&mut self, entry: &Entry) {
        if let Change::Item(ItemChange::Edited { item, title: Some(title), .. }) = &entry.change {
            let last = self.writing.get(item);
            if !last.is_some_and(|last| self.outbox.jobs().any(|job| job.is(*last))) {
                self.learn(*item, title);
            }
        }
    }

    fn learn(&mut self, item: ItemId, title: &Text) {
        if title.version > self.titles.get(&item).map_or(0, |title| title.version) {
            self.titles.insert(item, title.clone());
        }
    }

    /// Decides the first conflict: both words, and a new one that says so.
    fn decide(&mut self, word: &str) -> bool {
        let conflict = self.outbox.refused().iter().find_map(|refused| match &refused.why {
            Refusal::Conflict { theirs, .. } => Some((refused.clone(), theirs.clone())),
            _ => None,
        });
        let Some((refused, theirs)) = conflict else { return false };
        let mine = words(&refused.job).join(" ");
        self.outbox.dismiss(&refused);
        let body = Title::parse(&format!("{word} {mine}")).unwrap();
        let title = TextEdit { from: theirs.version, body };
        let Some(item) = refused.job.item() else { return false };
        self.titles.insert(item, theirs);
        let edit = Edit { title: Some(title), ..Edit::default() };
        self.submit(Command::Item(ItemCommand::Edit { item, edit }), None, Some(item));
        true
    }

    fn restart(&mut self, board: Board, titles: HashMap<ItemId, Text>) {
        let stored = serde_json::to_string(&self.outbox).unwrap();
        self.outbox = Outbox::read(&stored).unwrap();
        self.replica = Replica::new(Viewer::Member(self.member.clone()), board);
        self.titles = titles;
        self.writing.clear();
        for job in self.outbox.jobs() {
            if !words(job).is_empty() {
                job.item().map(|item| self.writing.insert(item, job.newest()));
            }
        }
        self.show();
    }
}

fn words(job: &Job) -> Vec<String> {
    match &job.command {
        Command::Item(ItemCommand::Edit { edit, .. }) => {
            let title = edit.title.as_ref().map_or("", |title| title.body.as_str());
            title.split_whitespace().map(str::to_owned).collect()
        }
        _ => Vec::new(),
    }
}

async fn nodes(kind: Kind) -> (TestDb, [AppState; 2]) {
    let kept = TestDb::new(kind).await;
    let first = node(kept.open().await);
    demo::fill(&first, 0).await.unwrap();
    let second = node(Db::open(&kept.url, Access::Look).await.unwrap());
    (kept, [first, second])
}

/// How often chance is asked; `make faults` asks more often.
fn cases() -> u32 {
    std::env::var("ACT_BOARD_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(40)
}

#[test]
fn all_hold_the_same_and_no_word_is_lost() {
    for kind in BOTH {
        let runtime = Runtime::new().unwrap();
        let strategy = (2_usize..=5, prop::collection::vec(step(), 1..60));
        // Seeds of failures are kept beside this file, and tried first; hence a fresh database for each case.
        let seeds = FileFailurePersistence::Direct("tests/model.seeds");
        let failure_persistence: Option<Box<dyn FailurePersistence>> = Some(Box::new(seeds));
        let config = ProptestConfig { cases: cases(), failure_persistence, ..ProptestConfig::default() };
        let result = proptest::test_runner::TestRunner::new(config).run(&strategy, |(people, steps)| {
            runtime.block_on(async {
                let (_kept, nodes) = nodes(kind).await;
                let mut world = World::new(nodes, people).await;
                for step in steps {
                    world.take(step).await;
                }
                world.heal().await;
                world.check().await;
            });
            Ok(())
        });
        if let Err(error) = result {
            panic!("{kind:?}: {error}");
        }
    }
}

/// Always to the second place, where ranks grow fastest; `make faults` moves 100,000 times.
#[test]
fn ranks_stay_short_however_often_cards_are_moved() {
    let moves: usize = std::env::var("ACT_BOARD_MOVES").ok().and_then(|moves| moves.parse().ok()).unwrap_or(2_000);
    for kind in BOTH {
        let runtime = Runtime::new().unwrap();
        let longest = runtime.block_on(async {
            let (_kept, nodes) = nodes(kind).await;
            let (mut conn, start) = (nodes[0].db.reader().await.unwrap(), board(&nodes[0]).await);
            let stored = store::member_by_email(&mut conn, PEOPLE[0]).await.unwrap().unwrap();
            drop(conn);
            let status = start.frame.statuses[0].id;
            let cards: Vec<ItemId> = start.column(status).map(|card| card.id).collect();
            let (first, others) = cards.split_first().unwrap();
            let mut longest = 0;
            for batch in 0..moves.div_ceil(others.len()) {
                let sent = others.iter().map(|item| {
                    let command = Command::Item(ItemCommand::Move { item: *item, to: status, after: Some(*first) });
                    let (op, member, address) = (OpId(Uuid::now_v7()), stored.member.clone(), String::new());
                    let submission = Submission { op, member, address, command };
                    nodes[batch % 2].submit(submission)
                });
                for answer in futures_util::future::join_all(sent).await {
                    if let Change::Item(ItemChange::Moved { rank, .. }) = answer.unwrap().change {
                        longest = longest.max(rank.as_str().len());
                    }
                }
            }
            let end = board(&nodes[1]).await;
            assert_eq!(end.column(status).next().map(|card| card.id), Some(*first), "{kind:?}");
            assert!(end.cards().all(|card| card.rank.as_str().len() <= Rank::LONG));
            assert_eq!(nodes[0].db.integrity().await.unwrap(), Vec::<String>::new());
            longest
        });
        // One that was too long for a moment is made short in the same transaction.
        assert!(longest <= Rank::LONG + 1, "{kind:?}: {longest}");
        println!("{kind:?}: {moves} moves, the longest rank had {longest} characters");
    }
}

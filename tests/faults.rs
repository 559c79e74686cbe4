//! The server is killed in the middle of its work and started again, over and over. Whatever it acknowledged is there
//! afterwards, once; whatever it did not may be sent again; and the database finds nothing wrong with itself.
//!
//! Three kills on each database here, fifty by `make faults`.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod support;

use act_board::{
    domain::{
        board::Board,
        ids::{OpId, Revision},
    },
    server::demo,
    store::{self, Access, Db},
};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    net::{TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};
use support::databases::{BOTH, TestDb};
use uuid::Uuid;

/// How many people work at once.
const PEOPLE: usize = 4;

fn kills() -> usize {
    std::env::var("ACT_BOARD_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(3)
}

fn start(url: &str, addr: &str) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_act-board"));
    command.args([
        "serve",
        "--demo",
        "--today",
        "2026-12-15",
        "--log",
        "off",
        "--addr",
        addr,
        "--database-url",
        url,
        "--writes-per-second",
        "0",
    ]);
    let child = command.stdout(Stdio::null()).spawn().unwrap();
    while TcpStream::connect(addr).is_err() {
        thread::sleep(Duration::from_millis(5));
    }
    child
}

/// One person's connection, which may break at any time.
struct Person {
    agent: ureq::Agent,
    addr: String,
    cookie: String,
}

impl Person {
    fn new(addr: &str) -> Self {
        let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0);
        let config = config.max_redirects_will_error(false).timeout_global(Some(Duration::from_secs(10)));
        let mut person = Self { agent: config.build().into(), addr: addr.to_owned(), cookie: String::new() };
        let form = [("email", "coordinator@astra.example"), ("password", demo::PASSWORD)];
        let answer = person.agent.post(format!("http://{addr}/sign-in")).send_form(form).unwrap();
        let mut cookies = answer.headers().get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap());
        let session = cookies.find(|cookie| cookie.starts_with("session=")).unwrap();
        person.cookie = session.split(';').next().unwrap().to_owned();
        person
    }

    /// The answer, if one came: its status and its words.
    fn rpc(&self, name: &str, body: &Value) -> Option<(u16, Value)> {
        let request = self.agent.post(format!("http://{}/rpc/{name}", self.addr)).header("cookie", &self.cookie);
        let mut answer = request.send_json(body).ok()?;
        let status = answer.status().as_u16();
        Some((status, answer.body_mut().read_json().ok()?))
    }
}

#[test]
fn what_was_acknowledged_survives_every_kill() {
    for kind in BOTH {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let db = runtime.block_on(TestDb::new(kind));
        let addr = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
        let server = Mutex::new(start(&db.url, &addr));
        let people: Vec<Person> = (0..PEOPLE).map(|_| Person::new(&addr)).collect();
        let (items, statuses) = plan(&people[0]);
        // What was acknowledged, with its revision; and how often something was sent in vain.
        let ledger: Mutex<BTreeMap<Uuid, i64>> = Mutex::default();
        let (stop, failures) = (AtomicBool::new(false), AtomicUsize::new(0));
        thread::scope(|scope| {
            for (who, person) in people.iter().enumerate() {
                let (items, statuses, ledger, stop, failures) = (&items, &statuses, &ledger, &stop, &failures);
                scope.spawn(move || work(who, person, items, statuses, ledger, stop, failures));
            }
            for kill in 0..kills() {
                // At another moment each time, from the start of the load on.
                thread::sleep(Duration::from_millis(120 + (kill as u64 * 37) % 200));
                let mut server = server.lock().unwrap();
                server.kill().unwrap();
                server.wait().unwrap();
                *server = start(&db.url, &addr);
            }
            thread::sleep(Duration::from_millis(200));
            stop.store(true, Ordering::Relaxed);
        });
        let mut server = server.into_inner().unwrap();
        server.kill().unwrap();
        server.wait().unwrap();
        let ledger = ledger.into_inner().unwrap();
        runtime.block_on(async {
            let db = Db::open(&db.url, Access::Look).await.unwrap();
            let mut conn = db.snapshot().await.unwrap();
            let plan = store::current_plan(&mut conn).await.unwrap().unwrap();
            let history = store::changes_since(&mut conn, plan, Revision(0), 10_000_000).await.unwrap();
            let mut done: BTreeMap<OpId, Vec<i64>> = BTreeMap::new();
            history.iter().for_each(|entry| done.entry(entry.op).or_default().push(entry.revision.0));
            for (op, revision) in &ledger {
                assert_eq!(
                    done.get(&OpId(*op)),
                    Some(&vec![*revision]),
                    "{kind:?}: acknowledged, so it is there, once"
                );
            }
            // What the rows say is what history makes of them.
            let frame = store::frame(&mut conn, plan).await.unwrap();
            let stored = store::board_cards(&mut conn, plan).await.unwrap();
            let revision = history.last().unwrap().revision;
            let mut replayed = Board::new(Revision(0), frame.clone(), Vec::new());
            history.iter().cloned().for_each(|entry| replayed.apply(entry));
            assert_eq!(replayed, Board::new(revision, frame, stored), "{kind:?}");
            assert!(history.windows(2).all(|pair| pair[1].revision.0 == pair[0].revision.0 + 1), "no gaps");
            assert_eq!(db.integrity().await.unwrap(), Vec::<String>::new(), "{kind:?}");
        });
        assert!(ledger.len() > kills() * 10, "{kind:?}: it worked between the kills: {}", ledger.len());
        println!(
            "{kind:?}: {} kills, {} changes acknowledged, {} sent in vain",
            kills(),
            ledger.len(),
            failures.load(Ordering::Relaxed)
        );
    }
}

fn plan(person: &Person) -> (Vec<Value>, Vec<Value>) {
    let (_, view) = person.rpc("board", &json!({ "filter": {} })).unwrap();
    let columns = view["columns"].as_array().unwrap();
    let cards = columns.iter().flat_map(|column| column["cards"].as_array().unwrap());
    (cards.map(|card| card["id"].clone()).collect(), columns.iter().map(|column| column["status"].clone()).collect())
}

/// Moves cards, each until it is acknowledged, as an outbox does.
fn work(
    who: usize,
    person: &Person,
    items: &[Value],
    statuses: &[Value],
    ledger: &Mutex<BTreeMap<Uuid, i64>>,
    stop: &AtomicBool,
    failures: &AtomicUsize,
) {
    let mut n = who;
    while !stop.load(Ordering::Relaxed) {
        n += PEOPLE;
        let (item, to) = (&items[n * 7 % items.len()], &statuses[n % statuses.len()]);
        let op = Uuid::now_v7();
        let command = json!({ "op": op, "command": { "item": { "move": { "item": item, "to": to, "after": null } } } });
        loop {
            match person.rpc("submit", &command) {
                Some((200, entry)) => {
                    let revision = entry["revision"].as_i64().unwrap();
                    let before = ledger.lock().unwrap().insert(op, revision);
                    assert!(before.is_none());
                    break;
                }
                // The answer is lost with the server, or it is about to come up: the same again.
                Some((503, _)) | None => {
                    failures.fetch_add(1, Ordering::Relaxed);
                    if stop.load(Ordering::Relaxed) {
                        return;
                    }
                    thread::sleep(Duration::from_millis(10));
                }
                Some((status, words)) => panic!("{status}: {words}"),
            }
        }
    }
}

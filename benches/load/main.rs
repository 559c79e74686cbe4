//! How fast the optimised server is, asked over HTTP as a browser asks: pages by size of plan, the logical framework
//! by database, moves by clients and database, memory and start-up. One table, and the same as JSON in
//! target/bench/load.json. It measures and asserts nothing; aims stand beside the figures.
#![allow(clippy::unwrap_used, clippy::cast_possible_truncation, clippy::cast_sign_loss)] // it measures, nobody depends on it

mod framework;
mod server;
mod table;

#[path = "../../tests/support/databases.rs"]
#[allow(dead_code)]
mod databases;

use act_board::server::demo::ACCOUNTS;
use databases::{BOTH, Kind, TestDb};
use serde_json::json;
use server::{Client, Server, Socket};
use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};
use table::{Row, Table};

const PAGES: usize = 200;
const RUN: Duration = Duration::from_secs(2);

fn main() {
    let mut table = Table::default();
    idle(&mut table);
    for (items, aim) in [(30, 5.0), (1_000, 15.0), (4_000, 40.0)] {
        pages(&mut table, items, aim);
    }
    for kind in BOTH {
        results(&mut table, kind);
        dashboard(&mut table, kind);
    }
    for kind in BOTH {
        for items in [30, 4_000] {
            moves(&mut table, kind, items);
        }
    }
    for items in [100, 1_000, 4_000] {
        for (count, planka) in [(1, 32.0), (50, 53.0), (200, 104.0)] {
            sockets(&mut table, items, count, planka);
        }
    }
    table.finish();
}

/// From sending a move until the last of so many boards has heard of it.
fn sockets(table: &mut Table, items: usize, count: usize, planka: f64) {
    let db = database(Kind::Sqlite);
    let server = Server::start(&db.url, items);
    let mut client = Client::signed_in(server.addr);
    let plan = client.plan();
    // One member has at most 30.
    let members = ACCOUNTS.iter().take(count.div_ceil(30));
    let members: Vec<Client> = members.map(|account| Client::signed_in_as(server.addr, account.email)).collect();
    let mut sockets: Vec<Socket> =
        members.iter().cycle().take(count).map(|member| member.socket(server.addr)).collect();
    let mut times: Vec<f64> = (0..PAGES)
        .map(|n| {
            timed(|| {
                client.submit(&plan.a_move(n));
                sockets.iter_mut().for_each(Socket::change);
            })
        })
        .collect();
    let name = |part| format!("{items} items: a move to the last of {count} sockets, {part}");
    table.add(Row::new(&name("median"), "ms", median(&mut times)));
    table.add(Row::new(&name("95 %"), "ms", percentile(&mut times, 0.95)).aim(10.0).than(planka));
}

fn database(kind: Kind) -> TestDb {
    runtime().block_on(TestDb::new(kind))
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Runtime::new().expect("a runtime starts")
}

fn idle(table: &mut Table) {
    let db = database(Kind::Sqlite);
    drop(Server::start(&db.url, 30)); // fills the database
    let mut starts: Vec<f64> = (0..9).map(|_| Server::start(&db.url, 30).started.as_secs_f64()).collect();
    table.add(Row::new("start-up", "s", median(&mut starts)).aim(0.3).than(2.2));
    let server = Server::start(&db.url, 30);
    let mut client = Client::new(server.addr);
    (0..20).for_each(|_| drop(client.get("/board")));
    std::thread::sleep(Duration::from_secs(1));
    table.add(Row::new("memory when idle, after 20 pages", "MB", server.memory_mb()).aim(30.0).than(187.0));
}

/// The board's page for a partner, as sent without compression.
fn pages(table: &mut Table, items: usize, aim: f64) {
    let db = database(Kind::Sqlite);
    let server = Server::start(&db.url, items);
    let mut client = Client::signed_in(server.addr);
    let bytes = client.get("/board").len();
    let mut times: Vec<f64> = (0..PAGES).map(|_| timed(|| drop(client.get("/board")))).collect();
    let planka = match items {
        1_000 => Some(119.0),
        4_000 => Some(381.0),
        _ => None,
    };
    let mut row = Row::new(&format!("board, {items} items, median"), "ms", median(&mut times)).aim(aim);
    row.planka = planka;
    table.add(row);
    table.add(Row::new(&format!("board, {items} items, size"), "kB", bytes as f64 / 1000.0));
    let compressed = client.get_compressed("/board").len();
    table.add(Row::new(&format!("board, {items} items, size sent"), "kB", compressed as f64 / 1000.0));
}

/// The logical framework of a large plan for its coordinator: its page, and the answer that the page asks for anew.
fn results(table: &mut Table, kind: Kind) {
    let db = filled(kind, 3);
    let server = Server::start(&db.url, 0);
    let mut client = Client::signed_in(server.addr);
    let name = |what: &str| format!("{kind:?}, 200 indicators: {what}");
    asked(table, &name("framework"), framework::LAST, || client.get("/results"));
    let compressed = client.get_compressed("/results").len();
    table.add(Row::new(&name("framework, size sent"), "kB", compressed as f64 / 1000.0));
    asked(table, &name("its answer"), framework::LAST, || client.rpc("results", &json!({})));
}

/// The dashboard of a plan of 4,000 items for its coordinator.
fn dashboard(table: &mut Table, kind: Kind) {
    let db = filled(kind, 200);
    let server = Server::start(&db.url, 0);
    let mut client = Client::signed_in(server.addr);
    let name = |what: &str| format!("{kind:?}, 4,000 items, 200 indicators: {what}");
    asked(table, &name("dashboard"), "of 4000 actions", || client.get("/dashboard"));
    asked(table, &name("its answer"), "\"all\":4000", || client.rpc("dashboard", &json!({})));
}

/// A database with the large plan.
fn filled(kind: Kind, items: usize) -> TestDb {
    let db = database(kind);
    runtime().block_on(async {
        let db = db.open().await;
        framework::fill(&db, items).await.expect("the plan is recorded");
        db.close().await;
    });
    db
}

/// Asks for the same again and again.
fn asked(table: &mut Table, name: &str, last: &str, mut ask: impl FnMut() -> Vec<u8>) {
    let body = String::from_utf8(ask()).expect("an answer is text");
    assert!(body.contains(last), "a refusal would be fast: {body:.300}");
    let mut times: Vec<f64> = (0..PAGES).map(|_| timed(|| drop(ask()))).collect();
    table.add(Row::new(&format!("{name}, median"), "ms", median(&mut times)).aim(50.0));
    table.add(Row::new(&format!("{name}, 95 %"), "ms", percentile(&mut times, 0.95)).aim(50.0));
    table.add(Row::new(&format!("{name}, size"), "kB", body.len() as f64 / 1000.0));
}

fn moves(table: &mut Table, kind: Kind, items: usize) {
    let db = database(kind);
    let server = Server::start(&db.url, items);
    let plan = Client::signed_in(server.addr).plan();
    for clients in [1, 8, 32] {
        let name = |what: &str| format!("{kind:?}, {items} items, {clients} clients: {what}");
        let (rate, mut times) = run(&server, &plan, clients);
        let mut rate = Row::new(&name("moves a second"), "1/s", rate);
        let mut latency = Row::new(&name("one move, median"), "ms", median(&mut times));
        if kind == Kind::Sqlite {
            match clients {
                1 => latency = latency.aim(2.0),
                32 => rate = rate.aim(2_000.0),
                _ => {}
            }
        }
        if clients == 32 && items == 4_000 {
            rate.planka = Some(16.0);
        }
        table.add(rate);
        table.add(latency);
        table.add(Row::new(&name("one move, 95 %"), "ms", percentile(&mut times, 0.95)));
    }
}

/// Moves random cards for a while; answers moves a second and the latency of each in ms.
fn run(server: &Server, plan: &server::Plan, clients: usize) -> (f64, Vec<f64>) {
    let first = Client::signed_in(server.addr);
    let (next, start) = (AtomicUsize::new(clients * 7_919), Instant::now());
    let times = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..clients)
            .map(|_| {
                scope.spawn(|| {
                    let mut client = first.another(server.addr);
                    let mut times = Vec::new();
                    while start.elapsed() < RUN {
                        let n = next.fetch_add(1, Ordering::Relaxed);
                        times.push(timed(|| client.submit(&plan.a_move(n))));
                    }
                    times
                })
            })
            .collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("a client works")).collect::<Vec<f64>>()
    });
    (times.len() as f64 / start.elapsed().as_secs_f64(), times)
}

/// Milliseconds.
fn timed(act: impl FnOnce()) -> f64 {
    let start = Instant::now();
    act();
    start.elapsed().as_secs_f64() * 1000.0
}

fn median(values: &mut [f64]) -> f64 {
    percentile(values, 0.5)
}

fn percentile(values: &mut [f64], part: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let at = ((values.len() as f64 - 1.0) * part) as usize;
    values.get(at).copied().unwrap_or(f64::NAN)
}

//! Signing in under attack: how little of the guessing reaches Argon2, and that a member whose browser is known comes in
//! at once meanwhile.
//!
//! 300 guesses of each kind here, 10,000 by `make fuzz` (`ACT_BOARD_GUESSES`).
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod support;

use act_board::{
    domain::{
        attempts::{Guesser, wait_ms},
        day::Day,
    },
    serve::{self, Assets, Patience},
    server::{AppState, clock::Clock, config::Config, demo, password},
    store::{self, Db},
};
use std::{
    net::SocketAddr,
    sync::{
        atomic::{AtomicBool, AtomicU64, Ordering},
        mpsc,
    },
    thread,
    time::{Duration, Instant},
};
use support::{
    databases::{Kind, TestDb},
    server::{CLCI, DONOR, NHC, OBSERVER, TODAY},
};
use tokio::{net::TcpListener, runtime::Runtime};

const ATTACKERS: usize = 4;

const WRONG: &str = "not the password";

/// A try is counted with the time at which it was begun, and not with that at which its turn came.
const SLACK_MS: i64 = 2_000;

/// The least wait, in seconds, within which two requests are surely answered. It is told rounded up.
const CLEAR_WAIT: u64 = 3;

fn guesses() -> u64 {
    std::env::var("ACT_BOARD_GUESSES").ok().and_then(|guesses| guesses.parse().ok()).unwrap_or(300)
}

/// A server that believes its proxy, which is this test, where a request comes from.
struct Node {
    addr: SocketAddr,
    state: AppState,
    _db: TestDb,
    runtime: Runtime,
}

impl Node {
    fn behind_a_proxy() -> Self {
        let runtime = Runtime::new().unwrap();
        let (addr, state, db) = runtime.block_on(async {
            let db = TestDb::new(Kind::Sqlite).await;
            let (addr, state) = serve_on(db.open().await).await;
            (addr, state, db)
        });
        Self { addr, state, _db: db, runtime }
    }

    /// All that the database holds.
    fn backup(&self) -> Vec<u8> {
        let mut text = Vec::new();
        self.runtime.block_on(store::backup(&self.state.db, &mut text)).unwrap();
        text
    }
}

async fn serve_on(db: Db) -> (SocketAddr, AppState) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    let clock = Clock { fixed: Day::parse(TODAY) };
    let mut config = Config::new(addr, None, true, clock, false).unwrap();
    config.trusted_proxies = vec!["127.0.0.0/8".parse().unwrap()];
    let state = AppState::new(config, db);
    demo::fill(&state, 0).await.unwrap();
    let app = serve::router(state.clone(), Assets::new(|_| None));
    tokio::spawn(serve::serve(listener, app, Patience::default(), std::future::pending()));
    (addr, state)
}

/// What came of a try to sign in.
struct Said {
    status: u16,
    /// In seconds, where it has to wait.
    wait: Option<u64>,
    /// By which the browser is known from now on.
    browser: String,
}

struct Client {
    agent: ureq::Agent,
    url: String,
}

impl Client {
    fn new(node: &Node) -> Self {
        let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0);
        let agent = config.max_redirects_will_error(false).build().into();
        Self { agent, url: format!("http://{}/sign-in", node.addr) }
    }

    /// From an address, in a browser that may be known (empty: it is not).
    fn sign_in(&self, email: &str, password: &str, address: &str, browser: &str) -> Said {
        let request = self.agent.post(self.url.as_str()).header("x-forwarded-for", address);
        let request = request.header("cookie", format!("browser={browser}"));
        let mut answer = request.send_form([("email", email), ("password", password)]).unwrap();
        // Read whole, so that the line serves for the next.
        answer.body_mut().read_to_string().unwrap();
        let status = answer.status().as_u16();
        let wait = answer.headers().get("retry-after").map(|wait| wait.to_str().unwrap().parse::<u64>().unwrap());
        assert_eq!(status == 429, wait.is_some_and(|wait| wait >= 1), "{status} {wait:?}: whoever has to wait is told");
        let mut cookies = answer.headers().get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap());
        let browser = cookies.find_map(|cookie| cookie.strip_prefix("browser=")?.split(';').next());
        Said { status, wait, browser: browser.unwrap_or_default().to_owned() }
    }
}

/// A member with a browser in which they have signed in before.
struct Member {
    email: &'static str,
    browser: String,
}

impl Member {
    fn known(node: &Node, email: &'static str) -> Self {
        let said = Client::new(node).sign_in(email, demo::PASSWORD, "198.51.100.1", "");
        assert_eq!((said.status, said.browser.len()), (303, 64), "{email}");
        Self { email, browser: said.browser }
    }

    /// Comes in, whatever goes on.
    fn comes_in(&self, client: &Client, address: &str) -> Honest {
        let start = Instant::now();
        let said = client.sign_in(self.email, demo::PASSWORD, address, &self.browser);
        assert_eq!(said.status, 303, "{} comes in at once, in a browser that is known", self.email);
        Honest { ms: start.elapsed().as_millis(), looked_at: 1, forgiven: 0 }
    }
}

/// What somebody did in the middle of an attack.
struct Honest {
    /// How long signing in took.
    ms: u128,
    /// How many of their passwords were looked at.
    looked_at: u64,
    /// How often one was right where guesses are counted.
    forgiven: u64,
}

impl Honest {
    /// Tries the right password in a browser that nobody knows, surely before a wait is over: it has to wait, too.
    fn and_waits_elsewhere(mut self, client: &Client, email: &str, address: &str) -> Self {
        loop {
            let start = Instant::now();
            let wrong = client.sign_in(email, WRONG, address, "");
            let Some(wait) = wrong.wait else {
                self.looked_at += 1;
                continue;
            };
            if wait < CLEAR_WAIT {
                continue;
            }
            let right = client.sign_in(email, demo::PASSWORD, address, "");
            if start.elapsed() < Duration::from_secs(wait - 1) {
                assert_eq!(right.status, 429, "even the right password has to wait");
                return self;
            }
            if right.status == 303 {
                self.looked_at += 1;
                self.forgiven += 1;
            }
        }
    }
}

/// What came of an attack.
struct Outcome {
    name: &'static str,
    /// Answered that the password is wrong.
    wrong: u64,
    /// Answered that it has to wait.
    refused: u64,
    /// Passwords that reached Argon2, the attackers' and the others'.
    looked_at: u64,
    ms: i64,
    honest: Honest,
}

impl Outcome {
    /// That no more was tried than the waits let through.
    fn was_slowed_down(self, guesser: Guesser) -> Self {
        let most = most_tries(guesser, self.ms) * (self.honest.forgiven + 1);
        // But for the one from a browser that is known, which has a counter of its own.
        let tried = self.looked_at - 1;
        assert!(tried <= most, "{}: {tried} reached Argon2, and {most} may have", self.name);
        self
    }

    fn print(&self) {
        let all = self.wrong + self.refused;
        println!("{:<34}{all:>9}{:>9}{:>9}{:>12}", self.name, self.wrong, self.refused, self.honest.ms);
    }
}

/// How many tries can have been let through in so many milliseconds.
fn most_tries(guesser: Guesser, ms: i64) -> u64 {
    let (mut tries, mut at) = (0, 0);
    while at <= ms + SLACK_MS {
        tries += 1;
        at += wait_ms(guesser, tries);
    }
    u64::try_from(tries).unwrap()
}

fn ms_since(start: Instant) -> i64 {
    i64::try_from(start.elapsed().as_millis()).unwrap()
}

/// Guesses from several threads, each at an e-mail from an address. When half of it is over somebody else has a turn;
/// the guessing goes on until that is done.
fn attack(
    node: &Node,
    name: &'static str,
    guess: impl Fn(u64) -> (String, String) + Sync,
    meanwhile: impl FnOnce(&Client) -> Honest,
) -> Outcome {
    let (start, before, most) = (Instant::now(), password::checked(), guesses());
    let (next, over) = (AtomicU64::new(0), AtomicBool::new(false));
    let (tell, heard) = mpsc::channel();
    let (wrong, refused, honest) = thread::scope(|scope| {
        for _ in 0..ATTACKERS {
            let (tell, next, over, guess) = (tell.clone(), &next, &over, &guess);
            scope.spawn(move || {
                let client = Client::new(node);
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    if n >= most && over.load(Ordering::Relaxed) {
                        return;
                    }
                    let (email, address) = guess(n);
                    let said = client.sign_in(&email, WRONG, &address, "");
                    if tell.send(said.status).is_err() {
                        return;
                    }
                }
            });
        }
        drop(tell);
        let (mut wrong, mut refused, mut meanwhile, mut honest) = (0, 0, Some(meanwhile), None);
        for status in heard {
            match status {
                422 => wrong += 1,
                429 => refused += 1,
                _ => panic!("{name}: a wrong password was answered {status}"),
            }
            if wrong + refused >= most / 2
                && let Some(meanwhile) = meanwhile.take()
            {
                honest = Some(meanwhile(&Client::new(node)));
                over.store(true, Ordering::Relaxed);
            }
        }
        (wrong, refused, honest.unwrap())
    });
    let looked_at = password::checked() - before;
    assert_eq!(looked_at, wrong + honest.looked_at, "{name}: who has to wait costs nothing");
    Outcome { name, wrong, refused, looked_at, ms: ms_since(start), honest }
}

/// Another address for each number, of a network of its own.
fn address(network: u64, n: u64) -> String {
    format!("{network}.{}.{}.{}", n / 65_536 % 256, n / 256 % 256, n % 256)
}

/// Now and then an account of the demo, else one that is not there, and another each time.
fn somebody(n: u64) -> String {
    let accounts = demo::ACCOUNTS.len() as u64;
    let at = usize::try_from(n / 10 % accounts).unwrap();
    if is_of_the_demo(n) { demo::ACCOUNTS[at].email.to_owned() } else { format!("nobody-{n}@guess.example") }
}

fn is_of_the_demo(n: u64) -> bool {
    n.is_multiple_of(10)
}

/// While whoever guesses has to wait, nothing is written at all: not a count, and not a word in the audit.
fn refusals_write_nothing(node: &Node, email: &str) {
    let client = Client::new(node);
    loop {
        let before = node.backup();
        let all_wait = (0..20).all(|n| client.sign_in(email, WRONG, &address(102, n), "").wait.is_some());
        // If a wait has run out meanwhile, the next takes twice as long.
        if all_wait {
            assert!(node.backup() == before, "a refusal has written something");
            return;
        }
    }
}

/// Whoever has an account of their own does not guess others the faster for it.
fn a_right_password_does_not_free_its_address(node: &Node) {
    let (client, here, start) = (Client::new(node), "203.0.113.9", Instant::now());
    let is_looked_at = |n: &u64| {
        let email = format!("colleague-{n}@guess.example");
        client.sign_in(&email, WRONG, here, "").wait.is_none()
    };
    let before = (0..29).filter(is_looked_at).count();
    assert_eq!(before, 29, "an office's mistakes are free");
    assert_eq!(client.sign_in(DONOR, demo::PASSWORD, here, "").status, 303);
    let after = (29..89).filter(is_looked_at).count();
    let most = most_tries(Guesser::Address, ms_since(start));
    assert!((before + after) as u64 <= most, "{before} and then {after} reached Argon2, and {most} may have");
}

#[test]
fn guessing_gets_nowhere_and_shuts_out_nobody_whose_browser_is_known() {
    let node = Node::behind_a_proxy();
    let [clci, nhc, observer] = [CLCI, NHC, OBSERVER].map(|email| Member::known(&node, email));

    let everywhere = |n: u64| (CLCI.to_owned(), address(100, n));
    let one_account = attack(&node, "one account, an address each", everywhere, |client| {
        clci.comes_in(client, "198.51.100.2").and_waits_elsewhere(client, CLCI, "198.51.100.3")
    });
    let one_account = one_account.was_slowed_down(Guesser::Account);
    refusals_write_nothing(&node, CLCI);

    let here = "203.0.113.7";
    let from_here = |_: u64| (NHC.to_owned(), here.to_owned());
    let one_of_each = attack(&node, "one account, one address", from_here, |client| {
        nhc.comes_in(client, here).and_waits_elsewhere(client, NHC, here)
    });
    let one_of_each = one_of_each.was_slowed_down(Guesser::Account);

    a_right_password_does_not_free_its_address(&node);

    let here = "203.0.113.8";
    let many_from_here = |n: u64| (somebody(n), here.to_owned());
    let one_address = attack(&node, "many accounts, one address", many_from_here, |client| {
        observer.comes_in(client, here).and_waits_elsewhere(client, OBSERVER, here)
    });
    let one_address = one_address.was_slowed_down(Guesser::Address);

    let many_everywhere = |n: u64| (somebody(n), address(101, n));
    let no_two_alike = attack(&node, "many accounts, an address each", many_everywhere, |client| {
        observer.comes_in(client, &address(101, 0))
    });
    let all = no_two_alike.wrong + no_two_alike.refused;
    let nobodies = (0..all + ATTACKERS as u64).filter(|n| !is_of_the_demo(*n)).count() as u64;
    let of_the_demo = demo::ACCOUNTS.len() as u64 * most_tries(Guesser::Account, no_two_alike.ms);
    assert!(no_two_alike.wrong <= nobodies + of_the_demo, "tries of one account are counted, wherever they come from");

    println!("{:<34}{:>9}{:>9}{:>9}{:>12}", "attack", "guesses", "Argon2", "429", "honest, ms");
    [one_account, one_of_each, one_address, no_two_alike].iter().for_each(Outcome::print);
}

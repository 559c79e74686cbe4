//! Whatever is sent, by whomever: the server answers, and with nothing of its insides; nothing panics, memory does not
//! grow, and what is refused has written nothing.
//!
//! 12,000 requests here, 200,000 by `make fuzz` (`ACT_BOARD_FUZZ`). Each is made from the seed (`ACT_BOARD_SEED`) and its
//! own number alone, but for the demo's ids, which differ from start to start.
//!
//! Five accounts of the demo are shared by the whole run. What would end their sessions comes from guests, or is about
//! guests, who have accounts for this run only: signing out, `end_all`, signing in and joining with what is right, the
//! right old password, and what the coordinator does to members. The network is never told to require a second factor.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod support;

use act_board::{
    domain::{item_form::values_of, items::Item},
    server::{demo, sessions::Token},
    store,
};
use serde_json::{Map, Value, json};
use std::{
    cell::Cell,
    collections::BTreeMap,
    fmt,
    hash::{DefaultHasher, Hash, Hasher},
    io::{self, BufRead, BufReader, Write},
    net::{SocketAddr, TcpStream},
    panic,
    sync::{
        Mutex, PoisonError, RwLock,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};
use support::server::{Answer, CLCI, COORDINATOR, DONOR, NHC, OBSERVER, PUBLIC, Server};
use uuid::Uuid;

const THREADS: usize = 4;

/// Those whose sessions have to last. The coordinator is the last.
const SHARED: [&str; 5] = [DONOR, OBSERVER, CLCI, NHC, COORDINATOR];

/// The public, those above, and a guest.
const ROLES: usize = SHARED.len() + 2;

/// One after the other, since what is done to a guest soon ends its session.
const GUESTS: usize = 12;

/// How many invitations wait to be accepted.
const INVITED: usize = 4;

/// Of guests.
const PASSWORD: &str = "wagon tulip seventeen gravel";

/// What no answer may hold: words of panics, of the database, of the sources, of stored passwords.
const INSIDES: [&str; 7] = ["panicked", "sqlx", "SELECT ", "/src/", "/root/", "/home/", "$argon2"];

/// Quarters of the plan, one far away, and none.
const QUARTERS: &str = "2026Q1 2026Q3 2026Q4 2027Q1 2027Q4 2199Q4 x";

/// A refused request may count, and tell the audit; signing in may end what was there. Everything else stays as it is.
const FREE_TABLES: [&str; 6] = ["audit", "attempts", "links", "sessions", "known_browsers", "mails"];

/// The server need not read a longer body that nobody asked for: it may close the line instead.
const UNREAD: usize = 10_000;

/// How much memory may grow after the first fifth of the run, in kB.
const GROWTH: u64 = 64 * 1024;

/// The most requests of a run after which nothing but themselves may have changed anything.
const COMPARED: u64 = 1_000;

const METHODS: &str = "GET GET GET GET POST POST POST POST POST POST HEAD PUT PATCH DELETE OPTIONS TRACE BREW";

const NUMBERS: &str = "\
    1 31 0 -1 +8 08 9223372036854775807 99999999999999999999 x %00 %FF % 8%2Fedit 8/../9 8;a=b %E2%80%AE8";

const NAMES: &str = "\
    main.css ..%2F..%2Fetc%2Fpasswd %2E%2E%2Fmanifest.json nothing Site submit%00 %FF site%2Fsite %";

/// Files of the dashboard, and what is none.
const FILES: &str = "map.csv heat.svg steps.svg indicators.csv map.pdf map .csv %FF.svg map.csv.csv network.png";

/// Addresses that no route names.
const ODD_PATHS: &str = "\
    /board /audit /nowhere /board/ /BOARD /board/items /board/items/8/edit/more /rpc /rpc/ /rpc/site/more /assets/ \
    /.env /board/% /board/%FF%FE /%00 //evil.example/board /a/../../board /sign-in/%2E%2E/board /board;a=b /?q=% \
    http://evil.example/board *";

const QUERY: &str = "\
    q partner country objective due ours archived page-planned page action member token email done sent next plan \
    since";

/// Names that some form has.
const FIELDS: &str = "\
    do to id title description objective lead co_partners start due unit target title_from was email password \
    old_password code token name org role member session language theme back next website objectives";

const WORDS: [&str; 48] = [
    "",
    " ",
    "\0",
    "a\0b",
    "\u{1}",
    "/\u{1}",
    "/board\u{7F}",
    "\t",
    "\r\nset-cookie: session=a",
    "\u{202E}gnp.exe",
    "\u{2066}a\u{2069}",
    "\u{FEFF}",
    "\u{200B}",
    "👩\u{200D}👧\u{200D}👦",
    "ш",
    "ﷺ",
    "e\u{301}\u{301}\u{301}",
    "İ",
    "'; DROP TABLE items; --",
    "\" OR \"\"=\"",
    "<script>alert(1)</script>",
    "</textarea><img src=x onerror=alert(1)>",
    "{{7*7}}",
    "${jndi:ldap://evil.example}",
    "../../etc/passwd",
    "%00",
    "%",
    "%zz",
    "//evil.example",
    "/\\evil.example",
    "https://evil.example/",
    "javascript:alert(1)",
    "-1",
    "0",
    "1e999",
    "NaN",
    "9223372036854775808",
    "null",
    "[]",
    "2026-02-30",
    "31.12.2026.",
    "9999-12-31",
    "=1+1",
    "nobody@fuzz.example",
    "0104986719873",
    "00000000-0000-0000-0000-000000000000",
    "{\"field\":\"title\",\"problem\":\"missing\"}",
    "coordinator",
];

const HEADERS: [(&str, &[&str]); 15] = [
    ("accept-language", &["sr;q=NaN", "*", ",,;;", "sr-Latn;q=1e999, en;q=-1"]),
    ("accept-encoding", &["gzip", "br", "identity;q=0", "zstd, gzip;q=0.001", "*;q=0"]),
    ("x-forwarded-for", &["garbage, 1.2.3.4", "999.1.1.1", "::ffff:1.2.3.4", ",,"]),
    ("forwarded", &["for=\"_gazonk\""]),
    ("range", &["bytes=0-", "bytes=99999999999999999999-1", "lines=1"]),
    ("origin", &["null", "https://evil.example", "http://"]),
    ("sec-fetch-site", &["cross-site", "same-site", "same-origin", "none"]),
    ("referer", &["https://evil.example/?token=a"]),
    ("accept", &["text/html", "*/*", "application/json;q=x"]),
    ("if-none-match", &["*", "W/\"a\""]),
    ("content-encoding", &["gzip", "br"]),
    ("user-agent", &["", "Mozilla/5.0 (Windows NT 10.0) Firefox/150.0"]),
    ("x-http-method-override", &["DELETE"]),
    ("upgrade", &["websocket", "h2c"]),
    ("cookie", &["language=xx; theme=\u{1F600}; session=%FF", "session=; step=; browser=", ";;;===", "step=0"]),
];

const CONTENT_TYPES: [&str; 6] = [
    "text/plain",
    "multipart/form-data; boundary=x",
    "application/json; charset=utf-16",
    "application/x-www-form-urlencoded; charset=latin1",
    "application/octet-stream",
    "",
];

/// What the buttons of an account say, but `end_all`.
const ACCOUNT: &str = "\
    rename language password begin_second_factor cancel_second_factor confirm_second_factor end_second_factor \
    new_codes end_session explode";

const PEOPLE: &str = "invite link revoke change disable enable erase organisation network explode";

// ---- chance

/// Numbers that look like chance, the same for the same start (splitmix64).
struct Rng(u64);

impl Rng {
    const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

    /// For the request of a number.
    fn new(seed: u64, n: u64) -> Self {
        let mut mixed = Self(seed ^ n.wrapping_mul(Self::STEP));
        Self(mixed.number())
    }

    fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(Self::STEP);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.number() % most as u64).unwrap()
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    fn pick<'a, T>(&mut self, some: &'a [T]) -> &'a T {
        &some[self.below(some.len())]
    }

    /// One of the words of a list.
    fn word(&mut self, list: &'static str) -> &'static str {
        let count = list.split_whitespace().count();
        list.split_whitespace().nth(self.below(count)).unwrap()
    }

    fn uuid(&mut self) -> String {
        let (high, low) = (self.number(), self.number());
        Uuid::from_u64_pair(high, low).to_string()
    }

    /// What a token looks like.
    fn token(&mut self) -> String {
        (0..4).map(|_| format!("{:016x}", self.number())).collect()
    }
}

// ---- what there is

struct Account {
    email: String,
    id: String,
    token: String,
    /// What the list of sessions names the session by.
    key: String,
}

impl Account {
    fn new(server: &Server, email: &str, opened: &Answer) -> Self {
        assert_eq!(opened.status, 303, "{email} comes in: {}", opened.body);
        let token = opened.cookie("session").to_owned();
        let key = Token::parse(&token).unwrap().hash();
        Self { email: email.to_owned(), id: member_id(server, email), token, key }
    }

    fn cookie(&self) -> String {
        format!("session={}", self.token)
    }
}

/// The running demo, as far as requests are made from it.
struct World<'a> {
    server: &'a Server,
    total: u64,
    seed: u64,
    /// Every route and every server function.
    targets: Vec<&'static str>,
    shared: Vec<Account>,
    guests: Vec<Account>,
    /// The ids of those whose invitation waits.
    invited: Vec<String>,
    /// Of invitations that wait, and of resets of guests.
    links: Vec<String>,
    items: Vec<Item>,
    orgs: Vec<String>,
    statuses: Vec<String>,
    objectives: Vec<String>,
    /// The framework and its readings, as they were at first.
    results: Value,
}

/// What `serve.rs` lists.
fn routes() -> impl Iterator<Item = &'static str> {
    let router = include_str!("../src/serve.rs");
    router.split(".route(\"").skip(1).map(|rest| rest.split('"').next().unwrap())
}

fn member_id(server: &Server, email: &str) -> String {
    let view = server.rpc("people", &json!({}), COORDINATOR).json();
    let groups = view["groups"].as_array().unwrap();
    let mut people = groups.iter().flat_map(|group| group["people"].as_array().unwrap());
    people.find(|person| person["email"] == email).unwrap()["id"].as_str().unwrap().to_owned()
}

/// The token that a page shows once.
fn shown_token(answer: &Answer, page: &str) -> String {
    let mark = format!("/{page}?token=");
    let rest = answer.body.split(mark.as_str()).nth(1).unwrap_or_else(|| panic!("no link: {}", answer.body));
    rest[..64].to_owned()
}

fn invite(server: &Server, email: &str, org: &str) -> String {
    let form = [("do", "invite"), ("email", email), ("name", "Guest"), ("org", org), ("role", "partner")];
    shown_token(&server.post("/people", &form, COORDINATOR), "join")
}

fn sign_in(server: &Server, email: &str) -> Account {
    let form = [("email", email), ("password", demo::PASSWORD)];
    Account::new(server, email, &server.post("/sign-in", &form, PUBLIC))
}

/// A member with the link for another password.
fn join(server: &Server, email: &str, org: &str) -> (Account, String) {
    let token = invite(server, email, org);
    let form = [("token", token.as_str()), ("name", "Guest"), ("password", PASSWORD)];
    let account = Account::new(server, email, &server.post("/join", &form, PUBLIC));
    let link = server.post("/people", &[("do", "link"), ("member", account.id.as_str())], COORDINATOR);
    (account, shown_token(&link, "reset"))
}

fn ids(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

impl<'a> World<'a> {
    fn new(server: &'a Server, total: u64, seed: u64) -> Self {
        let view = |number: i64| server.rpc("item", &json!({ "number": number }), COORDINATOR).json();
        let frame = view(1)["frame"].clone();
        let orgs = ids(&frame["organisations"]);
        let join = |n: usize| join(server, &format!("guest-{n}@fuzz.example"), &orgs[0]);
        let (guests, mut links): (Vec<Account>, Vec<String>) = (0..GUESTS).map(join).unzip();
        let emails: Vec<String> = (0..INVITED).map(|n| format!("invited-{n}@fuzz.example")).collect();
        links.extend(emails.iter().map(|email| invite(server, email, &orgs[0])));
        let functions = leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path);
        let mut targets: Vec<&str> = routes().chain(functions).collect();
        // Functions come in no order, and the same number shall make the same request.
        targets.sort_unstable();
        let results = server.rpc("results", &json!({}), COORDINATOR).json()["results"].clone();
        Self {
            results,
            server,
            total,
            seed,
            targets,
            shared: SHARED.map(|email| sign_in(server, email)).into(),
            guests,
            invited: emails.iter().map(|email| member_id(server, email)).collect(),
            links,
            items: [1, 8, 20, 30].map(|n| serde_json::from_value::<Item>(view(n)["item"].clone()).unwrap()).into(),
            statuses: ids(&frame["statuses"]),
            objectives: ids(&frame["objectives"]),
            orgs,
        }
    }

    /// The guest whose turn it is.
    fn guest(&self, n: u64) -> usize {
        let turn = n * GUESTS as u64 / self.total;
        usize::try_from(turn).unwrap().min(GUESTS - 1)
    }

    /// After how many requests one is compared.
    fn every(&self) -> u64 {
        (self.total / COMPARED).max(40)
    }

    /// First every address as everybody, once read and once written to; then whatever comes.
    fn request(&self, n: u64) -> Request {
        let mut rng = Rng::new(self.seed, n);
        let (nth, targets) = (usize::try_from(n).unwrap(), self.targets.len());
        let round = nth / (targets * ROLES);
        let (target, role) = match round {
            0 | 1 => (self.targets[nth % targets], nth / targets % ROLES),
            _ => (*rng.pick(&self.targets), rng.below(ROLES)),
        };
        let method = match round {
            0 => "GET",
            1 => "POST",
            _ => rng.word(METHODS),
        };
        let guest = self.guest(n);
        let who = match role {
            0 => Who::Public,
            role if role <= SHARED.len() && target != "/sign-out" => Who::Shared(role - 1),
            _ => Who::Guest(guest),
        };
        let item = &self.items[rng.below(self.items.len())];
        let odd = round > 1 && rng.one_in(12);
        Maker { world: self, rng, who, guest, item }.request(method, target, odd)
    }

    /// What is wrong with an answer.
    fn check(&self, reply: &Reply) -> Result<(), String> {
        if reply.status >= 500 {
            return Err(format!("answered {}: {}", reply.status, beginning(&reply.body)));
        }
        if reply.status == 429 && reply.number("retry-after").is_none_or(|seconds| seconds == 0) {
            return Err("answered 429 without saying when to come again".to_owned());
        }
        // What is compressed is the same as what is not, and that is seen often enough.
        if reply.header("content-encoding").is_some() {
            return Ok(());
        }
        let body = String::from_utf8_lossy(&reply.body);
        let mut secrets = INSIDES.into_iter().chain(self.shared.iter().map(|account| account.token.as_str()));
        match secrets.find(|word| body.contains(*word)) {
            Some(word) => Err(format!("the answer tells {word:?}: {}", beginning(&reply.body))),
            None => Ok(()),
        }
    }

    /// Nobody has tried anything lately, so that signing in is more than waiting.
    fn forget_attempts(&self) {
        self.server.block_on(async {
            let mut tx = self.server.state.db.write().await.unwrap();
            store::forget_attempts(&mut tx, i64::MAX).await.unwrap();
            tx.commit().await.unwrap();
        });
    }
}

fn beginning(body: &[u8]) -> String {
    String::from_utf8_lossy(body).chars().take(2_000).collect()
}

// ---- what is sent

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    Public,
    /// Of `SHARED`.
    Shared(usize),
    Guest(usize),
}

struct Request {
    who: Who,
    method: &'static str,
    path: Vec<u8>,
    headers: Vec<(&'static str, Vec<u8>)>,
    body: Vec<u8>,
}

impl Request {
    fn bytes(&self, addr: SocketAddr) -> Vec<u8> {
        let mut bytes = [self.method.as_bytes(), b" ", self.path.as_slice(), b" HTTP/1.1\r\n"].concat();
        bytes.extend(format!("host: {addr}\r\n").bytes());
        for (name, value) in &self.headers {
            bytes.extend([name.as_bytes(), b": ", value.as_slice(), b"\r\n"].concat());
        }
        if !self.body.is_empty() || self.method == "POST" {
            bytes.extend(format!("content-length: {}\r\n", self.body.len()).bytes());
        }
        bytes.extend(b"\r\n");
        bytes.extend(&self.body);
        bytes
    }
}

impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} {} as {:?}", self.method, beginning(&self.path), self.who)?;
        for (name, value) in &self.headers {
            writeln!(f, "{name}: {}", beginning(value))?;
        }
        write!(f, "\n{} bytes: {}", self.body.len(), beginning(&self.body))
    }
}

/// What a form or a server function wants.
enum Meant {
    Form(Vec<(String, String)>),
    Json(Value),
}

/// Makes one request.
struct Maker<'a> {
    world: &'a World<'a>,
    rng: Rng,
    who: Who,
    guest: usize,
    item: &'a Item,
}

impl Maker<'_> {
    fn request(mut self, method: &'static str, target: &'static str, odd: bool) -> Request {
        let path = if odd { self.odd_path() } else { self.path(target) };
        let mut headers = self.headers(target);
        let mut body = Vec::new();
        if matches!(method, "POST" | "PUT" | "PATCH") || self.rng.one_in(10) {
            let (content_type, bytes) = self.body(target);
            headers.push(("content-type", content_type.into()));
            body = bytes;
        }
        // A line's end would begin another request.
        let path = path.into_iter().filter(|byte| !b"\r\n ".contains(byte)).collect();
        headers.iter_mut().for_each(|header| header.1.retain(|byte| !b"\r\n".contains(byte)));
        Request { who: self.who, method, path, headers, body }
    }

    fn account(&self) -> Option<&Account> {
        match self.who {
            Who::Public => None,
            Who::Shared(at) => self.world.shared.get(at),
            Who::Guest(at) => self.world.guests.get(at),
        }
    }

    fn is_shared(&self) -> bool {
        matches!(self.who, Who::Shared(_))
    }

    fn is_coordinator(&self) -> bool {
        self.who == Who::Shared(SHARED.len() - 1)
    }

    // ---- address and headers

    fn path(&mut self, target: &str) -> Vec<u8> {
        let number = if self.rng.one_in(4) { self.rng.word(NUMBERS).to_owned() } else { self.item.number.to_string() };
        let path = target.replace("{number}", &number).replace("{name}", self.rng.word(NAMES));
        let (node, indicator) = (self.known("nodes"), self.known("indicators"));
        let id = |it: &Value| it["id"].as_str().unwrap_or_default().to_owned();
        let path = path
            .replace("{node}", &id(&node))
            .replace("{indicator}", &id(&indicator))
            .replace("{file}", self.rng.word(FILES));
        let mut path = path.into_bytes();
        if target.starts_with("/results") && !self.rng.one_in(4) {
            path.extend_from_slice(format!("?period={}", self.rng.word(QUARTERS)).as_bytes());
            return path;
        }
        if self.rng.one_in(3) {
            self.query(&mut path);
        }
        path
    }

    fn query(&mut self, path: &mut Vec<u8>) {
        let pairs =
            (0..=self.rng.below(3)).map(|_| (self.rng.word(QUERY).to_owned(), self.short())).collect::<Vec<_>>();
        path.push(b'?');
        path.extend(encoded(&pairs));
        if self.rng.one_in(8) {
            self.spoil(path);
        }
    }

    fn odd_path(&mut self) -> Vec<u8> {
        match self.rng.below(6) {
            0 => format!("/{}", percent(&self.short())).into_bytes(),
            1 => format!("/{}", "a".repeat(4_000)).into_bytes(),
            2 => [b"/".as_slice(), self.short().as_bytes()].concat(),
            _ => self.rng.word(ODD_PATHS).as_bytes().to_vec(),
        }
    }

    fn headers(&mut self, target: &str) -> Vec<(&'static str, Vec<u8>)> {
        let mut headers = Vec::new();
        let mut cookie = self.account().map(Account::cookie).unwrap_or_default();
        if self.rng.one_in(8) {
            let (language, step) = (self.short(), self.rng.token());
            cookie = format!("{cookie}; language={language}; theme=dark; step={step}");
        }
        if !cookie.is_empty() {
            headers.push(("cookie", cookie.into_bytes()));
        }
        if target == "/live" && self.rng.one_in(2) {
            let upgrade = [("connection", "Upgrade"), ("upgrade", "websocket"), ("sec-websocket-version", "13")];
            headers.extend(upgrade.map(|(name, value)| (name, value.into())));
            headers.push(("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==".into()));
        }
        if self.rng.one_in(4) {
            for _ in 0..=self.rng.below(3) {
                let (name, values) = *self.rng.pick(&HEADERS);
                let value = if self.rng.one_in(3) { self.short() } else { (*self.rng.pick(values)).to_owned() };
                headers.push((name, value.into_bytes()));
            }
        }
        headers
    }

    // ---- bodies

    fn body(&mut self, target: &str) -> (&'static str, Vec<u8>) {
        let (mut content_type, mut body) = match self.meant(target) {
            Meant::Form(pairs) => ("application/x-www-form-urlencoded", self.form(pairs)),
            Meant::Json(value) => ("application/json", self.json(value)),
        };
        if self.rng.one_in(15) {
            content_type = *self.rng.pick(&CONTENT_TYPES);
        }
        match self.rng.below(100) {
            0 => body = vec![b'a'; 300_000],
            1 | 2 => body.clear(),
            3 => body = (0..self.rng.below(400)).map(|_| self.rng.number().to_le_bytes()[0]).collect(),
            _ => {}
        }
        (content_type, body)
    }

    /// What is right for an address, before anything in it is spoilt.
    fn meant(&mut self, target: &str) -> Meant {
        let pairs = match target {
            "/" | "/healthz" | "/readyz" | "/assets/{name}" | "/favicon.svg" | "/sw.js" | "/shell" | "/live"
            | "/account/data" | "/export/audit.csv" | "/sign-out" => Vec::new(),
            "/dashboard" | "/export/dashboard/{file}" | "/export/network.png" => Vec::new(),
            "/results" | "/results/overview" => Vec::new(),
            "/results/framework"
            | "/results/nodes/new"
            | "/results/nodes/{node}"
            | "/results/indicators/new"
            | "/results/indicators/{indicator}" => return Meant::Form(self.framework_form()),
            "/results/readings" => return Meant::Form(self.reading_form()),
            "/report" => self.report_form(),
            "/board/items/{number}/edit" => return Meant::Form(values_of(self.item)),
            "/board/items/{number}" => {
                let word = self.rng.word("move publish hide archive restore explode");
                vec![("do", word.to_owned()), ("to", self.rng.pick(&self.world.statuses).clone())]
            }
            "/board/new" => self.new_item(),
            "/sign-in" => self.credentials(),
            "/sign-in/code" => vec![("code", self.code()), ("next", "/board?q=a".to_owned())],
            "/setup" => self.first_start(),
            "/join" | "/reset" => {
                let token = if self.is_shared() || self.rng.one_in(2) { self.rng.token() } else { self.link() };
                vec![("token", token), ("name", "Somebody".to_owned()), ("password", PASSWORD.to_owned())]
            }
            "/forgot" => vec![("email", self.email())],
            "/account" => self.own_account(),
            "/people" => self.people(),
            "/preferences" => {
                let language = self.rng.word("en sr-Cyrl sr-Latn xx").to_owned();
                vec![("language", language), ("theme", "dark".to_owned()), ("back", "/board?q=a".to_owned())]
            }
            "/trouble" => return Meant::Json(json!({ "message": "it broke", "version": "1" })),
            "/rpc/{name}" => return Meant::Json(json!({})),
            _ => match target.strip_prefix("/rpc/") {
                Some(function) => return Meant::Json(self.arguments(function)),
                None => panic!("{target} is new: say here what its form holds"),
            },
        };
        Meant::Form(pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// A form's bytes, of which some things may be wrong by now.
    fn form(&mut self, mut pairs: Vec<(String, String)>) -> Vec<u8> {
        for _ in 0..self.rng.below(4) {
            self.twist_form(&mut pairs);
        }
        let mut body = encoded(&pairs);
        if self.rng.one_in(12) {
            self.spoil(&mut body);
        }
        body
    }

    fn twist_form(&mut self, pairs: &mut Vec<(String, String)>) {
        let at = self.rng.below(pairs.len().max(1));
        let known = pairs.get(at).map(|pair| pair.0.clone());
        match (known, self.rng.below(5)) {
            (Some(_), 0) => drop(pairs.remove(at)),
            (Some(_), 1 | 2) => pairs[at].1 = self.text(),
            (Some(name), 3) => {
                let place = self.rng.below(pairs.len() + 1);
                pairs.insert(place, (name, self.text()));
            }
            _ => pairs.push((self.rng.word(FIELDS).to_owned(), self.text())),
        }
    }

    /// Cuts bytes off, or puts in some that do not belong there.
    fn spoil(&mut self, bytes: &mut Vec<u8>) {
        let at = self.rng.below(bytes.len() + 1);
        let wrong: [&[u8]; 8] = [b"%", b"%zz", b"%FF", b"\xFF\xFE", b"&&", b"=", b"\0", b"\xED\xA0\x80"];
        match self.rng.one_in(3) {
            true => bytes.truncate(at),
            false => drop(bytes.splice(at..at, self.rng.pick(&wrong).iter().copied())),
        }
    }

    /// A JSON text, of which some things may be wrong by now.
    fn json(&mut self, mut value: Value) -> Vec<u8> {
        for _ in 0..self.rng.below(4) {
            self.twist(&mut value);
        }
        let mut body = value.to_string().into_bytes();
        match self.rng.below(16) {
            0 => self.spoil(&mut body),
            1 => body.extend(b"]} and more"),
            2 => body = vec![b'['; 50_000],
            3 => body = b"{\"a\":".repeat(10_000),
            4 => body = twice(&body),
            5 => body.splice(0..0, *b"\xEF\xBB\xBF").for_each(drop),
            _ => {}
        }
        body
    }

    /// Changes one thing somewhere in a value.
    fn twist(&mut self, value: &mut Value) {
        let deeper = !self.rng.one_in(4);
        match value {
            Value::Object(map) if deeper && !map.is_empty() => {
                let at = self.rng.below(map.len());
                map.values_mut().nth(at).into_iter().for_each(|inner| self.twist(inner));
            }
            Value::Array(list) if deeper && !list.is_empty() => {
                let at = self.rng.below(list.len());
                self.twist(&mut list[at]);
            }
            Value::Object(map) if !map.is_empty() => self.twist_keys(map),
            // Lists of lists would grow by 300 each time, and the memory that is measured would be our own.
            Value::Array(list) if (1..50).contains(&list.len()) && !list[0].is_array() && !list[0].is_object() => {
                let first = list[0].clone();
                list.extend(std::iter::repeat_n(first, 300));
            }
            Value::String(text) if deeper => *text = self.text(),
            other => *other = self.odd(),
        }
    }

    fn twist_keys(&mut self, map: &mut Map<String, Value>) {
        let at = self.rng.below(map.len());
        let name = map.keys().nth(at).cloned().unwrap();
        match self.rng.below(3) {
            0 => drop(map.remove(&name)),
            1 => drop(map.insert(self.short(), self.odd())),
            _ => {
                let value = map.remove(&name).unwrap();
                map.insert(name.to_uppercase(), value);
            }
        }
    }

    /// A value of any type.
    fn odd(&mut self) -> Value {
        match self.rng.below(10) {
            0 => Value::Null,
            1 => true.into(),
            2 => i64::MAX.into(),
            3 => u64::MAX.into(),
            4 => (-1).into(),
            5 => 1.5.into(),
            6 => 1e308.into(),
            7 => (0..200).fold(json!([]), |inner, _| json!([inner])),
            8 => json!({}),
            _ => self.text().into(),
        }
    }

    // ---- values

    fn text(&mut self) -> String {
        match self.rng.below(10) {
            0..=3 => (*self.rng.pick(&WORDS)).to_owned(),
            4 => self.known_id(),
            5 => self.rng.uuid(),
            6 => self.long(),
            7 => (0..self.rng.below(12)).filter_map(|_| self.any_char()).collect(),
            8 => self.rng.number().cast_signed().to_string(),
            _ => format!("{}{}", self.rng.pick(&WORDS), self.rng.pick(&WORDS)),
        }
    }

    /// For what stands before a request's body, which has an end.
    fn short(&mut self) -> String {
        self.text().chars().take(500).collect()
    }

    fn any_char(&mut self) -> Option<char> {
        u32::try_from(self.rng.below(0x11_0000)).ok().and_then(char::from_u32)
    }

    /// Some of these lengths are the longest that a field takes, or one more.
    fn long(&mut self) -> String {
        let letter = *self.rng.pick(&['a', 'ш', '👍', '\u{202E}', '>', '[', '*', '\n']);
        let length = *self.rng.pick(&[41, 101, 151, 200, 201, 301, 20_000, 20_001, 70_000]);
        letter.to_string().repeat(length)
    }

    /// An id of any kind, but none of a shared account.
    fn known_id(&mut self) -> String {
        let world = self.world;
        match self.rng.below(6) {
            0 => self.rng.pick(&world.orgs).clone(),
            1 => self.rng.pick(&world.statuses).clone(),
            2 => self.rng.pick(&world.objectives).clone(),
            3 => self.rng.pick(&world.items).id.to_string(),
            4 => self.rng.pick(&world.invited).clone(),
            _ => self.rng.pick(&world.guests).id.clone(),
        }
    }

    /// An id that a new item may have. There are not many, so that most are taken.
    fn new_item_id(&mut self) -> String {
        let n = self.rng.below(300) as u64;
        Uuid::from_u64_pair(0x0198_C0DE_0000_7000, 0x8000_0000_0000_0000 + n).to_string()
    }

    fn code(&mut self) -> String {
        format!("{:06}", self.rng.below(1_000_000))
    }

    fn email(&mut self) -> String {
        let world = self.world;
        match self.rng.below(3) {
            0 => self.rng.pick(&world.shared).email.clone(),
            1 => self.rng.pick(&world.guests).email.clone(),
            _ => format!("nobody-{}@fuzz.example", self.rng.below(100_000)),
        }
    }

    fn link(&mut self) -> String {
        let world = self.world;
        self.rng.pick(&world.links).clone()
    }

    /// Of somebody else than a shared account that asks.
    fn session_key(&mut self) -> String {
        let world = self.world;
        match self.who {
            Who::Shared(own) => world.shared[(own + 1 + self.rng.below(SHARED.len() - 1)) % SHARED.len()].key.clone(),
            _ if self.rng.one_in(4) => world.guests[self.guest].key.clone(),
            _ => self.rng.pick(&world.shared).key.clone(),
        }
    }

    // ---- forms

    fn new_item(&mut self) -> Vec<(&'static str, String)> {
        vec![
            ("id", self.new_item_id()),
            ("title", format!("A new one {}", self.rng.below(1_000))),
            ("description", "Some **words**".to_owned()),
            ("objective", self.rng.pick(&self.world.objectives).clone()),
            ("lead", self.rng.pick(&self.world.orgs).clone()),
            ("start", "2026-01-01".to_owned()),
            ("due", "31.12.2026.".to_owned()),
            ("unit", "towns".to_owned()),
            ("baseline", "0".to_owned()),
            ("target", "10,5".to_owned()),
            ("current", "2".to_owned()),
        ]
    }

    fn credentials(&mut self) -> Vec<(&'static str, String)> {
        let guest = &self.world.guests[self.guest];
        let (email, password) = match self.is_shared() || self.rng.one_in(2) {
            true => (self.email(), "not the password"),
            false => (guest.email.clone(), PASSWORD),
        };
        vec![("email", email), ("password", password.to_owned()), ("next", "/board?q=a".to_owned())]
    }

    fn first_start(&mut self) -> Vec<(&'static str, String)> {
        let mut pairs = self.organisation();
        pairs.extend([
            ("token", self.rng.token()),
            ("network", "Another network".to_owned()),
            ("email", self.email()),
            ("name", "Somebody".to_owned()),
            ("plan_title", "A plan".to_owned()),
            ("plan_start", "2026-01-01".to_owned()),
            ("plan_end", "2027-12-31".to_owned()),
            ("objectives", "One\r\nTwo".to_owned()),
            ("password", PASSWORD.to_owned()),
        ]);
        pairs
    }

    fn organisation(&mut self) -> Vec<(&'static str, String)> {
        let kind = self.rng.word("partner donor institution").to_owned();
        vec![
            ("org_name", "An organisation".to_owned()),
            ("short_name", format!("FUZZ-{}", self.rng.below(6))),
            ("country", "RS".to_owned()),
            ("city", "Niš".to_owned()),
            ("website", "https://fuzz.example".to_owned()),
            ("kind", kind),
        ]
    }

    fn own_account(&mut self) -> Vec<(&'static str, String)> {
        let shared = self.is_shared();
        let word = if !shared && self.rng.one_in(12) { "end_all" } else { self.rng.word(ACCOUNT) };
        vec![
            ("do", word.to_owned()),
            ("name", format!("Member {}", self.rng.below(10))),
            ("language", "sr-Latn".to_owned()),
            ("old_password", if shared { "not the password" } else { PASSWORD }.to_owned()),
            ("password", "gravel seventeen tulip wagon".to_owned()),
            ("code", self.code()),
            ("session", self.session_key()),
        ]
    }

    /// The coordinator acts on guests; everybody else tries to act on anybody.
    fn people(&mut self) -> Vec<(&'static str, String)> {
        let (world, coordinates) = (self.world, self.is_coordinator());
        let member = match self.rng.below(4) {
            0 => self.rng.uuid(),
            1 => self.rng.pick(&world.invited).clone(),
            _ if coordinates => world.guests[self.rng.below(self.guest + 1)].id.clone(),
            _ => self.rng.pick(&world.shared).id.clone(),
        };
        let org = if self.rng.one_in(4) { String::new() } else { self.rng.pick(&world.orgs).clone() };
        let role = self.rng.word("coordinator partner donor observer king").to_owned();
        let mut pairs = vec![
            ("do", self.rng.word(PEOPLE).to_owned()),
            ("member", member),
            ("email", format!("new-{}@fuzz.example", self.rng.below(20))),
            ("name", "Somebody".to_owned()),
            ("org", org),
            ("role", role),
            ("sure", "yes".to_owned()),
            ("network", "Balkans ACT Now!".to_owned()),
            ("requires_second_factor", if coordinates { "no" } else { "yes" }.to_owned()),
        ];
        pairs.extend(self.organisation());
        pairs
    }

    // ---- server functions

    fn arguments(&mut self, function: &str) -> Value {
        match function {
            "site" | "public" | "cards" | "new_item" | "account" | "people" | "setup" => json!({}),
            "report" => json!({ "period": self.rng.word(QUARTERS), "version": self.rng.below(4) }),
            "results" | "dashboard" => json!({ "period": self.rng.word(QUARTERS) }),
            "goals" => json!({ "indicator": self.known("indicators")["id"] }),
            "texts" => json!({ "since": self.rng.below(60) }),
            "item" => json!({ "number": self.item.number }),
            "board" => json!({ "filter": self.filter() }),
            "link" => {
                let token = if self.rng.one_in(2) { self.rng.token() } else { self.link() };
                json!({ "door": self.rng.word("join reset"), "token": token })
            }
            "audit" => {
                let member = if self.rng.one_in(2) { Value::Null } else { self.known_id().into() };
                json!({ "filter": { "action": "signed_in", "member": member, "page": self.rng.below(3) } })
            }
            "submit" => self.submission(),
            _ => panic!("{function} is new: say here what it takes"),
        }
    }

    fn filter(&mut self) -> Value {
        let mut filter = json!({
            "partner": "ASTRA", "country": "RS", "objective": "O1", "due": "late", "ours": true, "text": "train",
            "archived": true, "pages": [["planned", self.rng.below(4)]],
        });
        let Value::Object(parts) = &mut filter else { unreachable!("it was just made") };
        parts.retain(|_, _| self.rng.one_in(3));
        filter
    }

    fn submission(&mut self) -> Value {
        // Some are sent again, perhaps by somebody else.
        let op = if self.rng.one_in(8) { self.new_item_id() } else { self.rng.uuid() };
        let author = match self.rng.below(4) {
            0 => self.account().map(|account| account.id.clone()),
            1 => Some(self.rng.pick(&self.world.shared).id.clone()),
            _ => None,
        };
        let protocol = self.rng.below(7);
        let command = match self.rng.one_in(3) {
            true => json!({ "results": self.results_command() }),
            false => json!({ "item": self.command() }),
        };
        json!({ "op": op, "command": command, "author": author, "protocol": protocol })
    }

    /// One of those that were there at first, perhaps gone by now.
    fn known(&mut self, list: &str) -> Value {
        let all = if list == "readings" { &self.world.results[list] } else { &self.world.results["framework"][list] };
        self.rng.pick(all.as_array().unwrap()).clone()
    }

    /// A form of a quarter's report.
    fn report_form(&mut self) -> Vec<(&'static str, String)> {
        let n = self.rng.below(100);
        vec![
            ("do", self.rng.word("save save hand_over withdraw explode").to_owned()),
            ("period", self.rng.word(QUARTERS).to_owned()),
            ("from", self.rng.below(4).to_string()),
            ("version", self.rng.below(4).to_string()),
            ("summary", format!("Words {n}")),
            ("challenges", "Call +381 11 334 7817".to_owned()),
            ("reason", "It is the number of the ministry".to_owned()),
        ]
    }

    /// A form of the page of a quarter's readings.
    fn reading_form(&mut self) -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let n = self.rng.below(100).to_string();
        let (indicator, reading) = (text(&self.known("indicators")["id"]), text(&self.known("readings")["id"]));
        let word = self
            .rng
            .word("save submit return approve approve-rest reopen remove withdraw lock unlock explode")
            .to_owned();
        let pairs = [
            ("do", word),
            ("indicator", indicator),
            ("reading", reading),
            ("value", n.clone()),
            ("numerator", "1".to_owned()),
            ("denominator", n.clone()),
            ("share-0-0", "1".to_owned()),
            ("narrative", format!("Words {n}")),
            ("narrative_from", "1".to_owned()),
            ("evidence", "Minutes of the call\nhttps://example.org/minutes".to_owned()),
            ("why", "Please look again".to_owned()),
        ];
        pairs.map(|(name, value)| (name.to_owned(), value)).into()
    }

    /// A form of the pages that build the framework.
    fn framework_form(&mut self) -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let n = self.rng.below(1_000).to_string();
        let (node, parent) = (text(&self.known("nodes")["id"]), text(&self.known("nodes")["id"]));
        let indicator = self.known("indicators");
        let word = "add-node edit-node move-node up down remove-node add-indicator edit-indicator remove-indicator link \
                    unlink light withdraw-node withdraw-indicator explode";
        let pairs = [
            ("do", self.rng.word(word).to_owned()),
            ("node", node),
            ("parent", parent),
            ("level", self.rng.word("impact outcome output").to_owned()),
            ("title", format!("Words {n}")),
            ("title_from", "1".to_owned()),
            ("risks", format!("Risks {n}")),
            ("risks_from", "1".to_owned()),
            ("indicator", text(&indicator["id"])),
            ("code", format!("f{n}")),
            ("unit", "towns".to_owned()),
            ("kind", self.rng.word("number ratio qualitative").to_owned()),
            ("direction", self.rng.word("increase decrease").to_owned()),
            ("accumulation", self.rng.word("cumulative periodic latest").to_owned()),
            ("baseline", n.clone()),
            ("baseline_year", "2025".to_owned()),
            ("target-2026Q4", n.clone()),
            ("frequency", "year".to_owned()),
            ("responsible", text(&indicator["responsible"])),
            ("dimensions", "sex: women, men".to_owned()),
            ("item", self.item.number.to_string()),
            ("period", self.rng.word(QUARTERS).to_owned()),
            ("light", self.rng.word("green amber red grey").to_owned()),
            ("why", "For a good reason".to_owned()),
        ];
        pairs.map(|(name, value)| (name.to_owned(), value)).into()
    }

    fn results_command(&mut self) -> Value {
        let n = self.rng.below(1_000);
        let (node, other) = (self.known("nodes"), self.known("nodes"));
        let (indicator, reading) = (self.known("indicators"), self.known("readings"));
        let (new, period) = (self.rng.uuid(), self.rng.word(QUARTERS));
        let text = |from: usize| json!({ "from": from, "body": format!("Words {n}") });
        let part = |name: &str| indicator[name].clone();
        let facts = json!({ "code": format!("x{n}"), "unit": "towns", "scale": part("scale"), "frequency": "year",
                            "responsible": part("responsible"), "dimensions": part("dimensions") });
        match self.rng.below(17) {
            0 => json!({ "add_node": { "node": new, "level": self.rng.word("impact outcome output"),
                                       "parent": other["id"], "after": node["id"], "title": format!("New {n}"),
                                       "objective": null } }),
            1 => json!({ "edit_node": { "node": node["id"], "edit": { "title": text(1), "risks": text(2) } } }),
            2 => json!({ "move_node": { "node": node["id"], "parent": other["id"], "after": null } }),
            3 => json!({ "remove_node": { "node": node["id"] } }),
            4 => json!({ "add_indicator": { "indicator": new, "node": node["id"], "title": "New", "facts": facts } }),
            5 => json!({ "edit_indicator": { "indicator": indicator["id"],
                                             "edit": { "facts": facts, "why": "Because it is so" } } }),
            6 => json!({ "remove_indicator": { "indicator": indicator["id"] } }),
            7 => json!({ "link": { "item": self.item.id, "output": node["id"] } }),
            8 => json!({ "unlink": { "item": self.item.id, "output": node["id"] } }),
            9 => json!({ "lock": { "period": period, "locked": self.rng.one_in(2) } }),
            10 => json!({ "set_light": { "indicator": indicator["id"], "period": period,
                                         "light": ["amber", "For a good reason"] } }),
            11 => json!({ "step": { "reading": reading["id"], "why": "Please look again",
                                    "step": self.rng.word("submit return approve reopen") } }),
            12 => json!({ "remove_reading": { "reading": reading["id"] } }),
            13 => json!({ "step": { "reading": reading["id"], "step": "submit", "basis": "nothing" } }),
            14 => json!({ "withdraw": { "subject": { "reading": reading["id"] } } }),
            _ => json!({ "read": { "reading": new, "indicator": indicator["id"], "period": period,
                                   "value": reading["value"], "shares": [], "narrative": text(self.rng.below(4)),
                                   "evidence": [{ "citation": "Minutes" }] } }),
        }
    }

    fn command(&mut self) -> Value {
        let (item, facts) = (self.item.id.to_string(), json!(self.item.facts));
        let n = self.rng.below(1_000);
        match self.rng.below(8) {
            0 => {
                let (new, title) = (self.new_item_id(), format!("A new one {n}"));
                json!({ "create": { "item": new, "title": title, "description": "", "facts": facts } })
            }
            1 => {
                let title = json!({ "from": self.rng.below(6), "body": format!("Another title {n}") });
                json!({ "edit": { "item": item, "edit": { "title": title } } })
            }
            2 => {
                let description = json!({ "from": self.rng.below(6), "body": format!("- *other*\n- words {n}") });
                json!({ "edit": { "item": item, "edit": { "description": description } } })
            }
            3 => {
                let (add, remove) = (self.rng.pick(&self.world.orgs).clone(), self.rng.pick(&self.world.orgs).clone());
                let edit = json!({ "due": "2027-01-01", "partners": { "add": [add], "remove": [remove] },
                                   "parts": { "current": n * 1_000 } });
                json!({ "edit": { "item": item, "edit": edit } })
            }
            4 | 5 => {
                let to = self.rng.pick(&self.world.statuses).clone();
                let after = self.rng.one_in(2).then(|| self.known_id());
                json!({ "move": { "item": item, "to": to, "after": after } })
            }
            _ => {
                let word = self.rng.word("publish hide archive restore");
                json!({ word: { "item": item } })
            }
        }
    }
}

/// All but letters, digits and a few signs as %XX.
fn percent(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

fn encoded(pairs: &[(String, String)]) -> Vec<u8> {
    let pairs = pairs.iter().map(|(name, value)| format!("{}={}", percent(name), percent(value)));
    pairs.collect::<Vec<_>>().join("&").into_bytes()
}

/// An object that says everything twice.
fn twice(object: &[u8]) -> Vec<u8> {
    match object.strip_prefix(b"{").and_then(|rest| rest.strip_suffix(b"}")) {
        Some(inner) if !inner.is_empty() => [b"{".as_slice(), inner, b",", inner, b"}"].concat(),
        _ => object.to_vec(),
    }
}

// ---- the line to the server

struct Reply {
    status: u16,
    /// Names in lower case.
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

impl Reply {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    fn number(&self, name: &str) -> Option<usize> {
        self.header(name)?.parse().ok()
    }

    /// Whether the line serves for another request.
    fn is_kept(&self) -> bool {
        let ends = self.header("connection").is_some_and(|value| value.eq_ignore_ascii_case("close"));
        let has_end = self.has_no_body("") || self.header("content-length").is_some() || self.is_chunked();
        self.status != 101 && !ends && has_end
    }

    fn is_chunked(&self) -> bool {
        self.header("transfer-encoding").is_some()
    }

    fn has_no_body(&self, method: &str) -> bool {
        method == "HEAD" || matches!(self.status, 101 | 204 | 304)
    }
}

/// One connection, kept from request to request as long as the server keeps it.
struct Client {
    addr: SocketAddr,
    line: Option<BufReader<TcpStream>>,
}

impl Client {
    /// The answer, if one came. On a line that was kept the server may just have closed it: then the same again.
    fn send(&mut self, request: &Request) -> Option<Reply> {
        let kept = self.line.is_some();
        let first = self.try_send(request);
        if kept && first.is_err() { self.try_send(request).ok() } else { first.ok() }
    }

    fn try_send(&mut self, request: &Request) -> io::Result<Reply> {
        let mut line = match self.line.take() {
            Some(line) => line,
            None => self.open()?,
        };
        // A request may be answered before all of it was written.
        let written = line.get_mut().write_all(&request.bytes(self.addr));
        let reply = receive(&mut line, request.method)?;
        if written.is_ok() && reply.is_kept() {
            self.line = Some(line);
        }
        Ok(reply)
    }

    fn open(&self) -> io::Result<BufReader<TcpStream>> {
        let stream = TcpStream::connect(self.addr)?;
        stream.set_nodelay(true)?;
        // Longer than the server gives any request: one without an answer by then has none.
        stream.set_read_timeout(Some(Duration::from_secs(40)))?;
        stream.set_write_timeout(Some(Duration::from_secs(40)))?;
        Ok(BufReader::new(stream))
    }
}

fn receive(line: &mut impl BufRead, method: &str) -> io::Result<Reply> {
    let first = text_line(line)?;
    let status = first.get(9..12).and_then(|status| status.parse().ok()).ok_or(io::ErrorKind::InvalidData)?;
    let mut reply = Reply { status, headers: BTreeMap::new(), body: Vec::new() };
    loop {
        let header = text_line(line)?;
        let Some((name, value)) = header.split_once(':') else { break };
        reply.headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    if reply.has_no_body(method) {
        return Ok(reply);
    }
    if reply.is_chunked() {
        reply.body = chunks(line)?;
    } else if let Some(length) = reply.number("content-length") {
        reply.body.resize(length, 0);
        line.read_exact(&mut reply.body)?;
    } else {
        line.read_to_end(&mut reply.body)?;
    }
    Ok(reply)
}

/// A line without its end.
fn text_line(line: &mut impl BufRead) -> io::Result<String> {
    let mut bytes = Vec::new();
    if line.read_until(b'\n', &mut bytes)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(String::from_utf8_lossy(&bytes).trim_end().to_owned())
}

fn chunks(line: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let length = usize::from_str_radix(&text_line(line)?, 16).map_err(io::Error::other)?;
        let start = body.len();
        // With the line's end after it.
        body.resize(start + length + 2, 0);
        line.read_exact(&mut body[start..])?;
        body.truncate(start + length);
        if length == 0 {
            return Ok(body);
        }
    }
}

// ---- the run

thread_local! {
    /// Whether this thread is one of the test's, and not the server's.
    static OURS: Cell<bool> = const { Cell::new(false) };
}

/// What threads of the server said when they panicked.
static PANICS: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn hear_panics() {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if !OURS.get() {
            PANICS.lock().unwrap_or_else(PoisonError::into_inner).push(panic.to_string());
        }
        usual(panic);
    }));
}

#[derive(Default)]
struct Run {
    next: AtomicU64,
    stop: AtomicBool,
    failure: Mutex<Option<String>>,
    /// Held by all who send; alone by whoever compares.
    sending: RwLock<()>,
    statuses: Mutex<BTreeMap<u16, u64>>,
    compared: AtomicU64,
    cut: AtomicU64,
    /// In kB, after the first fifth.
    warm: Mutex<Option<u64>>,
}

impl Run {
    fn work(&self, world: &World) {
        OURS.set(true);
        let mut client = Client { addr: world.server.addr, line: None };
        while !self.stop.load(Ordering::Relaxed) {
            let n = self.next.fetch_add(1, Ordering::Relaxed);
            if n >= world.total {
                return;
            }
            if n == world.total / 5 {
                *self.warm.lock().unwrap() = resident();
            }
            let request = world.request(n);
            let outcome = match n.is_multiple_of(world.every()) {
                true => self.send_alone(world, &mut client, &request, n),
                false => self.send_among_others(world, &mut client, &request),
            };
            if let Err(why) = outcome {
                self.stop.store(true, Ordering::Relaxed);
                let all = format!("{why}\nACT_BOARD_SEED={}, request {n}:\n{request}", world.seed);
                self.failure.lock().unwrap().get_or_insert(all);
            }
        }
    }

    /// The status; 0 if the line was cut for a long body that nobody wanted to read.
    fn send(&self, world: &World, client: &mut Client, request: &Request) -> Result<u16, String> {
        let Some(reply) = client.send(request) else {
            self.cut.fetch_add(1, Ordering::Relaxed);
            return if request.body.len() > UNREAD { Ok(0) } else { Err("no answer came".to_owned()) };
        };
        *self.statuses.lock().unwrap().entry(reply.status).or_default() += 1;
        world.check(&reply).map(|()| reply.status)
    }

    fn send_among_others(&self, world: &World, client: &mut Client, request: &Request) -> Result<(), String> {
        let _others = self.sending.read().unwrap();
        self.send(world, client, request).map(drop)
    }

    fn send_alone(&self, world: &World, client: &mut Client, request: &Request, n: u64) -> Result<(), String> {
        let _nobody_else = self.sending.write().unwrap();
        if n.is_multiple_of(world.every() * 10) {
            world.forget_attempts();
        }
        let before = rows(world.server);
        let status = self.send(world, client, request)?;
        if status < 400 {
            return Ok(());
        }
        self.compared.fetch_add(1, Ordering::Relaxed);
        let after = rows(world.server);
        let written: Vec<&String> = after.keys().filter(|table| after.get(*table) != before.get(*table)).collect();
        match written.is_empty() && before.len() == after.len() {
            true => Ok(()),
            false => Err(format!("answered {status}, and yet these changed: {written:?}, {before:?} {after:?}")),
        }
    }
}

/// How many rows each table has, and a checksum of what they say.
fn rows(server: &Server) -> BTreeMap<String, (u64, u64)> {
    let mut backup = Vec::new();
    server.block_on(store::backup(&server.state.db, &mut backup)).unwrap();
    let (mut tables, mut table) = (BTreeMap::new(), String::new());
    for line in String::from_utf8(backup).unwrap().lines() {
        if line.starts_with('{') {
            let heading: Value = serde_json::from_str(line).unwrap();
            table = heading["table"].as_str().unwrap_or_default().to_owned();
        } else if !FREE_TABLES.contains(&table.as_str()) {
            let mut hasher = DefaultHasher::new();
            line.hash(&mut hasher);
            let (count, sum): &mut (u64, u64) = tables.entry(table.clone()).or_default();
            (*count, *sum) = (*count + 1, sum.wrapping_add(hasher.finish()));
        }
    }
    tables
}

/// How much memory this program holds, in kB, where the system tells.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

#[test]
fn whatever_is_sent_is_answered_and_what_is_refused_writes_nothing() {
    OURS.set(true);
    hear_panics();
    let server = Server::demo();
    let world = World::new(&server, setting("ACT_BOARD_FUZZ", 12_000), setting("ACT_BOARD_SEED", 18_102_018));
    let (run, start) = (Run::default(), Instant::now());
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| run.work(&world));
        }
    });
    let (seconds, end) = (start.elapsed().as_secs_f64(), resident());

    let panics = PANICS.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let failure = run.failure.into_inner().unwrap().unwrap_or_default();
    assert!(failure.is_empty() && panics.is_empty(), "{failure}\nACT_BOARD_SEED={}\n{panics:#?}", world.seed);

    let statuses = run.statuses.into_inner().unwrap();
    let (compared, cut) = (run.compared.into_inner(), run.cut.into_inner());
    let warm = run.warm.into_inner().unwrap();
    println!("{} requests in {seconds:.0} s, {compared} refusals compared, {cut} lines cut", world.total);
    println!("statuses: {statuses:?}");
    println!("memory: {warm:?} kB after a fifth, {end:?} kB at the end");
    if let (Some(warm), Some(end)) = (warm, end) {
        assert!(end <= warm + GROWTH, "memory has grown from {warm} kB to {end} kB");
    }
    let count = |of: std::ops::Range<u16>| statuses.range(of).map(|(_, count)| count).sum::<u64>();
    assert!(count(200..400) > world.total / 10 && count(400..500) > world.total / 10, "much is done, and much refused");
    assert!(compared > 0);
    for account in &world.shared {
        let page = server.with_headers("/account", &[("cookie", &account.cookie())]);
        assert_eq!(page.status, 200, "{} was signed in all the time", account.email);
    }
    let problems = server.block_on(server.state.db.integrity()).unwrap();
    assert_eq!(problems, Vec::<String>::new());
}

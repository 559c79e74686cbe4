//! Browsers of our own, which keep cookies as they are told to, and what tests put into the database behind the
//! server's back.

use crate::support::server::{Answer, COORDINATOR, Server, TODAY};
use act_board::{
    domain::{
        accounts::{Member, Role},
        day::Day,
        ids::{MemberId, OrgId},
    },
    serve::{self, Assets, Patience},
    server::{
        AppState,
        clock::Clock,
        config::Config,
        people::{self, Actor},
        sessions::Token,
    },
    store::{self, Access, Conn, Db, LinkKind, NewMember, NewSession, StoredMember},
};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    net::{SocketAddr, TcpStream},
    time::{SystemTime, UNIX_EPOCH},
};
use tokio::net::TcpListener;
use totp_rs::{Algorithm, Secret, TOTP};
use uuid::Uuid;

/// Passwords that nobody guesses soon.
pub const NEW_PASSWORD: &str = "wagon tulip seventeen gravel";
pub const OTHER_PASSWORD: &str = "brzi voz za podgoricu kasni";

/// Long enough, and among the first that are guessed.
pub const WEAK_PASSWORD: &str = "password1234";

pub const MINUTE_MS: i64 = 60 * 1000;
pub const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

/// How browsers reach the server that stands behind TLS.
pub const PUBLIC_URL: &str = "https://plan.example";

/// A browser.
pub struct Browser {
    node: SocketAddr,
    /// By name.
    pub cookies: BTreeMap<String, String>,
    /// What it sends with each request beside them.
    pub headers: Vec<(&'static str, String)>,
}

impl Browser {
    pub fn new(node: SocketAddr) -> Self {
        Self { node, cookies: BTreeMap::new(), headers: Vec::new() }
    }

    /// One that holds this session.
    pub fn holding(node: SocketAddr, session: &str) -> Self {
        let mut browser = Self::new(node);
        browser.cookies.insert("session".to_owned(), session.to_owned());
        browser
    }

    /// The same, sending these headers too.
    pub fn sending(mut self, headers: &[(&'static str, &str)]) -> Self {
        self.headers = headers.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        self
    }

    pub fn session(&self) -> &str {
        self.cookies.get("session").map_or("", String::as_str)
    }

    pub fn get(&mut self, path: &str) -> Answer {
        let mut request = agent().get(self.url(path));
        for (name, value) in self.sent() {
            request = request.header(name, value);
        }
        self.keep(request.call())
    }

    /// A plain form.
    pub fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Answer {
        let mut request = agent().post(self.url(path));
        for (name, value) in self.sent() {
            request = request.header(name, value);
        }
        self.keep(request.send_form(form.iter().copied()))
    }

    /// A body of JSON.
    pub fn json(&mut self, path: &str, body: &Value) -> Answer {
        let mut request = agent().post(self.url(path)).header("content-type", "application/json");
        for (name, value) in self.sent() {
            request = request.header(name, value);
        }
        self.keep(request.send(body.to_string().as_bytes()))
    }

    /// The status with which a socket is opened or refused.
    pub fn socket(&self, path: &str) -> u16 {
        use tungstenite::{HandshakeError, client::IntoClientRequest, error::Error};
        let mut request = format!("ws://{}{path}", self.node).into_client_request().unwrap();
        for (name, value) in self.sent() {
            let name: tungstenite::http::HeaderName = name.parse().unwrap();
            request.headers_mut().insert(name, value.parse().unwrap());
        }
        match tungstenite::client(request, TcpStream::connect(self.node).unwrap()) {
            Ok(_) => 101,
            Err(HandshakeError::Failure(Error::Http(answer))) => answer.status().as_u16(),
            Err(error) => panic!("{error}"),
        }
    }

    /// Whatever is asked, the status of the answer.
    pub fn status(&mut self, ask: &Ask) -> u16 {
        match ask {
            Ask::Get(path) => self.get(path).status,
            Ask::Form(path, fields) => self.post(path, &borrowed(fields)).status,
            Ask::Json(path, body) => self.json(path, body).status,
            Ask::Socket(path) => self.socket(path),
        }
    }

    pub fn sign_in(&mut self, email: &str, password: &str) -> Answer {
        self.post("/sign-in", &[("email", email), ("password", password)])
    }

    /// Whether somebody is signed in here.
    pub fn is_in(&mut self) -> bool {
        self.json("/rpc/account", &json!({})).status == 200
    }

    /// The account of whoever is signed in here.
    pub fn account(&mut self) -> Value {
        self.json("/rpc/account", &json!({})).json()
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.node)
    }

    fn sent(&self) -> Vec<(&'static str, String)> {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let cookies = (!cookies.is_empty()).then(|| ("cookie", cookies.join("; ")));
        self.headers.iter().cloned().chain(cookies).collect()
    }

    /// Reads an answer whole, and keeps its cookies; an empty one is to be forgotten.
    fn keep(&mut self, answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Answer {
        let mut answer = answer.unwrap();
        let text = |value: &ureq::http::HeaderValue| value.to_str().unwrap_or_default().to_owned();
        let split = |cookie: String| cookie.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned()));
        let answer = Answer {
            status: answer.status().as_u16(),
            headers: answer.headers().iter().map(|(name, value)| (name.to_string(), text(value))).collect(),
            cookies: answer.headers().get_all("set-cookie").iter().map(text).filter_map(split).collect(),
            body: String::from_utf8_lossy(&answer.body_mut().with_config().limit(50_000_000).read_to_vec().unwrap())
                .into_owned(),
        };
        for name in answer.cookies.keys() {
            match answer.cookie(name) {
                "" => drop(self.cookies.remove(name)),
                value => drop(self.cookies.insert(name.clone(), value.to_owned())),
            }
        }
        answer
    }
}

fn agent() -> ureq::Agent {
    let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0);
    config.max_redirects_will_error(false).build().into()
}

/// Something that is asked of the server.
#[derive(Clone, Debug)]
pub enum Ask {
    Get(String),
    Form(String, Vec<(&'static str, String)>),
    Json(String, Value),
    Socket(String),
}

impl Ask {
    pub fn form(path: &str, fields: &[(&'static str, &str)]) -> Self {
        Self::Form(path.to_owned(), fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect())
    }
}

/// A form as it is sent.
pub fn borrowed<'a>(fields: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    fields.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

/// How far somebody has come who was invited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Invited,
    Joined,
    /// The account is closed.
    Closed,
}

impl Server {
    pub fn browser(&self) -> Browser {
        Browser::new(self.addr)
    }

    /// A browser that this member has signed in with, for the longest time that there is.
    pub fn browser_of(&self, member: MemberId) -> Browser {
        Browser::holding(self.addr, self.session(member, 30 * DAY_MS).as_str())
    }

    /// Whether the token still stands for somebody.
    pub fn is_open(&self, session: &str) -> bool {
        Browser::holding(self.addr, session).is_in()
    }

    /// The same network behind a proxy that speaks TLS: browsers know it by [`PUBLIC_URL`].
    pub fn behind_tls(&self) -> SocketAddr {
        self.block_on(async {
            let db = Db::open(&self.db.url, Access::Look).await.unwrap();
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let addr = listener.local_addr().unwrap();
            let clock = Clock { fixed: Day::parse(TODAY) };
            let config = Config::new(addr, Some(PUBLIC_URL.to_owned()), true, clock, false).unwrap();
            let app = serve::router(AppState::new(config, db), Assets::new(|_| None));
            tokio::spawn(serve::serve(listener, app, Patience::default(), std::future::pending()));
            addr
        })
    }

    /// Does something to the database that the server does not know of.
    fn write<T>(&self, act: impl AsyncFnOnce(&mut Conn) -> T) -> T {
        self.block_on(async {
            let mut tx = self.state.db.write().await.unwrap();
            let done = act(&mut tx).await;
            tx.commit().await.unwrap();
            done
        })
    }

    fn now(&self) -> i64 {
        self.state.config.clock.now()
    }

    pub fn stored(&self, email: &str) -> StoredMember {
        self.block_on(async {
            let mut conn = self.state.db.reader().await.unwrap();
            store::member_by_email(&mut conn, email).await.unwrap().unwrap()
        })
    }

    pub fn member(&self, email: &str) -> MemberId {
        self.stored(email).member.id
    }

    pub fn stored_by_id(&self, id: MemberId) -> StoredMember {
        self.block_on(async {
            let mut conn = self.state.db.reader().await.unwrap();
            store::member(&mut conn, id).await.unwrap().unwrap()
        })
    }

    pub fn organisation(&self, short_name: &str) -> OrgId {
        self.block_on(async {
            let board = self.state.board().await.unwrap().unwrap();
            let org = board.frame.organisations.iter().find(|org| org.short_name == short_name);
            org.unwrap_or_else(|| panic!("{short_name}")).id
        })
    }

    /// A session that nobody has signed in for. It lasts so many milliseconds; with a negative number it has expired.
    pub fn session(&self, member: MemberId, lasts: i64) -> Token {
        let (token, now) = (Token::random(), self.now());
        let token_hash = token.hash();
        // Adding one sweeps away those that had expired when it began.
        let (created_at, expires_at) = (now.min(now + lasts) - 1, now + lasts);
        let new = NewSession { token_hash: &token_hash, member, device: "", created_at, expires_at };
        self.write(async |tx: &mut Conn| store::add_session(tx, new).await.unwrap());
        token
    }

    /// A link that nobody was handed. It opens for so many milliseconds; with a negative number it has expired.
    pub fn link(&self, kind: LinkKind, member: MemberId, lasts: i64) -> Token {
        let (token, now) = (Token::random(), self.now());
        let hash = token.hash();
        let (from, until) = (now.min(now + lasts) - 1, now + lasts);
        self.write(async |tx: &mut Conn| store::add_link(tx, &hash, kind, member, from, until).await.unwrap());
        token
    }

    /// Somebody new, by the e-mail `guest-ID@network.example`, whom no password lets in.
    pub fn guest(&self, short_name: &str, role: Role, stage: Stage) -> MemberId {
        let (id, now) = (MemberId(Uuid::now_v7()), self.now());
        let member = Member { id, name: "Guest".to_owned(), org: self.organisation(short_name), role };
        let email = format!("guest-{id}@network.example");
        self.write(async |tx: &mut Conn| {
            let password_hash = (stage != Stage::Invited).then_some("of no password");
            store::add_member(tx, NewMember { member: &member, email: &email, password_hash, now }).await.unwrap();
            if stage == Stage::Closed {
                let mut stored = store::member(tx, id).await.unwrap().unwrap();
                stored.active = false;
                store::save_member(tx, &stored).await.unwrap();
            }
        });
        id
    }

    /// Closes an account as a coordinator does.
    pub fn close(&self, member: MemberId) {
        let actor = Actor { member: Some(self.member(COORDINATOR)), ..Actor::default() };
        self.block_on(people::disable(&self.state, &actor, member)).unwrap();
    }

    /// All that a refused request must leave as it was: people, organisations, the network, and the plan's revision.
    pub fn standing(&self) -> String {
        self.block_on(async {
            let mut conn = self.state.db.snapshot().await.unwrap();
            let mut people = store::people(&mut conn, 0).await.unwrap();
            people.iter_mut().for_each(|(_, standing)| standing.used_at = None);
            let organisations = store::organisations(&mut conn).await.unwrap();
            let network = store::network(&mut conn).await.unwrap();
            let plan = store::current_plan(&mut conn).await.unwrap().unwrap();
            let revision = store::revision(&mut conn, plan).await.unwrap();
            format!("{revision:?}\n{network:?}\n{organisations:?}\n{people:?}")
        })
    }

    /// Invites by the form of a coordinator.
    pub fn invite(&self, email: &str, short_name: &str, role: &str) -> Answer {
        let org = self.organisation(short_name).to_string();
        let form = [("do", "invite"), ("email", email), ("name", "New"), ("org", org.as_str()), ("role", role)];
        self.post("/people", &form, COORDINATOR)
    }

    /// One of the forms about a member, sent by a coordinator.
    pub fn manage(&self, action: &str, member: MemberId) -> Answer {
        self.post("/people", &[("do", action), ("member", member.to_string().as_str())], COORDINATOR)
    }
}

/// The token of a link that a page tells once; `page` is where the link leads.
pub fn told(answer: &Answer, page: &str) -> String {
    assert_eq!(answer.status, 200, "{}", answer.body);
    let link = answer.body.split(&format!("/{page}?token=")).nth(1);
    link.unwrap_or_else(|| panic!("no link to {page}: {}", answer.body)).chars().take(64).collect()
}

/// An app that shows the codes of a second factor.
pub struct Device {
    totp: TOTP,
    /// The step of the last code that it has shown.
    last: u64,
}

impl Device {
    /// It has scanned this secret.
    pub fn new(secret: &str) -> Self {
        let secret = Secret::Encoded(secret.to_owned()).to_bytes().unwrap();
        let totp = TOTP::new(Algorithm::SHA1, 6, 0, 30, secret, None, "account".to_owned()).unwrap();
        Self { totp, last: 0 }
    }

    /// A code that it has not shown before. The second may be early by one step, which is still right; a third would
    /// have to wait.
    pub fn code(&mut self) -> String {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() / 30;
        self.last = now.max(self.last + 1);
        self.totp.generate(self.last * 30)
    }
}

/// Begins a second factor: the device that has scanned its secret.
pub fn begin_second_factor(browser: &mut Browser, password: &str) -> Device {
    let begun = browser.post("/account", &[("do", "begin_second_factor"), ("old_password", password)]);
    assert_eq!((begun.status, begun.location()), (303, "/account?done=begin_second_factor#second-factor"));
    let account = browser.account();
    let secret = account["second_factor"]["begun"]["secret"].as_str();
    Device::new(secret.unwrap_or_else(|| panic!("{account}")))
}

/// The page that answers the first code.
pub fn confirm_second_factor(browser: &mut Browser, device: &mut Device) -> Answer {
    let code = device.code();
    browser.post("/account", &[("do", "confirm_second_factor"), ("code", code.as_str())])
}

/// Sets up a second factor, and answers the device with the recovery codes that the page told.
pub fn set_up_second_factor(browser: &mut Browser, password: &str) -> (Device, Vec<String>) {
    let mut device = begin_second_factor(browser, password);
    let confirmed = confirm_second_factor(browser, &mut device);
    assert_eq!(confirmed.status, 200, "{}", confirmed.body);
    (device, recovery_codes(&confirmed))
}

/// The recovery codes that a page tells.
pub fn recovery_codes(answer: &Answer) -> Vec<String> {
    let codes = answer.body.split("<code>").skip(1).filter_map(|code| code.split('<').next());
    codes.map(str::to_owned).collect()
}

//! A server of the demo over real HTTP, and people who use it.

use super::databases::{Kind, TestDb};
use act_board::{
    domain::{day::Day, live::ToBrowser},
    serve::{self, Assets, Patience},
    server::{AppState, clock::Clock, config::Config, demo},
    store::{Access, Db},
};
use serde_json::Value;
use std::{
    collections::HashMap,
    io::ErrorKind,
    net::{SocketAddr, TcpStream},
    sync::Mutex,
    time::Duration,
};
use tokio::{net::TcpListener, runtime::Runtime};

/// The sample's board date, moved to the year of these tests.
pub const TODAY: &str = "2026-12-15";

pub const COORDINATOR: &str = "coordinator@astra.example";
pub const ASTRA: &str = "partner@astra.example";
pub const CLCI: &str = "partner@clci.example";
pub const NHC: &str = "partner@nhc.example";
pub const DONOR: &str = "donor@eu.example";
pub const OBSERVER: &str = "observer@institution.example";
/// Nobody signed in.
pub const PUBLIC: &str = "";

/// A running server. It stops with the value.
pub struct Server {
    pub addr: SocketAddr,
    pub state: AppState,
    pub db: TestDb,
    cookies: Mutex<HashMap<String, String>>,
    runtime: Runtime,
}

/// A live socket.
pub struct Socket(tungstenite::WebSocket<TcpStream>);

impl Socket {
    /// The next message; `None` once it is closed. How many are present, and that the line lives, is passed over.
    pub fn next(&mut self) -> Option<ToBrowser> {
        loop {
            match self.0.read() {
                Ok(tungstenite::Message::Text(text)) => match serde_json::from_str(&text).unwrap() {
                    ToBrowser::Here(_) | ToBrowser::Ping => {}
                    message => return Some(message),
                },
                Ok(_) => {}
                Err(tungstenite::Error::Io(error)) if error.kind() == ErrorKind::WouldBlock => panic!("nothing came"),
                Err(_) => return None,
            }
        }
    }
}

/// An answer, read whole.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HashMap<String, String>,
    /// What the browser is told to keep: name, and value with attributes.
    pub cookies: HashMap<String, String>,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// The value of a cookie, without its attributes.
    pub fn cookie(&self, name: &str) -> &str {
        self.cookies.get(name).and_then(|cookie| cookie.split(';').next()).unwrap_or_default()
    }

    pub fn location(&self) -> &str {
        self.headers.get("location").map_or("", String::as_str)
    }
}

impl Server {
    /// The demo on SQLite.
    pub fn demo() -> Self {
        Self::start(Kind::Sqlite, 0)
    }

    pub fn start(kind: Kind, items: usize) -> Self {
        let runtime = Runtime::new().unwrap();
        let (addr, state, db) = runtime.block_on(async {
            let db = TestDb::new(kind).await;
            let opened = db.open().await;
            let (addr, state) = serve_on(opened, Some(items)).await;
            (addr, state, db)
        });
        Self { addr, state, db, cookies: Mutex::default(), runtime }
    }

    /// Another server on the same database: a second node, or the first after a restart.
    pub fn again(&self) -> SocketAddr {
        self.runtime.block_on(async {
            let db = Db::open(&self.db.url, Access::Look).await.unwrap();
            serve_on(db, None).await.0
        })
    }

    pub fn block_on<T>(&self, future: impl Future<Output = T>) -> T {
        self.runtime.block_on(future)
    }

    pub fn get(&self, path: &str, who: &str) -> Answer {
        let request = self.agent().get(self.url(path)).header("cookie", self.cookie(who));
        read(request.call())
    }

    /// A plain form.
    pub fn post(&self, path: &str, form: &[(&str, &str)], who: &str) -> Answer {
        let request = self.agent().post(self.url(path)).header("cookie", self.cookie(who));
        read(request.send_form(form.iter().copied()))
    }

    /// Any body under any name.
    pub fn send(&self, path: &str, content_type: &str, body: &[u8], who: &str) -> Answer {
        let request = self.agent().post(self.url(path)).header("cookie", self.cookie(who));
        read(request.header("content-type", content_type).send(body))
    }

    /// A server function.
    pub fn rpc(&self, name: &str, body: &Value, who: &str) -> Answer {
        self.send(&format!("/rpc/{name}"), "application/json", body.to_string().as_bytes(), who)
    }

    /// The revision of the plan.
    pub fn revision(&self) -> i64 {
        let board = self.rpc("board", &serde_json::json!({ "filter": {} }), COORDINATOR).json();
        board["revision"].as_i64().unwrap()
    }

    pub fn with_headers(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = self.agent().get(self.url(path));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        read(request.call())
    }

    pub fn post_from(&self, path: &str, origin: &str, who: &str) -> Answer {
        let request = self.agent().post(self.url(path)).header("cookie", self.cookie(who)).header("origin", origin);
        read(request.send_form([("do", "archive")]))
    }

    /// A live socket of a member, on this server or on another node of it.
    pub fn socket(&self, node: SocketAddr, since: i64, who: &str) -> Socket {
        self.try_socket(node, &format!("/live?since={since}"), who, &[])
            .unwrap_or_else(|status| panic!("{who}: {status}"))
    }

    /// The same, or the status of the refusal.
    pub fn try_socket(&self, node: SocketAddr, path: &str, who: &str, headers: &[(&str, &str)]) -> Result<Socket, u16> {
        use tungstenite::{HandshakeError, client::IntoClientRequest, error::Error};
        let mut request = format!("ws://{node}{path}").into_client_request().unwrap();
        let cookie = ("cookie", self.cookie(who));
        for (name, value) in headers.iter().map(|(name, value)| (*name, (*value).to_owned())).chain([cookie]) {
            request
                .headers_mut()
                .insert(name.parse::<tungstenite::http::HeaderName>().unwrap(), value.parse().unwrap());
        }
        let stream = TcpStream::connect(node).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        match tungstenite::client(request, stream) {
            Ok((socket, _)) => Ok(Socket(socket)),
            Err(HandshakeError::Failure(Error::Http(answer))) => Err(answer.status().as_u16()),
            Err(error) => panic!("{error}"),
        }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.addr)
    }

    fn agent(&self) -> ureq::Agent {
        let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0);
        config.max_redirects_will_error(false).build().into()
    }

    /// The session of a demo account, signed in when first needed.
    fn cookie(&self, who: &str) -> String {
        if who.is_empty() {
            return String::new();
        }
        if let Some(cookie) = self.cookies.lock().unwrap().get(who) {
            return cookie.clone();
        }
        let answer = self.post("/sign-in", &[("email", who), ("password", demo::PASSWORD)], PUBLIC);
        assert_eq!((answer.status, answer.location()), (303, "/board"), "{who} signs in");
        let cookie = format!("session={}", answer.cookie("session"));
        self.cookies.lock().unwrap().insert(who.to_owned(), cookie.clone());
        cookie
    }
}

async fn serve_on(db: Db, fill: Option<usize>) -> (SocketAddr, AppState) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    let clock = Clock { fixed: Day::parse(TODAY) };
    let mut config = Config::new(addr, None, true, clock, false).unwrap();
    config.writes_per_second = 0;
    let state = AppState::new(config, db);
    if let Some(items) = fill {
        demo::fill(&state, items).await.unwrap();
    }
    let app = serve::router(state.clone(), Assets::new(|_| None));
    tokio::spawn(serve::serve(listener, app, Patience::default(), std::future::pending()));
    (addr, state)
}

fn read(answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Answer {
    let mut answer = answer.unwrap();
    let header = |(name, value): (&ureq::http::HeaderName, &ureq::http::HeaderValue)| {
        (name.to_string(), value.to_str().unwrap_or_default().to_owned())
    };
    let cookie = |value: &ureq::http::HeaderValue| {
        let (name, value) = value.to_str().unwrap().split_once('=').unwrap();
        (name.to_owned(), value.to_owned())
    };
    Answer {
        cookies: answer.headers().get_all("set-cookie").iter().map(cookie).collect(),
        status: answer.status().as_u16(),
        headers: answer.headers().iter().map(header).collect(),
        body: String::from_utf8_lossy(&answer.body_mut().with_config().limit(50_000_000).read_to_vec().unwrap())
            .into_owned(),
    }
}

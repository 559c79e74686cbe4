//! A server of our own, started for the measurement, and lean clients that keep their connection.

use act_board::server::demo::{ACCOUNTS, PASSWORD};
use serde_json::{Value, json};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use tungstenite::client::IntoClientRequest;
use uuid::Uuid;

pub struct Server {
    child: Child,
    pub addr: SocketAddr,
    /// From its start to its first answer.
    pub started: Duration,
}

impl Server {
    pub fn start(url: &str, items: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let addr = listener.local_addr().expect("it has an address");
        drop(listener);
        let start = Instant::now();
        let mut command = Command::new(env!("CARGO_BIN_EXE_act-board"));
        command.args(["serve", "--demo", "--today", "2026-12-15", "--log", "off", "--writes-per-second", "0"]);
        command.args(["--database-url", url, "--addr", &addr.to_string(), "--demo-items", &items.to_string()]);
        let child = command.stdout(Stdio::null()).spawn().expect("the server starts");
        while !answers(addr) {
            std::thread::sleep(Duration::from_millis(1));
        }
        Self { child, addr, started: start.elapsed() }
    }

    pub fn memory_mb(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
        line.trim().trim_end_matches("kB").trim().parse::<f64>().unwrap_or(f64::NAN) / 1024.0
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn answers(addr: SocketAddr) -> bool {
    let Ok(mut stream) = TcpStream::connect(addr) else { return false };
    let request = b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    let mut answer = [0; 12];
    stream.write_all(request).is_ok() && stream.read_exact(&mut answer).is_ok() && answer.ends_with(b"200")
}

/// One connection, kept.
pub struct Client {
    stream: BufReader<TcpStream>,
    cookie: String,
}

impl Client {
    pub fn new(addr: SocketAddr) -> Self {
        let stream = TcpStream::connect(addr).expect("the server listens");
        stream.set_nodelay(true).expect("the socket is open");
        Self { stream: BufReader::new(stream), cookie: String::new() }
    }

    pub fn signed_in(addr: SocketAddr) -> Self {
        Self::signed_in_as(addr, ACCOUNTS[0].email)
    }

    pub fn signed_in_as(addr: SocketAddr, email: &str) -> Self {
        let mut client = Self::new(addr);
        let form = format!("email={}&password={PASSWORD}", email.replace('@', "%40"));
        let (headers, _) = client.ask("POST", "/sign-in", "application/x-www-form-urlencoded", "identity", &form);
        let cookie = headers
            .iter()
            .filter_map(|line| line.strip_prefix("set-cookie: "))
            .find(|cookie| cookie.starts_with("session="))
            .expect("signed in");
        client.cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        client
    }

    /// Another connection of the same session: so many sign-ins at once would be refused.
    pub fn another(&self, addr: SocketAddr) -> Self {
        Self { cookie: self.cookie.clone(), ..Self::new(addr) }
    }

    pub fn get(&mut self, path: &str) -> Vec<u8> {
        self.ask("GET", path, "text/plain", "identity", "").1
    }

    pub fn get_compressed(&mut self, path: &str) -> Vec<u8> {
        self.ask("GET", path, "text/plain", "br", "").1
    }

    pub fn rpc(&mut self, name: &str, body: &Value) -> Vec<u8> {
        self.ask("POST", &format!("/rpc/{name}"), "application/json", "identity", &body.to_string()).1
    }

    pub fn submit(&mut self, command: &Value) {
        let answer = self.rpc("submit", &json!({ "op": Uuid::now_v7(), "command": { "item": command } }));
        assert!(answer.starts_with(b"{\"revision\""), "{}", String::from_utf8_lossy(&answer));
    }

    /// A live socket of the same member.
    pub fn socket(&self, addr: SocketAddr) -> Socket {
        let mut request = format!("ws://{addr}/live").into_client_request().expect("it is an address");
        request.headers_mut().insert("cookie", self.cookie.parse().expect("a cookie is a header"));
        let stream = TcpStream::connect(addr).expect("the server listens");
        stream.set_nodelay(true).expect("the socket is open");
        Socket(tungstenite::client(request, stream).expect("the server opens a socket").0)
    }

    /// Every item and status of the board, as far as its pages are short.
    pub fn plan(&mut self) -> Plan {
        let mut plan = Plan::default();
        for page in 1..=30 {
            let pages = ["planned", "in-progress", "done"].map(|slug| json!([slug, page]));
            let view = self.rpc("board", &json!({ "filter": { "pages": pages } }));
            let view: Value = serde_json::from_slice(&view).expect("the board is JSON");
            let columns = view["columns"].as_array().expect("it has columns");
            plan.statuses = columns.iter().map(|column| column["status"].clone()).collect();
            let cards = columns.iter().flat_map(|column| column["cards"].as_array().expect("with cards"));
            plan.items.extend(cards.map(|card| card["id"].clone()));
        }
        plan
    }

    fn ask(&mut self, method: &str, path: &str, kind: &str, encoding: &str, body: &str) -> (Vec<String>, Vec<u8>) {
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: localhost\r\ncookie: {}\r\naccept-encoding: {encoding}\r\n\
             content-type: {kind}\r\ncontent-length: {}\r\n\r\n{body}",
            self.cookie,
            body.len()
        );
        self.stream.get_mut().write_all(request.as_bytes()).expect("the server reads");
        let headers = self.headers();
        let number = |name: &str| headers.iter().find_map(|line| line.strip_prefix(name)?.parse::<usize>().ok());
        let body = match number("content-length: ") {
            Some(length) => self.exactly(length),
            None => self.chunks(),
        };
        (headers, body)
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.stream.read_line(&mut line).expect("the server answers");
        line.trim_end().to_owned()
    }

    fn headers(&mut self) -> Vec<String> {
        std::iter::from_fn(|| Some(self.line()).filter(|line| !line.is_empty())).collect()
    }

    fn exactly(&mut self, length: usize) -> Vec<u8> {
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).expect("the server answers whole");
        body
    }

    fn chunks(&mut self) -> Vec<u8> {
        let mut body = Vec::new();
        loop {
            let length = usize::from_str_radix(&self.line(), 16).expect("a chunk has its length");
            body.extend(self.exactly(length));
            self.line();
            if length == 0 {
                return body;
            }
        }
    }
}

/// A live socket.
pub struct Socket(tungstenite::WebSocket<TcpStream>);

impl Socket {
    /// Waits for the next change.
    pub fn change(&mut self) {
        while !self.0.read().expect("the server says something").to_text().is_ok_and(|text| text.contains("changed")) {}
    }
}

/// What moves are made of.
#[derive(Default)]
pub struct Plan {
    items: Vec<Value>,
    statuses: Vec<Value>,
}

impl Plan {
    /// The n-th move: some item below some other, in some status.
    pub fn a_move(&self, n: usize) -> Value {
        let item = |n: usize| &self.items[n % self.items.len()];
        let after = if n.is_multiple_of(5) { &Value::Null } else { item(n * 31 + 7) };
        json!({ "move": { "item": item(n * 17), "to": self.statuses[n % self.statuses.len()], "after": after } })
    }
}

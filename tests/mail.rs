//! Mail over a real SMTP connection: it reaches the right person in the right language, opens what it says, outlives a
//! mail server that is down, and cannot be bent by what somebody types.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod support;

use act_board::{
    domain::day::Day,
    serve::{self, Assets},
    server::{
        AppState,
        clock::Clock,
        config::{Config, MailConfig},
        demo,
        sessions::Token,
    },
    store::{self, Db},
};
use serde::Deserialize;
use std::{
    collections::BTreeSet,
    fs,
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use support::{
    databases::{Kind, TestDb, folder},
    server::{CLCI, COORDINATOR, TODAY},
};
use tokio::{net::TcpListener, runtime::Runtime};

/// What the mail server asks for, and how it stands in an address.
const USER: &str = "board";
const SMTP_PASSWORD: &str = "p@ss word";
const SMTP_PASSWORD_ENCODED: &str = "p%40ss%20word";

const INVITED: &str = "new@astra.example";
const PASSPHRASE: &str = "wagon tulip seventeen gravel";

/// A mail server of the test's own. It stops with the value.
struct Smtp {
    /// Where it keeps what it has received.
    folder: PathBuf,
    port: u16,
    process: Option<Child>,
}

/// A mail as the program that receives it reads it.
#[derive(Debug, Deserialize)]
struct Letter {
    /// Who handed it in.
    user: Option<String>,
    /// Whom the mail server was told to bring it to.
    recipients: Vec<String>,
    /// Names and addresses.
    to: Vec<(String, String)>,
    from: Vec<(String, String)>,
    subject: String,
    /// Its media type, and those of its parts.
    kind: String,
    parts: Vec<String>,
    text: String,
    html: String,
    /// Names in lower case.
    headers: Vec<String>,
    defects: Vec<String>,
}

impl Smtp {
    /// Refuses the first mails for now, so many of them.
    fn start(refused: usize) -> Self {
        let mut smtp = Self { folder: folder(), port: 0, process: None };
        smtp.run(refused);
        smtp
    }

    /// Once more on the same port.
    fn run(&mut self, refused: usize) {
        let Ok(python) = std::env::var("ACT_BOARD_SMTP_PYTHON") else {
            panic!("ACT_BOARD_SMTP_PYTHON is not set: make test sets it to a Python that has aiosmtpd");
        };
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/smtp.py");
        let mut command = Command::new(python);
        command.arg(script).arg(&self.folder).arg(self.port.to_string());
        command.args([USER, SMTP_PASSWORD]).arg(refused.to_string());
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut port = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut port).unwrap();
        self.port = port.trim().parse().expect("the mail server prints its port");
        self.process = Some(process);
    }

    fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().unwrap();
            process.wait().unwrap();
        }
    }

    /// All that has come, in its order.
    fn letters(&self) -> Vec<Letter> {
        let files = fs::read_dir(&self.folder).unwrap().map(|file| file.unwrap().path());
        let files: BTreeSet<PathBuf> = files.filter(|file| file.extension().is_some_and(|end| end == "json")).collect();
        files.iter().map(|file| serde_json::from_slice(&fs::read(file).unwrap()).unwrap()).collect()
    }
}

impl Drop for Smtp {
    fn drop(&mut self) {
        self.kill();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The demo with a mail server beside it.
struct House {
    addr: SocketAddr,
    state: AppState,
    smtp: Smtp,
    runtime: Runtime,
    _db: TestDb,
}

struct Answer {
    status: u16,
    location: String,
    /// The cookie of the session that has begun.
    session: Option<String>,
    body: String,
}

async fn serve_on(db: Db, mail: MailConfig) -> (SocketAddr, AppState) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    let clock = Clock { fixed: Day::parse(TODAY) };
    let mut config = Config::new(addr, None, true, clock, false).unwrap();
    config.mail = Some(mail);
    serve::check_mail(&config).unwrap();
    let state = AppState::new(config, db);
    demo::fill(&state, 0).await.unwrap();
    let app = serve::router(state.clone(), Assets::new(|_| None));
    tokio::spawn(serve::serve(listener, app, serve::Patience::default(), std::future::pending()));
    (addr, state)
}

/// What comes about before long.
fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(start.elapsed() < Duration::from_secs(60), "{what} does not come about");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// What a link to a page opens it with.
fn token_in(text: &str, page: &str) -> String {
    let (_, rest) = text.split_once(&format!("{page}?token=")).unwrap_or_else(|| panic!("no link: {text}"));
    let token: String = rest.chars().take_while(char::is_ascii_hexdigit).collect();
    assert_eq!(token.len(), 64, "a whole token: {text}");
    token
}

impl House {
    /// The mail server refuses the first mails for now, so many of them.
    fn new(refused: usize) -> Self {
        let smtp = Smtp::start(refused);
        let url = format!("smtp://{USER}:{SMTP_PASSWORD_ENCODED}@127.0.0.1:{}", smtp.port);
        let mail = MailConfig { url, from: "ACT Board <board@network.example>".to_owned() };
        let runtime = Runtime::new().unwrap();
        let (addr, state, db) = runtime.block_on(async {
            let db = TestDb::new(Kind::Sqlite).await;
            let (addr, state) = serve_on(db.open().await, mail).await;
            (addr, state, db)
        });
        Self { addr, state, smtp, runtime, _db: db }
    }

    fn agent() -> ureq::Agent {
        let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0);
        config.max_redirects_will_error(false).build().into()
    }

    fn get(&self, path: &str) -> Answer {
        read(Self::agent().get(format!("http://{}{path}", self.addr)).call())
    }

    fn post(&self, path: &str, form: &[(&str, &str)], cookies: &str) -> Answer {
        let request = Self::agent().post(format!("http://{}{path}", self.addr)).header("cookie", cookies);
        read(request.send_form(form.iter().copied()))
    }

    /// The session's cookie, if e-mail and password belong together.
    fn sign_in(&self, email: &str, password: &str) -> Option<String> {
        self.post("/sign-in", &[("email", email), ("password", password)], "").session
    }

    fn coordinator(&self) -> String {
        self.sign_in(COORDINATOR, demo::PASSWORD).unwrap()
    }

    fn invite(&self, email: &str, name: &str, cookies: &str) -> Answer {
        let organisations = self.runtime.block_on(async {
            let mut conn = self.state.db.reader().await.unwrap();
            store::organisations(&mut conn).await.unwrap()
        });
        let org = organisations.iter().find(|org| org.short_name == "ASTRA").unwrap().id.to_string();
        let form = [("do", "invite"), ("email", email), ("name", name), ("org", org.as_str()), ("role", "partner")];
        self.post("/people", &form, cookies)
    }

    fn join(&self, token: &str) -> Answer {
        self.post("/join", &[("token", token), ("name", "Partner"), ("password", PASSPHRASE)], "")
    }

    /// How often each mail that still waits was tried.
    fn tries(&self) -> Vec<i64> {
        let Db::Sqlite { readers, .. } = &self.state.db else { panic!("mail waits in SQLite here") };
        let waiting = sqlx::query_scalar("SELECT tries FROM mails ORDER BY id").fetch_all(readers);
        self.runtime.block_on(waiting).unwrap()
    }

    /// All that has come once nothing waits any more.
    fn letters(&self) -> Vec<Letter> {
        until("an empty outbox", || self.tries().is_empty().then(|| self.smtp.letters()))
    }

    /// The only one.
    fn letter(&self) -> Letter {
        let mut letters = self.letters();
        assert_eq!(letters.len(), 1, "{letters:#?}");
        letters.remove(0)
    }

    /// Everything that the database holds.
    fn dump(&self) -> String {
        let mut dump = Vec::new();
        self.runtime.block_on(store::backup(&self.state.db, &mut dump)).unwrap();
        String::from_utf8(dump).unwrap()
    }

    /// A token is known by its hash alone.
    fn keeps_only_the_hash_of(&self, token: &str) {
        let (dump, hash) = (self.dump(), Token::parse(token).unwrap().hash());
        assert!(dump.contains(&hash), "what it opens is known");
        assert!(!dump.contains(token), "what opens it is not");
    }
}

fn read(answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Answer {
    let mut answer = answer.unwrap();
    let headers = answer.headers();
    let location = headers.get("location").map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default();
    let cookies = headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
    let mut cookies = cookies.map(|cookie| cookie.split(';').next().unwrap_or_default().to_owned());
    Answer {
        session: cookies.find(|cookie| cookie.starts_with("session=")),
        location,
        status: answer.status().as_u16(),
        body: answer.body_mut().read_to_string().unwrap(),
    }
}

#[test]
fn an_invitation_reaches_whom_it_is_for_in_the_language_of_whoever_invites() {
    let house = House::new(0);
    let page = house.invite(INVITED, "<b>Partner</b>", &format!("{}; language=sr-Cyrl", house.coordinator()));
    assert_eq!(page.status, 200);
    let letter = house.letter();
    assert_eq!(letter.user.as_deref(), Some(USER), "handed in with the password of the address");
    assert_eq!(letter.recipients, [INVITED]);
    assert_eq!(letter.to, [("<b>Partner</b>".to_owned(), INVITED.to_owned())]);
    assert_eq!(letter.from, [("ACT Board".to_owned(), "board@network.example".to_owned())]);
    assert_eq!(letter.subject, "Позивница: Balkans ACT Now!");
    assert_eq!((letter.kind.as_str(), letter.defects.len()), ("multipart/alternative", 0));
    assert_eq!(letter.parts, ["text/plain", "text/html"]);
    assert!(letter.text.starts_with("Добар дан, <b>Partner</b>."), "{}", letter.text);
    assert!(letter.html.contains("lang=\"sr-Cyrl\"") && letter.html.contains("Добар дан"), "{}", letter.html);
    assert!(letter.html.contains("&lt;b&gt;Partner&lt;/b&gt;"), "a name is only a name: {}", letter.html);
    for forbidden in ["<b>", "<script", "javascript:", "onclick", "<img", "<link"] {
        assert!(!letter.html.contains(forbidden), "{forbidden}: {}", letter.html);
    }
}

#[test]
fn the_link_of_an_invitation_opens_the_network_once() {
    let house = House::new(0);
    let page = house.invite(INVITED, "Partner", &house.coordinator());
    let letter = house.letter();
    let (shown, mailed) = (token_in(&page.body, "/join"), token_in(&letter.text, "/join"));
    let link = format!("{}/join?token={mailed}", house.state.config.public_url);
    assert!(letter.text.lines().any(|line| line == link), "on a line of its own: {}", letter.text);
    assert!(letter.html.contains(&format!("<a href=\"{link}\">{link}</a>")), "{}", letter.html);
    assert_ne!(shown, mailed, "what is mailed was never shown");
    house.keeps_only_the_hash_of(&shown);
    house.keeps_only_the_hash_of(&mailed);

    let door = house.get(&format!("/join?token={mailed}"));
    assert!(door.status == 200 && door.body.contains(INVITED), "whose account it is");
    let joined = house.join(&mailed);
    assert_eq!((joined.status, joined.location.as_str()), (303, "/board"));
    let board = house.post("/people", &[("do", "nothing")], &joined.session.unwrap());
    assert_eq!(board.status, 403, "signed in, as a partner");
    assert_eq!((house.join(&mailed).status, house.join(&shown).status), (410, 410), "both are used up");
    assert!(house.sign_in(INVITED, PASSPHRASE).is_some());
}

#[test]
fn a_forgotten_password_is_mailed_about_to_those_who_have_one() {
    let house = House::new(0);
    let ask = |email: &str| {
        let answer = house.post("/forgot", &[("email", email)], "");
        (answer.status, answer.location)
    };
    let nobody = ask("nobody@astra.example");
    assert_eq!(house.tries(), Vec::<i64>::new(), "nothing waits for nobody");
    assert_eq!(nobody, ask(CLCI), "and nobody is told which of the two it was");
    assert_eq!(nobody, (303, "/forgot?sent=1".to_owned()));
    let letter = house.letter();
    assert_eq!(letter.recipients, [CLCI]);
    assert_eq!(letter.subject, "A new password for Balkans ACT Now!");

    let token = token_in(&letter.text, "/reset");
    assert_eq!(token, token_in(&letter.html, "/reset"));
    house.keeps_only_the_hash_of(&token);
    let reset = || house.post("/reset", &[("token", token.as_str()), ("password", PASSPHRASE)], "");
    let done = reset();
    assert_eq!((done.status, done.location.as_str()), (303, "/sign-in?done=reset"));
    assert_eq!(reset().status, 410, "the link opens once");
    assert!(house.sign_in(CLCI, demo::PASSWORD).is_none(), "the password before is none any more");
    assert!(house.sign_in(CLCI, PASSPHRASE).is_some());
}

#[test]
fn mail_waits_for_a_server_that_is_down_and_then_comes_once() {
    let mut house = House::new(0);
    let session = house.coordinator();
    house.smtp.kill();
    let shown = token_in(&house.invite(INVITED, "Partner", &session).body, "/join");
    house.invite("withdrawn@astra.example", "Partner", &session);
    let withdrawn = house.runtime.block_on(async {
        let mut conn = house.state.db.reader().await.unwrap();
        store::member_by_email(&mut conn, "withdrawn@astra.example").await.unwrap().unwrap().member.id.to_string()
    });
    assert_eq!(house.post("/people", &[("do", "revoke"), ("member", &withdrawn)], &session).status, 303);
    assert_eq!(house.tries().len(), 1, "what was withdrawn does not wait");
    until("a first try", || house.tries().iter().all(|tries| *tries > 0).then_some(()));
    assert_eq!(house.tries().len(), 1, "what failed still waits");
    house.keeps_only_the_hash_of(&shown);

    house.smtp.run(0);
    let letter = house.letter();
    assert_eq!(letter.recipients, [INVITED]);
    assert_eq!(house.join(&token_in(&letter.text, "/join")).status, 303, "its link is as fresh as the mail");
}

#[test]
fn a_mail_that_is_refused_for_now_is_sent_again() {
    let house = House::new(1);
    house.invite(INVITED, "Partner", &house.coordinator());
    let letter = house.letter();
    assert!(house.smtp.folder.join("refused-1").exists(), "the first try came to nothing");
    assert_eq!(letter.recipients, [INVITED]);
    assert_eq!(house.join(&token_in(&letter.text, "/join")).status, 303);
}

#[test]
fn what_somebody_types_never_becomes_a_header() {
    let house = House::new(0);
    let session = house.coordinator();
    let network = [("do", "network"), ("network", "Network\r\nBcc: everybody")];
    assert_eq!(house.post("/people", &network, &session).status, 303);
    let bad = house.invite("new@astra.example\r\nbcc:everybody@network.example", "Partner", &session);
    assert_eq!(bad.status, 422, "no address has lines");
    assert_eq!(house.invite(INVITED, "Partner\r\nCc: everybody\r\n\r\nHello", &session).status, 200);

    let letter = house.letter();
    assert_eq!(letter.recipients, [INVITED], "and to nobody else");
    let name = "Partner Cc: everybody Hello";
    let (shown, address) = &letter.to[0];
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!((words(shown), address.as_str(), letter.to.len()), (words(name), INVITED, 1));
    assert_eq!(words(&letter.subject), words("Your invitation to Network Bcc: everybody"));
    let mut names = letter.headers.clone();
    names.sort_unstable();
    let known = ["auto-submitted", "content-type", "date", "from", "message-id", "mime-version", "subject", "to"];
    assert!(names.iter().all(|name| known.contains(&name.as_str())), "{names:?}");
    names.dedup();
    assert_eq!(names.len(), letter.headers.len(), "each once");
    assert!(letter.text.starts_with("Dear Partner Cc:"), "the mail begins where it begins: {}", letter.text);
}

#[test]
fn a_changed_password_is_told_in_the_language_that_the_member_has_chosen() {
    let house = House::new(0);
    let session = house.sign_in(CLCI, demo::PASSWORD).unwrap();
    let chosen = house.post("/account", &[("do", "language"), ("language", "sr-Latn")], &session);
    assert_eq!(chosen.status, 303);
    let change = |old: &str| {
        let form = [("do", "password"), ("old_password", old), ("password", PASSPHRASE)];
        house.post("/account", &form, &format!("{session}; language=en"))
    };
    assert_eq!(change("not the password").status, 422);
    assert_eq!(house.tries(), Vec::<i64>::new(), "nothing has changed");
    let changed = change(demo::PASSWORD);
    assert_eq!((changed.status, changed.location.as_str()), (303, "/account?done=password"));

    let letter = house.letter();
    assert_eq!(letter.recipients, [CLCI]);
    assert_eq!(letter.subject, "Vaša lozinka je promenjena: Balkans ACT Now!");
    let help = format!("{}/forgot", house.state.config.public_url);
    assert!(letter.text.contains(&help) && letter.html.contains(&format!("<a href=\"{help}\">")), "{letter:?}");
    for secret in [demo::PASSWORD, PASSPHRASE, "token="] {
        assert!(!letter.text.contains(secret) && !letter.html.contains(secret), "{secret}: {letter:?}");
    }
}

//! Accounts from the command line, beside a server that runs, and the first start with the token of the terminal: what
//! is printed works, what cannot work is refused with one sentence, and nothing that is secret is repeated.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod support;

use act_board::server::demo;
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Output, Stdio},
};
use support::{
    databases::folder,
    server::{CLCI, COORDINATOR},
};

const PROGRAM: &str = env!("CARGO_BIN_EXE_act-board");

const PASSPHRASE: &str = "wagon tulip seventeen gravel";
const NEW: &str = "new@clci.example";

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.current_dir(folder).env("ACT_BOARD_DATABASE_URL", "sqlite://data/act-board.db").args(arguments);
    command
}

/// What it prints when it works.
fn printed(folder: &Path, arguments: &[&str]) -> String {
    words(&command(folder, arguments).output().unwrap())
}

fn words(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// The exit code and the one sentence on stderr when it does not.
fn refusal(output: &Output) -> (i32, String) {
    let words = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    assert_eq!(words.lines().count(), 1, "one sentence: {words}");
    (output.status.code().unwrap(), words)
}

fn refused(folder: &Path, arguments: &[&str]) -> (i32, String) {
    refusal(&command(folder, arguments).output().unwrap())
}

/// `act-board user add` with a password on standard input.
fn add(folder: &Path, email: &str, place: [&str; 2], password: &str) -> Output {
    let [org, role] = place;
    let arguments = ["user", "add", email, "--name", "New partner", "--org", org, "--role", role];
    let mut child = command(folder, &arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(password.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

/// A server that runs in a folder of its own. It stops with the value.
struct Serving {
    folder: PathBuf,
    url: String,
    child: Child,
    output: BufReader<ChildStdout>,
}

struct Answer {
    status: u16,
    location: String,
    /// The cookie of the session that has begun.
    session: Option<String>,
}

impl Serving {
    fn demo() -> Self {
        Self::start(folder(), &["--demo"])
    }

    fn start(folder: PathBuf, options: &[&str]) -> Self {
        let addr = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
        let mut serve = command(&folder, &["serve", "--addr", &addr]);
        let mut child = serve.args(options).stdout(Stdio::piped()).spawn().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let mut serving = Self { folder, url: format!("http://{addr}"), child, output };
        assert_eq!(serving.line(), format!("ACT Board is at http://{addr}"));
        serving
    }

    /// The next line on the terminal.
    fn line(&mut self) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    fn stop(&mut self) {
        // Once it has ended, its number may be another's.
        if let Ok(None) = self.child.try_wait() {
            let _ = Command::new("kill").arg(self.child.id().to_string()).status();
            let _ = self.child.wait();
        }
    }

    /// `act-board user` beside it, which has to work.
    fn user(&self, arguments: &[&str]) -> String {
        printed(&self.folder, &[&["user", "--public-url", self.url.as_str()][..], arguments].concat())
    }

    fn refused(&self, arguments: &[&str]) -> (i32, String) {
        refused(&self.folder, &[&["user"][..], arguments].concat())
    }

    /// The line of the list that is about somebody, in its columns.
    fn listed(&self, email: &str) -> Vec<String> {
        let list = self.user(&["list"]);
        let line = list.lines().find(|line| line.split('\t').next() == Some(email));
        line.unwrap_or_else(|| panic!("{email}: {list}")).split('\t').map(str::to_owned).collect()
    }

    fn state_of(&self, email: &str) -> String {
        self.listed(email).remove(3)
    }

    fn agent() -> ureq::Agent {
        let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0);
        config.max_redirects_will_error(false).build().into()
    }

    fn get(&self, path: &str) -> u16 {
        Self::agent().get(format!("{}{path}", self.url)).call().unwrap().status().as_u16()
    }

    fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let answer = Self::agent().post(format!("{}{path}", self.url)).send_form(form.iter().copied()).unwrap();
        let text = |value: &ureq::http::HeaderValue| value.to_str().unwrap().to_owned();
        let mut cookies = answer.headers().get_all("set-cookie").iter().map(text);
        Answer {
            status: answer.status().as_u16(),
            location: answer.headers().get("location").map(text).unwrap_or_default(),
            session: cookies.find(|cookie| cookie.starts_with("session=")),
        }
    }

    /// The session's cookie, if e-mail and password belong together.
    fn sign_in(&self, email: &str, password: &str) -> Option<String> {
        self.post("/sign-in", &[("email", email), ("password", password)]).session
    }

    /// Whether a session opens an account.
    fn opens(&self, session: &str) -> bool {
        let cookie = session.split(';').next().unwrap();
        let request = Self::agent().post(format!("{}/rpc/account", self.url)).header("cookie", cookie);
        match request.header("content-type", "application/json").send("{}").unwrap().status().as_u16() {
            200 => true,
            401 => false,
            status => panic!("{status}"),
        }
    }

    /// The token of the link that the command line has printed, which leads to this server and to this page.
    fn token(&self, printed: &str, page: &str) -> String {
        let token = printed.trim_end().strip_prefix(&format!("{}{page}?token=", self.url));
        let token = token.unwrap_or_else(|| panic!("a link to {page} and nothing else: {printed}"));
        assert!(token.len() == 64 && token.bytes().all(|byte| byte.is_ascii_hexdigit()), "{printed}");
        token.to_owned()
    }

    fn join(&self, token: &str) -> Answer {
        self.post("/join", &[("token", token), ("name", "New partner"), ("password", PASSPHRASE)])
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.stop();
    }
}

#[test]
fn everybody_is_listed() {
    let serving = Serving::demo();
    let list = serving.user(&["list"]);
    assert_eq!(list.lines().count(), 9, "{list}");
    assert_eq!(serving.listed(COORDINATOR), [COORDINATOR, "ASTRA", "coordinator", "active", "Coordinator"]);
    assert_eq!(serving.listed("donor@eu.example"), ["donor@eu.example", "EU", "donor", "active", "Donor"]);
    assert!(!list.contains("argon2"), "{list}");
}

#[test]
fn a_printed_invitation_opens_the_network_once() {
    let serving = Serving::demo();
    let invite = ["invite", NEW, "--name", "New partner", "--org", "CLCI", "--role", "partner"];
    let first = serving.token(&serving.user(&invite), "/join");
    assert_eq!(serving.state_of(NEW), "invited");
    assert!(serving.sign_in(NEW, PASSPHRASE).is_none(), "there is no password yet");
    let second = serving.token(&serving.user(&["reset", NEW]), "/join");
    assert_eq!(serving.get(&format!("/join?token={first}")), 410, "a new link makes the one before void");
    assert_eq!(serving.join(&first).status, 410);
    assert_eq!(serving.get(&format!("/join?token={second}")), 200);
    let joined = serving.join(&second);
    assert_eq!((joined.status, joined.location.as_str()), (303, "/board"));
    assert!(serving.opens(&joined.session.unwrap()));
    assert_eq!(serving.join(&second).status, 410, "it opens once");
    assert_eq!(serving.listed(NEW), [NEW, "CLCI", "partner", "active", "New partner"]);
}

#[test]
fn a_link_begins_as_browsers_reach_the_server() {
    let serving = Serving::demo();
    let link = printed(&serving.folder, &["user", "reset", CLCI, "--public-url", "https://plan.example/"]);
    assert!(link.starts_with("https://plan.example/reset?token="), "{link}");
    let (code, words) = refused(&serving.folder, &["user", "reset", CLCI, "--public-url", "http://plan.example"]);
    assert_eq!(code, 1);
    assert!(words.contains("https://"), "{words}");
}

#[test]
fn a_member_is_added_with_a_password_that_nobody_sees() {
    let serving = Serving::demo();
    let place = ["CLCI", "partner"];
    for (password, why) in [
        ("short\n", "12 to 200 characters"),
        ("", "12 to 200 characters"),
        ("password1234\n", "soon guessed"),
        ("partnerpartner\n", "soon guessed"),
    ] {
        let (code, words) = refusal(&add(&serving.folder, NEW, place, password));
        assert_eq!(code, 1, "{words}");
        assert!(words.contains(why), "{words}");
    }
    let given = format!("{PASSPHRASE}\n");
    for (email, place, why) in [
        ("nobody", place, "not an e-mail address"),
        (CLCI, place, "another account"),
        (NEW, ["NOBODY", "partner"], "no organisation NOBODY"),
        (NEW, ["EU", "partner"], "does not go with"),
        (NEW, ["CLCI", "donor"], "does not go with"),
    ] {
        let (code, words) = refusal(&add(&serving.folder, email, place, &given));
        assert_eq!(code, 1, "{words}");
        assert!(words.contains(why) && !words.contains(PASSPHRASE), "{words}");
    }
    assert_eq!(serving.user(&["list"]).lines().count(), 9, "nobody was added by halves");

    // A file made elsewhere ends its lines otherwise.
    let added = words(&add(&serving.folder, NEW, place, &format!("{PASSPHRASE}\r\n")));
    assert_eq!(added, format!("{NEW} was added\n"));
    assert_eq!(serving.state_of(NEW), "active");
    assert!(serving.sign_in(NEW, PASSPHRASE).is_some());
}

#[test]
fn a_printed_reset_sets_a_new_password_and_ends_every_session() {
    let serving = Serving::demo();
    let session = serving.sign_in(CLCI, demo::PASSWORD).unwrap();
    let token = serving.token(&serving.user(&["reset", "Partner@CLCI.example"]), "/reset");
    assert!(serving.opens(&session), "a link alone changes nothing");
    let reset = || serving.post("/reset", &[("token", token.as_str()), ("password", PASSPHRASE)]).status;
    assert_eq!((reset(), reset()), (303, 410));
    assert!(!serving.opens(&session));
    assert!(serving.sign_in(CLCI, demo::PASSWORD).is_none());
    assert!(serving.sign_in(CLCI, PASSPHRASE).is_some());
}

#[test]
fn a_closed_account_opens_nothing_until_it_is_opened_again() {
    let serving = Serving::demo();
    let session = serving.sign_in(CLCI, demo::PASSWORD).unwrap();
    let link = serving.token(&serving.user(&["reset", CLCI]), "/reset");
    assert!(serving.user(&["disable", CLCI]).contains("can no longer sign in"));
    assert_eq!(serving.state_of(CLCI), "disabled");
    assert!(!serving.opens(&session), "its sessions have ended");
    assert!(serving.sign_in(CLCI, demo::PASSWORD).is_none());
    assert_eq!(serving.post("/reset", &[("token", &link), ("password", PASSPHRASE)]).status, 410);
    for again in [["disable", CLCI], ["reset", CLCI]] {
        let (code, words) = serving.refused(&again);
        assert_eq!(code, 1);
        assert!(words.contains("cannot be done in the state"), "{again:?}: {words}");
    }

    assert!(serving.user(&["enable", CLCI]).contains("can sign in again"));
    assert_eq!(serving.state_of(CLCI), "active");
    assert!(!serving.opens(&session), "what has ended stays so");
    assert!(serving.sign_in(CLCI, demo::PASSWORD).is_some());
    assert_eq!(serving.refused(&["enable", CLCI]).0, 1, "it is open");
    let (code, words) = serving.refused(&["disable", COORDINATOR]);
    assert_eq!(code, 1);
    assert!(words.contains("last coordinator"), "{words}");
}

#[test]
fn nobody_and_nothing_known_are_said_in_one_sentence() {
    let serving = Serving::demo();
    for verb in ["reset", "disable", "enable"] {
        let (code, words) = serving.refused(&[verb, "nobody@clci.example"]);
        assert_eq!((code, words.as_str()), (1, "act-board: nobody has this e-mail address"), "{verb}");
    }
    let person = ["user", "invite", NEW, "--name", "New partner", "--org", "CLCI"];
    for bad in [&["--role", "queen"][..], &["--role", ""], &[]] {
        let output = command(&serving.folder, &[&person[..], bad].concat()).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{bad:?}");
    }
    for bad in [&["user"][..], &["user", "promote", CLCI], &["user", "reset"]] {
        assert_eq!(command(&serving.folder, bad).output().unwrap().status.code(), Some(2), "{bad:?}");
    }
    assert_eq!(serving.user(&["list"]).lines().count(), 9);
}

#[test]
fn accounts_need_a_network_that_was_set_up() {
    let folder = folder();
    let missing = (1, "act-board: there is no database at data/act-board.db".to_owned());
    assert_eq!(refused(&folder, &["user", "list"]), missing);
    assert!(!folder.join("data").exists());
    printed(&folder, &["migrate"]);
    assert_eq!(printed(&folder, &["user", "list"]), "");
    let (code, words) = refusal(&add(&folder, NEW, ["CLCI", "partner"], &format!("{PASSPHRASE}\n")));
    assert_eq!(code, 1);
    assert!(words.contains("/setup"), "{words}");
}

/// The form of the first start.
fn first_start<'a>(token: &'a str, email: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("token", token),
        ("network", "Regional network"),
        ("org_name", "The first organisation"),
        ("short_name", "FIRST"),
        ("country", "RS"),
        ("city", "Belgrade"),
        ("website", ""),
        ("kind", "partner"),
        ("email", email),
        ("name", "Coordinator"),
        ("password", PASSPHRASE),
        ("plan_title", "Action plan"),
        ("plan_start", "2027-01-01"),
        ("plan_end", "2028-12-31"),
        ("objectives", "A durable network\r\nShared instruments"),
    ]
}

#[test]
fn the_first_start_opens_once_to_whoever_reads_the_terminal() {
    let folder = folder();
    let mut serving = Serving::start(folder.clone(), &[]);
    assert_eq!(serving.line(), "");
    let hint = serving.line();
    assert!(hint.contains(&format!("{}/setup", serving.url)), "{hint}");
    assert_eq!(serving.line(), "");
    let token = serving.line().trim_start().to_owned();
    assert!(token.len() == 64 && token.bytes().all(|byte| byte.is_ascii_hexdigit()), "{token}");

    assert_eq!(serving.get("/setup"), 200);
    let zeros = "0".repeat(64);
    for wrong in ["", "abc", zeros.as_str(), &token[1..]] {
        let answer = serving.post("/setup", &first_start(wrong, "first@network.example"));
        assert_eq!((answer.status, answer.session), (422, None), "{wrong}");
    }
    assert_eq!(serving.user(&["list"]), "", "nothing came of it");

    // Two at once, with what was copied from the terminal: one network.
    let found = |email: &'static str| {
        let typed = format!(" {token} ");
        serving.post("/setup", &first_start(&typed, email))
    };
    let mut both = std::thread::scope(|scope| {
        let other = scope.spawn(|| found("second@network.example"));
        [found("first@network.example"), other.join().unwrap()]
    });
    both.sort_by_key(|answer| answer.status);
    let [first, second] = both;
    assert_eq!((first.status, first.location.as_str()), (303, "/board"));
    assert!(serving.opens(&first.session.unwrap()), "signed in at once");
    assert_eq!((second.status, second.session), (404, None));
    assert_eq!(found("third@network.example").status, 404);
    assert_eq!(serving.get("/setup"), 404);

    let list = serving.user(&["list"]);
    assert_eq!(list.lines().count(), 1, "{list}");
    let (email, rest) = list.split_once('\t').unwrap();
    assert_eq!(rest, "FIRST\tcoordinator\tactive\tCoordinator\n");
    assert!(serving.sign_in(email, PASSPHRASE).is_some());

    serving.stop();
    let mut again = Serving::start(folder, &[]);
    assert_eq!(again.get("/setup"), 404);
    again.stop();
    let mut rest = String::new();
    again.output.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "", "no token is printed any more");
}

#[test]
fn bad_mail_settings_are_refused_without_their_password() {
    let folder = folder();
    let from = ["--mail-from", "ACT Board <board@network.example>"];
    let serve = ["serve", "--addr", "127.0.0.1:0"];
    let alone = ["--smtp-url", "smtps://board:geheim-geheim@mail.network.example"];
    let output = command(&folder, &[&serve[..], &alone].concat()).output().unwrap();
    let words = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "whose mail it is has to be said");
    assert!(words.contains("--mail-from") && !words.contains("geheim"), "{words}");

    for url in [
        "http://board:geheim-geheim@mail.network.example",
        "smtp://board:geheim-geheim@mail.network.example?tls=perhaps",
        "board:geheim-geheim@mail.network.example",
        "smtp://board:geheim-geheim@",
    ] {
        let (code, words) = refused(&folder, &[&serve[..], &["--smtp-url", url], &from].concat());
        assert_eq!(code, 1, "{url}");
        assert!(words.contains("ACT_BOARD_SMTP_URL") && !words.contains("geheim"), "{words}");
    }
    let (code, words) = refused(&folder, &[&serve[..], &alone, &["--mail-from", "the board"]].concat());
    assert_eq!(code, 1);
    assert!(words.contains("ACT_BOARD_MAIL_FROM") && !words.contains("geheim"), "{words}");
    assert!(!folder.join("data").exists(), "nothing was begun");
}

#[test]
fn a_proxy_is_an_address_or_a_network() {
    let folder = folder();
    let code = |nets: &str| command(&folder, &["doctor", "--trusted-proxies", nets]).output().unwrap().status.code();
    for bad in ["nonsense", "10.0.0.0/33", "10.0.0.1,proxy.example", "", "10.0.0.1:80"] {
        assert_eq!(code(bad), Some(2), "{bad}");
    }
    for good in ["10.0.0.1", "10.0.0.0/8,127.0.0.1", "::1", "2001:db8::/32"] {
        assert_eq!(code(good), Some(1), "{good} is understood; only the database is missing");
    }
}

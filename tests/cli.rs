//! The command line as an operator meets it: what works says so, what cannot work is refused with one sentence.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod support;

use std::{
    fs,
    io::{BufRead, BufReader},
    net::TcpListener,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};
use support::databases::folder;

const PROGRAM: &str = env!("CARGO_BIN_EXE_act-board");

fn command(folder: &Path) -> Command {
    let mut command = Command::new(PROGRAM);
    command.current_dir(folder).env("ACT_BOARD_DATABASE_URL", "sqlite://data/act-board.db");
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    command(folder).args(arguments).output().unwrap()
}

/// The exit code and the one sentence on stderr.
fn refusal(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let output = run(folder, arguments);
    let words = String::from_utf8(output.stderr).unwrap();
    assert_eq!(words.trim().lines().count(), 1, "one sentence: {words}");
    (output.status.code().unwrap(), words.trim().to_owned())
}

fn free_addr() -> String {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}

/// A running server, stopped with the value.
struct Serving {
    child: Child,
    addr: String,
}

impl Serving {
    fn demo(folder: &Path) -> Self {
        let addr = free_addr();
        let mut child =
            command(folder).args(["serve", "--demo", "--addr", &addr]).stdout(Stdio::piped()).spawn().unwrap();
        let mut first = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        assert_eq!(first, format!("ACT Board is at http://{addr}\n"));
        Self { child, addr }
    }

    fn status(&self, path: &str) -> u16 {
        let config = ureq::Agent::config_builder().http_status_as_error(false).build();
        let agent: ureq::Agent = config.into();
        agent.get(format!("http://{}{path}", self.addr)).call().unwrap().status().as_u16()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}

#[test]
fn the_demo_serves_from_any_folder_and_survives_a_restart() {
    let folder = folder();
    let serving = Serving::demo(&folder);
    for path in ["/healthz", "/readyz", "/board", "/board/items/30", "/sign-in"] {
        assert_eq!(serving.status(path), 200, "{path}");
    }
    drop(serving);
    assert_eq!(Serving::demo(&folder).status("/board/items/30"), 200);
}

#[test]
fn a_second_server_on_the_same_file_is_refused() {
    let folder = folder();
    let _serving = Serving::demo(&folder);
    let (code, words) = refusal(&folder, &["serve", "--demo", "--addr", &free_addr()]);
    assert_eq!(code, 1);
    assert!(words.contains("already using data/act-board.db"), "{words}");
    let (_, words) = refusal(&folder, &["restore", "some.backup"]);
    assert!(words.contains("already using"), "{words}");
}

#[test]
fn a_taken_port_is_refused() {
    let folder = folder();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap().to_string();
    let (code, words) = refusal(&folder, &["serve", "--demo", "--addr", &addr]);
    assert_eq!((code, words), (1, format!("act-board: cannot listen on {addr}: another program is using it")));
}

#[test]
fn the_demo_never_leaves_the_machine_or_mixes_with_real_data() {
    let folder = folder();
    let (code, words) = refusal(&folder, &["serve", "--demo", "--addr", "0.0.0.0:0"]);
    assert_eq!(code, 1);
    assert!(words.contains("loopback only"), "{words}");
    let (_, words) = refusal(&folder, &["serve", "--addr", "127.0.0.1:0", "--public-url", "http://plan.example"]);
    assert!(words.contains("https://"), "{words}");
}

#[test]
fn backup_and_restore_bring_the_network_to_another_place() {
    let (here, there) = (folder(), folder());
    drop(Serving::demo(&here));
    let file = there.join("network.backup");
    let name = file.to_str().unwrap();
    assert!(run(&here, &["backup", name]).status.success());
    assert!(run(&there, &["restore", name]).status.success());
    assert_eq!(Serving::demo(&there).status("/board/items/30"), 200);
    let (code, words) = refusal(&there, &["restore", name]);
    assert_eq!(code, 1);
    assert!(words.contains("already holds data"), "{words}");
    let (_, words) = refusal(&folder(), &["restore", "/nowhere/network.backup"]);
    assert!(words.contains("backup file failed"), "{words}");
}

#[test]
fn a_wrong_path_makes_no_database() {
    let folder = folder();
    for arguments in [&["backup", "x.backup"][..], &["doctor"]] {
        let (code, words) = refusal(&folder, arguments);
        assert_eq!((code, words.as_str()), (1, "act-board: there is no database at data/act-board.db"));
    }
    assert!(!folder.join("data").exists());
}

#[test]
fn the_database_is_its_owner_s_alone_and_the_demo_s_stays_a_demo() {
    let folder = folder();
    drop(Serving::demo(&folder));
    let mode = fs::metadata(folder.join("data/act-board.db")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "it holds password hashes");
    let (code, words) = refusal(&folder, &["serve", "--addr", &free_addr()]);
    assert_eq!(code, 1);
    assert!(words.contains("passwords are public"), "{words}");
}

#[test]
fn the_doctor_says_what_is_right_and_what_is_not() {
    let folder = folder();
    drop(Serving::demo(&folder));
    let output = run(&folder, &["doctor"]);
    let words = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success());
    for word in ["configuration: served at", "schema: 4, up to date", "integrity: nothing is wrong"] {
        assert!(words.contains(word), "{words}");
    }
    sql(&folder, "UPDATE plans SET revision = revision + 1");
    assert_eq!(run(&folder, &["doctor"]).status.code(), Some(1));
    sql(&folder, "UPDATE plans SET revision = revision - 1");
}

#[test]
fn a_database_of_a_newer_version_is_left_alone() {
    let folder = folder();
    drop(Serving::demo(&folder));
    sql(
        &folder,
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (99, 'later', TRUE, x'00', 0)",
    );
    for arguments in [&["serve", "--demo", "--addr", "127.0.0.1:0"][..], &["migrate"], &["doctor"]] {
        let (code, words) = refusal(&folder, arguments);
        assert_eq!(code, 1);
        assert!(words.contains("newer act-board (schema 99"), "{words}");
    }
}

#[test]
fn bad_usage_ends_with_2_and_help_with_0() {
    let folder = folder();
    for arguments in [&["fly"][..], &["serve", "--today", "tomorrow"], &["serve", "--demo-items", "5"], &["backup"]] {
        assert_eq!(run(&folder, arguments).status.code(), Some(2), "{arguments:?}");
    }
    for arguments in [&["--help"][..], &["serve", "--help"], &["restore", "--help"], &["doctor", "--help"]] {
        assert_eq!(run(&folder, arguments).status.code(), Some(0), "{arguments:?}");
    }
    let (_, words) = refusal(&folder, &["migrate", "--database-url", "mysql://x"]);
    assert!(words.contains("sqlite:// or postgres://"), "{words}");
}

/// Runs SQL on the SQLite file behind the program's back.
fn sql(folder: &Path, sql: &'static str) {
    let url = format!("sqlite://{}", folder.join("data/act-board.db").display());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let pool = sqlx::SqlitePool::connect(&url).await.unwrap();
        sqlx::query(sql).execute(&pool).await.unwrap();
        pool.close().await;
    });
}

/// Whoever may write everywhere cannot be kept from a file by its mode.
fn is_root() -> bool {
    let file: PathBuf = folder().join("locked");
    fs::write(&file, "").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
    fs::write(&file, "x").is_ok()
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let folder = folder();
    // Root writes everywhere but below a file.
    let place = if is_root() { "/proc/version/x/act-board.db".to_owned() } else { "/act-board-test/x.db".to_owned() };
    let (code, words) = refusal(&folder, &["migrate", "--database-url", &format!("sqlite://{place}")]);
    assert_eq!(code, 1);
    assert!(words.contains("cannot be made"), "{words}");
}

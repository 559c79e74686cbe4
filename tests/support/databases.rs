//! Databases to test with: an SQLite file and a PostgreSQL database each, empty and gone afterwards.

use act_board::store::{Access, Db};
use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

pub const BOTH: [Kind; 2] = [Kind::Sqlite, Kind::Postgres];

/// An empty database's address. The folder of an SQLite file goes with it.
pub struct TestDb {
    pub url: String,
    folder: Option<PathBuf>,
}

impl TestDb {
    pub async fn new(kind: Kind) -> Self {
        match kind {
            Kind::Sqlite => {
                let folder = folder();
                Self { url: format!("sqlite://{}/test.db", folder.display()), folder: Some(folder) }
            }
            Kind::Postgres => Self { url: cluster().database().await, folder: None },
        }
    }

    /// Opened, with the schema of today.
    pub async fn open(&self) -> Db {
        let db = Db::open(&self.url, Access::Own).await.unwrap();
        db.migrate(None).await.unwrap();
        db
    }
}

impl Drop for TestDb {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

/// A folder of its own for each caller.
pub fn folder() -> PathBuf {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let name = format!("act-board-test-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let folder = std::env::temp_dir().join(name);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// A PostgreSQL server of the tests' own, one for each test program.
struct Cluster {
    port: u16,
    /// Stops the server and removes its folder when its input closes, so also when the test program dies.
    _keeper: Child,
}

/// Waits until a server takes connections; not if its port is another's, who might answer in its place.
fn is_ready(folder: &Path) -> bool {
    let start = Instant::now();
    loop {
        let log = std::fs::read_to_string(folder.join("log")).unwrap_or_default();
        if log.contains("ready to accept connections") {
            return true;
        }
        if log.contains("could not create any TCP/IP sockets") {
            return false;
        }
        assert!(start.elapsed() < Duration::from_secs(60), "PostgreSQL did not start: {log}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn cluster() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    CLUSTER.get_or_init(Cluster::start)
}

impl Cluster {
    /// Between looking for a free port and taking it, somebody else may have it.
    fn start() -> Self {
        (0..5).find_map(|_| Self::try_start()).expect("one of five free ports stays free")
    }

    fn try_start() -> Option<Self> {
        let folder = folder();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        // Tests need not survive a power cut; measurements compare databases that do.
        let sync = if std::env::var_os("ACT_BOARD_DURABLE").is_some() { "" } else { "-F" };
        let script = format!(
            "set -e; cd {folder}; export PATH={bin}:$PATH
             initdb -D data -A trust -U postgres -E UTF8 --no-locale --no-sync >log 2>&1
             postgres -D data -p {port} -k {folder} -h 127.0.0.1 {sync} -c max_connections=200 >>log 2>&1 &
             server=$!; cat >/dev/null; kill -INT $server || true; wait $server || true; cd /; rm -rf {folder}",
            folder = folder.display(),
            bin = bin().display(),
        );
        let mut shell = shell(&folder);
        let keeper = shell.arg(script).stdin(Stdio::piped()).spawn().expect("a shell runs");
        is_ready(&folder).then_some(Self { port, _keeper: keeper })
    }

    async fn database(&self) -> String {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("test_{}", COUNT.fetch_add(1, Ordering::Relaxed));
        let server = format!("postgres://postgres@127.0.0.1:{}", self.port);
        let create = format!("CREATE DATABASE {name}");
        let mut last = None;
        for _ in 0..100 {
            // Just started, the server still refuses; two databases at once have to wait for each other.
            match sqlx::PgPool::connect(&format!("{server}/postgres")).await {
                Ok(pool) => match sqlx::query(sqlx::AssertSqlSafe(create.clone())).execute(&pool).await {
                    Ok(_) => return format!("{server}/{name}"),
                    Err(error) => last = Some(error),
                },
                Err(error) => last = Some(error),
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("no test database: {last:?}");
    }
}

/// PostgreSQL refuses to run as root, so root lends its folder to the user that Debian's package made.
fn shell(folder: &Path) -> Command {
    let root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout.starts_with(b"0\n"));
    if !root {
        let mut command = Command::new("bash");
        command.arg("-c");
        return command;
    }
    let status = Command::new("chown").args(["postgres"]).arg(folder).status();
    assert!(status.is_ok_and(|status| status.success()), "the user postgres is missing: run make setup-test");
    let mut command = Command::new("runuser");
    command.args(["-u", "postgres", "--", "bash", "-c"]);
    command
}

/// The newest PostgreSQL of Debian's.
fn bin() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").expect("PostgreSQL is missing: run make setup-test");
    let versions = versions.filter_map(|entry| Some(entry.ok()?.path().join("bin")));
    versions.filter(|bin| bin.join("initdb").exists()).max().expect("PostgreSQL has no initdb: run make setup-test")
}

//! `act-board serve`, `migrate`, `user`, `backup`, `restore`, `doctor`. Exit 0 on success, 2 on bad usage, 1 otherwise, with one
//! sentence on stderr.

mod doctor;
mod site;
mod user;

use act_board::{
    domain::day::Day,
    serve,
    server::{
        AppState, backup,
        clock::Clock,
        config::{Config, MailConfig, WRITES_PER_SECOND},
        demo,
        sessions::Token,
    },
    store::{self, Access, Db},
};
use clap::{Args, Parser, Subcommand};
use ipnet::IpNet;
use std::{
    io::Write,
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    process::ExitCode,
};
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

/// What went wrong, as one sentence.
type Failure = Box<dyn std::error::Error>;

#[derive(Parser)]
#[command(name = "act-board", version, about = "The action plan of a regional network, worked on together")]
struct Cli {
    #[command(subcommand)]
    command: Verb,
}

#[derive(Args)]
struct Database {
    /// sqlite://PATH or postgres://USER:PASSWORD@HOST/NAME
    #[arg(
        long,
        env = "ACT_BOARD_DATABASE_URL",
        default_value = "sqlite://data/act-board.db",
        hide_env_values = true,
        global = true
    )]
    database_url: String,
}

#[derive(Subcommand)]
enum Verb {
    /// Serve the board
    Serve(Box<Serve>),
    /// Bring the database's schema up to date; what it holds is backed up first
    Migrate(Database),
    /// Add, invite and disable members, and make links for new passwords
    User(user::User),
    /// Write everything into a file
    Backup {
        file: PathBuf,
        #[command(flatten)]
        database: Database,
    },
    /// Fill an empty database from a backup
    Restore {
        file: PathBuf,
        #[command(flatten)]
        database: Database,
    },
    /// Check configuration, schema and integrity
    Doctor(Box<Serve>),
}

#[derive(Args)]
struct Serve {
    #[command(flatten)]
    database: Database,
    /// Where to listen
    #[arg(long, env = "ACT_BOARD_ADDR", default_value = "127.0.0.1:3000")]
    addr: SocketAddr,
    /// How browsers reach the server; https, or http on loopback
    #[arg(long, env = "ACT_BOARD_PUBLIC_URL")]
    public_url: Option<String>,
    /// Addresses or networks of the proxies in front, whose X-Forwarded-For is believed
    #[arg(long, env = "ACT_BOARD_TRUSTED_PROXIES", value_delimiter = ',', value_parser = net)]
    trusted_proxies: Vec<IpNet>,
    /// How mail is sent: smtps://USER:PASSWORD@HOST, or smtp://USER:PASSWORD@HOST:587?tls=required
    #[arg(long, env = "ACT_BOARD_SMTP_URL", hide_env_values = true, requires = "mail_from")]
    smtp_url: Option<String>,
    /// Whose mail it is: "ACT Board <board@network.example>"
    #[arg(long, env = "ACT_BOARD_MAIL_FROM", requires = "smtp_url")]
    mail_from: Option<String>,
    /// How many changes a member may make in a second, on average; 0 for as many as they like
    #[arg(long, env = "ACT_BOARD_WRITES_PER_SECOND", default_value_t = WRITES_PER_SECOND, hide = true)]
    writes_per_second: u32,
    /// What to log, such as "info" or "act_board=debug"
    #[arg(long, env = "ACT_BOARD_LOG", default_value = "warn")]
    log: String,
    /// Fill an empty database with the sample plan, and say so on every page; loopback only
    #[arg(long)]
    demo: bool,
    /// Fill the sample plan up to this many items
    #[arg(long, requires = "demo", default_value_t = 0)]
    demo_items: usize,
    /// Let "today" always be this day (YYYY-MM-DD), for tests and screenshots
    #[arg(long, value_parser = day)]
    today: Option<Day>,
    /// Let pages reload themselves when the server restarts
    #[arg(long, env = "ACT_BOARD_DEV", hide = true)]
    dev: bool,
}

impl Serve {
    fn config(&self) -> Result<Config, Failure> {
        let clock = Clock { fixed: self.today };
        let mut config = Config::new(self.addr, self.public_url.clone(), self.demo, clock, self.dev)?;
        let mail = self.smtp_url.clone().zip(self.mail_from.clone());
        config.mail = mail.map(|(url, from)| MailConfig { url, from });
        serve::check_mail(&config)?;
        config.trusted_proxies = self.trusted_proxies.clone();
        config.writes_per_second = self.writes_per_second;
        Ok(config)
    }
}

fn day(text: &str) -> Result<Day, &'static str> {
    text.parse().map_err(|_| "a day is written YYYY-MM-DD")
}

/// A network, or one address of it.
fn net(text: &str) -> Result<IpNet, &'static str> {
    let one = || text.parse::<IpAddr>().map(IpNet::from);
    text.parse()
        .or_else(|_| one())
        .map_err(|_| "a proxy is an address such as 127.0.0.1, or a network such as 10.0.0.0/8")
}

pub fn main() -> ExitCode {
    let cli = Cli::parse(); // ends with 2 on bad usage
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let result = match runtime {
        Ok(runtime) => runtime.block_on(run(cli.command)),
        Err(error) => Err(error.into()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("act-board: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Verb) -> Result<(), Failure> {
    match command {
        Verb::Serve(options) => serve(&options).await,
        Verb::Migrate(database) => migrate(&database).await,
        Verb::User(user) => user::run(&user).await,
        Verb::Backup { file, database } => {
            let db = Db::open(&database.database_url, Access::Look).await?;
            let rows = backup::to_file(&db, &file).await?;
            println!("{rows} rows written to {}", file.display());
            Ok(())
        }
        Verb::Restore { file, database } => {
            let db = Db::open(&database.database_url, Access::Own).await?;
            let rows = backup::from_file(&db, &file).await?;
            println!("{rows} rows restored");
            Ok(())
        }
        Verb::Doctor(options) => doctor::run(&options).await,
    }
}

async fn migrate(database: &Database) -> Result<(), Failure> {
    let db = Db::open(&database.database_url, Access::Own).await?;
    bring_up_to_date(&db).await?;
    println!("the schema is up to date ({})", db.schema().await?.found);
    Ok(())
}

async fn bring_up_to_date(db: &Db) -> Result<(), Failure> {
    if let Some(file) = backup::migrate(db, &db.backup_folder()).await? {
        println!("backed up to {} before the schema changed", file.display());
    }
    Ok(())
}

async fn serve(options: &Serve) -> Result<(), Failure> {
    let filter = EnvFilter::try_new(&options.log)?;
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let mut config = options.config()?;
    let listener = TcpListener::bind(config.addr).await;
    let listener = listener.map_err(|error| format!("cannot listen on {}: {}", config.addr, reason(&error)))?;
    let db = Db::open(&options.database.database_url, Access::Own).await?;
    bring_up_to_date(&db).await?;
    if !options.demo && store::is_empty(&db).await? {
        config.setup_token = Some(Token::random());
    }
    let state = AppState::new(config, db.clone());
    if options.demo {
        fill_demo(&state, options.demo_items).await?;
    } else if demo::is_there(&state).await? {
        return Err("the database holds the demo, whose passwords are public; serve it with --demo".into());
    }
    announce(&state);
    let app = serve::router(state, site::assets());
    serve::serve(listener, app, serve::Patience::default(), stopped()).await;
    db.close().await;
    Ok(())
}

/// A port's most frequent trouble in words.
fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::AddrInUse => "another program is using it".to_owned(),
        std::io::ErrorKind::PermissionDenied => "the system does not permit it".to_owned(),
        _ => error.to_string(),
    }
}

async fn fill_demo(state: &AppState, items: usize) -> Result<(), Failure> {
    if store::is_empty(&state.db).await? {
        demo::fill(state, items).await?;
    } else if !demo::is_there(state).await? {
        return Err("the database holds a network's own data; give the demo a database of its own".into());
    }
    Ok(())
}

/// Says where the board is, and in the demo with which accounts to sign in.
fn announce(state: &AppState) {
    let mut words = format!("ACT Board is at {}\n", state.config.public_url);
    if let Some(token) = &state.config.setup_token {
        let (url, token) = (&state.config.public_url, token.as_str());
        words += &format!(
            "\nNobody is here yet. Open {url}/setup and enter this token, which is shown only now:\n\n  {token}\n"
        );
    }
    if state.config.demo {
        words +=
            &format!("\nDemonstration, with invented content. Accounts, all with the password {}:\n", demo::PASSWORD);
        demo::ACCOUNTS.iter().for_each(|account| words += &format!("  {}\n", account.email));
    }
    // Whether anybody listens is not the server's concern.
    let _ = std::io::stdout().write_all(words.as_bytes());
}

/// Ends when the process is asked to stop.
async fn stopped() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminated) => {
                tokio::select! {
                    _ = interrupted => {}
                    _ = terminated.recv() => {}
                }
            }
            Err(_) => drop(interrupted.await),
        }
    }
    #[cfg(not(unix))]
    let _ = interrupted.await;
}

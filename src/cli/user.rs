//! `act-board user`: accounts from the command line, beside a server that runs.

use super::{Database, Failure};
use act_board::{
    domain::{
        account_form::{NewPassword, NewPerson},
        accounts::{Email, Role},
        change::Refusal,
        ids::{MemberId, OrgId},
        text::PersonName,
    },
    server::{
        AppState,
        accounts::Denied,
        clock::Clock,
        config::Config,
        people::{self, Actor, NewLink},
    },
    store::{self, Access, Db, LinkKind},
};
use clap::{Args, Subcommand};
use std::io::BufRead;

#[derive(Args)]
pub struct User {
    #[command(subcommand)]
    verb: Verb,
    #[command(flatten)]
    database: Database,
    /// How browsers reach the server: links begin with it
    #[arg(long, env = "ACT_BOARD_PUBLIC_URL", global = true)]
    public_url: Option<String>,
}

#[derive(Args)]
struct Person {
    email: String,
    /// As the others see it
    #[arg(long)]
    name: String,
    /// Short name of the organisation, such as ASTRA
    #[arg(long)]
    org: String,
    /// coordinator, partner, donor or observer
    #[arg(long, value_parser = role)]
    role: Role,
}

#[derive(Subcommand)]
enum Verb {
    /// Add a member, whose password is read from the first line of standard input
    Add(Person),
    /// Add a member who chooses a password by a link, which is printed
    Invite(Person),
    /// Print a link by which a member chooses a new password (or accepts the invitation)
    Reset {
        email: String,
        /// Take the second factor away, too, whose device and recovery codes are lost
        #[arg(long)]
        second_factor: bool,
    },
    /// List everybody
    List,
    /// Close an account and end its sessions
    Disable { email: String },
    /// Open a closed account again
    Enable { email: String },
}

fn role(word: &str) -> Result<Role, &'static str> {
    Role::from_word(word).ok_or("a role is coordinator, partner, donor or observer")
}

pub async fn run(user: &User) -> Result<(), Failure> {
    let db = Db::open(&user.database.database_url, Access::Look).await?;
    let schema = db.schema().await?;
    if schema.found != schema.known {
        return Err("the database's schema is not up to date; run act-board migrate first".into());
    }
    let local = ([127, 0, 0, 1], 3000).into();
    let config = Config::new(local, user.public_url.clone(), false, Clock::default(), false)?;
    let state = AppState::new(config, db.clone());
    let done = act(&state, &user.verb).await;
    db.close().await;
    done
}

async fn act(state: &AppState, verb: &Verb) -> Result<(), Failure> {
    let actor = Actor::default();
    match verb {
        Verb::Add(person) => {
            let mut line = String::new();
            std::io::stdin().lock().read_line(&mut line)?;
            let password = NewPassword::parse(line.trim_end_matches(['\r', '\n'])).map_err(|_| SHORT)?;
            people::add(state, &actor, read(state, person).await?, password).await.map_err(words)?;
            println!("{} was added", person.email);
        }
        Verb::Invite(person) => {
            let link = people::invite(state, &actor, read(state, person).await?, "en").await.map_err(words)?;
            print(state, &link);
        }
        Verb::Reset { email, second_factor } => {
            let member = find(state, email).await?;
            if *second_factor {
                people::end_second_factor(state, &actor, member).await.map_err(words)?;
            }
            let link = people::make_link(state, &actor, member, "en").await.map_err(words)?;
            print(state, &link);
        }
        Verb::List => list(state).await?,
        Verb::Disable { email } => {
            people::disable(state, &actor, find(state, email).await?).await.map_err(words)?;
            println!("{email} can no longer sign in; open boards end within 20 seconds");
        }
        Verb::Enable { email } => {
            people::enable(state, &actor, find(state, email).await?).await.map_err(words)?;
            println!("{email} can sign in again");
        }
    }
    Ok(())
}

const SHORT: &str = "a password has 12 to 200 characters";

async fn read(state: &AppState, person: &Person) -> Result<NewPerson, Failure> {
    let mut conn = state.db.reader().await?;
    let organisations = store::organisations(&mut conn).await?;
    let org = organisations.iter().find(|org| org.short_name == person.org);
    let unknown = || match organisations.is_empty() {
        true => "the network has not been set up; start the server and open /setup".to_owned(),
        false => format!("there is no organisation {}", person.org),
    };
    Ok(NewPerson {
        email: Email::parse(&person.email).ok_or("this is not an e-mail address")?,
        name: PersonName::parse(&person.name).map_err(|_| "a name has 1 to 100 characters")?,
        org: org.map(|org| org.id).ok_or_else(unknown)?,
        role: person.role,
    })
}

async fn find(state: &AppState, email: &str) -> Result<MemberId, Failure> {
    let email = email.trim().to_lowercase();
    let found = store::member_by_email(&mut state.db.reader().await?, &email).await?;
    Ok(found.map(|stored| stored.member.id).ok_or("nobody has this e-mail address")?)
}

fn print(state: &AppState, link: &NewLink) {
    let page = if link.kind == LinkKind::Invitation { "join" } else { "reset" };
    println!("{}/{page}?token={}", state.config.public_url, link.token.as_str());
}

async fn list(state: &AppState) -> Result<(), Failure> {
    let mut conn = state.db.reader().await?;
    let organisations = store::organisations(&mut conn).await?;
    let name = |id: OrgId| organisations.iter().find(|org| org.id == id).map_or("", |org| org.short_name.as_str());
    for (member, standing) in store::people(&mut conn, state.config.clock.now()).await? {
        let is = match (standing.active, standing.joined) {
            (true, _) => "active",
            (false, true) => "disabled",
            (false, false) => "invited",
        };
        println!("{}\t{}\t{}\t{is}\t{}", standing.email, name(member.org), member.role.word(), member.name);
    }
    Ok(())
}

/// Why it was not done, in a sentence.
fn words(denied: Denied) -> Failure {
    use act_board::domain::fields::Problem;
    match denied {
        Denied::Refused(Refusal::Invalid(errors)) => match errors.first().map(|error| error.problem) {
            Some(Problem::InUse) => "another account has this e-mail address".into(),
            Some(Problem::LastCoordinator) => "this is the last coordinator, whom the network cannot do without".into(),
            Some(Problem::WrongRole) => "this role does not go with the organisation's kind".into(),
            Some(Problem::Weak(_)) => "this password is soon guessed; take four or five unrelated words".into(),
            _ => "something is not right with what was entered".into(),
        },
        Denied::Refused(Refusal::Forbidden) => "this cannot be done in the state that the account is in".into(),
        Denied::Refused(Refusal::NotFound) => "there is no such account".into(),
        Denied::Refused(Refusal::Unavailable) => "the database is busy; try again in a moment".into(),
        _ => "this did not work; the log says more".into(),
    }
}

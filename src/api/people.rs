//! Organisations and their members.

use super::AppError;
use crate::domain::{
    accounts::{Organisation, Role},
    day::{Day, Moment},
    ids::MemberId,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Everybody whom the viewer may see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct People {
    /// In the network's order, each with its members by name.
    pub groups: Vec<Group>,
    /// Whether the viewer may change organisations and members.
    pub may_manage: bool,
    pub network: NetworkView,
    /// The viewer's own id: nobody shuts themselves out.
    pub own: MemberId,
    /// Whether invitations are mailed, too.
    pub sends_mail: bool,
}

/// What all of the network shares.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworkView {
    pub name: String,
    pub requires_second_factor: bool,
}

/// An organisation with its members.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    pub organisation: Organisation,
    pub people: Vec<Person>,
}

/// A member as others see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub id: MemberId,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub state: PersonState,
    pub has_second_factor: bool,
    /// The last use of a session that still lasts, to the hour.
    pub seen: Option<Moment>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonState {
    /// The invitation waits; its link opens until then, or has expired if `None`.
    Invited(Option<Moment>),
    Active,
    Disabled,
}

/// For partners, who see their own organisation, and coordinators, who see all.
#[server(prefix = "/rpc", endpoint = "people", input = server_fn::codec::Json)]
pub async fn read_people() -> Result<People, AppError> {
    use crate::domain::{accounts::Viewer, change::Refusal, policy};
    use crate::server::{AppState, outage};
    use crate::store;
    let (state, viewer) = (expect_context::<AppState>(), expect_context::<Viewer>());
    let own = viewer.member().ok_or(AppError::SignedOut)?.id;
    policy::can_open_people(&viewer).then_some(()).ok_or(Refusal::Forbidden)?;
    let now = state.config.clock.now();
    let mut conn = state.db.snapshot().await.map_err(outage)?;
    let network = store::network(&mut conn).await.map_err(outage)?.unwrap_or_default();
    let organisations = store::organisations(&mut conn).await.map_err(outage)?;
    let people = store::people(&mut conn, now).await.map_err(outage)?;
    drop(conn);
    let zone = state.time_zone().await.map_err(outage)?;
    let moment = |at: i64| state.config.clock.moment(at, &zone);
    let readable = organisations.into_iter().filter(|org| policy::can_read_people(&viewer, org.id));
    let groups = readable.map(|organisation| {
        let of = people.iter().filter(|(member, _)| member.org == organisation.id);
        let people = of.map(|(member, seen)| Person {
            id: member.id,
            name: member.name.clone(),
            email: seen.email.clone(),
            role: member.role,
            state: match (seen.active, seen.joined) {
                (true, _) => PersonState::Active,
                (false, true) => PersonState::Disabled,
                (false, false) => PersonState::Invited(seen.invited_until.map(moment)),
            },
            has_second_factor: seen.has_second_factor,
            seen: seen.used_at.map(moment),
        });
        Group { people: people.collect(), organisation }
    });
    Ok(People {
        groups: groups.collect(),
        may_manage: policy::can_manage_people(&viewer),
        network: NetworkView { name: network.name, requires_second_factor: network.requires_second_factor },
        own,
        sends_mail: state.config.mail.is_some(),
    })
}

/// What somebody who holds an unused link of an invitation or a reset may know: whose account it opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkView {
    pub name: String,
    pub email: String,
}

/// Which page a link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Door {
    /// A first password.
    Join,
    /// A new password.
    Reset,
}

/// For whoever holds the link.
#[server(prefix = "/rpc", endpoint = "link", input = server_fn::codec::Json)]
pub async fn read_link(door: Door, token: String) -> Result<LinkView, AppError> {
    use crate::server::{AppState, outage, sessions::Token};
    use crate::store::{self, LinkKind};
    let state = expect_context::<AppState>();
    let kind = match door {
        Door::Join => LinkKind::Invitation,
        Door::Reset => LinkKind::Reset,
    };
    let hash = Token::parse(&token).ok_or(AppError::LinkGone)?.hash();
    let mut conn = state.db.reader().await.map_err(|error| outage(error.into()))?;
    let member = store::link(&mut conn, &hash, kind, state.config.clock.now()).await.map_err(outage)?;
    let stored = store::member(&mut conn, member.ok_or(AppError::LinkGone)?).await.map_err(outage)?;
    let stored = stored.ok_or(AppError::LinkGone)?;
    Ok(LinkView { name: stored.member.name, email: stored.email })
}

/// What the page of the first start begins with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetupView {
    /// The plan's period: two years from the current quarter on, to be changed.
    pub starts: Day,
    pub ends: Day,
}

/// For anybody while the network has not been set up; afterwards there is nothing.
#[server(prefix = "/rpc", endpoint = "setup", input = server_fn::codec::Json)]
pub async fn read_setup() -> Result<SetupView, AppError> {
    use crate::domain::change::Refusal;
    use crate::server::{AppState, outage, setup};
    let state = expect_context::<AppState>();
    setup::is_open(&state).await.map_err(outage)?.then_some(()).ok_or(Refusal::NotFound)?;
    let first = state.config.clock.today(setup::TIME_ZONE).quarter();
    Ok(SetupView { starts: first.first_day(), ends: first.plus(7).last_day() })
}

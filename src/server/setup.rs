//! The first start: a network with its first coordinator and the plan that they open.

use super::{
    AppState,
    accounts::Denied,
    audit, password,
    sessions::{self, Opened, Origin, Token},
    writer::record,
};
use crate::{
    domain::{
        account_form::{FirstStart, NewPassword, OrganisationForm},
        accounts::{Member, Organisation, Role},
        audit::Action,
        change::{Change, Entry, Refusal},
        fields::{Field, FieldError, Problem},
        ids::{MemberId, ObjectiveId, OpId, OrgId, PlanId, Revision, StatusId},
        plan::{Frame, Mark, Objective, Plan, Status, StatusKind},
    },
    store::{self, Conn, Network, NewMember, StoreError},
};
use uuid::Uuid;

/// Of a new network's plan: of the meetings and of the donor.
pub const TIME_ZONE: &str = "Europe/Belgrade";

/// What a new plan's statuses are, by their words in addresses.
pub const STATUSES: [(&str, StatusKind); 3] =
    [("planned", StatusKind::Planned), ("in-progress", StatusKind::InProgress), ("done", StatusKind::Done)];

/// Whether the database holds nobody yet.
pub async fn is_open(state: &AppState) -> Result<bool, StoreError> {
    let mut conn = state.db.reader().await?;
    Ok(store::organisations(&mut conn).await?.is_empty())
}

/// Founds the network, once. `token` is what was typed of the one that the terminal shows.
pub async fn found(
    state: &AppState,
    token: &str,
    start: FirstStart,
    org: OrganisationForm,
    password: NewPassword,
    from: &Origin,
) -> Result<Opened, Denied> {
    let shown = state.config.setup_token.as_ref().map(Token::hash);
    let typed = Token::parse(token.trim()).map(|token| token.hash());
    if shown.is_none() || shown != typed {
        return Err(FieldError::new(Field::Token, Problem::Wrong).into());
    }
    password::check(password.as_str(), &[start.email.as_str(), start.name.as_str(), start.network.as_str()]).await?;
    let password_hash = password::hash_slowly(password.as_str().to_owned()).await;
    let org = org.organisation(OrgId(Uuid::now_v7()));
    if !org.kind.fits(Role::Coordinator) {
        return Err(FieldError::new(Field::Kind, Problem::WrongRole).into());
    }
    let now = state.config.clock.now();
    let mut tx = state.db.write().await?;
    // Two at once: the second waits here, and then finds the network of the first.
    store::set_network(&mut tx, &Network { name: start.network.as_str().to_owned(), requires_second_factor: false })
        .await?;
    if !store::organisations(&mut tx).await?.is_empty() {
        return Err(Refusal::NotFound.into());
    }
    store::save_organisation(&mut tx, &org).await?;
    let id = MemberId(Uuid::now_v7());
    let member = Member { id, name: start.name.as_str().to_owned(), org: org.id, role: Role::Coordinator };
    let row = NewMember { member: &member, email: start.email.as_str(), password_hash: Some(&password_hash), now };
    store::add_member(&mut tx, row).await?;
    open_plan(&mut tx, &start, org, id, now).await?;
    store::add_audit(&mut tx, &audit::line(now, Action::SetUp, Some(id), from)).await?;
    let stored = store::member(&mut tx, id).await?.ok_or(Refusal::Failed)?;
    let opened = sessions::open(&mut tx, &stored, from, now).await?;
    tx.commit().await?;
    Ok(opened)
}

/// The plan's first change.
async fn open_plan(
    tx: &mut Conn,
    start: &FirstStart,
    org: Organisation,
    actor: MemberId,
    at: i64,
) -> Result<(), StoreError> {
    let plan = PlanId(Uuid::now_v7());
    let frame = frame(plan, start, org);
    let op = OpId(Uuid::now_v7());
    let entry = Entry { revision: Revision(1), op, actor, at, change: Change::Opened(Box::new(frame)) };
    record(tx, plan, &entry).await?;
    store::move_revision(tx, plan, 1).await.map(|_| ())
}

fn frame(id: PlanId, start: &FirstStart, org: Organisation) -> Frame {
    let objective = |((number, title), mark): ((usize, &_), Mark)| Objective {
        id: ObjectiveId(Uuid::now_v7()),
        code: format!("O{number}"),
        title: crate::domain::text::ObjectiveTitle::as_str(title).to_owned(),
        mark,
    };
    Frame {
        plan: Plan {
            id,
            title: start.title.as_str().to_owned(),
            starts: start.starts,
            ends: start.ends,
            time_zone: TIME_ZONE.to_owned(),
        },
        objectives: (1..).zip(&start.objectives).zip(Mark::ALL).map(objective).collect(),
        statuses: STATUSES.iter().map(|(slug, kind)| status(slug, *kind)).collect(),
        organisations: vec![org],
    }
}

/// A status without a name of its own.
pub fn status(slug: &str, kind: StatusKind) -> Status {
    Status { id: StatusId(Uuid::now_v7()), slug: slug.to_owned(), name: None, kind, limit: None }
}

//! The forms of people and organisations, told apart by `do`. Coordinators only.

use super::{Serve, accounts::mail_language, forms::Posted, origin, pages};
use crate::{
    api::AppError,
    domain::{
        account_form::{self, NewPerson, OrganisationForm},
        accounts::Viewer,
        change::Refusal,
        fields::Field,
        ids::{MemberId, OrgId},
        item_form::Values,
        policy,
        text::{NetworkName, PersonName},
    },
    server::people::{self, Actor, NewLink},
    store::{LinkKind, Network},
    ui::head::Told,
};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use uuid::Uuid;

/// Does what one of the forms asks for.
pub async fn act(State(serve): State<Serve>, posted: Posted) -> Response {
    match try_act(&serve, &posted).await {
        Ok(None) => Redirect::to("/people").into_response(),
        Ok(Some(link)) => {
            let told = told(&serve, link);
            pages::telling(&serve, &posted.parts, told).await
        }
        Err(error) => posted.refuse(&serve, error).await,
    }
}

async fn try_act(serve: &Serve, posted: &Posted) -> Result<Option<NewLink>, AppError> {
    let member = posted.member()?;
    policy::can_manage_people(&Viewer::Member(member.clone())).then_some(()).ok_or(Refusal::Forbidden)?;
    serve.state.pace(member.id)?;
    let actor = Actor { member: Some(member.id), from: origin::of(serve, &posted.parts) };
    let (state, values) = (&serve.state, Values(&posted.values));
    let language = mail_language(posted).tag();
    match values.get("do") {
        "invite" => {
            let new = NewPerson::parse(values).map_err(Refusal::Invalid)?;
            return Ok(Some(people::invite(state, &actor, new, language).await?));
        }
        "link" => return Ok(Some(people::make_link(state, &actor, named(values)?, language).await?)),
        "revoke" => people::revoke(state, &actor, named(values)?).await?,
        "change" => {
            let (name, org) = (PersonName::parse(values.get("name"))?, values.id::<OrgId>("org", Field::Organisation)?);
            people::change(state, &actor, named(values)?, name, org, account_form::role(values)?).await?;
        }
        "second_factor_off" => people::end_second_factor(state, &actor, named(values)?).await?,
        "disable" => people::disable(state, &actor, named(values)?).await?,
        "enable" => people::enable(state, &actor, named(values)?).await?,
        "erase" if values.get("sure") == "yes" => people::erase(state, &actor, named(values)?).await?,
        "organisation" => {
            let id = match values.get("org") {
                "" => OrgId(Uuid::now_v7()),
                id => known(serve, id).await?,
            };
            let form = OrganisationForm::parse(values).map_err(Refusal::Invalid)?;
            people::save_organisation(state, &actor, form.organisation(id)).await?;
        }
        "network" => {
            let name = NetworkName::parse(values.get("network"))?.into_string();
            let requires_second_factor = values.get("requires_second_factor") == "yes";
            people::change_network(state, &actor, Network { name, requires_second_factor }).await?;
        }
        _ => return Err(AppError::Unreadable),
    }
    Ok(None)
}

/// The member that a form is about.
fn named(values: Values) -> Result<MemberId, AppError> {
    values.get("member").parse().map_err(|_| Refusal::NotFound.into())
}

/// An organisation that is there: a new one gets its id from us.
async fn known(serve: &Serve, id: &str) -> Result<OrgId, AppError> {
    let id: OrgId = id.parse().map_err(|_| Refusal::NotFound)?;
    let board = serve.state.board().await.map_err(crate::server::outage)?.ok_or(Refusal::NotFound)?;
    board.frame.organisation(id).map(|org| org.id).ok_or_else(|| Refusal::NotFound.into())
}

fn told(serve: &Serve, link: NewLink) -> Told {
    let NewLink { kind, token, name } = link;
    let link = address(serve, kind, token.as_str());
    if kind == LinkKind::Invitation { Told::Invitation { link, name } } else { Told::Reset { link, name } }
}

/// What a link looks like to whoever opens it.
pub fn address(serve: &Serve, kind: LinkKind, token: &str) -> String {
    let page = if kind == LinkKind::Invitation { "join" } else { "reset" };
    format!("{}/{page}?token={token}", serve.state.config.public_url)
}

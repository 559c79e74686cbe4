//! The forms of those who have no session yet: the first start, an invitation, a forgotten password.

use super::{
    Serve,
    accounts::mail_language,
    forms::Posted,
    origin,
    sign_in::{enter, raw},
};
use crate::{
    api::AppError,
    domain::{
        account_form::{self, FirstStart, NewPassword, OrganisationForm},
        attempts::Guesser,
        change::Refusal,
        fields::FieldError,
        item_form::Values,
        text::PersonName,
    },
    server::{
        attempts::{self, Counter, Door},
        doors, outage, people,
        sessions::Opened,
        setup,
    },
};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};

/// The first start.
pub async fn found(State(serve): State<Serve>, posted: Posted) -> Response {
    match try_found(&serve, &posted).await {
        Ok(opened) => enter(&serve, &posted.parts, &opened, "/board").await,
        Err(error) => posted.refuse(&serve, error).await,
    }
}

async fn try_found(serve: &Serve, posted: &Posted) -> Result<Opened, AppError> {
    setup::is_open(&serve.state).await.map_err(outage)?.then_some(()).ok_or(Refusal::NotFound)?;
    let values = Values(&posted.values);
    let mut errors: Vec<FieldError> = Vec::new();
    let start = FirstStart::parse(values).map_err(|wrong| errors.extend(wrong));
    let org = OrganisationForm::parse(values).map_err(|wrong| errors.extend(wrong));
    let password = NewPassword::parse(raw(&posted.values, "password")).map_err(|wrong| errors.push(wrong));
    match (start, org, password) {
        (Ok(start), Ok(org), Ok(password)) => {
            let from = origin::of(serve, &posted.parts);
            Ok(setup::found(&serve.state, values.get("token"), start, org, password, &from).await?)
        }
        _ => Err(Refusal::Invalid(errors).into()),
    }
}

/// Accepts an invitation.
pub async fn join(State(serve): State<Serve>, posted: Posted) -> Response {
    match try_join(&serve, &posted).await {
        Ok(opened) => enter(&serve, &posted.parts, &opened, "/board").await,
        Err(error) => posted.refuse(&serve, error).await,
    }
}

async fn try_join(serve: &Serve, posted: &Posted) -> Result<Opened, AppError> {
    let values = Values(&posted.values);
    let name = PersonName::parse(values.get("name"));
    let password = NewPassword::parse(raw(&posted.values, "password"));
    let (name, password) = match (name, password) {
        (Ok(name), Ok(password)) => (name, password),
        (name, password) => {
            return Err(Refusal::Invalid(name.err().into_iter().chain(password.err()).collect()).into());
        }
    };
    let from = origin::of(serve, &posted.parts);
    Ok(doors::join(&serve.state, values.get("token"), name, password, &from).await?)
}

/// Sets a new password.
pub async fn reset(State(serve): State<Serve>, posted: Posted) -> Response {
    match try_reset(&serve, &posted).await {
        Ok(()) => Redirect::to("/sign-in?done=reset").into_response(),
        Err(error) => posted.refuse(&serve, error).await,
    }
}

async fn try_reset(serve: &Serve, posted: &Posted) -> Result<(), AppError> {
    let password = NewPassword::parse(raw(&posted.values, "password"))?;
    let from = origin::of(serve, &posted.parts);
    let token = Values(&posted.values).get("token");
    Ok(doors::reset(&serve.state, token, password, &from, mail_language(posted).tag()).await?)
}

/// Asks for a link for a new password. The answer is the same whether there is such an account or not.
pub async fn forgot(State(serve): State<Serve>, posted: Posted) -> Response {
    match try_forgot(&serve, &posted).await {
        Ok(()) => Redirect::to("/forgot?sent=1").into_response(),
        Err(error) => posted.refuse(&serve, error).await,
    }
}

async fn try_forgot(serve: &Serve, posted: &Posted) -> Result<(), AppError> {
    let email = account_form::email(Values(&posted.values))?;
    let from = origin::of(serve, &posted.parts);
    // Each counts, and none is forgiven: nobody's letter box shall be filled.
    let counters = [
        Counter::new(Guesser::Address, Door::Forgotten, &from.address),
        Counter::new(Guesser::Account, Door::Forgotten, email.as_str()),
    ];
    let counted = attempts::count(&serve.state, &counters).await.map_err(outage)?;
    counted.map_err(|seconds| AppError::TooMany { seconds })?;
    Ok(people::ask_reset(&serve.state, email.as_str(), &from, mail_language(posted).tag()).await?)
}

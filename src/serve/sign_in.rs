//! Signing in and out, by plain forms: the password, and where there is a second factor its code.

use super::{Serve, cookies, forms::Posted, origin, pages, preferences::local};
use crate::{
    api::AppError,
    domain::{
        fields::{Field, FieldError, Problem},
        item_form::Values,
    },
    server::{
        outage,
        sessions::{self, Opened, SignIn},
    },
    store::StoreError,
};
use axum::{
    extract::{Request, State},
    http::request::Parts,
    response::{IntoResponse, Redirect, Response},
};

/// Asks for the code, or begins a session and ends the one that the browser had.
pub async fn sign_in(State(serve): State<Serve>, posted: Posted) -> Response {
    let values = Values(&posted.values);
    let from = origin::of(&serve, &posted.parts);
    let password = raw(&posted.values, "password");
    let signed_in = sessions::sign_in(&serve.state, values.get("email"), password, &from).await;
    let next = local(values.get("next"));
    let error = match signed_in {
        Ok(SignIn::Done(opened)) => return enter(&serve, &posted.parts, &opened, next).await,
        Ok(SignIn::Code(step)) => {
            let address = format!("/sign-in/code?next={}", encoded(next));
            return (cookies::begun(&serve, &step), Redirect::to(&address)).into_response();
        }
        Ok(SignIn::Wrong | SignIn::Over) => AppError::WrongPassword,
        Ok(SignIn::Wait(seconds)) => AppError::TooMany { seconds },
        Err(error) => outage(error).into(),
    };
    pages::again(&serve, &posted.parts, without_secrets(posted.values), error).await
}

/// Begins the session, if the code is right.
pub async fn enter_code(State(serve): State<Serve>, posted: Posted) -> Response {
    let values = Values(&posted.values);
    let Some(step) = cookies::step(&serve, &posted.parts.headers) else {
        return Redirect::to("/sign-in").into_response();
    };
    let from = origin::of(&serve, &posted.parts);
    let error = match sessions::enter_code(&serve.state, &step, values.get("code"), &from).await {
        Ok(SignIn::Done(opened)) => return enter(&serve, &posted.parts, &opened, local(values.get("next"))).await,
        Ok(SignIn::Over) => return Redirect::to("/sign-in").into_response(),
        Ok(SignIn::Code(_) | SignIn::Wrong) => FieldError::new(Field::Code, Problem::Wrong).into(),
        Ok(SignIn::Wait(seconds)) => AppError::TooMany { seconds },
        Err(error) => outage(error).into(),
    };
    pages::again(&serve, &posted.parts, without_secrets(posted.values), error).await
}

/// Sends the browser on with the cookies of its new session.
pub async fn enter(serve: &Serve, parts: &Parts, opened: &Opened, next: &str) -> Response {
    // One that cannot be ended now ends by itself.
    if let Err(error) = end_session(serve, parts).await {
        tracing::warn!(%error, "the session before could not be ended");
    }
    (cookies::opened(serve, opened), Redirect::to(next)).into_response()
}

/// A password as it was typed: spaces at its ends are part of it.
pub fn raw<'a>(values: &'a [(String, String)], name: &str) -> &'a str {
    values.iter().find(|value| value.0 == name).map_or("", |value| value.1.as_str())
}

/// What a form may be filled with again.
pub fn without_secrets(mut values: Vec<(String, String)>) -> Vec<(String, String)> {
    values.retain(|(name, _)| !matches!(name.as_str(), "password" | "old_password" | "code"));
    values
}

/// A value within an address.
fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// Ends the session and forgets its cookie. If it cannot be ended now, that is said: nobody shall leave a machine in the
/// belief of being signed out.
pub async fn sign_out(State(serve): State<Serve>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    match end_session(&serve, &parts).await {
        Ok(()) => (cookies::ended(&serve), Redirect::to("/board")).into_response(),
        Err(error) => pages::failure(&serve, &parts, outage(error).into()).await,
    }
}

async fn end_session(serve: &Serve, parts: &Parts) -> Result<(), StoreError> {
    match cookies::session(serve, &parts.headers) {
        Some(token) => sessions::sign_out(&serve.state, &token, &origin::of(serve, parts)).await,
        None => Ok(()),
    }
}

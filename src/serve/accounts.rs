//! The forms of a member's own account, told apart by `do`.

use super::{
    Serve,
    audit::note_export,
    cookies,
    forms::Posted,
    origin, pages,
    sign_in::{raw, without_secrets},
};
use crate::{
    api::AppError,
    domain::{
        account_form::NewPassword,
        accounts::Member,
        audit::{AuditFilter, Line, Named},
        item_form::Values,
        policy::AuditSight,
        text::PersonName,
    },
    i18n::Locale,
    server::{
        accounts::{Denied, Own},
        outage,
        sessions::Opened,
    },
    store,
    ui::{head::Told, language},
};
use axum::{
    extract::{Request, State},
    http::{HeaderValue, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use serde_json::json;

impl From<Denied> for AppError {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Refused(refusal) => Self::Refused(refusal),
            Denied::Wait(seconds) => Self::TooMany { seconds },
            Denied::LinkGone => Self::LinkGone,
        }
    }
}

/// What came of a form.
enum Outcome {
    Saved,
    /// The session goes on under another token.
    Renewed(Opened),
    Codes(Option<Opened>, Vec<String>),
    SignedOut,
}

/// Does what one of the forms asks for.
pub async fn act(State(serve): State<Serve>, mut posted: Posted) -> Response {
    let word = Values(&posted.values).get("do").to_owned();
    let saved = Redirect::to(&format!("/account?done={word}{}", place(&word)));
    match try_act(&serve, &posted, &word).await {
        Ok(Outcome::Saved) => saved.into_response(),
        Ok(Outcome::Renewed(opened)) => (cookies::opened(&serve, &opened), saved).into_response(),
        Ok(Outcome::SignedOut) => (cookies::ended(&serve), Redirect::to("/sign-in")).into_response(),
        Ok(Outcome::Codes(opened, codes)) => {
            let jar = opened.as_ref().map(|opened| cookies::opened(&serve, opened));
            // The page lists the sessions, and this one has another token now.
            opened.map(|opened| posted.parts.extensions.insert(opened.token));
            (jar, pages::telling(&serve, &posted.parts, Told::Codes(codes)).await).into_response()
        }
        Err(error) => posted.refuse(&serve, error).await,
    }
}

/// Where the page goes on: the steps of a second factor stand far below its top.
fn place(word: &str) -> &'static str {
    if word.ends_with("second_factor") { "#second-factor" } else { "" }
}

async fn try_act(serve: &Serve, posted: &Posted, word: &str) -> Result<Outcome, AppError> {
    let member = posted.member()?;
    serve.state.pace(member.id)?;
    let from = origin::of(serve, &posted.parts);
    let own = Own { state: &serve.state, member: &member, from: &from };
    let values = Values(&posted.values);
    let old = raw(&posted.values, "old_password");
    Ok(match word {
        "rename" => own.rename(PersonName::parse(values.get("name"))?).await.map(|()| Outcome::Saved)?,
        "language" => {
            let locale = language::from_tag(values.get("language")).ok_or(AppError::Unreadable)?;
            own.choose_language(locale.tag()).await.map(|()| Outcome::Saved)?
        }
        "password" => {
            let new = NewPassword::parse(raw(&posted.values, "password"))?;
            own.change_password(old, new, mail_language(posted).tag()).await.map(Outcome::Renewed)?
        }
        "begin_second_factor" => own.begin_second_factor(old).await.map(|()| Outcome::Saved)?,
        "cancel_second_factor" => own.cancel_second_factor().await.map(|()| Outcome::Saved)?,
        "confirm_second_factor" => {
            let (opened, codes) = own.confirm_second_factor(values.get("code")).await?;
            Outcome::Codes(Some(opened), codes)
        }
        "end_second_factor" => own.end_second_factor(old).await.map(Outcome::Renewed)?,
        "new_codes" => Outcome::Codes(None, own.renew_codes(old).await?),
        "end_session" => own.end_session(values.get("session")).await.map(|()| Outcome::Saved)?,
        "end_all" => own.end_all().await.map(|()| Outcome::SignedOut)?,
        _ => return Err(AppError::Unreadable),
    })
}

/// The language of the page, for mail to somebody who has chosen none.
pub fn mail_language(posted: &Posted) -> Locale {
    pages::locale(&posted.parts.headers)
}

/// All that is kept of the member, as a file.
pub async fn export(State(serve): State<Serve>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let result = match super::member(&parts) {
        Ok(member) => data_of(&serve, &member, &parts).await,
        Err(error) => Err(error),
    };
    match result {
        Ok(text) => {
            let name = HeaderValue::from_static("attachment; filename=\"act-board-account.json\"");
            let kind = HeaderValue::from_static("application/json");
            ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], text).into_response()
        }
        Err(error) => pages::failure(&serve, &parts, error).await,
    }
}

async fn data_of(serve: &Serve, member: &Member, parts: &Parts) -> Result<String, AppError> {
    let about = AuditFilter { member: Some(member.id), ..AuditFilter::default() };
    let now = serve.state.config.clock.now();
    let read = async {
        let mut conn = serve.state.db.snapshot().await?;
        let stored = store::member(&mut conn, member.id).await?;
        let sessions = store::sessions_of(&mut conn, member.id, now).await?;
        let changes = store::changes_by(&mut conn, member.id).await?;
        let lines = store::audit_lines(&mut conn, AuditSight::Everything, &about, 0, usize::MAX).await?;
        let reports = store::reports_by(&mut conn, member.id).await?;
        Ok((stored, sessions, changes, lines, reports))
    };
    let (stored, sessions, changes, audit_lines, reports) = read.await.map_err(outage)?;
    note_export(serve, member, parts, changes.len() + audit_lines.len() + reports.len()).await?;
    let zone = serve.state.time_zone().await.map_err(outage)?;
    let day = |at| serve.state.config.clock.moment(at, &zone).day;
    let report = |(period, version, at)| json!({ "period": period, "version": version, "day": day(at) });
    let reports: Vec<_> = reports.into_iter().map(report).collect();
    let sessions: Vec<_> = sessions
        .iter()
        .map(|session| json!({ "device": session.device, "since": session.created_at, "used": session.used_at }))
        .collect();
    let audit_lines = audit_lines.into_iter().map(|(at, line)| (at, of_oneself(line, member)));
    let lines: Vec<_> = audit_lines.map(|(at, line)| json!({ "at": at, "line": line })).collect();
    let data = json!({
        "member": member,
        "email": stored.as_ref().map(|stored| &stored.email),
        "language": stored.as_ref().and_then(|stored| stored.language.as_ref()),
        "joined": stored.as_ref().and_then(|stored| stored.joined_at),
        "second_factor": stored.as_ref().is_some_and(|stored| stored.has_second_factor()),
        "sessions": sessions,
        "audit": lines,
        "changes": changes,
        "reports": reports,
    });
    Ok(serde_json::to_string_pretty(&data).unwrap_or_default())
}

/// A line without what it tells of others.
fn of_oneself(line: Line, member: &Member) -> Line {
    let is_own = |named: &Named| named.id == member.id;
    let address = if line.actor.as_ref().is_some_and(is_own) { line.address } else { String::new() };
    Line { actor: line.actor.filter(is_own), subject: line.subject.filter(is_own), address, ..line }
}

impl Posted {
    /// The page again, with what was typed and may be shown, and what is wrong with it.
    pub async fn refuse(self, serve: &Serve, error: AppError) -> Response {
        let values = without_secrets(self.values);
        match error {
            AppError::SignedOut | AppError::Unreadable => {
                pages::failure_of_form(serve, &self.parts, values, error).await
            }
            error => pages::again(serve, &self.parts, values, error).await,
        }
    }
}

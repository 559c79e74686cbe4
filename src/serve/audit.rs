//! The audit as a table for a spreadsheet.

use super::{Serve, origin, pages, sheet};
use crate::{
    api::AppError,
    domain::{
        accounts::{Member, Viewer},
        attempts::Guesser,
        audit::{Action, AuditFilter, Detail, Line},
        change::Refusal,
        policy,
    },
    i18n::Locale,
    server::{
        attempts::{self, Counter, Door},
        audit, outage,
    },
    store,
    ui::accounts::audit::words,
};
use axum::{
    extract::{Query, Request, State, rejection::QueryRejection},
    http::{HeaderValue, header, request::Parts},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

/// The most lines of a file.
const LINES: usize = 100_000;

/// What the address asks for; what cannot be read is not asked for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    action: String,
    #[serde(default)]
    member: String,
}

/// The lines that the viewer may read, newest first.
pub async fn csv(
    State(serve): State<Serve>,
    asked: Result<Query<Asked>, QueryRejection>,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let filter = AuditFilter { action: Action::from_word(&asked.action), member: asked.member.parse().ok(), page: 0 };
    match write(&serve, &parts, &filter).await {
        Ok(text) => {
            let name = HeaderValue::from_static("attachment; filename=\"act-board-audit.csv\"");
            let kind = HeaderValue::from_static("text/csv; charset=utf-8");
            ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], text).into_response()
        }
        Err(error) => pages::failure(&serve, &parts, error).await,
    }
}

async fn write(serve: &Serve, parts: &Parts, filter: &AuditFilter) -> Result<String, AppError> {
    let member = super::member(parts)?;
    let sight = policy::audit_sight(&Viewer::Member(member.clone())).ok_or(Refusal::Forbidden)?;
    let clock = serve.state.config.clock;
    let zone = serve.state.time_zone().await.map_err(outage)?;
    let mut conn = serve.state.db.reader().await.map_err(|error| outage(error.into()))?;
    let lines = store::audit_lines(&mut conn, sight, filter, 0, LINES).await.map_err(outage)?;
    drop(conn);
    note_export(serve, &member, parts, lines.len()).await?;
    let locale = pages::locale(&parts.headers);
    let rows = lines.iter().map(|(at, line)| {
        let moment = clock.moment(*at, &zone);
        row(locale, format!("{} {}", moment.day, moment.time()), line)
    });
    sheet::csv([words::columns(locale).map(str::to_owned)].into_iter().chain(rows))
}

/// Writes down that somebody took rows out. Each line stays for good, so nobody makes too many.
pub async fn note_export(serve: &Serve, member: &Member, parts: &Parts, rows: usize) -> Result<(), AppError> {
    let counters = [Counter::new(Guesser::Address, Door::Export, &member.id.to_string())];
    let counted = attempts::count(&serve.state, &counters).await.map_err(outage)?;
    counted.map_err(|seconds| AppError::TooMany { seconds })?;
    let now = serve.state.config.clock.now();
    let count = Detail { count: Some(rows as u64), ..Detail::default() };
    let line = audit::line(now, Action::Exported, Some(member.id), &origin::of(serve, parts)).with(count);
    let mut tx = serve.state.db.write().await.map_err(outage)?;
    store::add_audit(&mut tx, &line).await.map_err(outage)?;
    Ok(tx.commit().await.map_err(outage)?)
}

fn row(locale: Locale, when: String, line: &Line) -> [String; 6] {
    let item = line.detail.item.map(|item| item.to_string());
    let detail: Vec<String> = item.into_iter().chain(words::details(locale, line)).collect();
    let action = words::action(locale, line.action).to_owned();
    let subject = line.subject.as_ref().map(words::named).unwrap_or_default();
    [when, words::actor(locale, line), action, subject, words::origin(locale, line), detail.join("; ")]
}

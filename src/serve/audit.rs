//! The audit as a table for a spreadsheet.

use super::{Serve, origin, pages};
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
    let mut table = csv::Writer::from_writer(Vec::new());
    let head = words::columns(locale);
    let mut put = |row: [String; 6]| table.write_record(row.iter().map(|cell| inert(cell)));
    put(head.map(str::to_owned)).map_err(|_| Refusal::Failed)?;
    for (at, line) in &lines {
        let moment = clock.moment(*at, &zone);
        put(row(locale, format!("{} {}", moment.day, moment.time()), line)).map_err(|_| Refusal::Failed)?;
    }
    let bytes = table.into_inner().map_err(|_| Refusal::Failed)?;
    // Spreadsheets read UTF-8 only if it says so.
    Ok(format!("\u{FEFF}{}", String::from_utf8(bytes).map_err(|_| Refusal::Failed)?))
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

/// A cell that a spreadsheet takes for text, whatever it begins with: a name may be a formula. Where the region's
/// spreadsheets part cells by semicolons, so may a part of it.
pub fn inert(cell: &str) -> String {
    let mut parts = Vec::new();
    for part in cell.split(';') {
        let formula = part.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r']) || part.starts_with(['\t', '\r']);
        parts.push(if formula { format!("'{part}") } else { part.to_owned() });
    }
    parts.join(";")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula() {
        assert_eq!(inert("=HYPERLINK(\"https://evil.example\")"), "'=HYPERLINK(\"https://evil.example\")");
        assert_eq!(inert("+381"), "'+381");
        assert_eq!(inert("Ana;=cmd|'/C calc'!A1;x"), "Ana;'=cmd|'/C calc'!A1;x");
        assert_eq!(inert("Coordinator, ASTRA"), "Coordinator, ASTRA");
    }
}

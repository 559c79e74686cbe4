//! The forms of a quarter's report, told apart by `do`.

use super::{Serve, forms::Posted, origin, pages};
use crate::{
    api::AppError,
    domain::{
        accounts::Viewer,
        change::Refusal,
        day::Quarter,
        item_form::{Values, follow},
        policy,
        report::draft::{Draft, Kept, values_of},
    },
    server::{outage, reports::Author},
};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};

pub const PATH: &str = "/report";

/// Does what one of the forms asks for.
pub async fn act(State(serve): State<Serve>, posted: Posted) -> Response {
    let error = match try_act(&serve, &posted).await {
        Ok(address) => return Redirect::to(&address).into_response(),
        Err(error) => error,
    };
    let beside_theirs = match &error {
        AppError::Refused(Refusal::Conflict { theirs, .. }) => Some(followed(&serve, &posted, theirs.version).await),
        _ => None,
    };
    again(&serve, posted, beside_theirs, error).await
}

async fn again(serve: &Serve, mut posted: Posted, typed: Option<Vec<(String, String)>>, error: AppError) -> Response {
    // The page is of the quarter that the form names.
    if let Ok(address) = period(&posted).map(address).unwrap_or_default().parse() {
        posted.parts.uri = address;
    }
    let values = typed.unwrap_or(posted.values);
    match error {
        AppError::SignedOut | AppError::Unreadable | AppError::Refused(Refusal::NotFound) => {
            pages::failure_of_form(serve, &posted.parts, values, error).await
        }
        error => pages::again(serve, &posted.parts, values, error).await,
    }
}

async fn try_act(serve: &Serve, posted: &Posted) -> Result<String, AppError> {
    let member = posted.member()?;
    policy::can_write_report(&Viewer::Member(member.clone())).then_some(()).ok_or(Refusal::Forbidden)?;
    serve.state.pace(member.id)?;
    let (values, from) = (Values(&posted.values), origin::of(serve, &posted.parts));
    let author = Author { state: &serve.state, member: &member, from: &from, period: period(posted)? };
    let done = match values.get("do") {
        "withdraw" => author.withdraw(number(values, "version")?).await.map(|()| "withdraw")?,
        word @ ("save" | "hand_over") => {
            let draft = Draft::parse(values).map_err(Refusal::Invalid)?;
            let saved = author.save(number(values, "from")?, &draft, word == "hand_over").await?;
            saved.map_or("nothing", |_| if word == "save" { "save" } else { "hand_over" })
        }
        _ => return Err(AppError::Unreadable),
    };
    Ok(format!("{}&done={done}", address(author.period)))
}

/// What was typed where it is not what the form was filled with; else what somebody else has saved meanwhile.
async fn followed(serve: &Serve, posted: &Posted, newest: i64) -> Vec<(String, String)> {
    let values = Values(&posted.values);
    let (Ok(period), Ok(from), Ok(draft)) = (period(posted), number(values, "from"), Draft::parse(values)) else {
        return posted.values.clone();
    };
    let words = |number| async move {
        // Without them all that was typed stays.
        serve.state.report_words(period, number).await.map_err(outage)
    };
    let (Ok(old), Ok(new)) = (words(from).await, words(newest).await) else { return posted.values.clone() };
    let filled = |kept: &Kept| values_of(|section| kept.text(section));
    let mut followed = follow(&draft.values(), &filled(&old), &filled(&new));
    // What was emptied stays empty.
    let emptied = values_of(|_| "").into_iter().filter(|(name, _)| followed.iter().all(|value| value.0 != *name));
    let emptied: Vec<_> = emptied.collect();
    followed.extend(emptied);
    followed.push(("period".to_owned(), period.to_string()));
    followed.extend(draft.reason.map(|reason| ("reason".to_owned(), reason.as_str().to_owned())));
    followed
}

fn address(period: Quarter) -> String {
    format!("{PATH}?period={period}")
}

fn period(posted: &Posted) -> Result<Quarter, AppError> {
    Values(&posted.values).get("period").parse().map_err(|_| AppError::Unreadable)
}

/// The number of a version; 0 is before the first.
fn number(values: Values, name: &str) -> Result<i64, AppError> {
    values.get(name).parse().ok().filter(|number| *number >= 0).ok_or(AppError::Unreadable)
}

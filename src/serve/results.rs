//! The forms of a quarter's readings: the same commands as everywhere, told apart by `do`.

use super::{Serve, forms::Posted, origin, pages};
use crate::{
    api::AppError,
    domain::{
        accounts::Viewer,
        change::{Change, Command, Refusal},
        day::Quarter,
        fields::Field,
        ids::{IndicatorId, OpId, ReadingId},
        item_form::Values,
        policy,
        results::{
            command::{Basis, ResultsCommand, Subject},
            form::{ReadingForm, basis},
            indicator::Indicator,
            state::Step,
        },
        text::Reason,
    },
    server::{outage, writer::Submission},
    store,
};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use uuid::Uuid;

/// Does what one of the forms asks for.
pub async fn act(State(serve): State<Serve>, posted: Posted) -> Response {
    match try_act(&serve, &posted).await {
        Ok(address) => Redirect::to(&address).into_response(),
        Err(error @ (AppError::SignedOut | AppError::Unreadable)) => {
            pages::failure_of_form(&serve, &posted.parts, posted.values, error).await
        }
        Err(error) => pages::again(&serve, &posted.parts, posted.values, error).await,
    }
}

async fn try_act(serve: &Serve, posted: &Posted) -> Result<String, AppError> {
    let member = posted.member()?;
    policy::can_read_results(&Viewer::Member(member)).then_some(()).ok_or(Refusal::Forbidden)?;
    let values = Values(&posted.values);
    let period = period(posted)?;
    let page = format!("/results/readings?period={period}");
    let step = match values.get("do") {
        "lock" | "unlock" => {
            let locked = values.get("do") == "lock";
            submit(serve, posted, ResultsCommand::Lock { period, locked }).await?;
            return Ok(page);
        }
        "remove" => {
            let reading = values.id::<ReadingId>("reading", Field::Reading)?;
            submit(serve, posted, ResultsCommand::RemoveReading { reading }).await?;
            return Ok(page);
        }
        "approve-rest" => {
            approve_rest(serve, posted).await?;
            return Ok(page);
        }
        "withdraw" => {
            let indicator = values.id::<IndicatorId>("indicator", Field::Indicator)?;
            let reading = values.id::<ReadingId>("reading", Field::Reading)?;
            submit(serve, posted, ResultsCommand::Withdraw { subject: Subject::Reading(reading) }).await?;
            return Ok(format!("{page}&done={reading}#i-{indicator}"));
        }
        "save" => None,
        "submit" => Some(Step::Submit),
        "return" => Some(Step::Return),
        "approve" => Some(Step::Approve),
        "reopen" => Some(Step::Reopen),
        _ => return Err(AppError::Unreadable),
    };
    let indicator = values.id::<IndicatorId>("indicator", Field::Indicator)?;
    // Whoever submits has the values before their eyes; whoever reviews sends none.
    let reading = match step {
        None | Some(Step::Submit) => read(serve, posted, indicator, period).await?,
        Some(_) => values.id::<ReadingId>("reading", Field::Reading)?,
    };
    if let Some(step) = step {
        // What was read a moment ago is what is submitted.
        let basis = if step == Step::Submit { Basis::Unsaid } else { basis(values) };
        submit(serve, posted, ResultsCommand::Step { reading, step, why: why(values, step)?, basis }).await?;
    }
    Ok(format!("{page}#i-{indicator}"))
}

/// Approves the readings that a form names, each as it stood there; at the first that does not any more it stops.
async fn approve_rest(serve: &Serve, posted: &Posted) -> Result<(), AppError> {
    let values = Values(&posted.values);
    for (reading, seen) in values.all("reading").zip(values.all("basis")) {
        let reading = reading.parse::<ReadingId>().map_err(|_| AppError::Unreadable)?;
        let basis: Basis = serde_json::from_slice(seen.as_bytes()).map_err(|_| AppError::Unreadable)?;
        submit(serve, posted, ResultsCommand::Step { reading, step: Step::Approve, why: None, basis }).await?;
    }
    Ok(())
}

/// Saves the values; answers the reading that has them.
async fn read(serve: &Serve, posted: &Posted, id: IndicatorId, period: Quarter) -> Result<ReadingId, AppError> {
    let (values, indicator) = (Values(&posted.values), indicator(serve, id).await?);
    let form = ReadingForm::parse(values, &indicator).map_err(Refusal::Invalid)?;
    let reading = values.get("reading").parse().unwrap_or_else(|_| ReadingId(Uuid::now_v7()));
    let command = form.command(reading, indicator.id, period);
    // Somebody else may have begun one meanwhile, which this has become.
    match submit(serve, posted, command).await? {
        Change::Results(change) => Ok(change.subject().map_or(reading, ReadingId)),
        _ => Ok(reading),
    }
}

/// Why a reading goes back.
fn why(values: Values, step: Step) -> Result<Option<Reason>, AppError> {
    match step {
        Step::Return | Step::Reopen => Ok(Some(Reason::parse(values.get("why"))?)),
        Step::Submit | Step::Approve => Ok(None),
    }
}

/// The quarter that the address names.
fn period(posted: &Posted) -> Result<Quarter, AppError> {
    let query = posted.parts.uri.query().unwrap_or_default();
    let named = query.split('&').find_map(|pair| pair.strip_prefix("period="));
    named.and_then(|period| period.parse().ok()).ok_or(AppError::Unreadable)
}

/// The indicator that a form is about: its kind says what the form holds.
async fn indicator(serve: &Serve, id: IndicatorId) -> Result<Indicator, AppError> {
    let mut conn = serve.state.db.snapshot().await.map_err(outage)?;
    let plan = store::current_plan(&mut conn).await.map_err(outage)?.ok_or(Refusal::NotFound)?;
    let results = store::results(&mut conn, plan).await.map_err(outage)?;
    Ok(results.indicator(id).cloned().ok_or(Refusal::NotFound)?)
}

async fn submit(serve: &Serve, posted: &Posted, command: ResultsCommand) -> Result<Change, AppError> {
    let (member, address) = (posted.member()?, origin::of(serve, &posted.parts).address);
    let command = Command::Results(command);
    Ok(serve.state.submit(Submission { op: OpId(Uuid::now_v7()), member, address, command }).await?.change)
}

//! The forms of the framework: its tree, results and indicators, told apart by `do`. The same commands as everywhere.

use super::{Serve, forms::Posted, origin, pages};
use crate::{
    api::AppError,
    domain::{
        accounts::Viewer,
        change::{Command, Refusal},
        ids::OpId,
        item_form::Values,
        policy,
        results::{command::ResultsCommand, framework_form::FrameworkForm},
    },
    server::{outage, writer::Submission},
    store,
};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use uuid::Uuid;

/// Where the framework is built, and to where all of its forms lead back.
const TREE: &str = "/results/framework";

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
    policy::can_change_framework(&Viewer::Member(member.clone())).then_some(()).ok_or(Refusal::Forbidden)?;
    let command = read(serve, posted).await?;
    let address = after(posted, &command);
    let (op, address_of) = (OpId(Uuid::now_v7()), origin::of(serve, &posted.parts).address);
    let command = Command::Results(command);
    serve.state.submit(Submission { op, member, address: address_of, command }).await?;
    Ok(address)
}

/// What the form asks of the framework as it is.
async fn read(serve: &Serve, posted: &Posted) -> Result<ResultsCommand, AppError> {
    let board = serve.state.board().await.map_err(outage)?.ok_or(Refusal::NotFound)?;
    let plan = &board.frame.plan;
    let mut conn = serve.state.db.snapshot().await.map_err(outage)?;
    let results = store::results(&mut conn, plan.id).await.map_err(outage)?;
    let form = FrameworkForm { values: Values(&posted.values), plan, results: &results };
    let item = |number| board.card_by_number(number).map(|card| card.id);
    let command = form.command(item, Uuid::now_v7).ok_or(AppError::Unreadable)?;
    Ok(command.map_err(Refusal::Invalid)?)
}

/// Links and lights leave their author where they are, and so do withdrawals, which cannot be seen and are said; all else leads to the row that it was about.
fn after(posted: &Posted, command: &ResultsCommand) -> String {
    match command {
        ResultsCommand::Link { .. } | ResultsCommand::Unlink { .. } | ResultsCommand::SetLight { .. } => {
            posted.parts.uri.path().to_owned()
        }
        ResultsCommand::Withdraw { subject } => format!("{}?done={}", posted.parts.uri.path(), subject.id()),
        ResultsCommand::AddNode { node, .. }
        | ResultsCommand::EditNode { node, .. }
        | ResultsCommand::MoveNode { node, .. }
        | ResultsCommand::AddIndicator { node, .. } => format!("{TREE}#n-{node}"),
        _ => TREE.to_owned(),
    }
}

//! Plain forms of the board: the same commands as everywhere; 303 on success, else the page again with what was typed.

use super::{Serve, body, origin, pages};
use crate::{
    api::AppError,
    domain::{
        accounts::Member,
        change::{Command, Refusal},
        fields::Field,
        ids::{ItemId, OpId},
        item_form::{Base, ItemForm, Values, action, new_id},
        items::{Edit, ItemCommand},
        text::{Description, TextEdit, Title, Version},
    },
    server::{outage, writer::Submission},
    store,
};
use axum::{
    Form,
    body::Body,
    extract::{FromRequest, Path, Request, State},
    http::request::Parts,
    response::{IntoResponse, Redirect, Response},
};
use uuid::Uuid;

/// A form as it was sent, with the request that brought it.
pub struct Posted {
    pub parts: Parts,
    pub values: Vec<(String, String)>,
}

impl FromRequest<Serve> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, serve: &Serve) -> Result<Self, Response> {
        let (parts, body) = request.into_parts();
        let error = match values(&parts, body).await {
            Ok(values) => return Ok(Self { parts, values }),
            Err(error) => error,
        };
        Err(pages::failure(serve, &parts, error).await)
    }
}

/// The values of a form. The decoder would put U+FFFD where bytes are no UTF-8: better refused than half understood.
async fn values(parts: &Parts, body: Body) -> Result<Vec<(String, String)>, AppError> {
    let is_report = parts.uri.path() == super::report::PATH;
    let body = body::read_up_to(body, if is_report { body::LIMIT_OF_REPORT } else { body::LIMIT }).await?;
    if !is_text(&body) {
        return Err(AppError::Unreadable);
    }
    let request = Request::from_parts(parts.clone(), Body::from(body));
    let form = Form::<Vec<(String, String)>>::from_request(request, &()).await;
    form.map(|Form(values)| values).map_err(|_| AppError::Unreadable)
}

/// Whether the bytes that a form's body stands for are UTF-8.
fn is_text(body: &[u8]) -> bool {
    let digit = |at: usize| body.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let (mut bytes, mut at) = (Vec::with_capacity(body.len()), 0);
    while let Some(byte) = body.get(at) {
        match (byte, digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                bytes.extend(u8::try_from(high * 16 + low));
                at += 3;
            }
            _ => {
                bytes.push(*byte);
                at += 1;
            }
        }
    }
    str::from_utf8(&bytes).is_ok()
}

impl Posted {
    pub fn member(&self) -> Result<Member, AppError> {
        super::member(&self.parts)
    }

    /// 303 to the address, or the page again.
    async fn answer(self, serve: &Serve, result: Result<String, AppError>) -> Response {
        match result {
            Ok(address) => Redirect::to(&address).into_response(),
            Err(error @ (AppError::SignedOut | AppError::Unreadable | AppError::Refused(Refusal::NotFound))) => {
                pages::failure_of_form(serve, &self.parts, self.values, error).await
            }
            Err(error) => pages::again(serve, &self.parts, self.values, error).await,
        }
    }
}

/// A new item.
pub async fn create(State(serve): State<Serve>, posted: Posted) -> Response {
    let result = try_create(&serve, &posted).await;
    posted.answer(&serve, result).await
}

async fn try_create(serve: &Serve, posted: &Posted) -> Result<String, AppError> {
    let by = by(serve, posted)?;
    let values = Values(&posted.values);
    let item = new_id(values).ok_or(AppError::Unreadable)?;
    let ItemForm { title, description, facts, reason } = ItemForm::parse(values).map_err(Refusal::Invalid)?;
    let create = |item, title, description| {
        let (facts, reason) = (facts.clone(), reason.clone());
        ItemCommand::Create { item, title, description, facts, reason }
    };
    match submit(serve, by.clone(), create(item, title.clone(), description.clone())).await {
        // Sent twice: the first time did it.
        Err(AppError::Refused(Refusal::Taken)) if began_as(serve, item, &title, &description).await? => {}
        // The form was filled anew after it had been sent: another item.
        Err(AppError::Refused(Refusal::Taken)) => {
            let another = ItemId(Uuid::now_v7());
            submit(serve, by, create(another, title, description)).await?;
            return item_address(serve, another).await;
        }
        other => other?,
    }
    item_address(serve, item).await
}

/// Whether an item was created with these words.
async fn began_as(serve: &Serve, item: ItemId, title: &Title, description: &Description) -> Result<bool, AppError> {
    let mut conn = serve.state.db.reader().await.map_err(|error| outage(error.into()))?;
    let first = [(Field::Title, title.as_str()), (Field::Description, description.as_str())];
    for (field, now) in first {
        if store::text_version(&mut conn, item, field, 1).await.map_err(outage)?.as_deref() != Some(now) {
            return Ok(false);
        }
    }
    Ok(true)
}

async fn item_address(serve: &Serve, item: ItemId) -> Result<String, AppError> {
    let board = serve.state.board().await.map_err(outage)?.ok_or(Refusal::NotFound)?;
    let card = board.card(item).ok_or(Refusal::Taken)?;
    Ok(format!("/board/items/{}", card.number))
}

/// Moving, publishing, hiding, archiving, restoring: one button each.
pub async fn act(State(serve): State<Serve>, Path(number): Path<String>, posted: Posted) -> Response {
    let result = try_act(&serve, &number, &posted).await;
    posted.answer(&serve, result).await
}

async fn try_act(serve: &Serve, number: &str, posted: &Posted) -> Result<String, AppError> {
    let by = by(serve, posted)?;
    let values = Values(&posted.values);
    let item = named(serve, number).await?;
    let command = action(item, values).ok_or(AppError::Unreadable)??;
    // What cannot be seen afterwards is said.
    let said = if matches!(command, ItemCommand::Withdraw { .. }) { "?done=withdraw" } else { "" };
    submit(serve, by, command).await?;
    Ok(format!("/board/items/{number}{said}"))
}

/// The item that an address names.
async fn named(serve: &Serve, number: &str) -> Result<ItemId, AppError> {
    let number: i64 = number.parse().map_err(|_| Refusal::NotFound)?;
    let board = serve.state.board().await.map_err(outage)?.ok_or(Refusal::NotFound)?;
    Ok(board.card_by_number(number).ok_or(Refusal::NotFound)?.id)
}

/// What changed in the form since it was filled; fields that were left alone are not sent on.
pub async fn edit(State(serve): State<Serve>, Path(number): Path<String>, posted: Posted) -> Response {
    let result = try_edit(&serve, &number, &posted).await;
    posted.answer(&serve, result).await
}

async fn try_edit(serve: &Serve, number: &str, posted: &Posted) -> Result<String, AppError> {
    let by = by(serve, posted)?;
    let values = Values(&posted.values);
    let item = named(serve, number).await?;
    let base = Base::parse(values).ok_or(AppError::Unreadable)?;
    let form = ItemForm::parse(values).map_err(Refusal::Invalid)?;
    let mut edit = Edit::between(&base.facts, form.facts);
    edit.reason = form.reason;
    if differs(serve, item, Field::Title, base.title, form.title.as_str()).await? {
        edit.title = Some(TextEdit { from: base.title, body: form.title });
    }
    if differs(serve, item, Field::Description, base.description, form.description.as_str()).await? {
        edit.description = Some(TextEdit { from: base.description, body: form.description });
    }
    // An empty edit is submitted too: whether it would have been allowed is the writer's to say.
    submit(serve, by, ItemCommand::Edit { item, edit }).await?;
    Ok(format!("/board/items/{number}"))
}

/// Whether a text was changed in the form that showed this version of it.
async fn differs(serve: &Serve, item: ItemId, field: Field, shown: Version, now: &str) -> Result<bool, AppError> {
    let mut conn = serve.state.db.reader().await.map_err(|error| outage(error.into()))?;
    let shown = store::text_version(&mut conn, item, field, shown).await.map_err(outage)?;
    Ok(shown.ok_or(AppError::Unreadable)? != now)
}

/// Who asks, and from which network.
fn by(serve: &Serve, posted: &Posted) -> Result<(Member, String), AppError> {
    Ok((posted.member()?, origin::of(serve, &posted.parts).address))
}

async fn submit(serve: &Serve, (member, address): (Member, String), command: ItemCommand) -> Result<(), AppError> {
    let submission = Submission { op: OpId(Uuid::now_v7()), member, address, command: Command::Item(command) };
    serve.state.submit(submission).await?;
    Ok(())
}

//! The one way to change a plan.

use super::AppError;
use crate::domain::{
    change::{Command, Entry},
    ids::{MemberId, OpId},
};
use leptos::prelude::*;

/// Hands a command to the plan's writer; answers the change that it made. For members, each command by its own rule.
/// Sent again with the same op id, it answers the same and has no further effect. `author` is whose outbox it comes
/// from: nothing is done in the name of somebody who has signed in since. `protocol` is the version of its words; a page
/// that does not say is of the first.
#[server(prefix = "/rpc", endpoint = "submit", input = server_fn::codec::Json)]
pub async fn submit(
    op: OpId,
    command: Command,
    #[server(default)] author: Option<MemberId>,
    #[server(default)] protocol: Option<u32>,
) -> Result<Entry, AppError> {
    use crate::domain::{
        accounts::Viewer,
        protocol::{self as versions, OLDEST},
    };
    use crate::server::{AppState, sessions::Origin, writer::Submission};
    let (state, viewer) = (expect_context::<AppState>(), expect_context::<Viewer>());
    let member = viewer.member().cloned().ok_or(AppError::SignedOut)?;
    if author.is_some_and(|author| author != member.id) {
        return Err(AppError::SignedOut);
    }
    let command = versions::command(protocol.unwrap_or(OLDEST), command).ok_or(AppError::Unreadable)?;
    let address = expect_context::<Origin>().address;
    Ok(state.submit(Submission { op, member, address, command }).await?)
}

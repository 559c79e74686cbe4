//! The picture of the region, as the viewer may see it and as everybody may.

use super::AppError;
use crate::domain::{
    dashboard::{Picture, PublicView, span::Span},
    preview::Preview,
};
use leptos::prelude::*;

/// The dashboard of a quarter or of the whole plan, of the current quarter if nothing is named, for coordinators also as
/// somebody else sees it; `None` while the network has no plan. For anybody:
/// what is counted is what the viewer may read.
#[server(prefix = "/rpc", endpoint = "dashboard", input = server_fn::codec::Json)]
pub async fn read_dashboard(
    #[server(default)] period: Option<Span>,
    #[server(default)] seen_as: Option<Preview>,
) -> Result<Option<Picture>, AppError> {
    use crate::domain::{accounts::Viewer, change::Refusal, preview};
    use crate::server::{AppState, outage};
    let (state, viewer) = (expect_context::<AppState>(), expect_context::<Viewer>());
    let eyes = preview::seen_as(&viewer, seen_as).ok_or(Refusal::Forbidden)?;
    let picture = state.picture(&eyes, period).await.map_err(outage)?;
    Ok(picture.map(|picture| Picture { seen_as, ..picture }))
}

/// The public page, to everybody as whoever is not signed in sees it; `None` while the network has no plan. For anybody.
#[server(prefix = "/rpc", endpoint = "public", input = server_fn::codec::Json)]
pub async fn read_public() -> Result<Option<PublicView>, AppError> {
    use crate::server::{AppState, outage};
    Ok(expect_context::<AppState>().public_view().await.map_err(outage)?)
}

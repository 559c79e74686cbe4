//! Who is here: what every page shows around its own content.

use super::AppError;
use crate::domain::accounts::{Organisation, Viewer};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The viewer and the house.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    pub viewer: Viewer,
    /// The viewer's own organisation.
    pub org: Option<Organisation>,
    /// Whether this is the demo, whose content is illustrative.
    pub demo: bool,
}

/// For anybody.
#[server(prefix = "/rpc", endpoint = "site", input = server_fn::codec::Json)]
pub async fn read_site() -> Result<Site, AppError> {
    use crate::server::{AppState, outage};
    use crate::store;
    let (state, viewer) = (expect_context::<AppState>(), expect_context::<Viewer>());
    let org = match viewer.org() {
        Some(id) => {
            let mut conn = state.db.reader().await.map_err(|error| outage(error.into()))?;
            store::organisation(&mut conn, id).await.map_err(outage)?
        }
        None => None,
    };
    Ok(Site { viewer, org, demo: state.config.demo })
}

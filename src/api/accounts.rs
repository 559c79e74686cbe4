//! Who is here, which every page shows around its own content, and the viewer's own account.

use super::AppError;
use crate::domain::{
    accounts::{Organisation, SESSION_MS, Viewer},
    day::Moment,
};
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
    /// For how many milliseconds the session lasts without use.
    #[serde(default = "longest")]
    pub lasts: i64,
}

fn longest() -> i64 {
    SESSION_MS
}

/// The viewer's own account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    pub name: String,
    pub email: String,
    /// BCP 47 tag of the language in which mail comes; none if never chosen.
    pub language: Option<String>,
    pub second_factor: SecondFactor,
    /// Whether the network asks for one.
    pub second_factor_required: bool,
    /// The one used last first.
    pub sessions: Vec<SessionView>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondFactor {
    Off,
    /// Begun: the device has to show that it has the secret. Base32, for typing; and a QR code as SVG, for scanning.
    Begun {
        secret: String,
        qr_svg: String,
    },
    On {
        codes_left: usize,
    },
}

/// A device where the viewer is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionView {
    /// What a form names it by.
    pub key: String,
    /// Browser and system: "Firefox, Android"; empty if unknown.
    pub device: String,
    pub created: Moment,
    /// To the hour.
    pub used: Moment,
    /// Whether it is this one.
    pub is_own: bool,
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
    let lasts = use_context::<crate::server::sessions::Lasts>().map_or(SESSION_MS, |lasts| lasts.0);
    Ok(Site { viewer, org, demo: state.config.demo, lasts })
}

/// For members.
#[server(prefix = "/rpc", endpoint = "account", input = server_fn::codec::Json)]
pub async fn read_account() -> Result<Account, AppError> {
    use crate::domain::change::Refusal;
    use crate::server::{AppState, outage, second_factor, sessions::Token};
    use crate::store;
    let (state, viewer) = (expect_context::<AppState>(), expect_context::<Viewer>());
    let member = viewer.member().ok_or(AppError::SignedOut)?;
    let own = use_context::<Token>().map(|token| token.hash());
    let mut conn = state.db.reader().await.map_err(|error| outage(error.into()))?;
    let stored = store::member(&mut conn, member.id).await.map_err(outage)?.ok_or(Refusal::NotFound)?;
    let sessions = store::sessions_of(&mut conn, member.id, state.config.clock.now()).await.map_err(outage)?;
    let codes_left = store::count_recovery_codes(&mut conn, member.id).await.map_err(outage)?;
    let network = store::network(&mut conn).await.map_err(outage)?.unwrap_or_default();
    drop(conn);
    let second_factor = match &stored.totp_secret {
        Some(_) if stored.totp_confirmed => SecondFactor::On { codes_left },
        Some(secret) => SecondFactor::Begun {
            secret: secret.clone(),
            qr_svg: second_factor::qr_svg(secret, &network.name, &stored.email),
        },
        None => SecondFactor::Off,
    };
    let zone = state.time_zone().await.map_err(outage)?;
    let moment = |at: i64| state.config.clock.moment(at, &zone);
    let session = |session: store::StoredSession| SessionView {
        is_own: own.as_deref() == Some(&session.token_hash),
        key: session.token_hash,
        device: session.device,
        created: moment(session.created_at),
        used: moment(session.used_at),
    };
    Ok(Account {
        name: stored.member.name,
        email: stored.email,
        language: stored.language,
        second_factor,
        second_factor_required: network.requires_second_factor,
        sessions: sessions.into_iter().map(session).collect(),
    })
}

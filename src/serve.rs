//! The router: every route and every layer in one list. Shared by the program and its tests.

mod accounts;
mod assets;
mod audit;
mod body;
mod cookies;
mod doors;
mod drawings;
mod forms;
mod framework;
mod guard;
mod health;
mod listen;
mod live;
mod mails;
mod origin;
mod pages;
mod people;
mod preferences;
mod report;
mod results;
mod rpc;
mod sheet;
mod sign_in;
mod trouble;

pub use assets::{AssetSource, Assets};
pub use listen::{Patience, serve};
pub use mails::check as check_mail;

use crate::{
    api::AppError,
    domain::accounts::{Member, Viewer},
    server::{AppState, raster::Raster},
};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{StatusCode, request::Parts},
    middleware,
    routing::{any, get, post},
};
use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};
use tower_http::{
    CompressionLevel, catch_panic::CatchPanicLayer, compression::CompressionLayer, csrf::CsrfLayer,
    timeout::TimeoutLayer, trace::TraceLayer,
};

/// No request takes longer.
const TIMEOUT: Duration = Duration::from_secs(30);

/// What handlers share.
#[derive(Clone)]
pub struct Serve {
    pub state: AppState,
    pub assets: Arc<Assets>,
    reports: Arc<trouble::Limit>,
    raster: Arc<OnceLock<Raster>>,
}

/// The member who asks.
fn member(parts: &Parts) -> Result<Member, AppError> {
    let viewer = parts.extensions.get::<Viewer>().and_then(|viewer| viewer.member().cloned());
    viewer.ok_or(AppError::SignedOut)
}

/// The whole server.
pub fn router(state: AppState, assets: Assets) -> Router {
    // Leptos spawns on tokio; a second router in the same process (a test's) finds it set.
    let _ = any_spawner::Executor::init_tokio();
    let serve = Serve { state, assets: Arc::new(assets), reports: Arc::default(), raster: Arc::default() };
    tokio::spawn(mails::run(serve.clone()));
    let csrf = CsrfLayer::new().add_trusted_origin(&serve.state.config.public_url);
    let csrf = csrf.expect("the configuration has checked that the public address is an origin");

    let pages = Router::new()
        .route("/", get(pages::page))
        .route("/board/new", get(pages::page).post(forms::create))
        .route("/board/items/{number}", get(pages::page).post(forms::act))
        .route("/board/items/{number}/edit", get(pages::page).post(forms::edit))
        .route("/dashboard", get(pages::page))
        .route("/results", get(pages::page))
        .route("/results/overview", get(pages::page))
        .route("/results/framework", get(pages::page).post(framework::act))
        .route("/results/nodes/new", get(pages::page).post(framework::act))
        .route("/results/nodes/{node}", get(pages::page).post(framework::act))
        .route("/results/indicators/new", get(pages::page).post(framework::act))
        .route("/results/indicators/{indicator}", get(pages::page).post(framework::act))
        .route("/results/readings", get(pages::page).post(results::act))
        .route("/report", get(pages::page).post(report::act))
        .route("/sign-in", get(pages::page).post(sign_in::sign_in))
        .route("/sign-in/code", get(pages::page).post(sign_in::enter_code))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/setup", get(pages::page).post(doors::found))
        .route("/join", get(pages::page).post(doors::join))
        .route("/forgot", get(pages::page).post(doors::forgot))
        .route("/reset", get(pages::page).post(doors::reset))
        .route("/account", get(pages::page).post(accounts::act))
        .route("/account/data", get(accounts::export))
        .route("/people", get(pages::page).post(people::act))
        .route("/export/audit.csv", get(audit::csv))
        .route("/export/dashboard/{file}", get(drawings::chart))
        .route("/export/network.png", get(drawings::network))
        .route("/preferences", post(preferences::choose))
        .route("/shell", get(pages::kept_shell))
        .route("/rpc/{name}", any(rpc::call))
        .route("/live", get(live::open))
        .fallback(get(pages::page))
        .layer(middleware::from_fn_with_state(serve.clone(), guard::who_is_asking))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest));

    Router::new()
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/trouble", post(trouble::report))
        .route("/assets/{name}", get(assets::hashed))
        .route("/favicon.svg", get(assets::public))
        .route("/sw.js", get(assets::worker))
        .merge(pages)
        .layer(DefaultBodyLimit::disable()) // handlers that read a body do so by `body::read`
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, TIMEOUT))
        .layer(csrf)
        .layer(CatchPanicLayer::new())
        .layer(middleware::from_fn_with_state(serve.clone(), guard::headers))
        .layer(TraceLayer::new_for_http().make_span_with(guard::span))
        .with_state(serve)
}

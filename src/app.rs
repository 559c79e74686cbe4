//! The document around every page, and the whole table of addresses.

use crate::i18n;
use crate::ui::{
    accounts::{
        account::AccountPage,
        audit::AuditLogPage,
        doors::{CodePage, ForgotPage, JoinPage, ResetPage},
        people::PeoplePage,
        setup::SetupPage,
        sign_in::SignInPage,
    },
    board::BoardPage,
    dashboard::DashboardPage,
    foot::Foot,
    frame::{self, TopBar},
    head::{self, Head},
    items::{EditItemPage, ItemDialog, NewItemPage},
    kit::error::{NotFoundPage, failure_page},
    language,
    line::provide_line,
    public::PublicPage,
    report::{ReportPage, Unsaved},
    results::{
        IndicatorPage, NewIndicatorPage, NewNodePage, NodePage, OverviewPage, ReadingsPage, ResultsPage, TreePage,
    },
};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_meta::{MetaTags, provide_meta_context};
use leptos_router::{
    components::{ParentRoute, Route, Router, Routes},
    path,
};

/// Shows the bar of a broken page, and reports it. Without Rust: after a panic none of it may run any more.
const BROKEN: &str = "const broken = (error) => { \
    const said = document.body.dataset.panic; \
    if (!said && !(error instanceof WebAssembly.RuntimeError)) return; \
    const bar = document.getElementById('broken'); \
    if (!bar.hidden) return; \
    const modal = [...document.querySelectorAll('dialog[open]')].pop(); \
    (modal ?? document.body).append(bar); \
    bar.hidden = false; \
    const report = { message: said ?? String(error), version: bar.dataset.version }; \
    fetch('/trouble', { method: 'POST', keepalive: true, body: JSON.stringify(report) }).catch(() => {}); \
}; \
addEventListener('error', (event) => broken(event.error)); \
addEventListener('unhandledrejection', (event) => broken(event.reason));";

/// The whole HTML document.
pub fn shell() -> impl IntoView {
    let head = expect_context::<Head>();
    let reload = "let start; setInterval(async () => { try { const now = await (await fetch('/healthz')).text(); \
                  if (start && now !== start) location.reload(); start = now } catch {} }, 700)";
    view! {
        <!DOCTYPE html>
        <html lang=head.locale.tag() data-theme=head.theme.word()>
            <head>
                <Files head=head.clone() begin="hydrate"/>
                {head.dev.then(|| view! { <script nonce=use_nonce() inner_html=reload></script> })}
                <MetaTags/>
            </head>
            <body>
                <App/>
                <BrokenBar head=head.clone()/>
            </body>
        </html>
    }
}

/// The document that a browser keeps for the time without a connection: nothing of anybody, and the script that builds
/// the page in it.
pub fn kept_shell() -> impl IntoView {
    let head = expect_context::<Head>();
    view! {
        <!DOCTYPE html>
        <html lang=head.locale.tag() data-theme=head.theme.word()>
            <head>
                <Files head=head.clone() begin="mount"/>
                <title>{i18n::offline::shell(head.locale)}</title>
            </head>
            <body>
                <noscript><p>{i18n::offline::nothing_title(head.locale)}</p></noscript>
                <BrokenBar head=head.clone()/>
            </body>
        </html>
    }
}

/// What both documents begin with: how they are read, and the files that they need.
#[component]
fn Files(head: Head, begin: &'static str) -> impl IntoView {
    let start = start(&head, begin);
    view! {
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
        <link rel="stylesheet" href=head.css/>
        <script type="module" nonce=use_nonce() inner_html=start></script>
    }
}

/// What the page's own script does: both files at once; no preload, which would have those pay who run no scripts.
fn start(head: &Head, begin: &str) -> String {
    format!(
        "{BROKEN} const program = fetch('{}'); const {{ default: init, {begin} }} = await import('{}'); \
         await init({{ module_or_path: program }}); {begin}();",
        head.wasm, head.js
    )
}

#[component]
fn BrokenBar(head: Head) -> impl IntoView {
    view! {
        <div id="broken" class="bar" role="alert" hidden data-version=head.wasm>
            <p>{i18n::frame::broken(head.locale)}</p>
            <a class="button" href="" rel="external">{i18n::frame::reload(head.locale)}</a>
        </div>
    }
}

/// The application where no server has drawn it.
#[component]
pub fn AppOfShell() -> impl IntoView {
    provide_context(Head::of_shell());
    view! { <App/> }
}

/// The application, the same on the server and in the browser.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let locale = language::provide_locale();
    frame::provide_theme();
    Unsaved::provide();
    head::provide_told();
    provide_line();
    frame::provide_site();
    let page = move || {
        // Another language draws everything anew.
        locale.track();
        view! {
            <TopBar/>
            {failure_page().unwrap_or_else(|| pages().into_any())}
            <Foot/>
        }
    };
    view! { <Router>{page}</Router> }
}

fn pages() -> impl IntoView {
    view! {
        <Routes fallback=NotFoundPage>
            <Route path=path!("/") view=PublicPage/>
            <Route path=path!("/board/new") view=NewItemPage/>
            <Route path=path!("/board/items/:number/edit") view=EditItemPage/>
            <ParentRoute path=path!("/board") view=BoardPage>
                <Route path=path!("") view=|| ()/>
                <Route path=path!("items/:number") view=ItemDialog/>
            </ParentRoute>
            <Route path=path!("/dashboard") view=DashboardPage/>
            <Route path=path!("/results") view=ResultsPage/>
            <Route path=path!("/results/overview") view=OverviewPage/>
            <Route path=path!("/results/readings") view=ReadingsPage/>
            <Route path=path!("/results/framework") view=TreePage/>
            <Route path=path!("/results/nodes/new") view=NewNodePage/>
            <Route path=path!("/results/nodes/:node") view=NodePage/>
            <Route path=path!("/results/indicators/new") view=NewIndicatorPage/>
            <Route path=path!("/results/indicators/:indicator") view=IndicatorPage/>
            <Route path=path!("/report") view=ReportPage/>
            <Route path=path!("/sign-in") view=SignInPage/>
            <Route path=path!("/sign-in/code") view=CodePage/>
            <Route path=path!("/forgot") view=ForgotPage/>
            <Route path=path!("/join") view=JoinPage/>
            <Route path=path!("/reset") view=ResetPage/>
            <Route path=path!("/setup") view=SetupPage/>
            <Route path=path!("/account") view=AccountPage/>
            <Route path=path!("/people") view=PeoplePage/>
            <Route path=path!("/audit") view=AuditLogPage/>
        </Routes>
    }
}

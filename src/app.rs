//! The document around every page, and the whole table of addresses.

use crate::ui::{
    accounts::sign_in::SignInPage,
    board::BoardPage,
    frame::{self, TopBar},
    head::Head,
    items::{EditItemPage, ItemPage, NewItemPage},
    kit::error::{NotFoundPage, failure_page},
    language,
};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_meta::{MetaTags, provide_meta_context};
use leptos_router::{
    components::{Route, Router, Routes},
    path,
};

/// The whole HTML document.
pub fn shell() -> impl IntoView {
    let head = expect_context::<Head>();
    // Both files at once; no preload, which would have those pay who run no scripts.
    let start = format!(
        "const program = fetch('{}'); const {{ default: init, hydrate }} = await import('{}'); \
         await init({{ module_or_path: program }}); hydrate();",
        head.wasm, head.js
    );
    let reload = "let start; setInterval(async () => { try { const now = await (await fetch('/healthz')).text(); \
                  if (start && now !== start) location.reload(); start = now } catch {} }, 700)";
    view! {
        <!DOCTYPE html>
        <html lang=head.locale.tag() data-theme=head.theme.word()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="stylesheet" href=head.css/>
                <script type="module" nonce=use_nonce() inner_html=start></script>
                {head.dev.then(|| view! { <script nonce=use_nonce() inner_html=reload></script> })}
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

/// The application, the same on the server and in the browser.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    language::provide_locale();
    frame::provide_site();
    view! {
        <Router>
            <TopBar/>
            {failure_page().unwrap_or_else(|| pages().into_any())}
        </Router>
    }
}

fn pages() -> impl IntoView {
    view! {
        <Routes fallback=NotFoundPage>
            <Route path=path!("/board") view=BoardPage/>
            <Route path=path!("/board/new") view=NewItemPage/>
            <Route path=path!("/board/items/:number") view=ItemPage/>
            <Route path=path!("/board/items/:number/edit") view=EditItemPage/>
            <Route path=path!("/sign-in") view=SignInPage/>
        </Routes>
    }
}

//! What the server answers at all, read from its own sources: a route that is added is found without being told of.

use std::collections::BTreeSet;

const SERVE: &str = include_str!("../../src/serve.rs");
const APP: &str = include_str!("../../src/app.rs");

/// What a method is called in the router's list.
const METHODS: [(&str, &str); 3] = [("get", "GET"), ("post", "POST"), ("any", "ANY")];

/// Every route: method and path.
pub fn routes() -> BTreeSet<(&'static str, &'static str)> {
    assert!(SERVE.contains("routing::{any, get, post},"), "another method needs a word in these tests");
    for other in ["route_service(", "nest(", "nest_service(", "fallback_service(", "method_not_allowed_fallback("] {
        assert!(!SERVE.contains(other), "what is served by {other}) is not looked at");
    }
    assert_eq!((SERVE.matches(".merge(").count(), SERVE.matches(".fallback(").count()), (1, 1));
    let mut routes = BTreeSet::new();
    for listed in SERVE.split(".route(").skip(1).map(inside) {
        let path = listed.split('"').nth(1).unwrap();
        let methods: Vec<_> = METHODS.iter().filter(|(word, _)| calls(listed, word)).collect();
        assert!(!methods.is_empty(), "{listed}");
        routes.extend(methods.into_iter().map(|(_, method)| (*method, path)));
    }
    assert!(routes.len() > 30, "{routes:?}");
    routes
}

/// The addresses of all pages.
pub fn pages() -> BTreeSet<String> {
    let paths = APP.split("path!(\"").skip(1).filter_map(|path| path.split('"').next());
    let pages = paths.filter(|path| path.starts_with('/')).map(as_router);
    let pages: BTreeSet<String> = pages.collect();
    assert!(pages.len() > 10, "{pages:?}");
    pages
}

/// The pages' table writes parameters with a colon, the router with braces.
fn as_router(path: &str) -> String {
    let parts = path
        .split('/')
        .map(|part| part.strip_prefix(':').map_or_else(|| part.to_owned(), |name| format!("{{{name}}}")));
    parts.collect::<Vec<_>>().join("/")
}

/// The paths of all server functions. Only once there is a router are they all known.
pub fn server_functions() -> BTreeSet<(String, &'static str)> {
    leptos::server_fn::axum::server_fn_paths().map(|(path, method)| (method.to_string(), path)).collect()
}

/// An address of a route: with an item that is there, and else with a name that nothing has.
pub fn address(path: &str) -> String {
    let path = path.replace("{number}", "17").replace("{name}", "nothing");
    path.replace("{node}", "nothing").replace("{indicator}", "nothing").replace("{file}", "map.csv")
}

/// The text up to the parenthesis that closes what was opened before it.
fn inside(text: &'static str) -> &'static str {
    let mut depth = 1;
    let end = text.find(|c: char| {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        depth == 0
    });
    &text[..end.unwrap()]
}

fn calls(text: &str, method: &str) -> bool {
    let call = format!("{method}(");
    text.match_indices(&call).any(|(at, _)| text[..at].ends_with([' ', '.', '\n']))
}

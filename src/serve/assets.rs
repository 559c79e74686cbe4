//! The built site: files with content-hashed names, compressed once when they were built.

use super::Serve;
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use std::{borrow::Cow, collections::HashMap};

/// Where files come from: the program itself, or a folder.
pub type AssetSource = fn(&str) -> Option<Cow<'static, [u8]>>;

/// The files of the site, and the hashed names of those that pages ask for.
#[derive(Clone)]
pub struct Assets {
    source: AssetSource,
    names: HashMap<String, String>,
}

impl Assets {
    /// Reads the manifest, `{"main.css": "assets/main-0a1b2c.css", …}`. Without one, pages come without style and
    /// script, which still work.
    pub fn new(source: AssetSource) -> Self {
        let manifest = source("manifest.json");
        let names = manifest.and_then(|manifest| serde_json::from_slice(&manifest).ok()).unwrap_or_default();
        Self { source, names }
    }

    /// The address of a file by its name before hashing.
    pub fn address(&self, name: &str) -> String {
        self.names.get(name).map_or_else(|| format!("/assets/{name}"), |path| format!("/{path}"))
    }

    /// A file's bytes by its name before hashing.
    pub fn bytes(&self, name: &str) -> Option<Cow<'static, [u8]>> {
        (self.source)(self.names.get(name)?)
    }

    pub fn text(&self, name: &str) -> Option<String> {
        String::from_utf8(self.bytes(name)?.into_owned()).ok()
    }
}

/// A file whose name changes with its content, so it may be kept for ever.
pub async fn hashed(State(serve): State<Serve>, Path(name): Path<String>, headers: HeaderMap) -> Response {
    file(&serve, &format!("assets/{name}"), "public, max-age=31536000, immutable", &headers)
}

/// A file under a name of its own.
pub async fn public(State(serve): State<Serve>, uri: Uri, headers: HeaderMap) -> Response {
    file(&serve, uri.path().trim_start_matches('/'), "public, max-age=86400", &headers)
}

/// The worker that keeps the shell. Asked for anew each time, so that a new one comes with a new server; it may fetch
/// from here alone.
pub async fn worker(State(serve): State<Serve>, headers: HeaderMap) -> Response {
    let mut response = file(&serve, "sw.js", "no-cache", &headers);
    let policy = header::HeaderValue::from_static("default-src 'none'; connect-src 'self'; frame-ancestors 'none'");
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

fn file(serve: &Serve, path: &str, cache: &'static str, headers: &HeaderMap) -> Response {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let source = serve.assets.source;
    let compressed = [("br", ".br"), ("gzip", ".gz")].into_iter().find_map(|(encoding, ending)| {
        let accepts = accepted.split(',').any(|part| part.split(';').next().unwrap_or_default().trim() == encoding);
        accepts.then(|| source(&format!("{path}{ending}"))).flatten().map(|body| (Some(encoding), body))
    });
    let Some((encoding, body)) = compressed.or_else(|| source(path).map(|body| (None, body))) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut response = body.into_owned().into_response();
    let headers = response.headers_mut();
    let mut set = |name, value: &'static str| headers.insert(name, header::HeaderValue::from_static(value));
    set(header::CONTENT_TYPE, content_type(path));
    set(header::CACHE_CONTROL, cache);
    set(header::VARY, "accept-encoding");
    if let Some(encoding) = encoding {
        set(header::CONTENT_ENCODING, encoding);
    }
    response
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "woff2" => "font/woff2",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "json" => "application/json",
        _ => "application/octet-stream",
    }
}

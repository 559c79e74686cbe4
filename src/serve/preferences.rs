//! Language and appearance: chosen by a form, kept in a cookie for a year.

use super::{Serve, forms::Posted};
use crate::{
    domain::item_form::Values,
    ui::{head::Theme, language},
};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::{
    CookieJar,
    cookie::{Cookie, SameSite},
};

/// Keeps what was chosen and goes back to where it was.
pub async fn choose(State(serve): State<Serve>, posted: Posted) -> Response {
    let values = Values(&posted.values);
    let language = language::from_tag(values.get("language")).map(|locale| ("language", locale.tag()));
    let theme = Theme::from_word(values.get("theme")).map(|theme| ("theme", theme.word()));
    let mut jar = CookieJar::new();
    for (name, value) in language.into_iter().chain(theme) {
        let cookie =
            Cookie::build((name, value)).path("/").same_site(SameSite::Lax).secure(serve.state.config.secure());
        jar = jar.add(cookie.permanent());
    }
    (jar, Redirect::to(local(values.get("back")))).into_response()
}

/// An address of our own, whatever was sent: a link to elsewhere would lend it our good name.
pub fn local(address: &str) -> &str {
    let odd = |c: char| c == '\\' || c.is_control();
    let own = address.starts_with('/') && !address.starts_with("//") && !address.contains(odd);
    if own { address } else { "/board" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_elsewhere() {
        assert_eq!(local("/board?q=a"), "/board?q=a");
        for bad in [
            "",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "/\u{1}/evil",
            "board",
        ] {
            assert_eq!(local(bad), "/board", "{bad}");
        }
    }
}

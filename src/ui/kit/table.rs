//! What tables have in common.

use leptos::prelude::*;

/// The row of heads above a table's columns.
pub fn heads(heads: impl IntoIterator<Item = &'static str>) -> impl IntoView {
    let heads: Vec<_> = heads.into_iter().map(|head| view! { <th scope="col">{head}</th> }).collect();
    view! { <thead><tr>{heads}</tr></thead> }
}

/// Heads and rows in words, as a file has them.
pub fn in_words(
    heads: impl IntoIterator<Item = &'static str>,
    rows: impl IntoIterator<Item = Vec<String>>,
) -> Vec<Vec<String>> {
    [heads.into_iter().map(str::to_owned).collect()].into_iter().chain(rows).collect()
}

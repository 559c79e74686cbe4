//! Icons, from Lucide (ISC licence), drawn into the page: they take the text's colour and need no request.

use leptos::prelude::*;

macro_rules! icons {
    ($($name:ident => $file:literal),* $(,)?) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Glyph { $($name),* }

        impl Glyph {
            fn svg(self) -> &'static str {
                match self {
                    $(Self::$name => include_str!(concat!("../../../public/icons/", $file, ".svg"))),*
                }
            }
        }
    };
}

icons! {
    Archive => "archive",
    Back => "arrow-left",
    Check => "check",
    Close => "x",
    Down => "chevron-down",
    Globe => "globe",
    Grip => "grip-vertical",
    Left => "chevron-left",
    Move => "ellipsis",
    Plus => "plus",
    Pencil => "pencil",
    Right => "chevron-right",
    Search => "search",
    Theme => "contrast",
    Up => "chevron-up",
    User => "circle-user-round",
    Warning => "triangle-alert",
}

/// An icon beside words that say the same, so it is hidden from screen readers.
#[component]
pub fn Icon(glyph: Glyph) -> impl IntoView {
    view! { <span class="icon" aria-hidden="true" inner_html=glyph.svg()></span> }
}

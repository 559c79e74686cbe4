//! The mark of an objective: a shape and a colour, and never the colour alone.

use crate::domain::plan::Mark;
use leptos::prelude::*;

fn path(mark: Mark) -> &'static str {
    match mark {
        Mark::Circle => "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2Z",
        Mark::Triangle => "M8 1.8 15 14H1Z",
        Mark::Square => "M2.5 2.5h11v11h-11Z",
        Mark::Diamond => "M8 .8 15.2 8 8 15.2.8 8Z",
        Mark::Star => "m8 .9 2.2 4.7 5.1.6-3.8 3.5 1 5.1L8 12.2l-4.5 2.6 1-5.1L.7 6.2l5.1-.6Z",
    }
}

fn class(mark: Mark) -> &'static str {
    match mark {
        Mark::Circle => "mark circle",
        Mark::Triangle => "mark triangle",
        Mark::Square => "mark square",
        Mark::Diamond => "mark diamond",
        Mark::Star => "mark star",
    }
}

/// Beside the objective's code, so it is hidden from screen readers.
#[component]
pub fn ObjectiveMark(mark: Mark) -> impl IntoView {
    view! {
        <svg class=class(mark) viewBox="0 0 16 16" aria-hidden="true">
            <path d=path(mark)></path>
        </svg>
    }
}

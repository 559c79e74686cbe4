//! What was wrong with the form that was sent, above everything else.

use super::sheet::Sheet;
use crate::{
    domain::fields::FieldError,
    i18n::{self, Locale},
    ui::kit::{
        error::{self, ErrorNote},
        icon::{Glyph, Icon},
        reply::Reply,
    },
};
use leptos::prelude::*;

#[component]
pub fn Trouble(locale: Locale, reply: Reply) -> impl IntoView {
    if reply.error.fields().is_empty() {
        return view! { <ErrorNote error=reply.error/> }.into_any();
    }
    let sheet = Sheet::sent(locale, &reply);
    let problems: Vec<_> = reply.error.fields().iter().map(|wrong| problem(locale, sheet.as_ref(), *wrong)).collect();
    view! {
        <div class="note bad" role="alert">
            <Icon glyph=Glyph::Warning/>
            <div>
                <p><strong>{i18n::problem::summary(locale)}</strong></p>
                <ul>{problems}</ul>
            </div>
        </div>
    }
    .into_any()
}

/// A problem, with the way to the field that it is about.
fn problem(locale: Locale, sheet: Option<&Sheet>, wrong: FieldError) -> AnyView {
    let words = error::problem(locale, wrong.problem);
    match sheet.map(|sheet| sheet.input(wrong.field)).filter(|input| !input.name.is_empty()) {
        Some(input) => {
            view! { <li><a href=format!("#{}", input.id) rel="external">{input.label}": "{words}</a></li> }.into_any()
        }
        None => view! { <li>{words}</li> }.into_any(),
    }
}

//! Above a refused form: why, with the way to each field that is wrong, or how long to wait.

use super::filled::{id, named};
use crate::{
    api::AppError,
    domain::fields::FieldError,
    i18n::{self, Locale},
    ui::{
        kit::{
            error::{ErrorNote, problem, words},
            icon::{Glyph, Icon},
            reply::Reply,
        },
        language::use_locale,
    },
};
use leptos::prelude::*;

/// The title goes above the fields that are wrong, if there are such.
#[component]
pub fn Refused(reply: Reply, #[prop(optional)] title: Option<&'static str>) -> impl IntoView {
    let locale = use_locale();
    match &reply.error {
        AppError::TooMany { seconds } => {
            let (title, _) = words(locale, &reply.error);
            let wait = Wait::of(*seconds).words(locale);
            note(view! { <p><strong>{title}</strong>" "{wait}</p> }.into_any())
        }
        error if error.fields().is_empty() => view! { <ErrorNote error=error.clone()/> }.into_any(),
        error => {
            let action = reply.value("do").unwrap_or_default();
            let lines: Vec<_> = error.fields().iter().map(|wrong| line(locale, action, *wrong)).collect();
            let title = title.unwrap_or(i18n::doors::refused(locale));
            note(view! { <div><p><strong>{title}</strong></p><ul>{lines}</ul></div> }.into_any())
        }
    }
}

fn note(words: AnyView) -> AnyView {
    view! {
        <div class="note bad" role="alert">
            <Icon glyph=Glyph::Warning/>
            {words}
        </div>
    }
    .into_any()
}

/// A field that is wrong, and the way to it.
fn line(locale: Locale, action: &str, wrong: FieldError) -> AnyView {
    let (name, label) = named(locale, wrong.field);
    let address = format!("#{}", id(action, name));
    view! { <li><a href=address rel="external">{label}": "{problem(locale, wrong.problem)}</a></li> }.into_any()
}

/// How long to wait, in what people count it in, and never too short.
#[derive(Debug, PartialEq, Eq)]
enum Wait {
    Seconds(usize),
    Minutes(usize),
}

impl Wait {
    fn of(seconds: u64) -> Self {
        let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        match seconds {
            0..60 => Self::Seconds(count(seconds.max(1))),
            _ => Self::Minutes(count(seconds.div_ceil(60))),
        }
    }

    fn words(self, locale: Locale) -> String {
        match self {
            Self::Seconds(count) => i18n::doors::wait_seconds(locale, count),
            Self::Minutes(count) => i18n::doors::wait_minutes(locale, count),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Wait;

    #[test]
    fn nobody_comes_back_too_early() {
        let waits = [0, 1, 59, 60, 61, 120, 900].map(Wait::of);
        let (seconds, minutes) = (Wait::Seconds, Wait::Minutes);
        let expected = [seconds(1), seconds(1), seconds(59), minutes(1), minutes(2), minutes(2), minutes(15)];
        assert_eq!(waits, expected);
    }
}

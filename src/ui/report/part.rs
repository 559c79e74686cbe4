//! The parts of a report with their numbers, and the list of them.

use crate::i18n::{self, Locale};
use leptos::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Description,
    Summary,
    Activities,
    Framework,
    Challenges,
    Plan,
    Sustainability,
    Cooperation,
}

impl Part {
    pub const ALL: [Part; 8] = [
        Self::Description,
        Self::Summary,
        Self::Activities,
        Self::Framework,
        Self::Challenges,
        Self::Plan,
        Self::Sustainability,
        Self::Cooperation,
    ];

    /// Its word in addresses.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Description => "description",
            Self::Summary => "summary",
            Self::Activities => "activities",
            Self::Framework => "framework",
            Self::Challenges => "challenges",
            Self::Plan => "plan",
            Self::Sustainability => "sustainability",
            Self::Cooperation => "cooperation",
        }
    }

    fn number(self) -> usize {
        Self::ALL.iter().take_while(|part| **part != self).count() + 1
    }

    pub fn title(self, locale: Locale) -> &'static str {
        match self {
            Self::Description => i18n::report::description(locale),
            Self::Summary => i18n::report::summary(locale),
            Self::Activities => i18n::report::activities(locale),
            Self::Framework => i18n::report::framework(locale),
            Self::Challenges => i18n::report::challenges(locale),
            Self::Plan => i18n::report::plan(locale),
            Self::Sustainability => i18n::report::sustainability(locale),
            Self::Cooperation => i18n::report::cooperation(locale),
        }
    }
}

/// A part with its heading.
pub fn chapter(locale: Locale, part: Part, body: impl IntoView) -> impl IntoView {
    view! {
        <section aria-labelledby=part.slug()>
            <h2 id=part.slug()>{part.number()}" "{part.title(locale)}</h2>
            {body}
        </section>
    }
}

#[component]
pub fn Contents(locale: Locale) -> impl IntoView {
    let links = Part::ALL.map(|part| {
        let address = format!("#{}", part.slug());
        view! { <li><a href=address rel="external">{part.title(locale)}</a></li> }
    });
    view! {
        <nav class="contents" aria-labelledby="contents">
            <h2 id="contents">{i18n::report::contents(locale)}</h2>
            <ol>{links.into_iter().collect::<Vec<_>>()}</ol>
        </nav>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_counted_in_their_order() {
        assert_eq!(Part::ALL.map(Part::number), [1, 2, 3, 4, 5, 6, 7, 8]);
    }
}

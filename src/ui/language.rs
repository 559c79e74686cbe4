//! Which language a page speaks: what was chosen, else what the browser asks for, else English.

use crate::{
    i18n::Locale,
    ui::{browser, data, head::Head},
};
use leptos::prelude::*;

/// Makes the server's decision known to the page, and to the browser that takes it over. Answers what changes it.
pub fn provide_locale() -> RwSignal<Locale> {
    let decided = data::shared(|| use_context::<Head>().map_or(Locale::En, |head| head.locale));
    let locale = RwSignal::new(decided);
    provide_context(locale);
    locale
}

/// The page's language. Everything is drawn anew when it changes, so nothing in a page needs to follow.
pub fn use_locale() -> Locale {
    use_context::<RwSignal<Locale>>().map_or(Locale::En, |locale| locale.get_untracked())
}

/// Speaks another language from now on, and remembers it. What was typed stays in its fields.
pub fn switch(locale: RwSignal<Locale>, to: Locale) {
    browser::set_cookie("language", to.tag());
    browser::set_root("lang", to.tag());
    browser::keep_fields(|| locale.set(to));
}

/// The language of exactly this tag.
pub fn from_tag(text: &str) -> Option<Locale> {
    Locale::ALL.into_iter().find(|locale| locale.tag() == text)
}

/// The best language for an `Accept-Language` header.
pub fn negotiate(header: &str) -> Locale {
    let mut wishes: Vec<(f32, &str)> = header.split(',').filter_map(wish).collect();
    wishes.sort_by(|a, b| b.0.total_cmp(&a.0)); // stable: equal weights keep their order
    wishes.into_iter().find_map(|(_, wish)| nearest(wish)).unwrap_or(Locale::En)
}

fn wish(part: &str) -> Option<(f32, &str)> {
    let (tag, weight) = part.split_once(';').unwrap_or((part, "q=1"));
    let weight: f32 = weight.trim().strip_prefix("q=")?.trim().parse().ok()?;
    (weight > 0.0).then_some((weight, tag.trim()))
}

/// Readers of the neighbouring languages are served better by Serbian in their script than by English.
fn nearest(wish: &str) -> Option<Locale> {
    let wish = wish.to_ascii_lowercase();
    let latin = wish.contains("latn") || wish.ends_with("-me");
    match wish.split('-').next()? {
        "en" => Some(Locale::En),
        "sr" if latin => Some(Locale::SrLatn),
        "sr" => Some(Locale::SrCyrl),
        "bs" | "hr" | "cnr" | "sh" => Some(Locale::SrLatn),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_gets_what_it_asks_for_as_far_as_we_have_it() {
        for (header, expected) in [
            ("", Locale::En),
            ("sr", Locale::SrCyrl),
            ("sr-RS,sr;q=0.9,en;q=0.8", Locale::SrCyrl),
            ("sr-Latn-RS", Locale::SrLatn),
            ("bs-BA, en;q=0.5", Locale::SrLatn),
            ("fr, en;q=0.3, sr-Latn;q=0.7", Locale::SrLatn),
            ("de-AT,de;q=0.9", Locale::En),
            ("en; q=0.2, sr-Latn; q=0.8", Locale::SrLatn),
            ("en;q=0, sr;q=0.1", Locale::SrCyrl),
            ("sr;q=x", Locale::En),
        ] {
            assert_eq!(negotiate(header), expected, "{header}");
        }
    }
}

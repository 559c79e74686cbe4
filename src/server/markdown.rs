//! Descriptions: Markdown in, safe HTML out. Raw HTML is dropped, links leave without a trace of where they came from.

use ammonia::Builder;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};
use std::{collections::HashSet, sync::LazyLock};

const TAGS: [&str; 17] = [
    "p",
    "br",
    "em",
    "strong",
    "del",
    "code",
    "pre",
    "blockquote",
    "ul",
    "ol",
    "li",
    "h3",
    "h4",
    "a",
    "hr",
    "table",
    "sup",
];

static SANITIZER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::new();
    builder
        .tags(TAGS.into_iter().chain(["thead", "tbody", "tr", "th", "td"]).collect())
        .url_schemes(HashSet::from(["https", "http", "mailto"]))
        .link_rel(Some("noopener noreferrer nofollow"));
    builder
});

/// The HTML of a Markdown text, safe to put into a page.
pub fn to_html(markdown: &str) -> String {
    let events = Parser::new_ext(markdown, Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES);
    let events = events.filter(|event| !matches!(event, Event::Html(_) | Event::InlineHtml(_)));
    let events = shallow(events);
    let mut output = String::with_capacity(markdown.len() * 3 / 2);
    html::push_html(&mut output, events);
    // The page has its own first and second headings.
    let output =
        output.replace("<h1>", "<h3>").replace("</h1>", "</h3>").replace("<h2>", "<h3>").replace("</h2>", "</h3>");
    SANITIZER.clean(&output).to_string()
}

/// Quotations and lists within each other, as deep as anybody can follow. Beyond that they are plain text: cleaning
/// takes the longer the deeper it goes, and a text of nothing but `>` would keep the server busy for a second each time.
const DEEPEST: usize = 16;

fn shallow<'a>(events: impl Iterator<Item = Event<'a>>) -> impl Iterator<Item = Event<'a>> {
    let mut depth = 0;
    events.filter(move |event| match event {
        Event::Start(Tag::BlockQuote(_) | Tag::List(_) | Tag::Item) => {
            depth += 1;
            depth <= DEEPEST
        }
        Event::End(TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item) => {
            depth -= 1;
            depth < DEEPEST
        }
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_deeper_than_anybody_can_follow() {
        let html = to_html(&(">".repeat(20_000) + "x"));
        assert_eq!((html.matches("<blockquote>").count(), html.matches("</blockquote>").count()), (16, 16));
        assert!(html.contains('x'));
        let html = to_html("- a\n  - b\n\n> c");
        assert_eq!((html.matches("<li>").count(), html.matches("<blockquote>").count()), (2, 1));
    }

    #[test]
    fn what_people_write_stays_and_what_could_run_goes() {
        assert_eq!(to_html("**a** and *b*"), "<p><strong>a</strong> and <em>b</em></p>\n");
        assert_eq!(to_html("# Aim"), "<h3>Aim</h3>\n");
        for bad in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[x](javascript:alert(1))",
            "![x](https://elsewhere.example/pixel.png)",
            "<p style='position:fixed'>x</p>",
        ] {
            let html = to_html(bad);
            for word in ["script", "onerror", "<img", "style"] {
                assert!(!html.contains(word), "{bad} became {html}");
            }
        }
    }
}

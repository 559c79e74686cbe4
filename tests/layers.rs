//! If this fails, a rule that protects people may stand where the browser reaches past it, or SQL and the clock have
//! crept into pages and arithmetic, where no test and no second database finds them: the code is no longer the house
//! that ARCHITECTURE.md draws.
//!
//! It reads the sources as text, without compiling them, so a path that only a macro writes passes unseen.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::{fmt, fs, ops::Range, path::Path};

/// A layer, what it may use of the crate anywhere, and what only inside a function's body.
const LAYERS: [(&str, &[&str], &[&str]); 8] = [
    ("domain", &[], &[]),
    ("store", &["domain"], &[]),
    ("export", &["domain"], &[]),
    ("server", &["domain", "store"], &[]),
    ("api", &["domain"], &["store", "server"]),
    ("ui", &["domain", "api", "i18n"], &[]),
    ("app", &["ui", "domain", "i18n"], &[]),
    ("i18n", &[], &[]),
];

/// The files that put the layers together.
const FREE: [&str; 4] = ["lib", "main", "cli", "serve"];

/// Words of other crates that some layers must not know, why, and whether they stand wrong at a place.
struct Outsiders {
    words: &'static [&'static str],
    rule: &'static str,
    is_wrong: fn(&Source, usize) -> bool,
}

const OUTSIDERS: [Outsiders; 3] = [
    Outsiders {
        words: &[
            "gloo",
            "gloo_events",
            "gloo_net",
            "gloo_storage",
            "gloo_timers",
            "gloo_utils",
            "js_sys",
            "wasm_bindgen",
            "wasm_bindgen_futures",
            "web_sys",
        ],
        rule: "ui/browser.rs is the only door to the browser",
        is_wrong: outside_browser,
    },
    Outsiders {
        words: &["sqlx"],
        rule: "only store speaks to the database",
        is_wrong: |source, _| source.layer() != "store",
    },
    Outsiders {
        words: &["axum", "axum_extra", "leptos_axum", "tower", "tower_http"],
        rule: "the web server is known to server, serve, cli and main, and inside the bodies of api",
        is_wrong: outside_web_server,
    },
];

/// The parts of `std` that do something, where domain only thinks.
const DEEDS: [&str; 7] = ["env", "fs", "io", "net", "process", "thread", "time"];

/// Words of a clock, of chance, of a runtime or of the screen. A parameter may be called `now`; `Zoned::now` may not.
const IMPURE: [&str; 6] = ["SystemTime", "now_v7", "new_v4", "tokio", "leptos", CLOCK];
const CLOCK: &str = "now";

#[test]
fn every_layer_uses_only_what_it_may() {
    let faults: Vec<Fault> = read_all("src", "rs").iter().flat_map(|(path, text)| rust_faults(path, text)).collect();
    assert!(faults.is_empty(), "{}", listed(&faults));
}

#[test]
fn colours_and_sizes_come_from_the_tokens() {
    let faults: Vec<Fault> = read_all("style", "css").iter().flat_map(|(path, text)| css_faults(path, text)).collect();
    assert!(faults.is_empty(), "{}", listed(&faults));
}

// What is wrong, and where.

struct Fault {
    path: String,
    line: usize,
    rule: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.rule)
    }
}

impl Fault {
    fn new(path: &str, text: &str, at: usize, rule: impl Into<String>) -> Self {
        Fault { path: path.to_owned(), line: 1 + text[..at].matches('\n').count(), rule: rule.into() }
    }
}

fn listed(faults: &[Fault]) -> String {
    faults.iter().map(|fault| format!("\n{fault}")).collect()
}

/// Every file below `folder` with that extension: its path within the repository, and its text.
fn read_all(folder: &str, extension: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    collect(Path::new(env!("CARGO_MANIFEST_DIR")), folder, extension, &mut files);
    // A test that reads nothing would pass for ever.
    assert!(!files.is_empty(), "no .{extension} file below {folder}/");
    files
}

fn collect(root: &Path, folder: &str, extension: &str, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(root.join(folder)).unwrap_or_else(|error| panic!("{folder}: {error}")) {
        let entry = entry.expect("a folder of the repository can be read").path();
        let path = format!("{folder}/{}", entry.file_name().unwrap_or_default().to_string_lossy());
        if entry.is_dir() {
            collect(root, &path, extension, files);
        } else if entry.extension().is_some_and(|found| found == extension) {
            let text = fs::read_to_string(&entry).unwrap_or_else(|error| panic!("{path}: {error}"));
            files.push((path, text));
        }
    }
}

// The rules on Rust.

fn rust_faults(path: &str, text: &str) -> Vec<Fault> {
    let source = Source::new(path, text);
    let rules = [crate_uses, outsiders, impurities, gates, inline_styles];
    rules.iter().flat_map(|rule| rule(&source)).map(|(at, rule)| Fault::new(path, text, at, rule)).collect()
}

/// Where a rule is broken, and the rule.
type Broken = Vec<(usize, String)>;

fn crate_uses(source: &Source) -> Broken {
    let layer = source.layer();
    if FREE.contains(&layer) {
        return Vec::new();
    }
    let Some((_, always, in_bodies)) = LAYERS.iter().find(|(name, ..)| *name == layer) else {
        return vec![(0, format!("{layer} is no layer of ARCHITECTURE.md"))];
    };
    let may = |at, used| used == layer || always.contains(&used) || in_bodies.contains(&used) && source.in_body(at);
    let why = |used| if in_bodies.contains(&used) { " outside a function's body" } else { "" };
    let broken = source.crate_heads().into_iter().filter(|(at, used)| !may(*at, used));
    broken.map(|(at, used)| (at, format!("{layer} must not use crate::{used}{}", why(used)))).collect()
}

fn outsiders(source: &Source) -> Broken {
    let mut broken = Broken::new();
    for Outsiders { words: names, rule, is_wrong } in OUTSIDERS {
        for name in names {
            let wrong = words(&source.code, name).into_iter().filter(|at| is_wrong(source, *at));
            broken.extend(wrong.map(|at| (at, format!("{name}: {rule}"))));
        }
    }
    broken
}

fn outside_browser(source: &Source, _: usize) -> bool {
    !matches!(source.path, "src/lib.rs" | "src/ui/browser.rs") && !source.path.starts_with("src/ui/browser/")
}

fn outside_web_server(source: &Source, at: usize) -> bool {
    match source.layer() {
        "api" => !source.in_body(at),
        layer => layer != "server" && !FREE.contains(&layer),
    }
}

fn impurities(source: &Source) -> Broken {
    if source.layer() != "domain" {
        return Vec::new();
    }
    let code = &source.code;
    let deeds = heads_after(code, "std").into_iter().filter(|(_, part)| DEEDS.contains(part));
    let mut broken: Broken = deeds.map(|(at, part)| (at, format!("domain is pure: no std::{part}"))).collect();
    for word in IMPURE {
        let found = words(code, word).into_iter().filter(|at| word != CLOCK || code[..*at].ends_with("::"));
        broken.extend(found.map(|at| (at, format!("domain is pure: no {word}"))));
    }
    let gates = ["cfg", "cfg_attr"].iter().flat_map(|gate| words(code, gate));
    let gates = gates.filter(|at| !code[*at..].starts_with("cfg(test)"));
    broken.extend(gates.map(|at| (at, "domain is one for browser and server: no cfg but cfg(test)".to_owned())));
    broken
}

fn gates(source: &Source) -> Broken {
    let may = |at| match source.layer() {
        "api" => source.in_body(at),
        _ => matches!(source.path, "src/lib.rs" | "src/main.rs"),
    };
    let is_ssr = |at: &usize| {
        let gate = source.text[*at..].chars().filter(|letter| !letter.is_whitespace());
        gate.take(13).eq("feature=\"ssr\"".chars())
    };
    let broken = words(&source.code, "feature").into_iter().filter(is_ssr).filter(|at| !may(*at));
    let rule = "the gate \"ssr\" stands in lib.rs, main.rs and the bodies of api";
    broken.map(|at| (at, rule.to_owned())).collect()
}

/// The content security policy drops such an attribute, so what it places or sizes would be wrong on every screen.
fn inline_styles(source: &Source) -> Broken {
    let code = &source.code;
    let is_inline = |at: &usize| {
        let (before, after) = (&code[..*at], &code[*at + "style".len()..]);
        let is_attribute = before.ends_with(|letter: char| letter.is_whitespace() || letter == ':');
        let value = after.strip_prefix(['=', ':']).and_then(|value| value.chars().next());
        is_attribute && !before.ends_with("::") && value.is_some_and(|first| !" :=>\n".contains(first))
    };
    let screens = matches!(source.layer(), "ui" | "app");
    let broken = words(code, "style").into_iter().filter(|at| screens && is_inline(at));
    broken.map(|at| (at, "no style attribute: a class, or ui/browser.rs".to_owned())).collect()
}

// Reading Rust.

/// A file of `src/`, with what the rules ask of it.
struct Source<'a> {
    path: &'a str,
    text: &'a str,
    /// The text with comments and literals blanked.
    code: String,
    bodies: Vec<Range<usize>>,
    modules: Vec<Range<usize>>,
}

impl<'a> Source<'a> {
    fn new(path: &'a str, text: &'a str) -> Self {
        let code = blank(text, hidden_in_rust);
        Source { path, text, bodies: blocks(&code, "fn"), modules: blocks(&code, "mod"), code }
    }

    /// The module path of the file itself, from the crate's root.
    fn file_module(&self) -> Vec<&'a str> {
        let path = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        path.trim_end_matches("/mod").split('/').collect()
    }

    fn layer(&self) -> &'a str {
        self.file_module()[0]
    }

    fn in_body(&self, at: usize) -> bool {
        self.bodies.iter().any(|body| body.contains(&at))
    }

    /// The modules that the code uses right below the crate's root, by `crate::` or by enough `super::`.
    fn crate_heads(&self) -> Vec<(usize, &str)> {
        let mut heads = heads_after(&self.code, "crate");
        for at in words(&self.code, "super") {
            let inline = self.modules.iter().filter(|module| module.contains(&at)).count();
            let depth = self.file_module().len() + inline;
            let chain = "super::".repeat(depth);
            let is_start = !self.code[..at].ends_with("::");
            if is_start && self.code[at..].starts_with(&chain) {
                heads.extend(heads_at(&self.code, at + chain.len()));
            }
        }
        heads
    }
}

/// What to blank of a comment or literal, counted from where it begins, and its length.
type Hidden = (Range<usize>, usize);

/// `text` with all that `hidden` finds blanked, byte for byte, so that places and lines stay the same.
fn blank(text: &str, hidden: fn(&str) -> Option<Hidden>) -> String {
    let mut shown = text.as_bytes().to_vec();
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        let (inside, length) = hidden(&text[at..]).unwrap_or((0..0, letter.len_utf8()));
        let inside = &mut shown[at + inside.start..at + inside.end];
        inside.iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
        at += length;
    }
    String::from_utf8(shown).expect("whole letters are blanked")
}

/// The comment or literal that begins here, if one does. A literal keeps its quotation marks.
fn hidden_in_rust(rest: &str) -> Option<Hidden> {
    let until = |end: &str, from: usize| rest[from..].find(end).map_or(rest.len(), |at| from + at);
    if rest.starts_with("//") {
        return Some((0..until("\n", 0), until("\n", 0)));
    }
    if rest.starts_with("/*") {
        let end = (until("*/", 2) + 2).min(rest.len());
        return Some((0..end, end));
    }
    let raw = rest.strip_prefix('r').map(|raw| raw.trim_start_matches('#')).filter(|raw| raw.starts_with('"'));
    if let Some(raw) = raw {
        let start = rest.len() - raw.len() + 1;
        let end = until(&format!("\"{}", "#".repeat(start - 2)), start);
        return Some((start..end, (end + start - 1).min(rest.len())));
    }
    let end = if rest.starts_with('"') { quotation_end(rest, '"')? } else { char_end(rest)? };
    Some((1..end, end + 1))
}

/// Where the quotation that begins `rest` ends, a backslash hiding the letter after it.
fn quotation_end(rest: &str, mark: char) -> Option<usize> {
    let mut escaped = false;
    let mut letters = rest.char_indices().skip(1);
    let end = letters.find(|(_, letter)| {
        let ends = *letter == mark && !escaped;
        escaped = *letter == '\\' && !escaped;
        ends
    });
    end.map(|(at, _)| at)
}

/// Where a `'x'` ends; a lifetime has no second mark right after its letter.
fn char_end(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('\'')?;
    let letter = inside.chars().next()?;
    let is_char = letter == '\\' || inside[letter.len_utf8()..].starts_with('\'');
    is_char.then(|| quotation_end(rest, '\''))?
}

/// Where `word` stands alone in `code`.
fn words(code: &str, word: &str) -> Vec<usize> {
    let is_name = |letter: char| letter.is_alphanumeric() || letter == '_';
    let found = code.match_indices(word).map(|(at, _)| at);
    found.filter(|at| !code[..*at].ends_with(is_name) && !code[at + word.len()..].starts_with(is_name)).collect()
}

/// The bodies of the named functions (`fn`) or inline modules (`mod`) in `code`.
fn blocks(code: &str, keyword: &str) -> Vec<Range<usize>> {
    let heads = words(code, keyword).into_iter().map(|at| at + keyword.len());
    // `fn(u8) -> u8` is a type.
    let named = heads.filter(|at| !code[*at..].trim_start().starts_with('('));
    named.filter_map(|at| block_after(code, at)).collect()
}

/// The first block after `at`; none if a `;` comes first, which in `[u8; 4]` is no end.
fn block_after(code: &str, at: usize) -> Option<Range<usize>> {
    let mut depth = 0;
    for (length, letter) in code[at..].char_indices() {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            '{' if depth == 0 => return Some(at + length..closing(code, at + length)),
            ';' if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

/// Where the brace that opens at `open` is closed.
fn closing(code: &str, open: usize) -> usize {
    let mut depth = 0;
    let end = code[open..].char_indices().find(|(_, letter)| {
        depth += i32::from(*letter == '{') - i32::from(*letter == '}');
        depth == 0
    });
    end.map_or(code.len(), |(length, _)| open + length)
}

/// What follows `root::` in `code`: of `root::a::b` that is a, of `root::{a, b::c}` it is a and b.
fn heads_after<'a>(code: &'a str, root: &str) -> Vec<(usize, &'a str)> {
    let after = words(code, root).into_iter().map(|at| at + root.len());
    after.filter(|at| code[*at..].starts_with("::")).flat_map(|at| heads_at(code, at + 2)).collect()
}

fn heads_at(code: &str, at: usize) -> Vec<(usize, &str)> {
    if !code[at..].starts_with('{') {
        return vec![(at, head(&code[at..]))];
    }
    let mut heads = Vec::new();
    let mut depth = 0;
    let mut wants_head = true;
    for (length, letter) in code[at..closing(code, at)].char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => wants_head = true,
            _ if wants_head && !letter.is_whitespace() => {
                heads.push((at + length, head(&code[at + length..])));
                wants_head = false;
            }
            _ => {}
        }
    }
    heads
}

/// The name, or the `*`, that `path` begins with.
fn head(path: &str) -> &str {
    let end = path.find(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != '*');
    &path[..end.unwrap_or(path.len())]
}

// The rules on style sheets.

const COLOUR_FUNCTIONS: [&str; 10] = ["rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color"];

/// The sixteen of HTML, and two that hands type; `transparent`, `currentcolor` and the system's colours stay free.
const COLOUR_NAMES: [&str; 18] = [
    "aqua", "black", "blue", "fuchsia", "gray", "green", "grey", "lime", "maroon", "navy", "olive", "orange", "purple",
    "red", "silver", "teal", "white", "yellow",
];

fn css_faults(path: &str, text: &str) -> Vec<Fault> {
    if path.ends_with("/tokens.css") || path.ends_with("/fonts.css") {
        return Vec::new();
    }
    let css = blank(text, hidden_in_css);
    let found = values(&css).into_iter().flat_map(|value| literals(&css, value));
    found.map(|(at, literal)| Fault::new(path, text, at, format!("{literal} belongs in style/tokens.css"))).collect()
}

fn hidden_in_css(rest: &str) -> Option<Hidden> {
    let until = |end: &str| rest.find(end).map(|at| at + end.len());
    let end = if rest.starts_with("/*") {
        until("*/")
    } else if rest.starts_with("url(") {
        until(")")
    } else {
        let mark = rest.chars().next().filter(|letter| matches!(letter, '"' | '\''));
        mark.and_then(|mark| quotation_end(rest, mark)).map(|end| end + 1)
    }?;
    Some((0..end, end))
}

/// The values of the declarations. What stands before a `{` is a selector, or the condition of an `@media` or
/// `@container`, where a custom property cannot be used.
fn values(css: &str) -> Vec<Range<usize>> {
    let mut values = Vec::new();
    let mut start = 0;
    for piece in css.split_inclusive(['{', '}', ';']) {
        let end = start + piece.len();
        if let Some(colon) = piece.find(':').filter(|_| !piece.ends_with('{')) {
            values.push(start + colon + 1..end);
        }
        start = end;
    }
    values
}

/// The colours and sizes written out in a value, with their places.
fn literals(css: &str, value: Range<usize>) -> Vec<(usize, &str)> {
    let is_border = |letter: char| letter.is_whitespace() || "(),;/*+!}".contains(letter);
    let mut found = Vec::new();
    let mut at = value.start;
    for word in css[value].split(is_border) {
        let is_call = css[at + word.len()..].starts_with('(');
        if is_colour(word, is_call) || is_size(word) {
            found.push((at, word));
        }
        at += word.len() + 1;
    }
    found
}

fn is_colour(word: &str, is_call: bool) -> bool {
    let word = word.to_ascii_lowercase();
    let hex = word.strip_prefix('#').is_some_and(|hex| hex.chars().all(|digit| digit.is_ascii_hexdigit()));
    hex || is_call && COLOUR_FUNCTIONS.contains(&word.as_str()) || COLOUR_NAMES.contains(&word.as_str())
}

/// A length in px or rem; nothing and a hairline are the same at every scale.
fn is_size(word: &str) -> bool {
    let number = word.strip_suffix("px").or_else(|| word.strip_suffix("rem")).map(str::parse::<f64>);
    let is_hairline = |length: f64| length == 0.0 || length.abs() == 1.0 && word.ends_with("px");
    number.is_some_and(|number| number.is_ok_and(|length| !is_hairline(length)))
}

/// A rule that cannot fail protects nobody: each is seen here to find its fault, and to let pass what is right.
mod the_rules_themselves {
    use super::*;

    /// The lines and rules found in `text`.
    fn found(path: &str, text: &str) -> Vec<(usize, String)> {
        let faults = if path.ends_with(".css") { css_faults(path, text) } else { rust_faults(path, text) };
        faults.into_iter().map(|fault| (fault.line, fault.rule)).collect()
    }

    #[track_caller]
    fn fails(path: &str, text: &str, line: usize, rule: &str) {
        let found = found(path, text);
        assert!(found.iter().any(|(at, said)| *at == line && said.contains(rule)), "{path}: {text}\n{found:?}");
    }

    #[track_caller]
    fn passes(path: &str, text: &str) {
        assert_eq!(found(path, text), [], "{path}: {text}");
    }

    #[test]
    fn a_layer_keeps_below() {
        fails("src/domain/items.rs", "\nuse crate::api::plan;", 2, "domain must not use crate::api");
        fails("src/store/items.rs", "use crate::server;", 1, "store must not use crate::server");
        fails("src/export/docx.rs", "fn f() { crate::store::all() }", 1, "export must not use crate::store");
        fails("src/server/hub.rs", "use crate::api;", 1, "server must not use crate::api");
        fails("src/ui/card.rs", "use crate::store::Db;", 1, "ui must not use crate::store");
        fails("src/app.rs", "use crate::api;", 1, "app must not use crate::api");
        fails("src/helpers.rs", "", 1, "helpers is no layer");
        passes("src/ui/card.rs", "use crate::{api::plan, domain::{items, plan}, i18n::*, ui::kit};");
        passes("src/serve/live.rs", "use crate::{api, store};");
        passes("src/main.rs", "use act_board::store;");
    }

    #[test]
    fn a_group_and_a_super_hide_nothing() {
        fails("src/ui/card.rs", "use crate::{\n    domain::{items},\n    store,\n};", 3, "crate::store");
        fails("src/domain/board/mod.rs", "use super::super::ui::kit;", 1, "crate::ui");
        fails("src/domain.rs", "mod tests { use super::super::{ui}; }", 1, "crate::ui");
        fails("src/ui/card.rs", "use crate::*;", 1, "crate::*");
        passes("src/domain/board.rs", "use super::items; mod tests { use super::*; use super::super::items; }");
        passes("src/domain/board.rs", "pub(crate) fn f() {} pub(super) fn g() {}");
    }

    #[test]
    fn words_and_comments_are_no_code() {
        passes("src/domain/a.rs", "//! Not crate::store.\n/* sqlx */ const A: &str = \"crate::ui \\\" sqlx\";");
        passes("src/domain/a.rs", "const A: &str = r#\"crate::ui \" sqlx\"#; const B: char = '\"'; // sqlx");
        fails("src/domain/a.rs", "fn f<'a>(x: &'a str) -> char { '\\'' }\nuse crate::ui;", 2, "crate::ui");
    }

    #[test]
    fn api_reaches_the_store_in_bodies_only() {
        fails("src/api/plan.rs", "use crate::store::plan;\nfn f() {}", 1, "outside a function's body");
        fails("src/api/plan.rs", "fn f(db: crate::store::Db) {}", 1, "outside a function's body");
        fails("src/api/plan.rs", "fn f() { axum::g() }\nfn h() -> axum::Body {}", 2, "axum");
        passes(
            "src/api/plan.rs",
            "async fn f(day: [u8; 4]) -> u8 {\n    use crate::{server, store};\n    axum::g()\n}",
        );
    }

    #[test]
    fn outsiders_stay_where_they_belong() {
        fails("src/ui/card.rs", "use leptos::web_sys::Event;", 1, "web_sys");
        fails("src/ui/card.rs", "gloo_timers::f();", 1, "gloo_timers");
        fails("src/server/audit.rs", "let row: sqlx::Row;", 1, "sqlx");
        fails("src/ui/form.rs", "leptos_axum::redirect(path)", 1, "leptos_axum");
        passes("src/ui/browser/drag.rs", "use web_sys::Event; use gloo::events;");
        passes("src/store/items.rs", "use sqlx::Row;");
        passes("src/server/session.rs", "use axum::http; use tower_http::trace;");
    }

    #[test]
    fn domain_only_thinks() {
        fails("src/domain/day.rs", "use std::{collections::HashMap,\n    time::Duration};", 2, "std::time");
        fails("src/domain/day.rs", "let today = Zoned::now();", 1, "no now");
        fails("src/domain/day.rs", "std::fs::read(path)", 1, "std::fs");
        fails("src/domain/day.rs", "#[cfg(feature = \"hydrate\")]", 1, "no cfg");
        fails("src/domain/day.rs", "if cfg!(debug_assertions) {}", 1, "no cfg");
        fails("src/domain/day.rs", "use leptos::prelude::*;", 1, "no leptos");
        passes("src/domain/day.rs", "fn is_late(now: i64) -> bool { now > 3 }");
        passes("src/domain/day.rs", "#[cfg(test)]\nmod tests {}\nuse reactive_stores::Store; use std::fmt;");
    }

    #[test]
    fn the_ssr_gate_stands_on_modules() {
        fails("src/ui/form.rs", "fn f() {\n    #[cfg(feature = \"ssr\")]\n    g();\n}", 2, "ssr");
        fails("src/api/plan.rs", "#[cfg(not(feature=\"ssr\"))]\nfn f() {}", 1, "ssr");
        passes("src/api/plan.rs", "fn f() {\n    #[cfg(feature = \"ssr\")]\n    g();\n}");
        passes("src/lib.rs", "#[cfg(feature = \"ssr\")]\nmod store;");
        passes("src/ui/browser.rs", "#[cfg(feature = \"hydrate\")]\nmod drag;");
    }

    #[test]
    fn no_style_in_a_view() {
        fails("src/ui/card.rs", "view! { <p\n    style=\"width: 3px\"></p> }", 2, "style attribute");
        fails("src/ui/card.rs", "view! { <p style:width=width></p> }", 1, "style attribute");
        fails("src/app.rs", "view! { <Card attr:style=move || x /> }", 1, "style attribute");
        passes("src/ui/card.rs", "let style = 1; style::g(); Card { style: 1 }; view! { <p data-style=\"a\"></p> }");
    }

    #[test]
    fn no_colour_or_size_in_a_page_s_style() {
        for literal in ["#fff", "#A1B2C3D4", "rgb(0 0 0)", "oklch(0.5 0 0)", "white", "12px", "1.5rem", "-2px", ".5rem"]
        {
            let name = literal.split('(').next().unwrap_or_default();
            fails("style/board.css", &format!(".card {{\n  margin: {literal};\n}}"), 2, name);
            passes("style/tokens.css", &format!(":root {{ --a: {literal} }}"));
        }
        fails("style/board.css", "a { width: calc(100% - 3px) }", 1, "3px");
        fails("style/board.css", "a { color: var(--ink, #000) }", 1, "#000");
    }

    #[test]
    fn a_style_that_uses_tokens_passes() {
        passes("style/board.css", "@media (width >= 40rem) { #add:hover { margin: 0 -1px 0px var(--space-12px); } }");
        passes("style/board.css", "@container board (inline-size < 300px) { a { inline-size: 100% } }");
        passes("style/board.css", "/* 3px, #fff */ a::before { content: \"{ 3px; }\"; mask: url(a.svg#add) }");
        passes(
            "style/board.css",
            "a { grid: 1fr / 2; white-space: pre; max-width: 60ch; height: 100dvh; padding: 1em }",
        );
        passes("style/board.css", "a { color: color-mix(in oklch, var(--ink) 20%, transparent); border: 1px solid }");
    }
}

//! If this fails, somebody meets English in the middle of a Serbian page, a sentence without its name or number, or
//! `<b>` where bold should be: the languages no longer say the same, or a page says something of its own.
//!
//! `UPDATE_LOCALES=1 cargo test --test locales` writes sr-Latn from sr-Cyrl anew.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use act_board::domain::script::to_latin;
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    ops::Range,
    path::{Path, PathBuf},
};

/// A language, its plural forms (CLDR's cardinals, sorted), and whether its `one` is said of 1 alone; in Serbian and
/// Macedonian it is said of 21 too, so it must show the number.
const LANGUAGES: [(&str, &[&str], bool); 8] = [
    ("en", &["one", "other"], true),
    ("sr-Cyrl", &["few", "one", "other"], false),
    ("sr-Latn", &["few", "one", "other"], false),
    ("bs", &["few", "one", "other"], false),
    ("cnr", &["few", "one", "other"], false),
    ("sq", &["one", "other"], true),
    ("mk", &["one", "other"], false),
    ("nl", &["one", "other"], true),
];

/// A build without these is not finished; the others come when a native speaker has them.
const NEEDED: [&str; 3] = ["en", "sr-Cyrl", "sr-Latn"];

/// The forms that leptos_i18n reads from the end of a key.
const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

#[test]
fn every_language_says_the_same() {
    let english = messages(&locale("en"));
    let faults = languages().into_iter().flat_map(|name| language_faults(&name, &messages(&locale(&name)), &english));
    none(faults);
}

#[test]
fn serbian_in_latin_is_the_cyrillic_transliterated() {
    let cyrillic = read("locales/sr-Cyrl.json");
    assert!(!cyrillic.contains("\\u"), "sr-Cyrl.json: write letters, not \\u escapes, which no transliteration reads");
    // Letter by letter over the whole file: keys and syntax are Latin, so order and layout stay.
    let latin = to_latin(&cyrillic);
    if env::var_os("UPDATE_LOCALES").is_some() {
        fs::write(at_root("locales/sr-Latn.json"), &latin).expect("locales/ can be written");
    }
    let written = read("locales/sr-Latn.json");
    let differing = written.lines().zip(latin.lines()).find(|(written, latin)| written != latin);
    assert!(written == latin, "{differing:?}\nrun UPDATE_LOCALES=1 cargo test --test locales");
}

#[test]
fn every_visible_word_comes_from_the_locales() {
    let pages = rust_files("src/ui").into_iter().chain([("src/app.rs".to_owned(), read("src/app.rs"))]);
    none(pages.flat_map(|(path, rust)| {
        let found = visible_words(&rust).into_iter();
        found.map(move |(line, words)| format!("{path}:{line}: {words:?} belongs in locales/")).collect::<Vec<_>>()
    }));
}

#[test]
fn every_message_is_used() {
    let english = locale("en");
    let mut users: Vec<String> = rust_files("src").into_iter().map(|(_, rust)| without_comments(&rust)).collect();
    users.extend(english.values().flat_map(|text| between(text, "$t(", ")")).map(str::to_owned));
    let keys = messages(&english).into_keys();
    none(
        keys.filter(|key| !users.iter().any(|user| uses(user, key)))
            .map(|key| format!("en.json: {key} is used nowhere")),
    );
}

#[track_caller]
fn none(faults: impl IntoIterator<Item = String>) {
    let faults: Vec<String> = faults.into_iter().collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

// Files.

fn at_root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn read(path: &str) -> String {
    fs::read_to_string(at_root(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What `folder` holds, as paths within the repository.
fn entries(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(at_root(folder)).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let names = entries.map(|entry| entry.expect("a folder of the repository can be read").file_name());
    names.map(|name| format!("{folder}/{}", name.to_string_lossy())).collect()
}

/// Every Rust file below `folder`, with its text.
fn rust_files(folder: &str) -> Vec<(String, String)> {
    let (folders, files): (Vec<_>, Vec<_>) = entries(folder).into_iter().partition(|path| at_root(path).is_dir());
    let files = files.into_iter().filter(|path| path.ends_with(".rs"));
    let files = files.map(|path| (path.clone(), read(&path)));
    files.chain(folders.iter().flat_map(|folder| rust_files(folder))).collect()
}

/// The languages there are files for.
fn languages() -> BTreeSet<String> {
    let files = entries("locales");
    let found = files.iter().filter_map(|path| path.strip_prefix("locales/")?.strip_suffix(".json"));
    found.chain(NEEDED).map(str::to_owned).collect()
}

/// A language's texts by their dotted keys.
fn locale(name: &str) -> BTreeMap<String, String> {
    let path = format!("locales/{name}.json");
    let value = serde_json::from_str(&read(&path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut texts = BTreeMap::new();
    flatten(&value, "", &mut texts);
    texts
}

fn flatten(value: &Value, path: &str, texts: &mut BTreeMap<String, String>) {
    match value {
        Value::String(text) => _ = texts.insert(path.trim_start_matches('.').to_owned(), text.clone()),
        Value::Object(keys) => keys.iter().for_each(|(key, value)| flatten(value, &format!("{path}.{key}"), texts)),
        _ => panic!("{path} is neither a text nor a group of texts"),
    }
}

// What the languages say.

/// By key, the text of each plural form; a plain text is the form "".
type Messages = BTreeMap<String, BTreeMap<String, String>>;

fn messages(texts: &BTreeMap<String, String>) -> Messages {
    let mut messages = Messages::new();
    for (key, text) in texts {
        let plural = key
            .rsplit_once('_')
            .filter(|(base, form)| FORMS.contains(form) && texts.contains_key(&format!("{base}_other")));
        let (base, form) = plural.unwrap_or((key, ""));
        messages.entry(base.to_owned()).or_default().insert(form.to_owned(), text.clone());
    }
    messages
}

fn language_faults(name: &str, messages: &Messages, english: &Messages) -> Vec<String> {
    let Some((_, forms, one_is_1)) = LANGUAGES.iter().find(|(known, ..)| *known == name) else {
        return vec![format!("{name}: not in LANGUAGES of tests/locales.rs")];
    };
    let unknown = messages.keys().filter(|key| !english.contains_key(*key)).map(|key| format!("{key}: not in English"));
    let mut faults: Vec<String> = unknown.collect();
    for (key, english) in english {
        let Some(message) = messages.get(key) else {
            faults.push(format!("{key}: missing"));
            continue;
        };
        let forms = if english.contains_key("other") { *forms } else { &[""][..] };
        faults.extend(message_faults(message, english, forms, *one_is_1).map(|fault| format!("{key}: {fault}")));
    }
    faults.into_iter().map(|fault| format!("{name}.json: {fault}")).collect()
}

fn message_faults(
    message: &BTreeMap<String, String>,
    english: &BTreeMap<String, String>,
    forms: &[&str],
    one_is_1: bool,
) -> impl Iterator<Item = String> {
    let found: Vec<&str> = message.keys().map(String::as_str).collect();
    let wrong = (found != forms).then(|| format!("has the forms {found:?}, not {forms:?}"));
    let pattern = english.get("other").or(english.get("")).map(|text| marks(text)).unwrap_or_default();
    let texts = message.iter().flat_map(move |(form, text)| {
        let may_say_one = one_is_1 && form == "one";
        let differs = !is_marked_like(text, &pattern, may_say_one);
        let differs = differs.then(|| format!("{text:?} has {:?}, not {pattern:?}", marks(text)));
        text_fault(text).into_iter().chain(differs)
    });
    wrong.into_iter().chain(texts.collect::<Vec<_>>())
}

fn text_fault(text: &str) -> Option<String> {
    let balanced = |open, close| text.matches(open).count() == text.matches(close).count();
    let open_tag = between(text, "<", ">").into_iter().find(|tag| {
        let is_pair = !tag.starts_with('/') && !tag.ends_with('/');
        is_pair && !text.contains(&format!("</{}>", first_word(tag)))
    });
    match text {
        "" => Some("is empty".to_owned()),
        _ if text != text.trim() => Some(format!("{text:?} begins or ends with a space")),
        _ if !balanced("{{", "}}") => Some(format!("{text:?} leaves a brace open")),
        _ => open_tag.map(|tag| format!("{text:?} leaves <{tag}> open")),
    }
}

/// "One item" needs no number where `one` is said of 1 alone.
fn is_marked_like(text: &str, pattern: &[String], may_say_one: bool) -> bool {
    let wanted = |mark: &&String| !may_say_one || *mark != "{{ count }}";
    marks(text).iter().filter(wanted).eq(pattern.iter().filter(wanted))
}

/// The placeholders, tags and other messages in a text, in an order of their own: languages order words differently.
/// A formatter after the comma is the language's own business.
fn marks(text: &str) -> Vec<String> {
    let name = |inside: &str| inside.split(',').next().unwrap_or_default().trim().to_owned();
    let placeholders = between(text, "{{", "}}").into_iter().map(|inside| format!("{{{{ {} }}}}", name(inside)));
    let tags = between(text, "<", ">").into_iter().map(|inside| format!("<{}>", first_word(inside)));
    let others = between(text, "$t(", ")").into_iter().map(|inside| format!("$t({})", name(inside)));
    let mut marks: Vec<String> = placeholders.chain(tags).chain(others).collect();
    marks.sort();
    marks
}

fn between<'a>(text: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    text.split(open).skip(1).filter_map(|rest| rest.split_once(close)).map(|(inside, _)| inside).collect()
}

fn first_word(tag: &str) -> &str {
    tag.split_whitespace().next().unwrap_or_default()
}

// Where the code uses a message.

/// A key in a comment is not used.
fn without_comments(rust: &str) -> String {
    rust.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// Whether the function of a dotted path is named somewhere in `code`: `i18n::board::empty`, or as an argument of a
/// macro that puts such names together, where section and key stand apart.
fn uses(code: &str, key: &str) -> bool {
    let (section, key) = key.split_once('.').unwrap_or(("", key));
    let whole = format!("i18n::{section}::{key}");
    let named = |word: &str| code.match_indices(word).any(|(at, _)| !code[at + word.len()..].starts_with(is_name));
    let apart = format!("i18n::{section}::$");
    named(&whole) || (code.contains(&apart) && !words(code, key).is_empty())
}

// What a page says: a reader of `view!` that knows tags, attributes, blocks and texts, and of a block's Rust only
// which literals are its value. It does not follow a variable, so `let label = "Open"` before the view passes unseen.

/// The attributes, of elements and components, whose value a person sees or hears.
const VISIBLE: [&str; 17] = [
    "alt",
    "aria-description",
    "aria-label",
    "aria-roledescription",
    "aria-valuetext",
    "caption",
    "fallback",
    "formatter",
    "heading",
    "hint",
    "label",
    "legend",
    "message",
    "placeholder",
    "summary",
    "text",
    "title",
];

/// The product's name too has its key, since scripts differ.
const PRODUCT: &str = "ACT Board";

/// The lines and texts in `rust` that a person would see and a translator would not.
fn visible_words(rust: &str) -> BTreeSet<(usize, String)> {
    let code = blank(rust);
    let views = views(&code);
    let slots = views.iter().flat_map(|view| slots(&own(&code, view, &views), view.start));
    let texts = slots.flat_map(|slot| texts(&code, slot));
    let named = rust.match_indices(PRODUCT).map(|(at, name)| at..at + name.len());
    // Blanked and yet between quotation marks, so no comment.
    let named = named.filter(|name| quoted(&code).iter().any(|text| text.start <= name.start && name.end <= text.end));
    let found = texts.filter(|text| has_words(&rust[text.clone()])).chain(named);
    found.map(|text| (1 + rust[..text.start].matches('\n').count(), rust[text].trim().to_owned())).collect()
}

/// Whether letters are left when escapes and `{names}` are gone.
fn has_words(text: &str) -> bool {
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => _ = letters.next(),
            '{' => _ = letters.find(|letter| *letter == '}'),
            _ if letter.is_alphabetic() => return true,
            _ => {}
        }
    }
    false
}

/// The insides of every `view!`, nested ones too.
fn views(code: &str) -> Vec<Range<usize>> {
    let marks = words(code, "view").into_iter().map(|at| at + "view".len());
    let opens = marks.filter_map(|at| {
        let arguments = code[at..].strip_prefix('!')?.trim_start();
        arguments.starts_with(['{', '(', '[']).then_some(code.len() - arguments.len())
    });
    opens.map(|open| open + 1..closing(code, open)).collect()
}

/// A view without the views within it, which are read for themselves.
fn own(code: &str, view: &Range<usize>, views: &[Range<usize>]) -> String {
    let mut own = code[view.clone()].to_owned();
    for inner in views.iter().filter(|inner| view.start < inner.start && inner.end < view.end) {
        let place = inner.start - view.start..inner.end - view.start;
        own.replace_range(place.clone(), &" ".repeat(place.len()));
    }
    own
}

/// A place in a view that is shown: a piece of Rust that has a value, or text without quotation marks.
enum Slot {
    Rust(Range<usize>),
    Bare(Range<usize>),
}

/// The children of a view and the values of its visible attributes. `start` is the view's own place.
fn slots(view: &str, start: usize) -> Vec<Slot> {
    let mut slots = Vec::new();
    let mut at = 0;
    while let Some(letter) = view[at..].chars().next() {
        let (from, end) = (start + at, start + at + node_length(&view[at..]));
        match letter {
            '<' => {
                slots.extend(shown_values(&view[at..]).map(|value| Slot::Rust(from + value.start..from + value.end)))
            }
            '{' => slots.push(Slot::Rust(from + 1..end - 1)),
            '"' => slots.push(Slot::Rust(from..end)),
            // Here, or after a bare text, a comment may have been blanked.
            _ if letter.is_whitespace() => {}
            _ => slots.push(Slot::Bare(from..from + view[at..end - start].trim_end().len())),
        }
        at = end - start;
    }
    slots
}

/// How long the tag, block, literal, space or bare text is that `view` begins with.
fn node_length(view: &str) -> usize {
    let through = |end: &str, from: usize| view[from..].find(end).map_or(view.len(), |at| from + at + end.len());
    let until = |ends: &[char]| view.find(ends).unwrap_or(view.len());
    match view.chars().next() {
        Some('<') if view.starts_with("<!--") => through("-->", 0),
        Some('<') => with_raw_content(view, tag_length(view)),
        Some('{') => closing(view, 0) + 1,
        Some('"') => through("\"", 1),
        Some(space) if space.is_whitespace() => space.len_utf8(),
        _ => until(&['<', '{', '"']),
    }
}

/// A tag ends at the first `>` outside brackets, as leptos reads it too; `<Show<T> …>` has one of its own before.
fn tag_length(view: &str) -> usize {
    let mut generics = 0;
    let mut before = ' ';
    let end = shallow(view).skip(1).find(|(_, letter)| {
        generics += i32::from(*letter == '<' && is_name(before));
        generics -= i32::from(*letter == '>');
        before = *letter;
        generics < 0
    });
    end.map_or(view.len(), |(at, _)| at + 1)
}

/// What stands in a script or a style element is shown to nobody.
fn with_raw_content(view: &str, tag: usize) -> usize {
    let is_raw = ["<script", "<style"].iter().any(|raw| view.starts_with(raw)) && !view[..tag].ends_with("/>");
    if is_raw { view[tag..].find("</").map_or(view.len(), |at| tag + at) } else { tag }
}

/// The values that are shown of the tag that `view` begins with.
fn shown_values(view: &str) -> impl Iterator<Item = Range<usize>> {
    let tag = &view[..tag_length(view)];
    let starts: Vec<(&str, usize)> = shallow(tag).filter_map(|(at, letter)| attribute(tag, at, letter)).collect();
    let ends: Vec<usize> =
        starts.iter().skip(1).map(|(name, start)| start - name.len() - 1).chain([tag.len() - 1]).collect();
    let values = starts.into_iter().zip(ends);
    let shown = values.filter(|((name, _), _)| VISIBLE.contains(&name.trim_start_matches("attr:")));
    shown.map(|((_, start), end)| start..end)
}

/// The name of the attribute whose value follows the `=` at `at`, and where the value starts.
fn attribute(tag: &str, at: usize, letter: char) -> Option<(&str, usize)> {
    let is_equals = letter == '=' && !tag[at + 1..].starts_with(['=', '>']);
    let before = tag[..at].trim_end();
    let start = before.rfind(|letter| !is_name(letter) && letter != '-' && letter != ':')? + 1;
    (is_equals && start < before.len()).then_some((&before[start..], at + 1))
}

/// The texts in a slot: all of it, or the literals that are its value.
fn texts(code: &str, slot: Slot) -> Vec<Range<usize>> {
    let slot = match slot {
        Slot::Bare(text) => return vec![text],
        Slot::Rust(slot) => slot,
    };
    let rust = &code[slot.clone()];
    let values = quoted(rust).into_iter().filter(|text| is_value(&rust[..text.start - 1], &rust[text.end + 1..]));
    values.map(|text| slot.start + text.start..slot.start + text.end).collect()
}

/// Whether a literal between these two pieces of Rust is what the whole comes to, and not a pattern or an argument.
fn is_value(before: &str, after: &str) -> bool {
    let before = before.trim_end_matches('#').trim_end_matches('r').trim_end();
    let after = after.trim_start_matches('#').trim_start();
    if ["=>", "|", "==", "!=", "if "].iter().any(|operator| after.starts_with(operator)) {
        return false;
    }
    if let Some(call) = before.strip_suffix('(') {
        let format = call.strip_suffix("format!").is_some_and(|before| is_value(before, ""));
        return format || call.ends_with(".then_some") || call.ends_with(".unwrap_or");
    }
    let ends_block = after.is_empty() || after.starts_with('}');
    before.is_empty() || before.ends_with(['{', '|']) || before.ends_with("=>") || before.ends_with(';') && ends_block
}

// Reading Rust, as tests/layers.rs does.

fn is_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// Where `word` stands alone in `code`.
fn words(code: &str, word: &str) -> Vec<usize> {
    let found = code.match_indices(word).map(|(at, _)| at);
    found.filter(|at| !code[..*at].ends_with(is_name) && !code[at + word.len()..].starts_with(is_name)).collect()
}

/// The insides of the literals in blanked code, which has quotation marks only around them.
fn quoted(code: &str) -> Vec<Range<usize>> {
    let marks: Vec<usize> = code.match_indices('"').map(|(at, _)| at).collect();
    marks.chunks_exact(2).map(|pair| pair[0] + 1..pair[1]).collect()
}

/// The characters of `code` that stand in no bracket, and are none.
fn shallow(code: &str) -> impl Iterator<Item = (usize, char)> {
    let mut depth = 0;
    code.char_indices().filter(move |(_, letter)| {
        let change = nesting(*letter);
        depth += change;
        depth == 0 && change == 0
    })
}

/// Where the bracket that opens at `open` is closed.
fn closing(code: &str, open: usize) -> usize {
    let mut depth = 0;
    let end = code[open..].char_indices().find(|(_, letter)| {
        depth += nesting(*letter);
        depth == 0
    });
    end.map_or(code.len() - 1, |(length, _)| open + length)
}

fn nesting(letter: char) -> i32 {
    i32::from("([{".contains(letter)) - i32::from(")]}".contains(letter))
}

/// `rust` with comments and the insides of literals blanked, byte for byte, so that places and lines stay the same.
fn blank(rust: &str) -> String {
    let mut shown = rust.as_bytes().to_vec();
    let mut at = 0;
    while let Some(letter) = rust[at..].chars().next() {
        let (inside, length) = hidden(&rust[at..]).unwrap_or((0..0, letter.len_utf8()));
        let inside = &mut shown[at + inside.start..at + inside.end];
        inside.iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
        at += length;
    }
    String::from_utf8(shown).expect("whole letters are blanked")
}

/// If a comment or literal begins here: what to blank of it (a literal keeps its quotation marks), and its length.
fn hidden(rest: &str) -> Option<(Range<usize>, usize)> {
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

/// A test that cannot fail protects nobody: each is seen here to find its fault, and to let pass what is right.
mod the_tests_themselves {
    use super::*;
    use serde_json::json;

    fn messages_of(value: Value) -> Messages {
        let mut texts = BTreeMap::new();
        flatten(&value, "", &mut texts);
        messages(&texts)
    }

    /// What is wrong with a locale of these texts, compared with the English.
    fn faults(name: &str, english: Value, texts: Value) -> Vec<String> {
        language_faults(name, &messages_of(texts), &messages_of(english))
    }

    #[track_caller]
    fn fails(name: &str, english: Value, texts: Value, fault: &str) {
        let faults = faults(name, english, texts);
        assert!(faults.iter().any(|found| found.contains(fault)), "{faults:?}");
    }

    #[test]
    fn a_key_is_in_every_language() {
        fails(
            "nl",
            json!({ "a": { "b": "One", "c": "Two" } }),
            json!({ "a": { "b": "Een" } }),
            "nl.json: a.c: missing",
        );
        fails("nl", json!({ "a": "One" }), json!({ "a": "Een", "b": "Twee" }), "nl.json: b: not in English");
        fails("xx", json!({}), json!({}), "not in LANGUAGES");
    }

    #[test]
    fn a_plural_has_its_language_s_forms() {
        let english = json!({ "late_one": "{{ count }} day late", "late_other": "{{ count }} days late" });
        let two = json!({ "late_one": "{{ count }} dan", "late_other": "{{ count }} dana" });
        fails("bs", english.clone(), two.clone(), "late: has the forms");
        assert!(faults("mk", english.clone(), two).is_empty());
        let three =
            json!({ "late_one": "{{ count }} dan", "late_few": "{{ count }} dana", "late_other": "{{ count }} dana" });
        assert!(faults("bs", english.clone(), three).is_empty());
        fails("bs", english, json!({ "late": "{{ count }} dana" }), "late: has the forms");
        assert!(messages_of(json!({ "no_one": "Nobody" })).contains_key("no_one"), "no plural without its other");
    }

    #[test]
    fn only_a_one_that_means_one_may_leave_out_the_number() {
        let english = json!({ "late_one": "One day late", "late_other": "{{ count }} days late" });
        assert!(faults("en", english.clone(), english.clone()).is_empty());
        fails("mk", english.clone(), json!({ "late_one": "ден", "late_other": "{{ count }} дена" }), "\"ден\" has []");
        fails("nl", english, json!({ "late_one": "dag", "late_other": "dagen" }), "\"dagen\" has []");
    }

    #[test]
    fn names_tags_and_other_messages_are_the_same_in_any_order() {
        let english =
            json!({ "a": "<b>{{ name }}</b> is due {{ day, date(date_style: long) }}: $t(board.due, {\"n\": 1})" });
        let dutch = json!({ "a": "$t(board.due): {{day}}, <b class=\"x\">{{ name }}</b>" });
        assert!(faults("nl", english.clone(), dutch).is_empty());
        for other in
            ["{{ naam }}", "<i>{{ name }}</i> {{ day }} $t(board.due)", "<b>{{ name }}</b> {{ day }} $t(board.do)"]
        {
            fails("nl", english.clone(), json!({ "a": other }), "a: ");
        }
    }

    #[test]
    fn a_text_is_neither_empty_nor_torn() {
        for torn in ["", " a", "a\u{a0}", "{{ name }", "<b>bold", "<b>bold<b>"] {
            assert!(text_fault(torn).is_some(), "{torn:?}");
        }
        for whole in ["a b", "{{ name }}", "<b>bold</b>", "one<br/>two", "<a href=\"x\">link</a>"] {
            assert_eq!(text_fault(whole), None);
        }
    }

    #[test]
    fn a_message_is_used_where_its_function_is_named() {
        assert!(uses("{i18n::board::empty(locale)}", "board.empty"));
        assert!(!uses("{i18n::board::empty_archive(locale)}", "board.empty"));
        assert!(!uses("{i18n::item::empty(locale)}", "board.empty"));
        assert!(uses("(i18n::error::$title(locale), words!(taken, taken_hint))", "error.taken_hint"));
        assert!(!uses("words!(taken, taken_hint)", "error.taken_hint"));
    }

    /// The visible words of a view with this inside.
    fn seen(view: &str) -> Vec<String> {
        visible_words(&format!("fn f() {{ view! {{ {view} }} }}")).into_iter().map(|(_, words)| words).collect()
    }

    #[test]
    fn a_text_in_a_view_is_found() {
        for (view, words) in [
            ("<p>\"Open\"</p>", "Open"),
            ("<p>Open items {n}</p> // of all", "Open items"),
            ("\"Отвори\"", "Отвори"),
            ("<p>{\"Open\"}</p>", "Open"),
            ("<p>{move || if open() { \"Close\".to_string() } else { String::new() }}</p>", "Close"),
            ("<p>{match n { 0 => \"None\", _ => rest }}</p>", "None"),
            ("<p>{move || open().then(|| \"Open\")}</p>", "Open"),
            ("<p>{open.then_some(\"Open\")}</p>", "Open"),
            ("<p>{format!(\"{n} items\")}</p>", "{n} items"),
            ("<p>{let n = 1; \"Open\"}</p>", "Open"),
            ("<p>{r#\"Say \"hi\"\"#}</p>", "Say \"hi\""),
            ("<Show<T> when=open>\"Open\"</Show>", "Open"),
            ("<p class=\"a\">{rows.map(|row| view! { <td>{row}\" of \"</td> })}</p>", "of"),
            ("<Route path=path!(\"/a\") view=|| view! { \"Gone\" } />", "Gone"),
        ] {
            assert_eq!(seen(view), [words], "{view}");
        }
    }

    #[test]
    fn a_text_in_a_visible_attribute_is_found() {
        for (view, words) in [
            ("<a title=\"Open\" href=\"/b\">{x}</a>", "Open"),
            ("<a href=\"/b\" aria-label=\"Open\"/>", "Open"),
            ("<input placeholder = \"Filter\">", "Filter"),
            ("<img alt={\"A map\"}/>", "A map"),
            ("<Field attr:title=move || \"Open\" name=\"x\"/>", "Open"),
            ("<Field label=format!(\"{n} items\")/>", "{n} items"),
            ("<p title=move || if n < 3 { \"Few\" } else { many() } class=\"b\"></p>", "Few"),
            ("<Routes fallback=|| \"Not found\">{x}</Routes>", "Not found"),
            ("<Title formatter=|title| format!(\"{title} at Work\")/>", "{title} at Work"),
        ] {
            assert_eq!(seen(view), [words], "{view}");
        }
    }

    #[test]
    fn what_nobody_reads_passes() {
        for view in [
            "<a class=\"card late\" class:late=late data-testid=\"item\" href=\"/board\" id=\"a\">{t!(i18n, a.b)}</a>",
            "<input name=\"email\" type=\"email\" autocomplete=\"email\" on:input=move |_| set(\"x\")/>",
            "\" · \" \"—\" \"\\u{a0}\" \"12 / 30\"",
            "<p>{format!(\"{n} / {m}\")}</p>",
            "<p>{match slug { \"planned\" => a, \"done\" | \"gone\" => b, _ => c }}</p>",
            "<p>{move || if slug() == \"planned\" { a } else { b }}</p>",
            "<p>{let slug = \"planned\"; of(slug)}{of(\"planned\")}</p>",
            "<p>{move || \"planned\" == slug}</p>",
            "<p title=t_string!(i18n, a.b) aria-label=move || label.get() data-open=\"yes\"></p>",
            "<script>\"let a = 1;\"</script><style>{CSS}</style><!-- \"a note\" --><!DOCTYPE html>",
            "// A note\n<p>/* another */</p>",
        ] {
            assert_eq!(seen(view), [] as [&str; 0], "{view}");
        }
    }

    #[test]
    fn outside_a_view_only_the_product_s_name_is_found() {
        let rust = "match slug { _ => \"Planned\" }\nlet name = \"The ACT Board\"; // ACT Board\nlet c = '\"';";
        assert_eq!(visible_words(rust), BTreeSet::from([(2, PRODUCT.to_owned())]));
        assert_eq!(
            visible_words("fn f() {\n    view! {\n        <p>\n\"Open\"</p> } }").first().map(|(line, _)| *line),
            Some(4)
        );
    }
}

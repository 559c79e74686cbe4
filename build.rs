//! Turns `locales/*.json` into the module `i18n`: one function a text, so that a missing key, a missing language or a
//! wrong argument does not compile. Texts with `{{ name }}` take arguments in the order of the English text; texts in
//! plural forms (`items_one`, `items_other`) choose by `count`.

use serde_json::{Map, Value};
use std::{collections::BTreeMap, env, fs, path::Path};

/// Tag and variant; the first one is the reference for keys and arguments.
const LOCALES: [(&str, &str); 3] = [("en", "En"), ("sr-Cyrl", "SrCyrl"), ("sr-Latn", "SrLatn")];
const FORMS: [(&str, &str); 3] = [("one", "One"), ("few", "Few"), ("other", "Other")];

fn main() {
    println!("cargo:rerun-if-changed=locales");
    // A migration is read by a macro, which cargo cannot see.
    println!("cargo:rerun-if-changed=migrations");
    // The server embeds the built site; the browser's library must not wait for it.
    if env::var_os("CARGO_FEATURE_SSR").is_some() {
        println!("cargo:rerun-if-changed=target/site/manifest.json");
    }
    let texts: Vec<Map<String, Value>> = LOCALES.iter().map(|(tag, _)| read(tag)).collect();
    let mut code = locale_enum();
    for section in sections(&texts[0]) {
        let texts: Vec<BTreeMap<String, String>> = texts.iter().map(|all| section_texts(all, &section)).collect();
        code.push_str(&format!("pub mod {section} {{\n    use super::*;\n"));
        for key in keys(&texts[0]) {
            code.push_str(&function(&section, &key, &texts));
        }
        code.push_str("}\n");
    }
    let out = env::var("OUT_DIR").expect("cargo sets it");
    fs::write(Path::new(&out).join("i18n.rs"), code).expect("cargo's folder can be written");
}

fn read(tag: &str) -> Map<String, Value> {
    let path = format!("locales/{tag}.json");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn locale_enum() -> String {
    let variants: Vec<&str> = LOCALES.iter().map(|locale| locale.1).collect();
    let list = |f: &dyn Fn(&(&str, &str)) -> String| LOCALES.iter().map(f).collect::<Vec<_>>().join(", ");
    format!(
        "/// A language of the interface.\n\
         #[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]\n\
         pub enum Locale {{ {} }}\n\
         impl Locale {{\n\
             pub const ALL: [Locale; {}] = [{}];\n\
             /// The BCP 47 tag.\n\
             pub fn tag(self) -> &'static str {{ match self {{ {} }} }}\n\
         }}\n",
        variants.join(", "),
        LOCALES.len(),
        list(&|(_, variant)| format!("Locale::{variant}")),
        list(&|(tag, variant)| format!("Locale::{variant} => {tag:?}")),
    )
}

fn sections(texts: &Map<String, Value>) -> Vec<String> {
    texts.keys().cloned().collect()
}

fn section_texts(all: &Map<String, Value>, section: &str) -> BTreeMap<String, String> {
    let texts = all.get(section).and_then(Value::as_object).unwrap_or_else(|| panic!("section {section} is missing"));
    texts.iter().map(|(key, text)| (key.clone(), text.as_str().expect("texts are strings").to_owned())).collect()
}

/// The keys with their plural forms joined.
fn keys(texts: &BTreeMap<String, String>) -> Vec<String> {
    let plural = |key: &str| key.rsplit_once('_').is_some_and(|(base, form)| is_plural(texts, base) && is_form(form));
    let bases = texts.keys().filter_map(|key| key.strip_suffix("_other")).map(str::to_owned);
    texts.keys().filter(|key| !plural(key)).cloned().chain(bases).collect()
}

fn is_form(word: &str) -> bool {
    FORMS.iter().any(|form| form.0 == word)
}

fn is_plural(texts: &BTreeMap<String, String>, key: &str) -> bool {
    texts.contains_key(&format!("{key}_other"))
}

fn function(section: &str, key: &str, texts: &[BTreeMap<String, String>]) -> String {
    let plural = is_plural(&texts[0], key);
    let reference = if plural { format!("{key}_other") } else { key.to_owned() };
    let arguments = arguments(&texts[0][&reference]);
    let mut arms = String::new();
    for ((tag, variant), texts) in LOCALES.iter().zip(texts) {
        let text = |key: &str| {
            let text = texts.get(key).unwrap_or_else(|| panic!("{tag} lacks {section}.{key}"));
            expression(text, !arguments.is_empty())
        };
        let value = if plural { plural_arms(texts, key, &text) } else { text(key) };
        arms.push_str(&format!("            Locale::{variant} => {value},\n"));
    }
    let parameter = |name: &String| match plural && name == "count" {
        true => ", count: impl Count".to_owned(),
        false => format!(", {name}: impl std::fmt::Display"),
    };
    let parameters: String = arguments.iter().map(parameter).collect();
    let result = if arguments.is_empty() { "&'static str" } else { "String" };
    let choose = if plural { "        let form = plural(locale, count.number());\n" } else { "" };
    format!(
        "    pub fn {key}(locale: Locale{parameters}) -> {result} {{\n{choose}        match locale {{\n{arms}        }}\n    }}\n"
    )
}

fn plural_arms(texts: &BTreeMap<String, String>, key: &str, text: &dyn Fn(&str) -> String) -> String {
    let forms = FORMS.iter().filter(|form| form.0 != "other" && texts.contains_key(&format!("{key}_{}", form.0)));
    let arms: String =
        forms.map(|(word, form)| format!("Form::{form} => {}, ", text(&format!("{key}_{word}")))).collect();
    format!("match form {{ {arms}_ => {} }}", text(&format!("{key}_other")))
}

/// The names within `{{ … }}`, each once, as they come.
fn arguments(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in text.split("{{").skip(1).filter_map(|rest| rest.split("}}").next()) {
        if !names.iter().any(|known| known == name.trim()) {
            names.push(name.trim().to_owned());
        }
    }
    names
}

fn expression(text: &str, formatted: bool) -> String {
    if !formatted {
        return format!("{text:?}");
    }
    let mut format = String::new();
    for (index, part) in text.split("{{").enumerate() {
        match part.split_once("}}") {
            Some((name, rest)) if index > 0 => format.push_str(&format!("{{{}}}{rest}", name.trim())),
            _ => format.push_str(part),
        }
    }
    format!("format!({format:?})")
}

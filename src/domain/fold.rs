//! What a search compares: text without case, script, diacritics and extra space. People of the region type `stitnik`
//! on a foreign keyboard for `štitnik`, and read `штитник`; each of the three must find the others.
//!
//! Where two spellings are in use, the longer one is the key, since it is made from both: `đ`, `ђ` and `dj` are `dj`,
//! `џ` and `dž` are `dz`. The price: `Dordevic`, with a bare d, does not find `Đorđević`. Folded text is for comparing
//! and indexing, never for showing or sorting.

use super::script::to_latin;

/// A folded letter, and the small letters that fold to it. Latin-1, Latin Extended-A, and what Macedonian, Romanian,
/// and the transliterations of Macedonian add to that.
const FOLDS: [(&str, &str); 30] = [
    ("a", "àáâãäåāăą"),
    ("ae", "æ"),
    ("c", "çćĉċč"),
    ("d", "ď"),
    // ð is Icelandic; in the region it is a mistyped đ, whose capital looks the same.
    ("dj", "đðђ"),
    ("dz", "ѕǆ"),
    ("e", "èéêëēĕėęěѐ"),
    ("g", "ĝğġģ"),
    ("gj", "ѓǵ"),
    ("h", "ĥħ"),
    ("i", "ìíîïĩīĭįıѝ"),
    ("ij", "ĳ"),
    ("j", "ĵ"),
    ("k", "ķĸ"),
    ("kj", "ќḱ"),
    ("l", "ĺļľŀł"),
    ("lj", "ǉ"),
    ("n", "ñńņňŉŋ"),
    ("nj", "ǌ"),
    ("o", "òóôõöøōŏő"),
    ("oe", "œ"),
    ("r", "ŕŗř"),
    ("s", "śŝşšſș"),
    ("ss", "ß"),
    ("t", "ţťŧț"),
    ("th", "þ"),
    ("u", "ùúûüũūŭůűų"),
    ("w", "ŵ"),
    ("y", "ýÿŷ"),
    ("z", "źżž"),
];

/// `text` as a search compares it: small plain letters, single spaces, none at the ends. Folding twice changes nothing.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in to_latin(text).chars().flat_map(char::to_lowercase).filter(|letter| !is_invisible(*letter)) {
        match plain(letter) {
            Some(letters) => folded.push_str(letters),
            None if !letter.is_whitespace() => folded.push(letter),
            None if folded.is_empty() || folded.ends_with(' ') => {}
            None => folded.push(' '),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

fn plain(letter: char) -> Option<&'static str> {
    FOLDS.iter().find(|(_, folded)| folded.contains(letter)).map(|(plain, _)| *plain)
}

/// Accents that stand alone, as macOS writes them, and the soft hyphens and joiners that come along from Word.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whoever types without diacritics, or in the other script, finds the item all the same.
    #[test]
    fn the_three_spellings_find_each_other() {
        for spelling in ["stitnik", "štitnik", "штитник", "Štitnik", "ШТИТНИК", "s\u{30c}titnik"] {
            assert_eq!(fold(spelling), "stitnik", "{spelling}");
        }
        assert_eq!(fold("injekcija"), fold("инјекција"));
        assert_eq!(fold("Njegoš"), fold("Његош"));
    }

    #[test]
    fn the_longer_spelling_is_the_key() {
        for spelling in ["Đorđe", "Djordje", "Ђорђе", "Ðorđe"] {
            assert_eq!(fold(spelling), "djordje", "{spelling}");
        }
        for spelling in ["džep", "Dzep", "Џеп", "ǅep"] {
            assert_eq!(fold(spelling), "dzep", "{spelling}");
        }
    }

    #[test]
    fn the_languages_next_door_fold_too() {
        assert_eq!(fold("Ѓорче, ќе, ѕвезда, ѝ, сѐ"), "gjorce, kje, dzvezda, i, se");
        assert_eq!(fold("Përmbledhje çështjesh"), "permbledhje ceshtjesh");
        assert_eq!(fold("Śutra, źenica, с\u{301}утра"), "sutra, zenica, sutra");
        assert_eq!(fold("Straße, één"), "strasse, een");
    }

    #[test]
    fn every_accented_letter_of_latin_one_and_extended_a_is_plain() {
        for letter in ('\u{c0}'..='\u{17f}').filter(|letter| letter.is_alphabetic()) {
            assert!(fold(&letter.to_string()).is_ascii(), "{letter}");
        }
    }

    #[test]
    fn space_is_single_and_never_at_the_ends() {
        assert_eq!(fold("  Нови\u{a0}\n\t Сад "), "novi sad");
        assert_eq!(fold("so\u{ad}fija\u{200b}"), "sofija");
        assert_eq!(fold(" \n "), "");
        assert_eq!(fold("#12 2026-Q4!"), "#12 2026-q4!");
    }

    #[test]
    fn folding_twice_changes_nothing() {
        for text in ["ЉУБАВ  Ђорђе", "Straße ǆ ĳ İ", "a \u{301} b"] {
            assert_eq!(fold(&fold(text)), fold(text), "{text}");
        }
    }
}

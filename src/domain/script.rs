//! Serbian in its two scripts. Latin is made from Cyrillic, never the other way: the Latin letters `nj` are one sound
//! in `Njegoš` and two in `injekcija`, and only the Cyrillic (`Његош`, `инјекција`) still says which.

/// The thirty letters in their order, and what each is in Latin. Serbia's standard table.
const CYRILLIC: &str = "абвгдђежзијклљмнњопрстћуфхцчџш";
const LATIN: [&str; 30] = [
    "a", "b", "v", "g", "d", "đ", "e", "ž", "z", "i", "j", "k", "l", "lj", "m", "n", "nj", "o", "p", "r", "s", "t",
    "ć", "u", "f", "h", "c", "č", "dž", "š",
];

/// `text` with its Serbian Cyrillic letters in Latin. All else stays: Latin words, digits, the letters that other
/// languages add, and the `{{ name }}`, `<b>` and `$t(path)` of a locale file, which are Latin by nature.
pub fn to_latin(text: &str) -> String {
    let mut latin = String::with_capacity(text.len());
    let mut before = None;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match small_latin(letter) {
            None => latin.push(letter),
            Some(small) if letter.is_lowercase() => latin.push_str(small),
            Some(small) if in_capitals(before, letters.peek().copied()) => latin.push_str(&small.to_uppercase()),
            Some(small) => latin.extend(capitalised(small)),
        }
        before = Some(letter);
    }
    latin
}

fn small_latin(letter: char) -> Option<&'static str> {
    let small = letter.to_lowercase().next()?;
    let place = CYRILLIC.chars().position(|cyrillic| cyrillic == small)?;
    LATIN.get(place).copied()
}

/// Љ is LJ in a word of capitals and Lj in any other: the next letter tells, or the one before at the word's end.
fn in_capitals(before: Option<char>, after: Option<char>) -> bool {
    after.filter(|letter| letter.is_alphabetic()).or(before).is_some_and(char::is_uppercase)
}

fn capitalised(small: &str) -> impl Iterator<Item = char> {
    let mut letters = small.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whoever reads Serbian in Latin reads every letter of it.
    #[test]
    fn every_letter_has_its_latin() {
        let pangram = "Љубазни фењерџија чађавог лица хоће да ми покаже штос.";
        assert_eq!(to_latin(pangram), "Ljubazni fenjerdžija čađavog lica hoće da mi pokaže štos.");
        assert_eq!(to_latin(CYRILLIC), LATIN.concat());
    }

    #[test]
    fn two_sounds_stay_two() {
        assert_eq!(to_latin("инјекција"), "injekcija");
        assert_eq!(to_latin("надживети"), "nadživeti");
        assert_eq!(to_latin("Танјуг"), "Tanjug");
    }

    #[test]
    fn a_capital_of_two_letters_follows_its_word() {
        assert_eq!(to_latin("Његош, Џеп, Љиг"), "Njegoš, Džep, Ljig");
        assert_eq!(to_latin("ЉУБАВ, КОЊ, ИЏО"), "LJUBAV, KONJ, IDŽO");
        assert_eq!(to_latin("Љ. Његош и Њ"), "Lj. Njegoš i Nj");
    }

    /// A partner's name or a date that is filled in stays what it is.
    #[test]
    fn what_is_latin_already_stays() {
        let mixed = "Рок: {{ day }} — <b>Њени</b> ASTRA 2026, $t(board.due)\n„Ђаци“";
        assert_eq!(to_latin(mixed), "Rok: {{ day }} — <b>Njeni</b> ASTRA 2026, $t(board.due)\n„Đaci“");
        assert_eq!(to_latin("Ѓорѓи"), "Ѓorѓi", "a Macedonian letter is not Serbian's to change");
        assert_eq!(to_latin(""), "");
    }

    #[test]
    fn latin_is_final() {
        let once = to_latin("ЉУБАВ Његош инјекција {{ n }}");
        assert_eq!(to_latin(&once), once);
    }
}

//! A text as the rules look at it: by characters, digits with separators, and words close by.

use std::ops::Range;

/// A text by its characters.
pub struct Scan {
    /// Each with the byte at which it begins.
    pub chars: Vec<(usize, char)>,
    /// The same in lower case, one for one, for words.
    lower: Vec<char>,
    bytes: usize,
}

impl Scan {
    pub fn new(text: &str) -> Self {
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let lower = chars.iter().map(|(_, c)| c.to_lowercase().next().unwrap_or(*c)).collect();
        Self { chars, lower, bytes: text.len() }
    }

    pub fn get(&self, at: usize) -> Option<char> {
        self.chars.get(at).map(|found| found.1)
    }

    pub fn byte(&self, at: usize) -> usize {
        self.chars.get(at).map_or(self.bytes, |found| found.0)
    }

    pub fn digit(&self, at: usize) -> Option<u32> {
        self.get(at)?.to_digit(10)
    }

    pub fn is(&self, at: usize, what: impl Fn(char) -> bool) -> bool {
        self.get(at).is_some_and(what)
    }

    /// Whether nothing of a word or number stands right before a place.
    pub fn begins(&self, at: usize) -> bool {
        at.checked_sub(1).is_none_or(|before| !self.is(before, char::is_alphanumeric))
    }

    pub fn ends(&self, at: usize) -> bool {
        !self.is(at, char::is_alphanumeric)
    }

    /// So many digits from a place on, with single separators between them; no digit before or after.
    pub fn digits(&self, at: usize, count: usize, separates: impl Fn(char) -> bool) -> Option<(Vec<u32>, usize)> {
        if at.checked_sub(1).is_some_and(|before| self.digit(before).is_some()) {
            return None;
        }
        let (mut digits, mut next) = (Vec::with_capacity(count), at);
        while digits.len() < count {
            match self.digit(next) {
                Some(digit) => digits.push(digit),
                None if !digits.is_empty() && self.is(next, &separates) && self.digit(next + 1).is_some() => {}
                None => return None,
            }
            next += 1;
        }
        self.digit(next).is_none().then_some((digits, next))
    }

    /// Whether one of these words, in lower case, stands within so many characters before or after a part.
    pub fn beside(&self, part: Range<usize>, reach: usize, words: &[&str]) -> bool {
        let before = self.lower.get(part.start.saturating_sub(reach)..part.start).unwrap_or_default();
        let after = self.lower.get(part.end..(part.end + reach).min(self.lower.len())).unwrap_or_default();
        words.iter().any(|word| has_word(before, word) || has_word(after, word))
    }
}

/// Whether a word stands in a text as a word of its own; one that ends in '*' may go on.
fn has_word(text: &[char], word: &str) -> bool {
    let (stem, open) = word.strip_suffix('*').map_or((word, false), |stem| (stem, true));
    let stem: Vec<char> = stem.chars().collect();
    let free = |at: Option<usize>| at.and_then(|at| text.get(at)).is_none_or(|c| !c.is_alphanumeric());
    (0..text.len()).any(|at| {
        let end = at + stem.len();
        text.get(at..end) == Some(stem.as_slice()) && free(at.checked_sub(1)) && (open || free(Some(end)))
    })
}

pub fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '-' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}

//! Two texts made from one: what each has changed, word by word, and a proposal that holds both.
//!
//! The crate similar does the same and would cost a visitor 100 kB.

use dissimilar::Chunk;
use std::{collections::HashMap, ops::Range};

/// A run of words, compared with the text that they were made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub kind: PieceKind,
    pub words: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    Same,
    Added,
    Removed,
}

/// What was done to `base` to make `text` of it.
pub fn compare(base: &str, text: &str) -> Vec<Piece> {
    let (base, text): (Vec<&str>, Vec<&str>) = (words(base).collect(), words(text).collect());
    let pieces = differences(&base, &text).into_iter().map(|difference| match difference {
        Difference::Same(at) => (PieceKind::Same, base.get(at)),
        Difference::Removed(at) => (PieceKind::Removed, base.get(at)),
        Difference::Added(at) => (PieceKind::Added, text.get(at)),
    });
    pieces.map(|(kind, words)| Piece { kind, words: words.unwrap_or_default().concat() }).collect()
}

/// Words, spaces and marks, each by itself.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = if first.is_alphanumeric() {
            rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (word, others) = rest.split_at(end);
        rest = others;
        Some(word)
    })
}

/// A run of parts: where it stands in the one or the other list.
#[derive(Clone, Debug)]
enum Difference {
    Same(Range<usize>),
    Removed(Range<usize>),
    Added(Range<usize>),
}

/// Compares lists of parts, each part standing for a letter.
fn differences(base: &[&str], text: &[&str]) -> Vec<Difference> {
    let mut letters: HashMap<String, char> = HashMap::new();
    // Beyond all letters there are, so that none of them has a meaning.
    let mut unused = (0xF_0000..).filter_map(char::from_u32);
    let mut spell = |parts: &[&str]| -> String {
        let letter = |part: &&str| *letters.entry((*part).to_owned()).or_insert_with(|| unused.next().unwrap_or(' '));
        parts.iter().map(letter).collect()
    };
    let (spelled_base, spelled_text) = (spell(base), spell(text));
    let (mut in_base, mut in_text) = (0, 0);
    let chunks = dissimilar::diff(&spelled_base, &spelled_text).into_iter();
    chunks
        .map(|chunk| {
            let next = |at: &mut usize, chunk: &str| {
                let start = *at;
                *at += chunk.chars().count();
                start..*at
            };
            match chunk {
                Chunk::Equal(same) => {
                    next(&mut in_text, same);
                    Difference::Same(next(&mut in_base, same))
                }
                Chunk::Delete(gone) => Difference::Removed(next(&mut in_base, gone)),
                Chunk::Insert(new) => Difference::Added(next(&mut in_text, new)),
            }
        })
        .collect()
}

/// Lines of the base and what stands in their place.
#[derive(Clone, Debug)]
struct Hunk<'a> {
    of: Range<usize>,
    lines: Vec<&'a str>,
}

impl Hunk<'_> {
    /// Whether it lies wholly before another: then the two do not meet.
    fn is_before(&self, other: &Self) -> bool {
        let touch = self.of.end == other.of.start && (self.of.is_empty() || other.of.is_empty());
        self.of.end <= other.of.start && !touch
    }
}

fn hunks<'a>(base: &[&str], text: &[&'a str]) -> Vec<Hunk<'a>> {
    let (mut hunks, mut at, mut open): (Vec<Hunk>, usize, bool) = (Vec::new(), 0, false);
    for difference in differences(base, text) {
        let (of, lines) = match difference {
            Difference::Same(range) => {
                (at, open) = (range.end, false);
                continue;
            }
            Difference::Removed(range) => {
                at = range.end;
                (range, Vec::new())
            }
            Difference::Added(range) => (at..at, text.get(range).unwrap_or_default().to_vec()),
        };
        match hunks.last_mut().filter(|_| open) {
            Some(last) => {
                last.of.end = of.end;
                last.lines.extend(lines);
            }
            None => hunks.push(Hunk { of, lines }),
        }
        open = true;
    }
    hunks
}

/// A text with both changes in it. Lines that both have changed stand there twice, mine first: a person decides.
pub fn merge(base: &str, mine: &str, theirs: &str) -> String {
    let base: Vec<&str> = split(base);
    let (mine, theirs) = (split(mine), split(theirs));
    let (mut mine, mut theirs) = (hunks(&base, &mine), hunks(&base, &theirs));
    mine.reverse();
    theirs.reverse();
    let mut merged: Vec<&str> = Vec::new();
    let mut at = 0;
    loop {
        let (own, other) = match (mine.pop(), theirs.pop()) {
            (None, None) => break,
            (Some(own), Some(other)) if own.is_before(&other) => {
                theirs.push(other);
                (vec![own], Vec::new())
            }
            (Some(own), Some(other)) if other.is_before(&own) => {
                mine.push(own);
                (Vec::new(), vec![other])
            }
            (Some(own), Some(other)) => meeting(own, other, &mut mine, &mut theirs),
            (own, other) => (own.into_iter().collect(), other.into_iter().collect()),
        };
        let both = own.iter().chain(&other);
        let start = both.clone().map(|hunk| hunk.of.start).min().unwrap_or(at);
        let end = both.map(|hunk| hunk.of.end).max().unwrap_or(at);
        merged.extend(base.get(at..start).unwrap_or_default());
        let (own, other) = (written(&base, start..end, &own), written(&base, start..end, &other));
        match (own, other) {
            (Some(own), Some(other)) if own == other => merged.extend(own),
            (own, other) => merged.extend(own.into_iter().chain(other).flatten()),
        }
        at = end;
    }
    merged.extend(base.get(at..).unwrap_or_default());
    merged.join("\n")
}

fn split(text: &str) -> Vec<&str> {
    if text.is_empty() { Vec::new() } else { text.split('\n').collect() }
}

/// All that hangs together with two hunks that meet.
fn meeting<'a>(
    own: Hunk<'a>,
    other: Hunk<'a>,
    mine: &mut Vec<Hunk<'a>>,
    theirs: &mut Vec<Hunk<'a>>,
) -> (Vec<Hunk<'a>>, Vec<Hunk<'a>>) {
    let (mut own, mut other) = (vec![own], vec![other]);
    loop {
        let meets = |next: &Hunk, hunks: &[Hunk]| hunks.iter().any(|hunk| !hunk.is_before(next));
        if mine.last().is_some_and(|next| meets(next, &other)) {
            own.extend(mine.pop());
        } else if theirs.last().is_some_and(|next| meets(next, &own)) {
            other.extend(theirs.pop());
        } else {
            return (own, other);
        }
    }
}

/// What a part of the base has become; nothing if it was left alone.
fn written<'a>(base: &[&'a str], part: Range<usize>, hunks: &[Hunk<'a>]) -> Option<Vec<&'a str>> {
    if hunks.is_empty() {
        return None;
    }
    let (mut lines, mut at) = (Vec::new(), part.start);
    for hunk in hunks {
        lines.extend(base.get(at..hunk.of.start).unwrap_or_default());
        lines.extend(&hunk.lines);
        at = hunk.of.end;
    }
    lines.extend(base.get(at..part.end).unwrap_or_default());
    Some(lines)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_that_were_added_and_removed_are_marked() {
        let piece = |kind, words: &str| Piece { kind, words: words.to_owned() };
        assert_eq!(
            compare("Train ten judges", "Train twenty judges"),
            [
                piece(PieceKind::Same, "Train "),
                piece(PieceKind::Removed, "ten"),
                piece(PieceKind::Added, "twenty"),
                piece(PieceKind::Same, " judges"),
            ]
        );
    }

    #[test]
    fn changes_of_different_lines_are_both_kept_and_of_one_line_stand_there_twice() {
        assert_eq!(merge("a\nb\nc", "A\nb\nc", "a\nb\nC"), "A\nb\nC");
        assert_eq!(merge("a\nb", "A\nb", "a\nB"), "A\nB");
        assert_eq!(merge("a", "mine", "theirs"), "mine\ntheirs");
        assert_eq!(merge("", "mine", ""), "mine");
        assert_eq!(merge("", "mine", "theirs"), "mine\ntheirs");
        assert_eq!(merge("a", "same", "same"), "same");
        assert_eq!(merge("a\nb\nc", "a\nc", "a\nb\nc\nd"), "a\nc\nd");
    }

    #[test]
    fn the_longest_texts_are_compared_in_no_time() {
        let (base, text) = ("word ".repeat(4_000), "other ".repeat(3_300));
        assert!(!compare(&base, &text).is_empty());
    }

    proptest! {
        /// Nothing that either has written is missing from the proposal.
        #[test]
        fn a_proposal_holds_every_new_line_of_both(
            base in prop::collection::vec("[a-c]", 0..6),
            mine in prop::collection::vec("[a-f]", 0..6),
            theirs in prop::collection::vec("[a-cx-z]", 0..6),
        ) {
            let merged = merge(&base.join("\n"), &mine.join("\n"), &theirs.join("\n"));
            for line in mine.iter().chain(&theirs).filter(|line| !base.contains(line)) {
                prop_assert!(merged.split('\n').any(|other| other == line), "{line} is not in {merged:?}");
            }
        }

        /// Where only one has changed something, the proposal is that.
        #[test]
        fn a_text_that_only_one_has_changed_is_theirs(
            base in prop::collection::vec("[a-c]", 0..6), text in prop::collection::vec("[a-f]", 0..6),
        ) {
            let (base, text) = (base.join("\n"), text.join("\n"));
            prop_assert_eq!(merge(&base, &text, &base), text.clone());
            prop_assert_eq!(merge(&base, &base, &text), text.clone());
            prop_assert_eq!(merge(&base, &text, &text), text);
        }

        #[test]
        fn the_pieces_are_the_two_texts(base in "[a-c .ш]{0,30}", text in "[a-d .ш]{0,30}") {
            let pieces = compare(&base, &text);
            let of = |hidden| pieces.iter().filter(|p| p.kind != hidden).map(|p| p.words.as_str()).collect::<String>();
            prop_assert_eq!(of(PieceKind::Added), base);
            prop_assert_eq!(of(PieceKind::Removed), text);
        }
    }
}

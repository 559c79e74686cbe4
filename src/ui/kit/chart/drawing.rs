//! A drawing that leaves the page: what it says above it, what its shades mean and where it is from below it.

use leptos::prelude::*;

/// The width of every drawing, and what stays free at its sides.
const WIDTH: usize = 680;
const SIDE: usize = 20;
/// Heights of a line of the finding, and of the small print.
const LINE: usize = 28;
const SMALL: usize = 22;
/// How many characters of each stand in a line.
const FINDING: usize = 58;
const SOURCE: usize = 100;
/// The width of a character in the small print, about.
const LETTER: usize = 7;
const SWATCH: usize = 16;

/// A chart with its words.
pub struct Leaving {
    pub finding: String,
    pub chart: AnyView,
    /// Of the chart's own units.
    pub width: usize,
    pub height: usize,
    /// Marks of 16 by 16 units, each with its meaning.
    pub key: Vec<(AnyView, String)>,
}

/// A whole document that says where it is from. The style that it needs is for whoever writes it out.
pub fn drawing(leaving: Leaving, source: &str) -> AnyView {
    let Leaving { finding, chart, width, height, key } = leaving;
    let inner = WIDTH - 2 * SIDE;
    let (chart_height, viewbox) = (height * inner / width, format!("0 0 {width} {height}"));
    let finding = wrapped(&finding, FINDING);
    let chart_top = SIDE + LINE * finding.len() + SIDE / 2;
    let key_top = chart_top + chart_height + SIDE;
    let (key, key_lines) = placed(key, key_top);
    let source_top = key_top + SMALL * key_lines + SMALL;
    let source = wrapped(source, SOURCE);
    let bottom = source_top + SMALL * source.len();
    view! {
        <svg xmlns="http://www.w3.org/2000/svg" class="drawing" viewBox=format!("0 0 {WIDTH} {bottom}")
            width=WIDTH.to_string() height=bottom.to_string()>
            <rect class="paper" width=WIDTH.to_string() height=bottom.to_string()></rect>
            {lines("finding", SIDE, SIDE + LINE - 8, LINE, finding)}
            <svg x=SIDE.to_string() y=chart_top.to_string() width=inner.to_string() height=chart_height.to_string() viewBox=viewbox>
                {chart}
            </svg>
            {key}
            {lines("source", SIDE, source_top, SMALL, source)}
        </svg>
    }
    .into_any()
}

/// Lines of text below each other, the first on the given height.
pub fn lines(class: &'static str, x: usize, y: usize, leading: usize, lines: Vec<String>) -> AnyView {
    let line = |(nth, line): (usize, String)| {
        view! { <text class=class x=x.to_string() y=(y + leading * nth).to_string()>{line}</text> }
    };
    lines.into_iter().enumerate().map(line).collect::<Vec<_>>().into_any()
}

/// The marks in as many lines as they need.
fn placed(key: Vec<(AnyView, String)>, top: usize) -> (Vec<AnyView>, usize) {
    let (mut x, mut line) = (SIDE, 0);
    let mut place = |(mark, words): (AnyView, String)| {
        let width = SWATCH + 6 + LETTER * words.chars().count() + SIDE;
        if x + width > WIDTH && x > SIDE {
            (x, line) = (SIDE, line + 1);
        }
        let (left, y) = (x, top + SMALL * line);
        x += width;
        view! {
            <svg x=left.to_string() y=y.to_string() width=SWATCH.to_string() height=SWATCH.to_string() viewBox="0 0 16 16">{mark}</svg>
            <text class="meaning" x=(left + SWATCH + 6).to_string() y=(y + 13).to_string()>{words}</text>
        }
        .into_any()
    };
    let placed: Vec<_> = key.into_iter().map(&mut place).collect();
    (placed, line + 1)
}

/// Words in lines of at most so many characters; a longer word has a line of its own.
pub fn wrapped(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_fill_lines_and_none_is_lost() {
        assert_eq!(wrapped("Одобри што је  спремно", 10), ["Одобри што", "је спремно"]);
        assert_eq!(wrapped("unbreakable a", 4), ["unbreakable", "a"]);
        assert!(wrapped("", 4).is_empty());
    }
}

//! Which cards of a column are drawn: those near the screen.

use std::ops::Range;

/// Cards that are drawn beyond the screen, above and below, so that scrolling does not outrun drawing.
const MARGIN: usize = 10;

/// A column of so many cards is drawn whole: the browser's own search finds all of it.
const WHOLE: usize = 30;

/// What the browser measured of a column, in CSS pixels. All cards have one height.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    /// How far the screen's upper edge lies below the top of the first card; negative above it.
    pub top: f64,
    /// How much of the column the screen shows.
    pub height: f64,
    /// From the top of one card to the top of the next.
    pub step: f64,
}

/// The cards to draw out of `count`. With `keep`, that one is drawn, too.
pub fn near(extent: Extent, count: usize, keep: Option<usize>) -> Range<usize> {
    if count <= WHOLE {
        return 0..count;
    }
    let cards = |pixels: f64| if extent.step > 0.0 { whole(pixels / extent.step) } else { 0 };
    let first = cards(extent.top).saturating_sub(MARGIN).min(count);
    let last = (cards(extent.top + extent.height.max(0.0)) + 1 + MARGIN).min(count);
    match keep.filter(|keep| *keep < count) {
        Some(keep) => first.min(keep)..last.max(keep + 1),
        None => first..last.max(first),
    }
}

/// A number of cards; the cast holds it within its range.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn whole(number: f64) -> usize {
    number.floor() as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extent(top: f64) -> Extent {
        Extent { top, height: 700.0, step: 100.0 }
    }

    #[test]
    fn what_the_screen_shows_is_drawn_with_a_margin_and_no_more() {
        assert_eq!(near(extent(0.0), 4000, None), 0..18);
        assert_eq!(near(extent(100_000.0), 4000, None), 990..1018);
        assert_eq!(near(extent(399_500.0), 4000, None), 3985..4000);
        assert_eq!(near(extent(-300.0), 4000, None), 0..15);
        assert_eq!(near(extent(90_000.0), 30, None), 0..30);
        // A list that became shorter than the place that was scrolled to.
        assert_eq!(near(extent(90_000.0), 31, None), 31..31);
        assert_eq!(near(extent(0.0), 4000, Some(20)), 0..21);
        assert_eq!(near(Extent { step: 0.0, ..extent(0.0) }, 4000, None), 0..11);
    }
}

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

/// What is drawn of a column: a row of cards, and perhaps one beyond it that is in hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    pub row: Range<usize>,
    pub far: Option<usize>,
}

impl Drawn {
    pub fn row(row: Range<usize>) -> Self {
        Self { row, far: None }
    }

    /// The places of the cards that are drawn, in their order.
    pub fn places(&self) -> impl Iterator<Item = usize> + use<> {
        let before = self.far.filter(|far| *far < self.row.start);
        let after = self.far.filter(|far| *far >= self.row.end);
        before.into_iter().chain(self.row.clone()).chain(after)
    }
}

/// The cards to draw out of `count`. With `keep`, that one is drawn, too.
pub fn near(extent: Extent, count: usize, keep: Option<usize>) -> Drawn {
    let row = row(extent, count);
    let far = keep.filter(|keep| *keep < count && !row.contains(keep));
    Drawn { row, far }
}

fn row(extent: Extent, count: usize) -> Range<usize> {
    if count <= WHOLE {
        return 0..count;
    }
    let cards = |pixels: f64| if extent.step > 0.0 { whole(pixels / extent.step) } else { 0 };
    let first = cards(extent.top).saturating_sub(MARGIN).min(count);
    let last = (cards(extent.top + extent.height.max(0.0)) + 1 + MARGIN).min(count);
    first..last.max(first)
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
        assert_eq!(row(extent(0.0), 4000), 0..18);
        assert_eq!(row(extent(100_000.0), 4000), 990..1018);
        assert_eq!(row(extent(399_500.0), 4000), 3985..4000);
        assert_eq!(row(extent(-300.0), 4000), 0..15);
        assert_eq!(row(extent(90_000.0), 30), 0..30);
        // A list that became shorter than the place that was scrolled to.
        assert_eq!(row(extent(90_000.0), 31), 31..31);
        assert_eq!(row(Extent { step: 0.0, ..extent(0.0) }, 4000), 0..11);
    }

    #[test]
    fn a_card_in_hand_stays_drawn_and_nothing_between_it_and_the_screen() {
        let places = |top, keep| near(extent(top), 4000, Some(keep)).places().collect::<Vec<_>>();
        assert_eq!(places(0.0, 5).len(), 18);
        let above = places(100_000.0, 5);
        assert_eq!((above.len(), above[0], above[1]), (29, 5, 990));
        let below = places(0.0, 3000);
        assert_eq!((below.len(), below[17], below[18]), (19, 17, 3000));
    }
}

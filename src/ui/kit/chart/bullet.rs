//! How far something is on its way, with a mark where it should be.

use crate::domain::results::fraction::Percent;
use leptos::prelude::*;

/// In the drawing's units.
pub const WIDTH: usize = 200;
pub const HEIGHT: usize = 16;

/// Between two lines of hatching.
const STEP: usize = 8;

/// A share on the drawing; what is below nothing or above all stands at its end.
fn at(share: Percent) -> usize {
    usize::try_from(share.tenths().clamp(0, 1000)).unwrap_or_default() * WIDTH / 1000
}

/// Lines from below to above over so much of the drawing, where there is nothing to show or what there is is not told.
pub fn hatching(width: usize) -> String {
    (0..width / STEP).map(|nth| format!("M{} 13l{STEP}-10", nth * STEP)).collect()
}

/// The drawing alone; its numbers stand beside it, so it is hidden from screen readers.
#[component]
pub fn BulletBar(reached: Option<Percent>, wanted: Option<Percent>) -> impl IntoView {
    let hatched = reached.is_none().then(|| view! { <path class="hatch" d=hatching(WIDTH)></path> });
    let reached = reached.map(|reached| {
        view! { <rect class="reached" y="5" width=at(reached).to_string() height="6"></rect> }
    });
    let wanted = wanted.map(|wanted| {
        view! { <rect class="wanted" x=at(wanted).saturating_sub(2).to_string() y="1" width="3" height="14"></rect> }
    });
    view! {
        <svg class="bullet-bar" viewBox=format!("0 0 {WIDTH} {HEIGHT}") aria-hidden="true">
            <rect class="way" y="3" width=WIDTH.to_string() height="10"></rect>
            {hatched}
            {reached}
            {wanted}
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::results::fraction::Fraction;

    #[test]
    fn a_share_never_leaves_the_drawing() {
        let share = |hundredths| Fraction::new(hundredths, 100).unwrap().percent();
        assert_eq!([-20, 0, 50, 100, 250].map(|it| at(share(it))), [0, 0, 100, 200, 200]);
    }
}

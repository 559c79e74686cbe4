//! How much of something there is, as one of five shades from little to much.

use leptos::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shade {
    /// There is nothing to speak of: hatched, never the lightest shade.
    NoData,
    /// 0 to 4.
    Step(u8),
}

impl Shade {
    pub const STEPS: u8 = 5;

    /// Of whole per cent: none, up to a third, up to two thirds, less than all, all.
    pub fn of_percent(percent: Option<usize>) -> Self {
        percent.map_or(Self::NoData, |percent| {
            Self::Step(match percent {
                0 => 0,
                1..=33 => 1,
                34..=66 => 2,
                67..=99 => 3,
                _ => 4,
            })
        })
    }

    /// Of a count: 0, 1, 2, 3, and 4 or more.
    pub fn of_count(count: usize) -> Self {
        Self::Step(u8::try_from(count.min(4)).unwrap_or_default())
    }

    pub fn class(self) -> &'static str {
        match self {
            Self::NoData => "shade none",
            Self::Step(0) => "shade s0",
            Self::Step(1) => "shade s1",
            Self::Step(2) => "shade s2",
            Self::Step(3) => "shade s3",
            Self::Step(_) => "shade s4",
        }
    }
}

/// The pattern of what has no data, for the `no-data` shapes of a drawing.
#[component]
pub fn Hatching() -> impl IntoView {
    view! {
        <defs>
            <pattern id="no-data" width="8" height="8" patternUnits="userSpaceOnUse">
                <path class="hatch" d="M-2 2 2-2M0 8 8 0M6 10l4-4"></path>
            </pattern>
        </defs>
    }
}

/// A piece of a shade, in 16 by 16 units.
fn piece(shade: Shade) -> impl IntoView {
    view! {
        <rect class=shade.class() width="16" height="16"></rect>
        {(shade == Shade::NoData).then(|| view! { <path class="hatch" d="M0 8 8 0M0 16 16 0M8 16 16 8"></path> })}
    }
}

/// The shades with their words for a drawing that leaves the page.
pub fn key(entries: Vec<(Shade, String)>) -> Vec<(AnyView, String)> {
    let framed = |shade: Shade| view! { <g class="swatch">{piece(shade)}</g> }.into_any();
    entries.into_iter().map(|(shade, words)| (framed(shade), words)).collect()
}

/// What the shades mean, each with its words.
#[component]
pub fn Legend(label: &'static str, entries: Vec<(Shade, String)>) -> impl IntoView {
    let swatch = |shade: Shade| {
        view! { <svg class="swatch" viewBox="0 0 16 16" aria-hidden="true">{piece(shade)}</svg> }.into_any()
    };
    legend(label, entries.into_iter().map(|(shade, words)| (swatch(shade), words)).collect())
}

/// What marks of any kind mean.
pub fn legend(label: &'static str, entries: Vec<(AnyView, String)>) -> impl IntoView {
    let entries: Vec<_> = entries.into_iter().map(|(mark, words)| view! { <li>{mark}{words}</li> }).collect();
    view! { <ul class="in-row legend" aria-label=label>{entries}</ul> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_and_all_have_shades_of_their_own() {
        let steps = [0, 1, 33, 34, 66, 67, 99, 100].map(|percent| Shade::of_percent(Some(percent)));
        assert_eq!(steps, [0, 1, 1, 2, 2, 3, 3, 4].map(Shade::Step));
        assert_eq!(Shade::of_percent(None), Shade::NoData);
        assert_eq!([0, 1, 4, 99].map(Shade::of_count), [0, 1, 4, 4].map(Shade::Step));
    }
}

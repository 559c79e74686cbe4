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

/// What the shades mean, each with its words.
#[component]
pub fn Legend(label: &'static str, entries: Vec<(Shade, String)>) -> impl IntoView {
    let entries: Vec<_> = entries
        .into_iter()
        .map(|(shade, words)| {
            view! {
                <li>
                    <svg class="swatch" viewBox="0 0 16 16" aria-hidden="true">
                        <rect class=shade.class() width="16" height="16"></rect>
                        {(shade == Shade::NoData).then(|| view! { <path class="hatch" d="M0 8 8 0M0 16 16 0M8 16 16 8"></path> })}
                    </svg>
                    {words}
                </li>
            }
        })
        .collect();
    view! { <ul class="legend" aria-label=label>{entries}</ul> }
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

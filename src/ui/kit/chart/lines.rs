//! Two counts over time as lines: the one broken, the other drawn through, each point reachable by keyboard.

use leptos::prelude::*;

pub const WIDTH: usize = 640;
pub const HEIGHT: usize = 260;
/// Room for the numbers at the left, the names below, and half a name at the right.
const LEFT: usize = 40;
const BELOW: usize = 32;
const RIGHT: usize = 40;
const ABOVE: usize = 16;

/// A point in time.
#[derive(Clone, Debug)]
pub struct Moment {
    /// What stands below it.
    pub name: String,
    pub broken: usize,
    pub through: Option<usize>,
    /// What it says to who does not see it.
    pub label: String,
}

/// Where a count stands in the drawing.
struct Scale {
    most: usize,
    moments: usize,
}

impl Scale {
    fn of(moments: &[Moment]) -> Self {
        let counts = moments.iter().flat_map(|moment| [Some(moment.broken), moment.through]);
        Self { most: counts.flatten().max().unwrap_or_default().max(1), moments: moments.len() }
    }

    fn x(&self, nth: usize) -> usize {
        LEFT + (WIDTH - LEFT - RIGHT) * nth / self.moments.saturating_sub(1).max(1)
    }

    fn y(&self, count: usize) -> usize {
        HEIGHT - BELOW - (HEIGHT - BELOW - ABOVE) * count / self.most
    }

    fn line(&self, counts: impl Iterator<Item = usize>) -> String {
        let points: Vec<_> =
            counts.enumerate().map(|(nth, count)| format!("{} {}", self.x(nth), self.y(count))).collect();
        format!("M{}", points.join("L"))
    }
}

#[component]
pub fn Lines(label: &'static str, moments: Vec<Moment>) -> impl IntoView {
    let scale = Scale::of(&moments);
    let broken = scale.line(moments.iter().map(|moment| moment.broken));
    let through = scale.line(moments.iter().map_while(|moment| moment.through));
    let grid: Vec<_> = [0, scale.most / 2, scale.most].map(|count| grid_line(&scale, count)).into();
    let names: Vec<_> = moments
        .iter()
        .enumerate()
        .map(|(nth, moment)| {
            view! { <text class="name" x=scale.x(nth) y=HEIGHT - BELOW / 3>{moment.name.clone()}</text> }
        })
        .collect();
    let points: Vec<_> = moments.iter().enumerate().map(|(nth, moment)| point(&scale, nth, moment)).collect();
    view! {
        <svg class="lines-chart" viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="group" aria-label=label>
            {grid}
            {names}
            <path class="broken" d=broken></path>
            <path class="through" d=through></path>
            {points}
        </svg>
    }
}

fn grid_line(scale: &Scale, count: usize) -> impl IntoView + use<> {
    let y = scale.y(count);
    view! {
        <g class="grid">
            <path d=format!("M{LEFT} {y}H{}", WIDTH - RIGHT)></path>
            <text x=LEFT - 8 y=y + 5>{count}</text>
        </g>
    }
}

fn point(scale: &Scale, nth: usize, moment: &Moment) -> impl IntoView + use<> {
    let x = scale.x(nth);
    let y = scale.y(moment.through.unwrap_or(moment.broken));
    let class = if moment.through.is_some() { "point" } else { "point to-come" };
    let (label, title) = (moment.label.clone(), moment.label.clone());
    view! {
        <g class=class tabindex="0" role="img" aria-label=label>
            <title>{title}</title>
            <circle cx=x cy=y r="5"></circle>
        </g>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(broken: usize, through: Option<usize>) -> Moment {
        Moment { name: String::new(), broken, through, label: String::new() }
    }

    #[test]
    fn the_most_stands_at_the_top_and_nothing_at_the_bottom() {
        let scale = Scale::of(&[moment(0, Some(1)), moment(10, None)]);
        assert_eq!((scale.y(10), scale.y(0)), (ABOVE, HEIGHT - BELOW));
        assert_eq!((scale.x(0), scale.x(1)), (LEFT, WIDTH - RIGHT));
        assert_eq!(scale.line([0, 10].into_iter()), format!("M40 {}L600 {ABOVE}", HEIGHT - BELOW));
    }

    #[test]
    fn what_is_empty_can_be_drawn() {
        let scale = Scale::of(&[]);
        assert_eq!((scale.most, scale.x(0), scale.y(0)), (1, LEFT, HEIGHT - BELOW));
    }
}

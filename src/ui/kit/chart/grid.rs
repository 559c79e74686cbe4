//! Shaded cells in rows and columns, drawn.

use super::shade::{Hatching, Shade};
use leptos::prelude::*;

pub const WIDTH: usize = 640;
/// The width of the rows' names, and the height of a row.
const NAMES: usize = 170;
const ROW: usize = 34;

/// A row: its name, and its cells with what stands in them.
pub struct GridRow {
    pub name: String,
    pub cells: Vec<(Shade, String)>,
}

/// With so many rows below the heads.
pub fn height(rows: usize) -> usize {
    ROW * (rows + 1)
}

#[component]
pub fn Grid(heads: Vec<String>, rows: Vec<GridRow>) -> impl IntoView {
    let column = (WIDTH - NAMES) / heads.len().max(1);
    let middle = move |nth: usize| NAMES + column * nth + column / 2;
    let height = height(rows.len());
    let heads: Vec<_> = heads
        .into_iter()
        .enumerate()
        .map(|(nth, head)| view! { <text x=middle(nth).to_string() y=(ROW * 2 / 3).to_string()>{head}</text> })
        .collect();
    let rows: Vec<_> = rows.into_iter().enumerate().map(|(nth, row)| drawn(row, ROW * (nth + 1), column)).collect();
    view! {
        <svg class="grid-chart" viewBox=format!("0 0 {WIDTH} {height}")>
            <Hatching/>
            {heads}
            {rows}
        </svg>
    }
}

fn drawn(row: GridRow, top: usize, column: usize) -> impl IntoView {
    let base = (top + ROW * 2 / 3).to_string();
    let cells: Vec<_> = row
        .cells
        .into_iter()
        .enumerate()
        .map(|(nth, (shade, words))| {
            let (x, width) = ((NAMES + column * nth).to_string(), (column - 2).to_string());
            let (y, height) = (top.to_string(), (ROW - 2).to_string());
            let hatched = (shade == Shade::NoData).then(|| {
                view! { <rect class="no-data" x=x.clone() y=y.clone() width=width.clone() height=height.clone()></rect> }
            });
            view! {
                <rect class=shade.class() x=x.clone() y=y.clone() width=width.clone() height=height.clone()></rect>
                <text x=(NAMES + column * nth + column / 2).to_string() y=base.clone()>{words}</text>
                {hatched}
            }
        })
        .collect();
    view! { <text class="row" x="0" y=base.clone()>{row.name}</text> {cells} }
}

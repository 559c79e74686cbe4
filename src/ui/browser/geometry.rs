//! Where things stand on the screen, in CSS pixels of the window.

use crate::ui::board::{Extent, Point};
use gloo::utils::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{DomRect, Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

/// How near to an edge a card in hand makes the board scroll, and how far it scrolls with each picture.
const EDGE: f64 = 56.0;
const PACE: f64 = 14.0;

fn all(selector: &str) -> Vec<Element> {
    let Ok(found) = document().query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
}

fn screen_height() -> f64 {
    window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default()
}

fn pixels(element: &Element, property: &str) -> f64 {
    let style = window().get_computed_style(element).ok().flatten();
    let value = style.and_then(|style| style.get_property_value(property).ok()).unwrap_or_default();
    value.trim_end_matches("px").parse().unwrap_or_default()
}

/// From the top of one card to the top of the next. The style sheet gives all one height.
fn step(list: &Element) -> f64 {
    let card = list.query_selector(":scope > li").ok().flatten();
    card.map_or(0.0, |card| card.get_bounding_client_rect().height() + pixels(list, "row-gap"))
}

/// The top of a list's first card, drawn or not.
fn top_of(list: &Element) -> f64 {
    list.get_bounding_client_rect().top()
}

fn area(selector: &str) -> Option<DomRect> {
    Some(all(selector).first()?.get_bounding_client_rect())
}

/// The upper edge of the first thing in the page that a selector names.
pub fn top(selector: &str) -> Option<f64> {
    area(selector).map(|area| area.top())
}

pub fn bottom(selector: &str) -> Option<f64> {
    area(selector).map(|area| area.bottom())
}

/// The left edge of something, and its width.
pub fn sides(element: &Element) -> (f64, f64) {
    let area = element.get_bounding_client_rect();
    (area.left(), area.width())
}

/// What the screen shows of a column's list.
pub fn extent(column: &Element, list: &Element) -> Extent {
    let shown = column.get_bounding_client_rect();
    let (top, bottom) = (shown.top().max(0.0), shown.bottom().min(screen_height()));
    Extent { top: top - top_of(list), height: bottom - top, step: step(list) }
}

/// Hands a number to the style sheet, which makes a size of it: the one way by which views set one.
pub fn set_number(element: &HtmlElement, name: &str, value: usize) {
    // A browser without custom properties draws the column without its blank parts.
    let _ = element.style().set_property(name, &value.to_string());
}

/// Over which column a point is, and over how many cards' height below its top; negative above it.
pub fn card_slot(at: Point) -> Option<(usize, f64)> {
    let columns = all(".column");
    let distance = |area: &DomRect| (area.left() - at.x).max(at.x - area.right()).max(0.0);
    let areas = columns.iter().map(Element::get_bounding_client_rect).enumerate();
    let (column, _) = areas.min_by(|a, b| distance(&a.1).total_cmp(&distance(&b.1)))?;
    let list = columns.get(column)?.query_selector(".cards").ok().flatten()?;
    let own = step(&list);
    let step = if own > 0.0 { own } else { all(".cards").iter().map(step).fold(0.0, f64::max) };
    Some((column, if step > 0.0 { (at.y - top_of(&list)) / step } else { 0.0 }))
}

/// Scrolls what lies under a point near an edge. Whether anything may have moved.
pub fn auto_scroll(at: Point) -> bool {
    let towards = |value: f64, low: f64, high: f64| match () {
        () if value < low + EDGE => -PACE,
        () if value > high - EDGE => PACE,
        () => 0.0,
    };
    let mut scrolled = false;
    if let Some(board) = all(".columns").first() {
        let area = board.get_bounding_client_rect();
        let across = towards(at.x, area.left(), area.right());
        if across != 0.0 {
            board.set_scroll_left(board.scroll_left() + whole(across));
            scrolled = true;
        }
    }
    let under = all(".column").into_iter().find(|column| {
        let area = column.get_bounding_client_rect();
        (area.left()..=area.right()).contains(&at.x)
    });
    if let Some(column) = under.filter(|column| column.scroll_height() > column.client_height()) {
        let area = column.get_bounding_client_rect();
        let down = towards(at.y, area.top(), area.bottom());
        column.set_scroll_top(column.scroll_top() + whole(down));
        scrolled |= down != 0.0;
    } else {
        let down = towards(at.y, 0.0, screen_height());
        window().scroll_by_with_x_and_y(0.0, down);
        scrolled |= down != 0.0;
    }
    scrolled
}

#[allow(clippy::cast_possible_truncation)] // a few pixels
fn whole(pixels: f64) -> i32 {
    pixels as i32
}

/// Scrolls so that a card of a column is drawn, also one that is not there yet.
pub fn scroll_to_card(column: &Element, list: &Element, index: usize) {
    #[allow(clippy::cast_precision_loss)] // no column holds 2^52 cards
    let wanted = top_of(list) + step(list) * index as f64;
    let Extent { top, height, step } = extent(column, list);
    let offset = wanted - top_of(list);
    let hidden = if offset < top { offset - top } else { (offset + step - top - height).max(0.0) };
    // A column that does not scroll by itself, as on a phone, leaves it to the page.
    if column.scroll_height() > column.client_height() + 1 {
        column.set_scroll_top(column.scroll_top() + whole(hidden));
    } else {
        window().scroll_by_with_x_and_y(0.0, hidden);
    }
}

/// Brings the place where a card would land into view.
pub fn show_place() {
    let nearest = ScrollIntoViewOptions::new();
    nearest.set_block(ScrollLogicalPosition::Nearest);
    nearest.set_inline(ScrollLogicalPosition::Nearest);
    if let Some(place) = all(".drop-place").first() {
        place.scroll_into_view_with_scroll_into_view_options(&nearest);
    }
}

/// The column that a phone shows.
pub fn shown_column() -> usize {
    let Some(board) = all(".columns").into_iter().next() else { return 0 };
    let left = board.get_bounding_client_rect().left();
    let distance = |column: &Element| (column.get_bounding_client_rect().left() - left).abs();
    let columns = all(".column");
    let nearest = columns.iter().enumerate().min_by(|a, b| distance(a.1).total_cmp(&distance(b.1)));
    nearest.map_or(0, |(at, _)| at)
}

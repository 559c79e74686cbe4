//! Counts of people as they may be published: 1 to 10 shows as "< 11", and so much more is withheld that no count so
//! hidden follows from the totals around it (complementary suppression).
//!
//! A reader is taken to know everything that is shown, what the marks mean, that counts are whole numbers not below
//! zero, and that a withheld count is 11 or more. Then of every hidden count at least two values remain possible,
//! unless it follows from published official figures alone.
//!
//! It does not know of other tables: lists that share a total belong into one call, and a running total that is
//! published each quarter tells the quarter's count by subtraction. Nor does it hold against somebody who knows most of
//! a hidden group from elsewhere.
//!
//! Source: the network's rule for counts of victims, and the usual way of protecting statistical tables, which looks for
//! a cycle of hidden cells through each one: the cell can then be one higher or lower, with its neighbours on the cycle
//! up and down by turns, and everything shown stays as it is.

mod network;

use super::amount::Amount;
use crate::domain::text::Citation;
use network::{Arc, Mark};
use serde::{Deserialize, Serialize};

/// Counts up to this one are small, but for 0.
pub const SMALL: u32 = 10;

/// A count of people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    people: u32,
    /// Where it has been published.
    official: Option<Citation>,
}

impl Count {
    pub fn own(people: u32) -> Self {
        Self { people, official: None }
    }

    /// An official figure that is public already, so that hiding it protects nobody: it is shown with its source.
    pub fn official(people: u32, source: Citation) -> Self {
        Self { people, official: Some(source) }
    }

    /// People are whole.
    pub fn of(amount: Amount) -> Option<Self> {
        amount.whole().map(Self::own)
    }

    /// Whether it is shown as "< 11".
    pub fn is_small(&self) -> bool {
        self.official.is_none() && (1..=SMALL).contains(&self.people)
    }
}

/// What stands in the place of a count that is not told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hidden {
    /// "< 11": from 1 to 10.
    Small,
    /// Withheld, since it would give away a small one.
    Withheld,
}

/// A count as it may be published. What is hidden is not in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    Shown {
        people: u32,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        official: Option<Citation>,
    },
    /// "< 11": from 1 to 10.
    Small,
    /// Withheld for the sake of a small one.
    Withheld,
}

/// One total with the lists that each come to it: by sex, by age, by country.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lists {
    pub total: Cell,
    pub lists: Vec<Vec<Cell>>,
}

/// A table with the totals of its rows and columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    pub rows: Vec<Vec<Cell>>,
    /// One for each row.
    pub row_totals: Vec<Cell>,
    /// One for each column.
    pub column_totals: Vec<Cell>,
    pub total: Cell,
}

impl Lists {
    /// All lists of one total together, since what one of them hides another could tell. Nothing if a list does not
    /// come to the total: what is missing belongs into it as a category of its own ("not stated").
    pub fn publish(total: &Count, lists: &[Vec<Count>]) -> Option<Self> {
        if !lists.iter().all(|list| sum(list) == Some(total.people)) {
            return None;
        }
        // A ring: the total leads from the first place to the second, and each list's counts from there to the next.
        let places = lists.len() + 1;
        let arcs = lists
            .iter()
            .zip(1..)
            .flat_map(|(list, place)| list.iter().map(move |count| arc(count, place, (place + 1) % places)));
        let mut arcs: Vec<Arc> = std::iter::once(total_arc(total, 0, 1 % places)).chain(arcs).collect();
        network::protect(&mut arcs, places);
        let mut marks = arcs.iter().map(|arc| arc.mark);
        let total = cell(total, marks.next()?);
        let lists = lists.iter().map(|list| cells(list, &mut marks)).collect();
        Some(Self { total, lists })
    }
}

impl Table {
    /// The totals are computed. Nothing if rows differ in length, or a total is beyond what a count holds.
    pub fn publish(rows: &[Vec<Count>]) -> Option<Self> {
        let width = rows.first()?.len();
        if rows.iter().any(|row| row.len() != width) {
            return None;
        }
        let totals = Totals::of(rows, width)?;
        let mut arcs = totals.arcs(rows);
        network::protect(&mut arcs, rows.len() + width + 2);
        let mut marks = arcs.iter().map(|arc| arc.mark);
        Some(Self {
            rows: rows.iter().map(|row| cells(row, &mut marks)).collect(),
            row_totals: cells(&totals.rows, &mut marks),
            column_totals: cells(&totals.columns, &mut marks),
            total: cell(&totals.all, marks.next()?),
        })
    }
}

struct Totals {
    rows: Vec<Count>,
    columns: Vec<Count>,
    all: Count,
}

impl Totals {
    fn of(rows: &[Vec<Count>], width: usize) -> Option<Self> {
        let columns = (0..width).map(|column| rows.iter().filter_map(move |row| row.get(column)));
        let columns = columns.map(|column| sum(column).map(Count::own)).collect::<Option<Vec<_>>>()?;
        let rows = rows.iter().map(|row| sum(row).map(Count::own)).collect::<Option<Vec<_>>>()?;
        let all = sum(&rows).map(Count::own)?;
        Some(Self { rows, columns, all })
    }

    /// The places are the rows, the columns, and the row and the column of totals. What flows from rows to columns comes
    /// together in the row of totals, and goes back to the rows by the column of totals.
    fn arcs(&self, rows: &[Vec<Count>]) -> Vec<Arc> {
        let height = rows.len();
        let totals_row = height + self.columns.len();
        let totals_column = totals_row + 1;
        let inner = rows
            .iter()
            .zip(0..)
            .flat_map(|(row, from)| row.iter().zip(height..).map(move |(count, to)| arc(count, from, to)));
        let of_rows = self.rows.iter().zip(0..).map(|(count, row)| total_arc(count, totals_column, row));
        let of_columns = self.columns.iter().zip(height..).map(|(count, column)| total_arc(count, column, totals_row));
        let all = std::iter::once(total_arc(&self.all, totals_row, totals_column));
        inner.chain(of_rows).chain(of_columns).chain(all).collect()
    }
}

fn sum<'a>(counts: impl IntoIterator<Item = &'a Count>) -> Option<u32> {
    counts.into_iter().try_fold(0, |sum: u32, count| sum.checked_add(count.people))
}

fn arc(count: &Count, from: usize, to: usize) -> Arc {
    let mark = match count.people {
        _ if count.official.is_some() => Mark::Fixed,
        0 => Mark::Fixed,
        1..=SMALL => Mark::Small,
        _ => Mark::Shown,
    };
    Arc { from, to, people: count.people, is_total: false, mark }
}

fn total_arc(count: &Count, from: usize, to: usize) -> Arc {
    Arc { is_total: true, ..arc(count, from, to) }
}

fn cells(counts: &[Count], marks: &mut impl Iterator<Item = Mark>) -> Vec<Cell> {
    counts.iter().zip(marks).map(|(count, mark)| cell(count, mark)).collect()
}

fn cell(count: &Count, mark: Mark) -> Cell {
    match mark {
        Mark::Fixed | Mark::Shown => Cell::Shown { people: count.people, official: count.official.clone() },
        Mark::Small => Cell::Small,
        Mark::Withheld | Mark::Free => Cell::Withheld,
    }
}

#[cfg(test)]
mod tests;

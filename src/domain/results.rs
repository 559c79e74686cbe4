//! Results: the EU logical framework of a plan, and what its indicators say.
//!
//! - [`code`], [`tree`]: results above one another, numbered as the EU numbers them, with the action items below
//! - [`indicator`], [`scale`], [`goals`]: what is measured, from where to where, and why that was changed
//! - [`command`], [`change`]: what may be wished for, and what then happens
//! - [`form`]: a reading as a form sends it
//! - [`reading`], [`value`], [`state`]: what was found for a period, and its way to being approved
//! - [`amount`], [`fraction`]: the numbers; decimal or exact, never binary fractions
//! - [`progress`], [`light`], [`standing`], [`bullet`]: the value to date, how far it is, and its traffic light
//! - [`breakdown`], [`gained`], [`like`], [`rollup`]: by category, within a period, over like indicators, over groups
//! - [`small_counts`], [`withheld`]: what of a count of people may be published, and what readers are told of it
//!
//! Everywhere: only approved readings count, each period once; "no data" is `None` and never 0; percentages are made
//! last, from parts that were added.
//!
//! Sources: EU logical framework template (2016) for rows, columns and numbers; the network's own rules for lights and
//! small counts.

pub mod amount;
pub mod breakdown;
pub mod bullet;
pub mod change;
pub mod code;
pub mod command;
pub mod form;
pub mod fraction;
pub mod framework_form;
pub mod gained;
pub mod goals;
pub mod indicator;
pub mod light;
pub mod like;
pub mod progress;
pub mod reading;
pub mod rollup;
pub mod scale;
pub mod small_counts;
pub mod standing;
pub mod state;
pub mod tree;
pub mod value;
pub mod withheld;

#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;

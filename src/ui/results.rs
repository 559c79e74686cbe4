//! Results: the logical framework as the EU's table, how many indicators stand how, and the page on which a partner
//! enters a quarter.

mod address;
mod editing;
mod filled;
mod framework;
mod known;
pub mod lights;
mod overview;
pub mod quarters;
mod reading_form;
mod readings;
mod rest;
mod row;
pub mod standing;
mod withdrawal;
pub mod words;

pub use editing::{IndicatorPage, NewIndicatorPage, NewNodePage, NodePage, TreePage};
pub use framework::ResultsPage;
pub use overview::OverviewPage;
pub use readings::ReadingsPage;

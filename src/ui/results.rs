//! Results: the logical framework as the EU's table, and the page on which a partner enters a quarter.

mod address;
mod framework;
mod lights;
mod quarters;
mod reading_form;
mod readings;
mod row;
mod standing;
mod words;

pub use framework::ResultsPage;
pub use readings::ReadingsPage;

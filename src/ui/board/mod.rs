//! The board: the plan's items by status.

mod card;
mod column;
mod filters;
mod page;

pub use page::BoardPage;

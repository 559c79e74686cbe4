//! Action items: reading one, and the forms that change it.

mod actions;
mod edit;
mod facts;
mod form;
mod page;

pub use edit::{EditItemPage, NewItemPage};
pub use page::ItemPage;

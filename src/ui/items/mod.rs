//! Action items: reading and changing one in a dialog, and the forms that do without a script.

mod actions;
mod dialog;
mod draft;
mod edit;
mod editor;
mod facts;
mod form;
mod merge;
mod newest;
mod reading;

pub use dialog::ItemDialog;
pub use edit::{EditItemPage, NewItemPage};
pub use merge::{Contest, MergeDialog};

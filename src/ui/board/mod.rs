//! The board: the plan's items by status.

mod address;
mod beside;
mod card;
mod column;
mod drag;
mod filters;
mod help;
mod hold;
mod keys;
mod menu;
mod moves;
pub mod news;
mod page;
mod state;
mod table;
mod timeline;
mod views;
mod window;

pub use address::address;
pub use beside::follow_beside;
pub use hold::Point;
pub use page::BoardPage;
pub use state::BoardState;
pub use window::Extent;

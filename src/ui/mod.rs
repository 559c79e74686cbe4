//! What people see. `kit` holds the shared pieces, `browser` is the only door to the browser's own interfaces.

pub mod accounts;
pub mod board;
pub mod browser;
pub mod dashboard;
pub mod data;
pub mod foot;
pub mod frame;
pub mod head;
pub mod items;
pub mod kit;
pub mod language;
pub mod line;
pub mod offline;
pub mod public;
pub mod report;
pub mod results;

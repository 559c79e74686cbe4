//! Pieces that several pages share.

pub mod chart;
pub mod day;
pub mod error;
pub mod field;
pub mod icon;
pub mod input;
pub mod mark;
pub mod names;
pub mod notice;
pub mod partner;
pub mod progress;
pub mod reply;
pub mod table;

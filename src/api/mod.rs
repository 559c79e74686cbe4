//! Server functions: who is asking, what exactly, is it allowed, do it, answer. Signatures speak of the domain alone.

pub mod accounts;
pub mod audit;
pub mod board;
pub mod dashboard;
mod error;
pub mod items;
pub mod people;
pub mod plan;
pub mod report;
pub mod results;

pub use error::AppError;

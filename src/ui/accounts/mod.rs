//! Pages of accounts: one's own, everybody's, and the doors to them.

pub mod account;
pub mod audit;
pub mod doors;
pub mod people;
pub mod setup;
pub mod sign_in;

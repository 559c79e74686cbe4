//! Pages of a member's own account.

pub mod sign_in;

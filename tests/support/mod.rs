//! What the tests stand on: both databases for real, a server on a free port, and a count of statements.
#![allow(dead_code)] // each test program uses its part

pub mod databases;
pub mod server;
pub mod statements;

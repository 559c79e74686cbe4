//! What the tests stand on: both databases for real, and a server on a free port.
#![allow(dead_code)] // each test program uses its part

pub mod databases;
pub mod server;

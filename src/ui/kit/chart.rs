//! Charts: drawn as SVG on the server, each beside a table that says the same.

pub mod bullet;
pub mod drawing;
pub mod grid;
pub mod lines;
pub mod region;
pub mod shade;
mod shapes;

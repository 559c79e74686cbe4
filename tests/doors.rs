//! The doors of accounts over real HTTP: who may come in, as whom and for how long, what opens to whom, and what is
//! written down of it.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod support;

mod doors {
    mod audit;
    mod cross_site;
    mod drawings;
    mod headers;
    mod links;
    mod matrix;
    mod people;
    mod personal_data;
    mod races;
    mod routes;
    mod second_factor;
    mod sessions;
    mod visit;
}

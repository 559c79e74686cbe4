//! What the plan is and what may happen to it. Pure: no IO, no clock, no feature gates, so that browser and
//! server run the same rules.

pub mod account_form;
pub mod accounts;
pub mod attempts;
pub mod audit;
pub mod board;
pub mod change;
pub mod dashboard;
pub mod day;
pub mod fields;
pub mod filter;
pub mod fold;
pub mod guard;
pub mod ids;
pub mod item_form;
pub mod items;
pub mod live;
pub mod measure;
pub mod merge;
pub mod outbox;
pub mod plan;
pub mod policy;
pub mod preview;
pub mod protocol;
pub mod rank;
pub mod replica;
pub mod report;
pub mod results;
pub mod rows;
pub mod script;
pub mod text;
pub mod timeline;

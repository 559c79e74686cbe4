//! The only SQL. Each query is written once, in the common part of SQLite and PostgreSQL, beside the one function that
//! runs it; row structs stay here and convert explicitly. Knows nothing of requests, rights or languages.

mod accounts;
mod backup;
mod changes;
mod conn;
mod db;
mod error;
mod items;
mod listen;
mod plans;
mod rows;

pub use accounts::{NewMember, NewSession, StoredMember, add_member, add_organisation, add_session, end_session};
pub use accounts::{extend_session, member_by_email, member_by_session, member_organisation, organisation};
pub use backup::{BackupError, backup, is_empty, restore, tables};
pub use changes::{add_change, change_by_op, changes_since, text_version};
pub use conn::Conn;
pub use db::{Access, Db, OpenError, Schema};
pub use error::StoreError;
pub use items::Neighbours;
pub use items::{apply_change, board_cards, in_order, item, item_by_number, last_number, place_after};
pub use items::{texts_since, top_of};
pub use listen::{Listener, News, announce, announce_end};
pub use plans::{add_plan, current_plan, frame, item_plan, move_revision, revision};

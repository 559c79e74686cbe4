//! The only SQL. Each query is written once, in the common part of SQLite and PostgreSQL, beside the one function that
//! runs it; row structs stay here and convert explicitly. Knows nothing of requests, rights or languages.

mod accounts;
mod audit;
mod backup;
mod changes;
mod conn;
mod db;
mod doors;
mod error;
mod items;
mod listen;
mod mails;
mod plans;
mod reports;
mod results;
mod rows;
mod sessions;

pub use accounts::{Network, NewMember, Standing, StoredMember, add_member, count_coordinators};
pub use accounts::{
    count_recovery_codes, lock_network, member, member_by_email, member_organisation, member_to_change, network,
    organisation,
};
pub use accounts::{organisations, people, save_member, save_organisation, set_network};
pub use accounts::{set_recovery_codes, use_recovery_code, use_totp_step};
pub use audit::{NewLine, add_audit, audit_lines, named_members};
pub use backup::{BackupError, backup, is_empty, restore, tables};
pub use changes::{add_change, change_by_op, changes_by, changes_since, moved_goals, text_version, turns_between};
pub use conn::Conn;
pub use db::{Access, Db, OpenError, Schema};
pub use doors::{Attempts, LinkKind, add_link, attempts, forget_attempts, forget_browsers, know_browser};
pub use doors::{knows_browser, link, lock_attempts, remove_link, remove_links, set_attempts, take_link};
pub use error::StoreError;
pub use items::Neighbours;
pub use items::{apply_change, board_cards, in_order, item, item_by_number, last_number, place_after, takes_part};
pub use items::{texts_since, top_of};
pub use listen::{Listener, News, announce, announce_end};
pub use mails::{Mail, MailKind, add_mail, postpone_mail, remove_mail, remove_mails, take_mail};
pub use plans::{add_plan, current_plan, frame, item_plan, move_revision, revision};
pub use reports::{NewReport, StoredReport, add_report, report_texts, reports, reports_by, withdraw_report};
pub use results::{apply_results, results};
pub use sessions::{
    LiveSession, NewSession, StoredSession, add_session, end_oldest_sessions, end_session, end_sessions, extend_session,
};
pub use sessions::{live_session, sessions_of};

//! The only door to the browser's own interfaces. Everything here is called from events and effects, which the server
//! never runs.

mod dialog;
mod form;
mod geometry;
mod ghost;
mod page;
mod pointer;
mod socket;

pub use dialog::{blur, close_dialog, close_menus, focus, is_backdrop, is_typing, open_dialog, open_dialogs, target};
pub use form::{Form, keep_fields, show_values, submit_form_of, submitter, target_values, values};
pub use geometry::{auto_scroll, card_slot, extent, scroll_to_card, set_number, show_place, shown_column};
pub use ghost::Ghost;
pub use page::{
    announce_viewer, arm, back, is_hidden, is_online, later, mark_hydrated, new_op, now, on_viewer_change, random,
    reload, set_cookie, set_root, watch_wake,
};
pub use pointer::{Pointer, capture, item_of, pointer, prevent_scrolling, release};
pub use socket::{close_socket, open_socket, send};

//! The only door to the browser's own interfaces. Everything here is called from events and effects, which the server
//! never runs.

mod dialog;
mod form;
mod geometry;
mod ghost;
mod kept;
mod page;
mod pointer;
mod shell;
mod socket;
mod tabs;

pub use dialog::{
    blur, close_dialog, close_menus, focus, focus_soon, focused_item, is_backdrop, is_typing, open_dialog,
    open_dialogs, target,
};
pub use form::{
    Form, is_date, keep_fields, send_form, show_values, submit_form_of, submitter, target_values, values, values_of,
};
pub use geometry::{
    auto_scroll, bottom, card_slot, extent, scroll_to_card, set_number, show_place, shown_column, sides, top,
};
pub use ghost::Ghost;
pub use kept::{KeptChange, ask_to_keep, change_kept, forget_all, forget_kept, is_keeping, keep, kept};
pub use page::{
    NOBODY, announce_viewer, answer_to, arm, ask_before_links, back, confirm, is_hidden, is_online, last_viewer, later,
    local_day_and_time, mark_hydrated, new_op, now, on_viewer_change, post, random, reload, set_cookie, set_root,
    wall_clock, warn_before_leaving, watch_wake,
};
pub use pointer::{Pointer, capture, item_of, pointer, prevent_scrolling, release};
pub use shell::{enter_shell, keep_shell, leave_shell, wish};
pub use socket::{close_socket, open_socket, send};
pub use tabs::{alone, hear_tabs, tell_tabs};

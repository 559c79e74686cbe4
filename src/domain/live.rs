//! What server and browser say to each other over the live socket, and what of a change each class of readers sees.

use super::{
    change::{Change, Entry},
    ids::{OrgId, Revision},
    items::ItemChange,
    policy::{ItemRights, Sight},
    results::change::ResultsChange,
};
use serde::{Deserialize, Serialize};

/// The server says something at least this often, in seconds, so that either side can tell a dead line.
pub const PING_SECONDS: u32 = 20;

/// From the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ToBrowser {
    /// The first message: which program the server is, and how far its plan is.
    Hello { protocol: u32, build: String, revision: Revision },
    /// Something happened; `by` is the organisation of whoever did it.
    Changed { entry: Box<Entry>, by: Option<OrgId> },
    /// Something happened that this reader may not see.
    Passed(Revision),
    /// Too much is missing: load the board anew.
    Resync,
    /// How many people look at the plan now.
    Here(usize),
    /// The line is alive.
    Ping,
    /// The session has ended.
    SignedOut,
}

/// From the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ToServer {
    /// The line is alive.
    Pong,
}

/// What a class of readers sees of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    Change(Change),
    /// Only that something happened.
    Nothing,
    /// An item came into sight by a change that does not carry the whole of it.
    Resync,
}

/// What a class sees of a change to an item that was `before` and is `after`; `None` is an item that was not there.
pub fn seen(sight: Sight, change: &Change, before: Option<ItemRights>, after: Option<ItemRights>) -> Seen {
    let of_item = match change {
        Change::Item(change) => change,
        // What of it somebody may read depends on the organisation, so it is only told that there is something.
        // Who may have written texts of them has to hear of it.
        Change::Results(change)
            if sight == Sight::Everything && matches!(**change, ResultsChange::Withdrawn { .. }) =>
        {
            return Seen::Change(Change::ResultsWithdrawn);
        }
        Change::Results(_) | Change::ResultsTouched | Change::ResultsWithdrawn => {
            return Seen::Change(Change::ResultsTouched);
        }
        Change::Opened(_) | Change::Organisation(_) => return Seen::Change(change.clone()),
    };
    let reads = |item: Option<ItemRights>| item.is_some_and(|item| sight.reads(item));
    let is_whole = matches!(of_item, ItemChange::Created(_) | ItemChange::Shown(_) | ItemChange::Restored(_));
    match (reads(before), reads(after)) {
        (true, true) => Seen::Change(change.clone()),
        (false, true) if is_whole => Seen::Change(change.clone()),
        (false, true) => Seen::Resync,
        (true, false) => Seen::Change(Change::Item(ItemChange::Hidden { item: of_item.item() })),
        (false, false) => Seen::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ids::ItemId, ids::ReadingId, results::command::Subject};
    use uuid::Uuid;

    fn rights(published: bool, archived: bool) -> Option<ItemRights<'static>> {
        Some(ItemRights { lead: OrgId(Uuid::nil()), co_partners: &[], published, archived })
    }

    #[test]
    fn who_reads_what_is_published_never_gets_a_draft_and_forgets_what_is_hidden() {
        let item = ItemId(Uuid::nil());
        let archived = Change::Item(ItemChange::Archived { item });
        let hidden = Change::Item(ItemChange::Hidden { item });
        let see = |sight, change: &Change, before, after| seen(sight, change, before, after);
        let (draft, open, put_away) = (rights(false, false), rights(true, false), rights(true, true));
        assert_eq!(see(Sight::Published, &archived, draft, rights(false, true)), Seen::Nothing);
        assert_eq!(see(Sight::Published, &archived, open, put_away), Seen::Change(hidden.clone()));
        assert_eq!(see(Sight::Published, &hidden, open, draft), Seen::Change(hidden.clone()));
        assert_eq!(see(Sight::Published, &archived, draft, open), Seen::Resync);
        assert_eq!(see(Sight::Everything, &archived, open, put_away), Seen::Change(archived.clone()));
        assert_eq!(see(Sight::Everything, &hidden, open, draft), Seen::Change(hidden));
    }

    #[test]
    fn a_withdrawal_names_nothing_and_reaches_whoever_may_have_written() {
        let subject = Subject::Reading(ReadingId(Uuid::nil()));
        let withdrawn = Change::Results(Box::new(ResultsChange::Withdrawn { subject }));
        let see = |sight| seen(sight, &withdrawn, None, None);
        assert_eq!(see(Sight::Everything), Seen::Change(Change::ResultsWithdrawn));
        assert_eq!(see(Sight::Published), Seen::Change(Change::ResultsTouched));
    }
}

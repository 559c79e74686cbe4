//! What was stored or sent by every version so far can still be read: changes are kept for ever, and an outbox may have
//! waited in a browser for weeks. A new version adds files to `fixtures/` and changes none.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use act_board::domain::{
    change::{Change, Command},
    items::{ItemChange, ItemCommand},
    outbox::Outbox,
    protocol::{self, OLDEST, PROTOCOL},
    results::{change::ResultsChange, command::ResultsCommand},
};
use serde_json::Value;
use std::{collections::BTreeSet, fs};

fn read(what: &str, version: u32) -> String {
    let path = format!("{}/tests/fixtures/{what}-{version}.json", env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn fixture(what: &str, version: u32) -> Vec<Value> {
    serde_json::from_str(&read(what, version)).unwrap()
}

/// A new variant does not compile until it has a word here, and then needs its line in the newest fixture.
fn change_word(change: &Change) -> &'static str {
    match change {
        Change::Opened(_) => "opened",
        Change::Organisation(_) => "organisation",
        Change::Item(change) => match change {
            ItemChange::Created(_) => "created",
            ItemChange::Edited { .. } => "edited",
            ItemChange::Moved { .. } => "moved",
            ItemChange::Shown(_) => "shown",
            ItemChange::Hidden { .. } => "hidden",
            ItemChange::Archived { .. } => "archived",
            ItemChange::Restored(_) => "restored",
            ItemChange::Ranked { .. } => "ranked",
            ItemChange::Withdrawn { .. } => "withdrawn",
        },
        Change::Results(change) => match change.as_ref() {
            ResultsChange::Node(_) => "node",
            ResultsChange::NodeRemoved { .. } => "node_removed",
            ResultsChange::Indicator { .. } => "indicator",
            ResultsChange::IndicatorRemoved { .. } => "indicator_removed",
            ResultsChange::Linked(_) => "linked",
            ResultsChange::Unlinked { .. } => "unlinked",
            ResultsChange::Reading(_) => "reading",
            ResultsChange::ReadingRemoved { .. } => "reading_removed",
            ResultsChange::Stepped { .. } => "stepped",
            ResultsChange::Locked { .. } => "locked",
            ResultsChange::Light { .. } => "light",
            ResultsChange::Withdrawn { .. } => "texts_withdrawn",
        },
        Change::ResultsTouched => "results_touched",
        Change::ResultsWithdrawn => "results_withdrawn",
    }
}

fn command_word(command: &Command) -> &'static str {
    match command {
        Command::Item(command) => match command {
            ItemCommand::Create { .. } => "create",
            ItemCommand::Edit { .. } => "edit",
            ItemCommand::Move { .. } => "move",
            ItemCommand::Publish { .. } => "publish",
            ItemCommand::Hide { .. } => "hide",
            ItemCommand::Archive { .. } => "archive",
            ItemCommand::Restore { .. } => "restore",
            ItemCommand::Withdraw { .. } => "withdraw",
        },
        Command::Results(command) => match command {
            ResultsCommand::AddNode { .. } => "add_node",
            ResultsCommand::EditNode { .. } => "edit_node",
            ResultsCommand::MoveNode { .. } => "move_node",
            ResultsCommand::RemoveNode { .. } => "remove_node",
            ResultsCommand::AddIndicator { .. } => "add_indicator",
            ResultsCommand::EditIndicator { .. } => "edit_indicator",
            ResultsCommand::RemoveIndicator { .. } => "remove_indicator",
            ResultsCommand::Link { .. } => "link",
            ResultsCommand::Unlink { .. } => "unlink",
            ResultsCommand::Read { .. } => "read",
            ResultsCommand::RemoveReading { .. } => "remove_reading",
            ResultsCommand::Step { .. } => "step",
            ResultsCommand::Lock { .. } => "lock",
            ResultsCommand::SetLight { .. } => "set_light",
            ResultsCommand::Withdraw { .. } => "withdraw_texts",
        },
    }
}

#[test]
fn changes_of_every_version_are_read() {
    for version in 1..=PROTOCOL {
        let changes = fixture("changes", version).into_iter().map(|stored| {
            let change: Change = serde_json::from_value(stored.clone()).unwrap_or_else(|e| panic!("{e}: {stored}"));
            assert_eq!(serde_json::to_value(&change).unwrap(), stored, "nothing of it was overlooked");
            change
        });
        let words: BTreeSet<&str> = changes.collect::<Vec<_>>().iter().map(change_word).collect();
        let expected = match version {
            1 => 8,
            2 => 9,
            3 => 10,
            4 => 11,
            5 => 22,
            6 => 23,
            _ => 25,
        };
        assert_eq!(words.len(), expected, "version {version} has all that there was: {words:?}");
    }
}

/// The second version is the first that kept one.
#[test]
fn outboxes_of_every_version_are_read_whole() {
    for version in 2..=PROTOCOL {
        let stored = read("outbox", version);
        let outbox = Outbox::read(&stored).unwrap_or_else(|| panic!("version {version}"));
        assert_eq!((outbox.jobs().len(), outbox.refused().len()), (2, 2));
        if version == PROTOCOL {
            let again: Value = serde_json::to_value(&outbox).unwrap();
            assert_eq!(again, serde_json::from_str::<Value>(&stored).unwrap(), "nothing of it was overlooked");
        }
    }
}

#[test]
fn commands_of_every_version_that_is_served_are_understood() {
    for version in OLDEST..=PROTOCOL {
        let commands = fixture("commands", version);
        let commands = commands.into_iter().map(|stored| {
            let command: Command = serde_json::from_value(stored.clone()).unwrap_or_else(|e| panic!("{e}: {stored}"));
            assert_eq!(serde_json::to_value(&command).unwrap(), stored, "nothing of it was overlooked");
            protocol::command(version, command).unwrap_or_else(|| panic!("version {version}: {stored}"))
        });
        let words: BTreeSet<&str> = commands.collect::<Vec<_>>().iter().map(command_word).collect();
        let expected = match version {
            ..4 => 7,
            4 => 8,
            5 => 21,
            6 => 22,
            _ => 23,
        };
        assert_eq!(words.len(), expected, "version {version}: {words:?}");
    }
    let any = serde_json::from_value(fixture("commands", PROTOCOL).remove(0)).unwrap();
    assert_eq!(protocol::command(PROTOCOL + 1, any), None);
}

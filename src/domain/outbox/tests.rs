use super::*;
use crate::domain::{
    ids::{MemberId, Revision, StatusId, TextId},
    protocol::PROTOCOL,
};
use uuid::Uuid;

fn op(n: u128) -> OpId {
    OpId(Uuid::from_u128(n))
}

fn title(from: i64, words: &str) -> Command {
    let title = TextEdit { from, body: Title::parse(words).unwrap() };
    let edit = Edit { title: Some(title), ..Edit::default() };
    Command::Item(ItemCommand::Edit { item: ItemId(Uuid::nil()), edit })
}

fn a_move() -> Command {
    let (item, to) = (ItemId(Uuid::nil()), StatusId(Uuid::nil()));
    Command::Item(ItemCommand::Move { item, to, after: None })
}

fn job(n: u128, command: Command, follows: Option<u128>) -> Job {
    Job::new(op(n), command, 0, follows.map(op))
}

fn commands(outbox: &Outbox) -> Vec<(u128, Command)> {
    outbox.jobs().map(|job| (job.op.0.as_u128(), job.command.clone())).collect()
}

fn text(version: i64, body: &str) -> Text {
    Text { id: TextId(Uuid::nil()), version, body: body.to_owned() }
}

fn saved(n: u128, version: i64) -> Entry {
    let item = ItemId(Uuid::nil());
    let change = ItemChange::Edited { item, title: Some(text(version, "")), description: None, facts: None };
    Entry { revision: Revision(1), op: op(n), actor: MemberId(Uuid::nil()), at: 0, change: Change::Item(change) }
}

#[test]
fn what_is_typed_on_is_one_edit_until_it_is_sent() {
    let mut outbox = Outbox::default();
    assert_eq!(outbox.add(job(1, title(3, "a"), None)), op(1));
    assert_eq!(outbox.add(job(2, title(3, "ab"), Some(1))), op(1));
    assert_eq!(commands(&outbox), [(1, title(3, "ab"))]);
    outbox.take();
    assert_eq!(outbox.add(job(3, title(3, "abc"), Some(2))), op(3));
    assert_eq!(commands(&outbox), [(1, title(3, "ab")), (3, title(3, "abc"))]);
    assert_eq!(outbox.add(job(4, title(3, "abcd"), Some(3))), op(3));
    outbox.answered(op(1), Ok(&saved(1, 4)));
    assert_eq!(commands(&outbox), [(3, title(4, "abcd"))]);
}

#[test]
fn nobody_is_in_conflict_with_themselves() {
    let mut outbox = Outbox::default();
    outbox.add(job(1, title(3, "a"), None));
    outbox.take();
    outbox.add(job(2, title(3, "ab"), Some(1)));
    outbox.answered(op(1), Ok(&saved(1, 4)));
    assert_eq!(commands(&outbox), [(2, title(4, "ab"))]);
}

#[test]
fn a_text_that_was_on_its_way_into_the_box_goes_on_from_what_was_saved_meanwhile() {
    let mut outbox = Outbox::default();
    outbox.add(job(1, title(3, "a"), None));
    outbox.take();
    outbox.answered(op(1), Ok(&saved(1, 4)));
    outbox.add(job(2, title(3, "ab"), Some(1)));
    assert_eq!(commands(&outbox), [(2, title(4, "ab"))]);
}

#[test]
fn a_conflict_holds_up_its_own_field_alone() {
    let mut outbox = Outbox::default();
    let both = |title| {
        let due = Some(crate::domain::day::Day::new(2026, 1, 1));
        let edit = Edit { title, due, ..Edit::default() };
        Command::Item(ItemCommand::Edit { item: ItemId(Uuid::nil()), edit })
    };
    let words = TextEdit { from: 3, body: Title::parse("a").unwrap() };
    outbox.add(job(1, both(Some(words)), None));
    outbox.take();
    let why = Refusal::Conflict { field: Field::Title, theirs: text(4, "x"), base: None };
    outbox.answered(op(1), Err(&why));
    assert_eq!(commands(&outbox), [(1, both(None))]);
    assert!(outbox.jobs().all(|job| !job.sent));
    assert_eq!(outbox.refused()[0].job.command, title(3, "a"));
}

#[test]
fn a_text_in_conflict_that_is_asked_about_again_does_not_take_the_answer_to_what_was_wanted_with_it() {
    let mut outbox = Outbox::default();
    let due = Some(crate::domain::day::Day::new(2026, 1, 1));
    let words = Some(TextEdit { from: 3, body: Title::parse("a").unwrap() });
    let edit = Edit { title: words, due, ..Edit::default() };
    outbox.add(job(1, Command::Item(ItemCommand::Edit { item: ItemId(Uuid::nil()), edit }), None));
    outbox.take();
    let why = Refusal::Conflict { field: Field::Title, theirs: text(4, "withdrawn"), base: Some("too".to_owned()) };
    outbox.answered(op(1), Err(&why));
    // The due day was set under the name of both.
    outbox.take();
    outbox.answered(op(1), Ok(&saved(1, 3)));
    for other in [Scope::Item(ItemId(Uuid::from_u128(5))), Scope::Results] {
        outbox.ask_again(other, || op(9));
        assert_eq!(outbox.refused().len(), 1, "of something else");
    }
    outbox.ask_again(Scope::Everything, || op(9));
    assert_eq!(commands(&outbox), [(9, title(3, "a"))]);
    assert!(!serde_json::to_string(&outbox).unwrap().contains("withdrawn"), "nor is it kept on the device");
    outbox.take();
    let again = Refusal::Conflict { field: Field::Title, theirs: text(5, "b"), base: None };
    outbox.answered(op(9), Err(&again));
    assert!(outbox.refused()[0].is_contest(op(1), Field::Title), "whoever compares them knows it by its first name");
}

#[test]
fn two_conflicts_of_one_edit_are_decided_one_by_one() {
    let mut outbox = Outbox::default();
    let title = Some(TextEdit { from: 3, body: Title::parse("a").unwrap() });
    let description = Some(TextEdit { from: 3, body: Description::parse("b").unwrap() });
    let edit = Edit { title, description, ..Edit::default() };
    outbox.add(job(1, Command::Item(ItemCommand::Edit { item: ItemId(Uuid::nil()), edit }), None));
    for field in [Field::Title, Field::Description] {
        outbox.take();
        outbox.answered(op(1), Err(&Refusal::Conflict { field, theirs: text(4, "x"), base: None }));
    }
    assert_eq!(outbox.jobs().len(), 0);
    outbox.dismiss_conflict(op(1), Field::Title);
    assert!(outbox.refused().iter().all(|refused| refused.is_contest(op(1), Field::Description)));
    assert_eq!(outbox.refused().len(), 1, "the other is still to be decided");
    let left = outbox.refused()[0].clone();
    outbox.amend_conflict(op(1), Field::Description, "written on");
    outbox.dismiss(&left);
    assert_eq!(outbox.refused().len(), 1, "it was written on");
}

#[test]
fn what_is_written_on_in_a_closed_item_is_one_text() {
    let mut outbox = Outbox::default();
    for (n, words, follows) in [(1, "a", None), (2, "ab", Some(1)), (3, "abc", Some(2))] {
        outbox.add(job(n, title(3, words), follows));
        outbox.take();
        outbox.answered(op(n), Err(&Refusal::Archived));
    }
    assert_eq!(outbox.refused().len(), 1);
    assert_eq!(outbox.refused()[0].job.command, title(3, "abc"));
}

#[test]
fn a_refused_text_is_not_replaced_by_one_that_never_saw_it() {
    let mut outbox = Outbox::default();
    for (n, words) in [(1, "one"), (2, "another")] {
        outbox.add(job(n, title(3, words), None));
        outbox.take();
        outbox.answered(op(n), Err(&Refusal::Archived));
    }
    let kept: Vec<Command> = outbox.refused().iter().map(|refused| refused.job.command.clone()).collect();
    assert_eq!(kept, [title(3, "one"), title(3, "another")]);
}

#[test]
fn a_tab_that_changed_another_field_has_not_seen_the_text() {
    let mut outbox = Outbox::default();
    let due = Edit { due: Some(crate::domain::day::Day::new(2026, 1, 1)), ..Edit::default() };
    let due = Command::Item(ItemCommand::Edit { item: ItemId(Uuid::nil()), edit: due });
    outbox.add(job(1, title(3, "one tab"), None));
    assert_eq!(outbox.add(job(2, due, None)), op(2));
    assert_eq!(outbox.add(job(3, title(3, "the other"), Some(2))), op(2));
    outbox.take();
    outbox.answered(op(1), Ok(&saved(1, 4)));
    let texts: Vec<_> = outbox.jobs().filter_map(|job| job.edit()?.title.clone()).collect();
    assert_eq!(texts, [TextEdit { from: 3, body: Title::parse("the other").unwrap() }], "it will be a conflict");
}

#[test]
fn a_tab_that_saw_the_first_words_has_not_seen_what_was_written_on() {
    let mut outbox = Outbox::default();
    outbox.add(job(1, title(3, "a"), None));
    outbox.add(job(2, title(3, "ab"), Some(1)));
    assert_eq!(outbox.add(job(3, title(3, "other"), Some(1))), op(3));
    assert_eq!(commands(&outbox), [(1, title(3, "ab")), (3, title(3, "other"))]);
}

#[test]
fn what_was_made_from_a_newer_version_of_somebody_else_stays_so() {
    let mut outbox = Outbox::default();
    outbox.add(job(1, title(3, "a"), None));
    outbox.take();
    outbox.answered(op(1), Ok(&saved(1, 4)));
    outbox.add(job(2, title(5, "theirs and mine"), Some(1)));
    assert_eq!(commands(&outbox), [(2, title(5, "theirs and mine"))]);
}

#[test]
fn another_tab_that_did_not_see_the_text_is_in_conflict_with_it() {
    let mut outbox = Outbox::default();
    outbox.add(job(1, title(3, "one tab"), None));
    assert_eq!(outbox.add(job(2, title(3, "the other"), None)), op(2));
    outbox.take();
    outbox.answered(op(1), Ok(&saved(1, 4)));
    assert_eq!(commands(&outbox), [(2, title(3, "the other"))]);
}

#[test]
fn a_refused_text_is_kept_with_what_was_written_on() {
    let mut outbox = Outbox::default();
    outbox.add(job(1, title(3, "a"), None));
    outbox.take();
    outbox.add(job(2, title(3, "ab"), Some(1)));
    outbox.add(job(3, a_move(), None));
    let why = Refusal::Conflict { field: Field::Title, theirs: text(4, "x"), base: None };
    assert_eq!(outbox.answered(op(1), Err(&why)), [op(2)], "it has the same answer");
    assert_eq!(commands(&outbox), [(3, a_move())]);
    assert_eq!(outbox.refused()[0].job.command, title(3, "ab"));
    outbox.amend_conflict(op(2), Field::Title, "abc");
    assert_eq!(outbox.refused()[0].job.command, title(3, "abc"));
    outbox.dismiss_conflict(op(2), Field::Description);
    outbox.dismiss_conflict(op(3), Field::Title);
    assert_eq!(outbox.refused().len(), 1);
    let all = outbox.refused().to_vec();
    all.iter().for_each(|refused| outbox.dismiss(refused));
    outbox.answered(op(3), Err(&Refusal::Forbidden));
    assert!(outbox.is_empty(), "a move has no words that could be lost");
}

#[test]
fn what_waits_can_be_withdrawn_and_a_new_item_goes_whole() {
    let mut outbox = Outbox::default();
    outbox.add(job(1, title(3, "a"), None));
    outbox.add(job(2, a_move(), None));
    assert_eq!(outbox.withdraw(op(1)), [op(1)]);
    assert_eq!(outbox.withdraw(op(9)), []);
    assert_eq!(commands(&outbox), [(2, a_move())]);
}

#[test]
fn it_survives_being_stored_also_by_an_older_program() {
    let mut outbox = Outbox::default();
    outbox.add(job(1, title(3, "a"), Some(7)));
    outbox.take();
    let stored = serde_json::to_string(&outbox).unwrap();
    assert_eq!(Outbox::read(&stored), Some(outbox.clone()));
    let older = stored.replace(&format!("\"protocol\":{PROTOCOL}"), "\"protocol\":1");
    assert_eq!(Outbox::read(&older), Some(outbox));
    let unknown = stored.replace(&format!("\"protocol\":{PROTOCOL}"), "\"protocol\":99");
    assert_eq!(Outbox::read(&unknown), None);
}

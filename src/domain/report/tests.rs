use super::{
    draft::{Decided, Draft, Kept, Pointed, decide},
    filled::{Past, Slip},
    *,
};
use crate::domain::{
    accounts::{Member, Role, Viewer},
    board::{Board, Card},
    change::{Change, Entry, Refusal},
    dashboard::course::Course,
    fields::{Field, FieldError, Problem},
    guard::Kind,
    ids::{ItemId, MemberId, ObjectiveId, OpId, OrgId, PlanId, Revision, StatusId, TextId},
    item_form::Values,
    items::{Facts, ItemChange},
    plan::{Mark, Objective, Status, StatusKind},
    rank::Rank,
};
use uuid::Uuid;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn quarter(text: &str) -> Quarter {
    text.parse().unwrap()
}

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn plan() -> Plan {
    let (starts, ends) = (day("2019-01-01"), day("2020-12-31"));
    Plan { id: PlanId(id(1)), title: String::new(), starts, ends, time_zone: "UTC".to_owned() }
}

#[test]
fn a_report_is_about_the_quarter_that_is_over_last() {
    let usual = |today: &str| usual_period(&plan(), day(today)).to_string();
    assert_eq!(usual("2019-12-15"), "2019Q3");
    assert_eq!(usual("2020-01-01"), "2019Q4");
    assert_eq!(usual("2019-03-31"), "2019Q1", "the plan began in it");
    assert_eq!([usual("2018-05-01"), usual("2023-05-01")], ["2019Q1", "2020Q4"]);
}

#[test]
fn a_quarter_is_told_as_it_ended_or_as_it_is() {
    assert_eq!(told_on(quarter("2019Q3"), day("2019-12-15")), day("2019-09-30"));
    assert_eq!(told_on(quarter("2019Q4"), day("2019-12-15")), day("2019-12-15"));
}

#[test]
fn a_section_is_found_by_its_slug() {
    for section in Section::ALL {
        assert_eq!(Section::from_slug(section.slug()), Some(section));
        assert_eq!(serde_json::to_value(section).unwrap(), section.slug());
    }
}

fn draft(summary: &str, reason: &str) -> Draft {
    let values = [("summary", summary), ("reason", reason)].map(|(name, text)| (name.to_owned(), text.to_owned()));
    Draft::parse(Values(&values)).unwrap()
}

fn kept(number: i64, summary: &str) -> Kept {
    let texts = [(Section::Summary, (TextId(id(9)), summary.to_owned()))].into();
    Kept { number, handed_over: false, texts }
}

fn saved(number: i64, summary: Pointed, is_noted: bool) -> Result<Decided, Refusal> {
    Ok(Decided::Saved { number, texts: [(Section::Summary, summary)].into(), is_noted })
}

#[test]
fn every_mistake_is_told_beside_its_section() {
    let long = "a".repeat(20_001);
    let values = [("summary", long.as_str()), ("challenges", "JMBG 0104986719873"), ("reason", "no")];
    let errors = Draft::parse(Values(&values.map(|(name, text)| (name.to_owned(), text.to_owned())))).unwrap_err();
    let expected = [
        FieldError::new(Field::Report(Section::Summary), Problem::TooLong { max: 20_000 }),
        FieldError::new(Field::Report(Section::Challenges), Problem::IdNumber),
        FieldError::new(Field::Reason, Problem::TooShort { min: 5 }),
    ];
    assert_eq!(errors, expected);
}

#[test]
fn a_saving_makes_a_version_only_if_something_is_new() {
    let nothing = Kept::default();
    let new = |text: &str| Pointed::New(text.to_owned());
    assert_eq!(decide(&draft("", ""), 0, &nothing, false), Ok(Decided::Nothing));
    assert_eq!(decide(&draft("a", ""), 0, &nothing, false), saved(1, new("a"), false));
    assert_eq!(decide(&draft("a", ""), 1, &kept(1, "a"), false), Ok(Decided::Nothing));
    assert_eq!(decide(&draft("a", ""), 1, &kept(1, "a"), true), saved(2, Pointed::Same(TextId(id(9))), false));
    let handed_over = Kept { handed_over: true, ..kept(2, "a") };
    assert_eq!(decide(&draft("a", ""), 2, &handed_over, true), Ok(Decided::Nothing));
    assert_eq!(decide(&draft("b", ""), 2, &handed_over, false), saved(3, new("b"), false));
    let emptied = Ok(Decided::Saved { number: 2, texts: [].into(), is_noted: false });
    assert_eq!(decide(&draft("", ""), 1, &kept(1, "a"), false), emptied);
}

#[test]
fn whoever_has_not_seen_the_newest_words_does_not_replace_them() {
    let refused = decide(&draft("mine", ""), 1, &kept(2, "theirs"), true).unwrap_err();
    let Refusal::Conflict { field, theirs, .. } = refused else { panic!("{refused:?}") };
    assert_eq!((field, theirs.body.as_str()), (Field::Report(Section::Summary), "theirs"));
    assert_eq!(decide(&draft("same", ""), 1, &kept(2, "same"), false), Ok(Decided::Nothing), "sent twice");
}

#[test]
fn what_looks_personal_is_saved_for_a_reason_and_asked_about_once() {
    const PHONE: &str = "Call +381 11 334 7817";
    let asked = FieldError::new(Field::Report(Section::Summary), Problem::Personal(Kind::Phone));
    assert_eq!(decide(&draft(PHONE, ""), 0, &Kept::default(), false), Err(Refusal::Invalid(vec![asked])));
    let text = || Pointed::New(PHONE.to_owned());
    let reason = "It is the ministry's";
    assert_eq!(decide(&draft(PHONE, reason), 0, &Kept::default(), false), saved(1, text(), true));
    let longer = format!("{PHONE}, please");
    assert_eq!(decide(&draft(&longer, ""), 1, &kept(1, PHONE), false), saved(2, Pointed::New(longer.clone()), false));
}

const DAY: i64 = 86_400_000;

fn day_of(at: i64) -> Day {
    day("2019-01-01").plus_days(i32::try_from(at / DAY).unwrap()).unwrap()
}

/// An item of a due day, with the days on which it came into its statuses: 1 is planned, 2 is done.
struct Item(i64, &'static str, &'static [(&'static str, u128)]);

fn board(items: &[Item]) -> (Board, Course) {
    let kinds = [(1, StatusKind::Planned), (2, StatusKind::Done)];
    let statuses =
        kinds.map(|(n, kind)| Status { id: StatusId(id(n)), slug: n.to_string(), name: None, kind, limit: None });
    let objective = Objective { id: ObjectiveId(id(1)), code: "O1".to_owned(), title: String::new(), mark: Mark::Star };
    let frame =
        Frame { plan: plan(), objectives: vec![objective], statuses: statuses.into(), organisations: Vec::new() };
    let mut course = Course::default();
    for Item(number, _, turns) in items {
        for (on, to) in *turns {
            let (item, rank) = (item_id(*number), Rank::stored("8".to_owned()));
            let change = Change::Item(ItemChange::Moved { item, to: StatusId(id(*to)), rank });
            let at = i64::from(day("2019-01-01").days_until(day(on))) * DAY;
            let (op, actor) = (OpId(Uuid::nil()), MemberId(Uuid::nil()));
            course.apply(&Entry { revision: Revision(1), op, actor, at, change });
        }
    }
    (Board::new(Revision(1), frame, items.iter().map(card).collect()), course)
}

fn item_id(number: i64) -> ItemId {
    ItemId(id(u128::try_from(number).unwrap()))
}

fn card(Item(number, due, turns): &Item) -> Card {
    Card {
        id: item_id(*number),
        number: *number,
        title: format!("Item {number}"),
        facts: Facts {
            objective: ObjectiveId(id(1)),
            lead: OrgId(id(1)),
            co_partners: Vec::new(),
            start: None,
            due: Day::parse(due),
            measure: None,
        },
        status: StatusId(id(turns.last().unwrap().1)),
        rank: Rank::stored("8".to_owned()),
        published: *number < 90,
        archived: *number == 80,
    }
}

fn member(role: Role) -> Viewer {
    Viewer::Member(Member { id: MemberId(id(1)), name: String::new(), org: OrgId(id(1)), role })
}

const PLANNED: &[(&str, u128)] = &[("2019-01-02", 1)];

fn items() -> [Item; 9] {
    [
        Item(1, "2019-06-30", PLANNED),
        Item(2, "2019-09-01", &[("2019-01-02", 1), ("2019-09-11", 2)]),
        Item(3, "2019-12-31", &[("2019-01-02", 1), ("2019-11-01", 2)]),
        Item(4, "2020-03-31", &[("2019-11-05", 1)]),
        Item(5, "2020-04-01", PLANNED),
        Item(6, "", PLANNED),
        Item(7, "2019-08-01", &[("2019-01-02", 1), ("2019-07-01", 2)]),
        Item(80, "2019-12-01", PLANNED),
        Item(90, "2019-08-31", PLANNED),
    ]
}

/// Of what a viewer is told about 2019Q3.
fn told<T>(role: Role, tell: impl FnOnce(&Past<'_, fn(i64) -> Day>) -> T) -> T {
    let (board, course) = board(&items());
    let viewer = member(role);
    tell(&Past { board: &board, course: &course, viewer: &viewer, day: day("2019-09-30"), day_of })
}

#[test]
fn the_updated_plan_has_what_is_late_first_and_two_quarters_ahead() {
    let ahead = |role| {
        told(role, |past| past.ahead(quarter("2019Q3")).iter().map(|it| (it.number, it.late)).collect::<Vec<_>>())
    };
    assert_eq!(ahead(Role::Partner), [(1, 92), (90, 30), (3, 0), (4, 0)], "3 was done later, and 4 came later");
    assert_eq!(ahead(Role::Donor), [(1, 92), (3, 0), (4, 0)], "what is no draft");
}

#[test]
fn an_activity_says_what_moved_late() {
    let slips =
        told(Role::Donor, |past| past.activities(None).into_iter().map(|it| (it.number, it.slip)).collect::<Vec<_>>());
    let late = [(1, Some(Slip::Late(92))), (2, Some(Slip::DoneLate(10))), (3, None), (5, None), (6, None), (7, None)];
    assert_eq!(slips, late);
}

use super::*;
use crate::domain::{
    accounts::{Member, OrgKind, Organisation, Role},
    change::{Change, Entry},
    ids::{ItemId, MemberId, OpId, PlanId, Revision},
    items::{Facts, ItemChange},
    plan::{Mark, Objective, Plan, Status, StatusKind},
    rank::Rank,
};
use proptest::prelude::*;
use uuid::Uuid;

const KINDS: [StatusKind; 4] = [StatusKind::Planned, StatusKind::InProgress, StatusKind::Done, StatusKind::Done];
const COUNTRIES: [&str; 3] = ["RS", "BA", "RS"];
const HOUR: i64 = 3_600_000;

/// An item as a test describes it: small numbers, which name days of the plan, statuses and organisations.
#[derive(Clone, Debug)]
struct Case {
    due: Option<i32>,
    objective: u8,
    lead: u8,
    co_partner: Option<u8>,
    published: bool,
    archived: bool,
    /// Hour of the plan, and status; the first is its creation.
    turns: Vec<(i64, u8)>,
}

fn id(kind: u128, n: impl Into<u128>) -> Uuid {
    Uuid::from_u128(kind * 1_000 + n.into())
}

fn status(n: u8) -> StatusId {
    StatusId(id(1, n))
}

fn org(n: u8) -> OrgId {
    OrgId(id(2, n))
}

fn objective(n: u8) -> ObjectiveId {
    ObjectiveId(id(3, n))
}

fn day(n: i32) -> Day {
    Day::new(2026, 1, 1).unwrap().plus_days(n).unwrap()
}

fn day_of(at: i64) -> Day {
    day(i32::try_from(at / HOUR / 24).unwrap())
}

fn frame() -> Frame {
    let plan = Plan {
        id: PlanId(id(4, 1_u8)),
        title: String::new(),
        starts: day(0),
        ends: day(729),
        time_zone: "UTC".to_owned(),
    };
    let statuses = (0..4_u8).map(|n| Status {
        id: status(n),
        slug: n.to_string(),
        name: None,
        kind: KINDS[usize::from(n)],
        limit: None,
    });
    let objectives =
        (0..2).map(|n| Objective { id: objective(n), code: format!("O{n}"), title: String::new(), mark: Mark::Star });
    let organisations = (0..3).map(|n| Organisation {
        id: org(n),
        name: String::new(),
        short_name: n.to_string(),
        country: Country::parse(COUNTRIES[usize::from(n)]),
        city: String::new(),
        website: String::new(),
        kind: OrgKind::Partner,
    });
    Frame {
        plan,
        statuses: statuses.collect(),
        objectives: objectives.collect(),
        organisations: organisations.collect(),
    }
}

fn card(number: usize, case: &Case) -> Card {
    Card {
        id: ItemId(id(5, u128::try_from(number).unwrap())),
        number: i64::try_from(number).unwrap(),
        title: String::new(),
        facts: Facts {
            objective: objective(case.objective),
            lead: org(case.lead),
            co_partners: case.co_partner.map(org).into_iter().filter(|co| *co != org(case.lead)).collect(),
            start: None,
            due: case.due.map(day),
            measure: None,
        },
        status: status(case.turns.last().unwrap().1),
        rank: Rank::stored("8".to_owned()),
        published: case.published,
        archived: case.archived,
    }
}

fn board(cases: &[Case]) -> Board {
    Board::new(Revision(0), frame(), cases.iter().enumerate().map(|(number, case)| card(number, case)).collect())
}

fn course(cases: &[Case]) -> Course {
    let mut course = Course::default();
    let turns = cases.iter().enumerate().flat_map(|(number, case)| {
        let item = card(number, case).id;
        case.turns.iter().map(move |(hour, to)| (item, *hour, status(*to)))
    });
    for (nth, (item, hour, to)) in turns.enumerate() {
        let change = ItemChange::Moved { item, to, rank: Rank::stored("8".to_owned()) };
        course.apply(&Entry {
            revision: Revision(i64::try_from(nth).unwrap() + 1),
            op: OpId(Uuid::nil()),
            actor: MemberId(Uuid::nil()),
            at: hour * HOUR,
            change: Change::Item(change),
        });
    }
    course
}

fn member(role: Role) -> Viewer {
    Viewer::Member(Member { id: MemberId(Uuid::nil()), name: String::new(), org: org(0), role })
}

fn picture(cases: &[Case], viewer: &Viewer, today: i32, period: Quarter) -> Dashboard {
    of_span(cases, viewer, today, Span::Quarter(period))
}

fn of_span(cases: &[Case], viewer: &Viewer, today: i32, span: Span) -> Dashboard {
    Dashboard::of(&board(cases), &course(cases), viewer, day(today), span, day_of)
}

fn is_done(status: u8) -> bool {
    KINDS[usize::from(status)] == StatusKind::Done
}

/// The status of an item hour by hour; what it was at the end of the day, and since which day it was done.
fn replayed(case: &Case, until: i32) -> (Option<u8>, Option<i32>) {
    let (mut now, mut done_since) = (None, None);
    for hour in 0..i64::from(until + 1) * 24 {
        for (_, to) in case.turns.iter().filter(|turn| turn.0 == hour) {
            now = Some(*to);
            done_since = is_done(*to).then(|| done_since.unwrap_or(i32::try_from(hour / 24).unwrap()));
        }
    }
    (now, done_since)
}

/// The same figures from one item after the other, without any of the rules' own functions.
fn slowly(cases: &[&Case], since_day: Day, until: i32) -> Figures {
    let mut figures = Figures::default();
    for case in cases {
        let (Some(now), since) = replayed(case, until) else { continue };
        figures.all += 1;
        if is_done(now) {
            figures.done += 1;
            figures.done_in_span += usize::from(day(since.unwrap()) >= since_day);
        } else if let Some(due) = case.due {
            figures.late += usize::from(due < until);
            figures.near += usize::from(due >= until && due <= until + 30);
        }
    }
    figures
}

fn case() -> impl Strategy<Value = Case> {
    let turns = prop::collection::vec((0..24 * 400_i64, 0..4_u8), 1..5);
    let turns = turns.prop_map(|mut turns| {
        turns.sort_by_key(|turn| turn.0);
        turns
    });
    let of_whom = (0..2_u8, 0..3_u8, prop::option::of(0..3_u8));
    (prop::option::of(0..500), of_whom, any::<[bool; 2]>(), turns).prop_map(
        |(due, (objective, lead, co_partner), [published, archived], turns)| Case {
            due,
            objective,
            lead,
            co_partner,
            published,
            archived,
            turns,
        },
    )
}

proptest! {
    #[test]
    fn figures_are_those_of_a_slow_count(cases in prop::collection::vec(case(), 0..20), today in 90..400, reads_all: bool) {
        let viewer = if reads_all { member(Role::Coordinator) } else { Viewer::Public };
        let period = day(today).quarter();
        let picture = picture(&cases, &viewer, today, period);
        let counted: Vec<&Case> = cases.iter().filter(|case| !case.archived && (reads_all || case.published)).collect();
        prop_assert_eq!(picture.now, slowly(&counted, period.first_day(), today));
        let before = period.plus(-1);
        let end = day(0).days_until(before.last_day());
        prop_assert_eq!(picture.before, Some(slowly(&counted, before.first_day(), end)));
        let earlier = of_span(&cases, &viewer, today, Span::Quarter(before));
        prop_assert_eq!(Some(earlier.now), picture.before);
        for (picture, until) in [(&picture, today), (&earlier, end)] {
            let stood = |n| counted.iter().filter(|case| replayed(case, until).0 == Some(n)).count();
            let slowly: Vec<_> = (0..4).map(|n| (status(n), stood(n))).collect();
            prop_assert_eq!(&picture.statuses, &slowly);
        }
        let whole = of_span(&cases, &viewer, today, Span::Plan);
        prop_assert_eq!((whole.now, whole.before), (slowly(&counted, day(0), today), None));
        for step in &picture.steps {
            let end = day(0).days_until(step.period.last_day());
            let due = counted.iter().filter(|case| case.due.is_some_and(|due| due <= end)).count();
            let done = (step.period <= period).then(|| slowly(&counted, step.period.first_day(), end.min(today)).done);
            prop_assert_eq!((step.promised, step.done), (due, done));
        }
    }

    #[test]
    fn a_country_has_what_it_takes_part_in_and_all_together_each_once(cases in prop::collection::vec(case(), 0..20)) {
        let picture = picture(&cases, &member(Role::Partner), 400, day(400).quarter());
        let counted = || cases.iter().filter(|case| !case.archived);
        for name in ["RS", "BA"] {
            let takes_part = |case: &&Case| {
                [Some(case.lead), case.co_partner].into_iter().flatten().any(|org| COUNTRIES[usize::from(org)] == name)
            };
            let tally = picture.of_country(Country::parse(name).unwrap());
            prop_assert_eq!(tally.all, counted().filter(takes_part).count());
            let late = |case: &&Case| takes_part(case) && !is_done(case.turns.last().unwrap().1) && case.due < Some(400);
            prop_assert_eq!(tally.late, counted().filter(late).filter(|case| case.due.is_some()).count());
        }
        prop_assert_eq!(picture.statuses.iter().map(|status| status.1).sum::<usize>(), counted().count());
        let whole = picture.whole();
        prop_assert_eq!((whole.all, whole.late), (counted().count(), picture.late.all));
        prop_assert_eq!((picture.now.done, picture.now.late), (whole.done, whole.late));
    }
}

proptest! {
    #[test]
    fn the_latest_turns_are_the_last_of_all(cases in prop::collection::vec(case(), 0..20)) {
        let picture = picture(&cases, &Viewer::Public, 400, day(400).quarter());
        let mut turns = Vec::new();
        for (number, case) in cases.iter().enumerate().filter(|(_, case)| case.published && !case.archived) {
            let mut before = None;
            for (hour, to) in &case.turns {
                if before != Some(*to) {
                    turns.push((-hour, i64::try_from(number).unwrap(), status(*to)));
                }
                before = Some(*to);
            }
        }
        turns.sort_by_key(|turn| (turn.0, turn.1));
        let lately = turns.iter().filter(|turn| -turn.0 / 24 >= 370).count();
        let shown: Vec<_> = picture.latest.iter().map(|turned| (turned.day, turned.number, turned.status)).collect();
        let expected = turns.iter().take(LATEST).map(|turn| (day_of(-turn.0 * HOUR), turn.1, turn.2));
        prop_assert_eq!(shown, expected.collect::<Vec<_>>());
        prop_assert_eq!(picture.lately, lately);
    }
}

fn plain(due: i32, turns: &[(i64, u8)]) -> Case {
    let turns = turns.iter().map(|(day, to)| (day * 24, *to)).collect();
    Case { due: Some(due), objective: 0, lead: 0, co_partner: None, published: true, archived: false, turns }
}

#[test]
fn what_is_late_and_what_comes_next_is_listed_by_day() {
    let cases = [
        plain(95, &[(0, 0)]),
        plain(40, &[(0, 1)]),
        plain(101, &[(0, 0)]),
        plain(190, &[(0, 0)]),
        plain(191, &[(0, 0)]),
    ];
    let picture = picture(&cases, &Viewer::Public, 100, day(100).quarter());
    let numbers = |deadlines: &Deadlines| deadlines.first.iter().map(|it| it.number).collect::<Vec<_>>();
    assert_eq!(numbers(&picture.late), [1, 0]);
    assert_eq!(numbers(&picture.ahead), [2, 3], "in 90 days, and no further");
    assert_eq!((picture.now.late, picture.now.near, picture.promised), (2, 1, 2));
}

#[test]
fn a_quarter_that_is_over_is_told_as_it_was() {
    // Done in April, reopened in May: at the end of March it was open, and late since its tenth day.
    let cases = [plain(9, &[(0, 0), (100, 2), (130, 1)])];
    let of = |today, period| picture(&cases, &Viewer::Public, today, period);
    let (first, second) = (day(0).quarter(), day(100).quarter());
    assert_eq!(of(140, first).now, Figures { all: 1, late: 1, ..Figures::default() });
    assert_eq!(of(140, first).before, None, "the plan began with it");
    assert_eq!(of(120, second).now, Figures { all: 1, done: 1, done_in_span: 1, ..Figures::default() });
    assert_eq!(of(140, second).now, Figures { all: 1, late: 1, ..Figures::default() });
}

#[test]
fn nobody_learns_of_a_draft_from_a_figure() {
    let draft = Case { published: false, ..plain(9, &[(0, 2)]) };
    let of = |viewer: &Viewer| picture(std::slice::from_ref(&draft), viewer, 100, day(100).quarter());
    for viewer in [Viewer::Public, member(Role::Donor), member(Role::Observer)] {
        let seen = of(&viewer);
        assert_eq!((seen.now, seen.shares.len(), seen.late.all), (Figures::default(), 0, 0));
    }
    assert_eq!(of(&member(Role::Partner)).now.done, 1);
}

#[test]
fn nothing_planned_is_not_nothing_done() {
    assert_eq!(Tally::default().percent_done(), None);
    assert_eq!(Tally { all: 3, done: 2, late: 0 }.percent_done(), Some(66));
}

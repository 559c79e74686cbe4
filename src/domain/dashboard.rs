//! The picture of the region: what is promised, done and late, by country and objective, and what comes next. Counted from
//! the cards that a viewer may read, so that nobody learns of a draft from a figure.

pub mod course;
pub mod span;

use self::{
    course::{Course, Turn},
    span::Span,
};
use super::{
    accounts::{Country, Viewer},
    board::{Board, Card},
    day::{Day, NEAR_DAYS, Quarter},
    ids::{ObjectiveId, OrgId, StatusId},
    plan::Frame,
    policy,
    preview::Preview,
    results::{bullet::Bullet, rollup},
};
use serde::{Deserialize, Serialize};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    ops::AddAssign,
};

/// How far ahead the dashboard looks, in days.
pub const AHEAD_DAYS: i32 = 90;

/// How many deadlines are listed; the board has the rest.
pub const LISTED: usize = 40;

/// How many indicators are drawn, those that are furthest behind; the overview of results has the rest.
pub const DRAWN: usize = 12;

/// How many of the latest turns are listed, and how far back, in days, they are counted.
pub const LATEST: usize = 10;
pub const LATELY_DAYS: i32 = 30;

/// The dashboard with the names that it needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    pub frame: Frame,
    /// Whose eyes it was looked at with, if not the viewer's own.
    pub seen_as: Option<Preview>,
    pub dashboard: Dashboard,
    /// How many indicators stand how at the end of the quarter; nothing for those who may not read results.
    pub indicators: Option<rollup::Tally>,
    /// At most [`DRAWN`] of them, those that are furthest behind first.
    pub bullets: Vec<Bullet>,
}

/// What the public page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicView {
    /// The network's name.
    pub network: String,
    /// Where the server is reached, such as "https://board.example.org".
    pub address: String,
    pub picture: Picture,
}

/// What one viewer sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dashboard {
    pub today: Day,
    /// What it is about.
    pub span: Span,
    /// The quarter at whose end the figures are taken.
    pub period: Quarter,
    /// At the end of that quarter, or today if that is not over.
    pub now: Figures,
    /// At the end of the quarter before; nothing for the plan's first, and for the whole plan.
    pub before: Option<Figures>,
    /// How many items stood in each status when `now` was, in the order of the statuses.
    pub statuses: Vec<(StatusId, usize)>,
    /// By country and objective today. An item counts in every country that takes part in it, and once in all together.
    pub shares: Vec<Share>,
    /// At the end of each quarter of the plan, in order.
    pub steps: Vec<Step>,
    /// How many items were due by today, done or not.
    pub promised: usize,
    /// What there is today under each objective of the plan, in their order; each item once.
    pub objectives: Vec<(ObjectiveId, Tally)>,
    /// What is late today, the latest first.
    pub late: Deadlines,
    /// What is due from today on, within [`AHEAD_DAYS`], the next first.
    pub ahead: Deadlines,
    /// What came into another status last, the newest first.
    pub latest: Vec<Turned>,
    /// How often that happened within [`LATELY_DAYS`] before today.
    pub lately: usize,
}

/// An item's coming into a status, or its creation in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turned {
    pub number: i64,
    pub title: String,
    pub objective: ObjectiveId,
    pub status: StatusId,
    pub day: Day,
}

/// The first of what has a day, and how much there is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadlines {
    /// At most [`LISTED`].
    pub first: Vec<Deadline>,
    pub all: usize,
}

/// Counts of items at the end of a day. For what is past, due days are taken as they are now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// Those that there were.
    pub all: usize,
    pub done: usize,
    /// Past their due day, and not done.
    pub late: usize,
    /// Due within [`NEAR_DAYS`], and not done.
    pub near: usize,
    /// Done since the first day of the span, for good.
    pub done_in_span: usize,
}

/// What was promised up to the end of a quarter, and what was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    pub period: Quarter,
    /// Items whose due day, as it is now, is not after the quarter.
    pub promised: usize,
    /// At its end, or today if it is not over; nothing for a quarter to come.
    pub done: Option<usize>,
}

/// Items of a country under an objective.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    pub country: Country,
    pub objective: ObjectiveId,
    pub tally: Tally,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    pub all: usize,
    pub done: usize,
    pub late: usize,
}

impl Tally {
    /// In whole per cent of all; nothing where there is nothing.
    pub fn percent_done(self) -> Option<usize> {
        (self.done * 100).checked_div(self.all)
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.all += other.all;
        self.done += other.done;
        self.late += other.late;
    }
}

/// An item that is not done, with its day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    pub number: i64,
    pub title: String,
    pub objective: ObjectiveId,
    /// Whom to ask.
    pub lead: OrgId,
    pub due: Day,
}

impl Dashboard {
    /// `day_of` says on which day of the plan's time zone an instant was, in milliseconds since 1970, UTC.
    pub fn of(
        board: &Board,
        course: &Course,
        viewer: &Viewer,
        today: Day,
        span: Span,
        day_of: impl Fn(i64) -> Day + Copy,
    ) -> Self {
        let cards: Vec<&Card> = board.cards().map(AsRef::as_ref).filter(|card| is_counted(viewer, card)).collect();
        let frame = &board.frame;
        let past = Past { frame, course, cards: &cards, day_of };
        let (plan, period) = (&frame.plan, span.quarter(&frame.plan, today));
        let end = period.last_day().min(today);
        let (latest, lately) = past.latest(today);
        let open: Vec<Deadline> =
            cards.iter().filter(|card| !frame.is_done(card.status)).filter_map(deadline).collect();
        Self {
            today,
            span,
            period,
            now: past.figures(span.first_day(plan), end),
            before: span.before(plan).map(|it| past.figures(it.first_day(), it.last_day().min(today))),
            statuses: past.statuses(end),
            shares: shares(frame, &cards, today),
            steps: plan.quarters().map(|quarter| past.step(quarter, today)).collect(),
            promised: past.promised(today),
            objectives: objectives(frame, &cards, today),
            late: sorted(open.iter().filter(|it| it.due < today)),
            ahead: sorted(open.iter().filter(|it| (0..=AHEAD_DAYS).contains(&today.days_until(it.due)))),
            latest,
            lately,
        }
    }

    /// Whether the figures are those of today, so that the board shows what they count.
    pub fn is_of_today(&self) -> bool {
        self.period.last_day() >= self.today
    }

    /// All of a country's shares together.
    pub fn of_country(&self, country: Country) -> Tally {
        sum(self.shares.iter().filter(|share| share.country == country).map(|share| share.tally))
    }

    pub fn share(&self, country: Country, objective: ObjectiveId) -> Tally {
        let of = |share: &&Share| share.country == country && share.objective == objective;
        sum(self.shares.iter().filter(of).map(|share| share.tally))
    }

    /// All that there is today, each item once.
    pub fn whole(&self) -> Tally {
        sum(self.objectives.iter().map(|objective| objective.1))
    }
}

/// What is in the archive is no longer planned.
fn is_counted(viewer: &Viewer, card: &Card) -> bool {
    !card.archived && policy::can_read_item(viewer, card.rights())
}

fn deadline(card: &&Card) -> Option<Deadline> {
    let due = card.facts.due?;
    let Card { number, ref title, ref facts, .. } = **card;
    Some(Deadline { number, title: title.clone(), objective: facts.objective, lead: facts.lead, due })
}

fn sorted<'a>(deadlines: impl Iterator<Item = &'a Deadline>) -> Deadlines {
    let mut deadlines: Vec<&Deadline> = deadlines.collect();
    deadlines.sort_by_key(|it| (it.due, it.number));
    Deadlines { all: deadlines.len(), first: deadlines.into_iter().take(LISTED).cloned().collect() }
}

fn objectives(frame: &Frame, cards: &[&Card], today: Day) -> Vec<(ObjectiveId, Tally)> {
    let of = |id: ObjectiveId| cards.iter().filter(move |card| card.facts.objective == id);
    let tallies = frame.objectives.iter().map(|it| (it.id, sum(of(it.id).map(|card| tally(frame, card, today)))));
    tallies.collect()
}

/// What one card adds.
fn tally(frame: &Frame, card: &Card, today: Day) -> Tally {
    let done = frame.is_done(card.status);
    let late = !done && card.facts.due.is_some_and(|due| due < today);
    Tally { all: 1, done: done.into(), late: late.into() }
}

fn shares(frame: &Frame, cards: &[&Card], today: Day) -> Vec<Share> {
    let mut tallies: BTreeMap<(Country, ObjectiveId), Tally> = BTreeMap::new();
    for card in cards {
        for country in countries(frame, card) {
            *tallies.entry((country, card.facts.objective)).or_default() += tally(frame, card, today);
        }
    }
    let shares = tallies.into_iter();
    shares.map(|((country, objective), tally)| Share { country, objective, tally }).collect()
}

/// Of the lead and the co-partners, each once.
fn countries(frame: &Frame, card: &Card) -> BTreeSet<Country> {
    let partners = std::iter::once(card.facts.lead).chain(card.facts.co_partners.iter().copied());
    partners.filter_map(|id| frame.organisation(id)?.country).collect()
}

fn sum(tallies: impl Iterator<Item = Tally>) -> Tally {
    tallies.fold(Tally::default(), |mut sum, tally| {
        sum += tally;
        sum
    })
}

/// What was so on a day.
struct Past<'a, F> {
    frame: &'a Frame,
    course: &'a Course,
    cards: &'a [&'a Card],
    day_of: F,
}

impl<F: Fn(i64) -> Day + Copy> Past<'_, F> {
    fn figures(&self, since: Day, day: Day) -> Figures {
        self.cards.iter().filter_map(|card| self.one(card, since, day)).fold(Figures::default(), |sum, one| Figures {
            all: sum.all + one.all,
            done: sum.done + one.done,
            late: sum.late + one.late,
            near: sum.near + one.near,
            done_in_span: sum.done_in_span + one.done_in_span,
        })
    }

    /// What a card adds; nothing before there was its item.
    fn one(&self, card: &Card, since: Day, day: Day) -> Option<Figures> {
        let status = self.course.status_on(card.id, day, self.day_of)?;
        let is_done = self.frame.is_done(status);
        let left = card.facts.due.filter(|_| !is_done).map(|due| day.days_until(due));
        Some(Figures {
            all: 1,
            done: is_done.into(),
            late: left.is_some_and(|left| left < 0).into(),
            near: left.is_some_and(|left| (0..=NEAR_DAYS).contains(&left)).into(),
            done_in_span: (is_done && self.done_on(card, day) >= Some(since)).into(),
        })
    }

    fn statuses(&self, day: Day) -> Vec<(StatusId, usize)> {
        let stood = |card: &&Card| self.course.status_on(card.id, day, self.day_of);
        let all: Vec<StatusId> = self.cards.iter().filter_map(stood).collect();
        let count = |id| all.iter().filter(|status| **status == id).count();
        self.frame.statuses.iter().map(|status| (status.id, count(status.id))).collect()
    }

    fn promised(&self, until: Day) -> usize {
        self.cards.iter().filter(|card| card.facts.due.is_some_and(|due| due <= until)).count()
    }

    fn step(&self, period: Quarter, today: Day) -> Step {
        let has_begun = period.first_day() <= today;
        let done = has_begun.then(|| self.figures(period.first_day(), period.last_day().min(today)).done);
        Step { period, promised: self.promised(period.last_day()), done }
    }

    /// The latest turns, and how many there were lately.
    fn latest(&self, today: Day) -> (Vec<Turned>, usize) {
        let turns = self.cards.iter().flat_map(|card| self.course.of(card.id).iter().map(move |turn| (*card, *turn)));
        let mut turns: Vec<(&Card, Turn)> = turns.collect();
        turns.sort_by_key(|(card, turn)| (Reverse(turn.at), card.number));
        let is_recent = |turn: &Turn| (-LATELY_DAYS..=0).contains(&today.days_until((self.day_of)(turn.at)));
        let lately = turns.iter().take_while(|(_, turn)| is_recent(turn)).count();
        (turns.into_iter().take(LATEST).map(|(card, turn)| self.turned(card, turn)).collect(), lately)
    }

    fn turned(&self, card: &Card, turn: Turn) -> Turned {
        let Card { number, ref title, ref facts, .. } = *card;
        let day = (self.day_of)(turn.at);
        Turned { number, title: title.clone(), objective: facts.objective, status: turn.status, day }
    }

    /// When the item became done that was done at the end of a day.
    fn done_on(&self, card: &Card, day: Day) -> Option<Day> {
        let is_done = |status| self.frame.is_done(status);
        self.course.done_since(card.id, |at| (self.day_of)(at) <= day, is_done).map(self.day_of)
    }
}

#[cfg(test)]
mod tests;

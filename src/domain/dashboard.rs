//! The picture of the region: what is promised, done and late, by country and objective, and what comes next. Counted from
//! the cards that a viewer may read, so that nobody learns of a draft from a figure.

pub mod course;

use self::course::Course;
use super::{
    accounts::{Country, Viewer},
    board::{Board, Card},
    day::{Day, NEAR_DAYS, Quarter},
    ids::{ObjectiveId, OrgId, StatusId},
    plan::Frame,
    policy,
};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::AddAssign,
};

/// How far ahead the dashboard looks, in days.
pub const AHEAD_DAYS: i32 = 90;

/// How many deadlines are listed; the board has the rest.
pub const LISTED: usize = 40;

/// What one viewer sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dashboard {
    pub today: Day,
    /// The quarter that it is about.
    pub period: Quarter,
    /// At the end of that quarter, or today if that is not over.
    pub now: Figures,
    /// At the end of the quarter before; nothing for the plan's first.
    pub before: Option<Figures>,
    /// How many items stand in each status today, in the order of the statuses.
    pub statuses: Vec<(StatusId, usize)>,
    /// By country and objective today. An item counts in every country that takes part in it, and once in all together.
    pub shares: Vec<Share>,
    /// How many items are late today under each objective that has any, each once.
    pub late_by_objective: Vec<(ObjectiveId, usize)>,
    /// What is late today, the latest first.
    pub late: Deadlines,
    /// What is due from today on, within [`AHEAD_DAYS`], the next first.
    pub ahead: Deadlines,
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
    /// Done since the first day of the quarter, for good.
    pub done_in_quarter: usize,
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
        period: Quarter,
        day_of: impl Fn(i64) -> Day + Copy,
    ) -> Self {
        let cards: Vec<&Card> = board.cards().map(AsRef::as_ref).filter(|card| is_counted(viewer, card)).collect();
        let frame = &board.frame;
        let past = Past { frame, course, cards: &cards, day_of };
        let before = period.plus(-1);
        let has_before = frame.plan.quarters().any(|quarter| quarter == before);
        let open: Vec<Deadline> =
            cards.iter().filter(|card| !frame.is_done(card.status)).filter_map(deadline).collect();
        Self {
            today,
            period,
            now: past.figures(period, period.last_day().min(today)),
            before: has_before.then(|| past.figures(before, before.last_day().min(today))),
            statuses: statuses(frame, &cards),
            shares: shares(frame, &cards, today),
            late_by_objective: late_by_objective(frame, &open, today),
            late: sorted(open.iter().filter(|it| it.due < today)),
            ahead: sorted(open.iter().filter(|it| (0..=AHEAD_DAYS).contains(&today.days_until(it.due)))),
        }
    }

    /// All of a country's shares together.
    pub fn of_country(&self, country: Country) -> Tally {
        sum(self.shares.iter().filter(|share| share.country == country))
    }

    pub fn share(&self, country: Country, objective: ObjectiveId) -> Tally {
        sum(self.shares.iter().filter(|share| share.country == country && share.objective == objective))
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

fn late_by_objective(frame: &Frame, open: &[Deadline], today: Day) -> Vec<(ObjectiveId, usize)> {
    let late = |id: ObjectiveId| open.iter().filter(|it| it.objective == id && it.due < today).count();
    let counts = frame.objectives.iter().map(|objective| (objective.id, late(objective.id)));
    counts.filter(|(_, count)| *count > 0).collect()
}

fn statuses(frame: &Frame, cards: &[&Card]) -> Vec<(StatusId, usize)> {
    let count = |id: StatusId| cards.iter().filter(|card| card.status == id).count();
    frame.statuses.iter().map(|status| (status.id, count(status.id))).collect()
}

fn shares(frame: &Frame, cards: &[&Card], today: Day) -> Vec<Share> {
    let mut tallies: BTreeMap<(Country, ObjectiveId), Tally> = BTreeMap::new();
    for card in cards {
        let done = frame.is_done(card.status);
        let late = !done && card.facts.due.is_some_and(|due| due < today);
        let tally = Tally { all: 1, done: done.into(), late: late.into() };
        for country in countries(frame, card) {
            *tallies.entry((country, card.facts.objective)).or_default() += tally;
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

fn sum<'a>(shares: impl Iterator<Item = &'a Share>) -> Tally {
    shares.fold(Tally::default(), |mut sum, share| {
        sum += share.tally;
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
    fn figures(&self, quarter: Quarter, day: Day) -> Figures {
        self.cards.iter().filter_map(|card| self.one(card, quarter, day)).fold(Figures::default(), |sum, one| Figures {
            all: sum.all + one.all,
            done: sum.done + one.done,
            late: sum.late + one.late,
            near: sum.near + one.near,
            done_in_quarter: sum.done_in_quarter + one.done_in_quarter,
        })
    }

    /// What a card adds; nothing before there was its item.
    fn one(&self, card: &Card, quarter: Quarter, day: Day) -> Option<Figures> {
        let status = self.course.status_on(card.id, day, self.day_of)?;
        let is_done = self.frame.is_done(status);
        let left = card.facts.due.filter(|_| !is_done).map(|due| day.days_until(due));
        Some(Figures {
            all: 1,
            done: is_done.into(),
            late: left.is_some_and(|left| left < 0).into(),
            near: left.is_some_and(|left| (0..=NEAR_DAYS).contains(&left)).into(),
            done_in_quarter: (is_done && self.done_on(card, day) >= Some(quarter.first_day())).into(),
        })
    }

    /// When the item became done that was done at the end of a day.
    fn done_on(&self, card: &Card, day: Day) -> Option<Day> {
        let is_done = |status| self.frame.is_done(status);
        self.course.done_since(card.id, |at| (self.day_of)(at) <= day, is_done).map(self.day_of)
    }
}

#[cfg(test)]
mod tests;

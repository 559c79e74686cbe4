//! What every request shares.

use super::{
    boards::Boards,
    config::Config,
    courses::Courses,
    hub::Hub,
    known_results::KnownResults,
    outage,
    writer::{Submission, Writers},
};
use crate::{
    domain::{
        accounts::Viewer,
        board::Board,
        change::{Entry, Refusal},
        dashboard::{DRAWN, Dashboard, Picture, PublicView, span::Span},
        day::Quarter,
        ids::MemberId,
        policy,
        results::{
            bullet::{self, Bullet},
            change::Results,
            rollup,
        },
    },
    store::{self, Db, StoreError},
};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::{num::NonZeroU32, sync::Arc};

/// Cheap to clone: handles, all of them.
#[derive(Clone)]
pub struct AppState {
    pub config: Arc<Config>,
    pub db: Db,
    pub writers: Writers,
    pub boards: Boards,
    pub courses: Courses,
    pub results: KnownResults,
    pub hub: Hub,
    /// How fast each member changes things.
    writes: Option<Arc<DefaultKeyedRateLimiter<MemberId>>>,
}

/// So many changes may come at once, as an outbox brings them that was long offline.
const BURST: NonZeroU32 = NonZeroU32::new(300).expect("300 is not 0");

/// Beyond so many, those who have not written lately are forgotten.
const KEPT_MEMBERS: usize = 1_000;

impl AppState {
    pub fn new(config: Config, db: Db) -> Self {
        let boards = Boards::default();
        let hub = Hub::new(db.clone(), boards.clone());
        let writers = Writers::new(db.clone(), config.clock, hub.clone());
        let pace =
            |pace: NonZeroU32| Arc::new(RateLimiter::keyed(Quota::per_second(pace).allow_burst(BURST.max(pace))));
        let writes = NonZeroU32::new(config.writes_per_second).map(pace);
        let (courses, results) = (Courses::default(), KnownResults::default());
        Self { config: Arc::new(config), db, writers, boards, courses, results, hub, writes }
    }

    /// The current plan's board; nothing while there is no plan.
    pub async fn board(&self) -> Result<Option<Arc<Board>>, StoreError> {
        let plan = store::current_plan(&mut self.db.reader().await?).await?;
        match plan {
            Some(plan) => self.boards.current(&self.db, plan).await.map(Some),
            None => Ok(None),
        }
    }

    /// The picture of the region as a viewer may see it, in a quarter or in the whole plan; in the current quarter if
    /// nothing is named. Nothing while there is no plan.
    pub async fn picture(&self, viewer: &Viewer, span: Option<Span>) -> Result<Option<Picture>, StoreError> {
        let Some(board) = self.board().await? else { return Ok(None) };
        let (frame, clock) = (&board.frame, self.config.clock);
        let course = self.courses.up_to(&self.db, frame.plan.id, board.revision).await?;
        let today = clock.today(&frame.plan.time_zone);
        let span = span.unwrap_or_else(|| Span::Quarter(today.quarter())).within(&frame.plan, today);
        let days = clock.days(&frame.plan.time_zone);
        let day_of = |at| days.of(at);
        let dashboard = Dashboard::of(&board, &course, viewer, today, span, day_of);
        let (indicators, bullets) = match policy::can_read_results(viewer) {
            true => self.indicators(&board, viewer, dashboard.period).await.map(|(tally, all)| (Some(tally), all))?,
            false => (None, Vec::new()),
        };
        Ok(Some(Picture { frame: frame.clone(), seen_as: None, dashboard, indicators, bullets }))
    }

    /// What the public page shows, whoever looks at it; nothing while there is no plan.
    pub async fn public_view(&self) -> Result<Option<PublicView>, StoreError> {
        let Some(picture) = self.picture(&Viewer::Public, None).await? else { return Ok(None) };
        let network = store::network(&mut self.db.reader().await?).await?;
        let network = network.map(|network| network.name).unwrap_or_default();
        Ok(Some(PublicView { network, address: self.config.public_url.clone(), picture }))
    }

    /// The results of a board's plan as a viewer may see them.
    pub async fn results_of(&self, board: &Board, viewer: &Viewer) -> Result<Results, StoreError> {
        let results = self.results.at(&self.db, board.frame.plan.id, board.revision).await?;
        Ok(Arc::unwrap_or_clone(results).seen_by(viewer))
    }

    /// How many indicators stand how, as far as a viewer may know, and those that are furthest behind.
    async fn indicators(
        &self,
        board: &Board,
        viewer: &Viewer,
        period: Quarter,
    ) -> Result<(rollup::Tally, Vec<Bullet>), StoreError> {
        let frame = &board.frame;
        let results = self.results_of(board, viewer).await?;
        let (rows, mut bullets): (Vec<_>, Vec<_>) = rollup::standings(&results, period)
            .map(|(indicator, standing)| {
                let row = rollup::Row::of(frame, &results.framework, indicator, &standing);
                (row, Bullet::of(indicator, &standing))
            })
            .unzip();
        bullet::sort(&mut bullets);
        bullets.truncate(DRAWN);
        Ok((rollup::whole(&rows), bullets))
    }

    /// Counts a change of a member's; refused if they come faster than anybody works.
    pub fn pace(&self, member: MemberId) -> Result<(), Refusal> {
        let Some(writes) = &self.writes else { return Ok(()) };
        if writes.len() > KEPT_MEMBERS {
            writes.retain_recent();
        }
        writes.check_key(&member).map_err(|_| Refusal::TooFast)
    }

    /// Hands a command to the current plan's writer.
    pub async fn submit(&self, submission: Submission) -> Result<Entry, Refusal> {
        self.pace(submission.member.id)?;
        let mut conn = self.db.reader().await.map_err(|error| outage(error.into()))?;
        let plan = store::current_plan(&mut conn).await.map_err(outage)?.ok_or(Refusal::NotFound)?;
        drop(conn); // a waiting command must not hold a place in the pool
        self.writers.submit(plan, submission).await
    }

    /// The time zone of the current plan (IANA name); UTC before there is one.
    pub async fn time_zone(&self) -> Result<String, StoreError> {
        let board = self.board().await?;
        Ok(board.map_or_else(|| "UTC".to_owned(), |board| board.frame.plan.time_zone.clone()))
    }
}

//! Reports: what one viewer reads of a quarter, and what coordinators save.

use super::{AppState, audit, markdown, outage, sessions::Origin};
use crate::{
    domain::{
        accounts::{Member, Viewer},
        audit::{Action, Detail, ReportVersion},
        board::Board,
        change::Refusal,
        dashboard::{Dashboard, course::Course, span::Span},
        day::{Day, Quarter},
        ids::{PlanId, ReportId},
        policy,
        preview::reader_of_reports,
        report::{
            Report, Section, SectionText, Version,
            draft::{Decided, Draft, Kept, Pointed, decide},
            filled::{Filled, Past, up_to},
            told_on, usual_period,
        },
        results::{change::Results, rollup},
    },
    store::{self, Conn, NewReport, StoreError, StoredReport},
};
use std::collections::BTreeMap;
use uuid::Uuid;

impl AppState {
    /// The report of a quarter as a viewer may see it, in a version if one is named; nothing if there is no such version
    /// for them, or no plan.
    pub async fn report(
        &self,
        viewer: &Viewer,
        period: Option<Quarter>,
        version: Option<i64>,
    ) -> Result<Option<Report>, StoreError> {
        let Some(board) = self.board().await? else { return Ok(None) };
        let plan = &board.frame.plan;
        let today = self.config.clock.today(&plan.time_zone);
        let period = period.map_or_else(|| usual_period(plan, today), |period| plan.quarter_near(period));
        // Before a connection is held: who waits for a second one may wait for themselves.
        let course = self.courses.up_to(&self.db, plan.id, board.revision).await?;
        let reader = reader_of_reports(viewer);
        let results = match policy::can_read_results(&reader) {
            true => Some(self.results_of(&board, &reader).await?),
            false => None,
        };
        let mut conn = self.db.snapshot().await?;
        let inside = policy::can_read_report_drafts(viewer);
        let mut stored = store::reports(&mut conn, plan.id, period).await?;
        stored.retain(|report| inside || report.handed_over);
        let shown = match version {
            None => stored.first(),
            Some(number) => match stored.iter().find(|report| report.number == number) {
                None => return Ok(None),
                found => found,
            },
        };
        let texts = match shown {
            Some(report) => store::report_texts(&mut conn, report).await?,
            None => Kept::default(),
        };
        let is_filled = inside || shown.is_some();
        let filled = is_filled.then(|| self.filled(results, (&board, &course), &reader, period, today));
        Ok(Some(Report {
            frame: board.frame.clone(),
            period,
            today,
            shown: shown.map(|report| report.number),
            versions: stored.iter().map(|report| self.version(report, &plan.time_zone, inside)).collect(),
            texts: section_texts(&texts),
            filled,
        }))
    }

    fn version(&self, report: &StoredReport, time_zone: &str, inside: bool) -> Version {
        let (name, org) = &report.by;
        let by = [name.as_str(), org.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
        Version {
            number: report.number,
            day: self.config.clock.moment(report.saved_at, time_zone).day,
            handed_over: report.handed_over,
            by: inside.then(|| by.join(", ")),
        }
    }

    /// What the plan itself knows of the quarter, as far as the viewer may.
    fn filled(
        &self,
        results: Option<Results>,
        (board, course): (&Board, &Course),
        viewer: &Viewer,
        period: Quarter,
        today: Day,
    ) -> Filled {
        let frame = &board.frame;
        let plan = &frame.plan;
        let days = self.config.clock.days(&plan.time_zone);
        let day_of = |at| days.of(at);
        let mut results = results.map(|results| up_to(results, period));
        let dashboard = Dashboard::of(board, course, viewer, today, Span::Quarter(period), day_of);
        let past = Past { board, course, viewer, day: told_on(period, today), day_of };
        let activities = past.activities(results.as_ref());
        let lights = results.as_ref().map(|results| {
            let rows: Vec<_> = rollup::rows(frame, results, period).collect();
            rollup::whole(&rows)
        });
        // Which items there are the activities say, as far as the viewer may know.
        if let Some(results) = &mut results {
            results.framework.links.clear();
        }
        Filled { figures: dashboard.now, results, lights, activities, ahead: past.ahead(period) }
    }

    /// The words of a version; none of one that there is not.
    pub async fn report_words(&self, period: Quarter, number: i64) -> Result<Kept, StoreError> {
        let mut conn = self.db.snapshot().await?;
        let Some(plan) = store::current_plan(&mut conn).await? else { return Ok(Kept::default()) };
        kept(&mut conn, plan, period, |report| report.number == number).await
    }
}

fn section_texts(kept: &Kept) -> Vec<SectionText> {
    let with_words = Section::ALL.into_iter().filter(|section| !kept.text(*section).is_empty());
    let texts = with_words.map(|section| {
        let body = kept.text(section);
        SectionText { section, body: body.to_owned(), html: markdown::to_html(body) }
    });
    texts.collect()
}

/// The newest version that is wanted, with its words; none before there is one.
async fn kept(
    conn: &mut Conn,
    plan: PlanId,
    period: Quarter,
    wanted: impl Fn(&StoredReport) -> bool,
) -> Result<Kept, StoreError> {
    match store::reports(conn, plan, period).await?.iter().find(|report| wanted(report)) {
        Some(report) => store::report_texts(conn, report).await,
        None => Ok(Kept::default()),
    }
}

/// A coordinator who writes the report of a quarter, and from where.
pub struct Author<'a> {
    pub state: &'a AppState,
    pub member: &'a Member,
    pub from: &'a Origin,
    pub period: Quarter,
}

impl Author<'_> {
    /// Whether the rights that the request came with still stand, and the quarter is one of the plan's; nobody else
    /// saves until the transaction ends.
    async fn begin(&self) -> Result<(Conn, PlanId), Refusal> {
        let mut tx = self.state.db.write().await.map_err(outage)?;
        let plan = store::current_plan(&mut tx).await.map_err(outage)?.ok_or(Refusal::NotFound)?;
        // Counting it up by nothing locks the plan.
        store::move_revision(&mut tx, plan, 0).await.map_err(outage)?;
        let now_is = store::member(&mut tx, self.member.id).await.map_err(outage)?;
        let now_is = now_is.filter(|stored| stored.active).map(|stored| Viewer::Member(stored.member));
        now_is.filter(policy::can_write_report).ok_or(Refusal::Forbidden)?;
        let frame = store::frame(&mut tx, plan).await.map_err(outage)?;
        let is_of_plan = frame.plan.quarters().any(|quarter| quarter == self.period);
        is_of_plan.then_some((tx, plan)).ok_or(Refusal::NotFound)
    }

    /// Saves what was made from version `from` (0 for none). Answers the number of the new version; nothing if it says
    /// what is there already.
    pub async fn save(&self, from: i64, draft: &Draft, hands_over: bool) -> Result<Option<i64>, Refusal> {
        let (mut tx, plan) = self.begin().await?;
        let newest = kept(&mut tx, plan, self.period, |_| true).await.map_err(outage)?;
        let Decided::Saved { number, texts, is_noted } = decide(draft, from, &newest, hands_over)? else {
            return Ok(None);
        };
        self.add(&mut tx, plan, number, hands_over, &texts).await?;
        if is_noted {
            let reason = draft.reason.as_ref().map(|reason| reason.as_str().to_owned());
            self.note(&mut tx, Action::GuardOverridden, number, reason).await?;
        }
        tx.commit().await.map_err(outage)?;
        Ok(Some(number))
    }

    async fn add(
        &self,
        tx: &mut Conn,
        plan: PlanId,
        number: i64,
        handed_over: bool,
        texts: &BTreeMap<Section, Pointed>,
    ) -> Result<(), Refusal> {
        let (id, at) = (ReportId(Uuid::now_v7()), self.state.config.clock.now());
        let (period, author) = (self.period, self.member.id);
        let report = NewReport { id, plan, period, number, author, at, handed_over, texts };
        store::add_report(tx, &report).await.map_err(outage)
    }

    /// Takes the words of a version and of all before it away, for good. What is left is a version of its own, so that
    /// nobody brings them back unawares who had them in a form.
    pub async fn withdraw(&self, number: i64) -> Result<(), Refusal> {
        let (mut tx, plan) = self.begin().await?;
        let reports = store::reports(&mut tx, plan, self.period).await.map_err(outage)?;
        reports.iter().find(|report| report.number == number).ok_or(Refusal::NotFound)?;
        store::withdraw_report(&mut tx, plan, self.period, number).await.map_err(outage)?;
        let left = kept(&mut tx, plan, self.period, |_| true).await.map_err(outage)?;
        let texts = left.texts.iter().map(|(section, text)| (*section, Pointed::Same(text.0))).collect();
        self.add(&mut tx, plan, left.number + 1, left.handed_over, &texts).await?;
        self.note(&mut tx, Action::TextsWithdrawn, number, None).await?;
        tx.commit().await.map_err(outage)
    }

    /// Never the text itself.
    async fn note(&self, tx: &mut Conn, action: Action, version: i64, reason: Option<String>) -> Result<(), Refusal> {
        let report = Some(ReportVersion { period: self.period, version });
        let detail = Detail { report, reason, ..Detail::default() };
        let line = audit::line(self.state.config.clock.now(), action, Some(self.member.id), self.from).with(detail);
        store::add_audit(tx, &line).await.map_err(outage)
    }
}

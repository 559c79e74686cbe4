//! The indicators in groups, in the order in which the rows stand.

use crate::{
    api::results::ResultsView,
    domain::{
        accounts::{Country, Organisation},
        day::Quarter,
        plan::{Frame, Objective},
        results::rollup::{self, Row, Tally},
    },
    ui::results::address::By,
};

/// What the indicators of a row have in common.
#[derive(Debug, PartialEq)]
pub enum Group<'a> {
    Objective(Option<&'a Objective>),
    Partner(Option<&'a Organisation>),
    Country(Option<Country>),
    Period(Quarter),
}

/// Every indicator at the end of the chosen quarter; by period, at the end of each quarter up to that one.
pub fn rows(view: &ResultsView, by: By) -> Vec<Row> {
    let is_wanted = |quarter: &Quarter| *quarter == view.period || by == By::Period && *quarter < view.period;
    view.frame
        .plan
        .quarters()
        .filter(is_wanted)
        .flat_map(|quarter| rollup::rows(&view.frame, &view.results, quarter))
        .collect()
}

/// Groups that have indicators. What belongs to none of its kind comes last, so that no count is lost.
pub fn groups<'a>(frame: &'a Frame, rows: &[Row], by: By) -> Vec<(Group<'a>, Tally)> {
    let of = |row: &Row, objective: &Objective| row.objective == Some(objective.id);
    match by {
        By::Objective => listed(rows, &frame.objectives, of, Group::Objective),
        By::Partner => listed(rows, &frame.organisations, |row, org| row.responsible == org.id, Group::Partner),
        By::Country => {
            let groups = rollup::by(rows, |row| (row.country.is_none(), row.country)).into_iter();
            groups.map(|((_, country), tally)| (Group::Country(country), tally)).collect()
        }
        By::Period => {
            let groups = rollup::by(rows, |row| row.period).into_iter();
            groups.map(|(period, tally)| (Group::Period(period), tally)).collect()
        }
    }
}

/// In the order in which the plan lists them.
fn listed<'a, T>(
    rows: &[Row],
    things: &'a [T],
    of: impl Fn(&Row, &T) -> bool,
    group: impl Fn(Option<&'a T>) -> Group<'a>,
) -> Vec<(Group<'a>, Tally)> {
    let place = |row: &Row| things.iter().position(|thing| of(row, thing)).unwrap_or(things.len());
    rollup::by(rows, place).into_iter().map(|(at, tally)| (group(things.get(at)), tally)).collect()
}

#[cfg(test)]
mod tests;

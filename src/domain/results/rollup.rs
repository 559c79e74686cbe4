//! How many indicators stand how, by partner, country, objective, period or whatever else. Unlike units are never
//! added: what is counted here is indicators.

use super::{change::Results, indicator::Indicator, light::Light, standing::Standing, tree::Framework};
use crate::domain::{
    accounts::Country,
    day::Quarter,
    ids::{IndicatorId, ObjectiveId, OrgId},
    plan::Frame,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An indicator at the end of a period, with what it can be grouped by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub indicator: IndicatorId,
    pub responsible: OrgId,
    /// Of the responsible partner.
    pub country: Option<Country>,
    /// Nothing for an indicator of the impact.
    pub objective: Option<ObjectiveId>,
    pub period: Quarter,
    /// As it is shown.
    pub light: Light,
    pub has_data: bool,
}

impl Row {
    pub fn of(frame: &Frame, framework: &Framework, indicator: &Indicator, standing: &Standing) -> Self {
        Self {
            indicator: indicator.id,
            responsible: indicator.responsible,
            country: frame.organisation(indicator.responsible).and_then(|org| org.country),
            objective: framework.objective_of(indicator.node),
            period: standing.period,
            light: standing.signal.light(),
            has_data: standing.current.as_ref().is_some_and(|current| !current.figure.is_of_nothing()),
        }
    }
}

/// Counts of indicators.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    pub green: usize,
    pub amber: usize,
    pub red: usize,
    pub grey: usize,
    /// Those that have any data, whatever their light.
    pub with_data: usize,
}

impl Tally {
    pub fn all(self) -> usize {
        self.green + self.amber + self.red + self.grey
    }

    fn add(&mut self, row: &Row) {
        self.with_data += usize::from(row.has_data);
        *match row.light {
            Light::Green => &mut self.green,
            Light::Amber => &mut self.amber,
            Light::Red => &mut self.red,
            Light::Grey => &mut self.grey,
        } += 1;
    }
}

/// Every indicator with how it stands at the end of a period.
pub fn standings(results: &Results, period: Quarter) -> impl Iterator<Item = (&Indicator, Standing)> {
    results.framework.indicators.iter().map(move |indicator| {
        let overrides = results.overrides_of(indicator.id);
        (indicator, Standing::of(indicator, &results.readings, period, overrides))
    })
}

/// Every indicator at the end of a period.
pub fn rows<'a>(frame: &'a Frame, results: &'a Results, period: Quarter) -> impl Iterator<Item = Row> + 'a {
    let standings = standings(results, period);
    standings.map(|(indicator, standing)| Row::of(frame, &results.framework, indicator, &standing))
}

/// Each indicator once, whatever the rows are grouped by.
pub fn whole(rows: &[Row]) -> Tally {
    by(rows, |_| ()).remove(&()).unwrap_or_default()
}

/// Counts by group: `by(rows, |row| row.country)`. Each indicator counts once in a group; if it stands there with
/// several periods, then with the last of them.
pub fn by<K: Ord>(rows: &[Row], group: impl Fn(&Row) -> K) -> BTreeMap<K, Tally> {
    let mut groups: BTreeMap<K, BTreeMap<IndicatorId, &Row>> = BTreeMap::new();
    for row in rows {
        let known = groups.entry(group(row)).or_default().entry(row.indicator).or_insert(row);
        if row.period > known.period {
            *known = row;
        }
    }
    groups.into_iter().map(|(group, rows)| (group, tally(rows.into_values()))).collect()
}

fn tally<'a>(rows: impl Iterator<Item = &'a Row>) -> Tally {
    rows.fold(Tally::default(), |mut tally, row| {
        tally.add(row);
        tally
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::results::sample::{frame, org, quarter, ratio, ratios, reading};
    use proptest::prelude::*;
    use uuid::Uuid;

    fn row(indicator: u128, partner: u128, period: i32, light: Light) -> Row {
        Row {
            indicator: IndicatorId(Uuid::from_u128(indicator)),
            responsible: org(partner),
            country: Country::parse(if partner == 1 { "RS" } else { "BA" }),
            objective: (indicator > 1).then(|| ObjectiveId(Uuid::from_u128(indicator % 2))),
            period: quarter("2019Q1").plus(period),
            light,
            has_data: light != Light::Grey,
        }
    }

    #[test]
    fn nothing_of_nothing_is_no_data() {
        let shares = ratios(1, "0", &[("2019Q4", "50")]);
        let has_data = |numerator: &str, denominator: &str| {
            let readings = [reading(1, "2019Q3", ratio(numerator, denominator))];
            let standing = Standing::of(&shares, &readings, quarter("2019Q4"), &[]);
            Row::of(&frame(), &Framework::default(), &shares, &standing).has_data
        };
        assert_eq!([has_data("0", "0"), has_data("0", "5")], [false, true]);
    }

    #[test]
    fn an_indicator_counts_once_with_its_latest_light() {
        let rows = [row(1, 1, 0, Light::Red), row(1, 1, 1, Light::Green), row(2, 1, 1, Light::Grey)];
        let expected = Tally { green: 1, grey: 1, with_data: 1, ..Tally::default() };
        assert_eq!(by(&rows, |row| row.responsible), [(org(1), expected)].into());
        let periods = by(&rows, |row| row.period);
        assert_eq!(periods[&quarter("2019Q1")], Tally { red: 1, with_data: 1, ..Tally::default() });
    }

    fn rows() -> impl Strategy<Value = Vec<Row>> {
        let light = prop::sample::select(Light::ALL.to_vec());
        // One partner an indicator, and one light an indicator and period.
        let row = (0_u128..12, light)
            .prop_map(|(n, light)| ((n % 6, n / 6), row(n % 6, 1 + n % 2, i32::from(n >= 6), light)));
        prop::collection::btree_map(0..12_u8, row, 0..12).prop_map(|rows| {
            let each: BTreeMap<_, Row> = rows.into_values().collect();
            each.into_values().collect()
        })
    }

    proptest! {
        /// Partners, countries and objectives are different cuts of the same indicators, in whatever order they come.
        #[test]
        fn every_cut_counts_every_indicator_once(rows in rows(), turn: prop::sample::Index) {
            let whole = by(&rows, |_| ()).remove(&()).unwrap_or_default();
            let sum = |tallies: Vec<Tally>| (
                tallies.iter().map(|tally| tally.all()).sum::<usize>(),
                tallies.iter().map(|tally| tally.green).sum::<usize>(),
                tallies.iter().map(|tally| tally.with_data).sum::<usize>(),
            );
            for tallies in [
                by(&rows, |row| row.responsible).into_values().collect::<Vec<_>>(),
                by(&rows, |row| row.country).into_values().collect(),
                by(&rows, |row| row.objective).into_values().collect(),
            ] {
                prop_assert_eq!(sum(tallies), sum(vec![whole]));
            }
            let mut turned = rows.clone();
            if !rows.is_empty() {
                turned.rotate_left(turn.index(rows.len()));
            }
            prop_assert_eq!(by(&turned, |row| row.responsible), by(&rows, |row| row.responsible));
        }
    }
}

//! The indicators of an output with their readings.

use super::{Filling, quarters, text};
use act_board::domain::{
    day::Quarter,
    ids::{IndicatorId, NodeId, ReadingId},
    measure::Quantity,
    results::{
        change::ResultsChange,
        indicator::{Dimension, Frequency, Indicator},
        reading::{Evidence, Link, Reading, Share},
        scale::{Accumulation, Baseline, Direction, Scale, Target},
        state::{State, Step},
        value::{Kind, Parts, Point, Value},
    },
    text::{Category, Citation, DimensionName, IndicatorCode, Unit, Wording},
};
use uuid::Uuid;

/// How an indicator is measured.
#[derive(Clone, Copy)]
enum Way {
    /// A running total.
    Total,
    /// What each quarter added.
    Added,
    Share,
    Words,
}

/// An output has two of each of these.
const WAYS: [Way; 5] = [Way::Total, Way::Total, Way::Added, Way::Share, Way::Words];

const STAGES: [&str; 4] = ["not begun", "drafted", "in consultation", "adopted"];
const CATEGORIES: [&str; 2] = ["women", "men"];

impl Filling {
    pub(super) fn indicators_of(&mut self, node: NodeId, code: &str) {
        for (letter, way) in ('a'..).zip(WAYS.into_iter().chain(WAYS)) {
            let indicator = self.indicator(node, &format!("{code}.{letter}"), way);
            self.add(ResultsChange::Indicator { indicator: Box::new(indicator.clone()), goals: None });
            for (n, period) in (0..).zip(quarters()) {
                self.approved(&indicator, period, way.value(n));
            }
        }
    }

    fn indicator(&mut self, node: NodeId, code: &str, way: Way) -> Indicator {
        self.indicators += 1;
        let definition = "Counts who took part in all sessions and passed the test at the end; a person counts once, \
                          whatever the number of rounds.";
        let title = "Lawyers and case workers that were trained in claims for compensation";
        let verification = "Lists of participants and results of the tests, kept by the lead";
        let [title, definition, verification] = [title, definition, verification].map(|words| text(words.to_owned()));
        Indicator {
            id: IndicatorId(Uuid::now_v7()),
            node,
            code: IndicatorCode::parse(code).expect("it is short"),
            title,
            definition,
            unit: Unit::parse("trained lawyers").expect("it is short"),
            scale: way.scale(),
            verification,
            frequency: Frequency::Quarter,
            responsible: self.frame.organisations[self.indicators % self.frame.organisations.len()].id,
            dimensions: way.dimensions(),
            withheld: Default::default(),
        }
    }

    /// A reading that was submitted and then approved.
    fn approved(&mut self, indicator: &Indicator, period: Quarter, value: Value) {
        let (id, of) = (ReadingId(Uuid::now_v7()), indicator.id);
        let shares = shares(indicator, &value);
        let narrative = "The second round spent more time on examples from practice, and two partners opened it to \
                         judges. The next one is fixed for the last month of the quarter.";
        let (narrative, evidence) = (text(narrative.to_owned()), evidence(period));
        let state = State::Submitted;
        let reading = Reading { id, indicator: of, period, value, shares, narrative, evidence, state, why: None };
        self.add(ResultsChange::Reading(Box::new(reading)));
        let (step, state) = (Step::Approve, State::Approved);
        self.add(ResultsChange::Stepped { reading: id, indicator: of, step, state, why: None });
    }
}

fn evidence(period: Quarter) -> Vec<Evidence> {
    let citation = Citation::parse(&format!("Register of trainings, {period}, page 12")).expect("it is short");
    let link = Link::parse(&format!("https://partner.example/registers/{period}")).expect("it is an address");
    vec![Evidence::Citation(citation), Evidence::Link(link)]
}

/// A third is men's, if the indicator is broken down.
fn shares(indicator: &Indicator, value: &Value) -> Vec<Share> {
    let (Some(sex), Value::Number(whole)) = (indicator.dimensions.first(), value) else { return Vec::new() };
    let (whole, dimension) = (whole.thousandths() / 1_000, sex.name());
    let parts = [whole - whole / 3, whole / 3].into_iter().zip(sex.categories());
    let share = |(part, category): (i64, &Category)| {
        let (dimension, category) = (dimension.clone(), category.clone());
        Share { dimension, category, value: Value::Number(count(part)) }
    };
    parts.map(share).collect()
}

impl Way {
    fn kind(self) -> Kind {
        match self {
            Self::Total | Self::Added => Kind::Number,
            Self::Share => Kind::Ratio,
            Self::Words => Kind::Qualitative,
        }
    }

    /// A target at the end of each of the plan's years.
    fn scale(self) -> Scale {
        let accumulation = match self {
            Self::Total => Accumulation::Cumulative,
            Self::Added => Accumulation::Periodic,
            Self::Share | Self::Words => Accumulation::Latest,
        };
        let points = STAGES.iter().zip([10, 40, 60, 90]);
        let mut points = points.map(|(words, number)| match self {
            Self::Words => Point::Words(wording(words)),
            _ => Point::Number(count(number)),
        });
        let baseline = points.next().map(|value| Baseline { value, year: 2024 });
        let targets = (2025..).zip(points).map(|(year, value)| Target { period: Quarter::new(year, 4), value });
        let scale = Scale::new(self.kind(), Direction::Increase, accumulation, baseline, targets.collect());
        scale.expect("it rises")
    }

    fn dimensions(self) -> Vec<Dimension> {
        let categories = CATEGORIES.iter().map(|name| Category::parse(name).expect("it is short")).collect();
        let sex = Dimension::new(DimensionName::parse("sex").expect("it is short"), categories);
        match self.kind() {
            Kind::Number => vec![sex.expect("each category stands once")],
            Kind::Ratio | Kind::Qualitative => Vec::new(),
        }
    }

    /// What was found in the n-th quarter, from 0.
    fn value(self, n: i64) -> Value {
        match self {
            Self::Total => Value::Number(count(12 + 7 * n)),
            Self::Added => Value::Number(count(4 + n % 3)),
            Self::Share => Value::Ratio(Parts::new(count(20 + 5 * n), count(60 + 4 * n)).expect("it is a part")),
            Self::Words => Value::Words(wording(STAGES[usize::try_from(n / 2).unwrap_or(0) % STAGES.len()])),
        }
    }
}

fn count(number: i64) -> Quantity {
    Quantity::from_thousandths(number * 1_000).expect("it is small")
}

fn wording(words: &str) -> Wording {
    Wording::parse(words).expect("it is short")
}

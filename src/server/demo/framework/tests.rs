use super::*;
use crate::domain::{
    accounts::Role,
    fields::Field,
    guard,
    items::Item,
    plan::StatusKind,
    results::{
        breakdown::Breakdown,
        change::Results,
        light::Light,
        reading,
        sample::viewer,
        standing::Standing,
        tree::Framework,
        value::{Figure, Value},
    },
    text::{Assumptions, Definition, IndicatorTitle, Narrative, Risks, Statement, Verification},
};
use std::collections::BTreeSet;

/// Any but none, so that a date that did not move shows.
const SHIFT: i32 = 27;

/// The demo's framework as whoever opens it finds it.
#[derive(Default)]
struct Demo {
    items: Vec<Item>,
    nodes: Vec<Node>,
    links: Vec<Link>,
    indicators: Vec<Indicator>,
    readings: Vec<Reading>,
    lights: Vec<(IndicatorId, Override)>,
    locked: Vec<Quarter>,
    changes: Vec<ResultsChange>,
}

fn demo() -> (Sample, Demo) {
    let sample = Sample::new(SHIFT);
    let items: Vec<Item> = (1..=sample.len()).map(|number| sample.item(number)).collect();
    let changes = changes(&sample, &items);
    let mut demo = Demo { items, ..Demo::default() };
    for change in &changes {
        match change.clone() {
            ResultsChange::Node(node) => demo.nodes.push(*node),
            ResultsChange::Linked(link) => demo.links.push(link),
            ResultsChange::Indicator { indicator, .. } => demo.indicators.push(*indicator),
            ResultsChange::Reading(reading) => demo.readings.push(*reading),
            ResultsChange::Stepped { reading, step, state, why, .. } => demo.step(reading, step, state, why),
            ResultsChange::Light { indicator, by_hand, .. } => demo.lights.push((indicator, by_hand.unwrap())),
            ResultsChange::Locked { period, .. } => demo.locked.push(period),
            other => panic!("{other:?}"),
        }
    }
    demo.changes = changes;
    (sample, demo)
}

fn now() -> Quarter {
    Quarter::new(2019, 4).plus(SHIFT)
}

impl Demo {
    fn step(&mut self, id: ReadingId, step: Step, state: State, why: Option<Reason>) {
        let reading = self.readings.iter_mut().find(|reading| reading.id == id).unwrap();
        assert_eq!(reading.state.next(step), Some(state));
        assert_eq!(step == Step::Return, why.is_some(), "what is returned says why");
        reading.state = state;
    }

    fn readings_of(&self, indicator: IndicatorId) -> Vec<&Reading> {
        self.readings.iter().filter(|reading| reading.indicator == indicator).collect()
    }

    fn standing(&self, indicator: &Indicator) -> Standing {
        let overrides = self.lights.iter().filter(|light| light.0 == indicator.id);
        let overrides: Vec<Override> = overrides.map(|light| light.1.clone()).collect();
        Standing::of(indicator, &self.readings, now(), &overrides)
    }

    /// Codes of the indicators that show a light in the current quarter.
    fn showing(&self, light: Light) -> Vec<&str> {
        let showing = self.indicators.iter().filter(|indicator| self.standing(indicator).signal.light() == light);
        showing.map(|indicator| indicator.code.as_str()).collect()
    }

    /// An item's measure as an indicator: it follows the item's link.
    fn indicator_of(&self, item: &Item) -> &Indicator {
        let is_link = |change: &ResultsChange| matches!(change, ResultsChange::Linked(link) if link.item == item.id);
        let at = self.changes.iter().position(is_link).unwrap();
        let ResultsChange::Indicator { indicator, .. } = &self.changes[at + 1] else { panic!("{}", item.number) };
        self.indicators.iter().find(|other| other.id == indicator.id).unwrap()
    }
}

#[test]
fn every_objective_is_an_outcome_with_two_outputs() {
    let (sample, demo) = demo();
    let below = |level: Level, parent| demo.nodes.iter().filter(move |it| it.level == level && it.parent == parent);
    let impact = below(Level::Impact, None).next().unwrap();
    let outcomes: Vec<&Node> = below(Level::Outcome, Some(impact.id)).collect();
    let objectives: Vec<_> = outcomes.iter().map(|outcome| outcome.objective).collect();
    assert_eq!(objectives, sample.frame.objectives.iter().map(|it| Some(it.id)).collect::<Vec<_>>());
    for outcome in &outcomes {
        let outputs: Vec<&Node> = below(Level::Output, Some(outcome.id)).collect();
        assert_eq!(outputs.len(), 2, "{}", outcome.title.body);
        assert!(outputs[0].rank < outputs[1].rank);
    }
    assert!(outcomes.is_sorted_by(|above, below| above.rank < below.rank));
}

#[test]
fn every_item_serves_one_output_of_its_objective() {
    let (_, demo) = demo();
    assert_eq!(demo.links.len(), 30);
    for item in &demo.items {
        let links: Vec<&Link> = demo.links.iter().filter(|link| link.item == item.id).collect();
        assert_eq!(links.len(), 1, "item {}", item.number);
        let output = demo.nodes.iter().find(|node| node.id == links[0].output).unwrap();
        let outcome = demo.nodes.iter().find(|node| Some(node.id) == output.parent).unwrap();
        assert_eq!((output.level, outcome.objective), (Level::Output, Some(item.facts.objective)));
    }
}

#[test]
fn board_and_framework_tell_the_same_of_an_item() {
    let (sample, demo) = demo();
    for item in &demo.items {
        let (measure, indicator) = (item.facts.measure.as_ref().unwrap(), demo.indicator_of(item));
        assert_eq!((&indicator.unit, indicator.responsible), (&measure.unit, item.facts.lead));
        let last = indicator.scale.last_target().unwrap();
        assert_eq!(
            (Some(last.period), last.value.quantity()),
            (item.facts.due.map(|due| due.quarter()), Some(measure.target))
        );
        let readings = demo.readings_of(indicator.id);
        let value = readings.last().map(|reading| &reading.value);
        let is_planned = sample.frame.status(item.status).unwrap().kind == StatusKind::Planned;
        assert_eq!(value, (!is_planned).then_some(&Value::Number(measure.current)), "item {}", item.number);
    }
}

#[test]
fn codes_are_unique_and_every_kind_of_indicator_occurs() {
    let (_, demo) = demo();
    let codes: BTreeSet<&str> = demo.indicators.iter().map(|indicator| indicator.code.as_str()).collect();
    assert_eq!(codes.len(), demo.indicators.len());
    let has = |test: fn(&Scale) -> bool| demo.indicators.iter().any(|indicator| test(&indicator.scale));
    assert!(has(|scale| scale.kind() == Kind::Ratio) && has(|scale| scale.kind() == Kind::Qualitative));
    assert!(has(|scale| scale.direction() == Direction::Decrease));
    assert!(has(|scale| scale.accumulation() == Accumulation::Periodic));
    assert!(has(|scale| scale.accumulation() == Accumulation::Latest && scale.kind() == Kind::Number));
    assert!(demo.indicators.iter().any(|indicator| !indicator.dimensions.is_empty()));
}

#[test]
fn readings_fit_and_only_the_current_quarter_is_open() {
    let (_, demo) = demo();
    let mut open = BTreeSet::new();
    for reading in &demo.readings {
        let indicator = demo.indicators.iter().find(|indicator| indicator.id == reading.indicator).unwrap();
        let code = indicator.code.as_str();
        assert_eq!(reading::check(indicator, &reading.value, &reading.shares), [], "{code}");
        assert_eq!(reading.state == State::Approved, reading.period < now(), "{code} {}", reading.period);
        assert!(reading.period <= now());
        assert_eq!(reading.shares.is_empty(), indicator.dimensions.is_empty(), "{code}");
        open.insert(format!("{:?}", reading.state));
    }
    assert_eq!(open.len(), 4, "every state occurs");
    let places: BTreeSet<_> = demo.readings.iter().map(|reading| (reading.indicator, reading.period)).collect();
    assert_eq!(places.len(), demo.readings.len(), "one a period");
    assert_eq!(demo.locked, [Quarter::new(2019, 1).plus(SHIFT), Quarter::new(2019, 2).plus(SHIFT)]);
}

#[test]
fn every_light_occurs_in_the_current_quarter() {
    let (_, demo) = demo();
    let green = "2.b 4.a 1.1.a 1.1.b 1.2.a 2.1.a 2.1.c 2.2.a 3.1.a 3.2.b 4.1.a 5.1.b";
    let red = "5.a 2.2.b 3.2.a 4.2.a";
    let sorted = |codes: &str| codes.split(' ').map(str::to_owned).collect::<BTreeSet<_>>();
    let shown = |light| demo.showing(light).into_iter().map(str::to_owned).collect::<BTreeSet<_>>();
    assert_eq!(shown(Light::Green), sorted(green));
    assert_eq!(shown(Light::Amber), sorted("1.a 2.a 1.1.c 2.1.b 5.2.a"));
    assert_eq!(shown(Light::Red), sorted(red));
    assert!(!shown(Light::Grey).is_empty());
    let [(by_hand, _)] = demo.lights.as_slice() else { panic!("one light is set by hand") };
    let variants = demo.indicators.iter().find(|indicator| indicator.id == *by_hand).unwrap();
    assert_eq!((variants.code.as_str(), demo.standing(variants).signal.computed), ("2.1.b", Light::Red));
}

/// Of 25 experts 7 men show what is withheld, and of the case's solutions the 5 that failed.
#[test]
fn what_counts_people_is_withheld_from_the_donor_in_part() {
    let (_, demo) = demo();
    let people: Vec<&Indicator> = demo.indicators.iter().filter(|it| it.scale.counts_people()).collect();
    assert_eq!(people.iter().map(|it| it.code.as_str()).collect::<Vec<_>>(), ["2.b", "2.2.a", "4.2.a"]);
    let framework = Framework { indicators: demo.indicators.clone(), ..Framework::default() };
    let results = Results { framework, readings: demo.readings.clone(), ..Results::default() };
    let donor = results.seen_by(&viewer(Role::Donor, 9));
    let standing = |code: &str| {
        let indicator = donor.framework.indicators.iter().find(|it| it.code.as_str() == code).unwrap();
        let figure = Standing::of(indicator, &donor.readings, now(), &[]).current.unwrap().figure;
        (figure.is_hidden(), Breakdown::all(indicator, &donor.readings, now()))
    };
    assert_eq!(standing("2.b"), (true, Vec::new()));
    for code in ["2.2.a", "4.2.a"] {
        let (is_hidden, by_sex) = standing(code);
        assert!(!is_hidden, "{code}: the whole is told");
        let hidden = |part: &(_, Option<Figure>)| part.1.as_ref().is_some_and(Figure::is_hidden);
        assert!(by_sex.iter().all(|it| it.categories.len() == 2 && it.categories.iter().all(hidden)), "{code}");
    }
}

#[test]
fn texts_fit_their_fields_and_hold_nothing_personal() {
    let (_, mut demo) = demo();
    for (field, text) in demo.changes.iter_mut().flat_map(ResultsChange::texts_mut) {
        let body = text.body.as_str();
        assert_eq!(guard::find(body), [], "{body}");
        let fits = match field {
            Field::Statement => Statement::parse(body).is_ok(),
            Field::Assumptions => !body.is_empty() && Assumptions::parse(body).is_ok(),
            Field::Risks => !body.is_empty() && Risks::parse(body).is_ok(),
            Field::Indicator => IndicatorTitle::parse(body).is_ok(),
            Field::Definition => Definition::parse(body).is_ok(),
            Field::Verification => Verification::parse(body).is_ok(),
            _ => Narrative::parse(body).is_ok(),
        };
        assert!(fits, "{body}");
    }
    for line in FRAMEWORK.lines().filter(|line| line.contains('|')) {
        assert_eq!(guard::find(line), [], "{line}");
    }
}

/// The demo is filled before every test that opens a browser.
#[test]
fn the_history_stays_short() {
    let (_, demo) = demo();
    assert!(demo.changes.len() < 210, "{}", demo.changes.len());
}

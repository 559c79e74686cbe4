//! The sample plan read from `plan.txt`, and items generated after its pattern for trials of size.

use crate::{
    domain::{
        accounts::{Country, OrgKind, Organisation},
        day::{Day, Quarter},
        ids::{ItemId, ObjectiveId, OrgId, PlanId, TextId},
        items::{Facts, Item},
        measure::{Measure, Quantity},
        plan::{Frame, Mark, Objective, Plan, StatusKind},
        rank::Rank,
        text::{Text, Unit},
    },
    server::setup,
};
use uuid::Uuid;

const PLAN: &str = include_str!("plan.txt");

/// Short name, name, country, city, website, kind.
const ORGANISATIONS: [(&str, &str, &str, &str, &str, OrgKind); 8] = [
    ("ASTRA", "ASTRA", "RS", "Belgrade", "https://astra.rs", OrgKind::Partner),
    ("EMMAUS", "International Solidarity Forum EMMAUS", "BA", "Tuzla", "", OrgKind::Partner),
    ("WRC", "Women's Rights Center", "ME", "Podgorica", "https://womensrightscenter.org", OrgKind::Partner),
    ("CLCI", "Center for Legal Civic Initiatives", "AL", "Tirana", "", OrgKind::Partner),
    ("OPENGATE", "Open Gate / La Strada", "MK", "Skopje", "", OrgKind::Partner),
    ("NHC", "Netherlands Helsinki Committee", "NL", "The Hague", "https://nhc.nl", OrgKind::Partner),
    ("EU", "European Union", "", "", "", OrgKind::Donor),
    ("INST", "Sample institution", "", "", "", OrgKind::Institution),
];

/// `WB` in the sample: all Western Balkan partners but the lead.
const WESTERN_BALKANS: [&str; 5] = ["ASTRA", "EMMAUS", "WRC", "CLCI", "OPENGATE"];

const OBJECTIVES: [(&str, &str); 5] = [
    ("O1", "A durable regional network"),
    ("O2", "Shared monitoring instruments"),
    ("O3", "Rapporteurs and institutions"),
    ("O4", "Service quality and cross-border support"),
    ("O5", "Joint advocacy and learning"),
];

/// One item of `plan.txt`.
struct Line {
    title: &'static str,
    objective: &'static str,
    lead: &'static str,
    co_partners: &'static str,
    due: Quarter,
    status: StatusKind,
    measure: Measure,
    description: String,
}

/// The sample plan, its dates moved.
pub struct Sample {
    pub frame: Frame,
    /// Quarters by which every date moves.
    pub shift: i32,
    lines: Vec<Line>,
}

impl Sample {
    pub fn new(shift: i32) -> Self {
        Self { frame: frame(shift), shift, lines: lines() }
    }

    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// The item of a number, from 1; beyond the sample its lines are repeated, told apart by their number.
    pub fn item(&self, number: usize) -> Item {
        let line = &self.lines[(number - 1) % self.lines.len()];
        let title = if number > self.lines.len() { format!("{} {number}", line.title) } else { line.title.to_owned() };
        let text = |body: String| Text { id: TextId(Uuid::now_v7()), version: 1, body };
        let status = self.frame.statuses.iter().find(|status| status.kind == line.status);
        Item {
            id: ItemId(Uuid::now_v7()),
            number: i64::try_from(number).unwrap_or(i64::MAX),
            title: text(title),
            description: text(line.description.clone()),
            facts: self.facts(line),
            status: status.expect("the sample has a status of each kind").id,
            rank: Rank::between(None, None),
            published: true,
            archived: false,
        }
    }

    fn facts(&self, line: &Line) -> Facts {
        let objective = self.frame.objectives.iter().find(|objective| objective.code == line.objective);
        Facts {
            objective: objective.expect("plan.txt names objectives of the sample").id,
            lead: self.org(line.lead),
            co_partners: self.co_partners(line),
            start: Some(self.start(line)),
            due: Some(line.due.plus(self.shift).last_day()),
            measure: Some(line.measure.clone()),
        }
    }

    /// The sample has no start days: work that is planned begins with the quarter it is due in, other work one before,
    /// and the plan's own first day bounds all.
    fn start(&self, line: &Line) -> Day {
        let quarter = match line.status {
            StatusKind::Planned => line.due,
            StatusKind::InProgress | StatusKind::Done => line.due.plus(-1).min(Quarter::new(2019, 4)),
        };
        quarter.plus(self.shift).first_day().max(self.frame.plan.starts)
    }

    fn co_partners(&self, line: &Line) -> Vec<OrgId> {
        let partners = self.frame.partners().map(|org| org.short_name.as_str());
        let names: Vec<&str> = match line.co_partners {
            "all" => partners.collect(),
            "WB" => WESTERN_BALKANS.to_vec(),
            names => names.split(',').collect(),
        };
        names.into_iter().filter(|name| *name != line.lead).map(|name| self.org(name)).collect()
    }

    fn org(&self, short_name: &str) -> OrgId {
        let org = self.frame.organisations.iter().find(|org| org.short_name == short_name);
        org.expect("plan.txt names organisations of the sample").id
    }
}

fn frame(shift: i32) -> Frame {
    let (first, last) = (Quarter::new(2019, 1).plus(shift), Quarter::new(2020, 4).plus(shift));
    let years = format!("{}–{}", first.year(), last.year());
    let organisation =
        |&(short_name, name, country, city, website, kind): &(&str, &str, &str, &str, &str, OrgKind)| Organisation {
            id: OrgId(Uuid::now_v7()),
            name: name.to_owned(),
            short_name: short_name.to_owned(),
            country: Country::parse(country),
            city: city.to_owned(),
            website: website.to_owned(),
            kind,
        };
    let objective = |((code, title), mark): (&(&str, &str), Mark)| Objective {
        id: ObjectiveId(Uuid::now_v7()),
        code: (*code).to_owned(),
        title: (*title).to_owned(),
        mark,
    };
    Frame {
        plan: Plan {
            id: PlanId(Uuid::now_v7()),
            title: format!("Action plan for regional networking {years}"),
            starts: first.first_day(),
            ends: last.last_day(),
            time_zone: setup::TIME_ZONE.to_owned(),
        },
        objectives: OBJECTIVES.iter().zip(Mark::ALL).map(objective).collect(),
        statuses: setup::STATUSES.iter().map(|(slug, kind)| setup::status(slug, *kind)).collect(),
        organisations: ORGANISATIONS.iter().map(organisation).collect(),
    }
}

/// The lines of `plan.txt`, whose form its own heading explains. It is part of the program, so a mistake in it is one
/// of ours, and a test reads it.
fn lines() -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for text in PLAN.lines().filter(|text| !text.starts_with('#')) {
        match text.strip_prefix('>') {
            Some(text) => {
                let description = &mut lines.last_mut().expect("a description follows an item").description;
                description.push_str(text.strip_prefix(' ').unwrap_or(text));
                description.push('\n');
            }
            None => lines.push(line(text).unwrap_or_else(|| panic!("plan.txt cannot be read: {text}"))),
        }
    }
    lines
}

fn line(text: &'static str) -> Option<Line> {
    let fields: Vec<&str> = text.split('|').collect();
    let [_, title, objective, lead, co_partners, due, status, measure, current] = fields.try_into().ok()?;
    let (year, quarter) = due.split_once('Q')?;
    let (unit, range) = measure.rsplit_once(' ')?;
    let (baseline, target) = range.split_once('→')?;
    let (baseline, target) = (Quantity::parse(baseline)?, Quantity::parse(target)?);
    Some(Line {
        title,
        objective,
        lead,
        co_partners,
        due: Quarter::new(year.parse().ok()?, quarter.parse().ok()?),
        status: match status {
            "P" => StatusKind::Planned,
            "I" => StatusKind::InProgress,
            "D" => StatusKind::Done,
            _ => return None,
        },
        measure: Measure::new(Unit::parse(unit).ok()?, baseline, target, Quantity::parse(current)?).ok()?,
        description: String::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_sample_is_read_and_moved() {
        let sample = Sample::new(28);
        assert_eq!(sample.len(), 30);
        let item = sample.item(8);
        assert_eq!(item.title.body, "Adapt the tool to national law");
        assert_eq!(item.facts.due, Day::parse("2026-09-30"));
        assert_eq!(item.facts.co_partners.len(), 4);
        assert_eq!(sample.frame.plan.title, "Action plan for regional networking 2026–2027");
        for number in 1..=30 {
            let item = sample.item(number);
            assert!(item.facts.check(&sample.frame).is_empty(), "item {number}");
            assert!(!item.description.body.is_empty());
        }
    }
}

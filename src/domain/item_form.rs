//! An item as a form sends it: names and values, read field by field, so that every mistake is told at once.

use super::{
    day::Day,
    fields::{Field, FieldError, Problem},
    guard,
    ids::{ItemId, ObjectiveId, OrgId, StatusId},
    items::{Edit, Facts, Item, ItemCommand},
    measure::{Measure, Quantity},
    plan::Frame,
    text::{Description, Reason, TextEdit, Title, Unit, Version},
};
use std::str::FromStr;

/// What a form says of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemForm {
    pub title: Title,
    pub description: Description,
    pub facts: Facts,
    /// Why what looks like personal data in it may stay.
    pub reason: Option<Reason>,
}

/// What an edit was made from: the facts and the versions of the texts that the form was filled with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base {
    pub facts: Facts,
    pub title: Version,
    pub description: Version,
}

/// The values of a form, in the order in which they were sent.
#[derive(Clone, Copy, Debug)]
pub struct Values<'a>(pub &'a [(String, String)]);

impl<'a> Values<'a> {
    /// The first value of a name, trimmed; empty if it was not sent.
    pub fn get(self, name: &str) -> &'a str {
        self.all(name).next().unwrap_or_default()
    }

    pub fn all(self, name: &str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |value| value.0 == name).map(|value| value.1.trim())
    }

    /// A value that must be one of ours.
    pub fn id<T: FromStr>(self, name: &str, field: Field) -> Result<T, FieldError> {
        match self.get(name) {
            "" => Err(FieldError::new(field, Problem::Missing)),
            value => value.parse().map_err(|_| FieldError::new(field, Problem::Unknown)),
        }
    }
}

impl ItemForm {
    /// Reads title, description, objective, lead, co_partners, start, due, unit, baseline, target, current and reason.
    pub fn parse(values: Values) -> Result<Self, Vec<FieldError>> {
        let mut errors = Vec::new();
        let title = keep(Title::parse(values.get("title")), &mut errors);
        let description = keep(Description::parse(values.get("description")), &mut errors);
        let objective = keep(values.id::<ObjectiveId>("objective", Field::Objective), &mut errors);
        let lead = keep(values.id::<OrgId>("lead", Field::Lead), &mut errors);
        let co_partners = keep(co_partners(values), &mut errors);
        let start = keep(day(values, "start", Field::Start), &mut errors);
        let due = keep(day(values, "due", Field::Due), &mut errors);
        let measure = measure(values, &mut errors);
        let reason = keep(reason(values), &mut errors).flatten();
        match (title, description, objective, lead, co_partners, start, due) {
            (
                Some(title),
                Some(description),
                Some(objective),
                Some(lead),
                Some(co_partners),
                Some(start),
                Some(due),
            ) if errors.is_empty() => {
                let facts = Facts { objective, lead, co_partners, start, due, measure };
                Ok(Self { title, description, facts, reason })
            }
            _ => Err(errors),
        }
    }

    /// What the form says that it did not say `before`. Texts carry the versions of the item as it is known.
    pub fn edit_since(self, before: &Self, item: &Item) -> Edit {
        let mut edit = Edit::between(&before.facts, self.facts);
        edit.title = (self.title != before.title).then_some(TextEdit { from: item.title.version, body: self.title });
        edit.description = (self.description != before.description)
            .then_some(TextEdit { from: item.description.version, body: self.description });
        edit.reason = self.reason;
        edit
    }

    /// The fields whose text looks like personal data where that of `before` does not.
    fn looks_personal(&self, before: Values) -> Vec<FieldError> {
        let unit = self.facts.measure.as_ref().map(|measure| measure.unit.as_str()).unwrap_or_default();
        let texts = [
            (Field::Title, "title", self.title.as_str()),
            (Field::Description, "description", self.description.as_str()),
            (Field::Unit, "unit", unit),
        ];
        guard::ask(texts.map(|(field, name, after)| guard::Texts { field, before: before.get(name), after }))
    }

    /// What is wrong with it in a plan, and what its author must be asked about.
    fn check(&self, frame: &Frame, before: Values) -> Vec<FieldError> {
        let mut errors = self.facts.check(frame);
        if self.reason.is_none() {
            errors.extend(self.looks_personal(before));
        }
        errors
    }

    /// Reads a form that was filled with `before`, and checks it as the server will.
    pub fn read(values: Values, before: Values, frame: &Frame) -> Result<Self, Vec<FieldError>> {
        let form = Self::parse(values)?;
        let errors = form.check(frame, before);
        if errors.is_empty() { Ok(form) } else { Err(errors) }
    }
}

/// The values of the form of an item as it stands, with what it is made from: `was`, `title_from`, `description_from`.
pub fn values_of(item: &Item) -> Vec<(String, String)> {
    let facts = &item.facts;
    let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let mut values = vec![
        ("title", item.title.body.clone()),
        ("description", item.description.body.clone()),
        ("objective", facts.objective.to_string()),
        ("lead", facts.lead.to_string()),
        ("start", day(facts.start)),
        ("due", day(facts.due)),
        ("title_from", item.title.version.to_string()),
        ("description_from", item.description.version.to_string()),
        ("was", serde_json::to_string(facts).unwrap_or_default()),
    ];
    values.extend(facts.co_partners.iter().map(|org| ("co_partners", org.to_string())));
    if let Some(measure) = &facts.measure {
        values.extend([
            ("unit", measure.unit.as_str().to_owned()),
            ("baseline", measure.baseline.format('.')),
            ("target", measure.target.format('.')),
            ("current", measure.current.format('.')),
        ]);
    }
    values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// The name under which a form sends a field.
pub fn name_of(field: Field) -> Option<&'static str> {
    Some(match field {
        Field::Title => "title",
        Field::Description => "description",
        Field::Objective => "objective",
        Field::Lead => "lead",
        Field::CoPartners => "co_partners",
        Field::Start => "start",
        Field::Due => "due",
        Field::Unit => "unit",
        Field::Baseline => "baseline",
        Field::Target => "target",
        Field::Current => "current",
        Field::Reason => "reason",
        _ => return None,
    })
}

/// The names under which a form sends a field, with those that can only be right together with it.
pub fn names_of(field: Field) -> &'static [&'static str] {
    match field {
        Field::Title => &["title"],
        Field::Description => &["description"],
        Field::Objective => &["objective"],
        Field::Lead | Field::CoPartners => &["lead", "co_partners"],
        Field::Start | Field::Due => &["start", "due"],
        Field::Unit | Field::Baseline | Field::Target | Field::Current | Field::Quantity => {
            &["unit", "baseline", "target", "current"]
        }
        Field::Reason => &["reason"],
        _ => &[],
    }
}

/// Values with the fields of some put back to what they are in `good`.
pub fn put_back(
    values: &[(String, String)],
    good: &[(String, String)],
    fields: impl Iterator<Item = Field>,
) -> Vec<(String, String)> {
    let names: Vec<&str> = fields.flat_map(names_of).copied().collect();
    let of = |name: &str| names.contains(&name);
    let kept = values.iter().filter(|value| !of(&value.0));
    kept.chain(good.iter().filter(|value| of(&value.0))).cloned().collect()
}

/// All of a form that is right: fields that are wrong are put back to what they are in `good`, and told.
pub fn salvage(
    typed: &[(String, String)],
    good: &[(String, String)],
    frame: &Frame,
) -> (Vec<(String, String)>, Vec<FieldError>) {
    let (mut values, mut wrong): (Vec<_>, Vec<FieldError>) = (typed.to_vec(), Vec::new());
    loop {
        let Err(errors) = ItemForm::read(Values(&values), Values(good), frame) else { return (values, wrong) };
        if errors.iter().all(|error| wrong.contains(error)) {
            return (good.to_vec(), wrong);
        }
        values = put_back(&values, good, errors.iter().map(|error| error.field));
        wrong.extend(errors);
    }
}

/// The command that a button of an item's page stands for, by its value in `do`.
pub fn action(item: ItemId, values: Values) -> Option<Result<ItemCommand, FieldError>> {
    let status = || values.id::<StatusId>("to", Field::Status);
    Some(Ok(match values.get("do") {
        "move" => return Some(status().map(|to| ItemCommand::Move { item, to, after: None })),
        "publish" => ItemCommand::Publish { item },
        "hide" => ItemCommand::Hide { item },
        "archive" => ItemCommand::Archive { item },
        "restore" => ItemCommand::Restore { item },
        "withdraw" => ItemCommand::Withdraw { item },
        _ => return None,
    }))
}

/// A form's values when the item under it has changed from `old` to `new`: what was typed stays, the rest follows.
pub fn follow(typed: &[(String, String)], old: &[(String, String)], new: &[(String, String)]) -> Vec<(String, String)> {
    let of = |values: &[(String, String)], name: &str| -> Vec<String> {
        let own = values.iter().filter(|value| value.0 == name && !value.1.is_empty());
        // A form lists what is checked in an order of its own.
        let mut own: Vec<String> = own.map(|value| value.1.clone()).collect();
        own.sort();
        own
    };
    let mut names: Vec<&String> = typed.iter().chain(new).map(|value| &value.0).collect();
    names.sort();
    names.dedup();
    let chosen = names.into_iter().flat_map(|name| {
        let (typed, old) = (of(typed, name), of(old, name));
        let values = if typed == old { of(new, name) } else { typed };
        values.into_iter().map(|value| (name.clone(), value))
    });
    chosen.collect()
}

impl Base {
    /// Reads `was`, `title_from` and `description_from`; nothing if the form did not come from us.
    pub fn parse(values: Values) -> Option<Self> {
        Some(Self {
            facts: serde_json::from_slice(values.get("was").as_bytes()).ok()?,
            title: values.get("title_from").parse().ok()?,
            description: values.get("description_from").parse().ok()?,
        })
    }
}

/// The id that a new item's form carries.
pub fn new_id(values: Values) -> Option<ItemId> {
    values.get("id").parse().ok()
}

fn keep<T>(result: Result<T, FieldError>, errors: &mut Vec<FieldError>) -> Option<T> {
    result.map_err(|error| errors.push(error)).ok()
}

fn co_partners(values: Values) -> Result<Vec<OrgId>, FieldError> {
    let unknown = FieldError::new(Field::CoPartners, Problem::Unknown);
    let mut orgs: Vec<OrgId> = Vec::new();
    for value in values.all("co_partners") {
        let org = value.parse().map_err(|_| unknown)?;
        if !orgs.contains(&org) {
            orgs.push(org);
        }
    }
    Ok(orgs)
}

fn reason(values: Values) -> Result<Option<Reason>, FieldError> {
    match values.get("reason") {
        "" => Ok(None),
        text => Reason::parse(text).map(Some),
    }
}

fn day(values: Values, name: &str, field: Field) -> Result<Option<Day>, FieldError> {
    match values.get(name) {
        "" => Ok(None),
        text => Day::parse(text).map(Some).ok_or(FieldError::new(field, Problem::NotADay)),
    }
}

/// All four parts or none; whichever are missing or wrong are told.
fn measure(values: Values, errors: &mut Vec<FieldError>) -> Option<Measure> {
    const NAMES: [&str; 4] = ["unit", "baseline", "target", "current"];
    if NAMES.iter().all(|name| values.get(name).is_empty()) {
        return None;
    }
    let quantity = |name: &str, field: Field| match values.get(name) {
        "" => Err(FieldError::new(field, Problem::Missing)),
        text => Quantity::parse(text).ok_or(FieldError::new(field, Problem::NotANumber)),
    };
    let unit = keep(Unit::parse(values.get("unit")), errors);
    let baseline = keep(quantity("baseline", Field::Baseline), errors);
    let target = keep(quantity("target", Field::Target), errors);
    let current = keep(quantity("current", Field::Current), errors);
    keep(Measure::new(unit?, baseline?, target?, current?), errors)
}

#[cfg(test)]
mod tests;

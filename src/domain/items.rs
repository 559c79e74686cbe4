//! Action items: what one is, what may be wished for it, and what then happened.

use super::{
    day::Day,
    fields::{Field, FieldError, Problem},
    guard,
    ids::{ItemId, ObjectiveId, OrgId, StatusId},
    measure::{Measure, MeasureEdit},
    plan::Frame,
    policy::ItemRights,
    rank::Rank,
    text::{Description, Reason, Text, TextEdit, Title, Unit},
};
use serde::{Deserialize, Serialize};

/// An action item as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    pub id: ItemId,
    /// Counted from 1 within its plan, in order of creation, never reused.
    pub number: i64,
    pub title: Text,
    /// Markdown.
    pub description: Text,
    pub facts: Facts,
    pub status: StatusId,
    pub rank: Rank,
    pub published: bool,
    pub archived: bool,
}

impl Item {
    pub fn rights(&self) -> ItemRights<'_> {
        ItemRights {
            lead: self.facts.lead,
            co_partners: &self.facts.co_partners,
            published: self.published,
            archived: self.archived,
        }
    }
}

/// All of an item that is neither text nor place: small, so an edit carries the whole of what it changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    pub objective: ObjectiveId,
    pub lead: OrgId,
    /// In the order in which they were named, without the lead.
    pub co_partners: Vec<OrgId>,
    pub start: Option<Day>,
    pub due: Option<Day>,
    pub measure: Option<Measure>,
}

impl Facts {
    /// What is wrong with them in this plan.
    pub fn check(&self, frame: &Frame) -> Vec<FieldError> {
        let partner = |id: &OrgId| frame.partners().any(|org| org.id == *id);
        let twice = (1..self.co_partners.len()).any(|n| self.co_partners[..n].contains(&self.co_partners[n]));
        let before_start = self.start.zip(self.due).is_some_and(|(start, due)| due < start);
        let rules = [
            (frame.objective(self.objective).is_none(), Field::Objective, Problem::Unknown),
            (!partner(&self.lead), Field::Lead, Problem::Unknown),
            (!self.co_partners.iter().all(partner), Field::CoPartners, Problem::Unknown),
            (twice, Field::CoPartners, Problem::Unknown),
            (self.co_partners.contains(&self.lead), Field::CoPartners, Problem::LeadTwice),
            (before_start, Field::Due, Problem::BeforeStart),
        ];
        rules.into_iter().filter(|rule| rule.0).map(|(_, field, problem)| FieldError::new(field, problem)).collect()
    }
}

/// What somebody wants of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemCommand {
    /// A new draft, at the end of the first status. The asker chooses the id, and a second creation of it is refused.
    Create {
        item: ItemId,
        title: Title,
        description: Description,
        facts: Facts,
        /// Why what looks like personal data in it may stay.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Reason>,
    },
    Edit {
        item: ItemId,
        edit: Edit,
    },
    /// To a status, right below `after`, or to its top.
    Move {
        item: ItemId,
        to: StatusId,
        after: Option<ItemId>,
    },
    Publish {
        item: ItemId,
    },
    Hide {
        item: ItemId,
    },
    Archive {
        item: ItemId,
    },
    Restore {
        item: ItemId,
    },
    /// Takes every earlier wording of its texts out of history. What stands now stays.
    Withdraw {
        item: ItemId,
    },
}

impl ItemCommand {
    pub fn item(&self) -> ItemId {
        match self {
            Self::Create { item, .. }
            | Self::Edit { item, .. }
            | Self::Move { item, .. }
            | Self::Publish { item }
            | Self::Hide { item }
            | Self::Archive { item }
            | Self::Restore { item }
            | Self::Withdraw { item } => *item,
        }
    }

    /// The fields whose text looks like personal data where that of `item` (nothing for a new one) does not.
    pub fn looks_personal(&self, item: Option<&Item>) -> Vec<FieldError> {
        let (title, description, unit) = match self {
            Self::Create { title, description, facts, .. } => {
                let unit = facts.measure.as_ref().map(|measure| &measure.unit);
                (Some(title), Some(description), unit)
            }
            Self::Edit { edit, .. } => {
                let unit = edit.measure.as_ref().and_then(|measure| measure.as_ref()).map(|measure| &measure.unit);
                let (title, description) = (edit.title.as_ref(), edit.description.as_ref());
                (title.map(|edit| &edit.body), description.map(|edit| &edit.body), edit.parts.unit.as_ref().or(unit))
            }
            _ => return Vec::new(),
        };
        let unit_before = item.and_then(|item| item.facts.measure.as_ref()).map(|measure| measure.unit.as_str());
        let texts = [
            (Field::Title, item.map(|item| item.title.body.as_str()), title.map(Title::as_str)),
            (Field::Description, item.map(|item| item.description.body.as_str()), description.map(Description::as_str)),
            (Field::Unit, unit_before, unit.map(Unit::as_str)),
        ];
        guard::ask(texts.into_iter().filter_map(|(field, before, after)| {
            Some(guard::Texts { field, before: before.unwrap_or_default(), after: after? })
        }))
    }

    /// Why what looks like personal data may stay, if its author said so.
    pub fn reason(&self) -> Option<&Reason> {
        match self {
            Self::Create { reason, .. } => reason.as_ref(),
            Self::Edit { edit, .. } => edit.reason.as_ref(),
            _ => None,
        }
    }
}

/// The fields to change; whatever is `None` stays as it is, so two people editing different fields never meet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Edit {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<TextEdit<Title>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<TextEdit<Description>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub objective: Option<ObjectiveId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead: Option<OrgId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub co_partners: Option<Vec<OrgId>>,
    #[serde(skip_serializing_if = "PartnersEdit::is_empty")]
    pub partners: PartnersEdit,
    #[serde(skip_serializing_if = "Option::is_none", with = "some")]
    pub start: Option<Option<Day>>,
    #[serde(skip_serializing_if = "Option::is_none", with = "some")]
    pub due: Option<Option<Day>>,
    #[serde(skip_serializing_if = "Option::is_none", with = "some")]
    pub measure: Option<Option<Measure>>,
    /// Parts of the measure that is there.
    #[serde(skip_serializing_if = "MeasureEdit::is_empty")]
    pub parts: MeasureEdit,
    /// Why what looks like personal data in it may stay.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
}

/// Co-partners who come and go. Two people who each add one do not meet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PartnersEdit {
    pub add: Vec<OrgId>,
    pub remove: Vec<OrgId>,
}

impl PartnersEdit {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn between(before: &[OrgId], after: &[OrgId]) -> Self {
        let without = |some: &[OrgId], others: &[OrgId]| -> Vec<OrgId> {
            some.iter().filter(|org| !others.contains(org)).copied().collect()
        };
        Self { add: without(after, before), remove: without(before, after) }
    }

    fn over(&self, partners: &[OrgId]) -> Vec<OrgId> {
        let mut partners: Vec<OrgId> = partners.iter().filter(|org| !self.remove.contains(org)).copied().collect();
        let new = self.add.iter().filter(|org| !partners.contains(org)).copied().collect::<Vec<_>>();
        partners.extend(new);
        partners
    }

    /// This edit and a later one as one.
    pub fn then(mut self, later: Self) -> Self {
        self.add.retain(|org| !later.remove.contains(org));
        self.remove.retain(|org| !later.add.contains(org));
        let new =
            |own: &[OrgId], others: Vec<OrgId>| others.into_iter().filter(|org| !own.contains(org)).collect::<Vec<_>>();
        let (add, remove) = (new(&self.add, later.add), new(&self.remove, later.remove));
        self.add.extend(add);
        self.remove.extend(remove);
        self
    }
}

impl Edit {
    /// A reason alone changes nothing.
    pub fn is_empty(&self) -> bool {
        Self { reason: None, ..self.clone() } == Self::default()
    }

    /// What changes `before` into `after`, texts aside.
    pub fn between(before: &Facts, after: Facts) -> Self {
        fn changed<T: PartialEq>(before: &T, after: T) -> Option<T> {
            (*before != after).then_some(after)
        }
        Self {
            title: None,
            description: None,
            objective: changed(&before.objective, after.objective),
            lead: changed(&before.lead, after.lead),
            co_partners: None,
            partners: PartnersEdit::between(&before.co_partners, &after.co_partners),
            start: changed(&before.start, after.start),
            due: changed(&before.due, after.due),
            parts: match (&before.measure, &after.measure) {
                (Some(before), Some(after)) => MeasureEdit::between(before, after),
                _ => MeasureEdit::default(),
            },
            measure: changed(&before.measure, after.measure)
                .filter(|after| after.is_none() || before.measure.is_none()),
            reason: None,
        }
    }

    /// The facts with the edit in them; refused if the measure would be none.
    pub fn over(&self, facts: &Facts) -> Result<Facts, FieldError> {
        let edit = self.clone();
        let measure = edit.measure.unwrap_or_else(|| facts.measure.clone());
        Ok(Facts {
            objective: edit.objective.unwrap_or(facts.objective),
            lead: edit.lead.unwrap_or(facts.lead),
            co_partners: edit.partners.over(&edit.co_partners.unwrap_or_else(|| facts.co_partners.clone())),
            start: edit.start.unwrap_or(facts.start),
            due: edit.due.unwrap_or(facts.due),
            measure: measure.map(|measure| edit.parts.over(&measure)).transpose()?,
        })
    }
}

/// `null` on the wire means "emptied"; an absent field means "untouched".
mod some {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<T: Serialize, S: Serializer>(value: &Option<T>, output: S) -> Result<S::Ok, S::Error> {
        value.serialize(output)
    }

    pub fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(input: D) -> Result<Option<T>, D::Error> {
        T::deserialize(input).map(Some)
    }
}

/// What happened to an item. It says enough to bring any copy of the board up to date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemChange {
    Created(Box<Item>),
    Edited {
        item: ItemId,
        title: Option<Text>,
        description: Option<Text>,
        facts: Option<Box<Facts>>,
    },
    Moved {
        item: ItemId,
        to: StatusId,
        rank: Rank,
    },
    /// Published; whole, since those who now may see it have nothing of it.
    Shown(Box<Item>),
    Hidden {
        item: ItemId,
    },
    Archived {
        item: ItemId,
    },
    /// Its place got a shorter name; nothing has moved.
    Ranked {
        item: ItemId,
        rank: Rank,
    },
    /// Back from the archive; whole, for the same reason.
    Restored(Box<Item>),
    /// Every earlier wording of its texts was taken out of history.
    Withdrawn {
        item: ItemId,
    },
}

impl ItemChange {
    pub fn item(&self) -> ItemId {
        match self {
            Self::Created(item) | Self::Shown(item) | Self::Restored(item) => item.id,
            Self::Edited { item, .. }
            | Self::Moved { item, .. }
            | Self::Hidden { item }
            | Self::Archived { item }
            | Self::Ranked { item, .. }
            | Self::Withdrawn { item } => *item,
        }
    }

    /// Every text in it: stored beside the change, never in it, so that it can be withdrawn.
    pub fn texts_mut(&mut self) -> Vec<(Field, &mut Text)> {
        let (title, description) = match self {
            Self::Created(item) | Self::Shown(item) | Self::Restored(item) => {
                (Some(&mut item.title), Some(&mut item.description))
            }
            Self::Edited { title, description, .. } => (title.as_mut(), description.as_mut()),
            Self::Moved { .. }
            | Self::Hidden { .. }
            | Self::Archived { .. }
            | Self::Ranked { .. }
            | Self::Withdrawn { .. } => (None, None),
        };
        let title = title.map(|text| (Field::Title, text));
        title.into_iter().chain(description.map(|text| (Field::Description, text))).collect()
    }
}

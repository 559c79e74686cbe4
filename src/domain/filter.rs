//! Which items a view of the board shows. It lives in the address, so that a view can be sent to a colleague.

mod view;

pub use view::{ROWS, View};

use super::{
    accounts::{Country, Viewer},
    board::Card,
    day::{Day, NEAR_DAYS},
    fold::fold,
    ids::{ObjectiveId, OrgId},
    plan::Frame,
};
use serde::{Deserialize, Serialize};

/// The due days that are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DueFilter {
    /// Past, and not done.
    Late,
    /// Within the next [`NEAR_DAYS`], and not done.
    Near,
    /// Within the current quarter.
    Quarter,
}

impl DueFilter {
    pub const ALL: [DueFilter; 3] = [Self::Late, Self::Near, Self::Quarter];

    pub fn word(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Near => "near",
            Self::Quarter => "quarter",
        }
    }
}

/// A filter as the address writes it. What it names may not exist; then nothing matches.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// An organisation's short name, as lead or co-partner.
    pub partner: Option<String>,
    /// ISO code of the country of the lead or a co-partner.
    pub country: Option<Country>,
    /// An objective's code.
    pub objective: Option<String>,
    pub due: Option<DueFilter>,
    /// Only what the viewer's own organisation leads or takes part in.
    pub ours: bool,
    /// Words, each of which the number, title, unit or a partner's short name must contain, however they are written.
    pub text: String,
    /// The archive instead of the board.
    pub archived: bool,
    /// How it is laid out.
    pub view: View,
    /// The page of a status, by its slug; those on page 1 are left out.
    pub pages: Vec<(String, usize)>,
}

impl Filter {
    /// The longest search text that is looked at, in characters.
    pub const TEXT_MAX: usize = 100;

    /// Reads decoded query pairs. Unknown names are passed over, values that cannot be meant are ignored.
    pub fn from_query<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut filter = Self::default();
        for (name, value) in pairs {
            filter.set(name, value.trim());
        }
        filter
    }

    fn set(&mut self, name: &str, value: &str) {
        if value.is_empty() {
            return;
        }
        match name {
            "partner" => self.partner = Some(value.to_owned()),
            "country" => self.country = Country::parse(value),
            "objective" => self.objective = Some(value.to_owned()),
            "due" => self.due = DueFilter::ALL.into_iter().find(|due| due.word() == value),
            "ours" => self.ours = value == "1",
            "archived" => self.archived = value == "1",
            "view" => self.view = View::ALL.into_iter().find(|view| view.word() == value).unwrap_or_default(),
            "q" => self.text = value.chars().take(Self::TEXT_MAX).collect(),
            _ => {
                let page = value.parse().ok().filter(|page| (2..=1_000_000).contains(page));
                if let (Some(slug), Some(page)) = (name.strip_prefix("page-"), page) {
                    self.pages.retain(|other| other.0 != slug);
                    self.pages.push((slug.to_owned(), page));
                }
            }
        }
    }

    /// The query pairs, not yet encoded, in a fixed order.
    pub fn to_query(&self) -> Vec<(String, String)> {
        let flag = |on: bool| on.then(|| "1".to_owned());
        let named = [
            ("partner", self.partner.clone()),
            ("country", self.country.map(String::from)),
            ("objective", self.objective.clone()),
            ("due", self.due.map(|due| due.word().to_owned())),
            ("ours", flag(self.ours)),
            ("archived", flag(self.archived)),
            ("view", Some(self.view).filter(|view| *view != View::default()).map(|view| view.word().to_owned())),
            ("q", Some(self.text.clone()).filter(|text| !text.is_empty())),
        ];
        let named = named.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
        named.chain(self.pages.iter().map(|(slug, page)| (format!("page-{slug}"), page.to_string()))).collect()
    }

    /// How many of its parts hide something; page, archive and view aside.
    pub fn narrowed_by(&self) -> usize {
        let parts = [
            self.partner.is_some(),
            self.country.is_some(),
            self.objective.is_some(),
            self.due.is_some(),
            self.ours,
            !self.text.is_empty(),
        ];
        parts.into_iter().filter(|part| *part).count()
    }

    pub fn is_narrow(&self) -> bool {
        self.narrowed_by() > 0
    }

    /// The page of a status, from 1.
    pub fn page(&self, slug: &str) -> usize {
        self.pages.iter().find(|page| page.0 == slug).map_or(1, |page| page.1)
    }

    /// The same filter with a status on another page.
    pub fn with_page(&self, slug: &str, page: usize) -> Self {
        let mut filter = self.clone();
        filter.pages.retain(|other| other.0 != slug);
        if page > 1 {
            filter.pages.push((slug.to_owned(), page));
        }
        filter
    }

    /// Looks the names up once, so that each card is compared by ids.
    pub fn resolve(&self, frame: &Frame, viewer: &Viewer, today: Day) -> Resolved {
        let with = |wanted: &dyn Fn(&super::accounts::Organisation) -> bool| {
            frame.organisations.iter().filter(|org| wanted(org)).map(|org| org.id).collect::<Vec<_>>()
        };
        let partner = self.partner.as_ref().map(|name| with(&|org| org.short_name.eq_ignore_ascii_case(name)));
        let country = self.country.map(|country| with(&|org| org.country == Some(country)));
        let ours = self.ours.then(|| viewer.org().into_iter().collect());
        let objective = self.objective.as_ref().map(|code| {
            let found = frame.objectives.iter().find(|objective| objective.code.eq_ignore_ascii_case(code));
            found.map(|objective| objective.id)
        });
        let words = fold(&self.text).split_whitespace().map(str::to_owned).collect();
        Resolved {
            involved: [partner, country, ours].into_iter().flatten().collect(),
            objective,
            due: self.due,
            words,
            today,
        }
    }
}

/// A filter with its names looked up.
#[derive(Clone, Debug)]
pub struct Resolved {
    /// Of each set, one organisation must lead or take part.
    involved: Vec<Vec<OrgId>>,
    objective: Option<Option<ObjectiveId>>,
    due: Option<DueFilter>,
    words: Vec<String>,
    today: Day,
}

impl Resolved {
    pub fn matches(&self, frame: &Frame, card: &Card) -> bool {
        let facts = &card.facts;
        let takes_part = |org: &OrgId| facts.lead == *org || facts.co_partners.contains(org);
        self.involved.iter().all(|orgs| orgs.iter().any(takes_part))
            && self.objective.is_none_or(|objective| objective == Some(facts.objective))
            && self.due.is_none_or(|due| self.due_matches(due, frame, card))
            && (self.words.is_empty() || self.words_match(frame, card))
    }

    fn due_matches(&self, wanted: DueFilter, frame: &Frame, card: &Card) -> bool {
        card.facts.due.is_some_and(|due| match wanted {
            DueFilter::Late => due < self.today && !frame.is_done(card.status),
            DueFilter::Near => (0..=NEAR_DAYS).contains(&self.today.days_until(due)) && !frame.is_done(card.status),
            DueFilter::Quarter => self.today.quarter().contains(due),
        })
    }

    fn words_match(&self, frame: &Frame, card: &Card) -> bool {
        let unit = card.facts.measure.as_ref().map_or("", |measure| measure.unit.as_str());
        let mut text = format!("#{} {} {unit}", card.number, card.title);
        for org in std::iter::once(&card.facts.lead).chain(&card.facts.co_partners) {
            if let Some(org) = frame.organisation(*org) {
                text.extend([" ", &org.short_name, " ", &org.name]);
            }
        }
        let text = fold(&text);
        self.words.iter().all(|word| text.contains(word))
    }
}

//! The forms of the page of people: which one an answer belongs to, and what stands in its fields. There are many of
//! them in one page, and only the one that was sent shows what was typed and what is wrong with it.

use crate::{
    domain::fields::Field,
    i18n::{self, Locale},
    ui::kit::{input::Input, reply::Reply},
};
use leptos::prelude::*;

/// A form whose fields can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Invite,
    Change,
    Organisation,
    Network,
}

impl Act {
    const ALL: [Act; 4] = [Self::Invite, Self::Change, Self::Organisation, Self::Network];

    /// What the form sends as `do`.
    fn word(self) -> &'static str {
        match self {
            Self::Invite => "invite",
            Self::Change => "change",
            Self::Organisation => "organisation",
            Self::Network => "network",
        }
    }

    /// The name of the value that tells forms of one kind apart.
    fn key(self) -> Option<&'static str> {
        match self {
            Self::Invite | Self::Network => None,
            Self::Change => Some("member"),
            Self::Organisation => Some("org"),
        }
    }

    /// The form that was sent: its kind, and the member or organisation that it is about.
    fn of(reply: &Reply) -> Option<(Self, &str)> {
        let word = reply.value("do")?;
        let act = Self::ALL.into_iter().find(|act| act.word() == word)?;
        Some((act, act.key().and_then(|key| reply.value(key)).unwrap_or_default()))
    }

    /// The name of a field's input, and its label.
    fn words(self, locale: Locale, field: Field) -> (&'static str, &'static str) {
        match field {
            Field::Email => ("email", i18n::sign_in::email(locale)),
            Field::Name => ("name", i18n::people::name(locale)),
            Field::Organisation if self == Self::Organisation => ("org_name", i18n::people::org_name(locale)),
            Field::Organisation => ("org", i18n::people::organisation(locale)),
            Field::Role => ("role", i18n::people::role(locale)),
            Field::ShortName => ("short_name", i18n::people::short_name(locale)),
            Field::Country => ("country", i18n::filter::country(locale)),
            Field::City => ("city", i18n::people::city(locale)),
            Field::Website => ("website", i18n::people::website(locale)),
            Field::Kind => ("kind", i18n::people::kind(locale)),
            Field::Network => ("network", i18n::people::network_name(locale)),
            _ => ("", ""),
        }
    }
}

/// One form, filled.
#[derive(Clone)]
pub struct Sheet {
    locale: Locale,
    act: Act,
    /// The member or organisation that it is about; empty if there is none yet.
    about: String,
    values: Vec<(String, String)>,
    /// What it came back with, if it is the one that was sent.
    reply: Option<Reply>,
}

impl Sheet {
    /// A form with these values, unless the reply is its own.
    pub fn new(locale: Locale, act: Act, about: String, values: Vec<(String, String)>, reply: Option<&Reply>) -> Self {
        let reply = reply.filter(|reply| Act::of(reply) == Some((act, about.as_str()))).cloned();
        let values = reply.as_ref().map_or(values, |reply| reply.values.clone());
        Self { locale, act, about, values, reply }
    }

    /// The form that was sent, if it is one whose fields can be wrong.
    pub fn sent(locale: Locale, reply: &Reply) -> Option<Self> {
        let (act, about) = Act::of(reply)?;
        Some(Self::new(locale, act, about.to_owned(), Vec::new(), Some(reply)))
    }

    pub fn came_back(&self) -> bool {
        self.reply.is_some()
    }

    pub fn value(&self, name: &str) -> &str {
        self.values.iter().find(|value| value.0 == name).map_or("", |value| value.1.as_str())
    }

    pub fn input(&self, field: Field) -> Input {
        let (name, label) = self.act.words(self.locale, field);
        Input {
            locale: self.locale,
            id: self.id(name),
            name: name.into(),
            label: label.into(),
            hint: None,
            optional: false,
            problem: Signal::stored(self.reply.as_ref().and_then(|reply| reply.problem(field))),
            value: self.value(name).to_owned(),
        }
    }

    /// An id that no other form of the page has.
    fn id(&self, name: &str) -> String {
        match self.about.as_str() {
            "" => format!("{}-{name}", self.act.word()),
            about => format!("{}-{about}-{name}", self.act.word()),
        }
    }
}

/// Names and values as a form holds them.
pub fn values<const N: usize>(pairs: [(&str, String); N]) -> Vec<(String, String)> {
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// The form itself, with what tells the server which one it is.
#[component]
pub fn SheetForm(sheet: Sheet, children: Children) -> impl IntoView {
    let Sheet { act, about, .. } = sheet;
    let about = act.key().map(|key| view! { <input type="hidden" name=key value=about/> });
    view! {
        <form class="form" method="post" action="/people">
            <input type="hidden" name="do" value=act.word()/>
            {about}
            {children()}
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fields::{FieldError, Problem};

    #[test]
    fn an_answer_is_shown_in_its_own_form_alone() {
        // Signals have to belong to somebody.
        let owner = Owner::new();
        owner.set();
        let sent = [("do", "change".to_owned()), ("member", "a".to_owned()), ("name", "Typed".to_owned())];
        let reply = Reply { values: values(sent), error: FieldError::new(Field::Name, Problem::InUse).into() };
        let sheet = |act, about: &str| {
            Sheet::new(Locale::En, act, about.to_owned(), values([("name", "As it is".to_owned())]), Some(&reply))
        };
        let own = sheet(Act::Change, "a").input(Field::Name);
        assert_eq!((own.value.as_str(), own.problem.get_untracked()), ("Typed", Some(Problem::InUse)));
        for other in [sheet(Act::Change, "b"), sheet(Act::Invite, "")] {
            let input = other.input(Field::Name);
            assert_eq!((input.value.as_str(), input.problem.get_untracked()), ("As it is", None));
            assert_ne!(input.id, own.id);
            assert!(!other.came_back());
        }
        let found = Sheet::sent(Locale::En, &reply).map(|sheet| sheet.input(Field::Name).id);
        assert_eq!(found, Some(own.id));
    }

    #[test]
    fn a_new_organisation_is_not_one_that_is_there() {
        let sent = values([("do", "organisation".to_owned()), ("org", String::new())]);
        let reply = Reply { values: sent, error: FieldError::new(Field::Kind, Problem::Unknown).into() };
        let sheet = |about: &str| {
            Sheet::new(Locale::En, Act::Organisation, about.to_owned(), Vec::new(), Some(&reply)).came_back()
        };
        assert!(sheet("") && !sheet("a"));
    }
}

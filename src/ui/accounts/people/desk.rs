//! What every part of the page of people goes by.

use super::sheet::{Act, Sheet};
use crate::{
    domain::{
        accounts::{Organisation, Role},
        ids::MemberId,
    },
    i18n::Locale,
    ui::kit::{names, reply::Reply},
};

/// Who looks at the page, what they may choose from, and what their last form came back with.
pub struct Desk {
    pub locale: Locale,
    pub may_manage: bool,
    /// The viewer's own id.
    pub own: MemberId,
    /// Whether invitations are mailed, too.
    pub sends_mail: bool,
    /// All that the viewer sees, in the network's order.
    pub organisations: Vec<Organisation>,
    pub reply: Option<Reply>,
}

impl Desk {
    /// A form of the page, with these values unless it came back with its own.
    pub fn sheet(&self, act: Act, about: String, values: Vec<(String, String)>) -> Sheet {
        Sheet::new(self.locale, act, about, values, self.reply.as_ref())
    }

    /// Value and label of every organisation.
    pub fn organisation_options(&self) -> Vec<(String, String)> {
        self.organisations.iter().map(|org| (org.id.to_string(), org.name.clone())).collect()
    }

    /// Value and label of the roles that go with an organisation of this id; of all roles while it is not chosen.
    pub fn role_options(&self, org: &str) -> Vec<(String, String)> {
        let kind = self.organisations.iter().find(|known| known.id.to_string() == org).map(|org| org.kind);
        let roles = Role::ALL.into_iter().filter(|role| kind.is_none_or(|kind| kind.fits(*role)));
        roles.map(|role| (role.word().to_owned(), names::role(self.locale, role).to_owned())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{accounts::OrgKind, ids::OrgId};
    use uuid::Uuid;

    #[test]
    fn only_roles_that_fit_the_organisation_are_offered() {
        let donor = Organisation {
            id: OrgId(Uuid::nil()),
            name: String::new(),
            short_name: String::new(),
            country: None,
            city: String::new(),
            website: String::new(),
            kind: OrgKind::Donor,
        };
        let desk = Desk {
            locale: Locale::En,
            may_manage: true,
            own: MemberId(Uuid::nil()),
            sends_mail: false,
            organisations: vec![donor],
            reply: None,
        };
        let words = |org: &str| desk.role_options(org).into_iter().map(|role| role.0).collect::<Vec<_>>();
        assert_eq!(words(&Uuid::nil().to_string()), ["donor", "observer"]);
        assert_eq!(words("").len(), Role::ALL.len());
    }
}

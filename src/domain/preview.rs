//! A page as somebody else sees it, for coordinators, who decide what is published.

use super::{
    accounts::{Member, Role, Viewer},
    policy,
};
use serde::{Deserialize, Serialize};

/// Whose eyes a page is looked at with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Preview {
    /// A partner of the viewer's own organisation.
    Partner,
    Donor,
    Public,
}

impl Preview {
    pub const ALL: [Self; 3] = [Self::Partner, Self::Donor, Self::Public];

    /// Its word in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Partner => "partner",
            Self::Donor => "donor",
            Self::Public => "public",
        }
    }

    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preview| preview.word() == word)
    }

    /// Who would be looking.
    fn viewer(self, member: &Member) -> Viewer {
        let with = |role: Role| Viewer::Member(Member { role, ..member.clone() });
        match self {
            Self::Partner => with(Role::Partner),
            Self::Donor => with(Role::Donor),
            Self::Public => Viewer::Public,
        }
    }
}

/// Through whose eyes a viewer looks; nothing if they may not look through these.
pub fn seen_as(viewer: &Viewer, preview: Option<Preview>) -> Option<Viewer> {
    match (preview, viewer.member()) {
        (None, _) => Some(viewer.clone()),
        (Some(preview), Some(member)) if policy::can_preview(viewer) => Some(preview.viewer(member)),
        _ => None,
    }
}

/// Whose eyes a report is filled with: it is made to leave, so those who write it see of the plan what its reader will.
pub fn reader_of_reports(viewer: &Viewer) -> Viewer {
    match viewer.member().filter(|_| policy::can_read_report_drafts(viewer)) {
        Some(member) => Preview::Donor.viewer(member),
        None => viewer.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{MemberId, OrgId};
    use uuid::Uuid;

    fn member(role: Role) -> Viewer {
        Viewer::Member(Member { id: MemberId(Uuid::nil()), name: String::new(), org: OrgId(Uuid::nil()), role })
    }

    #[test]
    fn a_report_is_filled_with_what_the_donor_may_know() {
        for inside in [Role::Coordinator, Role::Partner] {
            assert_eq!(reader_of_reports(&member(inside)), member(Role::Donor));
        }
        for reader in [member(Role::Donor), member(Role::Observer), Viewer::Public] {
            assert_eq!(reader_of_reports(&reader), reader);
        }
    }

    #[test]
    fn nobody_sees_more_than_with_their_own_eyes() {
        let coordinator = member(Role::Coordinator);
        assert_eq!(seen_as(&coordinator, Some(Preview::Public)), Some(Viewer::Public));
        assert_eq!(seen_as(&coordinator, Some(Preview::Donor)), Some(member(Role::Donor)));
        for viewer in [Viewer::Public, member(Role::Partner), member(Role::Donor), member(Role::Observer)] {
            assert_eq!(seen_as(&viewer, None), Some(viewer.clone()));
            for preview in Preview::ALL {
                assert_eq!(seen_as(&viewer, Some(preview)), None);
            }
        }
    }
}

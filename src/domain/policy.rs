//! Who may see and do what: the network's own table, one pure function a question. Every server function asks here
//! first, and pages ask here what to offer.

use super::{
    accounts::{Role, Viewer},
    ids::OrgId,
};

/// What a rule needs to know of an action item.
#[derive(Clone, Copy, Debug)]
pub struct ItemRights<'a> {
    pub lead: OrgId,
    pub co_partners: &'a [OrgId],
    pub published: bool,
    pub archived: bool,
}

impl ItemRights<'_> {
    fn involves(&self, org: OrgId) -> bool {
        self.lead == org || self.co_partners.contains(&org)
    }
}

/// How much of a plan somebody sees. Those with the same sight see the same of every change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// Drafts and the archive too.
    Everything,
    /// What is published and current.
    Published,
}

impl Sight {
    pub const ALL: [Sight; 2] = [Self::Everything, Self::Published];

    pub fn of(viewer: &Viewer) -> Self {
        if can_read_drafts(viewer) { Self::Everything } else { Self::Published }
    }

    pub fn reads(self, item: ItemRights) -> bool {
        self == Self::Everything || (item.published && !item.archived)
    }
}

/// Partners and coordinators see every item, drafts and the archive too; everybody else what is published and current.
pub fn can_read_item(viewer: &Viewer, item: ItemRights) -> bool {
    Sight::of(viewer).reads(item)
}

/// Whether drafts and archived items exist for this viewer.
pub fn can_read_drafts(viewer: &Viewer) -> bool {
    matches!(viewer.role(), Some(Role::Coordinator | Role::Partner))
}

/// Whether the viewer may create items at all.
pub fn can_create_items(viewer: &Viewer) -> bool {
    matches!(viewer.role(), Some(Role::Coordinator | Role::Partner))
}

/// A partner creates items that its own organisation leads.
pub fn can_create_item_for(viewer: &Viewer, lead: OrgId) -> bool {
    match viewer.role() {
        Some(Role::Coordinator) => true,
        Some(Role::Partner) => viewer.org() == Some(lead),
        _ => false,
    }
}

/// Editing, moving, archiving: a partner where its organisation leads or takes part.
pub fn can_write_item(viewer: &Viewer, item: ItemRights) -> bool {
    match viewer.role() {
        Some(Role::Coordinator) => true,
        Some(Role::Partner) => viewer.org().is_some_and(|org| item.involves(org)),
        _ => false,
    }
}

/// Only a coordinator hands an item to another lead.
pub fn can_change_lead(viewer: &Viewer) -> bool {
    viewer.role() == Some(Role::Coordinator)
}

/// Only a coordinator decides what donors and the public see.
pub fn can_change_visibility(viewer: &Viewer) -> bool {
    viewer.role() == Some(Role::Coordinator)
}

/// Looking at a page as somebody else sees it: those who decide what is published.
pub fn can_preview(viewer: &Viewer) -> bool {
    viewer.role() == Some(Role::Coordinator)
}

/// The framework with its approved values: everybody who works on the plan, and the donor.
pub fn can_read_results(viewer: &Viewer) -> bool {
    matches!(viewer.role(), Some(Role::Coordinator | Role::Partner | Role::Donor))
}

/// Counts of people from 1 to 10: for who enters and who checks them.
pub fn can_see_small_counts(viewer: &Viewer) -> bool {
    matches!(viewer.role(), Some(Role::Coordinator | Role::Partner))
}

/// Results, indicators, their baselines and targets, and which periods are closed.
pub fn can_change_framework(viewer: &Viewer) -> bool {
    viewer.role() == Some(Role::Coordinator)
}

/// Readings that are not approved: coordinators all, partners those of their own indicators. The same write them.
pub fn can_write_reading(viewer: &Viewer, responsible: OrgId) -> bool {
    match viewer.role() {
        Some(Role::Coordinator) => true,
        Some(Role::Partner) => viewer.org() == Some(responsible),
        _ => false,
    }
}

/// Approving, returning and reopening readings.
pub fn can_review_readings(viewer: &Viewer) -> bool {
    viewer.role() == Some(Role::Coordinator)
}

/// The report of a quarter: whoever is signed in reads the versions that were handed over.
pub fn can_read_report(viewer: &Viewer) -> bool {
    viewer.member().is_some()
}

/// Versions of a report that nobody has handed over yet, and who saved one.
pub fn can_read_report_drafts(viewer: &Viewer) -> bool {
    matches!(viewer.role(), Some(Role::Coordinator | Role::Partner))
}

/// Saving a report, handing it over, and withdrawing its words.
pub fn can_write_report(viewer: &Viewer) -> bool {
    viewer.role() == Some(Role::Coordinator)
}

/// Organisations and members: coordinators change them.
pub fn can_manage_people(viewer: &Viewer) -> bool {
    viewer.role() == Some(Role::Coordinator)
}

/// Coordinators see everybody, partners their own organisation.
pub fn can_read_people(viewer: &Viewer, of: OrgId) -> bool {
    match viewer.role() {
        Some(Role::Coordinator) => true,
        Some(Role::Partner) => viewer.org() == Some(of),
        _ => false,
    }
}

/// Whether anybody's account but the viewer's own is shown to them.
pub fn can_open_people(viewer: &Viewer) -> bool {
    matches!(viewer.role(), Some(Role::Coordinator | Role::Partner))
}

/// How much of the audit somebody reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuditSight {
    Everything,
    /// What members of one organisation did with their own accounts, and what was done with these.
    Of(OrgId),
}

/// Coordinators read all of the audit, partners that of their own organisation, nobody else any.
pub fn audit_sight(viewer: &Viewer) -> Option<AuditSight> {
    match viewer.role()? {
        Role::Coordinator => Some(AuditSight::Everything),
        Role::Partner => viewer.org().map(AuditSight::Of),
        Role::Donor | Role::Observer => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{accounts::Member, ids::MemberId};
    use proptest::prelude::*;
    use uuid::Uuid;

    fn org(n: u8) -> OrgId {
        OrgId(Uuid::from_u128(n.into()))
    }

    fn viewer(role: Option<Role>, of: u8) -> Viewer {
        role.map_or(Viewer::Public, |role| {
            Viewer::Member(Member { id: MemberId(Uuid::nil()), name: String::new(), org: org(of), role })
        })
    }

    fn roles() -> impl Strategy<Value = Option<Role>> {
        prop::sample::select(vec![
            None,
            Some(Role::Donor),
            Some(Role::Observer),
            Some(Role::Partner),
            Some(Role::Coordinator),
        ])
    }

    proptest! {
        /// The table of who may see and do what, said a second way.
        #[test]
        fn nobody_sees_or_changes_what_is_not_theirs(
            role in roles(), of in 0_u8..3, lead in 0_u8..3, co in prop::collection::vec(0_u8..3, 0..3),
            published: bool, archived: bool,
        ) {
            let co_partners: Vec<OrgId> = co.iter().copied().map(org).collect();
            let item = ItemRights { lead: org(lead), co_partners: &co_partners, published, archived };
            let viewer = viewer(role, of);
            let inside = matches!(role, Some(Role::Coordinator | Role::Partner));
            let own = lead == of || co.contains(&of);

            prop_assert_eq!(can_read_item(&viewer, item), inside || (published && !archived));
            let writes = role == Some(Role::Coordinator) || (role == Some(Role::Partner) && own);
            prop_assert_eq!(can_write_item(&viewer, item), writes);
            let leads = role == Some(Role::Coordinator) || (role == Some(Role::Partner) && lead == of);
            prop_assert_eq!(can_create_item_for(&viewer, org(lead)), leads);
            prop_assert_eq!(can_create_items(&viewer), inside);
            prop_assert_eq!(can_change_lead(&viewer), role == Some(Role::Coordinator));
            prop_assert_eq!(can_change_visibility(&viewer), role == Some(Role::Coordinator));
            prop_assert_eq!(can_manage_people(&viewer), role == Some(Role::Coordinator));
            let people = role == Some(Role::Coordinator) || (role == Some(Role::Partner) && lead == of);
            prop_assert_eq!(can_read_people(&viewer, org(lead)), people);
            prop_assert_eq!(can_open_people(&viewer), inside);
            prop_assert_eq!(can_read_results(&viewer), inside || role == Some(Role::Donor));
            prop_assert_eq!(can_see_small_counts(&viewer), inside);
            prop_assert_eq!(can_change_framework(&viewer), role == Some(Role::Coordinator));
            prop_assert_eq!(can_write_reading(&viewer, org(lead)), people);
            prop_assert_eq!(can_review_readings(&viewer), role == Some(Role::Coordinator));
            prop_assert_eq!(can_read_report(&viewer), role.is_some());
            prop_assert_eq!(can_read_report_drafts(&viewer), inside);
            prop_assert_eq!(can_write_report(&viewer), role == Some(Role::Coordinator));
            let audit = match role {
                Some(Role::Coordinator) => Some(AuditSight::Everything),
                Some(Role::Partner) => Some(AuditSight::Of(org(of))),
                _ => None,
            };
            prop_assert_eq!(audit_sight(&viewer), audit);
        }
    }
}

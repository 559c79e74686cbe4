//! The demo's accounts: one for each partner and role, named by role, never by a person.

use crate::{
    domain::{
        accounts::{Member, Role},
        ids::MemberId,
        plan::Frame,
    },
    server::password,
    store::{self, Conn, NewMember, StoreError},
};
use uuid::Uuid;

/// The one password of all demo accounts. It is public, so the demo listens on loopback only.
pub const PASSWORD: &str = "demo-password";

/// A demo account.
pub struct Account {
    pub email: &'static str,
    /// Short name of its organisation.
    pub org: &'static str,
    pub role: Role,
}

pub const ACCOUNTS: [Account; 9] = [
    Account { email: "coordinator@astra.example", org: "ASTRA", role: Role::Coordinator },
    Account { email: "partner@astra.example", org: "ASTRA", role: Role::Partner },
    Account { email: "partner@emmaus.example", org: "EMMAUS", role: Role::Partner },
    Account { email: "partner@wrc.example", org: "WRC", role: Role::Partner },
    Account { email: "partner@clci.example", org: "CLCI", role: Role::Partner },
    Account { email: "partner@opengate.example", org: "OPENGATE", role: Role::Partner },
    Account { email: "partner@nhc.example", org: "NHC", role: Role::Partner },
    Account { email: "donor@eu.example", org: "EU", role: Role::Donor },
    Account { email: "observer@institution.example", org: "INST", role: Role::Observer },
];

impl Account {
    fn name(&self) -> &'static str {
        match self.role {
            Role::Coordinator => "Coordinator",
            Role::Partner => "Partner",
            Role::Donor => "Donor",
            Role::Observer => "Observer",
        }
    }
}

/// Adds them all, and answers the coordinator's id.
pub(super) async fn add(tx: &mut Conn, frame: &Frame, now: i64) -> Result<MemberId, StoreError> {
    let password_hash = password::hash(PASSWORD);
    let mut ids = Vec::with_capacity(ACCOUNTS.len());
    for account in &ACCOUNTS {
        let org = frame.organisations.iter().find(|org| org.short_name == account.org);
        let org = org.expect("the sample has the organisation of each demo account").id;
        let id = MemberId(Uuid::now_v7());
        let member = Member { id, name: account.name().to_owned(), org, role: account.role };
        let (email, password_hash) = (account.email, Some(password_hash.as_str()));
        store::add_member(tx, NewMember { member: &member, email, password_hash, now }).await?;
        ids.push(id);
    }
    Ok(ids[0])
}

//! People: who may be what, what a network never loses, and what strangers learn of who is in it.

use super::visit::Stage;
use crate::support::server::{ASTRA, Answer, CLCI, COORDINATOR, NHC, Server};
use act_board::{
    domain::accounts::{Email, Role},
    server::demo::PASSWORD,
};
use std::collections::BTreeMap;

#[test]
fn a_network_keeps_a_coordinator() {
    let server = Server::demo();
    let coordinator = server.member(COORDINATOR);
    let change = |role: &str| {
        let (member, org) = (coordinator.to_string(), server.organisation("ASTRA").to_string());
        let form =
            [("do", "change"), ("member", member.as_str()), ("name", "Coordinator"), ("org", &org), ("role", role)];
        server.post("/people", &form, COORDINATOR).status
    };
    let before = server.standing();
    assert_eq!(server.manage("disable", coordinator).status, 422, "the last one");
    assert_eq!(change("partner"), 422);
    assert_eq!(server.standing(), before);
    // One who has not come yet, or whose account is closed, mends nothing.
    server.guest("ASTRA", Role::Coordinator, Stage::Invited);
    server.guest("ASTRA", Role::Coordinator, Stage::Closed);
    assert_eq!(server.manage("disable", coordinator).status, 422);
    assert_eq!(change("partner"), 422);

    let second = server.guest("WRC", Role::Coordinator, Stage::Joined);
    assert_eq!(server.manage("disable", coordinator).status, 403, "nobody shuts themselves out");
    assert_eq!(server.manage("disable", second).status, 303);
    assert_eq!(server.manage("enable", second).status, 303);
    assert_eq!(change("partner"), 303, "there is another one");
    assert_eq!(server.get("/account", COORDINATOR).status, 401, "new rights begin with a new session");
    let mut second = server.browser_of(second);
    let member = coordinator.to_string();
    assert_eq!(second.post("/people", &[("do", "disable"), ("member", &member)]).status, 303);
}

#[test]
fn who_leads_items_stays_a_partner() {
    let server = Server::demo();
    // Nobody is left in it whose role would not go with another kind.
    let member = server.member(NHC).to_string();
    let astra = server.organisation("ASTRA").to_string();
    let form = [("do", "change"), ("member", member.as_str()), ("name", "P"), ("org", &astra), ("role", "partner")];
    assert_eq!(server.post("/people", &form, COORDINATOR).status, 303);
    let nhc = server.organisation("NHC").to_string();
    let form = [("do", "organisation"), ("org", nhc.as_str()), ("org_name", "NHC"), ("short_name", "NHC")];
    let refused = server.post("/people", &[&form[..], &[("kind", "donor")]].concat(), COORDINATOR);
    assert!(refused.status == 422 && refused.body.contains("stays a partner"), "{}", refused.body);
    assert_eq!(server.post("/people", &[&form[..], &[("kind", "partner")]].concat(), COORDINATOR).status, 303);
}

#[test]
fn only_coordinators_invite() {
    let server = Server::demo();
    let org = server.organisation("ASTRA").to_string();
    let before = server.standing();
    for who in [ASTRA, CLCI] {
        for (role, org) in [("partner", org.as_str()), ("coordinator", org.as_str()), ("partner", "x")] {
            let form =
                [("do", "invite"), ("email", "new@astra.example"), ("name", "New"), ("org", org), ("role", role)];
            let answer = server.post("/people", &form, who);
            assert_eq!(answer.status, 403, "{who} {role}");
            assert!(!answer.body.contains("/join?token="));
        }
    }
    assert_eq!(server.standing(), before);
}

#[test]
fn a_role_goes_with_the_kind_of_organisation() {
    let server = Server::demo();
    // In the order of `Role::ALL`: coordinator, partner, donor, observer.
    let table = [("ASTRA", [200, 200, 422, 422]), ("EU", [422, 422, 200, 200]), ("INST", [422, 422, 422, 200])];
    for (org, expected) in table {
        let invited = Role::ALL.map(|role| {
            let email = format!("new-{}@{}.example", role.word(), org.to_lowercase());
            let answer = server.invite(&email, org, role.word());
            let is_there = server.standing().contains(&email);
            assert_eq!(is_there, answer.status == 200, "{org} {role:?}");
            answer.status
        });
        assert_eq!(invited, expected, "{org}");
    }
    // Nor is there a way round: by moving somebody, or by changing what the organisation is.
    let member = server.member(NHC).to_string();
    let eu = server.organisation("EU").to_string();
    let moved = [("do", "change"), ("member", member.as_str()), ("name", "Partner"), ("org", &eu), ("role", "partner")];
    assert_eq!(server.post("/people", &moved, COORDINATOR).status, 422);
    let turned = [
        ("do", "organisation"),
        ("org", eu.as_str()),
        ("org_name", "European Union"),
        ("short_name", "EU"),
        ("kind", "partner"),
    ];
    assert_eq!(server.post("/people", &turned, COORDINATOR).status, 422);
}

#[test]
fn partners_see_their_own_people_alone() {
    let server = Server::demo();
    for path in ["/people", "/rpc/people"] {
        let read = |who| {
            if path == "/people" {
                server.get(path, who).body
            } else {
                server.send(path, "application/json", b"{}", who).body
            }
        };
        let (partner, coordinator) = (read(CLCI), read(COORDINATOR));
        assert!(partner.contains(CLCI), "{path}");
        for other in [ASTRA, NHC, COORDINATOR] {
            assert!(!partner.contains(other) && coordinator.contains(other), "{path} {other}");
        }
    }
}

/// An answer as anybody sees it, but for what differs from answer to answer: the nonce, and the e-mail that was typed.
fn seen(answer: &Answer, email: &str) -> (u16, String, BTreeMap<String, String>) {
    let mut headers: BTreeMap<String, String> = answer.headers.clone().into_iter().collect();
    let policy = headers.remove("content-security-policy").unwrap_or_default();
    headers.retain(|name, _| !["date", "content-length"].contains(&name.as_str()));
    let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).unwrap_or("no nonce");
    (answer.status, answer.body.replace(nonce, "NONCE").replace(email, "EMAIL"), headers)
}

#[test]
fn nobody_learns_whose_account_there_is() {
    let server = Server::demo();
    let guest = |stage| format!("guest-{}@network.example", server.guest("NHC", Role::Partner, stage));
    let (invited, closed) = (guest(Stage::Invited), guest(Stage::Closed));
    server.close(server.member(NHC));
    let sign_in = |email: &str, password: &str| seen(&server.browser().sign_in(email, password), email);
    let unknown = sign_in("nobody@astra.example", "of somebody else");
    assert_eq!(unknown.0, 422);
    assert!(unknown.1.contains("EMAIL") && !unknown.1.contains("of somebody else"));
    assert_eq!(sign_in(CLCI, "of somebody else"), unknown, "a wrong password");
    assert_eq!(sign_in(NHC, PASSWORD), unknown, "the right one of an account that is closed");
    for email in [&invited, &closed] {
        assert_eq!(sign_in(email, "of no password"), unknown, "{email}");
    }

    let forgot = |email: &str| seen(&server.browser().post("/forgot", &[("email", email)]), email);
    let unknown = forgot("nobody@astra.example");
    assert_eq!(unknown.0, 303);
    for email in [CLCI, NHC, &invited, &closed] {
        assert_eq!(forgot(email), unknown, "{email}");
    }
}

#[test]
fn an_account_is_the_same_however_its_email_is_typed() {
    let server = Server::demo();
    let loud = CLCI.to_uppercase();
    assert_eq!(Email::parse(&loud), Email::parse(CLCI));
    assert_eq!(server.browser().sign_in(&format!(" {loud} "), PASSWORD).status, 303);
    assert_eq!(server.invite(&loud, "CLCI", "partner").status, 422, "so nobody is invited twice");
}

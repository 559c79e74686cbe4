//! Every query about accounts and doors on both databases: what is written is what is read, what opens once opens once
//! also to two who come together, and the audit stays as it was written.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod support;

use act_board::{
    domain::{
        accounts::{Country, Member, OrgKind, Organisation, Role},
        audit::{Action, AuditFilter, Detail, Line, Named, ReportVersion},
        day::Quarter,
        ids::{MemberId, OrgId},
        policy::AuditSight,
    },
    store::{
        self, Attempts, Conn, Db, LinkKind, MailKind, Network, NewLine, NewMember, NewSession, StoreError, StoredMember,
    },
};
use futures_util::future::join_all;
use std::cell::RefCell;
use support::databases::{BOTH, Kind, TestDb};
use uuid::Uuid;

/// Two organisations, each with a member.
struct House {
    db: Db,
    orgs: [Organisation; 2],
    one: Member,
    two: Member,
    _kept: TestDb,
}

fn organisation(short_name: &str, kind: OrgKind) -> Organisation {
    Organisation {
        id: OrgId(Uuid::now_v7()),
        name: format!("The {short_name} organisation"),
        short_name: short_name.to_owned(),
        country: Country::parse("RS"),
        city: "Београд".to_owned(),
        website: "https://network.example".to_owned(),
        kind,
    }
}

fn person(name: &str, org: OrgId, role: Role) -> Member {
    Member { id: MemberId(Uuid::now_v7()), name: name.to_owned(), org, role }
}

impl House {
    async fn new(kind: Kind) -> Self {
        let kept = TestDb::new(kind).await;
        let db = kept.open().await;
        let orgs = [organisation("ONE", OrgKind::Partner), organisation("TWO", OrgKind::Partner)];
        let one = person("Coordinator", orgs[0].id, Role::Coordinator);
        let two = person("Partner", orgs[1].id, Role::Partner);
        let house = Self { db, orgs, one, two, _kept: kept };
        let mut tx = house.write().await;
        for org in &house.orgs {
            store::save_organisation(&mut tx, org).await.unwrap();
        }
        add(&mut tx, &house.one, "one@network.example", Some("hash")).await.unwrap();
        add(&mut tx, &house.two, "two@network.example", Some("hash")).await.unwrap();
        tx.commit().await.unwrap();
        house
    }

    async fn write(&self) -> Conn {
        self.db.write().await.unwrap()
    }

    fn named(&self) -> [Named; 2] {
        let named = |member: &Member, org: &Organisation| Named {
            id: member.id,
            name: member.name.clone(),
            org: org.short_name.clone(),
        };
        [named(&self.one, &self.orgs[0]), named(&self.two, &self.orgs[1])]
    }

    /// Runs SQL behind the store's back.
    async fn run(&self, sql: &'static str) -> Result<(), sqlx::Error> {
        match &self.db {
            Db::Sqlite { writer, .. } => sqlx::query(sql).execute(writer).await.map(|_| ()),
            Db::Postgres(pool) => sqlx::query(sql).execute(pool).await.map(|_| ()),
        }
    }
}

async fn add(tx: &mut Conn, member: &Member, email: &str, password_hash: Option<&str>) -> Result<(), StoreError> {
    store::add_member(tx, NewMember { member, email, password_hash, now: 5 }).await
}

async fn stored(tx: &mut Conn, id: MemberId) -> StoredMember {
    store::member(tx, id).await.unwrap().unwrap()
}

async fn sign_in(tx: &mut Conn, member: &Member, token_hash: &str, created_at: i64, expires_at: i64) {
    let new = NewSession { token_hash, member: member.id, device: "Firefox, Linux", created_at, expires_at };
    store::add_session(tx, new).await.unwrap();
}

#[tokio::test]
async fn an_organisation_changes_where_it_stands_and_a_new_one_comes_last() {
    for kind in BOTH {
        let house = House::new(kind).await;
        let mut tx = house.write().await;
        let mut third = organisation("THREE", OrgKind::Donor);
        (third.country, third.city, third.website) = (None, String::new(), String::new());
        store::save_organisation(&mut tx, &third).await.unwrap();
        let first = Organisation {
            id: house.orgs[0].id,
            name: "Another \"name\"; --".to_owned(),
            short_name: "ЈЕДАН".to_owned(),
            country: Country::parse("MK"),
            city: "Скопје".to_owned(),
            website: "https://another.example".to_owned(),
            kind: OrgKind::Institution,
        };
        store::save_organisation(&mut tx, &first).await.unwrap();
        let expected = [first, house.orgs[1].clone(), third];
        assert_eq!(store::organisations(&mut tx).await.unwrap(), expected, "{kind:?}");
        tx.savepoint().await.unwrap();
        let taken = Organisation { short_name: "TWO".to_owned(), ..expected[0].clone() };
        let refused = store::save_organisation(&mut tx, &taken).await;
        assert!(matches!(refused, Err(StoreError::Taken(_))), "{kind:?}: {refused:?}");
        tx.undo().await.unwrap();
        tx.commit().await.unwrap();
        let mut conn = house.db.reader().await.unwrap();
        assert_eq!(store::organisations(&mut conn).await.unwrap(), expected, "{kind:?}");
    }
}

#[tokio::test]
async fn the_first_organisation_needs_no_other() {
    for kind in BOTH {
        let kept = TestDb::new(kind).await;
        let db = kept.open().await;
        let mut tx = db.write().await.unwrap();
        assert_eq!(store::organisations(&mut tx).await.unwrap(), [], "{kind:?}");
        let org = organisation("ONE", OrgKind::Partner);
        store::save_organisation(&mut tx, &org).await.unwrap();
        assert_eq!(store::organisations(&mut tx).await.unwrap(), [org], "{kind:?}");
    }
}

#[tokio::test]
async fn a_member_reads_back_in_every_column() {
    for kind in BOTH {
        let house = House::new(kind).await;
        let mut tx = house.write().await;
        let mut member = stored(&mut tx, house.one.id).await;
        assert_eq!((member.member.clone(), member.email.as_str()), (house.one.clone(), "one@network.example"));
        assert_eq!((member.active, member.joined_at), (true, Some(5)), "{kind:?}: who has a password is here");
        assert_eq!((member.language.clone(), member.has_second_factor()), (None, false));

        member.member = Member { id: house.one.id, ..person("Ђорђе; --", house.two.org, Role::Partner) };
        (member.email, member.password_hash) = ("another@network.example".to_owned(), "another hash".to_owned());
        (member.active, member.language, member.joined_at) = (false, Some("sr-Cyrl".to_owned()), Some(7));
        (member.totp_secret, member.totp_confirmed, member.totp_step) = (Some("SECRET".to_owned()), true, 42);
        store::save_member(&mut tx, &member).await.unwrap();
        let read = stored(&mut tx, house.one.id).await;
        assert_eq!(format!("{read:?}"), format!("{member:?}"), "{kind:?}");
        assert!(read.has_second_factor());
        let by_email = store::member_by_email(&mut tx, "another@network.example").await.unwrap().unwrap();
        assert_eq!(format!("{by_email:?}"), format!("{member:?}"), "{kind:?}");
        assert!(store::member_by_email(&mut tx, "one@network.example").await.unwrap().is_none());

        (member.language, member.joined_at, member.totp_secret) = (None, None, None);
        store::save_member(&mut tx, &member).await.unwrap();
        let read = stored(&mut tx, house.one.id).await;
        assert_eq!(format!("{read:?}"), format!("{member:?}"), "{kind:?}");
        assert!(!read.has_second_factor(), "nothing to confirm is no second factor");
        let other = stored(&mut tx, house.two.id).await;
        assert_eq!((other.member, other.active), (house.two.clone(), true), "{kind:?}: nobody else has changed");
        assert_eq!(store::member_organisation(&mut tx, house.one.id).await.unwrap(), Some(house.two.org));
        let nobody = MemberId(Uuid::now_v7());
        assert!(store::member(&mut tx, nobody).await.unwrap().is_none());
        assert_eq!(store::member_organisation(&mut tx, nobody).await.unwrap(), None);
    }
}

#[tokio::test]
async fn two_members_never_share_an_e_mail() {
    for kind in BOTH {
        let house = House::new(kind).await;
        let mut tx = house.write().await;
        tx.savepoint().await.unwrap();
        let third = person("Third", house.one.org, Role::Partner);
        let refused = add(&mut tx, &third, "two@network.example", None).await;
        assert!(matches!(refused, Err(StoreError::Taken(_))), "{kind:?}: {refused:?}");
        tx.undo().await.unwrap();
        let mut member = stored(&mut tx, house.one.id).await;
        member.email = "two@network.example".to_owned();
        let refused = store::save_member(&mut tx, &member).await;
        assert!(matches!(refused, Err(StoreError::Taken(_))), "{kind:?}: {refused:?}");
    }
}

#[tokio::test]
async fn only_coordinators_who_may_sign_in_are_counted() {
    for kind in BOTH {
        let house = House::new(kind).await;
        let mut tx = house.write().await;
        let invited = person("Invited", house.one.org, Role::Coordinator);
        add(&mut tx, &invited, "invited@network.example", None).await.unwrap();
        let waiting = stored(&mut tx, invited.id).await;
        assert_eq!((waiting.active, waiting.joined_at, waiting.password_hash.as_str()), (false, None, ""), "{kind:?}");
        assert_eq!(store::count_coordinators(&mut tx).await.unwrap(), 1, "{kind:?}");
        let mut left = stored(&mut tx, house.one.id).await;
        left.active = false;
        store::save_member(&mut tx, &left).await.unwrap();
        assert_eq!(store::count_coordinators(&mut tx).await.unwrap(), 0, "{kind:?}");
    }
}

#[tokio::test]
async fn a_code_of_the_second_factor_counts_once() {
    for kind in BOTH {
        let house = House::new(kind).await;
        let mut tx = house.write().await;
        for (step, counts) in [(10, true), (10, false), (9, false), (11, true)] {
            let used = store::use_totp_step(&mut tx, house.one.id, step).await.unwrap();
            assert_eq!(used, counts, "{kind:?}: {step}");
        }
        assert_eq!(stored(&mut tx, house.one.id).await.totp_step, 11);
        assert!(store::use_totp_step(&mut tx, house.two.id, 10).await.unwrap(), "each has their own");
        assert!(!store::use_totp_step(&mut tx, MemberId(Uuid::now_v7()), 10).await.unwrap());
        tx.commit().await.unwrap();

        let enter = async || {
            let mut tx = house.write().await;
            let used = store::use_totp_step(&mut tx, house.one.id, 12).await.unwrap();
            tx.commit().await.unwrap();
            used
        };
        let (first, second) = tokio::join!(enter(), enter());
        assert!(first != second, "{kind:?}: one of two at once");
    }
}

#[tokio::test]
async fn a_recovery_code_is_gone_once_it_is_used() {
    for kind in BOTH {
        let house = House::new(kind).await;
        let mut tx = house.write().await;
        let codes = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
        store::set_recovery_codes(&mut tx, house.one.id, &codes(&["old"])).await.unwrap();
        store::set_recovery_codes(&mut tx, house.two.id, &codes(&["a", "b"])).await.unwrap();
        store::set_recovery_codes(&mut tx, house.one.id, &codes(&["a", "b", "c"])).await.unwrap();
        assert_eq!(store::count_recovery_codes(&mut tx, house.one.id).await.unwrap(), 3, "{kind:?}");
        for (code, counts) in [("old", false), ("a", true), ("a", false), ("nothing", false)] {
            let used = store::use_recovery_code(&mut tx, house.one.id, code).await.unwrap();
            assert_eq!(used, counts, "{kind:?}: {code}");
        }
        assert_eq!(store::count_recovery_codes(&mut tx, house.one.id).await.unwrap(), 2);
        assert_eq!(store::count_recovery_codes(&mut tx, house.two.id).await.unwrap(), 2, "{kind:?}: another's stay");
        tx.commit().await.unwrap();

        let enter = async || {
            let mut tx = house.write().await;
            let used = store::use_recovery_code(&mut tx, house.one.id, "b").await.unwrap();
            tx.commit().await.unwrap();
            used
        };
        let (first, second) = tokio::join!(enter(), enter());
        assert!(first != second, "{kind:?}: one of two at once");
        let mut tx = house.write().await;
        store::set_recovery_codes(&mut tx, house.one.id, &[]).await.unwrap();
        assert_eq!(store::count_recovery_codes(&mut tx, house.one.id).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn the_list_of_people_says_how_each_stands() {
    for kind in BOTH {
        let house = House::new(kind).await;
        let mut tx = house.write().await;
        let third = |name: &str| person(name, house.two.org, Role::Partner);
        let (invited, erased, left) = (third("Invited"), third("Erased"), third("Left"));
        add(&mut tx, &invited, "invited@network.example", None).await.unwrap();
        add(&mut tx, &erased, &format!("erased-{}@invalid", erased.id), None).await.unwrap();
        add(&mut tx, &left, "left@network.example", Some("hash")).await.unwrap();
        let mut closed = stored(&mut tx, left.id).await;
        closed.active = false;
        store::save_member(&mut tx, &closed).await.unwrap();
        let mut secured = stored(&mut tx, house.one.id).await;
        (secured.totp_secret, secured.totp_confirmed) = (Some("SECRET".to_owned()), true);
        store::save_member(&mut tx, &secured).await.unwrap();
        let mut begun = stored(&mut tx, house.two.id).await;
        begun.totp_secret = Some("SECRET".to_owned());
        store::save_member(&mut tx, &begun).await.unwrap();
        for (hash, kind, until) in [
            ("first", LinkKind::Invitation, 400),
            ("second", LinkKind::Invitation, 500),
            ("reset", LinkKind::Reset, 900),
        ] {
            store::add_link(&mut tx, hash, kind, invited.id, 10, until).await.unwrap();
        }
        sign_in(&mut tx, &house.one, "ended", 10, 60).await;
        sign_in(&mut tx, &house.one, "first", 20, 500).await;
        sign_in(&mut tx, &house.one, "second", 30, 500).await;
        store::extend_session(&mut tx, "ended", 55, 60).await.unwrap();
        store::extend_session(&mut tx, "first", 50, 500).await.unwrap();

        let at = async |tx: &mut Conn, now| {
            let people = store::people(tx, now).await.unwrap();
            let standing = people.into_iter().map(|(member, standing)| {
                let is = (standing.active, standing.joined, standing.has_second_factor);
                (member, standing.email, is, standing.invited_until, standing.used_at)
            });
            standing.collect::<Vec<_>>()
        };
        let email = |name: &str| format!("{name}@network.example");
        let expected = [
            (house.one.clone(), email("one"), (true, true, true), None, Some(50)),
            (invited.clone(), email("invited"), (false, false, false), Some(500), None),
            (left.clone(), email("left"), (false, true, false), None, None),
            (house.two.clone(), email("two"), (true, true, false), None, None),
        ];
        assert_eq!(at(&mut tx, 100).await, expected, "{kind:?}");
        let later = at(&mut tx, 500).await;
        assert!(later.iter().all(|row| (row.3, row.4) == (None, None)), "{kind:?}: invitation and sessions are over");
        assert_eq!(later.len(), expected.len());
    }
}

#[tokio::test]
async fn there_is_one_network() {
    for kind in BOTH {
        let house = House::new(kind).await;
        let mut tx = house.write().await;
        assert_eq!(store::network(&mut tx).await.unwrap(), None, "{kind:?}");
        for (name, requires_second_factor) in [("Мрежа", false), ("Another", true)] {
            let network = Network { name: name.to_owned(), requires_second_factor };
            store::set_network(&mut tx, &network).await.unwrap();
            assert_eq!(store::network(&mut tx).await.unwrap(), Some(network), "{kind:?}");
        }
    }
}

#[tokio::test]
async fn a_session_says_what_its_member_may_do() {
    for kind in BOTH {
        let house = House::new(kind).await;
        let mut tx = house.write().await;
        sign_in(&mut tx, &house.one, "hash", 10, 500).await;
        let live = async |tx: &mut Conn| {
            let session = store::live_session(tx, "hash", 100).await.unwrap();
            session.map(|session| (session.member, session.has_second_factor, session.second_factor_required))
        };
        assert_eq!(live(&mut tx).await, Some((house.one.clone(), false, false)), "{kind:?}: no network yet");
        for required in [false, true] {
            let network = Network { name: "Network".to_owned(), requires_second_factor: required };
            store::set_network(&mut tx, &network).await.unwrap();
            assert_eq!(live(&mut tx).await, Some((house.one.clone(), false, required)), "{kind:?}");
        }
        let mut member = stored(&mut tx, house.one.id).await;
        (member.totp_secret, member.totp_confirmed) = (Some("SECRET".to_owned()), true);
        store::save_member(&mut tx, &member).await.unwrap();
        assert_eq!(live(&mut tx).await, Some((house.one.clone(), true, true)), "{kind:?}");
        member.active = false;
        store::save_member(&mut tx, &member).await.unwrap();
        assert_eq!(live(&mut tx).await, None, "{kind:?}: who may not sign in is not signed in");
    }
}

#[tokio::test]
async fn a_member_s_sessions_are_listed_and_ended_without_anybody_else_s() {
    for kind in BOTH {
        let house = House::new(kind).await;
        let mut tx = house.write().await;
        for (hash, created_at, expires_at) in [("a", 10, 500), ("b", 20, 500), ("c", 30, 500), ("soon", 40, 100)] {
            sign_in(&mut tx, &house.one, hash, created_at, expires_at).await;
        }
        sign_in(&mut tx, &house.two, "other", 50, 500).await;
        store::extend_session(&mut tx, "a", 60, 600).await.unwrap();
        let listed = async |tx: &mut Conn, member: &Member, now| {
            let sessions = store::sessions_of(tx, member.id, now).await.unwrap();
            let row = |session: store::StoredSession| (session.token_hash, session.created_at, session.used_at);
            sessions.into_iter().map(row).collect::<Vec<_>>()
        };
        let row = |hash: &str, created_at: i64, used_at: i64| (hash.to_owned(), created_at, used_at);
        let expected = [row("a", 10, 60), row("c", 30, 30), row("b", 20, 20)];
        assert_eq!(listed(&mut tx, &house.one, 100).await, expected, "{kind:?}: the one used last first");
        assert_eq!(listed(&mut tx, &house.one, 550).await, [row("a", 10, 60)], "{kind:?}");

        let mut ended = store::end_sessions(&mut tx, house.one.id, Some("c")).await.unwrap();
        ended.sort_unstable();
        assert_eq!(ended, ["a", "b", "soon"], "{kind:?}");
        assert_eq!(listed(&mut tx, &house.one, 100).await, [row("c", 30, 30)]);
        assert_eq!(listed(&mut tx, &house.two, 100).await, [row("other", 50, 50)], "{kind:?}");
        assert_eq!(store::end_sessions(&mut tx, house.one.id, None).await.unwrap(), ["c"]);
        assert_eq!(store::end_sessions(&mut tx, house.one.id, None).await.unwrap(), Vec::<String>::new());
        // Whoever has another's session in mind ends their own all the same.
        sign_in(&mut tx, &house.one, "d", 60, 500).await;
        assert_eq!(store::end_sessions(&mut tx, house.one.id, Some("other")).await.unwrap(), ["d"], "{kind:?}");
        assert_eq!(store::end_session(&mut tx, "other").await.unwrap(), Some(house.two.id));
    }
}

#[tokio::test]
async fn of_too_many_sessions_those_unused_for_longest_end_and_the_newest_never() {
    for kind in BOTH {
        let house = House::new(kind).await;
        let mut tx = house.write().await;
        for (at, hash) in (1_i64..).zip(["a", "b", "c", "d"]) {
            sign_in(&mut tx, &house.one, hash, at, 1_000).await;
        }
        sign_in(&mut tx, &house.two, "theirs", 1, 1_000).await;
        store::extend_session(&mut tx, "b", 50, 1_000).await.unwrap();
        let mut ended = store::end_oldest_sessions(&mut tx, house.one.id, "a", 2).await.unwrap();
        ended.sort();
        assert_eq!(ended, ["c"], "{kind:?}: a is the newest, b and d were used last");
        assert_eq!(store::end_oldest_sessions(&mut tx, house.one.id, "a", 2).await.unwrap(), Vec::<String>::new());
    }
}

#[tokio::test]
async fn a_link_opens_one_door_once_and_in_time() {
    for kind in BOTH {
        let house = House::new(kind).await;
        let mut tx = house.write().await;
        let kinds = [LinkKind::Invitation, LinkKind::Reset, LinkKind::SecondStep];
        for (hash, kind) in ["invitation", "reset", "step"].into_iter().zip(kinds) {
            store::add_link(&mut tx, hash, kind, house.one.id, 10, 100).await.unwrap();
        }
        for (n, door) in kinds.into_iter().enumerate() {
            let opens = store::link(&mut tx, "reset", door, 50).await.unwrap();
            assert_eq!(opens, (n == 1).then_some(house.one.id), "{kind:?}: {door:?}");
        }
        assert_eq!(store::link(&mut tx, "nothing", LinkKind::Reset, 50).await.unwrap(), None);
        assert_eq!(store::link(&mut tx, "reset", LinkKind::Reset, 99).await.unwrap(), Some(house.one.id));
        assert_eq!(store::link(&mut tx, "reset", LinkKind::Reset, 100).await.unwrap(), None, "{kind:?}: too late");

        let mut take = async |hash: &str, door, now| store::take_link(&mut tx, hash, door, now).await.unwrap();
        assert_eq!(take("reset", LinkKind::Invitation, 50).await, None, "{kind:?}: another door");
        assert_eq!(take("reset", LinkKind::Reset, 100).await, None, "{kind:?}: too late");
        assert_eq!(take("reset", LinkKind::Reset, 50).await, Some(house.one.id), "{kind:?}");
        assert_eq!(take("reset", LinkKind::Reset, 50).await, None, "{kind:?}: used up");
        assert_eq!(take("step", LinkKind::SecondStep, 50).await, Some(house.one.id));

        // What has expired is swept away by the next one; what has not, is not.
        store::add_link(&mut tx, "short", LinkKind::Reset, house.two.id, 10, 60).await.unwrap();
        store::add_link(&mut tx, "later", LinkKind::Reset, house.two.id, 60, 200).await.unwrap();
        assert_eq!(store::link(&mut tx, "short", LinkKind::Reset, 50).await.unwrap(), None, "{kind:?}");
        assert_eq!(store::link(&mut tx, "invitation", LinkKind::Invitation, 60).await.unwrap(), Some(house.one.id));
        store::remove_links(&mut tx, house.one.id).await.unwrap();
        assert_eq!(store::link(&mut tx, "invitation", LinkKind::Invitation, 60).await.unwrap(), None, "{kind:?}");
        assert_eq!(store::link(&mut tx, "later", LinkKind::Reset, 60).await.unwrap(), Some(house.two.id), "{kind:?}");
    }
}

#[tokio::test]
async fn of_two_who_come_at_once_with_a_link_one_gets_in() {
    for kind in BOTH {
        let house = House::new(kind).await;
        let mut tx = house.write().await;
        store::add_link(&mut tx, "hash", LinkKind::Invitation, house.one.id, 10, 100).await.unwrap();
        tx.commit().await.unwrap();
        let take = async || {
            let mut tx = house.write().await;
            let taken = store::take_link(&mut tx, "hash", LinkKind::Invitation, 50).await.unwrap();
            tx.commit().await.unwrap();
            taken
        };
        let mut undone = house.write().await;
        let taken = store::take_link(&mut undone, "hash", LinkKind::Invitation, 50).await.unwrap();
        assert_eq!(taken, Some(house.one.id), "{kind:?}");
        drop(undone);
        let both = join_all([take(), take(), take()]).await;
        let got_in = both.into_iter().flatten().collect::<Vec<_>>();
        assert_eq!(got_in, [house.one.id], "{kind:?}: what was not committed used nothing up");
    }
}

#[tokio::test]
async fn failures_are_counted_each_and_forgotten_in_time() {
    for kind in BOTH {
        let house = House::new(kind).await;
        let read = async |who: &str| {
            let mut conn = house.db.reader().await.unwrap();
            store::attempts(&mut conn, who).await.unwrap()
        };
        assert_eq!(read("nobody").await, Attempts::default(), "{kind:?}");
        let mut tx = house.write().await;
        let rows = [
            ("old", Attempts { failures: 3, last_at: 10, free_at: 20 }),
            ("new", Attempts { failures: 4, last_at: 50, free_at: 60 }),
            ("waits", Attempts { failures: 5, last_at: 10, free_at: 90 }),
        ];
        for (who, attempts) in rows {
            store::lock_attempts(&mut tx, who).await.unwrap();
            assert_eq!(store::attempts(&mut tx, who).await.unwrap(), Attempts::default(), "{kind:?}");
            store::set_attempts(&mut tx, who, attempts).await.unwrap();
            // A lock takes nothing away.
            store::lock_attempts(&mut tx, who).await.unwrap();
            assert_eq!(store::attempts(&mut tx, who).await.unwrap(), attempts, "{kind:?}");
        }
        store::forget_attempts(&mut tx, 50).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(read("old").await, Attempts::default(), "{kind:?}");
        for (who, attempts) in &rows[1..] {
            assert_eq!(read(who).await, *attempts, "{kind:?}: {who}");
        }
    }
}

#[tokio::test]
async fn of_many_failures_at_once_none_is_lost() {
    for kind in BOTH {
        let house = House::new(kind).await;
        let fail = async || {
            let mut tx = house.write().await;
            store::lock_attempts(&mut tx, "guesser").await.unwrap();
            let Attempts { failures, .. } = store::attempts(&mut tx, "guesser").await.unwrap();
            let now = Attempts { failures: failures + 1, last_at: 1, free_at: 1 };
            store::set_attempts(&mut tx, "guesser", now).await.unwrap();
            tx.commit().await.unwrap();
        };
        join_all((0..20).map(|_| fail())).await;
        let mut conn = house.db.reader().await.unwrap();
        assert_eq!(store::attempts(&mut conn, "guesser").await.unwrap().failures, 20, "{kind:?}");
    }
}

#[tokio::test]
async fn a_browser_is_known_to_one_account_while_it_is_used() {
    for kind in BOTH {
        let house = House::new(kind).await;
        let mut tx = house.write().await;
        let (one, two) = (house.one.id, house.two.id);
        assert!(!store::knows_browser(&mut tx, "browser", one).await.unwrap(), "{kind:?}");
        store::know_browser(&mut tx, "browser", one, 10, 0).await.unwrap();
        assert!(store::knows_browser(&mut tx, "browser", one).await.unwrap(), "{kind:?}");
        assert!(!store::knows_browser(&mut tx, "browser", two).await.unwrap(), "{kind:?}: to one account alone");
        assert!(!store::knows_browser(&mut tx, "another", one).await.unwrap(), "{kind:?}");

        store::know_browser(&mut tx, "another", one, 20, 0).await.unwrap();
        store::know_browser(&mut tx, "browser", one, 30, 0).await.unwrap();
        store::know_browser(&mut tx, "browser", two, 40, 25).await.unwrap();
        assert!(!store::knows_browser(&mut tx, "another", one).await.unwrap(), "{kind:?}: not used any more");
        assert!(store::knows_browser(&mut tx, "browser", one).await.unwrap(), "{kind:?}: used since");
        store::forget_browsers(&mut tx, one).await.unwrap();
        assert!(!store::knows_browser(&mut tx, "browser", one).await.unwrap(), "{kind:?}");
        assert!(store::knows_browser(&mut tx, "browser", two).await.unwrap(), "{kind:?}: another's stays");
    }
}

fn line(at: i64, action: Action, actor: Option<&Member>, subject: Option<&Member>) -> NewLine {
    NewLine {
        at,
        actor: actor.map(|member| member.id),
        address: "192.0.2.1".to_owned(),
        action,
        subject: subject.map(|member| member.id),
        detail: Detail::default(),
    }
}

/// Four lines: a stranger's, one of the first member, one of the first about the second, one of the second.
async fn some_lines(house: &House, tx: &mut Conn) -> Detail {
    let detail = Detail {
        was: Some(Role::Partner),
        indicator: Some("1.1.a".to_owned()),
        result: Some("Op 1.1".to_owned()),
        role: Some(Role::Partner),
        organisation: Some(house.two.org),
        item: Some(8),
        report: Some(ReportVersion { period: Quarter::new(2026, 4), version: 2 }),
        count: Some(3),
        reason: Some("Објављено \"негде\"".to_owned()),
    };
    let about = NewLine {
        address: String::new(),
        detail: detail.clone(),
        ..line(30, Action::Disabled, Some(&house.one), Some(&house.two))
    };
    for line in [
        line(10, Action::SignInFailed, None, None),
        line(20, Action::SignedIn, Some(&house.one), None),
        about,
        line(30, Action::Exported, Some(&house.two), None),
    ] {
        store::add_audit(tx, &line).await.unwrap();
    }
    detail
}

#[tokio::test]
async fn the_audit_shows_each_reader_their_part() {
    use Action::{Disabled, Exported, SignInFailed, SignedIn};
    for kind in BOTH {
        let house = House::new(kind).await;
        let mut tx = house.write().await;
        let detail = some_lines(&house, &mut tx).await;
        let [one, two] = house.named();
        let filter = AuditFilter::default();
        let all = store::audit_lines(&mut tx, AuditSight::Everything, &filter, 0, usize::MAX).await.unwrap();
        let plain = |action, actor| Line {
            action,
            actor,
            subject: None,
            address: "192.0.2.1".to_owned(),
            detail: Detail::default(),
        };
        let (actor, subject) = (Some(one.clone()), Some(two.clone()));
        let expected = [
            (30, plain(Exported, Some(two.clone()))),
            (30, Line { action: Disabled, actor, subject, address: String::new(), detail }),
            (20, plain(SignedIn, Some(one.clone()))),
            (10, plain(SignInFailed, None)),
        ];
        assert_eq!(all, expected, "{kind:?}: the newest first");

        let mut actions = async |sight, action, member, skip, count| {
            let filter = AuditFilter { action, member, page: 0 };
            let lines = store::audit_lines(&mut tx, sight, &filter, skip, count).await.unwrap();
            lines.into_iter().map(|(_, line)| line.action).collect::<Vec<_>>()
        };
        let (every, of_one, of_two) =
            (AuditSight::Everything, AuditSight::Of(house.one.org), AuditSight::Of(house.two.org));
        assert_eq!(actions(of_one, None, None, 0, 9).await, [SignedIn], "{kind:?}: not what theirs did with others'");
        assert_eq!(actions(of_two, None, None, 0, 9).await, [Exported, Disabled], "{kind:?}: done to theirs, too");
        assert_eq!(actions(AuditSight::Of(OrgId(Uuid::now_v7())), None, None, 0, 9).await, [], "{kind:?}");
        assert_eq!(actions(every, Some(SignInFailed), None, 0, 9).await, [SignInFailed], "{kind:?}");
        assert_eq!(actions(of_one, Some(SignInFailed), None, 0, 9).await, [], "{kind:?}: nobody's is no partner's");
        assert_eq!(actions(every, None, Some(house.two.id), 0, 9).await, [Exported, Disabled], "{kind:?}");
        assert_eq!(actions(every, Some(Exported), Some(house.one.id), 0, 9).await, [], "{kind:?}");
        assert_eq!(actions(of_one, None, Some(house.two.id), 0, 9).await, [], "{kind:?}: within what is seen");
        assert_eq!(actions(of_two, None, Some(house.one.id), 0, 9).await, [Disabled], "{kind:?}: within what is seen");
        assert_eq!(actions(every, None, None, 1, 2).await, [Disabled, SignedIn], "{kind:?}: a page");
        assert_eq!(actions(of_two, None, None, 1, 2).await, [Disabled], "{kind:?}: a page of what is seen");
        assert_eq!(actions(every, None, None, 4, 2).await, [], "{kind:?}");

        let named = store::named_members(&mut tx, every).await.unwrap();
        assert_eq!(named, [one, two.clone()], "{kind:?}: by name");
        assert_eq!(store::named_members(&mut tx, of_two).await.unwrap(), [two], "{kind:?}");
    }
}

#[tokio::test]
async fn the_audit_knows_every_action_and_names_members_as_they_are_now() {
    for kind in BOTH {
        let house = House::new(kind).await;
        let mut tx = house.write().await;
        for (at, action) in (0..).zip(Action::ALL) {
            store::add_audit(&mut tx, &line(at, action, Some(&house.two), None)).await.unwrap();
        }
        let mut erased = stored(&mut tx, house.two.id).await;
        erased.member.name = "#12345678".to_owned();
        store::save_member(&mut tx, &erased).await.unwrap();
        let filter = AuditFilter::default();
        let lines = store::audit_lines(&mut tx, AuditSight::Everything, &filter, 0, 100).await.unwrap();
        let actions: Vec<Action> = lines.iter().rev().map(|(_, line)| line.action).collect();
        assert_eq!(actions, Action::ALL, "{kind:?}");
        let names = |line: &Line| line.actor.as_ref().map(|actor| actor.name.clone());
        assert!(lines.iter().all(|(_, line)| names(line).as_deref() == Some("#12345678")), "{kind:?}");
    }
}

#[tokio::test]
async fn the_audit_is_only_ever_added_to() {
    // What either understands, and what only one of them does.
    let everywhere = [
        "UPDATE audit SET address = 'elsewhere'",
        "UPDATE audit SET actor_id = NULL WHERE action = 'signed_in'",
        "DELETE FROM audit",
        "DELETE FROM audit WHERE action = 'sign_in_failed'",
        "INSERT INTO audit SELECT * FROM audit WHERE TRUE ON CONFLICT (id) DO UPDATE SET address = 'elsewhere'",
    ];
    let sqlite = [
        "REPLACE INTO audit SELECT id, at, actor_id, 'elsewhere', action, subject_id, detail FROM audit",
        "UPDATE OR REPLACE audit SET id = (SELECT min(id) FROM audit)",
    ];
    let postgres = ["TRUNCATE audit", "TRUNCATE members CASCADE"];
    for kind in BOTH {
        let house = House::new(kind).await;
        let mut tx = house.write().await;
        some_lines(&house, &mut tx).await;
        tx.commit().await.unwrap();
        let lines = async || {
            let mut conn = house.db.reader().await.unwrap();
            let filter = AuditFilter::default();
            store::audit_lines(&mut conn, AuditSight::Everything, &filter, 0, 100).await.unwrap()
        };
        let before = lines().await;
        assert_eq!(before.len(), 4);
        let own = if kind == Kind::Sqlite { sqlite } else { postgres };
        for sql in everywhere.into_iter().chain(own) {
            let refused = house.run(sql).await.expect_err(sql).to_string();
            assert!(refused.contains("the audit is append-only"), "{kind:?}: {sql}: {refused}");
            assert_eq!(lines().await, before, "{kind:?}: {sql}");
        }
    }
}

#[tokio::test]
async fn a_mail_waits_is_taken_and_comes_back_until_it_is_sent() {
    for kind in BOTH {
        let house = House::new(kind).await;
        let mut tx = house.write().await;
        assert!(store::take_mail(&mut tx, 1_000, 2_000).await.unwrap().is_none(), "{kind:?}");
        store::add_mail(&mut tx, MailKind::Reset, house.one.id, "sr-Cyrl", 20).await.unwrap();
        store::add_mail(&mut tx, MailKind::Invitation, house.two.id, "en", 10).await.unwrap();
        store::add_mail(&mut tx, MailKind::PasswordChanged, house.one.id, "sr-Latn", 30).await.unwrap();

        let take = async |tx: &mut Conn, now, again| store::take_mail(tx, now, again).await.unwrap();
        assert!(take(&mut tx, 9, 100).await.is_none(), "{kind:?}: none is due");
        let first = take(&mut tx, 25, 100).await.unwrap();
        assert_eq!((first.kind, first.member, first.language.as_str()), (MailKind::Invitation, house.two.id, "en"));
        assert_eq!((first.created_at, first.tries), (10, 1), "{kind:?}: the oldest first");
        let second = take(&mut tx, 25, 200).await.unwrap();
        assert_eq!((second.kind, second.member, second.language.as_str()), (MailKind::Reset, house.one.id, "sr-Cyrl"));
        assert!(take(&mut tx, 25, 100).await.is_none(), "{kind:?}: both are being sent, the third is not due");

        let again = take(&mut tx, 100, 300).await.unwrap();
        assert_eq!(again.kind, MailKind::PasswordChanged, "{kind:?}: it was due first");
        let again = take(&mut tx, 100, 300).await.unwrap();
        assert_eq!((again.id, again.created_at, again.tries), (first.id, 10, 2), "{kind:?}: who took it did not say");
        store::remove_mail(&mut tx, first.id).await.unwrap();
        store::postpone_mail(&mut tx, second.id, 400).await.unwrap();
        assert_eq!(take(&mut tx, 399, 900).await.map(|mail| mail.kind), Some(MailKind::PasswordChanged), "{kind:?}");
        assert!(take(&mut tx, 399, 900).await.is_none(), "{kind:?}: one was sent, the other was put off");
        let postponed = take(&mut tx, 400, 900).await.unwrap();
        assert_eq!((postponed.id, postponed.tries), (second.id, 2), "{kind:?}");

        store::add_mail(&mut tx, MailKind::Reset, house.two.id, "en", 20).await.unwrap();
        store::remove_mails(&mut tx, house.one.id).await.unwrap();
        let left = take(&mut tx, 10_000, 20_000).await.unwrap();
        assert_eq!(left.member, house.two.id, "{kind:?}: another's mail stays");
        assert!(take(&mut tx, 10_000, 20_000).await.is_none(), "{kind:?}");
    }
}

#[tokio::test]
async fn nodes_that_send_at_once_take_different_mails() {
    for kind in BOTH {
        let house = House::new(kind).await;
        let mut tx = house.write().await;
        for at in 0..8 {
            store::add_mail(&mut tx, MailKind::Reset, house.one.id, "en", at).await.unwrap();
        }
        tx.commit().await.unwrap();
        let taken = RefCell::new(Vec::new());
        let node = async || {
            // One that finds what another has just taken goes away with nothing, and comes back.
            for _ in 0..50 {
                let mut tx = house.write().await;
                let mail = store::take_mail(&mut tx, 100, 1_000).await.unwrap();
                tx.commit().await.unwrap();
                taken.borrow_mut().extend(mail.map(|mail| mail.id));
            }
        };
        tokio::join!(node(), node(), node());
        let mut taken = taken.into_inner();
        assert_eq!(taken.len(), 8, "{kind:?}: none is left, and none was taken twice");
        taken.sort_unstable();
        taken.dedup();
        assert_eq!(taken.len(), 8, "{kind:?}: each is another");
    }
}

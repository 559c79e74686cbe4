//! What coordinators do with organisations and members. Whether somebody may is asked before, by the policy.

use super::{
    AppState,
    accounts::Denied,
    audit, password,
    sessions::{self, Origin, Token},
    writer::record,
};
use crate::{
    domain::{
        account_form::{NewPassword, NewPerson},
        accounts::{Member, OrgKind, Organisation, Role, Viewer},
        audit::{Action, Detail},
        change::{Change, Entry, Refusal},
        fields::{Field, FieldError, Problem},
        ids::{MemberId, OpId, OrgId, Revision},
        policy,
        text::PersonName,
    },
    store::{self, Conn, LinkKind, MailKind, Network, NewMember, StoreError, StoredMember},
};
use uuid::Uuid;

/// An invitation opens for so many days.
pub const INVITATION_DAYS: i64 = 7;

/// A link for a new password opens for so many hours.
pub const RESET_HOURS: i64 = 24;

const HOUR_MS: i64 = 60 * 60 * 1000;

/// Who acts, and from where. The command line is nobody.
#[derive(Clone, Debug, Default)]
pub struct Actor {
    pub member: Option<MemberId>,
    pub from: Origin,
}

/// A link that was made just now, to be shown once.
#[derive(Debug)]
pub struct NewLink {
    pub kind: LinkKind,
    pub token: Token,
    pub name: String,
}

/// A change that is about to be made.
struct Act<'a> {
    state: &'a AppState,
    actor: &'a Actor,
    tx: Conn,
    now: i64,
}

impl<'a> Act<'a> {
    async fn begin(state: &'a AppState, actor: &'a Actor) -> Result<Self, Denied> {
        let mut tx = state.db.write().await?;
        store::lock_network(&mut tx).await?;
        // The rights that the request came with may be gone while its body was read.
        if let Some(id) = actor.member {
            let stored = store::member_to_change(&mut tx, id).await?.filter(|stored| stored.active);
            let viewer = stored.map_or(Viewer::Public, |stored| Viewer::Member(stored.member));
            policy::can_manage_people(&viewer).then_some(()).ok_or(Refusal::Forbidden)?;
        }
        Ok(Self { state, actor, tx, now: state.config.clock.now() })
    }

    async fn note(&mut self, action: Action, about: Option<MemberId>, detail: Detail) -> Result<(), StoreError> {
        let line = audit::line(self.now, action, self.actor.member, &self.actor.from).about(about).with(detail);
        store::add_audit(&mut self.tx, &line).await
    }

    async fn member(&mut self, id: MemberId) -> Result<StoredMember, Denied> {
        let stored = store::member_to_change(&mut self.tx, id).await?;
        Ok(stored.filter(|stored| !stored.is_erased()).ok_or(Refusal::NotFound)?)
    }

    /// The role has to go with the kind of organisation.
    async fn check_role(&mut self, org: OrgId, role: Role) -> Result<(), Denied> {
        let unknown = FieldError::new(Field::Organisation, Problem::Unknown);
        let org = store::organisation(&mut self.tx, org).await?.ok_or(unknown)?;
        let fits = org.kind.fits(role).then_some(());
        Ok(fits.ok_or(FieldError::new(Field::Role, Problem::WrongRole))?)
    }

    /// A network without a coordinator could not be mended from within.
    async fn keep_a_coordinator(&mut self, stored: &StoredMember) -> Result<(), Denied> {
        let is_one = stored.active && stored.member.role == Role::Coordinator;
        let last = is_one && store::count_coordinators(&mut self.tx).await? <= 1;
        if last { Err(FieldError::new(Field::Role, Problem::LastCoordinator).into()) } else { Ok(()) }
    }

    /// A member with a password, or one whose invitation waits.
    async fn add(&mut self, new: NewPerson, password_hash: Option<&str>) -> Result<StoredMember, Denied> {
        self.check_role(new.org, new.role).await?;
        if store::member_by_email(&mut self.tx, new.email.as_str()).await?.is_some() {
            return Err(FieldError::new(Field::Email, Problem::InUse).into());
        }
        let id = MemberId(Uuid::now_v7());
        let member = Member { id, name: new.name.into_string(), org: new.org, role: new.role };
        let row = NewMember { member: &member, email: new.email.as_str(), password_hash, now: self.now };
        store::add_member(&mut self.tx, row).await?;
        let detail = Detail { role: Some(new.role), organisation: Some(new.org), ..Detail::default() };
        let action = if password_hash.is_some() { Action::Joined } else { Action::Invited };
        self.note(action, Some(id), detail).await?;
        self.member(id).await
    }

    /// A fresh link, mailed too if the network sends mail, in the member's language or else in `language`.
    async fn link(&mut self, kind: LinkKind, member: &StoredMember, language: &str) -> Result<NewLink, StoreError> {
        let id = member.member.id;
        let token = new_link(&mut self.tx, kind, id, self.now).await?;
        let mail_kind = if kind == LinkKind::Invitation { MailKind::Invitation } else { MailKind::Reset };
        if self.state.config.mail.is_some() {
            let language = member.language.as_deref().unwrap_or(language);
            store::add_mail(&mut self.tx, mail_kind, id, language, self.now).await?;
        }
        Ok(NewLink { kind, token, name: member.member.name.clone() })
    }
}

/// A link that opens once, by its token, for as long as its kind lasts.
pub async fn new_link(tx: &mut Conn, kind: LinkKind, member: MemberId, now: i64) -> Result<Token, StoreError> {
    let lasts = match kind {
        LinkKind::Invitation => INVITATION_DAYS * 24 * HOUR_MS,
        LinkKind::Reset => RESET_HOURS * HOUR_MS,
        LinkKind::SecondStep => sessions::CODE_MS,
    };
    let token = Token::random();
    store::add_link(tx, &token.hash(), kind, member, now, now + lasts).await?;
    Ok(token)
}

/// Adds a member who may sign in once they have chosen a password. `language` is that of the invitation's mail.
pub async fn invite(state: &AppState, actor: &Actor, new: NewPerson, language: &str) -> Result<NewLink, Denied> {
    let mut act = Act::begin(state, actor).await?;
    let stored = act.add(new, None).await?;
    let link = act.link(LinkKind::Invitation, &stored, language).await?;
    act.tx.commit().await?;
    Ok(link)
}

/// Adds a member who may sign in at once: for the command line.
pub async fn add(state: &AppState, actor: &Actor, new: NewPerson, password: NewPassword) -> Result<(), Denied> {
    password::check(password.as_str(), &[new.email.as_str(), new.name.as_str()]).await?;
    let password_hash = password::hash_slowly(password.as_str().to_owned()).await;
    let mut act = Act::begin(state, actor).await?;
    act.add(new, Some(&password_hash)).await?;
    Ok(act.tx.commit().await?)
}

/// A fresh link: for somebody invited the invitation's, for anybody else one for a new password. Older ones are void.
pub async fn make_link(state: &AppState, actor: &Actor, id: MemberId, language: &str) -> Result<NewLink, Denied> {
    let mut act = Act::begin(state, actor).await?;
    let stored = act.member(id).await?;
    let kind = match (stored.active, stored.joined_at) {
        (true, _) => LinkKind::Reset,
        (false, None) => LinkKind::Invitation,
        (false, Some(_)) => return Err(Refusal::Forbidden.into()),
    };
    store::remove_links(&mut act.tx, id).await?;
    store::remove_mails(&mut act.tx, id).await?;
    let link = act.link(kind, &stored, language).await?;
    let action = if kind == LinkKind::Reset { Action::ResetLinkMade } else { Action::Invited };
    act.note(action, Some(id), Detail::default()).await?;
    act.tx.commit().await?;
    Ok(link)
}

/// Mails a link for a new password, if there is such an account and the network sends mail. Nobody is told which.
pub async fn ask_reset(state: &AppState, email: &str, from: &Origin, language: &str) -> Result<(), Denied> {
    let actor = Actor { member: None, from: from.clone() };
    let mut act = Act::begin(state, &actor).await?;
    let stored = store::member_by_email(&mut act.tx, email).await?.filter(|stored| stored.active);
    if let (Some(stored), true) = (&stored, state.config.mail.is_some()) {
        let language = stored.language.as_deref().unwrap_or(language);
        store::add_mail(&mut act.tx, MailKind::Reset, stored.member.id, language, act.now).await?;
    }
    // Written down for an unknown address too: it has to take as long.
    act.note(Action::ResetAsked, stored.map(|stored| stored.member.id), Detail::default()).await?;
    Ok(act.tx.commit().await?)
}

/// Takes a second factor away whose device and codes are lost; every session ends.
pub async fn end_second_factor(state: &AppState, actor: &Actor, id: MemberId) -> Result<(), Denied> {
    let mut act = Act::begin(state, actor).await?;
    let mut stored = act.member(id).await?;
    (stored.totp_secret, stored.totp_confirmed) = (None, false);
    store::save_member(&mut act.tx, &stored).await?;
    store::set_recovery_codes(&mut act.tx, id, &[]).await?;
    store::remove_links(&mut act.tx, id).await?;
    let ended = sessions::end_all(&mut act.tx, &stored.member).await?;
    act.note(Action::SecondFactorOff, Some(id), ended.detail()).await?;
    act.tx.commit().await?;
    ended.close(state);
    Ok(())
}

/// Withdraws an invitation that was not accepted.
pub async fn revoke(state: &AppState, actor: &Actor, id: MemberId) -> Result<(), Denied> {
    let mut act = Act::begin(state, actor).await?;
    let stored = act.member(id).await?;
    if stored.joined_at.is_some() {
        return Err(Refusal::Taken.into());
    }
    act.note(Action::InvitationRevoked, Some(id), Detail::default()).await?;
    forget(&mut act.tx, stored).await?;
    Ok(act.tx.commit().await?)
}

/// Another name, role or organisation. New rights begin with a new session.
pub async fn change(
    state: &AppState,
    actor: &Actor,
    id: MemberId,
    name: PersonName,
    org: OrgId,
    role: Role,
) -> Result<(), Denied> {
    let mut act = Act::begin(state, actor).await?;
    let mut stored = act.member(id).await?;
    act.check_role(org, role).await?;
    let rights_change = (stored.member.org, stored.member.role) != (org, role);
    if role != Role::Coordinator {
        act.keep_a_coordinator(&stored).await?;
    }
    let was = Some(stored.member.role).filter(|was| *was != role);
    stored.member = Member { id, name: name.into_string(), org, role };
    store::save_member(&mut act.tx, &stored).await?;
    let ended = match rights_change {
        true => sessions::end_all(&mut act.tx, &stored.member).await?,
        false => sessions::Ended::default(),
    };
    let detail = Detail { role: Some(role), was, organisation: Some(org), ..Detail::default() };
    act.note(Action::MemberChanged, Some(id), detail).await?;
    act.tx.commit().await?;
    ended.close(state);
    Ok(())
}

/// Closes an account: its sessions and boards end at once, its links open nothing.
pub async fn disable(state: &AppState, actor: &Actor, id: MemberId) -> Result<(), Denied> {
    let mut act = Act::begin(state, actor).await?;
    let mut stored = act.member(id).await?;
    act.keep_a_coordinator(&stored).await?;
    if actor.member == Some(id) || !stored.active {
        return Err(Refusal::Forbidden.into());
    }
    stored.active = false;
    store::save_member(&mut act.tx, &stored).await?;
    store::remove_links(&mut act.tx, id).await?;
    store::remove_mails(&mut act.tx, id).await?;
    store::forget_browsers(&mut act.tx, id).await?;
    let ended = sessions::end_all(&mut act.tx, &stored.member).await?;
    act.note(Action::Disabled, Some(id), ended.detail()).await?;
    act.tx.commit().await?;
    ended.close(state);
    Ok(())
}

/// Opens an account again that was closed.
pub async fn enable(state: &AppState, actor: &Actor, id: MemberId) -> Result<(), Denied> {
    let mut act = Act::begin(state, actor).await?;
    let mut stored = act.member(id).await?;
    if stored.active || stored.joined_at.is_none() {
        return Err(Refusal::Forbidden.into());
    }
    stored.active = true;
    store::save_member(&mut act.tx, &stored).await?;
    act.note(Action::Enabled, Some(id), Detail::default()).await?;
    Ok(act.tx.commit().await?)
}

/// Erases a member whose account is closed: a pseudonym takes the place of the name, history and audit stay.
pub async fn erase(state: &AppState, actor: &Actor, id: MemberId) -> Result<(), Denied> {
    let mut act = Act::begin(state, actor).await?;
    let stored = act.member(id).await?;
    if stored.active {
        return Err(Refusal::Forbidden.into());
    }
    act.note(Action::Erased, Some(id), Detail::default()).await?;
    forget(&mut act.tx, stored).await?;
    Ok(act.tx.commit().await?)
}

/// Leaves nothing of a member but a pseudonym.
async fn forget(tx: &mut Conn, stored: StoredMember) -> Result<(), StoreError> {
    let id = stored.member.id;
    let pseudonym = &id.0.simple().to_string()[24..];
    let erased = StoredMember {
        member: Member { name: format!("#{pseudonym}"), ..stored.member },
        email: format!("erased-{id}@invalid"),
        password_hash: String::new(),
        active: false,
        language: None,
        totp_secret: None,
        totp_confirmed: false,
        ..stored
    };
    store::save_member(tx, &erased).await?;
    store::set_recovery_codes(tx, id, &[]).await?;
    store::remove_links(tx, id).await?;
    store::remove_mails(tx, id).await?;
    store::forget_browsers(tx, id).await
}

/// Adds or changes an organisation: a change of the plan like any other, so that every open board follows.
pub async fn save_organisation(state: &AppState, actor: &Actor, org: Organisation) -> Result<(), Denied> {
    let mut act = Act::begin(state, actor).await?;
    let known = store::organisations(&mut act.tx).await?;
    let word = org.short_name.to_lowercase();
    if known.iter().any(|other| other.id != org.id && other.short_name.to_lowercase() == word) {
        return Err(FieldError::new(Field::ShortName, Problem::InUse).into());
    }
    let is_new = !known.iter().any(|other| other.id == org.id);
    let people = store::people(&mut act.tx, act.now).await?;
    if people.iter().any(|(member, _)| member.org == org.id && !org.kind.fits(member.role)) {
        return Err(FieldError::new(Field::Kind, Problem::WrongRole).into());
    }
    if org.kind != OrgKind::Partner && store::takes_part(&mut act.tx, org.id).await? {
        return Err(FieldError::new(Field::Kind, Problem::TakesPart).into());
    }
    let plan = store::current_plan(&mut act.tx).await?.ok_or(Refusal::NotFound)?;
    let revision: Revision = store::move_revision(&mut act.tx, plan, 1).await?;
    let (id, op) = (org.id, OpId(Uuid::now_v7()));
    let author = actor.member.ok_or(Refusal::Forbidden)?;
    let entry = Entry { revision, op, actor: author, at: act.now, change: Change::Organisation(Box::new(org)) };
    record(&mut act.tx, plan, &entry).await?;
    store::announce(&mut act.tx, plan, revision).await?;
    let action = if is_new { Action::OrganisationAdded } else { Action::OrganisationChanged };
    act.note(action, None, Detail { organisation: Some(id), ..Detail::default() }).await?;
    act.tx.commit().await?;
    state.hub.news(plan);
    Ok(())
}

/// The network's name, and whether everybody needs a second factor. Who has none, whoever asked for it among them, is
/// led to set one up.
pub async fn change_network(state: &AppState, actor: &Actor, network: Network) -> Result<(), Denied> {
    let mut act = Act::begin(state, actor).await?;
    store::set_network(&mut act.tx, &network).await?;
    act.note(Action::NetworkChanged, None, Detail::default()).await?;
    Ok(act.tx.commit().await?)
}

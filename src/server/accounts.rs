//! What members do with their own account. Each change of rights gives the session a new token, and ends the others.

use super::{
    AppState,
    attempts::{self, Counter, Door},
    audit, outage,
    password::{self, Lane},
    second_factor,
    sessions::{self, Ended, Opened, Origin},
};
use crate::{
    domain::{
        account_form::NewPassword,
        accounts::Member,
        attempts::Guesser,
        audit::{Action, Detail},
        change::Refusal,
        fields::{Field, FieldError, Problem},
        text::PersonName,
    },
    store::{self, Conn, MailKind, StoreError, StoredMember},
};

/// Why something about an account is not done.
#[derive(Debug)]
pub enum Denied {
    Refused(Refusal),
    /// For so many seconds nothing is tried.
    Wait(u64),
    /// The link opens nothing any more.
    LinkGone,
}

impl From<StoreError> for Denied {
    fn from(error: StoreError) -> Self {
        Self::Refused(outage(error))
    }
}

impl From<Refusal> for Denied {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<FieldError> for Denied {
    fn from(error: FieldError) -> Self {
        Self::Refused(Refusal::Invalid(vec![error]))
    }
}

/// A member who acts on their own account, and from where.
#[derive(Clone)]
pub struct Own<'a> {
    pub state: &'a AppState,
    pub member: &'a Member,
    pub from: &'a Origin,
}

impl Own<'_> {
    fn now(&self) -> i64 {
        self.state.config.clock.now()
    }

    async fn stored(&self, tx: &mut Conn) -> Result<StoredMember, Denied> {
        let stored = store::member_to_change(tx, self.member.id).await?;
        Ok(stored.filter(|stored| stored.active).ok_or(Refusal::Forbidden)?)
    }

    async fn note(&self, tx: &mut Conn, action: Action, detail: Detail) -> Result<(), StoreError> {
        let line = audit::line(self.now(), action, Some(self.member.id), self.from).with(detail);
        store::add_audit(tx, &line).await
    }

    pub async fn rename(&self, name: PersonName) -> Result<(), Denied> {
        self.save(|stored| stored.member.name = name.into_string()).await
    }

    /// In which language mail comes, by its BCP 47 tag.
    pub async fn choose_language(&self, tag: &str) -> Result<(), Denied> {
        self.save(|stored| stored.language = Some(tag.to_owned())).await
    }

    async fn save(&self, change: impl FnOnce(&mut StoredMember)) -> Result<(), Denied> {
        let mut tx = self.state.db.write().await?;
        let mut stored = self.stored(&mut tx).await?;
        change(&mut stored);
        store::save_member(&mut tx, &stored).await?;
        Ok(tx.commit().await?)
    }

    fn counters(&self) -> [Counter; 1] {
        [Counter::new(Guesser::Account, Door::OwnPassword, &self.member.id.to_string())]
    }

    /// Whether the password is the member's own; somebody at an open session shall not guess it either. Answers what
    /// was read.
    async fn check(&self, password: &str) -> Result<StoredMember, Denied> {
        attempts::count(self.state, &self.counters()).await?.map_err(Denied::Wait)?;
        let mut conn = self.state.db.reader().await.map_err(StoreError::from)?;
        let before = store::member(&mut conn, self.member.id).await?.ok_or(Refusal::NotFound)?;
        drop(conn);
        let fits = password::verify(password.to_owned(), Some(before.password_hash.clone()), Lane::Known).await;
        if !fits.map_err(|_| Refusal::Unavailable)? {
            return Err(FieldError::new(Field::OldPassword, Problem::Wrong).into());
        }
        Ok(before)
    }

    /// Begins the change that a right password permits. What was read before the password was checked may be over: the
    /// answer is what is there now.
    async fn begin(&self, before: &StoredMember) -> Result<(Conn, StoredMember), Denied> {
        let mut tx = self.state.db.write().await?;
        let stored = self.stored(&mut tx).await?;
        if stored.password_hash != before.password_hash {
            return Err(FieldError::new(Field::OldPassword, Problem::Wrong).into());
        }
        attempts::forgive(&mut tx, &self.counters(), self.now()).await?;
        Ok((tx, stored))
    }

    async fn prove(&self, password: &str) -> Result<(Conn, StoredMember), Denied> {
        self.begin(&self.check(password).await?).await
    }

    /// Goes on under a new token; every other session ends, and no link opens any more.
    async fn go_on(&self, mut tx: Conn, stored: &StoredMember) -> Result<Opened, Denied> {
        store::remove_links(&mut tx, stored.member.id).await?;
        let ended = sessions::end_all(&mut tx, &stored.member).await?;
        let opened = sessions::renew(&mut tx, stored, self.from, self.now()).await?;
        tx.commit().await?;
        ended.close(self.state);
        Ok(opened)
    }

    /// `language` is that of the mail which tells of it.
    pub async fn change_password(&self, old: &str, new: NewPassword, language: &str) -> Result<Opened, Denied> {
        let before = self.check(old).await?;
        password::check(new.as_str(), &[&before.email, &before.member.name]).await?;
        // Before anything is locked: it takes a while.
        let password_hash = password::hash_slowly(new.as_str().to_owned()).await;
        let (mut tx, mut stored) = self.begin(&before).await?;
        stored.password_hash = password_hash;
        store::save_member(&mut tx, &stored).await?;
        store::forget_browsers(&mut tx, self.member.id).await?;
        if self.state.config.mail.is_some() {
            let language = stored.language.as_deref().unwrap_or(language);
            store::add_mail(&mut tx, MailKind::PasswordChanged, self.member.id, language, self.now()).await?;
        }
        self.note(&mut tx, Action::PasswordChanged, Detail::default()).await?;
        self.go_on(tx, &stored).await
    }

    /// Makes a secret for the second factor, which does not count before the first code.
    pub async fn begin_second_factor(&self, password: &str) -> Result<(), Denied> {
        let (mut tx, mut stored) = self.prove(password).await?;
        if stored.has_second_factor() {
            return Err(Refusal::Taken.into());
        }
        stored.totp_secret = Some(second_factor::new_secret());
        store::save_member(&mut tx, &stored).await?;
        Ok(tx.commit().await?)
    }

    pub async fn cancel_second_factor(&self) -> Result<(), Denied> {
        let mut tx = self.state.db.write().await?;
        let mut stored = self.stored(&mut tx).await?;
        if !stored.totp_confirmed {
            stored.totp_secret = None;
            store::save_member(&mut tx, &stored).await?;
        }
        Ok(tx.commit().await?)
    }

    /// The device has the secret: from now on it is asked for. Answers the recovery codes, to be shown once.
    pub async fn confirm_second_factor(&self, code: &str) -> Result<(Opened, Vec<String>), Denied> {
        let counters = [Counter::new(Guesser::Account, Door::Code, &self.member.id.to_string())];
        attempts::count(self.state, &counters).await?.map_err(Denied::Wait)?;
        let mut tx = self.state.db.write().await?;
        let mut stored = self.stored(&mut tx).await?;
        let secret = stored.totp_secret.clone().filter(|_| !stored.totp_confirmed).ok_or(Refusal::NotFound)?;
        let digits: String = code.chars().filter(char::is_ascii_digit).collect();
        let step = second_factor::step_of(&secret, &digits, self.now());
        stored.totp_step = step.ok_or(FieldError::new(Field::Code, Problem::Wrong))?;
        stored.totp_confirmed = true;
        store::save_member(&mut tx, &stored).await?;
        attempts::forgive(&mut tx, &counters, self.now()).await?;
        let codes = second_factor::renew_codes(&mut tx, self.member.id).await?;
        self.note(&mut tx, Action::SecondFactorOn, Detail::default()).await?;
        Ok((self.go_on(tx, &stored).await?, codes))
    }

    pub async fn end_second_factor(&self, password: &str) -> Result<Opened, Denied> {
        let (mut tx, mut stored) = self.prove(password).await?;
        (stored.totp_secret, stored.totp_confirmed) = (None, false);
        store::save_member(&mut tx, &stored).await?;
        store::set_recovery_codes(&mut tx, self.member.id, &[]).await?;
        self.note(&mut tx, Action::SecondFactorOff, Detail::default()).await?;
        self.go_on(tx, &stored).await
    }

    pub async fn renew_codes(&self, password: &str) -> Result<Vec<String>, Denied> {
        let (mut tx, stored) = self.prove(password).await?;
        if !stored.has_second_factor() {
            return Err(Refusal::NotFound.into());
        }
        let codes = second_factor::renew_codes(&mut tx, self.member.id).await?;
        self.note(&mut tx, Action::CodesRenewed, Detail::default()).await?;
        tx.commit().await?;
        Ok(codes)
    }

    /// Ends one of the member's own sessions, by the hash of its token.
    pub async fn end_session(&self, key: &str) -> Result<(), Denied> {
        let mut tx = self.state.db.write().await?;
        let own = store::sessions_of(&mut tx, self.member.id, self.now()).await?;
        if !own.iter().any(|session| session.token_hash == key) {
            return Err(Refusal::NotFound.into());
        }
        store::end_session(&mut tx, key).await?;
        store::announce_end(&mut tx, key).await?;
        self.note(&mut tx, Action::SessionEnded, Detail::default()).await?;
        tx.commit().await?;
        Ended(vec![key.to_owned()]).close(self.state);
        Ok(())
    }

    /// Signs out everywhere, here too.
    pub async fn end_all(&self) -> Result<(), Denied> {
        let mut tx = self.state.db.write().await?;
        let ended = sessions::end_all(&mut tx, self.member).await?;
        store::forget_browsers(&mut tx, self.member.id).await?;
        store::remove_links(&mut tx, self.member.id).await?;
        self.note(&mut tx, Action::SessionsEnded, ended.detail()).await?;
        tx.commit().await?;
        ended.close(self.state);
        Ok(())
    }
}

//! Links that open once: accepting an invitation, and choosing a new password.

use super::{
    AppState,
    accounts::Denied,
    audit, password,
    sessions::{self, Opened, Origin, Token},
};
use crate::{
    domain::{account_form::NewPassword, audit::Action, text::PersonName},
    store::{self, Conn, LinkKind, MailKind, StoredMember},
};

/// Looks at whose link it is, and whether the password will do, before the link is used up.
async fn prepare(state: &AppState, kind: LinkKind, token: &str, new: &NewPassword) -> Result<(String, String), Denied> {
    let hash = Token::parse(token).ok_or(Denied::LinkGone)?.hash();
    let now = state.config.clock.now();
    let mut conn = state.db.reader().await.map_err(store::StoreError::from)?;
    let member = store::link(&mut conn, &hash, kind, now).await?.ok_or(Denied::LinkGone)?;
    let stored = store::member(&mut conn, member).await?.ok_or(Denied::LinkGone)?;
    drop(conn);
    password::check(new.as_str(), &[&stored.email, &stored.member.name]).await?;
    Ok((hash, password::hash_slowly(new.as_str().to_owned()).await))
}

/// Uses the link up. All other links of the member are void with it.
async fn take(tx: &mut Conn, kind: LinkKind, hash: &str, now: i64) -> Result<StoredMember, Denied> {
    let member = store::take_link(tx, hash, kind, now).await?.ok_or(Denied::LinkGone)?;
    store::remove_links(tx, member).await?;
    let stored = store::member_to_change(tx, member).await?;
    stored.filter(|stored| !stored.is_erased()).ok_or(Denied::LinkGone)
}

/// Accepts an invitation, and begins the first session.
pub async fn join(
    state: &AppState,
    token: &str,
    name: PersonName,
    new: NewPassword,
    from: &Origin,
) -> Result<Opened, Denied> {
    let (hash, password_hash) = prepare(state, LinkKind::Invitation, token, &new).await?;
    let now = state.config.clock.now();
    let mut tx = state.db.write().await?;
    let mut stored = take(&mut tx, LinkKind::Invitation, &hash, now).await?;
    if stored.joined_at.is_some() {
        return Err(Denied::LinkGone);
    }
    stored.member.name = name.into_string();
    stored.password_hash = password_hash;
    (stored.active, stored.joined_at) = (true, Some(now));
    store::save_member(&mut tx, &stored).await?;
    store::remove_mails(&mut tx, stored.member.id).await?;
    store::add_audit(&mut tx, &audit::line(now, Action::Joined, Some(stored.member.id), from)).await?;
    let opened = sessions::open(&mut tx, &stored, from, now).await?;
    tx.commit().await?;
    Ok(opened)
}

/// Sets a new password, and ends every session. The second factor is asked for at the next signing in, as before.
/// `language` is that of the mail which tells of it.
pub async fn reset(
    state: &AppState,
    token: &str,
    new: NewPassword,
    from: &Origin,
    language: &str,
) -> Result<(), Denied> {
    let (hash, password_hash) = prepare(state, LinkKind::Reset, token, &new).await?;
    let now = state.config.clock.now();
    let mut tx = state.db.write().await?;
    let mut stored = take(&mut tx, LinkKind::Reset, &hash, now).await?;
    if !stored.active {
        return Err(Denied::LinkGone);
    }
    stored.password_hash = password_hash;
    store::save_member(&mut tx, &stored).await?;
    store::forget_browsers(&mut tx, stored.member.id).await?;
    let ended = sessions::end_all(&mut tx, &stored.member).await?;
    let line = audit::line(now, Action::PasswordReset, Some(stored.member.id), from).with(ended.detail());
    store::add_audit(&mut tx, &line).await?;
    if state.config.mail.is_some() {
        let language = stored.language.as_deref().unwrap_or(language);
        store::add_mail(&mut tx, MailKind::PasswordChanged, stored.member.id, language, now).await?;
    }
    tx.commit().await?;
    ended.close(state);
    Ok(())
}

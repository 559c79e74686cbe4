//! Sends the mail that waits: its words in the language of whoever gets it, its link made at the last moment. A mail
//! server that is down loses nothing.

use super::{Serve, people::address};
use crate::{
    domain::text,
    i18n::{self, Locale},
    server::{
        config::{Config, MailConfig},
        people,
    },
    store::{self, LinkKind, Mail, MailKind, StoreError, StoredMember},
    ui::language,
};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    address::AddressError,
    message::{Mailbox, MultiPart},
};
use std::time::Duration;

/// How often somebody looks whether there is mail.
const LOOK: Duration = Duration::from_secs(2);

/// While a mail is being sent nobody else takes it, in milliseconds.
const SENDING_MS: i64 = 2 * 60 * 1000;

/// Sending one mail takes no longer.
const TIMEOUT: Duration = Duration::from_secs(60);

/// A mail that could not be sent for so long is given up, in milliseconds: two days.
const PATIENCE_MS: i64 = 2 * 24 * 60 * 60 * 1000;

const HOUR_MS: i64 = 60 * 60 * 1000;

/// Why a mail was not sent.
#[derive(Debug, thiserror::Error)]
enum NotSent {
    #[error("{0}")]
    Store(#[from] StoreError),
    #[error("{0}")]
    Address(#[from] AddressError),
    #[error("{0}")]
    Message(#[from] lettre::error::Error),
    #[error("{0}")]
    Smtp(#[from] lettre::transport::smtp::Error),
    #[error("the mail server took too long")]
    Timeout,
}

/// What is wrong with how mail shall be sent, in a sentence.
pub fn check(config: &Config) -> Result<(), String> {
    let Some(mail) = &config.mail else { return Ok(()) };
    let from = mail.from.parse::<Mailbox>();
    from.map_err(|_| "ACT_BOARD_MAIL_FROM must look like: ACT Board <board@network.example>")?;
    let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&mail.url);
    transport.map_err(|_| "ACT_BOARD_SMTP_URL must look like: smtps://USER:PASSWORD@HOST")?;
    if is_in_the_clear(&mail.url) {
        return Err(
            "ACT_BOARD_SMTP_URL would send the password in the clear: use smtps://, or add ?tls=required".into()
        );
    }
    Ok(())
}

/// Whether what is sent could be read on its way to another machine.
fn is_in_the_clear(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("smtp://").filter(|_| !url.contains("tls=required")) else { return false };
    let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host).split(['/', '?']).next().unwrap_or_default();
    !["127.", "localhost", "[::1]"].iter().any(|local| host.starts_with(local))
}

/// Sends mail for as long as the server runs, if it is set up to.
pub async fn run(serve: Serve) {
    let Some(config) = serve.state.config.mail.clone() else { return };
    loop {
        match send_next(&serve, &config).await {
            Ok(true) => {}
            Ok(false) => tokio::time::sleep(LOOK).await,
            Err(_) if serve.state.db.is_closed() => return,
            Err(error) => {
                tracing::warn!(%error, "mail cannot be looked for");
                tokio::time::sleep(LOOK).await;
            }
        }
    }
}

/// Whether there was one that is due.
async fn send_next(serve: &Serve, config: &MailConfig) -> Result<bool, StoreError> {
    let now = serve.state.config.clock.now();
    let mut tx = serve.state.db.write().await?;
    let mail = store::take_mail(&mut tx, now, now + SENDING_MS).await?;
    tx.commit().await?;
    let Some(mail) = mail else { return Ok(false) };
    let sent = send(serve, config, &mail).await;
    let mut tx = serve.state.db.write().await?;
    match sent {
        Err(error) if now - mail.created_at < PATIENCE_MS => {
            // The server's words may name the address.
            tracing::warn!(kind = ?mail.kind, tries = mail.tries, "mail was not sent, and will be tried again");
            tracing::debug!(%error, "why");
            store::postpone_mail(&mut tx, mail.id, now + pause_ms(mail.tries)).await?;
        }
        Err(_) => {
            tracing::error!(kind = ?mail.kind, id = %mail.id, "mail could not be sent for two days, and is given up");
            store::remove_mail(&mut tx, mail.id).await?;
        }
        Ok(()) => store::remove_mail(&mut tx, mail.id).await?,
    }
    tx.commit().await?;
    Ok(true)
}

/// Five seconds, ten, twenty… an hour.
fn pause_ms(tries: i64) -> i64 {
    let doublings = u32::try_from(tries.clamp(1, 20) - 1).unwrap_or(0);
    5_000_i64.saturating_mul(2_i64.saturating_pow(doublings)).min(HOUR_MS)
}

async fn send(serve: &Serve, config: &MailConfig, mail: &Mail) -> Result<(), NotSent> {
    let now = serve.state.config.clock.now();
    let mut tx = serve.state.db.write().await?;
    let network = store::network(&mut tx).await?.unwrap_or_default().name;
    let Some(stored) = store::member(&mut tx, mail.member).await? else { return Ok(()) };
    let Some((link, hash)) = link(serve, &mut tx, mail, &stored, now).await? else { return Ok(()) };
    tx.commit().await?;
    let sent = write(config, mail, &stored, &network, &link).await;
    if sent.is_err() {
        // The next try makes another.
        let mut tx = serve.state.db.write().await?;
        store::remove_link(&mut tx, &hash).await?;
        tx.commit().await?;
    }
    sent
}

/// Writes the mail, and hands it to the server for mail.
async fn write(
    config: &MailConfig,
    mail: &Mail,
    stored: &StoredMember,
    network: &str,
    link: &str,
) -> Result<(), NotSent> {
    let locale = language::from_tag(&mail.language).unwrap_or(Locale::En);
    let (subject, body) = words(locale, mail.kind, &stored.member.name, network, link);
    let to = mailbox(stored)?;
    let from: Mailbox = config.from.parse()?;
    let html = format!("<!DOCTYPE html><html lang=\"{}\"><body>{}</body></html>", locale.tag(), html(&body, link));
    let message = Message::builder().message_id(None).from(from).to(to).subject(subject);
    let message = message.multipart(MultiPart::alternative_plain_html(body, html))?;
    let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&config.url)?.timeout(Some(TIMEOUT)).build();
    match tokio::time::timeout(TIMEOUT, transport.send(message)).await {
        Ok(sent) => Ok(sent.map(|_| ())?),
        Err(_) => Err(NotSent::Timeout),
    }
}

/// Built from its parts, and of a name in one line, so that it cannot become a header.
fn mailbox(stored: &StoredMember) -> Result<Mailbox, AddressError> {
    let name = stored.member.name.replace(char::is_control, " ");
    Ok(Mailbox::new(Some(name), stored.email.parse()?))
}

/// A fresh link for a mail that opens something, with the hash of its token; nothing if there is nothing to open any
/// more.
async fn link(
    serve: &Serve,
    tx: &mut store::Conn,
    mail: &Mail,
    stored: &StoredMember,
    now: i64,
) -> Result<Option<(String, String)>, StoreError> {
    let kind = match mail.kind {
        _ if stored.is_erased() => return Ok(None),
        MailKind::Invitation if stored.joined_at.is_none() => LinkKind::Invitation,
        MailKind::Reset if stored.active => LinkKind::Reset,
        MailKind::PasswordChanged if stored.active => {
            return Ok(Some((format!("{}/forgot", serve.state.config.public_url), String::new())));
        }
        _ => return Ok(None),
    };
    let token = people::new_link(tx, kind, mail.member, now).await?;
    Ok(Some((address(serve, kind, token.as_str()), token.hash())))
}

fn words(locale: Locale, kind: MailKind, name: &str, network: &str, link: &str) -> (String, String) {
    match kind {
        MailKind::Invitation => (
            i18n::mail::invitation_subject(locale, network),
            i18n::mail::invitation_body(locale, name, network, link, people::INVITATION_DAYS),
        ),
        MailKind::Reset => (
            i18n::mail::reset_subject(locale, network),
            i18n::mail::reset_body(locale, name, network, link, people::RESET_HOURS),
        ),
        MailKind::PasswordChanged => (
            i18n::mail::password_changed_subject(locale, network),
            i18n::mail::password_changed_body(locale, name, network, link),
        ),
    }
}

/// The same as HTML, the link one that can be clicked.
fn html(body: &str, link: &str) -> String {
    text::as_html(body).replace(link, &format!("<a href=\"{link}\">{link}</a>"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        accounts::{Member, Role},
        ids::{MemberId, OrgId},
    };

    #[test]
    fn no_password_travels_in_the_clear() {
        for url in ["smtp://a:b@mail.example", "smtp://a:b@mail.example:587?tls=opportunistic"] {
            assert!(is_in_the_clear(url), "{url}");
        }
        for url in ["smtps://a:b@mail.example", "smtp://a:b@mail.example:587?tls=required", "smtp://a:b@127.0.0.1:25"] {
            assert!(!is_in_the_clear(url), "{url}");
        }
    }

    #[test]
    fn pauses_grow_and_stay_within_an_hour() {
        assert_eq!([1, 2, 3, 30].map(pause_ms), [5_000, 10_000, 20_000, HOUR_MS]);
    }

    #[test]
    fn a_name_cannot_become_a_header() {
        let nil = uuid::Uuid::nil();
        let name = "Coordinator\r\nBcc: everybody@network.example".to_owned();
        let stored = StoredMember {
            member: Member { id: MemberId(nil), name, org: OrgId(nil), role: Role::Partner },
            email: "a@network.example".to_owned(),
            password_hash: String::new(),
            active: true,
            language: None,
            joined_at: None,
            totp_secret: None,
            totp_confirmed: false,
            totp_step: 0,
        };
        let to = mailbox(&stored).expect("an address");
        let message = Message::builder().from(to.clone()).to(to).subject("x\r\nBcc: b@network.example");
        let text = String::from_utf8(message.body(String::new()).expect("a message").formatted()).expect("text");
        assert!(!text.lines().any(|line| line.starts_with("Bcc:")), "{text}");
    }
}

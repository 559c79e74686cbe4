//! The second factor: six digits that change every half minute (RFC 6238, SHA-1, as every app has it), and codes for
//! the day when the device is lost.

use super::sessions::hex;
use crate::{
    domain::ids::MemberId,
    store::{self, Conn, StoreError, StoredMember},
};
use qrcode::{QrCode, render::svg};
use sha2::{Digest, Sha256};
use totp_rs::{Algorithm, Secret, TOTP};

const STEP_SECONDS: u64 = 30;

/// How many recovery codes there are.
const CODES: usize = 10;

/// A fresh secret of 160 bits, in base32.
pub fn new_secret() -> String {
    let mut bytes = [0; 20];
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    Secret::Raw(bytes.to_vec()).to_encoded().to_string()
}

fn totp(secret: &str, network: &str, email: &str) -> Option<TOTP> {
    // A colon would end the name of the network or the account in the address.
    let plain = |text: &str| text.replace(':', " ");
    let bytes = Secret::Encoded(secret.to_owned()).to_bytes().ok()?;
    TOTP::new(Algorithm::SHA1, 6, 0, STEP_SECONDS, bytes, Some(plain(network)), plain(email)).ok()
}

/// The secret as a picture that an app reads; empty for a secret that is none.
pub fn qr_svg(secret: &str, network: &str, email: &str) -> String {
    let network = if network.is_empty() { "ACT Board" } else { network };
    let url = totp(secret, network, email).map(|totp| totp.get_url());
    let code = url.and_then(|url| QrCode::new(url.as_bytes()).ok());
    code.map(|code| code.render::<svg::Color>().min_dimensions(200, 200).build()).unwrap_or_default()
}

/// The step of a code that is right now, or was a step ago, or will be: clocks differ.
pub fn step_of(secret: &str, code: &str, now_ms: i64) -> Option<i64> {
    let totp = totp(secret, "ACT Board", "account")?;
    let now = u64::try_from(now_ms / 1000).ok()? / STEP_SECONDS;
    let step = [now, now - 1, now + 1].into_iter().find(|step| totp.check(code, step * STEP_SECONDS))?;
    i64::try_from(step).ok()
}

/// Which of the two a code was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Used {
    App,
    RecoveryCode,
}

/// Uses a code up, of either kind; nothing if it is none of the member's, or was used before.
pub async fn use_code(
    tx: &mut Conn,
    stored: &StoredMember,
    code: &str,
    now_ms: i64,
) -> Result<Option<Used>, StoreError> {
    let code: String = code.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let secret = stored.totp_secret.as_deref().filter(|_| stored.totp_confirmed);
    if let Some(step) = secret.and_then(|secret| step_of(secret, &code, now_ms)) {
        let fresh = store::use_totp_step(tx, stored.member.id, step).await?;
        return Ok(fresh.then_some(Used::App));
    }
    let used = store::use_recovery_code(tx, stored.member.id, &hash(&code)).await?;
    Ok(used.then_some(Used::RecoveryCode))
}

/// Replaces a member's recovery codes; the new ones are to be shown once: "k7m2p-9xwqe".
pub async fn renew_codes(tx: &mut Conn, member: MemberId) -> Result<Vec<String>, StoreError> {
    let codes: Vec<String> = (0..CODES).map(|_| recovery_code()).collect();
    let hashes: Vec<String> = codes.iter().map(|code| hash(&code.replace('-', ""))).collect();
    store::set_recovery_codes(tx, member, &hashes).await?;
    Ok(codes)
}

/// Ten letters and digits, without those that look like others: 50 bits.
fn recovery_code() -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut bytes = [0_u8; 10];
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    let letter = |byte: &u8| char::from(LETTERS[usize::from(byte % 32)]);
    let (first, second) = bytes.split_at(5);
    format!("{}-{}", first.iter().map(letter).collect::<String>(), second.iter().map(letter).collect::<String>())
}

fn hash(code: &str) -> String {
    hex(&Sha256::digest(code.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_follow_the_standard_and_the_clock() {
        // RFC 6238, appendix B: the secret "12345678901234567890", 59 s after 1970 and later, the last six digits.
        let secret = Secret::Raw(b"12345678901234567890".to_vec()).to_encoded().to_string();
        assert_eq!(step_of(&secret, "287082", 59_000), Some(1));
        assert_eq!(step_of(&secret, "081804", 1_111_111_109_000), Some(37_037_036));
        assert_eq!(step_of(&secret, "287082", 89_000), Some(1), "a step late");
        assert_eq!(step_of(&secret, "287082", 121_000), None);
        assert_eq!(step_of(&secret, "287083", 59_000), None);
    }

    #[test]
    fn a_secret_is_shown_as_a_picture() {
        let svg = qr_svg(&new_secret(), "Balkans: ACT Now!", "coordinator@network.example");
        assert!(svg.contains("<svg") && !svg.contains("style="));
        let code = recovery_code();
        assert_eq!((code.len(), code.as_bytes()[5]), (11, b'-'));
    }
}

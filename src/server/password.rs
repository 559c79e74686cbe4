//! Passwords: Argon2id, 19 MiB of memory, 2 passes, 1 lane (OWASP's minimum for it), in PHC form.

use argon2::{Argon2, PasswordHash, PasswordHasher, PasswordVerifier, password_hash::SaltString};
use std::sync::LazyLock;
use tokio::sync::Semaphore;

/// Each check takes its memory and a core for a while; more at once would only starve everybody else.
static PLACES: Semaphore = Semaphore::const_new(2);

/// A hash of nothing that anybody knows, so that an unknown e-mail costs the same time as a wrong password.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash(salt().as_str()));

/// A fresh hash.
pub fn hash(password: &str) -> String {
    let salt = salt();
    let hash = Argon2::default().hash_password(password.as_bytes(), &salt);
    hash.expect("a generated salt has the right length, and no password is too long for Argon2").to_string()
}

/// 128 random bits.
fn salt() -> SaltString {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    SaltString::encode_b64(&bytes).expect("16 bytes are a salt's recommended length")
}

/// Whether the password belongs to the hash. Without a hash it takes as long, and says no.
pub async fn verify(password: String, hash: Option<String>) -> bool {
    let place = PLACES.acquire().await;
    let check = tokio::task::spawn_blocking(move || {
        // Given back when the work is done, also if nobody waits for it any more.
        let _place = place;
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.clone());
        let parsed = PasswordHash::new(&hash);
        known & parsed.is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    });
    check.await.unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_fits() {
        let stored = hash("demo-password");
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(verify("demo-password".into(), Some(stored.clone())).await);
        assert!(!verify("demo-passwore".into(), Some(stored)).await);
        assert!(!verify("demo-password".into(), None).await);
    }
}

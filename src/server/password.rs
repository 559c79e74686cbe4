//! Passwords: Argon2id, 19 MiB of memory, 2 passes, 1 lane (OWASP's minimum for it), in PHC form; and how soon one would
//! be guessed.

mod queue;

pub use queue::{Busy, Lane};

use crate::domain::fields::{Advice, Field, FieldError, Problem};
use argon2::{Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, password_hash::SaltString};
use queue::beside;
use std::sync::{
    LazyLock,
    atomic::{AtomicU64, Ordering},
};
use zxcvbn::{Score, feedback::Warning};

/// A hash of nothing that anybody knows, so that an unknown e-mail costs the same time as a wrong password.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash(salt().as_str()));

/// How many passwords were looked at since the start.
static CHECKED: AtomicU64 = AtomicU64::new(0);

/// How many passwords were looked at since the start: what guessing has cost.
pub fn checked() -> u64 {
    CHECKED.load(Ordering::Relaxed)
}

/// A fresh hash.
pub fn hash(password: &str) -> String {
    let salt = salt();
    let hash = Argon2::default().hash_password(password.as_bytes(), &salt);
    hash.expect("a generated salt has the right length, and no password is too long for Argon2").to_string()
}

/// The same beside the requests that are being answered.
pub async fn hash_slowly(password: String) -> String {
    beside(Lane::Known, move || hash(&password)).await.expect("hashing does not fail")
}

/// 128 random bits.
fn salt() -> SaltString {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    SaltString::encode_b64(&bytes).expect("16 bytes are a salt's recommended length")
}

/// Whether the password belongs to the hash. Without a hash it takes as long, and says no.
pub async fn verify(password: String, hash: Option<String>, lane: Lane) -> Result<bool, Busy> {
    let check = beside(lane, move || {
        CHECKED.fetch_add(1, Ordering::Relaxed);
        let hash = hash.filter(|hash| !hash.is_empty());
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.clone());
        let parsed = PasswordHash::new(&hash);
        known & parsed.is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    });
    check.await
}

/// Whether a hash was made with less than what is asked for now.
pub fn is_outdated(hash: &str) -> bool {
    let params = PasswordHash::new(hash).ok().and_then(|hash| Params::try_from(&hash).ok());
    params.is_none_or(|found| {
        let now = Params::default();
        found.m_cost() < now.m_cost() || found.t_cost() < now.t_cost() || found.p_cost() < now.p_cost()
    })
}

/// More of a password does not make the estimate any surer, but slow.
const ESTIMATED: usize = 60;

/// Refuses a password that would be guessed in less than some 100 million tries; `known` are words that anybody
/// connects with the account.
pub async fn check(password: &str, known: &[&str]) -> Result<(), FieldError> {
    let (password, known) = (password.to_owned(), known.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>());
    beside(Lane::Known, move || estimate(&password, &known)).await.expect("estimating does not fail")
}

fn estimate(password: &str, known: &[String]) -> Result<(), FieldError> {
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let parts = known.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    let known: Vec<&str> = known.iter().copied().chain(parts).collect();
    let start: String = password.chars().take(ESTIMATED).collect();
    let estimate = zxcvbn::zxcvbn(&start, &known);
    if estimate.score() >= Score::Three {
        return Ok(());
    }
    let advice = estimate.feedback().and_then(|feedback| feedback.warning()).map_or(Advice::More, advice);
    Err(FieldError::new(Field::Password, Problem::Weak(advice)))
}

fn advice(warning: Warning) -> Advice {
    match warning {
        Warning::StraightRowsOfKeysAreEasyToGuess | Warning::ShortKeyboardPatternsAreEasyToGuess => Advice::Keys,
        Warning::RepeatsLikeAaaAreEasyToGuess | Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess => {
            Advice::Repeats
        }
        Warning::SequencesLikeAbcAreEasyToGuess => Advice::Sequence,
        Warning::RecentYearsAreEasyToGuess | Warning::DatesAreOftenEasyToGuess => Advice::Date,
        Warning::AWordByItselfIsEasyToGuess => Advice::Word,
        Warning::NamesAndSurnamesByThemselvesAreEasyToGuess | Warning::CommonNamesAndSurnamesAreEasyToGuess => {
            Advice::Name
        }
        Warning::ThisIsATop10Password
        | Warning::ThisIsATop100Password
        | Warning::ThisIsACommonPassword
        | Warning::ThisIsSimilarToACommonlyUsedPassword => Advice::Common,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_fits() {
        let stored = hash("demo-password");
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        let fits =
            |password: &str, hash: Option<&str>| verify(password.to_owned(), hash.map(str::to_owned), Lane::Stranger);
        assert_eq!(fits("demo-password", Some(&stored)).await, Ok(true));
        assert_eq!(fits("demo-passwore", Some(&stored)).await, Ok(false));
        assert_eq!(fits("demo-password", None).await, Ok(false));
        assert_eq!(fits("", Some("")).await, Ok(false));
    }

    #[test]
    fn what_was_hashed_with_less_is_hashed_anew() {
        assert!(!is_outdated(&hash("demo-password")));
        assert!(is_outdated("$argon2id$v=19$m=4096,t=3,p=1$c2FsdHNhbHQ$Zm9vYmFyZm9vYmFyZm9vYmFyZm9vYmFy"));
        assert!(is_outdated(""));
    }

    #[test]
    fn a_password_that_is_soon_guessed_is_refused_with_advice() {
        let known = ["coordinator@astra.example".to_owned()];
        let problem = |password: &str| estimate(password, &known).err().map(|error| error.problem);
        assert_eq!(problem("wagon tulip seventeen gravel"), None);
        assert_eq!(problem("brzi voz za podgoricu kasni"), None);
        assert_eq!(problem("password1234"), Some(Problem::Weak(Advice::Common)));
        assert_eq!(problem("aaaaaaaaaaaa"), Some(Problem::Weak(Advice::Repeats)));
        assert!(matches!(problem("coordinator12"), Some(Problem::Weak(_))));
        assert!(matches!(problem("coordinator@astra.example"), Some(Problem::Weak(_))));
    }
}

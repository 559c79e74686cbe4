//! How guessing is slowed down: a few mistakes are free, then each costs twice the wait of the one before. The same for
//! accounts that exist and for those that do not.

/// Whose failures are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guesser {
    /// All who try one account, from browsers in which it was never signed in.
    Account,
    /// All who come from one address of the network: an office may share one.
    Address,
    /// One browser in which the account was signed in before, whatever others try elsewhere.
    Browser,
}

/// So many milliseconds without a failure wipe the slate clean: a day.
pub const FORGIVEN_MS: i64 = 24 * 60 * 60 * 1000;

/// How long to wait after so many failures in a row, in milliseconds: 1, 2, 4… seconds once the free ones are spent.
pub fn wait_ms(guesser: Guesser, failures: i64) -> i64 {
    let (free, most) = match guesser {
        Guesser::Account | Guesser::Browser => (5, 15 * 60),
        Guesser::Address => (30, 5 * 60),
    };
    match u32::try_from((failures - free).clamp(0, 60)) {
        Ok(beyond) if beyond > 0 => 1000 * 2_i64.saturating_pow(beyond - 1).min(most),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_are_free_and_guessing_is_not() {
        let waits = [0, 1, 5, 6, 7, 8, 15, 16, 17, 10_000, i64::MAX].map(|n| wait_ms(Guesser::Account, n) / 1000);
        assert_eq!(waits, [0, 0, 0, 1, 2, 4, 512, 900, 900, 900, 900]);
        let waits = [30, 31, 39, 40].map(|n| wait_ms(Guesser::Address, n) / 1000);
        assert_eq!(waits, [0, 1, 256, 300]);
    }
}

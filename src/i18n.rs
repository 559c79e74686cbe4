//! Every text that people read, made from `locales/` when the program is built: `i18n::board::empty(locale)`.
//! Only the user interface knows it.

#![allow(missing_docs, clippy::needless_pass_by_value)] // generated: the texts speak for themselves

include!(concat!(env!("OUT_DIR"), "/i18n.rs"));

/// A plural form, as far as our languages tell them apart (Unicode CLDR, cardinal).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    One,
    Few,
    Other,
}

/// The form that goes with a whole number.
pub fn plural(locale: Locale, n: i64) -> Form {
    let (last, last_two) = ((n % 10).abs(), (n % 100).abs());
    match locale {
        Locale::En if n == 1 => Form::One,
        Locale::En => Form::Other,
        Locale::SrCyrl | Locale::SrLatn => match (last, last_two) {
            (_, 11..=14) => Form::Other,
            (1, _) => Form::One,
            (2..=4, _) => Form::Few,
            _ => Form::Other,
        },
    }
}

/// What a plural can be chosen by.
pub trait Count: std::fmt::Display {
    fn number(&self) -> i64;
}

macro_rules! counts {
    ($($number:ty),*) => {$(
        impl Count for $number {
            fn number(&self) -> i64 {
                i64::try_from(*self).unwrap_or(i64::MAX)
            }
        }
    )*};
}

counts!(i32, i64, u32, usize);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_the_right_form() {
        let forms = |locale| [0, 1, 2, 5, 11, 12, 21, 22, 101, 111].map(|n| plural(locale, n));
        use Form::{Few, One, Other};
        assert_eq!(forms(Locale::En), [Other, One, Other, Other, Other, Other, Other, Other, Other, Other]);
        assert_eq!(forms(Locale::SrCyrl), [Other, One, Few, Other, Other, Other, One, Few, One, Other]);
        assert_eq!(forms(Locale::SrLatn), forms(Locale::SrCyrl));
    }
}

//! What an action item counts, and how far it is. Decimal throughout: these numbers are shown.

use super::{
    fields::{Field, FieldError, Problem},
    text::Unit,
};
use serde::{Deserialize, Deserializer, Serialize};

/// A decimal number with up to three decimals, within plus or minus a thousand million.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Quantity {
    thousandths: i64,
}

impl Quantity {
    const LIMIT: i64 = 1_000_000_000_000;

    pub fn from_thousandths(thousandths: i64) -> Option<Self> {
        (-Self::LIMIT..=Self::LIMIT).contains(&thousandths).then_some(Self { thousandths })
    }

    pub fn thousandths(self) -> i64 {
        self.thousandths
    }

    /// Reads "12", "-3.5" and "3,5". What could be groups of thousands is not read: "1.250" is a thousand and more to some
    /// of us and little more than one to others. With a zero behind it ("1.2500") it can only be the latter.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().replace(['−', '–'], "-").replace(',', ".");
        let (sign, digits) = text.strip_prefix('-').map_or((1, text.as_str()), |rest| (-1, rest));
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || whole.len() > 10 || !all_digits(whole) || !all_digits(decimals) {
            return None;
        }
        if could_be_thousands(whole, decimals) {
            return None;
        }
        let decimals = if decimals.len() == 4 { decimals.strip_suffix('0')? } else { decimals };
        if decimals.len() > 3 {
            return None;
        }
        let thousandths = format!("{whole}{decimals:0<3}").parse::<i64>().ok()?;
        Self::from_thousandths(sign * thousandths)
    }

    /// Without needless zeros, so that it reads back: "3.5" with `separator` '.', "12", "1.1250".
    pub fn format(self, separator: char) -> String {
        format_thousandths(self.thousandths, separator)
    }
}

/// Whether digits around a separator read as thousands, too: "1.000", "12,500", and not "0.125" or "1000.125".
fn could_be_thousands(whole: &str, decimals: &str) -> bool {
    decimals.len() == 3 && whole.len() <= 3 && !whole.starts_with('0')
}

/// A number of thousandths as a decimal, with one needless zero where it could be taken for thousands, else without.
pub(super) fn format_thousandths(thousandths: i64, separator: char) -> String {
    let sign = if thousandths < 0 { "-" } else { "" };
    let (whole, rest) = (thousandths.unsigned_abs() / 1000, thousandths.unsigned_abs() % 1000);
    let decimals = format!("{rest:03}");
    match decimals.trim_end_matches('0') {
        "" => format!("{sign}{whole}"),
        decimals if could_be_thousands(&whole.to_string(), decimals) => {
            format!("{sign}{whole}{separator}{decimals}0")
        }
        decimals => format!("{sign}{whole}{separator}{decimals}"),
    }
}

impl<'de> Deserialize<'de> for Quantity {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let thousandths = i64::deserialize(input)?;
        let error = FieldError::new(Field::Quantity, Problem::NotANumber);
        Self::from_thousandths(thousandths).ok_or_else(|| error.into_serde())
    }
}

/// A measure: unit, baseline, target, and the current value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Measure {
    pub unit: Unit,
    pub baseline: Quantity,
    pub target: Quantity,
    pub current: Quantity,
}

impl Measure {
    /// A measure whose target differs from its baseline.
    pub fn new(unit: Unit, baseline: Quantity, target: Quantity, current: Quantity) -> Result<Self, FieldError> {
        if baseline == target {
            return Err(FieldError::new(Field::Target, Problem::NoDistance));
        }
        Ok(Self { unit, baseline, target, current })
    }

    /// (current − baseline) / (target − baseline) in whole per cent, rounded down, held within 0 and 100. It serves
    /// a measure that should fall as well (EU logical framework).
    pub fn percent(&self) -> u8 {
        let (from, to) = (self.baseline.thousandths, self.target.thousandths);
        let percent = (self.current.thousandths - from) * 100 / (to - from);
        u8::try_from(percent.clamp(0, 100)).unwrap_or(0)
    }
}

/// The parts of a measure to change; whatever is `None` stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MeasureEdit {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub baseline: Option<Quantity>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<Quantity>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current: Option<Quantity>,
}

impl MeasureEdit {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What changes `before` into `after`.
    pub fn between(before: &Measure, after: &Measure) -> Self {
        fn changed<T: PartialEq + Clone>(before: &T, after: &T) -> Option<T> {
            (before != after).then(|| after.clone())
        }
        Self {
            unit: changed(&before.unit, &after.unit),
            baseline: changed(&before.baseline, &after.baseline),
            target: changed(&before.target, &after.target),
            current: changed(&before.current, &after.current),
        }
    }

    /// The measure with the edit in it; refused where two people together have taken the way to the target away.
    pub fn over(&self, measure: &Measure) -> Result<Measure, FieldError> {
        let unit = self.unit.clone().unwrap_or_else(|| measure.unit.clone());
        let or = |new: Option<Quantity>, old| new.unwrap_or(old);
        let (baseline, target) = (or(self.baseline, measure.baseline), or(self.target, measure.target));
        Measure::new(unit, baseline, target, or(self.current, measure.current))
    }

    /// This edit and a later one as one.
    pub fn then(self, later: Self) -> Self {
        Self {
            unit: later.unit.or(self.unit),
            baseline: later.baseline.or(self.baseline),
            target: later.target.or(self.target),
            current: later.current.or(self.current),
        }
    }
}

impl<'de> Deserialize<'de> for Measure {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Raw {
            unit: Unit,
            baseline: Quantity,
            target: Quantity,
            current: Quantity,
        }
        let raw = Raw::deserialize(input)?;
        Self::new(raw.unit, raw.baseline, raw.target, raw.current).map_err(FieldError::into_serde)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn measure(baseline: &str, target: &str, current: &str) -> Measure {
        let quantity = |text| Quantity::parse(text).unwrap();
        let unit = Unit::parse("towns").unwrap();
        Measure::new(unit, quantity(baseline), quantity(target), quantity(current)).unwrap()
    }

    #[test]
    fn numbers_are_read_as_typed_in_the_region() {
        for (text, written) in [
            ("3,5", "3.5"),
            ("3.50", "3.5"),
            ("0.500", "0.5"),
            ("1.2500", "1.25"),
            ("1.1250", "1.1250"),
            ("1000.125", "1000.125"),
            ("-0,25", "-0.25"),
            ("0", "0"),
            ("−7", "-7"),
        ] {
            assert_eq!(Quantity::parse(text).map(|q| q.format('.')), Some(written.to_owned()), "{text}");
        }
        for text in ["", "-", "1.2345", "1e3", "1 000", "1.000", "-12,500", "99999999999", "1.2.3", "ten"] {
            assert_eq!(Quantity::parse(text), None, "{text}");
        }
    }

    #[test]
    fn progress_knows_its_baseline_and_direction() {
        assert_eq!(measure("2", "7", "4").percent(), 40);
        assert_eq!(measure("40", "10", "25").percent(), 50);
        assert_eq!(measure("0", "3", "1").percent(), 33);
        assert_eq!(measure("0", "3", "9").percent(), 100);
        assert_eq!(measure("5", "9", "1").percent(), 0);
    }

    #[test]
    fn two_people_change_two_numbers_and_both_stay() {
        let before = measure("0", "10", "2");
        let one = MeasureEdit::between(&before, &measure("0", "10", "5"));
        let other = MeasureEdit::between(&before, &measure("0", "20", "2"));
        assert_eq!(other.over(&one.over(&before).unwrap()), Ok(measure("0", "20", "5")));
        let meets = MeasureEdit::between(&before, &measure("20", "10", "2"));
        assert!(meets.over(&other.over(&before).unwrap()).is_err(), "baseline and target are one now");
    }

    proptest! {
        #[test]
        fn a_written_number_reads_back(thousandths in -1_000_000_000_000_i64..=1_000_000_000_000) {
            let quantity = Quantity::from_thousandths(thousandths).unwrap();
            prop_assert_eq!(Quantity::parse(&quantity.format(',')), Some(quantity));
        }
    }
}

//! Values, targets and lights in words.

use crate::{
    domain::{
        day::Quarter,
        fields::Field,
        results::{
            fraction::Percent,
            indicator::Frequency,
            light::{Basis, Light, RULE},
            scale::{Accumulation, Direction},
            small_counts::Hidden,
            state::{State, Step},
            tree::Level,
            value::{Figure, Kind, Point, Value},
        },
    },
    i18n::{self, Locale},
    ui::kit::names,
};

/// "2026, Q4".
pub fn quarter(locale: Locale, quarter: Quarter) -> String {
    i18n::results::quarter(locale, quarter.year(), quarter.number())
}

pub fn level(locale: Locale, level: Level) -> &'static str {
    match level {
        Level::Impact => i18n::results::impact(locale),
        Level::Outcome => i18n::results::outcome(locale),
        Level::Output => i18n::results::output(locale),
    }
}

/// The title of the form of a new result.
pub fn new_node(locale: Locale, level: Level) -> &'static str {
    match level {
        Level::Impact => i18n::framework::new_impact(locale),
        Level::Outcome => i18n::framework::new_outcome(locale),
        Level::Output => i18n::framework::new_output(locale),
    }
}

pub fn kind(locale: Locale, kind: Kind) -> &'static str {
    match kind {
        Kind::Number => i18n::framework::number(locale),
        Kind::Ratio => i18n::framework::ratio(locale),
        Kind::Qualitative => i18n::framework::qualitative(locale),
    }
}

pub fn frequency(locale: Locale, frequency: Frequency) -> &'static str {
    match frequency {
        Frequency::Quarter => i18n::framework::every_quarter(locale),
        Frequency::HalfYear => i18n::framework::half_year(locale),
        Frequency::Year => i18n::framework::year(locale),
        Frequency::Once => i18n::framework::once(locale),
    }
}

pub fn light(locale: Locale, light: Light) -> &'static str {
    match light {
        Light::Green => i18n::light::green(locale),
        Light::Amber => i18n::light::amber(locale),
        Light::Red => i18n::light::red(locale),
        Light::Grey => i18n::light::grey(locale),
    }
}

/// The word that a light goes by in the style sheet.
pub fn light_class(light: Light) -> &'static str {
    match light {
        Light::Green => "light green",
        Light::Amber => "light amber",
        Light::Red => "light red",
        Light::Grey => "light grey",
    }
}

/// What a light rests on.
pub fn basis(locale: Locale, basis: Basis) -> String {
    match basis {
        Basis::Done(done) => i18n::light::done(locale, percent(locale, done)),
        Basis::Kept => i18n::light::kept(locale).to_owned(),
        Basis::NotKept => i18n::light::not_kept(locale).to_owned(),
        Basis::NoData => i18n::light::no_data(locale).to_owned(),
        Basis::NoTarget => i18n::light::no_target(locale).to_owned(),
        Basis::NoBaseline => i18n::light::no_baseline(locale).to_owned(),
        Basis::Qualitative => i18n::light::qualitative(locale).to_owned(),
        Basis::Withheld => i18n::light::withheld(locale).to_owned(),
    }
}

/// The rule, as it is shown beside the lights.
pub fn rule(locale: Locale) -> String {
    i18n::light::rule(locale, RULE.green_within, RULE.amber_within)
}

pub fn percent(locale: Locale, percent: Percent) -> String {
    i18n::results::percent(locale, percent.format(names::decimal(locale)))
}

/// "12", "45.5 % (10 of 22)", or words.
pub fn figure(locale: Locale, figure: &Figure) -> String {
    let sign = names::decimal(locale);
    match figure {
        Figure::Number(amount) => amount.format(sign),
        Figure::Words(words) => words.as_str().to_owned(),
        Figure::Hidden(hidden) => self::hidden(locale, *hidden).to_owned(),
        Figure::Ratio { numerator, denominator } => {
            let parts = i18n::results::parts(locale, numerator.format(sign), denominator.format(sign));
            match figure.percent() {
                Some(of) => i18n::results::ratio(locale, percent(locale, of), parts),
                None => parts,
            }
        }
    }
}

/// What stands in the place of a number that is not told.
pub fn hidden(locale: Locale, hidden: Hidden) -> &'static str {
    match hidden {
        Hidden::Small => i18n::results::small(locale),
        Hidden::Withheld => i18n::results::withheld(locale),
    }
}

pub fn value(locale: Locale, value: &Value) -> String {
    figure(locale, &value.into())
}

/// A baseline or target; of a ratio in per cent.
pub fn point(locale: Locale, kind: Kind, point: &Point) -> String {
    match point {
        Point::Words(words) => words.as_str().to_owned(),
        Point::Number(quantity) if kind == Kind::Ratio => {
            i18n::results::percent(locale, quantity.format(names::decimal(locale)))
        }
        Point::Number(quantity) => quantity.format(names::decimal(locale)),
    }
}

pub fn accumulation(locale: Locale, accumulation: Accumulation) -> &'static str {
    match accumulation {
        Accumulation::Cumulative => i18n::results::cumulative(locale),
        Accumulation::Periodic => i18n::results::periodic(locale),
        Accumulation::Latest => i18n::results::latest(locale),
    }
}

pub fn direction(locale: Locale, direction: Direction) -> &'static str {
    match direction {
        Direction::Increase => i18n::results::increase(locale),
        Direction::Decrease => i18n::results::decrease(locale),
    }
}

/// How readings add up and which way is better, in one line.
pub fn how(locale: Locale, accumulates: Accumulation, goes: Direction) -> String {
    i18n::results::how(locale, accumulation(locale, accumulates), direction(locale, goes))
}

pub fn state(locale: Locale, state: State) -> &'static str {
    match state {
        State::Draft => i18n::reading::draft(locale),
        State::Submitted => i18n::reading::submitted(locale),
        State::Returned => i18n::reading::returned(locale),
        State::Approved => i18n::reading::approved(locale),
    }
}

pub fn step(locale: Locale, step: Step) -> &'static str {
    match step {
        Step::Submit => i18n::reading::submit(locale),
        Step::Return => i18n::reading::give_back(locale),
        Step::Approve => i18n::reading::approve(locale),
        Step::Reopen => i18n::reading::reopen(locale),
    }
}

/// A state by its own word, for the style sheet and tests.
pub fn state_word(state: State) -> &'static str {
    match state {
        State::Draft => "draft",
        State::Submitted => "submitted",
        State::Returned => "returned",
        State::Approved => "approved",
    }
}

/// What a button of a step sends as `do`.
pub fn step_word(step: Step) -> &'static str {
    match step {
        Step::Submit => "submit",
        Step::Return => "return",
        Step::Approve => "approve",
        Step::Reopen => "reopen",
    }
}

/// The label of a field of a result, an indicator or a reading; other than an item's, where it has the same name.
pub fn field(locale: Locale, field: Field) -> &'static str {
    match field {
        Field::Objective => i18n::framework::objective(locale),
        Field::Parent => i18n::framework::place_of_result(locale),
        Field::Item => i18n::framework::item(locale),
        Field::IndicatorCode => i18n::framework::code(locale),
        Field::Unit => i18n::framework::unit(locale),
        Field::Kind => i18n::framework::kind(locale),
        Field::Direction => i18n::framework::direction(locale),
        Field::Accumulation => i18n::framework::accumulation(locale),
        Field::Baseline => i18n::framework::baseline(locale),
        Field::BaselineYear => i18n::framework::baseline_year(locale),
        Field::Target => i18n::results::targets(locale),
        Field::Frequency => i18n::framework::frequency(locale),
        Field::Lead => i18n::framework::responsible(locale),
        Field::Dimension => i18n::framework::dimensions(locale),
        Field::Light => i18n::framework::light(locale),
        Field::Numerator => i18n::reading::numerator(locale),
        Field::Denominator => i18n::reading::denominator(locale),
        Field::Period => i18n::reading::period(locale),
        other => match names::field(locale, other) {
            "" => i18n::reading::value(locale),
            label => label,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_reads_in_its_order() {
        assert_eq!(quarter(Locale::En, Quarter::new(2026, 4)), "2026, Q4");
    }
}

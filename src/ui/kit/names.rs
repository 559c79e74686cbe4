//! Names that the domain knows as words, in the reader's language.

use crate::{
    domain::{
        accounts::{Country, Role},
        fields::Field,
        plan::{Status, StatusKind},
    },
    i18n::{self, Locale},
    ui::head::Theme,
};

/// A status by its own name, else by its kind's.
pub fn status(locale: Locale, status: &Status) -> String {
    let kind = match status.kind {
        StatusKind::Planned => i18n::status::planned(locale),
        StatusKind::InProgress => i18n::status::in_progress(locale),
        StatusKind::Done => i18n::status::done(locale),
    };
    status.name.clone().unwrap_or_else(|| kind.to_owned())
}

/// A country's name; its code where we have none.
pub fn country(locale: Locale, country: Country) -> String {
    let name = match country.code() {
        "AL" => i18n::country::al(locale),
        "BA" => i18n::country::ba(locale),
        "ME" => i18n::country::me(locale),
        "MK" => i18n::country::mk(locale),
        "NL" => i18n::country::nl(locale),
        "RS" => i18n::country::rs(locale),
        code => return code.to_owned(),
    };
    name.to_owned()
}

/// A field of an item, or of a text of the results, as its label says.
pub fn field(locale: Locale, field: Field) -> &'static str {
    match field {
        Field::Title => i18n::form::title(locale),
        Field::Description => i18n::item::description(locale),
        Field::Objective => i18n::item::objective(locale),
        Field::Lead => i18n::item::lead(locale),
        Field::CoPartners => i18n::item::co_partners(locale),
        Field::Start => i18n::item::start(locale),
        Field::Due => i18n::item::due(locale),
        Field::Unit => i18n::item::unit(locale),
        Field::Baseline => i18n::item::baseline(locale),
        Field::Target => i18n::item::target(locale),
        Field::Current => i18n::item::current(locale),
        Field::Reason => i18n::form::reason(locale),
        Field::Statement => i18n::framework::statement(locale),
        Field::Assumptions => i18n::results::assumptions(locale),
        Field::Risks => i18n::results::risks(locale),
        Field::Indicator => i18n::framework::indicator_title(locale),
        Field::Definition => i18n::framework::definition(locale),
        Field::Verification => i18n::results::verification(locale),
        Field::Value => i18n::reading::value(locale),
        Field::Category => i18n::reading::shares(locale),
        Field::Narrative => i18n::reading::narrative(locale),
        Field::Evidence => i18n::reading::evidence(locale),
        Field::Why => i18n::framework::why(locale),
        _ => "",
    }
}

pub fn role(locale: Locale, role: Role) -> &'static str {
    match role {
        Role::Coordinator => i18n::role::coordinator(locale),
        Role::Partner => i18n::role::partner(locale),
        Role::Donor => i18n::role::donor(locale),
        Role::Observer => i18n::role::observer(locale),
    }
}

/// A language by its own name.
pub fn language(locale: Locale, language: Locale) -> &'static str {
    match language {
        Locale::En => i18n::language::en(locale),
        Locale::SrCyrl => i18n::language::sr_cyrl(locale),
        Locale::SrLatn => i18n::language::sr_latn(locale),
    }
}

pub fn theme(locale: Locale, theme: Theme) -> &'static str {
    match theme {
        Theme::Light => i18n::theme::light(locale),
        Theme::Dark => i18n::theme::dark(locale),
        Theme::System => i18n::theme::system(locale),
    }
}

/// The decimal sign of a language.
pub fn decimal(locale: Locale) -> char {
    if locale == Locale::En { '.' } else { ',' }
}

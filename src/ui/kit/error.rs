//! Errors in words: what happened, what stays safe, what to do.

use crate::{
    api::AppError,
    domain::{
        change::Refusal,
        fields::{Advice, Problem},
        guard,
        report::Section,
    },
    i18n::{self, Locale},
    ui::{
        data,
        head::{Head, set_status},
        kit::{
            icon::{Glyph, Icon},
            reply::Reply,
        },
        language::use_locale,
    },
};
use leptos::prelude::*;
use leptos_meta::Title;

/// What is wrong with a field.
pub fn problem(locale: Locale, problem: Problem) -> String {
    match problem {
        Problem::Missing => i18n::problem::missing(locale).to_owned(),
        Problem::TooLong { max } => i18n::problem::too_long(locale, max),
        Problem::NotADay => i18n::problem::not_a_day(locale).to_owned(),
        Problem::BeforeStart => i18n::problem::before_start(locale).to_owned(),
        Problem::NotANumber => i18n::problem::not_a_number(locale).to_owned(),
        Problem::NoDistance => i18n::problem::no_distance(locale).to_owned(),
        Problem::Unknown => i18n::problem::unknown(locale).to_owned(),
        Problem::NotYours => i18n::problem::not_yours(locale).to_owned(),
        Problem::Changed => i18n::problem::changed(locale).to_owned(),
        Problem::IdNumber => i18n::problem::id_number(locale).to_owned(),
        Problem::Personal(kind) => i18n::problem::personal(locale, looks_like(locale, kind)),
        Problem::PersonalHere => i18n::problem::personal_here(locale).to_owned(),
        Problem::LeadTwice => i18n::problem::lead_twice(locale).to_owned(),
        Problem::TooShort { min } => i18n::problem::too_short(locale, min),
        Problem::Weak(advice) => weak(locale, advice).to_owned(),
        Problem::NotAnEmail => i18n::problem::not_an_email(locale).to_owned(),
        Problem::InUse => i18n::problem::in_use(locale).to_owned(),
        Problem::Wrong => i18n::problem::wrong(locale).to_owned(),
        Problem::NotAnAddress => i18n::problem::not_an_address(locale).to_owned(),
        Problem::WrongRole => i18n::problem::wrong_role(locale).to_owned(),
        Problem::NotAWord => i18n::problem::not_a_word(locale).to_owned(),
        Problem::EndsBeforeStart => i18n::problem::ends_before_start(locale).to_owned(),
        Problem::TakesPart => i18n::problem::takes_part(locale).to_owned(),
        Problem::NotAQuarter => i18n::problem::not_a_quarter(locale).to_owned(),
        Problem::WrongLevel => i18n::problem::wrong_level(locale).to_owned(),
        Problem::WrongDirection => i18n::problem::wrong_direction(locale).to_owned(),
        Problem::WrongKind => i18n::problem::wrong_kind(locale).to_owned(),
        Problem::BelowZero => i18n::problem::below_zero(locale).to_owned(),
        Problem::Twice => i18n::problem::twice(locale).to_owned(),
        Problem::Locked => i18n::problem::locked(locale).to_owned(),
        Problem::NotOpen => i18n::problem::not_open(locale).to_owned(),
        Problem::InTheWay => i18n::problem::in_the_way(locale).to_owned(),
        Problem::Overtaken => i18n::problem::overtaken(locale).to_owned(),
        Problem::NoSuchItem => i18n::problem::no_such_item(locale).to_owned(),
        Problem::NotAYear => i18n::problem::not_a_year(locale).to_owned(),
        Problem::NoFurther => i18n::problem::no_further(locale).to_owned(),
        Problem::MoreThanWhole => i18n::problem::more_than_whole(locale).to_owned(),
        Problem::LastCoordinator => i18n::problem::last_coordinator(locale).to_owned(),
        Problem::TooMany { max } => i18n::problem::too_many(locale, max),
    }
}

/// What personal data a text seems to hold.
fn looks_like(locale: Locale, kind: guard::Kind) -> &'static str {
    match kind {
        guard::Kind::Id | guard::Kind::MaybeId => i18n::personal::number(locale),
        guard::Kind::Phone => i18n::personal::phone(locale),
        guard::Kind::Email => i18n::personal::email(locale),
        guard::Kind::Iban => i18n::personal::iban(locale),
        guard::Kind::Birth => i18n::personal::birth(locale),
        guard::Kind::Passport => i18n::personal::passport(locale),
    }
}

/// Why a password is soon guessed, and what to do about it.
fn weak(locale: Locale, advice: Advice) -> &'static str {
    match advice {
        Advice::Common => i18n::weak::common(locale),
        Advice::Keys => i18n::weak::keys(locale),
        Advice::Repeats => i18n::weak::repeats(locale),
        Advice::Sequence => i18n::weak::sequence(locale),
        Advice::Word => i18n::weak::word(locale),
        Advice::Name => i18n::weak::name(locale),
        Advice::Date => i18n::weak::date(locale),
        Advice::More => i18n::weak::more(locale),
    }
}

/// A failure in a heading and a sentence.
pub fn words(locale: Locale, error: &AppError) -> (&'static str, &'static str) {
    macro_rules! words {
        ($title:ident, $hint:ident) => {
            (i18n::error::$title(locale), i18n::error::$hint(locale))
        };
    }
    match error {
        AppError::SignedOut => words!(signed_out, signed_out_hint),
        AppError::WrongPassword => words!(wrong_password, wrong_password_hint),
        AppError::TooMany { .. } => words!(too_many, too_many_hint),
        AppError::LinkGone => words!(link_gone, link_gone_hint),
        AppError::SecondFactorMissing => words!(second_factor, second_factor_hint),
        AppError::Unreadable => words!(unreadable, unreadable_hint),
        AppError::TooLarge => words!(too_large, too_large_hint),
        AppError::Offline => words!(offline, offline_hint),
        AppError::Refused(refusal) => match refusal {
            Refusal::Forbidden => words!(forbidden, forbidden_hint),
            Refusal::NotFound => words!(not_found, not_found_hint),
            Refusal::Archived => words!(archived, archived_hint),
            Refusal::Taken => words!(taken, taken_hint),
            Refusal::Invalid(_) => words!(invalid, invalid_hint),
            Refusal::Conflict { .. } => words!(conflict, conflict_hint),
            Refusal::TooFast => words!(too_fast, too_fast_hint),
            Refusal::Unavailable => words!(unavailable, unavailable_hint),
            Refusal::NoSpace => words!(no_space, no_space_hint),
            Refusal::Failed => words!(failed, failed_hint),
        },
    }
}

/// The page of an address that leads nowhere.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! { <ErrorPage error=AppError::Refused(Refusal::NotFound)/> }
}

/// The page that stands for all others when the server has already failed; `None` when it has not.
pub fn failure_page() -> Option<AnyView> {
    let failure = data::shared(|| use_context::<Head>().and_then(|head| head.failure));
    failure.map(|error| view! { <ErrorPage error=error/> }.into_any())
}

/// A page that failed; it answers with the error's status.
#[component]
pub fn ErrorPage(error: AppError) -> impl IntoView {
    view! { <main id="main" tabindex="-1"><ErrorBody error=error/></main> }
}

/// The same within a page.
#[component]
pub fn ErrorBody(error: AppError, #[prop(optional)] heading_id: Option<&'static str>) -> impl IntoView {
    set_status(error.status());
    let locale = use_locale();
    let (title, hint) = words(locale, &error);
    let signed_out = error == AppError::SignedOut;
    view! {
        <Title text=i18n::frame::title(locale, title)/>
        <div class="narrow">
            <h1 id=heading_id>{title}</h1>
            <p>{hint}</p>
            <Typed/>
            <p class="actions">
                {signed_out
                    .then(|| view! { <a class="button primary" href="/sign-in">{i18n::frame::sign_in(locale)}</a> })}
                <a class="button" href="/board">{i18n::error::home(locale)}</a>
            </p>
        </div>
    }
}

/// The texts of a form that led nowhere: nobody should have to write them again.
#[component]
fn Typed() -> impl IntoView {
    let locale = use_locale();
    let reply = Reply::current()?;
    let texts = ["title", "description", "value", "narrative", "evidence", "why"]
        .into_iter()
        .chain(Section::ALL.map(Section::slug).into_iter().filter(|name| *name != "description"))
        .filter_map(|name| reply.value(name).map(str::to_owned));
    let texts: Vec<_> = texts
        .filter(|text| !text.is_empty())
        .map(|text| view! { <blockquote class="theirs typed">{text}</blockquote> })
        .collect();
    (!texts.is_empty()).then(|| view! { <p>{i18n::error::typed(locale)}</p> {texts} })
}

/// A failure above the content that it left unchanged.
#[component]
pub fn ErrorNote(error: AppError) -> impl IntoView {
    let locale = use_locale();
    let (title, hint) = words(locale, &error);
    view! {
        <div class="note bad" role="alert">
            <Icon glyph=Glyph::Warning/>
            <p><strong>{title}</strong>" "{hint}</p>
        </div>
    }
}

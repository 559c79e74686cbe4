//! The form of a reading while it is open.

use super::{draft::Draft, shown::shown, told};
use crate::{
    api::AppError,
    domain::{
        change::Refusal,
        fields::{Field, Problem},
        results::{
            command::Basis,
            form::{MAX_EVIDENCE, share_name, values_of},
            indicator::Indicator,
            reading::Reading,
            value::Kind,
        },
        text::{Citation, Narrative, Reason, Wording},
    },
    i18n::{self, Locale},
    ui::{
        browser,
        kit::{
            input::{TextArea, TextLine},
            reply::Reply,
        },
        line::{Line, SavedMark},
        results::filled::{Filled, asks_for_a_reason},
    },
};
use leptos::{ev, prelude::*};

/// What a form is drawn from.
pub struct Open<'a> {
    pub locale: Locale,
    pub line: Line,
    pub indicator: &'a Indicator,
    pub reading: Option<&'a Reading>,
    pub reply: Option<&'a Reply>,
    pub draft: Draft,
    /// Where it is sent without a script.
    pub address: String,
    /// What has the focus after it, for who enters one reading after the other.
    pub next: Option<String>,
}

pub fn form(open: Open) -> AnyView {
    let Open { locale, line, indicator, reading, reply, draft, address, next } = open;
    let values = reply.map_or_else(|| values_of(indicator, reading), |reply| reply.values.clone());
    let drawn = values.clone();
    let (prefix, live) = (format!("i-{}", indicator.id), Some(draft.reply));
    let filled = Filled { locale, prefix, values, reply: reply.cloned(), live };
    let overtaken = reply.is_some_and(is_overtaken);
    let narrative = filled.named("narrative", Field::Narrative).optional().with_hint(i18n::reading::never(locale));
    let evidence = filled.named("evidence", Field::Evidence).optional().with_hint(i18n::reading::evidence_hint(locale));
    let (of, their) = (indicator.clone(), reading.cloned());
    let theirs = move || (overtaken && draft.came_back.get()).then(|| theirs(locale, &of, their.as_ref()));
    Effect::new(move || {
        if draft.form.get().is_some() {
            draft.mounted(&drawn);
        }
    });
    view! {
        <form
            class="form"
            method="post"
            action=address
            novalidate
            node_ref=draft.form
            on:input=move |_| draft.typed()
            on:change=move |_| {
                draft.save(false);
            }
            on:submit=move |event| sent(draft, next.as_deref(), &event)
        >
            {hidden_fields(&filled, reading, overtaken)}
            {value_fields(&filled, indicator)}
            {share_fields(&filled, indicator)}
            <TextArea input=narrative rows=3 max=Narrative::MAX/>
            <TextArea input=evidence rows=2 max=EVIDENCE_MAX/>
            {theirs}
            {reason(filled, draft)}
            {beyond_fields(locale, draft)}
            {contest(locale, indicator.clone(), draft)}
            <div class="actions">
                <button class="button" name="do" value="save">{i18n::reading::save(locale)}</button>
                <button class="button primary" name="do" value="submit">{i18n::reading::submit(locale)}</button>
                <div class="with-script"><SavedMark locale=locale line=line saved=draft.saved/></div>
            </div>
        </form>
    }
    .into_any()
}

/// With a script: saves and goes on to the next, or hands it over for approval.
fn sent(draft: Draft, next: Option<&str>, event: &ev::SubmitEvent) {
    event.prevent_default();
    match browser::submitter(event) {
        Some((_, word)) if word == "submit" => draft.submit(),
        _ if draft.save(true) => {
            if let Some(next) = next {
                browser::focus(next);
            }
        }
        _ => browser::focus_soon("[aria-invalid=true]".to_owned()),
    }
}

fn is_overtaken(reply: &Reply) -> bool {
    let overtaken = |error: &AppError| error.fields().iter().any(|error| error.problem == Problem::Overtaken);
    matches!(reply.error, AppError::Refused(Refusal::Conflict { .. })) || overtaken(&reply.error)
}

/// What is wrong and stands in no field of the form; what the page came back with stands above the form already.
fn beyond_fields(locale: Locale, draft: Draft) -> impl IntoView {
    move || {
        let reply = draft.reply.get().filter(|_| !draft.came_back.get())?;
        (!stands_in_fields(&reply.error)).then(|| told(locale, &reply))
    }
}

fn stands_in_fields(error: &AppError) -> bool {
    let own = [
        Field::Value,
        Field::Numerator,
        Field::Denominator,
        Field::Category,
        Field::Narrative,
        Field::Evidence,
        Field::Reason,
    ];
    let errors = error.fields();
    !errors.is_empty() && errors.iter().all(|error| own.contains(&error.field))
}

/// What is sent beside what is typed. Once theirs has been shown, the next save is made from it.
fn hidden_fields(filled: &Filled, reading: Option<&Reading>, overtaken: bool) -> impl IntoView + use<> {
    let (basis, from) = match (overtaken, reading) {
        (true, Some(reading)) => {
            let basis = serde_json::to_string(&Basis::of(Some(reading))).unwrap_or_default();
            (basis, reading.narrative.version.to_string())
        }
        _ => (filled.value("basis"), filled.value("narrative_from")),
    };
    let (indicator, reading) = (filled.value("indicator"), filled.value("reading"));
    view! {
        <input type="hidden" name="indicator" value=indicator/>
        <input type="hidden" name="reading" value=reading/>
        <input type="hidden" name="basis" value=basis/>
        <input type="hidden" name="narrative_from" value=from/>
    }
}

fn theirs(locale: Locale, indicator: &Indicator, reading: Option<&Reading>) -> impl IntoView + use<> {
    view! {
        <blockquote class="theirs" data-testid="theirs">
            <p><strong>{i18n::problem::theirs(locale)}</strong></p>
            {shown(locale, indicator, reading)}
        </blockquote>
    }
}

/// What somebody else made of it meanwhile, and the choice between both.
fn contest(locale: Locale, indicator: Indicator, draft: Draft) -> impl IntoView {
    move || {
        let their = draft.theirs.get()?;
        Some(view! {
            <div class="note bad" role="alert">
                <div>
                    <p>{i18n::merge::hint(locale)}</p>
                    {theirs(locale, &indicator, Some(&their))}
                    <p class="actions">
                        <button class="button" type="button" on:click=move |_| draft.keep_mine()>
                            {i18n::merge::keep_mine(locale)}
                        </button>
                        <button class="button" type="button" on:click=move |_| draft.take_theirs()>
                            {i18n::merge::keep_theirs(locale)}
                        </button>
                    </p>
                </div>
            </div>
        })
    }
}

/// Why what looks like personal data may stay, once it was asked for.
fn reason(filled: Filled, draft: Draft) -> impl IntoView {
    let asked_before = filled.asks_for_a_reason();
    let asks = Memo::new(move |_| draft.reply.with(|reply| reply.as_ref().is_some_and(asks_for_a_reason)));
    move || {
        (asked_before || asks.get()).then(|| {
            let hint = i18n::form::reason_hint(filled.locale);
            let reason = filled.named("reason", Field::Reason).with_hint(hint);
            view! { <div class="confirm"><TextLine input=reason max=Reason::MAX/></div> }
        })
    }
}

/// The most characters of all lines of evidence.
const EVIDENCE_MAX: usize = MAX_EVIDENCE * (Citation::MAX + 1);

fn value_fields(filled: &Filled, indicator: &Indicator) -> AnyView {
    let unit = indicator.unit.as_str();
    match indicator.scale.kind() {
        Kind::Number => {
            let label = i18n::reading::value_in(filled.locale, unit);
            view! { <TextLine input=filled.input("value", Field::Value, label) inputmode="decimal"/> }.into_any()
        }
        Kind::Qualitative => {
            view! { <TextLine input=filled.named("value", Field::Value) max=Wording::MAX/> }.into_any()
        }
        Kind::Ratio => view! {
            <div class="pair">
                <TextLine input=filled.named("numerator", Field::Numerator) inputmode="decimal"/>
                <TextLine input=filled.named("denominator", Field::Denominator) inputmode="decimal"/>
            </div>
        }
        .into_any(),
    }
}

/// The value by category: a group of fields a dimension.
fn share_fields(filled: &Filled, indicator: &Indicator) -> impl IntoView + use<> {
    let kind = indicator.scale.kind();
    let hint =
        || (kind == Kind::Ratio).then(|| view! { <p class="hint">{i18n::reading::share_hint(filled.locale)}</p> });
    let groups: Vec<_> = indicator
        .dimensions
        .iter()
        .enumerate()
        .map(|(d, dimension)| {
            let fields: Vec<_> = dimension
                .categories()
                .iter()
                .enumerate()
                .map(|(c, category)| {
                    let problem = if c == 0 { Field::Category } else { Field::Period };
                    let input = filled.input(share_name(d, c), problem, category.as_str().to_owned()).optional();
                    // Keys for numbers have no stroke between two.
                    let inputmode = (kind == Kind::Number).then_some("decimal");
                    view! { <TextLine input=input inputmode=inputmode/> }
                })
                .collect();
            view! {
                <fieldset class="group">
                    <legend>{i18n::reading::by(filled.locale, dimension.name().as_str())}</legend>
                    {hint()}
                    <div class="pair">{fields}</div>
                </fieldset>
            }
        })
        .collect();
    groups
}

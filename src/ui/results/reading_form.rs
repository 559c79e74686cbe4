//! One indicator's reading of a quarter: its form while it is open, its value and the next steps after.

use super::{address, words};
use crate::{
    api::{AppError, results::ResultsView},
    domain::{
        accounts::Viewer,
        change::Refusal,
        fields::{Field, FieldError, Problem},
        results::{
            form::{MAX_EVIDENCE, share_name, values_of},
            indicator::Indicator,
            reading::{Evidence, Reading},
            state::{State, Step},
            value::Kind,
        },
        text::{Citation, Narrative, Reason, Text, Wording},
    },
    i18n::{self, Locale},
    ui::kit::{
        error::{self, ErrorNote},
        icon::{Glyph, Icon},
        input::{Input, TextArea, TextLine},
        reply::Reply,
    },
};
use leptos::prelude::*;
use std::borrow::Cow;

#[component]
pub fn ReadingCard<'a>(
    locale: Locale,
    view: &'a ResultsView,
    viewer: &'a Viewer,
    indicator: &'a Indicator,
    reply: Option<Reply>,
) -> impl IntoView + use<> {
    let reading = view.results.reading(indicator.id, view.period);
    let locked = view.results.locks.holds(view.period);
    let is_open = !locked && reading.is_none_or(|reading| reading.state.is_open());
    // What was typed stays before its author's eyes, also when the reading has been closed meanwhile.
    let typed = reply.as_ref().filter(|reply| matches!(reply.value("do"), Some("save" | "submit")));
    let body = match is_open || typed.is_some() {
        true => form(locale, view, indicator, reading, typed),
        false => shown(locale, indicator, reading),
    };
    let told = reply.as_ref().map(|reply| told(locale, reply));
    let steps = reading.map(|reading| steps(locale, view, viewer, indicator, reading, reply.as_ref()));
    let expected = indicator.frequency.expects(view.period, view.frame.plan.ends.quarter());
    let not_due = (!expected).then(|| view! { <p class="quiet">{i18n::reading::not_expected(locale)}</p> });
    let id = format!("i-{}", indicator.id);
    view! {
        <li id=id.clone() class="reading" aria-labelledby=format!("{id}-title")>
            {heading(locale, view, &id, indicator, reading)}
            {not_due}
            {before(locale, view, indicator)}
            {told}
            {body}
            {steps}
        </li>
    }
}

fn heading(
    locale: Locale,
    view: &ResultsView,
    id: &str,
    indicator: &Indicator,
    reading: Option<&Reading>,
) -> impl IntoView + use<> {
    let who = view.frame.organisation(indicator.responsible).map(|org| org.short_name.clone());
    let state = reading.map(|reading| {
        let (word, words) = (words::state_word(reading.state), words::state(locale, reading.state));
        view! { <span class="state" data-state=word>{words}</span> }
    });
    view! {
        <h2 id=format!("{id}-title")>
            <span class="code">{indicator.code.as_str().to_owned()}</span>
            " "
            {indicator.title.body.clone()}
            " "
            <span class="quiet">{who}</span>
            " "
            {state}
        </h2>
    }
}

/// That nothing was done, and why: the fields that are wrong by name, or what stands in the way.
pub fn told(locale: Locale, reply: &Reply) -> AnyView {
    let errors = reply.error.fields();
    if errors.is_empty() {
        return view! { <ErrorNote error=reply.error.clone()/> }.into_any();
    }
    let items: Vec<_> = errors
        .iter()
        .map(|wrong| {
            let label = words::field(locale, wrong.field);
            view! { <li>{label}": "{error::problem(locale, wrong.problem)}</li> }
        })
        .collect();
    view! {
        <div class="note bad" role="alert">
            <Icon glyph=Glyph::Warning/>
            <div>
                <p><strong>{i18n::problem::summary(locale)}</strong></p>
                <ul>{items}</ul>
            </div>
        </div>
    }
    .into_any()
}

/// What was read last, what was aimed at.
fn before(locale: Locale, view: &ResultsView, indicator: &Indicator) -> impl IntoView + use<> {
    let earlier = view.results.readings.iter().filter(|it| it.indicator == indicator.id && it.period < view.period);
    let last = earlier.max_by_key(|reading| reading.period).map(|reading| {
        let period = words::quarter(locale, reading.period);
        let last = i18n::reading::last(locale, words::value(locale, &reading.value), period);
        match reading.state {
            State::Approved => last,
            state => format!("{last}, {}", words::state(locale, state)),
        }
    });
    let target = indicator.scale.target_to_date(view.period).or(indicator.scale.last_target()).map(|target| {
        let value = words::point(locale, indicator.scale.kind(), &target.value);
        i18n::reading::target(locale, words::quarter(locale, target.period), value)
    });
    let how = words::how(locale, indicator.scale.accumulation(), indicator.scale.direction());
    view! {
        <p class="quiet">
            {last.unwrap_or_else(|| i18n::reading::none_before(locale).to_owned())}
            {target.map(|target| format!(" · {target}"))}
            {format!(" · {how}")}
        </p>
    }
}

/// A reading that cannot be changed now, with all that a reviewer has to see.
fn shown(locale: Locale, indicator: &Indicator, reading: Option<&Reading>) -> AnyView {
    let Some(reading) = reading else {
        return view! { <p class="quiet">{i18n::results::no_data(locale)}</p> }.into_any();
    };
    let shares: Vec<_> = reading
        .shares
        .iter()
        .map(|share| {
            let value = words::value(locale, &share.value);
            view! { <div><dt>{share.category.as_str().to_owned()}</dt><dd>{value}</dd></div> }
        })
        .collect();
    let shares = (!shares.is_empty()).then(|| view! { <dl class="parts">{shares}</dl> });
    let narrative = reading.narrative.body.clone();
    let narrative = (!narrative.is_empty()).then(|| view! { <p class="typed">{narrative}</p> });
    let evidence: Vec<_> = reading.evidence.iter().map(|one| view! { <li>{shown_evidence(one)}</li> }).collect();
    let evidence = (!evidence.is_empty()).then(|| {
        view! {
            <p class="quiet">{i18n::reading::evidence(locale)}</p>
            <ul class="lines">{evidence}</ul>
        }
    });
    view! {
        <p><strong>{words::value(locale, &reading.value)}</strong>" "{indicator.unit.as_str().to_owned()}</p>
        {shares}
        {narrative}
        {evidence}
    }
    .into_any()
}

fn shown_evidence(evidence: &Evidence) -> AnyView {
    match evidence {
        Evidence::Citation(citation) => citation.as_str().to_owned().into_any(),
        Evidence::Link(link) => {
            let (address, words) = (link.as_str().to_owned(), link.as_str().to_owned());
            view! { <a href=address rel="external noopener noreferrer">{words}</a> }.into_any()
        }
    }
}

/// What a form is filled with, and what is wrong with it.
struct Filled {
    locale: Locale,
    /// Before the ids of its fields, since the page has many forms.
    prefix: String,
    values: Vec<(String, String)>,
    reply: Option<Reply>,
}

impl Filled {
    fn input(&self, name: impl Into<Cow<'static, str>>, field: Field, label: impl Into<Cow<'static, str>>) -> Input {
        let (name, label) = (name.into(), label.into());
        let value = self.values.iter().find(|value| value.0 == name).map(|value| value.1.clone()).unwrap_or_default();
        let problem = self.reply.as_ref().and_then(|reply| reply.problem(field));
        let id = format!("{}-{name}", self.prefix);
        Input { locale: self.locale, id, name, label, hint: None, optional: false, problem, value }
    }

    fn named(&self, name: &'static str, field: Field) -> Input {
        self.input(name, field, words::field(self.locale, field))
    }

    /// Also while something else is wrong: what was said once is not asked again.
    fn asks_for_a_reason(&self) -> bool {
        let asks = |error: &FieldError| matches!(error.problem, Problem::Personal(_)) || error.field == Field::Reason;
        let said = self.values.iter().any(|value| value.0 == "reason" && !value.1.is_empty());
        said || self.reply.as_ref().is_some_and(|reply| reply.error.fields().iter().any(asks))
    }

    /// The version by somebody else that stands in the way.
    fn theirs(&self) -> Option<&Text> {
        match self.reply.as_ref().map(|reply| &reply.error) {
            Some(AppError::Refused(Refusal::Conflict { theirs, .. })) => Some(theirs),
            _ => None,
        }
    }
}

fn form(
    locale: Locale,
    view: &ResultsView,
    indicator: &Indicator,
    reading: Option<&Reading>,
    reply: Option<&Reply>,
) -> AnyView {
    let values = reply.map_or_else(|| values_of(indicator, reading), |reply| reply.values.clone());
    let filled = Filled { locale, prefix: format!("i-{}", indicator.id), values, reply: reply.cloned() };
    let hidden = |name: &'static str| {
        let value = filled.input(name, Field::Reading, "").value;
        view! { <input type="hidden" name=name value=value/> }
    };
    // The next save is made from theirs, once that has been shown.
    let from = filled
        .theirs()
        .map_or_else(|| filled.input("narrative_from", Field::Reading, "").value, |theirs| theirs.version.to_string());
    let theirs = filled.theirs().map(|theirs| {
        view! {
            <blockquote class="theirs">
                <p><strong>{i18n::problem::theirs(locale)}</strong></p>
                <p class="typed">{theirs.body.clone()}</p>
            </blockquote>
        }
    });
    let returned = reading.and_then(|reading| reading.why.as_ref()).map(|why| {
        view! { <p class="note">{i18n::reading::returned_because(locale, why.as_str())}</p> }
    });
    let address = format!("{}#i-{}", address::of(address::READINGS, view.period), indicator.id);
    let narrative = filled.named("narrative", Field::Narrative).optional().with_hint(i18n::reading::never(locale));
    let evidence = filled.named("evidence", Field::Evidence).optional().with_hint(i18n::reading::evidence_hint(locale));
    let reason = filled.asks_for_a_reason().then(|| {
        let reason = filled.named("reason", Field::Reason).with_hint(i18n::form::reason_hint(locale));
        view! { <div class="confirm"><TextLine input=reason max=Reason::MAX/></div> }
    });
    view! {
        {returned}
        <form class="form" method="post" action=address novalidate>
            {hidden("indicator")}
            {hidden("reading")}
            <input type="hidden" name="narrative_from" value=from/>
            {value_fields(&filled, indicator)}
            {share_fields(&filled, indicator)}
            <TextArea input=narrative rows=3 max=Narrative::MAX/>
            {theirs}
            <TextArea input=evidence rows=2 max=EVIDENCE_MAX/>
            {reason}
            <p class="actions">
                <button class="button" name="do" value="save">{i18n::reading::save(locale)}</button>
                <button class="button primary" name="do" value="submit">{i18n::reading::submit(locale)}</button>
            </p>
        </form>
    }
    .into_any()
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
                    let problem = if c == 0 { Field::Category } else { Field::Reading };
                    let input = filled.input(share_name(d, c), problem, category.as_str().to_owned()).optional();
                    view! { <TextLine input=input inputmode="decimal"/> }
                })
                .collect();
            view! {
                <fieldset class="group">
                    <legend>{i18n::reading::by(filled.locale, dimension.name().as_str())}</legend>
                    <div class="pair">{fields}</div>
                </fieldset>
            }
        })
        .collect();
    groups
}

/// The buttons that bring a reading on its way; submitting is the form's own.
fn steps(
    locale: Locale,
    view: &ResultsView,
    viewer: &Viewer,
    indicator: &Indicator,
    reading: &Reading,
    reply: Option<&Reply>,
) -> impl IntoView + use<> {
    let locked = view.results.locks.holds(view.period);
    let steps = Step::offered(viewer, indicator.responsible, reading.state, locked);
    let steps = steps.into_iter().filter(|step| *step != Step::Submit);
    let forms: Vec<_> = steps.map(|step| step_form(locale, view, indicator, reading, step, reply)).collect();
    (!forms.is_empty()).then(|| view! { <div class="reading-steps">{forms}</div> })
}

fn step_form(
    locale: Locale,
    view: &ResultsView,
    indicator: &Indicator,
    reading: &Reading,
    step: Step,
    reply: Option<&Reply>,
) -> impl IntoView + use<> {
    let word = words::step_word(step);
    let reply = reply.filter(|reply| reply.value("do") == Some(word)).cloned();
    let values = reply.as_ref().map(|reply| reply.values.clone()).unwrap_or_default();
    let filled = Filled { locale, prefix: format!("i-{}-{word}", indicator.id), values, reply };
    let why = matches!(step, Step::Return | Step::Reopen).then(|| {
        let why =
            filled.input("why", Field::Reason, i18n::reading::why(locale)).with_hint(i18n::reading::why_hint(locale));
        view! { <TextLine input=why max=Reason::MAX/> }
    });
    let address = format!("{}#i-{}", address::of(address::READINGS, view.period), indicator.id);
    view! {
        <form class="step" method="post" action=address novalidate>
            <input type="hidden" name="indicator" value=indicator.id.to_string()/>
            <input type="hidden" name="reading" value=reading.id.to_string()/>
            {why}
            <button class="button" name="do" value=word>{words::step(locale, step)}</button>
        </form>
    }
}

//! The fields of an item. They hold what was typed if a save was refused, else the item as it stands.

use crate::{
    api::{AppError, items::ItemView},
    domain::{
        change::Refusal,
        fields::{Field, FieldError, Problem},
        item_form,
        plan::Frame,
        text::{Description, Reason, Text, Title, Unit},
    },
    i18n::{self, Locale},
    ui::kit::{
        error,
        field::{FieldFrame, FieldNotes, LabelledField, SelectField, TextField},
        icon::{Glyph, Icon},
        names,
        reply::Reply,
    },
};
use leptos::prelude::*;

/// The form's values, its choices, and what was wrong with it.
#[derive(Clone)]
pub struct Filled {
    values: Vec<(String, String)>,
    frame: Frame,
    /// Whether the viewer may choose the lead.
    chooses_lead: bool,
    /// What was wrong with the last try; it may come and go while the form is open.
    reply: Signal<Option<Reply>>,
}

impl Filled {
    /// A form with these values, which learns by and by what is wrong with them.
    pub fn new(frame: &Frame, values: Vec<(String, String)>, chooses_lead: bool, reply: Signal<Option<Reply>>) -> Self {
        Self { values, frame: frame.clone(), chooses_lead, reply }
    }

    /// The form of an item as it stands.
    pub fn from_item(view: &ItemView, chooses_lead: bool, reply: Option<&Reply>) -> Self {
        let values = reply.map_or_else(|| item_form::values_of(&view.item), |reply| reply.values.clone());
        Self { values, frame: view.frame.clone(), chooses_lead, reply: Signal::stored(reply.cloned()) }
    }

    fn problem(&self, field: Field) -> Signal<Option<Problem>> {
        let reply = self.reply;
        Signal::derive(move || reply.try_with(|reply| reply.as_ref()?.problem(field)).flatten())
    }

    fn value(&self, name: &str) -> String {
        self.values.iter().find(|value| value.0 == name).map(|value| value.1.clone()).unwrap_or_default()
    }

    fn has(&self, name: &str, value: &str) -> bool {
        self.values.iter().any(|(n, v)| n == name && v == value)
    }

    /// The version by somebody else that stands in the way of this field.
    fn theirs(&self, field: Field) -> Option<Text> {
        self.reply.try_with(|reply| Self::theirs_in(reply.as_ref(), field)).flatten()
    }

    fn theirs_in(reply: Option<&Reply>, field: Field) -> Option<Text> {
        match reply.map(|reply| &reply.error) {
            Some(AppError::Refused(Refusal::Conflict { field: changed, theirs, .. })) if *changed == field => {
                Some(theirs.clone())
            }
            _ => None,
        }
    }

    /// The version that an edit is made from: theirs, once it has been shown.
    fn text_from(&self, name: &str, field: Field) -> String {
        let theirs = self.reply.with_untracked(|reply| Self::theirs_in(reply.as_ref(), field));
        theirs.map_or_else(|| self.value(name), |theirs| theirs.version.to_string())
    }
}

/// All of the form: hidden values, texts, facts.
#[component]
pub fn ItemFields(locale: Locale, filled: Filled) -> impl IntoView {
    let was = ("was", filled.value("was"));
    let from = [("title_from", Field::Title), ("description_from", Field::Description)]
        .map(|(name, field)| (name, filled.text_from(name, field)));
    let hidden: Vec<_> = std::iter::once(was)
        .chain(from)
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect();
    view! {
        <Summary locale=locale filled=filled.clone()/>
        {hidden}
        <TextFields locale=locale filled=filled.clone()/>
        <FactFields locale=locale filled=filled.clone()/>
        <ReasonField locale=locale filled=filled/>
    }
}

/// Title and description, with what must never be written in them.
#[component]
pub fn TextFields(locale: Locale, filled: Filled) -> impl IntoView {
    let (label, hint) = (i18n::form::title(locale), Some(i18n::form::title_hint(locale)));
    let problem = filled.problem(Field::Title);
    let title = FieldFrame { locale, name: "title", label, hint, optional: false, problem };
    view! {
        <p class="never"><Icon glyph=Glyph::Warning/>{i18n::form::never(locale)}</p>
        <TextField field=title value=filled.value("title") max=Title::MAX/>
        {theirs(locale, &filled, Field::Title)}
        <DescriptionField locale=locale filled=filled/>
    }
}

/// All that is neither text nor place.
#[component]
pub fn FactFields(locale: Locale, filled: Filled) -> impl IntoView {
    let field = |name, which, label, hint, optional| {
        let problem = filled.problem(which);
        FieldFrame { locale, name, label, hint, optional, problem }
    };
    let objective = field("objective", Field::Objective, i18n::item::objective(locale), None, false);
    let start = field("start", Field::Start, i18n::item::start(locale), Some(i18n::form::day_hint(locale)), true);
    let due = field("due", Field::Due, i18n::item::due(locale), Some(i18n::form::day_hint(locale)), true);
    let objectives = filled.frame.objectives.iter();
    let objectives =
        objectives.map(|objective| (objective.id.to_string(), format!("{} {}", objective.code, objective.title)));
    view! {
        <SelectField field=objective options=objectives.collect() chosen=filled.value("objective")/>
        <LeadField locale=locale filled=filled.clone()/>
        <CoPartnerFields locale=locale filled=filled.clone()/>
        <div class="pair">
            <TextField field=start value=filled.value("start") kind="date"/>
            <TextField field=due value=filled.value("due") kind="date"/>
        </div>
        <MeasureFields locale=locale filled=filled.clone()/>
    }
}

/// Asked for when something looks like personal data: why it may stay all the same. The form's own button sends it;
/// `confirm` is one where there is no other.
#[component]
pub fn ReasonField(locale: Locale, filled: Filled, #[prop(optional)] confirm: bool) -> impl IntoView {
    let problem = filled.problem(Field::Reason);
    let (label, hint) = (i18n::form::reason(locale), Some(i18n::form::reason_hint(locale)));
    let field = FieldFrame { locale, name: "reason", label, hint, optional: false, problem };
    let (reply, value) = (filled.reply, filled.value("reason"));
    let is_asked =
        Memo::new(move |_| reply.try_with(|reply| reply.as_ref().is_some_and(asks_for_a_reason)) == Some(true));
    move || {
        let confirm = confirm.then(|| view! { <button class="button">{i18n::form::confirm(locale)}</button> });
        is_asked.try_get()?.then(|| {
            view! {
                <div class="confirm">
                    <TextField field=field value=value.clone() max=Reason::MAX/>
                    {confirm}
                </div>
            }
        })
    }
}

fn asks_for_a_reason(reply: &Reply) -> bool {
    let asks = |error: &FieldError| matches!(error.problem, Problem::Personal(_)) || error.field == Field::Reason;
    reply.error.fields().iter().any(asks)
}

/// Above the form: that nothing was saved, and why.
#[component]
fn Summary(locale: Locale, filled: Filled) -> impl IntoView {
    move || filled.reply.try_get().flatten().and_then(|reply| summary(locale, reply))
}

fn summary(locale: Locale, reply: Reply) -> Option<AnyView> {
    if reply.error.fields().is_empty() {
        return Some(view! { <error::ErrorNote error=reply.error/> }.into_any());
    }
    let labels: Vec<_> = reply
        .error
        .fields()
        .iter()
        .filter_map(|error| {
            let (name, label) = (item_form::name_of(error.field)?, names::field(locale, error.field));
            Some(view! { <li><a href=format!("#{name}") rel="external">{label}": "{error::problem(locale, error.problem)}</a></li> })
        })
        .collect();
    Some(
        view! {
            <div class="note bad" role="alert">
                <Icon glyph=Glyph::Warning/>
                <div>
                    <p><strong>{i18n::problem::summary(locale)}</strong></p>
                    <ul>{labels}</ul>
                </div>
            </div>
        }
        .into_any(),
    )
}

/// The version by somebody else, to compare with one's own.
fn theirs(locale: Locale, filled: &Filled, field: Field) -> impl Fn() -> Option<AnyView> + Send + use<> {
    let filled = filled.clone();
    move || {
        let theirs = filled.theirs(field)?.body;
        let view = view! {
            <blockquote class="theirs">
                <p><strong>{i18n::problem::theirs(locale)}</strong></p>
                <p class="typed">{theirs}</p>
            </blockquote>
        };
        Some(view.into_any())
    }
}

#[component]
fn DescriptionField(locale: Locale, filled: Filled) -> impl IntoView {
    let problem = filled.problem(Field::Description);
    let (label, hint) = (i18n::item::description(locale), i18n::form::description_hint(locale));
    let field = FieldFrame { locale, name: "description", label, hint: Some(hint), optional: true, problem };
    let (text, theirs) = (filled.value("description"), theirs(locale, &filled, Field::Description));
    view! {
        <LabelledField field=field>
            <textarea
                id="description"
                name="description"
                rows="10"
                maxlength=Description::MAX.to_string()
                aria-invalid=field.invalid()
                aria-describedby=field.described_by()
            >
                {text}
            </textarea>
        </LabelledField>
        {theirs}
    }
}

/// A partner leads with its own organisation, and sees that it cannot be otherwise.
#[component]
fn LeadField(locale: Locale, filled: Filled) -> impl IntoView {
    let problem = filled.problem(Field::Lead);
    let chosen = filled.value("lead");
    let hint = (!filled.chooses_lead).then(|| i18n::form::fixed_lead(locale));
    let field = FieldFrame { locale, name: "lead", label: i18n::item::lead(locale), hint, optional: false, problem };
    let open = |id: &str| filled.chooses_lead || id == chosen;
    let partners = filled.frame.partners().map(|org| (org.id.to_string(), org.name.clone()));
    let options = partners.filter(|(id, _)| open(id)).collect();
    view! { <SelectField field=field options=options chosen=chosen/> }
}

#[component]
fn CoPartnerFields(locale: Locale, filled: Filled) -> impl IntoView {
    let problem = filled.problem(Field::CoPartners);
    let (label, hint) = (i18n::item::co_partners(locale), i18n::form::co_partners_hint(locale));
    let field = FieldFrame { locale, name: "co_partners", label, hint: Some(hint), optional: true, problem };
    let boxes: Vec<_> = filled
        .frame
        .partners()
        .map(|org| {
            let id = org.id.to_string();
            let checked = filled.has("co_partners", &id);
            let country = org.country.map(|country| format!(", {}", names::country(locale, country)));
            view! {
                <label class="check">
                    <input type="checkbox" name="co_partners" value=id checked=checked/>
                    <span>{org.name.clone()}{country}</span>
                </label>
            }
        })
        .collect();
    view! {
        <fieldset id="co_partners" class="field" class:wrong=field.is_wrong() aria-describedby=field.described_by()>
            <legend>{label}<span class="optional">" ("{i18n::form::optional(locale)}")"</span></legend>
            <FieldNotes field=field/>
            <div class="checks">{boxes}</div>
        </fieldset>
    }
}

#[component]
fn MeasureFields(locale: Locale, filled: Filled) -> impl IntoView {
    let field = |name, which, label, hint| {
        let problem = filled.problem(which);
        FieldFrame { locale, name, label, hint, optional: true, problem }
    };
    let unit = field("unit", Field::Unit, i18n::item::unit(locale), Some(i18n::form::unit_hint(locale)));
    let baseline = field("baseline", Field::Baseline, i18n::item::baseline(locale), None);
    let target = field("target", Field::Target, i18n::item::target(locale), None);
    let current = field("current", Field::Current, i18n::item::current(locale), None);
    view! {
        <fieldset class="group" aria-describedby="measure-hint">
            <legend>{i18n::form::measure(locale)}</legend>
            <p class="hint" id="measure-hint">{i18n::form::measure_hint(locale)}</p>
            <TextField field=unit value=filled.value("unit") max=Unit::MAX/>
            <div class="triple">
                <TextField field=baseline value=filled.value("baseline") inputmode="decimal"/>
                <TextField field=target value=filled.value("target") inputmode="decimal"/>
                <TextField field=current value=filled.value("current") inputmode="decimal"/>
            </div>
        </fieldset>
    }
}

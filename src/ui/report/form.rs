//! The words of a report: read by most, written by coordinators in the place where they stand.

use super::{address, unsaved::Unsaved};
use crate::{
    api::AppError,
    domain::{
        accounts::Viewer,
        change::Refusal,
        day::Quarter,
        fields::{Field, FieldError, Problem},
        policy,
        report::{Report, Section, SectionText},
        text::{Description, Reason},
    },
    i18n::{self, Locale},
    ui::{
        browser,
        kit::{
            error::{self, ErrorNote},
            icon::{Glyph, Icon},
            input::{Input, TextArea, TextLine},
            reply::Reply,
        },
        line::Line,
        results::words,
    },
};
use leptos::{ev, html, prelude::*};
use leptos_router::hooks::use_query_map;

pub struct Form {
    locale: Locale,
    period: Quarter,
    /// The number of the newest version.
    newest: i64,
    texts: Vec<SectionText>,
    /// Whether the words can be changed here: they are the newest, and the viewer writes reports.
    writes: bool,
    reply: Option<Reply>,
}

/// Of a section.
fn title(locale: Locale, section: Section) -> &'static str {
    match section {
        Section::Description => i18n::report::description(locale),
        Section::Summary => i18n::report::summary(locale),
        Section::Reasons => i18n::report::reasons(locale),
        Section::Challenges => i18n::report::challenges(locale),
        Section::Sustainability => i18n::report::sustainability(locale),
        Section::Cooperation => i18n::report::cooperation(locale),
    }
}

/// What a section's field is found by.
fn field_id(section: Section) -> String {
    format!("text-{}", section.slug())
}

impl Form {
    pub fn of(locale: Locale, viewer: &Viewer, report: &Report, reply: Option<Reply>) -> Self {
        let writes = policy::can_write_report(viewer) && report.shows_newest();
        // Links lead on to other quarters and versions, of which it says nothing.
        let period = report.period.to_string();
        let reply = reply.filter(|reply| reply.value("period") == Some(period.as_str()) && report.shows_newest());
        let (period, newest, texts) = (report.period, report.newest(), report.texts.clone());
        Self { locale, period, newest, texts, writes, reply }
    }

    fn shown(&self, section: Section) -> Option<&SectionText> {
        self.texts.iter().find(|text| text.section == section)
    }

    fn is_overtaken(&self) -> bool {
        let error = self.reply.as_ref().map(|reply| &reply.error);
        matches!(error, Some(AppError::Refused(Refusal::Conflict { .. })))
    }

    /// As it stands, in the newest version.
    fn saved(&self, section: Section) -> &str {
        self.shown(section).map(|text| text.body.as_str()).unwrap_or_default()
    }

    /// What the field holds: what was typed if it was not saved.
    fn value(&self, section: Section) -> String {
        let typed = self.reply.as_ref().and_then(|reply| reply.value(section.slug()));
        typed.unwrap_or_else(|| self.saved(section)).to_owned()
    }

    /// What somebody else has saved meanwhile and was typed otherwise.
    fn theirs(&self, section: Section) -> Option<&str> {
        let theirs = self.saved(section);
        (self.is_overtaken() && self.value(section) != theirs).then_some(theirs)
    }

    fn problem(&self, section: Section) -> Option<Problem> {
        let told = self.reply.as_ref().and_then(|reply| reply.problem(Field::Report(section)));
        told.filter(|_| !self.is_overtaken()).or_else(|| self.theirs(section).map(|_| Problem::Changed))
    }

    /// The version that a saving is made from: theirs, once it is shown.
    fn from(&self) -> String {
        let typed = self.reply.as_ref().filter(|_| !self.is_overtaken()).and_then(|reply| reply.value("from"));
        typed.map_or_else(|| self.newest.to_string(), str::to_owned)
    }

    /// The parts of the report, in a form where they can be written.
    pub fn around(&self, parts: AnyView) -> AnyView {
        if !self.writes {
            return parts;
        }
        let (period, line, unsaved) = (self.period, expect_context::<Line>(), expect_context::<Unsaved>());
        let (locale, node) = (self.locale, NodeRef::<html::Form>::new());
        // Nothing that was typed goes unasked.
        Effect::new(move || {
            let asks = move || line.writing.get_untracked();
            let asked = browser::ask_before_links(asks, i18n::report::leave(locale));
            on_cleanup(move || drop(asked));
        });
        let came_back = self.reply.is_some();
        Effect::new(move || {
            let Some(form) = node.get() else { return };
            let kept = unsaved.of(period).filter(|_| !came_back);
            // What came back refused is not saved, either.
            line.writing.set(came_back || kept.is_some());
            if let Some(kept) = kept {
                browser::show_values(&form, &kept);
                line.notices.tell(i18n::report::still_here(locale).to_owned());
            }
        });
        on_cleanup(move || line.writing.set(false));
        let sent = move |event: ev::SubmitEvent| {
            if browser::is_online() {
                line.writing.set(false);
                unsaved.let_go();
            } else {
                event.prevent_default();
                line.notices.tell(i18n::report::offline(locale).to_owned());
            }
        };
        let typed = move || {
            line.writing.set(true);
            if let Some(form) = node.get_untracked() {
                unsaved.keep(period, browser::values(&form));
            }
        };
        view! {
            <form
                class="report-form"
                node_ref=node
                method="post"
                action=address::of(period)
                on:input=move |_| typed()
                on:submit=sent
            >
                <input type="hidden" name="period" value=period.to_string()/>
                <input type="hidden" name="from" value=self.from()/>
                {parts}
            </form>
        }
        .into_any()
    }

    /// A section's words as they are read, and for those who write them the field instead, but on paper.
    pub fn text(&self, section: Section) -> AnyView {
        let words = match self.shown(section) {
            Some(text) => view! { <div class="prose" inner_html=text.html.clone()></div> }.into_any(),
            None => view! { <p class="quiet">{i18n::report::nothing_written(self.locale)}</p> }.into_any(),
        };
        if !self.writes {
            return words;
        }
        view! {
            <div class="on-paper">{words}</div>
            <div class="headed"><TextArea input=self.input(section) rows=8 max=Description::MAX/></div>
            {self.compared(section)}
        }
        .into_any()
    }

    fn input(&self, section: Section) -> Input {
        Input {
            locale: self.locale,
            id: field_id(section),
            name: section.slug().into(),
            label: title(self.locale, section).into(),
            hint: Some(i18n::form::description_hint(self.locale)),
            optional: false,
            problem: Signal::stored(self.problem(section)),
            value: self.value(section),
        }
    }

    fn compared(&self, section: Section) -> Option<AnyView> {
        let theirs = self.theirs(section)?.to_owned();
        let theirs = match theirs.as_str() {
            "" => i18n::report::nothing_written(self.locale).to_owned(),
            _ => theirs,
        };
        let view = view! {
            <details class="theirs" open=true>
                <summary>{i18n::problem::theirs(self.locale)}</summary>
                <p class="typed">{theirs}</p>
            </details>
        };
        Some(view.into_any())
    }

    /// Also while something else is wrong: what was said once is not asked again.
    fn asks_for_a_reason(&self) -> bool {
        let asks = |error: &FieldError| matches!(error.problem, Problem::Personal(_)) || error.field == Field::Reason;
        self.reply.as_ref().is_some_and(|reply| {
            reply.value("reason").is_some_and(|reason| !reason.is_empty()) || reply.error.fields().iter().any(asks)
        })
    }

    fn reason(&self) -> Option<AnyView> {
        let reply = self.reply.as_ref().filter(|_| self.asks_for_a_reason())?;
        let input = Input {
            locale: self.locale,
            id: "reason".to_owned(),
            name: "reason".into(),
            label: i18n::form::reason(self.locale).into(),
            hint: Some(i18n::form::reason_hint(self.locale)),
            optional: false,
            problem: Signal::stored(reply.problem(Field::Reason)),
            value: reply.value("reason").unwrap_or_default().to_owned(),
        };
        Some(view! { <div class="confirm"><TextLine input=input max=Reason::MAX/></div> }.into_any())
    }
}

/// Below all: why something may stay, if that is asked, and the two ways to save.
#[component]
pub fn Buttons<'a>(form: &'a Form) -> impl IntoView + use<> {
    let locale = form.locale;
    form.writes.then(|| {
        view! {
            <div class="report-save">
                <p class="never"><Icon glyph=Glyph::Warning/>{i18n::form::never(locale)}</p>
                {form.reason()}
                <p class="quiet">{i18n::report::hand_over_hint(locale)}</p>
                <p class="actions">
                    <button class="button primary" name="do" value="save">{i18n::report::save(locale)}</button>
                    <button class="button" name="do" value="hand_over">{i18n::report::hand_over(locale)}</button>
                </p>
            </div>
        }
    })
}

/// Above the report: what came of the last form.
#[component]
pub fn Told<'a>(form: &'a Form) -> impl IntoView + use<> {
    let locale = form.locale;
    match &form.reply {
        None => done(locale),
        Some(reply) if reply.error.fields().is_empty() => {
            Some(view! { <ErrorNote error=reply.error.clone()/> }.into_any())
        }
        Some(reply) => Some(wrong(locale, reply)),
    }
}

fn done(locale: Locale) -> Option<AnyView> {
    let said = match use_query_map().with_untracked(|query| query.get("done"))?.as_str() {
        "save" => i18n::report::saved(locale),
        "hand_over" => i18n::report::was_handed_over(locale),
        "nothing" => i18n::report::unchanged(locale),
        "withdraw" => i18n::report::withdrawn(locale),
        _ => return None,
    };
    Some(view! { <p class="note" role="status"><Icon glyph=Glyph::Check/>{said}</p> }.into_any())
}

/// Every field that is wrong, with the way to it.
fn wrong(locale: Locale, reply: &Reply) -> AnyView {
    let line = |error: &FieldError| {
        let (label, id) = match error.field {
            Field::Report(section) => (title(locale, section), field_id(section)),
            other => (words::field(locale, other), "reason".to_owned()),
        };
        let said = error::problem(locale, error.problem);
        view! { <li><a href=format!("#{id}") rel="external">{label}": "{said}</a></li> }
    };
    let lines: Vec<_> = reply.error.fields().iter().map(line).collect();
    view! {
        <div class="note bad" role="alert">
            <Icon glyph=Glyph::Warning/>
            <div>
                <p><strong>{i18n::problem::summary(locale)}</strong></p>
                <ul>{lines}</ul>
            </div>
        </div>
    }
    .into_any()
}

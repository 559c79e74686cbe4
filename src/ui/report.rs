//! The report of a quarter, in the order of the EU's interim narrative report: what the plan knows, and what
//! coordinators write around it. It is laid out like the paper that it becomes.

mod activities;
pub mod address;
mod ahead;
mod choice;
mod cover;
mod figures;
mod form;
mod framework;
mod part;
mod unsaved;
mod versions;

use self::{
    activities::Activities,
    ahead::Ahead,
    choice::Choice,
    cover::Cover,
    figures::Figures,
    form::{Buttons, Form, Told},
    framework::Framework,
    part::{Contents, Part, chapter},
    versions::{Versions, Withdrawal},
};
use crate::{
    api::report::read_report,
    domain::{
        accounts::Viewer,
        policy,
        report::{Report, Section, filled::Filled},
    },
    i18n::{self, Locale},
    ui::{
        board, data,
        frame::SiteResource,
        kit::{error::ErrorBody, reply::Reply},
        language::use_locale,
        line::Line,
        results::words,
    },
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
pub use unsaved::Unsaved;

#[component]
pub fn ReportPage() -> impl IntoView {
    let locale = use_locale();
    let site = expect_context::<SiteResource>();
    let query = use_query_map();
    let line = expect_context::<Line>();
    // Not asked for anew when others change something: nobody's words may go while they are typed.
    let asked = move || query.with(|query| (address::period(query), address::version(query)));
    let answer = data::fetch(asked, |(period, version)| read_report(period, version));
    let reply = Reply::current();
    board::follow_beside(line, site);
    view! {
        <main id="main" tabindex="-1" class="report">
            <Transition>
                {move || {
                    let reply = reply.clone();
                    Suspend::new(async move {
                        match (site.await, answer.await) {
                            (Ok(site), Ok(report)) => {
                                view! { <Page locale=locale viewer=site.viewer report=report reply=reply/> }.into_any()
                            }
                            (Err(error), _) | (_, Err(error)) => view! { <ErrorBody error=error/> }.into_any(),
                        }
                    })
                }}
            </Transition>
        </main>
    }
}

#[component]
fn Page(locale: Locale, viewer: Viewer, report: Report, reply: Option<Reply>) -> impl IntoView {
    let title = i18n::report::title(locale, words::quarter(locale, report.period));
    let form = Form::of(locale, &viewer, &report, reply);
    let withdrawal = policy::can_write_report(&viewer).then(|| view! { <Withdrawal locale=locale report=&report/> });
    view! {
        <Title text=i18n::frame::title(locale, title)/>
        <Choice locale=locale report=&report/>
        {policy::can_read_report_drafts(&viewer).then(|| view! { <p class="quiet eyes">{i18n::report::eyes(locale)}</p> })}
        <Versions locale=locale report=&report/>
        <Told form=&form/>
        <Paper locale=locale report=&report form=&form/>
        {withdrawal}
    }
}

/// A table whose head comes again on each sheet: the one way to a running head in the reader's language.
#[component]
fn Paper<'a>(locale: Locale, report: &'a Report, form: &'a Form) -> impl IntoView + use<> {
    let head = i18n::report::running(locale, report.frame.plan.title.as_str(), words::quarter(locale, report.period));
    let parts = match &report.filled {
        Some(filled) => form.around(parts(locale, report, filled, form)),
        None => view! { <p class="note">{i18n::report::none_handed_over(locale)}</p> }.into_any(),
    };
    view! {
        <table class="paper" role="presentation">
            <thead><tr><td>{head}</td></tr></thead>
            <tbody>
                <tr>
                    <td>
                        <Cover locale=locale report=report/>
                        {parts}
                    </td>
                </tr>
            </tbody>
        </table>
    }
}

/// All of them in their order.
fn parts(locale: Locale, report: &Report, filled: &Filled, form: &Form) -> AnyView {
    let summary = view! {
        <Figures locale=locale report=report filled=filled/>
        {form.text(Section::Summary)}
    };
    let activities = view! {
        <Activities locale=locale report=report filled=filled/>
        <h3>{i18n::report::reasons(locale)}</h3>
        {form.text(Section::Reasons)}
    };
    view! {
        <Contents locale=locale/>
        {chapter(locale, Part::Description, form.text(Section::Description))}
        {chapter(locale, Part::Summary, summary)}
        {chapter(locale, Part::Activities, activities)}
        {chapter(locale, Part::Framework, view! { <Framework locale=locale report=report filled=filled/> })}
        {chapter(locale, Part::Challenges, form.text(Section::Challenges))}
        {chapter(locale, Part::Plan, view! { <Ahead locale=locale report=report filled=filled/> })}
        {chapter(locale, Part::Sustainability, form.text(Section::Sustainability))}
        {chapter(locale, Part::Cooperation, form.text(Section::Cooperation))}
        <Buttons form=form/>
    }
    .into_any()
}

//! The lines of the audit log as a table. Its roles are written out: on a phone each line is laid out as a card, and
//! then not every browser still tells screen readers of rows and columns.

use super::words;
use crate::{
    domain::{audit::Line, day::Moment},
    i18n::{self, Locale},
    ui::kit::day,
};
use leptos::prelude::*;

#[component]
pub fn Lines(locale: Locale, lines: Vec<(Moment, Line)>) -> impl IntoView {
    let rows: Vec<_> = lines.iter().map(|(at, line)| row(locale, *at, line)).collect();
    view! {
        <table class="table audit-lines" role="table">
            <caption class="hidden">{i18n::audit::caption(locale)}</caption>
            <thead role="rowgroup">
                <tr role="row">
                    <th scope="col" role="columnheader">{i18n::audit::when(locale)}</th>
                    <th scope="col" role="columnheader">{i18n::audit::who(locale)}</th>
                    <th scope="col" role="columnheader">{i18n::audit::what(locale)}</th>
                    <th scope="col" role="columnheader">{i18n::audit::whose(locale)}</th>
                    <th scope="col" role="columnheader">{i18n::audit::from_where(locale)}</th>
                </tr>
            </thead>
            <tbody role="rowgroup">{rows}</tbody>
        </table>
    }
}

fn row(locale: Locale, at: Moment, line: &Line) -> impl IntoView + use<> {
    let stamp = format!("{}T{}", at.day, at.time());
    let when = i18n::board::on_day(locale, day::full(locale, at.day), at.time());
    view! {
        <tr role="row">
            <th scope="row" role="rowheader" data-label=i18n::audit::when(locale)>
                <time datetime=stamp>{when}</time>
            </th>
            <td role="cell" data-label=i18n::audit::who(locale)>{words::actor(locale, line)}</td>
            <td role="cell" data-label=i18n::audit::what(locale)>{what(locale, line)}</td>
            <td role="cell" data-label=i18n::audit::whose(locale)>{line.subject.as_ref().map(words::named)}</td>
            <td role="cell" data-label=i18n::audit::from_where(locale)>{words::origin(locale, line)}</td>
        </tr>
    }
}

/// What was done, and below it what goes with it.
fn what(locale: Locale, line: &Line) -> impl IntoView + use<> {
    let item = line.detail.item.map(|number| {
        view! { <a href=format!("/board/items/{number}")>{i18n::item::number(locale, number)}</a> }
    });
    let details = words::details(locale, line);
    let details: Vec<_> = details.into_iter().map(|words| view! { <span>{words}</span> }).collect();
    view! {
        <div class="audit-what">
            <strong>{words::action(locale, line.action)}</strong>
            {item}
            {details}
        </div>
    }
}

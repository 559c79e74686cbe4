//! What came into another status last.

use crate::{
    domain::dashboard::{LATELY_DAYS, Picture, Turned},
    i18n::{self, Locale},
    ui::kit::{day, mark::ObjectiveMark, names, table},
};
use leptos::prelude::*;

#[component]
pub fn Latest<'a>(locale: Locale, view: &'a Picture) -> impl IntoView + use<> {
    let latest = &view.dashboard.latest;
    let title = match view.dashboard.lately {
        0 => i18n::dashboard::nothing_lately(locale, LATELY_DAYS),
        count => i18n::dashboard::lately(locale, count, LATELY_DAYS),
    };
    let lines: Vec<_> = latest.iter().map(|turned| line(locale, view, turned)).collect();
    let heads = [i18n::dashboard::on(locale), i18n::dashboard::action(locale), i18n::item::status(locale)];
    let listed = (!latest.is_empty()).then(|| {
        view! {
            <table class="table deadlines">
                {table::heads(heads)}
                <tbody>{lines}</tbody>
            </table>
        }
    });
    view! {
        <section class="block" aria-labelledby="latest-title">
            <h2 id="latest-title">{title}</h2>
            {listed}
        </section>
    }
}

fn line(locale: Locale, view: &Picture, turned: &Turned) -> AnyView {
    let mark = view.frame.objective(turned.objective).map(|it| view! { <ObjectiveMark mark=it.mark/> });
    let status = view.frame.status(turned.status).map(|status| names::status(locale, status));
    view! {
        <tr>
            <td><span class="day">{day::full(locale, turned.day)}</span></td>
            <td>
                {mark}
                <a href=format!("/board/items/{}", turned.number)>{format!("#{} {}", turned.number, turned.title)}</a>
            </td>
            <td>{status}</td>
        </tr>
    }
    .into_any()
}

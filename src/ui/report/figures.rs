//! The key figures of a quarter, in sentences, as paper wants them.

use crate::{
    domain::report::filled::Filled,
    i18n::{self, Locale},
};
use leptos::prelude::*;

#[component]
pub fn Figures<'a>(locale: Locale, filled: &'a Filled) -> impl IntoView + use<> {
    let figures = filled.figures;
    let late = match figures.late {
        0 => i18n::dashboard::none_late(locale).to_owned(),
        late => i18n::dashboard::late(locale, late),
    };
    let lights = filled.lights.map(|lights| {
        let said = i18n::dashboard::on_track(locale, lights.green, lights.all());
        let others = i18n::dashboard::lights(locale, lights.amber, lights.red, lights.grey);
        view! { <li>{said}". "{others}</li> }
    });
    view! {
        <ul class="report-figures" aria-label=i18n::dashboard::figures(locale)>
            <li>{i18n::report::done_in_quarter(locale, figures.done_in_span)}</li>
            <li>{i18n::dashboard::done(locale, figures.done, figures.all)}</li>
            <li>{late}</li>
            {lights}
        </ul>
    }
}

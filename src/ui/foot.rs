//! What may appear at the foot of every page: messages, and that a newer version is ready.

use crate::{
    i18n,
    ui::{browser, kit::notice::NoticeList, language::use_locale, line::Line},
};
use leptos::prelude::*;

#[component]
pub fn Foot() -> impl IntoView {
    let (locale, line) = (use_locale(), expect_context::<Line>());
    let newer = move || {
        line.newer.get().then(|| {
            view! {
                <div class="bar" role="status">
                    <p>{i18n::frame::newer(locale)}</p>
                    <button class="button" on:click=|_| browser::reload()>{i18n::frame::reload(locale)}</button>
                </div>
            }
        })
    };
    view! {
        <NoticeList notices=line.notices/>
        {newer}
    }
}

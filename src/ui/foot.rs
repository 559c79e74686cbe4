//! What may appear at the foot of every page: messages, and that a newer version is ready.

use crate::{
    i18n,
    ui::{browser, kit::notice::NoticeList, language::use_locale, line::Line},
};
use leptos::prelude::*;

/// At the foot of the page, or over it in an open item: what lies under a dialog cannot be read or pressed.
#[component]
pub fn Foot(#[prop(optional)] over: bool) -> impl IntoView {
    let line = expect_context::<Line>();
    view! { <Show when=move || line.covered.get() == over><FootParts/></Show> }
}

#[component]
fn FootParts() -> impl IntoView {
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
    let signed_out = move || {
        line.signed_out.get().then(|| {
            view! {
                <div class="bar" role="alert">
                    <p>{i18n::frame::signed_out(locale)}</p>
                    <a class="button primary" href="/sign-in" target="_blank">{i18n::frame::sign_in(locale)}</a>
                </div>
            }
        })
    };
    view! {
        <NoticeList notices=line.notices/>
        {newer}
        {signed_out}
    }
}

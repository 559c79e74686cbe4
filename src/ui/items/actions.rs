//! What may be done to an item, each by a plain form.

use crate::{
    api::items::ItemView,
    domain::{accounts::Viewer, policy},
    i18n::{self, Locale},
    ui::kit::{
        icon::{Glyph, Icon},
        names,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

#[component]
pub fn Actions<'a>(
    locale: Locale,
    view: &'a ItemView,
    viewer: &'a Viewer,
    /// Whether a link leads to the form; the dialog is a form itself.
    #[prop(optional)]
    in_form: bool,
) -> impl IntoView + use<> {
    let item = &view.item;
    if !policy::can_write_item(viewer, item.rights()) {
        return None;
    }
    let body = if item.archived {
        button(item.number, "restore", i18n::item::restore(locale))
    } else {
        current(locale, view, viewer, in_form)
    };
    let withdrawal = withdrawal(locale, item.number);
    Some(view! {
        <section class="item-actions" aria-labelledby="actions">
            <h2 id="actions">{i18n::item::actions(locale)}</h2>
            {body}
            {withdrawal}
        </section>
    })
}

fn current(locale: Locale, view: &ItemView, viewer: &Viewer, in_form: bool) -> AnyView {
    let item = &view.item;
    let visibility = policy::can_change_visibility(viewer).then(|| {
        if item.published {
            button(item.number, "hide", i18n::item::hide(locale))
        } else {
            button(item.number, "publish", i18n::item::publish(locale))
        }
    });
    let edit = (!in_form).then(|| {
        view! {
            <a class="button primary" href=format!("/board/items/{}/edit", item.number)>
                <Icon glyph=Glyph::Pencil/>
                {i18n::item::edit(locale)}
            </a>
        }
    });
    view! {
        {edit}
        {move_form(locale, view)}
        {visibility}
        {button(item.number, "archive", i18n::item::archive(locale))}
    }
    .into_any()
}

/// Earlier wordings are gone for good, so it is said first what that means.
fn withdrawal(locale: Locale, number: i64) -> impl IntoView + use<> {
    let done = use_query_map().with_untracked(|query| query.get("done").as_deref() == Some("withdraw"));
    let done = done
        .then(|| view! { <p class="note" role="status"><Icon glyph=Glyph::Check/>{i18n::item::withdrawn(locale)}</p> });
    view! {
        {done}
        <details class="withdrawal">
            <summary>{i18n::item::withdraw(locale)}</summary>
            <p>{i18n::item::withdraw_hint(locale)}</p>
            {button(number, "withdraw", i18n::item::do_withdraw(locale))}
        </details>
    }
}

/// A form of one button.
fn button(number: i64, action: &'static str, label: &'static str) -> AnyView {
    view! {
        <form method="post" action=format!("/board/items/{number}")>
            <button class="button" name="do" value=action>{label}</button>
        </form>
    }
    .into_any()
}

/// To the top of another status.
fn move_form(locale: Locale, view: &ItemView) -> impl IntoView + use<> {
    let others = view.frame.statuses.iter().filter(|status| status.id != view.item.status);
    let options: Vec<_> = others
        .map(|status| view! { <option value=status.id.to_string()>{names::status(locale, status)}</option> })
        .collect();
    view! {
        <form class="move" method="post" action=format!("/board/items/{}", view.item.number)>
            <label for="to">{i18n::item::move_to(locale)}</label>
            <select id="to" name="to">{options}</select>
            <button class="button" name="do" value="move">{i18n::item::do_move(locale)}</button>
        </form>
    }
}

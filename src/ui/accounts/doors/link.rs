//! Where the links of invitations and resets lead: a first password, or a new one.

use super::{
    filled::{Filled, Username, carried},
    refused::Refused,
};
use crate::{
    api::people::{Door, LinkView, read_link},
    domain::{fields::Field, text::PersonName},
    i18n::{self, Locale},
    ui::{
        data,
        kit::{error::ErrorBody, field::TextField, reply::Reply},
        language::use_locale,
    },
};
use leptos::prelude::*;
use leptos_meta::Title;

/// The link of an invitation.
#[component]
pub fn JoinPage() -> impl IntoView {
    view! { <LinkPage door=Door::Join/> }
}

/// The link of a reset.
#[component]
pub fn ResetPage() -> impl IntoView {
    view! { <LinkPage door=Door::Reset/> }
}

#[component]
fn LinkPage(door: Door) -> impl IntoView {
    let locale = use_locale();
    let reply = Reply::current();
    let token = carried(reply.as_ref(), "token");
    let asked = token.clone();
    let link = data::fetch(move || asked.clone(), move |token| read_link(door, token));
    view! {
        <main id="main" tabindex="-1">
            <Suspense>
                {move || {
                    let (reply, token) = (reply.clone(), token.clone());
                    Suspend::new(async move {
                        match link.await {
                            Ok(link) => {
                                view! { <LinkForm locale=locale door=door token=token link=link reply=reply/> }
                                    .into_any()
                            }
                            Err(error) => view! { <ErrorBody error=error/> }.into_any(),
                        }
                    })
                }}
            </Suspense>
        </main>
    }
}

/// What the two doors do not have in common.
struct Words {
    address: &'static str,
    title: &'static str,
    intro: &'static str,
    submit: &'static str,
}

impl Words {
    fn of(locale: Locale, door: Door) -> Self {
        match door {
            Door::Join => Self {
                address: "/join",
                title: i18n::doors::join_title(locale),
                intro: i18n::doors::join_intro(locale),
                submit: i18n::doors::join_submit(locale),
            },
            Door::Reset => Self {
                address: "/reset",
                title: i18n::doors::reset_title(locale),
                intro: i18n::doors::reset_intro(locale),
                submit: i18n::doors::reset_submit(locale),
            },
        }
    }
}

#[component]
fn LinkForm(locale: Locale, door: Door, token: String, link: LinkView, reply: Option<Reply>) -> impl IntoView {
    let Words { address, title, intro, submit } = Words::of(locale, door);
    let filled = Filled::new(locale, reply.as_ref());
    let password = filled.hinted(Field::Password, i18n::doors::password_hint(locale));
    let whose = i18n::doors::whose(locale, link.name.as_str(), link.email.as_str());
    let name = (door == Door::Join).then(|| {
        let field = filled.hinted(Field::Name, i18n::doors::name_hint(locale));
        let value = filled.value_or("name", &link.name);
        view! { <TextField field=field value=value max=PersonName::MAX autocomplete="name"/> }
    });
    view! {
        <Title text=i18n::frame::title(locale, title)/>
        <div class="narrow">
            <h1>{title}</h1>
            <p><strong>{whose}</strong></p>
            <p>{intro}</p>
            {reply.map(|reply| view! { <Refused reply=reply/> })}
            <form class="form" method="post" action=address novalidate>
                <input type="hidden" name="token" value=token/>
                <Username email=link.email/>
                {name}
                <TextField field=password value=String::new() kind="password" autocomplete="new-password"/>
                <p class="actions">
                    <button class="button primary">{submit}</button>
                </p>
            </form>
        </div>
    }
}

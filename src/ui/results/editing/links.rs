//! The action items of an output.

use super::{fields::hidden, sent::Sending};
use crate::{
    api::results::ResultsView,
    domain::{fields::Field, ids::NodeId},
    i18n::{self, Locale},
    ui::{
        kit::{input::TextLine, reply::Reply},
        results::{address, filled::Filled, known::Known},
    },
};
use leptos::prelude::*;

pub fn links(locale: Locale, known: Known, node: NodeId, reply: Option<Reply>) -> impl IntoView {
    let sending = Sending::new(known, reply);
    let items = move || items(locale, &known.shown(), node);
    let form = move || link_form(sending, locale, node);
    view! {
        <section class="group" aria-labelledby="links" on:submit=move |event| sending.submit(&event)>
            <h2 id="links">{i18n::results::activities(locale)}</h2>
            <ul class="lines">{items}</ul>
            {form}
        </section>
    }
}

fn items(locale: Locale, view: &ResultsView, node: NodeId) -> Vec<AnyView> {
    let of_it = view.activities.iter().filter(|activity| activity.output == node);
    of_it
        .map(|activity| {
            let code = activity.code.map(|code| code.to_string());
            let (number, title) = (activity.number, activity.title.clone());
            view! {
                <li>
                    <form class="step" method="post" action=address::node(node)>
                        <input type="hidden" name="node" value=node.to_string()/>
                        <input type="hidden" name="item" value=number/>
                        <span class="code">{code}</span>
                        <a href=format!("/board/items/{number}")>{format!("#{number} {title}")}</a>
                        <button
                            class="button bare"
                            name="do"
                            value="unlink"
                            aria-label=i18n::framework::unlink_named(locale, number)
                        >
                            {i18n::framework::unlink(locale)}
                        </button>
                    </form>
                </li>
            }
            .into_any()
        })
        .collect()
}

fn link_form(sending: Sending, locale: Locale, node: NodeId) -> impl IntoView {
    let reply = sending.reply.get();
    let mut values = reply.as_ref().map(|reply| reply.values.clone()).unwrap_or_default();
    values.push(("node".to_owned(), node.to_string()));
    let filled = Filled { locale, prefix: "link".to_owned(), values, reply, live: None };
    let hint = i18n::framework::item_hint(locale);
    view! {
        <form class="form" method="post" action=address::node(node) novalidate>
            {hidden(&filled, "node")}
            <TextLine input=filled.named("item", Field::Item).with_hint(hint) inputmode="numeric"/>
            <p class="actions">
                <button class="button" name="do" value="link">{i18n::framework::link(locale)}</button>
            </p>
        </form>
    }
}

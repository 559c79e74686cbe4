//! A result's row in the tree: its number and words, what hangs on it, and what can be done with it.

use super::{held::row_id, tree::Hand};
use crate::{
    api::results::ResultsView,
    domain::results::tree::{Level, Node, Numbering},
    i18n::{self, Locale},
    ui::{
        kit::{
            icon::{Glyph, Icon},
            mark::ObjectiveMark,
        },
        results::address,
    },
};
use leptos::prelude::*;

pub fn rows(hand: Hand, view: &ResultsView) -> AnyView {
    let objectives: Vec<_> = view.frame.objectives.iter().map(|objective| objective.id).collect();
    let numbers = Numbering::of(&view.results.framework, &objectives);
    let rows: Vec<_> =
        view.results.framework.in_order().into_iter().map(|node| row(hand, view, &numbers, node)).collect();
    if rows.is_empty() {
        return view! { <li class="quiet">{i18n::framework::empty(hand.locale)}</li> }.into_any();
    }
    rows.into_any()
}

fn row(hand: Hand, view: &ResultsView, numbers: &Numbering, node: &Node) -> AnyView {
    let (id, locale) = (node.id, hand.locale);
    let code = numbers.node(id).map(|code| code.to_string()).unwrap_or_default();
    let framework = StoredValue::new(view.results.framework.clone());
    let lands_below = move || framework.with_value(|framework| hand.lands_below(framework, id));
    let objective = node.objective.and_then(|id| view.frame.objective(id)).map(|objective| objective.mark);
    let objective = objective.map(|mark| view! { <ObjectiveMark mark=mark/> });
    view! {
        <li
            id=row_id(id)
            class=level_class(node.level)
            class:held=move || hand.holds(id)
            class:lands-below=lands_below
            data-code=code.clone()
        >
            <div class="tree-row">
                {grip(hand, node, &code)}
                <p>
                    <span class="code">{objective}{code.clone()}</span>
                    " "
                    <a class="statement" href=address::node(id)>{node.title.body.clone()}</a>
                </p>
                {acts(locale, view, node, &code)}
            </div>
            {hanging(locale, view, node)}
        </li>
    }
    .into_any()
}

fn level_class(level: Level) -> &'static str {
    match level {
        Level::Impact => "impact",
        Level::Outcome => "outcome",
        Level::Output => "output",
    }
}

/// What the result is taken by. Without a script the buttons up and down do the same.
fn grip(hand: Hand, node: &Node, code: &str) -> impl IntoView + use<> {
    let id = node.id;
    let label = i18n::framework::grip(hand.locale, code);
    view! {
        <button
            type="button"
            class="button bare grip with-script"
            aria-label=label
            aria-describedby="tree-keys"
            aria-pressed=move || hand.holds(id).to_string()
            on:keydown=move |event| hand.key(id, &event)
            on:pointerdown=move |event| hand.pointer_down(id, &event)
            on:pointermove=move |event| hand.pointer_move(&event)
            on:pointerup=move |_| hand.pointer_up()
            on:pointercancel=move |_| hand.pointer_lost()
        >
            <Icon glyph=Glyph::Grip/>
        </button>
    }
}

fn acts(locale: Locale, view: &ResultsView, node: &Node, code: &str) -> impl IntoView + use<> {
    let below = match node.level {
        Level::Impact => Some(i18n::framework::add_outcome(locale)),
        Level::Outcome => Some(i18n::framework::add_output(locale)),
        Level::Output => None,
    };
    let below = below.map(|label| {
        view! { <a class="button bare" href=address::new_node(node.id)><Icon glyph=Glyph::Plus/>{label}</a> }
    });
    let is_free = view.results.framework.obstacles(node.id).is_none()
        && !view.activities.iter().any(|activity| activity.output == node.id);
    let remove = is_free.then(|| {
        view! {
            <button class="button bare" name="do" value="remove-node" aria-label=i18n::framework::remove_named(locale, code)>
                <Icon glyph=Glyph::Close/>
                {i18n::framework::remove(locale)}
            </button>
        }
    });
    view! {
        <form class="tree-acts" method="post" action=address::TREE>
            <input type="hidden" name="node" value=node.id.to_string()/>
            <button class="button bare" name="do" value="up" aria-label=i18n::framework::up(locale, code)>
                <Icon glyph=Glyph::Up/>
            </button>
            <button class="button bare" name="do" value="down" aria-label=i18n::framework::down(locale, code)>
                <Icon glyph=Glyph::Down/>
            </button>
            {below}
            <a class="button bare" href=address::new_indicator(node.id)>
                <Icon glyph=Glyph::Plus/>
                {i18n::framework::add_indicator(locale)}
            </a>
            {remove}
        </form>
    }
}

/// Indicators, and the action items of an output.
fn hanging(locale: Locale, view: &ResultsView, node: &Node) -> impl IntoView + use<> {
    let indicators: Vec<_> = view
        .results
        .framework
        .indicators_of(node.id)
        .into_iter()
        .map(|indicator| {
            view! {
                <li>
                    <span class="code">{indicator.code.as_str().to_owned()}</span>
                    " "
                    <a href=address::indicator(indicator.id)>{indicator.title.body.clone()}</a>
                </li>
            }
        })
        .collect();
    let items: Vec<_> = view
        .activities
        .iter()
        .filter(|activity| activity.output == node.id)
        .map(|activity| {
            let code = activity.code.map(|code| code.to_string());
            view! { <li><span class="code">{code}</span>" "{activity.title.clone()}</li> }
        })
        .collect();
    let indicators = (!indicators.is_empty())
        .then(|| view! { <ul class="lines" aria-label=i18n::framework::indicators(locale)>{indicators}</ul> });
    let items = (!items.is_empty())
        .then(|| view! { <ul class="lines" aria-label=i18n::results::activities(locale)>{items}</ul> });
    view! { {indicators} {items} }
}

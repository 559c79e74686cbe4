//! The forms of a result: a new one, and one that is there, with its action items.

use super::{
    fields::{hidden, reason, text, to_tree},
    held::row_id,
    links::links,
    sent::Sending,
};
use crate::{
    api::{AppError, results::ResultsView},
    domain::{
        change::Refusal,
        fields::Field,
        ids::NodeId,
        results::{
            command::Subject,
            framework_form::{node_values, word},
            tree::{Level, Numbering},
        },
        text::{Assumptions, Risks, Statement},
    },
    i18n::{self, Locale},
    ui::{
        browser,
        kit::{error::ErrorPage, input::Choice, reply::Reply},
        language::use_locale,
        results::{
            address,
            filled::Filled,
            known::Known,
            reading_form::told,
            withdrawal::{Plain, withdrawal},
            words,
        },
    },
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};

#[component]
pub fn NewNodePage() -> impl IntoView {
    let (locale, query) = (use_locale(), use_query_map());
    super::page(move |known, reply| {
        let parent = query.with_untracked(|query| query.get("parent"));
        let parent = parent.and_then(|parent| parent.parse().ok());
        match level_below(&known.now(), parent) {
            Some(level) => {
                view! { <NewNode locale=locale known=known level=level parent=parent reply=reply/> }.into_any()
            }
            None => view! { <ErrorPage error=AppError::Refused(Refusal::NotFound)/> }.into_any(),
        }
    })
}

/// What stands below a result, or at the top.
fn level_below(view: &ResultsView, parent: Option<NodeId>) -> Option<Level> {
    let above = match parent {
        None => None,
        Some(parent) => Some(view.results.framework.node(parent)?.level),
    };
    Level::ALL.into_iter().find(|level| level.above() == above)
}

#[component]
fn NewNode(locale: Locale, known: Known, level: Level, parent: Option<NodeId>, reply: Option<Reply>) -> impl IntoView {
    let sending = Sending::leading(known, reply, back_to_tree(parent));
    let title = words::new_node(locale, level);
    let parent_value = parent.map(|parent| parent.to_string()).unwrap_or_default();
    let values = vec![("level".to_owned(), word(&level)), ("parent".to_owned(), parent_value)];
    let action = parent.map_or_else(|| address::NEW_NODE.to_owned(), address::new_node);
    let act = Act { action, word: "add-node", label: i18n::framework::add(locale) };
    let form = move || node_form(sending, locale, level, &act, values.clone());
    view! {
        <Title text=i18n::frame::title(locale, title)/>
        <main id="main" tabindex="-1" class="narrow">
            {to_tree(locale)}
            <h1>{title}</h1>
            {form}
        </main>
    }
}

/// After a form: the tree, the focus on the row that it was about.
pub fn back_to_tree(row: Option<NodeId>) -> impl Fn(()) + Send + Sync + 'static {
    let navigate = use_navigate();
    move |_| {
        navigate(address::TREE, Default::default());
        if let Some(row) = row {
            browser::focus_soon(format!("#{} .grip", row_id(row)));
        }
    }
}

#[component]
pub fn NodePage() -> impl IntoView {
    let (locale, params) = (use_locale(), use_params_map());
    super::page(move |known, reply| {
        let id = params.with_untracked(|params| params.get("node")).and_then(|id| id.parse().ok());
        let node = id.filter(|id| known.now().results.framework.node(*id).is_some());
        match node {
            Some(node) => view! { <EditNode locale=locale known=known node=node reply=reply/> }.into_any(),
            None => view! { <ErrorPage error=AppError::Refused(Refusal::NotFound)/> }.into_any(),
        }
    })
}

#[component]
fn EditNode(locale: Locale, known: Known, node: NodeId, reply: Option<Reply>) -> impl IntoView {
    let view = known.now();
    let Some(now) = view.results.framework.node(node).cloned() else { return ().into_any() };
    let (of_form, of_links) = split(reply, "edit-node");
    let sending = Sending::leading(known, of_form, back_to_tree(Some(node)));
    let objectives: Vec<_> = view.frame.objectives.iter().map(|objective| objective.id).collect();
    let code = Numbering::of(&view.results.framework, &objectives).node(node);
    let title =
        format!("{} {}", words::level(locale, now.level), code.map(|code| code.to_string()).unwrap_or_default());
    let act = Act { action: address::node(node), word: "edit-node", label: i18n::form::save(locale) };
    let values = node_values(&now);
    let form = move || node_form(sending, locale, now.level, &act, values.clone());
    let plain = Plain { action: address::node(node), word: "withdraw-node", values: vec![("node", node.to_string())] };
    let hint = i18n::framework::withdraw_node(locale);
    let withdrawn = withdrawal(locale, known, Subject::Node(node), hint, plain);
    let linking = (now.level == Level::Output).then(|| links(locale, known, node, of_links));
    view! {
        <Title text=i18n::frame::title(locale, title.as_str())/>
        <main id="main" tabindex="-1" class="narrow">
            {to_tree(locale)}
            <h1>{title.clone()}</h1>
            {form}
            {linking}
            {withdrawn}
        </main>
    }
    .into_any()
}

/// A page's reply, as that of the form that sends a word, or of the others.
pub fn split(reply: Option<Reply>, word: &str) -> (Option<Reply>, Option<Reply>) {
    match reply {
        Some(reply) if reply.value("do") == Some(word) => (Some(reply), None),
        other => (None, other),
    }
}

/// What a form does when it is sent.
#[derive(Clone)]
struct Act {
    action: String,
    word: &'static str,
    label: &'static str,
}

fn node_form(sending: Sending, locale: Locale, level: Level, act: &Act, values: Vec<(String, String)>) -> AnyView {
    let reply = sending.reply.get();
    let values = reply.as_ref().map_or(values, |reply| reply.values.clone());
    let told = reply.as_ref().map(|reply| told(locale, reply));
    let filled = Filled { locale, prefix: "node".to_owned(), values, reply, live: None };
    let objective = (level == Level::Outcome).then(|| objective(sending.known, &filled));
    let Act { action, word, label } = act.clone();
    view! {
        {told}
        <form class="form" method="post" action=action novalidate on:submit=move |event| sending.submit(&event)>
            {hidden(&filled, "node")}
            {hidden(&filled, "level")}
            {hidden(&filled, "parent")}
            {text(&filled, "title", Field::Statement, Statement::MAX, None)}
            {objective}
            {text(&filled, "assumptions", Field::Assumptions, Assumptions::MAX, Some(3))}
            {text(&filled, "risks", Field::Risks, Risks::MAX, Some(3))}
            {reason(&filled)}
            <p class="actions">
                <button class="button primary" name="do" value=word>{label}</button>
                <a class="button" href=address::TREE>{i18n::form::cancel(locale)}</a>
            </p>
        </form>
    }
    .into_any()
}

/// The plan's objective that an outcome is.
fn objective(known: Known, filled: &Filled) -> impl IntoView + use<> {
    let none = (String::new(), i18n::framework::no_objective(filled.locale).to_owned());
    let frame = known.now().frame;
    let objectives = frame.objectives.iter().map(|it| (it.id.to_string(), format!("{} {}", it.code, it.title)));
    let options = std::iter::once(none).chain(objectives).collect();
    let input = filled
        .named("objective", Field::Objective)
        .optional()
        .with_hint(i18n::framework::objective_hint(filled.locale));
    view! {
        <Choice input=input options=options/>
        {hidden(filled, "objective_was")}
    }
}

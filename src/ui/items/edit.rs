//! The pages of the item form: a new item, and a change of one.

use super::{
    dialog::use_item,
    form::{Filled, ItemFields},
};
use crate::{
    api::{
        AppError,
        items::{ItemView, NewItem},
    },
    domain::{
        accounts::Viewer,
        change::{Change, Command, Refusal},
        ids::ItemId,
        item_form::{ItemForm, Values, new_id},
        items::{ItemChange, ItemCommand},
        plan::Frame,
        policy,
    },
    i18n::{self, Locale},
    ui::{
        browser, data,
        frame::SiteResource,
        kit::{error::ErrorPage, reply::Reply},
        language::use_locale,
        line::{Answered, Line},
        offline,
    },
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{NavigateOptions, hooks::use_navigate};

#[component]
pub fn NewItemPage() -> impl IntoView {
    let (locale, line) = (use_locale(), expect_context::<Line>());
    let site = expect_context::<SiteResource>();
    let new = data::fetch(|| (), |()| offline::new_item());
    let reply = Reply::current();
    view! {
        <Suspense>
            {move || {
                let reply = reply.clone();
                Suspend::new(async move {
                    match (site.await, new.await) {
                        (Ok(site), Ok(new)) => {
                            view! { <NewItemForm locale=locale line=line new=new viewer=site.viewer reply=reply/> }
                                .into_any()
                        }
                        (Err(error), _) | (_, Err(error)) => view! { <ErrorPage error=error/> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
}

#[component]
fn NewItemForm(locale: Locale, line: Line, new: NewItem, viewer: Viewer, reply: Option<Reply>) -> impl IntoView {
    let title = i18n::form::new_title(locale);
    let lead = viewer.org().map(|org| org.to_string()).unwrap_or_default();
    let id = reply.as_ref().and_then(|reply| reply.value("id")).map_or_else(|| new.id.to_string(), str::to_owned);
    let values = reply.as_ref().map_or_else(|| vec![("lead".to_owned(), lead)], |reply| reply.values.clone());
    let reply = RwSignal::new(reply);
    let filled = Filled::new(&new.frame, values, policy::can_change_lead(&viewer), reply.into());
    let frame = StoredValue::new(new.frame);
    let navigate = use_navigate();
    let go = Callback::new(move |address: String| {
        navigate(&address, NavigateOptions { replace: true, ..Default::default() });
    });
    let item = new_id(Values(&[("id".to_owned(), id.clone())]));
    // What is handed over cannot be written on until it is answered: that would be lost with the page.
    let waits = move || item.is_some_and(|item| line.outbox.with(|outbox| outbox.waits_for(item)));
    on_cleanup(move || line.writing.set(false));
    view! {
        <Title text=i18n::frame::title(locale, title)/>
        <main id="main" tabindex="-1" class="narrow">
            <h1>{title}</h1>
            <p class="quiet">{i18n::form::new_draft(locale)}</p>
            <form
                class="form"
                method="post"
                action="/board/new"
                novalidate
                inert=waits
                on:input=move |_| line.writing.set(true)
                on:submit=move |event| {
                    event.prevent_default();
                    let values = browser::target_values(&event);
                    if let Err(error) = frame.with_value(|frame| create(line, go, &values, frame, reply)) {
                        reply.set(Some(Reply { values: Vec::new(), error }));
                    }
                }
            >
                <input type="hidden" name="id" value=id/>
                <ItemFields locale=locale filled=filled/>
                <p class="actions">
                    <button class="button primary">{i18n::form::create(locale)}</button>
                    <a class="button" href="/board">{i18n::form::cancel(locale)}</a>
                </p>
            </form>
        </main>
    }
}

/// For so many milliseconds the answer to a new item is waited for: then its page is opened, else the board, where it
/// lies until it has a number. Where the line is known to be cut, less long.
const ANSWERED: u32 = 10_000;
const CUT: u32 = 1_500;

/// Hands a new item to the line, and leaves the page for it. A refusal that comes while the page is there is told on it.
fn create(
    line: Line,
    go: Callback<String>,
    values: &[(String, String)],
    frame: &Frame,
    reply: RwSignal<Option<Reply>>,
) -> Result<(), AppError> {
    let values = Values(values);
    let item = new_id(values).ok_or(AppError::Unreadable)?;
    let form = ItemForm::read(values, Values(&[]), frame).map_err(Refusal::Invalid)?;
    let ItemForm { title, description, facts, reason } = form;
    let command = Command::Item(ItemCommand::Create { item, title, description, facts, reason });
    line.submit(command, move |answered| match answered {
        Answered::Done(entry) => {
            if let Change::Item(ItemChange::Created(item)) = entry.change {
                go.try_run(format!("/board/items/{}", item.number));
            }
        }
        Answered::Refused(error) => drop(reply.try_set(Some(Reply { values: Vec::new(), error }))),
        Answered::Withdrawn => {}
    });
    leave_unanswered(line, go, item);
    Ok(())
}

/// Opens the board, if a new item's answer is too long in coming.
fn leave_unanswered(line: Line, go: Callback<String>, item: ItemId) {
    let waits = move || line.outbox.with_untracked(|outbox| outbox.waits_for(item));
    let leave = move || {
        if waits() {
            go.try_run("/board".to_owned());
        }
    };
    browser::later(CUT, move || {
        if line.is_failing() {
            leave();
        }
    });
    browser::later(ANSWERED, leave);
}

#[component]
pub fn EditItemPage() -> impl IntoView {
    let locale = use_locale();
    let site = expect_context::<SiteResource>();
    let item = use_item();
    let reply = Reply::current();
    view! {
        <Suspense>
            {move || {
                let reply = reply.clone();
                Suspend::new(async move {
                    match (site.await, item.await) {
                        (Ok(site), Ok(view)) => edit_form(locale, view, &site.viewer, reply),
                        (Err(error), _) | (_, Err(error)) => view! { <ErrorPage error=error/> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
}

fn edit_form(locale: Locale, view: ItemView, viewer: &Viewer, reply: Option<Reply>) -> AnyView {
    if viewer.member().is_none() {
        return view! { <ErrorPage error=AppError::SignedOut/> }.into_any();
    }
    if !policy::can_write_item(viewer, view.item.rights()) {
        return view! { <ErrorPage error=AppError::Refused(Refusal::Forbidden)/> }.into_any();
    }
    let number = view.item.number;
    let title = i18n::form::edit_title(locale, number);
    let filled = Filled::from_item(&view, policy::can_change_lead(viewer), reply.as_ref());
    let (address, save) = (format!("/board/items/{number}"), format!("/board/items/{number}/edit"));
    view! {
        <Title text=i18n::frame::title(locale, title.as_str())/>
        <main id="main" tabindex="-1" class="narrow">
            <h1>{title.clone()}</h1>
            <form class="form" method="post" action=save novalidate>
                <ItemFields locale=locale filled=filled/>
                <p class="actions">
                    <button class="button primary">{i18n::form::save(locale)}</button>
                    <a class="button" href=address>{i18n::form::cancel(locale)}</a>
                </p>
            </form>
        </main>
    }
    .into_any()
}

//! The filters: a form that is sent by address, so that a view can be passed on.

use super::{BoardState, address::address};
use crate::{
    domain::{
        day::NEAR_DAYS,
        filter::{DueFilter, Filter, View},
        plan::{Frame, Objective},
    },
    i18n::{self, Locale},
    ui::{
        browser,
        kit::{
            icon::{Glyph, Icon},
            names,
        },
    },
};
use leptos::{ev, html, leptos_dom::helpers::debounce, prelude::*};
use leptos_router::{NavigateOptions, components::Form, hooks::use_navigate};
use std::time::Duration;

/// Searching begins when nothing was typed for so long.
const TYPED: Duration = Duration::from_millis(180);

/// A value of the address and what people read for it.
type Choice = (String, String);

#[component]
pub fn Filters(locale: Locale, board: BoardState) -> impl IntoView {
    let frame = board.frame.get_value();
    let partners = frame.partners().map(|org| (org.short_name.clone(), org.name.clone())).collect();
    let objective = |objective: &Objective| (objective.code.clone(), format!("{} {}", objective.code, objective.title));
    let objectives = frame.objectives.iter().map(objective).collect();
    let due = DueFilter::ALL.map(|due| (due.word().to_owned(), due_name(locale, due)));
    let chosen = move |of: fn(&Filter) -> Option<String>| Signal::derive(move || board.filter.with(of));
    let signed_in = board.viewer.with_value(|viewer| viewer.member().is_some());
    let archived = move || {
        let archived = board.filter.with(|filter| filter.archived);
        archived.then(|| view! { <input type="hidden" name="archived" value="1"/> })
    };
    let view = move || {
        let view = board.filter.with(|filter| filter.view);
        (view != View::default()).then(|| view! { <input type="hidden" name="view" value=view.word()/> })
    };
    use_what_was_chosen(board);
    let fold = move || i18n::filter::fold(locale, board.filter.with(Filter::narrowed_by));
    view! {
        <input type="checkbox" id="fold" class="fold hidden"/>
        <label for="fold" class="button fold-label">{fold}</label>
        <Form method="GET" action="/board" attr:class="filters"
            attr:autocomplete="off" attr:role="search" attr:aria-label=i18n::filter::title(locale)>
            {archived}
            {view}
            <Choices locale=locale name="partner" label=i18n::filter::partner(locale) choices=partners
                chosen=chosen(|filter| filter.partner.clone())/>
            <Choices locale=locale name="country" label=i18n::filter::country(locale) choices=countries(locale, &frame)
                chosen=chosen(|filter| filter.country.map(String::from))/>
            <Choices locale=locale name="objective" label=i18n::filter::objective(locale) choices=objectives
                chosen=chosen(|filter| filter.objective.clone())/>
            <Choices locale=locale name="due" label=i18n::filter::due(locale) choices=due.into()
                chosen=chosen(|filter| filter.due.map(|due| due.word().to_owned()))/>
            {signed_in.then(|| view! { <Ours locale=locale board=board/> })}
            <Search locale=locale board=board/>
            <button class="button">{i18n::filter::apply(locale)}</button>
            <CountsLine locale=locale board=board/>
            <label for="fold" class="button fold-close">{i18n::frame::close(locale)}</label>
        </Form>
    }
}

fn due_name(locale: Locale, due: DueFilter) -> String {
    match due {
        DueFilter::Late => i18n::filter::late(locale).to_owned(),
        DueFilter::Near => i18n::filter::near(locale, NEAR_DAYS),
        DueFilter::Quarter => i18n::filter::quarter(locale).to_owned(),
    }
}

/// The partners' countries by name, each once.
fn countries(locale: Locale, frame: &Frame) -> Vec<Choice> {
    let mut countries: Vec<_> = frame.partners().filter_map(|org| org.country).collect();
    countries.sort();
    countries.dedup();
    countries.into_iter().map(|country| (country.code().to_owned(), names::country(locale, country))).collect()
}

#[component]
fn Ours(locale: Locale, board: BoardState) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let ours = Memo::new(move |_| board.filter.with(|filter| filter.ours));
    follow_later(ours.into(), move |ours| {
        if let Some(input) = input.get_untracked() {
            input.set_checked(ours);
        }
    });
    let send = |event: ev::Event| browser::submit_form_of(&event);
    view! {
        <label class="check">
            <input type="checkbox" name="ours" value="1" checked=ours node_ref=input on:change=send/>
            {i18n::filter::ours(locale)}
        </label>
    }
}

/// What was chosen or typed before the page listened stays; later the field follows the address.
fn follow_later<T: Clone + PartialEq + Send + Sync + 'static>(wanted: Signal<T>, show: impl Fn(T) + 'static) {
    Effect::new(move |before: Option<T>| {
        let wanted = wanted.get();
        if before.is_some_and(|before| before != wanted) {
            show(wanted.clone());
        }
        wanted
    });
}

/// Once every card is here, what was chosen before the page listened takes effect.
fn use_what_was_chosen(board: BoardState) {
    let navigate = use_navigate();
    Effect::new(move |done: Option<bool>| {
        if done == Some(true) || !board.complete.get() {
            return done == Some(true);
        }
        let chosen = browser::values_of(".filters");
        let chosen = Filter::from_query(chosen.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        let now = board.filter.get_untracked();
        // What was typed stays in its field; it is looked for when one types on, so that nothing jumps meanwhile.
        let chosen = Filter { text: now.text.clone(), ..chosen };
        if (Filter { pages: now.pages.clone(), ..chosen.clone() }) != now {
            let options = NavigateOptions { replace: true, scroll: false, ..Default::default() };
            navigate(&address(&chosen), options);
        }
        true
    });
}

/// Words are looked for as they are typed.
#[component]
fn Search(locale: Locale, board: BoardState) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let text = Memo::new(move |_| board.filter.with(|filter| filter.text.clone()));
    follow_later(text.into(), move |text: String| {
        if let Some(input) = input.get_untracked() {
            input.set_value(&text);
        }
    });
    let navigate = use_navigate();
    let mut look = debounce(TYPED, move |typed: String| {
        // Meanwhile the form may have been sent, or the filters cleared.
        let is_newest = input.try_get_untracked().flatten().is_some_and(|input| input.value() == typed);
        let text = typed.trim().chars().take(Filter::TEXT_MAX).collect();
        let filter = Filter { text, pages: Vec::new(), ..board.filter.get_untracked() };
        if is_newest && board.complete.get_untracked() && board.filter.with_untracked(|now| *now != filter) {
            // Not a step of the history for each letter.
            navigate(&address(&filter), NavigateOptions { replace: true, scroll: false, ..Default::default() });
        }
    });
    view! {
        <label class="search">
            <span class="hidden">{i18n::filter::search(locale)}</span>
            <Icon glyph=Glyph::Search/>
            <input
                type="search"
                name="q"
                value=text
                node_ref=input
                maxlength=Filter::TEXT_MAX.to_string()
                placeholder=i18n::filter::search_hint(locale)
                on:input=move |event| look(event_target_value(&event))
            />
        </label>
    }
}

/// How many items the view shows, and the way out of it.
#[component]
fn CountsLine(locale: Locale, board: BoardState) -> impl IntoView {
    let words = move || {
        let counts = board.counts.get();
        match board.filter.with(Filter::is_narrow) {
            true => i18n::filter::count(locale, counts.shown, counts.readable),
            false => i18n::board::items(locale, counts.readable),
        }
    };
    let clear = move || {
        let all = board.filter.with(|filter| {
            filter.is_narrow().then(|| Filter { archived: filter.archived, view: filter.view, ..Filter::default() })
        })?;
        let words = i18n::filter::clear(locale);
        Some(view! { <a class="clear" href=address(&all)><Icon glyph=Glyph::Close/>{words}</a> })
    };
    view! { <p class="filter-count" role="status">{words}{clear}</p> }
}

#[component]
fn Choices(
    locale: Locale,
    name: &'static str,
    label: &'static str,
    choices: Vec<Choice>,
    chosen: Signal<Option<String>>,
) -> impl IntoView {
    let is_chosen =
        move |value: &str| chosen.with(|now| now.as_ref().is_some_and(|now| now.eq_ignore_ascii_case(value)));
    let active = move || chosen.with(Option::is_some);
    let options: Vec<_> = choices
        .into_iter()
        .map(|(value, words)| {
            let own = value.clone();
            view! { <option value=value selected=move || is_chosen(&own)>{words}</option> }
        })
        .collect();
    let select = NodeRef::<html::Select>::new();
    follow_later(chosen, move |chosen| {
        if let Some(select) = select.get_untracked() {
            select.set_value(&chosen.unwrap_or_default());
        }
    });
    view! {
        <label class="choice" class:active=active>
            <span>{label}</span>
            <select name=name node_ref=select on:change=|event| browser::submit_form_of(&event)>
                <option value="">{i18n::filter::all(locale)}</option>
                {options}
            </select>
        </label>
    }
}

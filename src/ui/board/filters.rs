//! The filters: a form that is sent by address, so that a view can be passed on.

use super::page::{Rights, address};
use crate::{
    domain::{
        board::BoardView,
        filter::{DueFilter, Filter},
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
use leptos::prelude::*;
use leptos_router::components::Form;

/// A value of the address and what people read for it.
type Choice = (String, String);

#[component]
pub fn Filters<'a>(locale: Locale, board: &'a BoardView, filter: &'a Filter, rights: Rights) -> impl IntoView + use<> {
    let partners: Vec<Choice> = board.frame.partners().map(|org| (org.short_name.clone(), org.name.clone())).collect();
    let objectives = board.frame.objectives.iter();
    let objectives: Vec<Choice> = objectives
        .map(|objective| (objective.code.clone(), format!("{} {}", objective.code, objective.title)))
        .collect();
    let due = DueFilter::ALL.map(|due| (due.word().to_owned(), due_name(locale, due).to_owned()));
    let country = filter.country.map(String::from);
    let ours_chosen = filter.ours;
    let ours = rights.signed_in.then(|| {
        view! {
            <label class="check">
                <input type="checkbox" name="ours" value="1" checked=ours_chosen prop:checked=ours_chosen on:change=|event| browser::submit_form_of(&event)/>
                {i18n::filter::ours(locale)}
            </label>
        }
    });
    let countries = countries(locale, board);
    let counts = view! { <Counts locale=locale board=board filter=filter/> };
    let (partner, objective, due_chosen) = (filter.partner.clone(), filter.objective.clone(), filter.due);
    let text = filter.text.clone();
    let archived = filter.archived.then(|| view! { <input type="hidden" name="archived" value="1"/> });
    let fold = i18n::filter::fold(locale, filter.narrowed_by());
    view! {
        <input type="checkbox" id="fold" class="fold hidden"/>
        <label for="fold" class="button fold-label">{fold}</label>
        <Form method="GET" action="/board" attr:class="filters"
            attr:autocomplete="off" attr:role="search" attr:aria-label=i18n::filter::title(locale)>
            {archived}
            <Choices locale=locale name="partner" label=i18n::filter::partner(locale) choices=partners chosen=partner/>
            <Choices locale=locale name="country" label=i18n::filter::country(locale) choices=countries chosen=country/>
            <Choices locale=locale name="objective" label=i18n::filter::objective(locale) choices=objectives chosen=objective/>
            <Choices locale=locale name="due" label=i18n::filter::due(locale) choices=due.into() chosen=due_chosen.map(|due| due.word().to_owned())/>
            {ours}
            <label class="search">
                <span class="hidden">{i18n::filter::search(locale)}</span>
                <Icon glyph=Glyph::Search/>
                <input
                    type="search"
                    name="q"
                    value=text.clone()
                    prop:value=text
                    maxlength=Filter::TEXT_MAX.to_string()
                    placeholder=i18n::filter::search_hint(locale)
                />
            </label>
            <button class="button">{i18n::filter::apply(locale)}</button>
            {counts}
        </Form>
    }
}

fn due_name(locale: Locale, due: DueFilter) -> &'static str {
    match due {
        DueFilter::Late => i18n::filter::late(locale),
        DueFilter::Quarter => i18n::filter::quarter(locale),
    }
}

/// The partners' countries by name, each once.
fn countries(locale: Locale, board: &BoardView) -> Vec<Choice> {
    let mut countries: Vec<_> = board.frame.partners().filter_map(|org| org.country).collect();
    countries.sort();
    countries.dedup();
    countries.into_iter().map(|country| (country.code().to_owned(), names::country(locale, country))).collect()
}

/// How many items the view shows, and the way out of it.
#[component]
fn Counts<'a>(locale: Locale, board: &'a BoardView, filter: &'a Filter) -> impl IntoView + use<> {
    let words = if filter.is_narrow() {
        i18n::filter::count(locale, board.shown, board.readable)
    } else {
        i18n::board::items(locale, board.readable)
    };
    let clear = filter.is_narrow().then(|| {
        let all = Filter { archived: filter.archived, ..Filter::default() };
        view! { <a class="clear" href=address(&all)><Icon glyph=Glyph::Close/>{i18n::filter::clear(locale)}</a> }
    });
    view! { <p class="filter-count" role="status">{words}{clear}</p> }
}

#[component]
fn Choices(
    locale: Locale,
    name: &'static str,
    label: &'static str,
    choices: Vec<Choice>,
    chosen: Option<String>,
) -> impl IntoView {
    let active = chosen.is_some();
    let is_chosen = |value: &str| chosen.as_ref().is_some_and(|chosen| chosen.eq_ignore_ascii_case(value));
    let options: Vec<_> = choices
        .into_iter()
        .map(|(value, words)| {
            let selected = is_chosen(&value);
            view! { <option value=value selected=selected prop:selected=selected>{words}</option> }
        })
        .collect();
    view! {
        <label class="choice" class:active=active>
            <span>{label}</span>
            <select name=name on:change=|event| browser::submit_form_of(&event)>
                <option value="" prop:selected=!active>{i18n::filter::all(locale)}</option>
                {options}
            </select>
        </label>
    }
}

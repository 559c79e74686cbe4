//! The map of the region, shaded by a measure, and the table that says the same.

use super::{
    address::{self, Measure},
    files::{Chart, Downloads},
};
use crate::{
    domain::{
        accounts::Country,
        dashboard::{Picture, Tally},
        filter::{DueFilter, Filter},
    },
    i18n::{self, Locale},
    ui::{
        board,
        kit::{
            chart::{
                drawing::Leaving,
                region::{self, Land, RegionMap},
                shade::{self, Legend, Shade},
            },
            names, table,
        },
    },
};
use leptos::prelude::*;

#[component]
pub fn MapWithTable<'a>(locale: Locale, measure: Measure, view: &'a Picture) -> impl IntoView + use<> {
    let rows = rows(view);
    (!rows.is_empty()).then(|| block(locale, measure, view, &rows))
}

fn block(locale: Locale, measure: Measure, view: &Picture, rows: &[(Country, Tally)]) -> AnyView {
    let lands = lands(locale, measure, rows);
    view! {
        <section class="block" aria-labelledby="map-title">
            <h2 id="map-title">{finding(locale, measure, rows)}</h2>
            <div class="beside">
                <div class="map">
                    <RegionMap label=i18n::dashboard::map(locale) lands=lands/>
                    <Legend label=i18n::dashboard::legend(locale) entries=legend(locale, measure)/>
                    {measures(locale, measure, view)}
                    <Downloads locale=locale chart=Chart::Map measure=measure view=view/>
                </div>
                <div>
                    {counts(locale, rows, view)}
                    <p class="quiet small">{i18n::dashboard::counts(locale)}" "{i18n::dashboard::shapes(locale)}</p>
                </div>
            </div>
        </section>
    }
    .into_any()
}

/// The map for a file.
pub fn leaving(locale: Locale, measure: Measure, view: &Picture) -> Leaving {
    let rows = rows(view);
    let (width, height) = region::SIZE;
    let lands = lands(locale, measure, &rows);
    Leaving {
        finding: finding(locale, measure, &rows),
        chart: view! { <RegionMap label=i18n::dashboard::map(locale) lands=lands/> }.into_any(),
        width,
        height,
        key: shade::key(legend(locale, measure)),
    }
}

/// What the table says, for a file.
pub fn figures(locale: Locale, view: &Picture) -> Vec<Vec<String>> {
    let row = |name: String, tally: Tally| {
        [name].into_iter().chain([tally.all, tally.done, tally.late].map(|count| count.to_string())).collect()
    };
    let countries = rows(view).into_iter().map(|(country, tally)| row(names::country(locale, country), tally));
    let all = row(i18n::dashboard::all(locale).to_owned(), view.dashboard.whole());
    table::in_words(heads(locale), countries.chain([all]))
}

fn heads(locale: Locale) -> [&'static str; 4] {
    [
        i18n::filter::country(locale),
        i18n::dashboard::actions(locale),
        i18n::dashboard::done_head(locale),
        i18n::dashboard::late_head(locale),
    ]
}

fn lands(locale: Locale, measure: Measure, rows: &[(Country, Tally)]) -> Vec<Land> {
    rows.iter().map(|(country, tally)| land(locale, measure, *country, *tally)).collect()
}

/// The countries of the partners in their order, each once.
pub fn rows(view: &Picture) -> Vec<(Country, Tally)> {
    let mut rows: Vec<(Country, Tally)> = Vec::new();
    for country in view.frame.partners().filter_map(|org| org.country) {
        if rows.iter().all(|row| row.0 != country) {
            rows.push((country, view.dashboard.of_country(country)));
        }
    }
    rows
}

pub fn country_address(country: Country) -> String {
    board::address(&of_country(country))
}

fn of_country(country: Country) -> Filter {
    Filter { country: Some(country), ..Filter::default() }
}

fn shade(measure: Measure, tally: Tally) -> Shade {
    match (measure, tally.percent_done()) {
        (Measure::Done, percent) => Shade::of_percent(percent),
        (Measure::Late, None) => Shade::NoData,
        (Measure::Late, Some(_)) => Shade::of_count(tally.late),
    }
}

fn land(locale: Locale, measure: Measure, country: Country, tally: Tally) -> Land {
    let name = names::country(locale, country);
    let label = match tally.all {
        0 => i18n::dashboard::land_empty(locale, name.as_str()),
        all => i18n::dashboard::land(locale, name.as_str(), tally.done, all, tally.late),
    };
    let value = match (measure, tally.percent_done()) {
        (_, None) => String::new(),
        (Measure::Done, Some(percent)) => i18n::card::percent(locale, percent),
        (Measure::Late, Some(_)) => tally.late.to_string(),
    };
    let href = match measure {
        Measure::Done => country_address(country),
        Measure::Late => board::address(&Filter { due: Some(DueFilter::Late), ..of_country(country) }),
    };
    Land { country, shade: shade(measure, tally), value, label, href }
}

/// What the map says, in one sentence.
fn finding(locale: Locale, measure: Measure, rows: &[(Country, Tally)]) -> String {
    match measure {
        Measure::Late => match rows.iter().filter(|row| row.1.late > 0).count() {
            0 => i18n::dashboard::late_nowhere(locale).to_owned(),
            count => i18n::dashboard::late_in(locale, count, rows.len()),
        },
        Measure::Done => {
            let shares = || rows.iter().filter_map(|row| row.1.percent_done());
            match (shares().min(), shares().max()) {
                (Some(100), _) => i18n::dashboard::all_done(locale).to_owned(),
                (Some(least), Some(most)) => i18n::dashboard::done_between(locale, least, most),
                _ => i18n::dashboard::none_planned(locale).to_owned(),
            }
        }
    }
}

/// What the shades mean.
pub fn legend(locale: Locale, measure: Measure) -> Vec<(Shade, String)> {
    let words = match measure {
        Measure::Done => ["0 %", "1–33 %", "34–66 %", "67–99 %", "100 %"],
        Measure::Late => ["0", "1", "2", "3", "4+"],
    };
    let steps = (0..Shade::STEPS).map(Shade::Step).zip(words.map(str::to_owned));
    steps.chain([(Shade::NoData, i18n::dashboard::nothing(locale).to_owned())]).collect()
}

fn measures(locale: Locale, chosen: Measure, view: &Picture) -> impl IntoView + use<> {
    let span = view.dashboard.span;
    let links = Measure::ALL.map(|measure| {
        let name = match measure {
            Measure::Done => i18n::dashboard::by_done(locale),
            Measure::Late => i18n::dashboard::by_late(locale),
        };
        let current = (measure == chosen).then_some("page");
        view! { <li><a href=address::of(span, measure, view.seen_as) aria-current=current>{name}</a></li> }
    });
    view! {
        <nav class="groupings" aria-labelledby="shade">
            <p id="shade" class="quiet small">{i18n::dashboard::shade(locale)}</p>
            <ul>{links.into_iter().collect::<Vec<_>>()}</ul>
        </nav>
    }
}

fn counts(locale: Locale, rows: &[(Country, Tally)], view: &Picture) -> impl IntoView + use<> {
    let lines: Vec<_> = rows
        .iter()
        .map(|(country, tally)| {
            view! {
                <tr>
                    <th scope="row"><a href=country_address(*country)>{names::country(locale, *country)}</a></th>
                    {cells(*tally)}
                </tr>
            }
        })
        .collect();
    view! {
        <table class="table counts">
            <caption class="hidden">{i18n::dashboard::map(locale)}</caption>
            {table::heads(heads(locale))}
            <tbody>{lines}</tbody>
            <tfoot>
                <tr><th scope="row">{i18n::dashboard::all(locale)}</th>{cells(view.dashboard.whole())}</tr>
            </tfoot>
        </table>
    }
}

/// A zero is there and steps back; what is late comes forward.
fn cells(tally: Tally) -> Vec<AnyView> {
    let class = |count: usize, class: &'static str| if count == 0 { "quiet" } else { class };
    let cells = [(tally.all, ""), (tally.done, ""), (tally.late, "late")];
    cells.map(|(count, name)| view! { <td class=class(count, name)>{count}</td> }.into_any()).into()
}

//! How the indicators stand that are furthest behind: reached beside wanted, for those who may read results.

use super::files::{Chart, Downloads};
use crate::{
    domain::{
        dashboard::Picture,
        results::{bullet::Bullet, fraction::Percent, light::Light},
    },
    i18n::{self, Locale},
    ui::{
        kit::{
            chart::{
                bullet::{self, BulletBar},
                drawing::{self, Leaving},
                shade::legend,
            },
            table,
        },
        results::{lights::LightName, words},
    },
};
use leptos::prelude::*;

/// The height of an indicator in a drawing, and how much of its title there is room for.
const ROW: usize = 44;
const TITLE: usize = 84;
const WIDTH: usize = 640;

#[component]
pub fn Bullets<'a>(locale: Locale, view: &'a Picture) -> impl IntoView + use<> {
    let tally = view.indicators.filter(|tally| tally.all() > 0);
    tally.map(|tally| block(locale, view, tally.amber + tally.red))
}

fn block(locale: Locale, view: &Picture, behind: usize) -> AnyView {
    let lines: Vec<_> = view.bullets.iter().map(|bullet| line(locale, bullet)).collect();
    let is_withheld = view.bullets.iter().any(|bullet| bullet.withheld.is_some());
    let note = is_withheld.then(|| view! { <p class="quiet">{i18n::results::small_note(locale)}</p> });
    let overview = format!("/results/overview?period={}", view.dashboard.period);
    view! {
        <section class="block" aria-labelledby="bullets-title">
            <h2 id="bullets-title">{finding(locale, behind)}</h2>
            <div class="scroll" tabindex="0" role="region" aria-label=i18n::dashboard::bullets(locale)>
                <table class="table bullets">
                    <caption class="hidden">{i18n::dashboard::bullets(locale)}</caption>
                    {table::heads(heads(locale))}
                    <tbody>{lines}</tbody>
                </table>
            </div>
            {legend(i18n::dashboard::legend(locale), key(locale, view))}
            {note}
            <Downloads locale=locale chart=Chart::Indicators view=view/>
            <p><a href=overview>{i18n::dashboard::all_indicators(locale)}</a></p>
        </section>
    }
    .into_any()
}

fn heads(locale: Locale) -> [&'static str; 4] {
    [
        i18n::dashboard::indicator(locale),
        i18n::dashboard::reached(locale),
        i18n::dashboard::wanted(locale),
        i18n::dashboard::light(locale),
    ]
}

/// How many are behind where they should be.
fn finding(locale: Locale, behind: usize) -> String {
    match behind {
        0 => i18n::dashboard::none_behind(locale).to_owned(),
        behind => i18n::dashboard::behind_target(locale, behind),
    }
}

fn share(locale: Locale, share: Option<Percent>) -> String {
    share.map_or_else(|| i18n::results::no_data(locale).to_owned(), |share| words::percent(locale, share))
}

/// How far it is, or what is said instead.
fn reached(locale: Locale, bullet: &Bullet) -> String {
    match bullet.withheld {
        Some(hidden) => words::hidden(locale, hidden).to_owned(),
        None => share(locale, bullet.reached),
    }
}

/// Where it should be. Without a baseline that is told it has no share.
fn wanted(locale: Locale, bullet: &Bullet) -> String {
    match (bullet.withheld, bullet.wanted) {
        (Some(_), None) => i18n::results::withheld(locale).to_owned(),
        (_, wanted) => share(locale, wanted),
    }
}

fn line(locale: Locale, bullet: &Bullet) -> AnyView {
    view! {
        <tr>
            <th scope="row">
                <span class="code">{bullet.code.as_str().to_owned()}</span>" "{bullet.title.clone()}
                <BulletBar reached=bullet.reached wanted=bullet.wanted/>
            </th>
            <td class="number">{reached(locale, bullet)}</td>
            <td class="number">{wanted(locale, bullet)}</td>
            <td><LightName locale=locale light=bullet.light/></td>
        </tr>
    }
    .into_any()
}

/// The bars below each other, for a file.
pub fn leaving(locale: Locale, view: &Picture) -> Leaving {
    let rows: Vec<_> = view.bullets.iter().enumerate().map(|(nth, bullet)| drawn(locale, bullet, ROW * nth)).collect();
    let height = ROW * rows.len().max(1);
    let tally = view.indicators.unwrap_or_default();
    Leaving {
        finding: finding(locale, tally.amber + tally.red),
        chart: view! { <svg viewBox=format!("0 0 {WIDTH} {height}")>{rows}</svg> }.into_any(),
        width: WIDTH,
        height,
        key: key(locale, view),
    }
}

/// What the marks of a bar mean, as far as there are any.
fn key(locale: Locale, view: &Picture) -> Vec<(AnyView, String)> {
    let bar = |class: &'static str, height: &'static str| {
        view! { <svg class="bullet-bar swatch" viewBox="0 0 16 16" aria-hidden="true"><rect class=class width="16" height=height></rect></svg> }
            .into_any()
    };
    let hatched = || {
        let lines = bullet::hatching(16);
        view! { <svg class="bullet-bar swatch" viewBox="0 0 16 16" aria-hidden="true"><path class="hatch" d=lines></path></svg> }.into_any()
    };
    let (withheld, empty): (Vec<&Bullet>, Vec<&Bullet>) =
        view.bullets.iter().filter(|bullet| bullet.reached.is_none()).partition(|bullet| bullet.withheld.is_some());
    let is_hatched = [(empty, i18n::results::no_data(locale)), (withheld, i18n::results::withheld(locale))];
    let words: Vec<_> = is_hatched.into_iter().filter(|(some, _)| !some.is_empty()).map(|(_, words)| words).collect();
    let told = [("reached", "6", i18n::dashboard::reached(locale)), ("wanted", "14", i18n::dashboard::wanted(locale))];
    let told = told.into_iter().map(|(class, height, words)| (bar(class, height), words.to_owned()));
    told.chain((!words.is_empty()).then(|| (hatched(), words.join(", ")))).collect()
}

fn drawn(locale: Locale, bullet: &Bullet, top: usize) -> AnyView {
    let title = format!("{} {}", bullet.code.as_str(), bullet.title);
    let title = drawing::wrapped(&title, TITLE).into_iter().next().unwrap_or_default();
    let shares = format!("{} / {}", reached(locale, bullet), wanted(locale, bullet));
    view! {
        <text class="meaning" x="0" y=(top + 14).to_string()>{title}</text>
        <svg x="0" y=(top + 20).to_string() width="440" height="16" preserveAspectRatio="none"
            viewBox=format!("0 0 {} {}", bullet::WIDTH, bullet::HEIGHT)>
            <BulletBar reached=bullet.reached wanted=bullet.wanted/>
        </svg>
        <text class="meaning" x="456" y=(top + 33).to_string()>{shares}</text>
    }
    .into_any()
}

/// What the table says, for a file.
pub fn figures(locale: Locale, view: &Picture) -> Vec<Vec<String>> {
    let light = |light: Light| words::light(locale, light).to_owned();
    let rows = view.bullets.iter().map(|bullet| {
        let name = format!("{} {}", bullet.code.as_str(), bullet.title);
        vec![name, reached(locale, bullet), wanted(locale, bullet), light(bullet.light)]
    });
    table::in_words(heads(locale), rows)
}

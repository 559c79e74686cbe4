//! What stands around every page: the bar with the network's pages, language, appearance and account.

use crate::{
    api::{
        AppError,
        accounts::{Site, read_site},
    },
    domain::accounts::Member,
    i18n::{self, Locale},
    ui::{
        head::{Head, Theme},
        kit::{
            icon::{Glyph, Icon},
            names,
        },
        language::use_locale,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_url;

/// Who is here, fetched once for all of a page.
pub type SiteResource = Resource<Result<Site, AppError>>;

/// Fetches who is here, for every page and the bar around them.
pub fn provide_site() {
    let site: SiteResource = Resource::new(|| (), |()| read_site());
    provide_context(site);
}

/// The bar above the page.
#[component]
pub fn TopBar() -> impl IntoView {
    let locale = use_locale();
    let site = expect_context::<SiteResource>();
    let theme = SharedValue::new(|| use_context::<Head>().map(|head| head.theme).unwrap_or_default()).into_inner();
    let url = use_url();
    let here = Signal::derive(move || url.with(|url| address(url.path(), url.search())));
    let on_board = move || url.with(|url| url.path() == "/board").then_some("page");
    view! {
        <a class="skip" href="#main" rel="external">{i18n::frame::skip(locale)}</a>
        <Suspense>
            {move || Suspend::new(async move {
                let demo = site.await.is_ok_and(|site| site.demo);
                demo.then(|| view! { <aside class="demo" aria-label=i18n::frame::demo_name(locale)>{i18n::frame::demo(locale)}</aside> })
            })}
        </Suspense>
        <header class="top">
            <a class="brand" href="/board">
                <span class="logo" aria-hidden="true"></span>
                <span class="brand-name">{i18n::frame::product(locale)}</span>
            </a>
            <nav class="pages" aria-label=i18n::frame::pages(locale)>
                <a href="/board" aria-current=on_board>{i18n::frame::board(locale)}</a>
            </nav>
            <div class="top-end">
                <LanguageMenu locale=locale here=here/>
                <ThemeMenu locale=locale here=here theme=theme/>
                <Suspense>
                    {move || Suspend::new(async move {
                        let site = site.await.ok();
                        view! { <AccountMenu locale=locale site=site/> }
                    })}
                </Suspense>
            </div>
        </header>
    }
}

/// Path and query, for forms that come back here.
fn address(path: &str, search: &str) -> String {
    if search.is_empty() { path.to_owned() } else { format!("{path}?{search}") }
}

/// A button that sends one preference and comes back here.
fn choice(
    name: &'static str,
    value: &'static str,
    label: &'static str,
    lang: Option<&'static str>,
    on: bool,
) -> AnyView {
    view! {
        <li>
            <button name=name value=value lang=lang aria-pressed=if on { "true" } else { "false" }>
                {label}
                {on.then(|| view! { <Icon glyph=Glyph::Check/> })}
            </button>
        </li>
    }
    .into_any()
}

#[component]
fn LanguageMenu(locale: Locale, here: Signal<String>) -> impl IntoView {
    let choices: Vec<_> = Locale::ALL
        .into_iter()
        .map(|other| {
            let tag = other.tag();
            choice("language", tag, names::language(locale, other), Some(tag), other == locale)
        })
        .collect();
    view! {
        <details class="menu" name="top">
            <summary>
                <Icon glyph=Glyph::Globe/>
                <span class="hidden">{i18n::frame::language(locale)}</span>
                <span class="menu-word" aria-hidden="true">{i18n::language::short(locale)}</span>
            </summary>
            <form class="menu-list" method="post" action="/preferences">
                <input type="hidden" name="back" value=move || here.get()/>
                <ul>{choices}</ul>
            </form>
        </details>
    }
}

#[component]
fn ThemeMenu(locale: Locale, here: Signal<String>, theme: Theme) -> impl IntoView {
    let choices: Vec<_> = Theme::ALL
        .into_iter()
        .map(|other| choice("theme", other.word(), names::theme(locale, other), None, other == theme))
        .collect();
    view! {
        <details class="menu" name="top">
            <summary>
                <Icon glyph=Glyph::Theme/>
                <span class="hidden">{i18n::frame::theme(locale)}</span>
            </summary>
            <form class="menu-list" method="post" action="/preferences">
                <input type="hidden" name="back" value=move || here.get()/>
                <ul>{choices}</ul>
            </form>
        </details>
    }
}

#[component]
fn AccountMenu(locale: Locale, site: Option<Site>) -> impl IntoView {
    let org = site.as_ref().and_then(|site| site.org.as_ref().map(|org| org.name.clone()));
    match site.and_then(|site| site.viewer.member().cloned()) {
        None => view! { <a class="button primary" href="/sign-in">{i18n::frame::sign_in(locale)}</a> }.into_any(),
        Some(member) => signed_in(locale, &member, org).into_any(),
    }
}

fn signed_in(locale: Locale, member: &Member, org: Option<String>) -> impl IntoView + use<> {
    view! {
        <details class="menu" name="top">
            <summary>
                <Icon glyph=Glyph::User/>
                <span class="hidden">{i18n::frame::account(locale)}</span>
            </summary>
            <form class="menu-list account" method="post" action="/sign-out">
                <p>
                    <strong>{member.name.clone()}</strong>
                    <span>{org}</span>
                    <span>{names::role(locale, member.role)}</span>
                </p>
                <ul>
                    <li><button>{i18n::frame::sign_out(locale)}</button></li>
                </ul>
            </form>
        </details>
    }
}

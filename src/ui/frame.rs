//! What stands around every page: the bar with the network's pages, language, appearance and account.

use crate::{
    api::{AppError, accounts::Site},
    domain::{
        accounts::{Member, Viewer},
        policy,
    },
    i18n::{self, Locale},
    ui::{
        browser,
        data::{self, Data},
        head::{Head, Theme},
        kit::{
            icon::{Glyph, Icon},
            names,
        },
        language::{self, use_locale},
        line::{Connection, Line, WaitingList},
        offline,
    },
};
use leptos::{ev, html, prelude::*, task::spawn_local};
use leptos_router::hooks::use_url;

/// Who is here, fetched once for all of a page.
pub type SiteResource = Data<Result<Site, AppError>>;

/// Fetches who is here, for every page and the bar around them.
pub fn provide_site() {
    let site: SiteResource = data::fetch(|| (), |()| offline::site());
    provide_context(site);
}

/// Makes the appearance that the server drew known to the page.
pub fn provide_theme() {
    let theme = data::shared(|| use_context::<Head>().map(|head| head.theme).unwrap_or_default());
    provide_context(RwSignal::new(theme));
}

/// The bar above the page.
#[component]
pub fn TopBar() -> impl IntoView {
    let (locale, line) = (use_locale(), expect_context::<Line>());
    let site = expect_context::<SiteResource>();
    watch_other_tabs(line, site);
    close_menus();
    let url = use_url();
    let here = Signal::derive(move || url.with(|url| address(url.path(), url.search())));
    let at = move |path: &'static str| url.with(|url| url.path() == path).then_some("page");
    let under = move |folder: &'static str| {
        let is_under =
            |path: &str| path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        url.with(|url| is_under(url.path())).then_some("page")
    };
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
                <a href="/board" aria-current=move || at("/board")>{i18n::frame::board(locale)}</a>
                <a href="/dashboard" aria-current=move || at("/dashboard")>{i18n::frame::dashboard(locale)}</a>
                <Suspense>
                    {move || Suspend::new(async move {
                        let reads = site.await.is_ok_and(|site| policy::can_read_results(&site.viewer));
                        reads.then(|| view! {
                            <a href="/results" aria-current=move || under("/results")>{i18n::frame::results(locale)}</a>
                        })
                    })}
                </Suspense>
            </nav>
            <div class="top-end">
                <ConnectionMark locale=locale line=line/>
                <LanguageMenu locale=locale here=here/>
                <ThemeMenu locale=locale here=here/>
                <Suspense>
                    {move || Suspend::new(async move {
                        let site = site.await.ok();
                        view! { <AccountMenu locale=locale line=line site=site/> }
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

/// Signed out, or in as somebody else, in one tab is so in all.
fn watch_other_tabs(line: Line, site: SiteResource) {
    Effect::new(move || {
        let Some(Ok(site)) = site.get() else { return };
        let viewer = site.viewer.member().map_or_else(|| browser::NOBODY.to_owned(), |member| member.id.to_string());
        browser::announce_viewer(&viewer);
        line.meet(site);
        if !line.begin_watching_tabs() {
            return;
        }
        browser::warn_before_leaving(move || line.would_lose());
        browser::on_viewer_change(move |now| match line.signed_out.get_untracked() {
            // The session ended here, too, and was said to; what was typed waits for the same member to come back.
            true if now == viewer => line.resume(),
            true if now == browser::NOBODY => {}
            _ if now != viewer => browser::reload(),
            _ => {}
        });
    });
}

/// Menus close on Escape, and on a click beside them.
fn close_menus() {
    Effect::new(move || {
        let click = window_event_listener(ev::click, |event| {
            browser::close_menus(browser::target(&event).as_ref());
        });
        let key = window_event_listener(ev::keydown, |event| {
            if event.key() == "Escape" {
                browser::close_menus(None);
            }
        });
        on_cleanup(move || {
            click.remove();
            key.remove();
        });
    });
}

/// How the line to the server is, and how many changes wait for it.
#[component]
fn ConnectionMark(locale: Locale, line: Line) -> impl IntoView {
    let listed = RwSignal::new(false);
    let mark = move || {
        // A page without a board has no line of its own, but what waits is told on every page.
        let waits = line.outbox.with(|outbox| !outbox.is_empty());
        let (word, words) = match line.connection.get() {
            None if !waits => return None,
            None => ("", ""),
            Some(Connection::Online) => ("online", i18n::line::online(locale)),
            Some(Connection::Connecting) => ("connecting", i18n::line::connecting(locale)),
            Some(Connection::Offline) => ("offline", i18n::line::offline(locale)),
        };
        let pending = move || line.pending();
        let refused = move || line.outbox.with(|outbox| outbox.refused().len());
        let waiting = move || {
            let words = match (pending(), refused()) {
                (0, 0) => return None,
                (0, refused) => i18n::waiting::refused_count(locale, refused),
                (pending, _) => i18n::line::waiting(locale, pending),
            };
            let is_bad = refused() > 0;
            Some(view! {
                <button
                    class="waiting"
                    class:bad=is_bad
                    title=i18n::waiting::show(locale)
                    aria-haspopup="dialog"
                    on:click=move |_| listed.set(true)
                >
                    {words}
                </button>
            })
        };
        let here = move || (line.here.get() > 1).then(|| i18n::line::here(locale, line.here.get()));
        Some(view! {
            <p class="connection" role="status" data-live=word data-pending=move || pending().to_string()>
                <span class="dot" aria-hidden="true"></span>
                <span class="connection-words">{words}</span>
                {waiting}
                <span class="here">{here}</span>
            </p>
        })
    };
    view! {
        {mark}
        <WaitingList locale=locale line=line open=listed/>
    }
}

/// A button that sends one preference and comes back here; where scripts run, it takes effect at once.
fn choice(
    name: &'static str,
    value: &'static str,
    label: &'static str,
    lang: Option<&'static str>,
    on: Signal<bool>,
    choose: impl Fn() + 'static,
) -> AnyView {
    view! {
        <li>
            <button
                name=name
                value=value
                lang=lang
                aria-pressed=move || if on.get() { "true" } else { "false" }
                on:click=move |event| {
                    event.prevent_default();
                    choose();
                    browser::close_menus(None);
                }
            >
                {label}
                {move || on.get().then(|| view! { <Icon glyph=Glyph::Check/> })}
            </button>
        </li>
    }
    .into_any()
}

/// A menu of the bar whose choices are sent as preferences.
#[component]
fn Preferences(
    glyph: Glyph,
    label: &'static str,
    #[prop(optional)] word: Option<&'static str>,
    here: Signal<String>,
    choices: Vec<AnyView>,
) -> impl IntoView {
    view! {
        <details class="menu" name="top">
            <summary>
                <Icon glyph=glyph/>
                <span class="hidden">{label}</span>
                {word.map(|word| view! { <span class="menu-word" aria-hidden="true">{word}</span> })}
            </summary>
            <form class="menu-list" method="post" action="/preferences">
                <input type="hidden" name="back" value=here/>
                <ul>{choices}</ul>
            </form>
        </details>
    }
}

#[component]
fn LanguageMenu(locale: Locale, here: Signal<String>) -> impl IntoView {
    let language = expect_context::<RwSignal<Locale>>();
    let choices = Locale::ALL
        .into_iter()
        .map(|other| {
            let (tag, name) = (other.tag(), names::language(locale, other));
            let on = Signal::stored(other == locale);
            choice("language", tag, name, Some(tag), on, move || language::switch(language, other))
        })
        .collect();
    let word = i18n::language::short(locale);
    view! { <Preferences glyph=Glyph::Globe label=i18n::frame::language(locale) word=word here=here choices=choices/> }
}

#[component]
fn ThemeMenu(locale: Locale, here: Signal<String>) -> impl IntoView {
    let chosen = expect_context::<RwSignal<Theme>>();
    let choices = Theme::ALL
        .into_iter()
        .map(|other| {
            let on = Signal::derive(move || chosen.get() == other);
            choice("theme", other.word(), names::theme(locale, other), None, on, move || {
                browser::set_cookie("theme", other.word());
                browser::set_root("data-theme", other.word());
                chosen.set(other);
            })
        })
        .collect();
    view! { <Preferences glyph=Glyph::Theme label=i18n::frame::theme(locale) here=here choices=choices/> }
}

#[component]
fn AccountMenu(locale: Locale, line: Line, site: Option<Site>) -> impl IntoView {
    let org = site.as_ref().and_then(|site| site.org.as_ref().map(|org| org.name.clone()));
    match site.and_then(|site| site.viewer.member().cloned()) {
        None => view! { <a class="button primary" href="/sign-in">{i18n::frame::sign_in(locale)}</a> }.into_any(),
        Some(member) => signed_in(locale, line, &member, org).into_any(),
    }
}

fn signed_in(locale: Locale, line: Line, member: &Member, org: Option<String>) -> impl IntoView + use<> {
    let id = member.id;
    let form = NodeRef::<html::Form>::new();
    let sign_out = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let busy = line.outbox.with_untracked(|outbox| !outbox.is_empty());
        if busy && !browser::confirm(i18n::waiting::sign_out(locale)) {
            return;
        }
        spawn_local(async move {
            line.writing.set(false);
            let ended = browser::post("/sign-out").await;
            line.forget(id).await;
            offline::lock(Some(id)).await;
            match form.get_untracked().filter(|_| ended) {
                // Once more, for the page that it leads to.
                Some(form) => browser::send_form(&form),
                None => line.notices.tell(i18n::waiting::sign_out_offline(locale).to_owned()),
            }
        });
    };
    view! {
        <details class="menu" name="top">
            <summary>
                <Icon glyph=Glyph::User/>
                <span class="hidden">{i18n::frame::account(locale)}</span>
            </summary>
            <form class="menu-list account" method="post" action="/sign-out" node_ref=form on:submit=sign_out>
                <p>
                    <strong>{member.name.clone()}</strong>
                    <span>{org}</span>
                    <span>{names::role(locale, member.role)}</span>
                </p>
                <ul>
                    {account_pages(locale, member)}
                    <li><button>{i18n::frame::sign_out(locale)}</button></li>
                </ul>
            </form>
        </details>
    }
}

/// Links to pages, as far as they open for the member.
fn account_pages(locale: Locale, member: &Member) -> impl IntoView + use<> {
    let viewer = Viewer::Member(member.clone());
    let pages = [
        // The first three stand in the bar where it is wide enough.
        (true, "narrow", "/board", i18n::frame::board(locale)),
        (true, "narrow", "/dashboard", i18n::frame::dashboard(locale)),
        (policy::can_read_results(&viewer), "narrow", "/results", i18n::frame::results(locale)),
        (true, "", "/account", i18n::frame::account(locale)),
        (policy::can_open_people(&viewer), "", "/people", i18n::menu::people(locale)),
        (policy::audit_sight(&viewer).is_some(), "", "/audit", i18n::menu::audit(locale)),
    ];
    let links = pages.into_iter().filter(|page| page.0).map(|(_, class, href, words)| {
        // The bar stays when the page changes, and an open menu with it.
        view! {
            <li class=class>
                <a
                    href=href
                    on:click=|_| {
                        browser::close_menus(None);
                    }
                >
                    {words}
                </a>
            </li>
        }
    });
    links.collect::<Vec<_>>()
}

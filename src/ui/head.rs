//! What the server decides before a page is drawn: files, language, appearance, and where the page's status goes.

use crate::{
    i18n::Locale,
    ui::{browser, data, language},
};
use leptos::{prelude::*, text_prop::TextProp};
use serde::{Deserialize, Serialize};
use std::sync::{
    Arc,
    atomic::{AtomicU16, Ordering},
};

/// Handed to the page by the server, as context.
#[derive(Clone, Debug)]
pub struct Head {
    pub css: String,
    pub js: String,
    pub wasm: String,
    pub locale: Locale,
    pub theme: Theme,
    /// Whether the page reloads itself when the server restarts.
    pub dev: bool,
    pub status: PageStatus,
    /// What a refused form sent, when the page answers one.
    pub reply: Option<super::kit::reply::Reply>,
    /// Why there is no page, if there is none.
    pub failure: Option<crate::api::AppError>,
    /// What this answer alone tells, and no later one.
    pub told: Option<Told>,
}

/// What is shown once, and stored nowhere as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// The link of an invitation, to be handed to `name`.
    Invitation { link: String, name: String },
    /// The link of a reset, to be handed to `name`.
    Reset { link: String, name: String },
    /// New recovery codes.
    Codes(Vec<String>),
}

/// Makes what is told once known to the pages, so that it outlives another language.
pub fn provide_told() {
    let told = data::shared(|| use_context::<Head>().and_then(|head| head.told));
    provide_context(StoredValue::new(told));
}

impl Told {
    /// What this page tells once.
    pub fn current() -> Option<Self> {
        use_context::<StoredValue<Option<Self>>>()?.get_value()
    }
}

impl Head {
    /// What the page itself knows when no server has drawn it.
    pub fn of_shell() -> Self {
        let (chosen, asked, theme, wasm) = browser::wish();
        let chosen = chosen.and_then(|tag| language::from_tag(&tag));
        let locale = chosen.unwrap_or_else(|| language::negotiate(&asked));
        browser::set_root("lang", locale.tag());
        Self {
            css: String::new(),
            js: String::new(),
            wasm,
            locale,
            theme: theme.and_then(|word| Theme::from_word(&word)).unwrap_or_default(),
            dev: false,
            status: PageStatus::default(),
            reply: None,
            failure: None,
            told: None,
        }
    }
}

/// Light or dark, chosen or left to the device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Theme {
    Light,
    Dark,
    #[default]
    System,
}

impl Theme {
    pub const ALL: [Theme; 3] = [Self::Light, Self::Dark, Self::System];

    pub fn word(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::System => "system",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.word() == word)
    }
}

/// A title that follows what it says. The server asks for a title last of all, outside of the page, where no signal may
/// be read any more: it says it once.
pub fn lasting_title(words: impl Fn() -> Option<String> + Clone + Send + Sync + 'static) -> TextProp {
    let first = untrack(&words).unwrap_or_default();
    if !cfg!(target_arch = "wasm32") {
        return first.into();
    }
    TextProp::from(move || words().unwrap_or_else(|| first.clone()))
}

/// The HTTP status of the page being drawn: pages say it, the server sends it.
#[derive(Clone, Debug)]
pub struct PageStatus(Arc<AtomicU16>);

impl Default for PageStatus {
    fn default() -> Self {
        Self::new(200)
    }
}

impl PageStatus {
    pub fn new(status: u16) -> Self {
        Self(Arc::new(AtomicU16::new(status)))
    }

    pub fn get(&self) -> u16 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Says the page's status; nothing happens in the browser.
pub fn set_status(status: u16) {
    if let Some(head) = use_context::<Head>() {
        head.status.0.store(status, Ordering::Relaxed);
    }
}

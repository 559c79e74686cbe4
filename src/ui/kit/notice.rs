//! Messages that come by themselves: shown at the foot of the page and told by screen readers, until they are closed
//! or have been there for a while.

use crate::{
    i18n,
    ui::{
        browser,
        kit::icon::{Glyph, Icon},
        language::use_locale,
    },
};
use leptos::prelude::*;

/// How long a message stays, in milliseconds.
const STAY: u32 = 12_000;

/// At most so many are shown; older ones make way.
const MOST: usize = 3;

#[derive(Clone, Debug, PartialEq, Eq)]
struct Notice {
    id: u32,
    words: String,
}

#[derive(Clone, Copy)]
pub struct Notices {
    shown: RwSignal<Vec<Notice>>,
    count: StoredValue<u32>,
}

impl Default for Notices {
    fn default() -> Self {
        Self { shown: RwSignal::new(Vec::new()), count: StoredValue::new(0) }
    }
}

impl Notices {
    pub fn tell(self, words: String) {
        self.count.update_value(|count| *count += 1);
        let id = self.count.get_value();
        self.shown.update(|shown| {
            shown.push(Notice { id, words });
            if shown.len() > MOST {
                shown.remove(0);
            }
        });
        browser::later(STAY, move || self.close(id));
    }

    fn close(self, id: u32) {
        self.shown.update(|shown| shown.retain(|notice| notice.id != id));
    }
}

#[component]
pub fn NoticeList(notices: Notices) -> impl IntoView {
    let locale = use_locale();
    view! {
        <div class="notices" role="status" aria-live="assertive">
            <For each=move || notices.shown.get() key=|notice| notice.id let(notice)>
                <div class="note bad">
                    <Icon glyph=Glyph::Warning/>
                    <p>{notice.words}</p>
                    <button class="plain" on:click=move |_| notices.close(notice.id)>
                        <Icon glyph=Glyph::Close/>
                        <span class="hidden">{i18n::frame::close(locale)}</span>
                    </button>
                </div>
            </For>
        </div>
    }
}

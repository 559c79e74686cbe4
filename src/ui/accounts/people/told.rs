//! A new link of an invitation or a reset. The server keeps only its hash, so it is seen here or never.

use crate::{
    i18n::{self, Locale},
    ui::{
        head::Told,
        kit::icon::{Glyph, Icon},
    },
};
use leptos::prelude::*;

#[component]
pub fn ToldNote(locale: Locale, told: Told, sends_mail: bool) -> impl IntoView {
    let (link, title, hint) = match told {
        Told::Invitation { link, name } => {
            (link, i18n::people::invitation_ready(locale, name), i18n::people::invitation_hint(locale))
        }
        Told::Reset { link, name } => (link, i18n::people::reset_ready(locale, name), i18n::people::reset_hint(locale)),
        Told::Codes(_) => return None,
    };
    let mailed = sends_mail.then(|| view! { <p>{i18n::people::mailed(locale)}</p> });
    Some(view! {
        <div class="note told" role="status">
            <Icon glyph=Glyph::Check/>
            <div>
                <p><strong>{title}</strong></p>
                <label for="told-link">{i18n::people::link(locale)}</label>
                <input type="text" id="told-link" value=link readonly autocomplete="off" aria-describedby="told-hint"/>
                <p id="told-hint">{hint}</p>
                {mailed}
            </div>
        </div>
    })
}

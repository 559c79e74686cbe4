//! Fields of the framework's forms: texts that know what they were filled with, and choices.

use crate::{
    domain::{fields::Field, text::Reason},
    i18n::{self, Locale},
    ui::{
        kit::{
            icon::{Glyph, Icon},
            input::{Choice, TextArea, TextLine},
        },
        results::{address, filled::Filled},
    },
};
use leptos::prelude::*;

/// Back to the whole, without having changed anything.
pub fn to_tree(locale: Locale) -> impl IntoView {
    view! { <a class="back" href=address::TREE><Icon glyph=Glyph::Back/>{i18n::framework::title(locale)}</a> }
}

/// A field that is not seen.
pub fn hidden(filled: &Filled, name: &'static str) -> impl IntoView + use<> {
    let value = filled.value(name);
    view! { <input type="hidden" name=name value=value/> }
}

/// A text of one line or several. It tells what it was made from, so that nobody overwrites what they have not seen; what
/// stands in its way is shown below it, and is what it is made from next.
pub fn text(filled: &Filled, name: &'static str, field: Field, max: usize, rows: Option<u8>) -> impl IntoView + use<> {
    let theirs = filled.theirs_of(field).cloned();
    let (was, from) = match &theirs {
        Some(theirs) => (theirs.body.clone(), theirs.version.to_string()),
        None => (filled.value(&format!("{name}_was")), filled.value(&format!("{name}_from"))),
    };
    let input = filled.named(name, field);
    let input = match rows {
        None => view! { <TextLine input=input max=max/> }.into_any(),
        Some(rows) => view! { <TextArea input=input.optional() rows=rows max=max/> }.into_any(),
    };
    let label = i18n::problem::theirs(filled.locale);
    let theirs = theirs.map(|theirs| {
        view! {
            <blockquote class="theirs">
                <p><strong>{label}</strong></p>
                <p class="typed">{theirs.body}</p>
            </blockquote>
        }
    });
    view! {
        {input}
        <input type="hidden" name=format!("{name}_was") value=was/>
        <input type="hidden" name=format!("{name}_from") value=from/>
        {theirs}
    }
}

/// One of a few words.
pub fn choice<T: serde::Serialize + Copy>(
    filled: &Filled,
    name: &'static str,
    field: Field,
    options: &[T],
    label: impl Fn(T) -> &'static str,
) -> AnyView {
    use crate::domain::results::framework_form::word;
    let options = options.iter().map(|option| (word(option), label(*option).to_owned())).collect();
    view! { <Choice input=filled.named(name, field) options=options/> }.into_any()
}

/// Why what looks like personal data may stay, once it was asked for.
pub fn reason(filled: &Filled) -> impl IntoView + use<> {
    let input = filled.asks_for_a_reason().then(|| filled.named("reason", Field::Reason));
    let hint = i18n::form::reason_hint(filled.locale);
    input.map(|input| view! { <div class="confirm"><TextLine input=input.with_hint(hint) max=Reason::MAX/></div> })
}

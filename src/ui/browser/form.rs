//! Forms and what was typed into them.

use gloo::{timers::callback::Timeout, utils::document};
use wasm_bindgen::JsCast;
use web_sys::{
    Element, Event, FormData, HtmlButtonElement, HtmlFormElement, HtmlInputElement, HtmlSelectElement,
    HtmlTextAreaElement,
};

/// A form of the page.
pub type Form = HtmlFormElement;

/// Sends the form that an input belongs to, as if its button had been pressed.
pub fn submit_form_of(event: &Event) {
    let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let form = element.and_then(|element| element.closest("form").ok().flatten());
    if let Some(form) = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) {
        // A form that is not valid tells so itself.
        let _ = form.request_submit();
    }
}

/// Sends a form as the browser does, asking nobody.
pub fn send_form(form: &HtmlFormElement) {
    // It fails only on a form that is not in the page.
    let _ = form.submit();
}

/// The name and value of the button that sends a form.
pub fn submitter(event: &web_sys::SubmitEvent) -> Option<(String, String)> {
    let button = event.submitter()?.dyn_into::<HtmlButtonElement>().ok()?;
    Some((button.name(), button.value()))
}

/// The same of the form that an event met.
pub fn target_values(event: &Event) -> Vec<(String, String)> {
    let form = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
    form.map(|form| values(&form)).unwrap_or_default()
}

/// Whether an event comes from a field for a date.
pub fn is_date(event: &Event) -> bool {
    let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    input.is_some_and(|input| input.type_() == "date")
}

/// The names and values that a form would send, in their order.
pub fn values(form: &HtmlFormElement) -> Vec<(String, String)> {
    let Ok(data) = FormData::new_with_form(form) else { return Vec::new() };
    let mut values = Vec::new();
    for field in fields(form) {
        let name = field.get_attribute("name").unwrap_or_default();
        if values.iter().any(|(known, _)| *known == name) {
            continue;
        }
        let all = data.get_all(&name);
        let all = all.iter().filter_map(|value| value.as_string());
        values.extend(all.map(|value| (name.clone(), value)));
    }
    values
}

/// The names and values of the form that a selector names; none if it is not there.
pub fn values_of(selector: &str) -> Vec<(String, String)> {
    let form = document().query_selector(selector).ok().flatten();
    form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok()).map(|form| values(&form)).unwrap_or_default()
}

fn fields(inside: &Element) -> Vec<Element> {
    let Ok(found) = inside.query_selector_all("input[name], select[name], textarea[name]") else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
}

/// Puts values into the fields of a form; names that are not among them are emptied.
pub fn show_values(form: &HtmlFormElement, values: &[(String, String)]) {
    for field in fields(form) {
        let name = field.get_attribute("name").unwrap_or_default();
        let mut own = values.iter().filter(|value| value.0 == name).map(|value| value.1.as_str());
        set(&field, |option| values.iter().any(|value| value.0 == name && value.1 == option), own.next().unwrap_or(""));
    }
}

fn set(field: &Element, has: impl Fn(&str) -> bool, value: &str) {
    if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
        match input.type_().as_str() {
            "checkbox" | "radio" => input.set_checked(has(&input.value())),
            _ if input.value() == value => {}
            _ => input.set_value(value),
        }
    } else if let Some(select) = field.dyn_ref::<HtmlSelectElement>() {
        select.set_value(value);
    } else if let Some(text) = field.dyn_ref::<HtmlTextAreaElement>().filter(|text| text.value() != value) {
        text.set_value(value);
    }
}

/// Carries what was typed over a redrawing of the page, which it runs.
pub fn keep_fields(redraw: impl FnOnce()) {
    let forms = document().query_selector_all("main form").ok();
    let forms = forms.into_iter().flat_map(|forms| (0..forms.length()).filter_map(move |at| forms.item(at)));
    let kept = forms.filter_map(|form| form.dyn_into::<HtmlFormElement>().ok()).map(|form| values(&form)).collect();
    redraw();
    give_back(kept, 40);
}

/// The new page may still wait for something before it draws its forms.
fn give_back(kept: Vec<Vec<(String, String)>>, tries: u32) {
    Timeout::new(25, move || {
        let forms = document().query_selector_all("main form").ok();
        let count = forms.as_ref().map_or(0, web_sys::NodeList::length) as usize;
        if count < kept.len() && tries > 0 {
            return give_back(kept, tries - 1);
        }
        let Some(forms) = forms else { return };
        for (at, values) in (0..).zip(&kept) {
            let form = forms.item(at).and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
            // Without its token a form's hidden fields must stay as the new page has them.
            if let Some(form) = form {
                show_values(&form, values);
            }
        }
    })
    .forget();
}

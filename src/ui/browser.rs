//! The only door to the browser's own interfaces. On the server nothing here does anything.

/// Says that the page is interactive now.
pub fn mark_hydrated() {
    #[cfg(target_arch = "wasm32")]
    {
        use wasm_bindgen::UnwrapThrowExt;
        let body = gloo::utils::body();
        body.set_attribute("data-hydrated", "").expect_throw("the name of the attribute is a valid one");
    }
}

/// Sends the form that an input belongs to, as if its button had been pressed.
pub fn submit_form_of(event: &leptos::ev::Event) {
    #[cfg(target_arch = "wasm32")]
    {
        use wasm_bindgen::JsCast;
        let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let form = element.and_then(|element| element.closest("form").ok().flatten());
        if let Some(form) = form.and_then(|form| form.dyn_into::<web_sys::HtmlFormElement>().ok()) {
            // A form that is not valid tells so itself.
            let _ = form.request_submit();
        }
    }
    #[cfg(not(target_arch = "wasm32"))]
    let _ = event;
}

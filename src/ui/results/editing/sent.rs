//! A form of the framework: sent by the browser without a script, and handed to the line with one.

use crate::{
    domain::results::command::ResultsCommand,
    ui::{browser, kit::reply::Reply, results::known::Known},
};
use leptos::{ev::SubmitEvent, prelude::*};

/// Where a form's answer goes.
#[derive(Clone, Copy)]
pub struct Sending {
    pub known: Known,
    pub reply: RwSignal<Option<Reply>>,
    /// Called with what was handed over.
    pub done: Callback<ResultsCommand>,
}

impl Sending {
    /// For forms that draw themselves anew with what is wrong.
    pub fn new(known: Known, reply: Option<Reply>, done: impl Fn(ResultsCommand) + Send + Sync + 'static) -> Self {
        Self { known, reply: RwSignal::new(reply), done: Callback::new(done) }
    }

    pub fn submit(self, event: &SubmitEvent) {
        event.prevent_default();
        let mut values = browser::target_values(event);
        values.extend(browser::submitter(event));
        match self.known.act(&values) {
            Ok(command) => {
                self.reply.set(None);
                self.done.run(command);
            }
            Err(error) => {
                self.reply.set(Some(Reply { values, error }));
                browser::focus_soon("[aria-invalid=true]".to_owned());
            }
        }
    }
}

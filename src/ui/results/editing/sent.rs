//! A form of the framework: sent by the browser without a script, and handed to the line with one.

use crate::{
    api::AppError,
    domain::results::command::ResultsCommand,
    i18n,
    ui::{
        browser,
        kit::reply::Reply,
        line::Connection,
        results::known::{Known, Outcome},
    },
};
use leptos::{ev::SubmitEvent, prelude::*};

/// What becomes of a form. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Sending {
    pub known: Known,
    pub reply: RwSignal<Option<Reply>>,
    /// Where a form leads to; one that has nowhere to go stays, and can be sent again at once.
    next: Option<Callback<()>>,
    /// Whether a form that leads elsewhere is on its way.
    waits: RwSignal<bool>,
}

impl Sending {
    /// For forms that stay, and draw themselves anew with what is wrong.
    pub fn new(known: Known, reply: Option<Reply>) -> Self {
        Self { known, reply: RwSignal::new(reply), next: None, waits: RwSignal::new(false) }
    }

    /// For a form that leads elsewhere when it is answered: who is refused has their words still before them. Without a
    /// line it goes on at once, and the line keeps what was handed to it.
    pub fn leading(known: Known, reply: Option<Reply>, next: impl Fn(()) + Send + Sync + 'static) -> Self {
        let sending = Self { next: Some(Callback::new(next)), ..Self::new(known, reply) };
        Effect::new(move |_| {
            if known.line.connection.get() != Some(Connection::Online) {
                sending.go_on();
            }
        });
        sending
    }

    pub fn submit(self, event: &SubmitEvent) {
        event.prevent_default();
        let mut values = browser::target_values(event);
        values.extend(browser::submitter(event));
        // Pressed twice, it is sent once.
        if self.waits.get_untracked() {
            return;
        }
        match self.known.read(&values) {
            Ok(command) => self.send(command, values),
            Err(error) => drop(self.refuse(values, error)),
        }
    }

    fn send(self, command: ResultsCommand, values: Vec<(String, String)>) {
        match self.next {
            Some(_) => self.waits.set(true),
            None => self.reply.set(None),
        }
        let known = self.known;
        known.submit(command, None, move |op, outcome| match outcome {
            Outcome::Refused(error) if self.refuse(values, error.clone()) => {
                // It stands in the form, where it goes on.
                known.line.let_go(move |outbox| outbox.let_go_of(op));
                known.ask();
            }
            Outcome::Refused(error) => known.line.tell_refused(i18n::waiting::results(known.line.locale()), &error),
            Outcome::Done(_) | Outcome::Withdrawn => self.go_on(),
        });
        if !known.line.is_online() {
            self.go_on();
        }
    }

    /// Shows what is wrong. Whether the form is still there.
    fn refuse(self, values: Vec<(String, String)>, error: AppError) -> bool {
        self.waits.try_set(false);
        let is_here = self.reply.try_set(Some(Reply { values, error })).is_none();
        if is_here {
            browser::focus_soon("[aria-invalid=true]".to_owned());
        }
        is_here
    }

    fn go_on(self) {
        let waited = self.waits.try_update_untracked(std::mem::take);
        if let (Some(true), Some(next)) = (waited, self.next) {
            next.run(());
        }
    }
}

//! How many statements a piece of work sends to the database, as the drivers themselves tell.

use std::{
    collections::HashMap,
    fmt::Debug,
    sync::{Mutex, Once},
};
use tracing::{
    Event, Instrument, Span, Subscriber,
    field::{Field, Visit},
    span::Id,
    subscriber::set_global_default,
};
use tracing_subscriber::{
    Layer, Registry,
    layer::{Context, SubscriberExt},
    registry::LookupSpan,
};

/// By the span in which they were sent.
static COUNTS: Mutex<Option<HashMap<Id, usize>>> = Mutex::new(None);

/// Does the work, and answers with its result how many statements that took. Whatever other tests of the program do
/// meanwhile is not counted: the drivers report each statement within the span of who sent it, SQLite's from a thread of
/// its own, which is why the listener is the whole program's.
pub async fn counted<T>(work: impl Future<Output = T>) -> (T, usize) {
    static LISTENS: Once = Once::new();
    LISTENS.call_once(|| set_global_default(Registry::default().with(Listener)).expect("nobody else listens"));
    let span = tracing::info_span!("counted");
    let done = work.instrument(span.clone()).await;
    (done, count(&span))
}

fn count(span: &Span) -> usize {
    let id = span.id().expect("a span that is listened to has an id");
    COUNTS.lock().unwrap().as_mut().and_then(|counts| counts.remove(&id)).unwrap_or(0)
}

struct Listener;

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Listener {
    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        if event.metadata().target() != "sqlx::query" || opens_a_connection(event) {
            return;
        }
        if let Some(span) = context.event_span(event) {
            *COUNTS.lock().unwrap().get_or_insert_default().entry(span.id()).or_default() += 1;
        }
    }
}

/// Whether an SQLite connection is set up. The pool opens one more whenever the last is not yet given back, so it is
/// chance who pays for that.
fn opens_a_connection(event: &Event<'_>) -> bool {
    let mut summary = Summary(String::new());
    event.record(&mut summary);
    summary.0.trim_start().starts_with("PRAGMA")
}

/// The first words of a statement.
struct Summary(String);

impl Visit for Summary {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "summary" {
            value.clone_into(&mut self.0);
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}
}

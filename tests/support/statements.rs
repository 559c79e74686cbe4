//! How many statements a piece of work sends to the database, as the drivers themselves tell.

use std::{collections::HashMap, sync::Mutex, sync::Once};
use tracing::{Event, Instrument, Span, Subscriber, span::Id, subscriber::set_global_default};
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
        if event.metadata().target() != "sqlx::query" {
            return;
        }
        if let Some(span) = context.event_span(event) {
            *COUNTS.lock().unwrap().get_or_insert_default().entry(span.id()).or_default() += 1;
        }
    }
}

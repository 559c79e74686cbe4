//! What the browser keeps for us beyond the page: texts by name, in IndexedDB, the same for all tabs. Where that is
//! forbidden or full, they live as long as the page.

use gloo::utils::window;
use idb::{Database, DatabaseEvent, Factory, ObjectStoreParams, TransactionMode};
use std::{cell::RefCell, collections::HashMap, rc::Rc};
use wasm_bindgen::JsValue;

const DATABASE: &str = "act-board";
const STORE: &str = "kept";

thread_local! {
    static OPEN: RefCell<Option<Rc<Database>>> = const { RefCell::new(None) };
    /// What could not be kept. It goes before what is.
    static MEMORY: RefCell<HashMap<String, Option<String>>> = RefCell::default();
}

async fn database() -> Result<Rc<Database>, idb::Error> {
    if let Some(open) = OPEN.with_borrow(Option::clone) {
        return Ok(open);
    }
    let mut request = Factory::new()?.open(DATABASE, Some(1))?;
    request.on_upgrade_needed(|event| {
        // If it fails, so does the opening.
        let _ = event.database().map(|database| database.create_object_store(STORE, ObjectStoreParams::new()));
    });
    let mut opened = request.await?;
    // A newer program wants another form of it, or the user has cleared it: the next call opens it again.
    opened.on_version_change(|_| OPEN.set(None));
    opened.on_close(|_| OPEN.set(None));
    let opened = Rc::new(opened);
    OPEN.set(Some(opened.clone()));
    Ok(opened)
}

fn failed<T>(_: &idb::Error) -> Option<T> {
    // Perhaps only this connection is broken.
    OPEN.set(None);
    None
}

/// What is kept under a name.
pub async fn kept(name: &str) -> Option<String> {
    if let Some(known) = MEMORY.with_borrow(|memory| memory.get(name).cloned()) {
        return known;
    }
    let read = async {
        let transaction = database().await?.transaction(&[STORE], TransactionMode::ReadOnly)?;
        let value = transaction.object_store(STORE)?.get(JsValue::from_str(name))?.await?;
        Ok(value.and_then(|value| value.as_string()))
    };
    read.await.unwrap_or_else(|error| failed(&error))
}

/// Changes what is kept under a name in one step, whatever other tabs do meanwhile: from the text as it is to the one
/// that it becomes, nothing being none. Answers what the change answers.
pub async fn change_kept<T>(name: &str, change: impl FnOnce(Option<String>) -> (Option<String>, T)) -> T {
    if let Some(known) = MEMORY.with_borrow(|memory| memory.get(name).cloned()) {
        return remember(name, change(known));
    }
    let opened = async {
        let transaction = database().await?.transaction(&[STORE], TransactionMode::ReadWrite)?;
        let store = transaction.object_store(STORE)?;
        let value = store.get(JsValue::from_str(name))?.await?;
        Ok((transaction, store, value.and_then(|value| value.as_string())))
    };
    let (transaction, store, before) = match opened.await {
        Ok(opened) => opened,
        Err(error) => {
            failed::<()>(&error);
            return remember(name, change(None));
        }
    };
    let (after, answer) = change(before.clone());
    if after == before {
        return answer;
    }
    let written = async {
        let key = JsValue::from_str(name);
        match &after {
            Some(text) => drop(store.put(&JsValue::from_str(text), Some(&key))?.await?),
            None => store.delete(key)?.await?,
        }
        transaction.commit()?.await.map(|_| ())
    };
    if let Err(error) = written.await {
        failed::<()>(&error);
        return remember(name, (after, answer));
    }
    answer
}

fn remember<T>(name: &str, (after, answer): (Option<String>, T)) -> T {
    MEMORY.with_borrow_mut(|memory| memory.insert(name.to_owned(), after));
    answer
}

/// Forgets what is kept under a name.
pub async fn forget_kept(name: &str) {
    change_kept(name, |_| (None, ())).await;
}

/// Asks the browser not to throw away what is kept when it runs out of space. It may decline.
pub fn ask_to_keep() {
    let storage = window().navigator().storage();
    let _ = storage.persist();
}

//! What the browser keeps for us beyond the page: texts by name, in IndexedDB, the same for all tabs. Where that is
//! forbidden or full, they live as long as the page.

use gloo::utils::window;
use idb::{Database, DatabaseEvent, Factory, ObjectStore, ObjectStoreParams, Transaction, TransactionMode};
use std::{cell::RefCell, collections::HashMap, rc::Rc};
use wasm_bindgen::JsValue;

const DATABASE: &str = "act-board";
const STORE: &str = "kept";

/// A connection that the browser has closed is opened once more.
const TRIES: usize = 2;

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

/// What is kept under a name.
pub async fn kept(name: &str) -> Option<String> {
    if let Some(known) = MEMORY.with_borrow(|memory| memory.get(name).cloned()) {
        return known;
    }
    for _ in 0..TRIES {
        match read(name).await {
            Ok(value) => return value,
            // Perhaps only this connection is broken.
            Err(_) => OPEN.set(None),
        }
    }
    None
}

async fn read(name: &str) -> Result<Option<String>, idb::Error> {
    let transaction = database().await?.transaction(&[STORE], TransactionMode::ReadOnly)?;
    let value = transaction.object_store(STORE)?.get(JsValue::from_str(name))?.await?;
    Ok(value.and_then(|value| value.as_string()))
}

/// From a kept text as it is to the one that it becomes, nothing being none. Boxed, since each kind of it would make
/// all that follows once more for every visitor.
pub type KeptChange<'a> = Box<dyn FnOnce(Option<String>) -> Option<String> + 'a>;

/// Changes what is kept under a name in one step, whatever other tabs do meanwhile.
pub async fn change_kept(name: &str, change: KeptChange<'_>) {
    let known = MEMORY.with_borrow(|memory| memory.get(name).cloned());
    let mut opened = None;
    for _ in 0..TRIES {
        if known.is_some() || opened.is_some() {
            break;
        }
        match open(name).await {
            Ok(found) => opened = Some(found),
            Err(_) => OPEN.set(None),
        }
    }
    let Some((transaction, store, before)) = opened else {
        return remember(name, change(known.flatten()));
    };
    let after = change(before.clone());
    if after != before && write(name, transaction, &store, after.as_deref()).await.is_err() {
        OPEN.set(None);
        remember(name, after);
    }
}

async fn open(name: &str) -> Result<(Transaction, ObjectStore, Option<String>), idb::Error> {
    let transaction = database().await?.transaction(&[STORE], TransactionMode::ReadWrite)?;
    let store = transaction.object_store(STORE)?;
    let value = store.get(JsValue::from_str(name))?.await?;
    Ok((transaction, store, value.and_then(|value| value.as_string())))
}

async fn write(
    name: &str,
    transaction: Transaction,
    store: &ObjectStore,
    text: Option<&str>,
) -> Result<(), idb::Error> {
    let key = JsValue::from_str(name);
    match text {
        Some(text) => drop(store.put(&JsValue::from_str(text), Some(&key))?.await?),
        None => store.delete(key)?.await?,
    }
    transaction.commit()?.await.map(|_| ())
}

fn remember(name: &str, after: Option<String>) {
    MEMORY.with_borrow_mut(|memory| memory.insert(name.to_owned(), after));
}

/// Whether all is kept beyond the page.
pub fn is_keeping() -> bool {
    MEMORY.with_borrow(HashMap::is_empty)
}

/// Puts a text in the place of what is kept under a name.
pub async fn keep(name: &str, text: String) {
    change_kept(name, Box::new(|_| Some(text))).await;
}

/// Forgets all whose name begins so, but one.
pub async fn forget_all(beginning: &str, but: &str) {
    let names = async {
        let transaction = database().await?.transaction(&[STORE], TransactionMode::ReadOnly)?;
        transaction.object_store(STORE)?.get_all_keys(None, None)?.await
    };
    // Where nothing can be read, nothing was kept.
    let names = names.await.unwrap_or_default();
    for name in names.iter().filter_map(JsValue::as_string) {
        if name.starts_with(beginning) && name != but {
            forget_kept(&name).await;
        }
    }
}

/// Forgets what is kept under a name.
pub async fn forget_kept(name: &str) {
    change_kept(name, Box::new(|_| None)).await;
    // What the page alone remembers hides what was kept before; that has to go too.
    if !is_keeping()
        && let Ok((transaction, store, _)) = open(name).await
    {
        // Where nothing can be changed there is nothing else to try.
        let _ = write(name, transaction, &store, None).await;
    }
}

/// Asks the browser not to throw away what is kept when it runs out of space. It may decline.
pub fn ask_to_keep() {
    let storage = window().navigator().storage();
    let _ = storage.persist();
}

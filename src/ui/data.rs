//! What a page fetches, as the framework does it, but read from bytes as every other JSON of ours is. Readers of strings
//! beside those would double all that reads: 60 kB for every visitor.

use codee::{Decoder, Encoder};
use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

/// How data travel from the server to the page that takes it over.
pub struct Json;

impl<T: Serialize> Encoder<T> for Json {
    type Error = serde_json::Error;
    type Encoded = String;

    fn encode(value: &T) -> Result<String, serde_json::Error> {
        serde_json::to_string(value)
    }
}

impl<T: DeserializeOwned> Decoder<T> for Json {
    type Error = serde_json::Error;
    type Encoded = str;

    fn decode(value: &str) -> Result<T, serde_json::Error> {
        serde_json::from_slice(value.as_bytes())
    }
}

/// Something fetched, on the server for the page that it draws, later by the browser.
pub type Data<T> = Resource<T, Json>;

/// Fetches, and again whenever the source changes.
pub fn fetch<S, T, F>(
    source: impl Fn() -> S + Send + Sync + 'static,
    fetcher: impl Fn(S) -> F + Send + Sync + 'static,
) -> Data<T>
where
    S: Clone + PartialEq + Send + Sync + 'static,
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Future<Output = T> + Send + 'static,
{
    Resource::new_with_options(source, fetcher, false)
}

/// A value that the server decides and the page takes over.
pub fn shared<T: Serialize + DeserializeOwned>(decide: impl FnOnce() -> T) -> T {
    SharedValue::<T, Json>::new_with_encoding(decide).into_inner()
}

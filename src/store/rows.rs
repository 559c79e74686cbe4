//! Reading columns that hold more than the database's own types say.

use super::StoreError;
use crate::domain::day::Day;

/// A stored ISO day.
pub fn day(text: &str) -> Result<Day, StoreError> {
    text.parse().map_err(|_| StoreError::Unreadable { what: "day" })
}

/// A stored ISO day that may be missing.
pub fn day_if_any(text: Option<&str>) -> Result<Option<Day>, StoreError> {
    text.map(day).transpose()
}

/// A value that this program must know, such as a kind.
pub fn known<T>(what: &'static str, value: Option<T>) -> Result<T, StoreError> {
    value.ok_or(StoreError::Unreadable { what })
}

/// A word that serde writes for an enum: "in_progress".
pub fn word<T: serde::Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// The enum that a word stands for.
pub fn from_word<T: serde::de::DeserializeOwned>(what: &'static str, word: &str) -> Result<T, StoreError> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).map_err(|_| StoreError::Unreadable { what })
}

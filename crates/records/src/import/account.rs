//! What is told of an import beside its counts, as it is kept with it: JSON, and nothing where there is nothing to tell.

use base::{Error, Result};
use serde::{Serialize, de::DeserializeOwned};

/// As it was kept; nothing of an import that has not begun.
pub fn parse<T: DeserializeOwned + Default>(text: Option<&str>) -> T {
    text.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
}

/// As it is kept.
pub fn to_text<T: Serialize + Default + PartialEq>(told: &T) -> Result<Option<String>> {
    if *told == T::default() {
        return Ok(None);
    }
    serde_json::to_string(told).map(Some).map_err(Error::internal)
}

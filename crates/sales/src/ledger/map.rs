//! The map of a flat transaction file, as it is written: TOML with a table for each object.

use base::{Error, Message, Result, message};
use records::transfer::FileHints;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A whole map.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LedgerMap {
    pub file: FileHints,
    pub contact: BTreeMap<String, Told>,
    pub product: BTreeMap<String, Told>,
    pub order: BTreeMap<String, Told>,
    pub line: BTreeMap<String, Told>,
}

/// A column, or a column with how to read it.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Told {
    Column(String),
    Read(Read),
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Read {
    pub column: String,
    /// The type of the custom field to make, where there is none of the name yet.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// strftime pattern of this column alone.
    pub dates: Option<String>,
    /// ISO 4217, of this column alone.
    pub currency: Option<String>,
}

impl LedgerMap {
    /// # Errors
    /// A field error for `map` that says where it cannot be read.
    pub fn parse(text: &str) -> Result<LedgerMap> {
        let unreadable = |error: toml::de::Error| wrong(message!("file-map-unreadable", reason = error.message()));
        toml::from_str(text).map_err(unreadable)
    }
}

impl Told {
    pub fn column(&self) -> &str {
        match self {
            Told::Column(column) => column,
            Told::Read(read) => &read.column,
        }
    }

    pub fn read(&self) -> Option<&Read> {
        match self {
            Told::Column(_) => None,
            Told::Read(read) => Some(read),
        }
    }
}

/// The map is wrong.
pub fn wrong(message: Message) -> Error {
    Error::field("map", message)
}

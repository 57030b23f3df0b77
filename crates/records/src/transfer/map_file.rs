//! The map that a person writes for a file: which column goes where, and how it is to be read. TOML or JSON.
//!
//! ```toml
//! [file]
//! dates = "%d.%m.%Y"
//!
//! [fields]
//! last_name = "Nazwisko"
//! company.name = "Firma"
//! birth_date = { column = "DOB", dates = "%m/%d/%Y" }
//! source = { value = "Fair 2026" }
//! segment = { column = "Type", values = { "Key account" = "key" }, unknown = "leave" }
//!
//! [also.notes]
//! body = "Comment"
//! ```

use super::format::{Encoding, Format};
use crate::fields::Reading;
use base::{Message, message};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// A map, read but not yet held against an object and a header.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MapFile {
    pub file: FileHints,
    /// Our fields, or paths such as `company.name`, each with what the file has for it.
    pub fields: Vec<(String, Told)>,
    /// What else each row makes.
    pub also: Vec<AlsoTold>,
}

/// Records that each row makes beside its own and that lead to it: notes about a contact.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AlsoTold {
    pub object: String,
    /// The field by which one that is there is found.
    pub match_by: Option<String>,
    pub fields: Vec<(String, Told)>,
}

/// How the file is written, where it should not be guessed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FileHints {
    pub encoding: Option<String>,
    /// One character; `tab` is understood.
    pub delimiter: Option<String>,
    /// strftime pattern.
    pub dates: Option<String>,
    /// ISO 4217.
    pub currency: Option<String>,
    pub decimal_comma: Option<bool>,
}

/// What the file has for one field.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Told {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// The same for every row, instead of a column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dates: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Of references: what the cell names is made where it is not there.
    #[serde(skip_serializing_if = "is_not")]
    pub create: bool,
    /// Of references: what the cell names gets what else the row says of it.
    #[serde(skip_serializing_if = "is_not")]
    pub update: bool,
    /// What becomes of a cell that is no value of the field, or means no record.
    #[serde(skip_serializing_if = "is_not_left")]
    pub unknown: Unknown,
    /// What stands for what: texts of the file, in any case, with ours.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
    /// Of references of what is made beside: to the record of the row.
    #[serde(skip)]
    pub is_row: bool,
}

fn is_not(flag: &bool) -> bool {
    !flag
}

fn is_not_left(unknown: &Unknown) -> bool {
    *unknown == Unknown::Fail
}

/// What becomes of a cell that makes no sense.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Unknown {
    /// Its row fails.
    #[default]
    Fail,
    /// The field is left as it is, and the cell is counted.
    Leave,
}

impl Told {
    /// The text of a column.
    pub fn column(name: &str) -> Told {
        Told { column: Some(name.to_owned()), ..Told::default() }
    }

    /// The record that the cell names is more than looked up.
    pub fn makes(&self) -> bool {
        self.create || self.update
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    file: FileHints,
    fields: Map<String, Json>,
    #[serde(default)]
    also: Map<String, Json>,
}

/// The word of a map for the record that a row is about.
const ROW: &str = "row";

impl MapFile {
    /// Reads a map; one that begins with a brace is JSON.
    pub fn parse(text: &str) -> Result<MapFile, Message> {
        let unreadable = |reason: String| message!("file-map-unreadable", reason = reason.trim());
        let written: Written = if text.trim_start().starts_with('{') {
            serde_json::from_str(text).map_err(|error| unreadable(error.to_string()))?
        } else {
            toml::from_str(text).map_err(|error| unreadable(error.message().to_owned()))?
        };
        let mut fields = Vec::new();
        for (name, told) in written.fields {
            collect(name, told, &mut fields)?;
        }
        let mut also = Vec::new();
        for (object, told) in written.also {
            match told {
                Json::Array(tables) => {
                    for table in tables {
                        also.push(beside(&object, table)?);
                    }
                }
                table => also.push(beside(&object, table)?),
            }
        }
        Ok(MapFile { file: written.file, fields, also })
    }
}

/// One table of what rows also make.
fn beside(object: &str, told: Json) -> Result<AlsoTold, Message> {
    let unclear = || message!("file-map-unclear", field = format!("also.{object}"));
    let Json::Object(mut table) = told else { return Err(unclear()) };
    let match_by = match table.remove("match") {
        None => None,
        Some(Json::String(field)) => Some(field),
        Some(_) => return Err(unclear()),
    };
    let mut fields = Vec::new();
    for (name, told) in table {
        match told {
            Json::String(text) if text == ROW => fields.push((name, Told { is_row: true, ..Told::column(ROW) })),
            told => collect(name, told, &mut fields)?,
        }
    }
    Ok(AlsoTold { object: object.to_owned(), match_by, fields })
}

/// A text is a column. A table tells more; one without words of ours is the next step of a path: `company.name` is
/// a table in TOML.
fn collect(name: String, told: Json, fields: &mut Vec<(String, Told)>) -> Result<(), Message> {
    let unclear = |field: &str| message!("file-map-unclear", field = field);
    match told {
        Json::String(column) => fields.push((name, Told::column(&column))),
        Json::Object(parts) if parts.contains_key("column") || parts.contains_key("value") => {
            let told: Told = serde_json::from_value(Json::Object(parts)).map_err(|_| unclear(&name))?;
            if told.column.is_some() == told.value.is_some() {
                return Err(unclear(&name));
            }
            fields.push((name, told));
        }
        // Few steps only: a natural key is a field of the record next door, whose object may be named.
        Json::Object(parts) if name.matches('.').count() < 2 && !parts.is_empty() => {
            for (step, told) in parts {
                collect(format!("{name}.{step}"), told, fields)?;
            }
        }
        _ => return Err(unclear(&name)),
    }
    Ok(())
}

impl FileHints {
    /// The format, with what is not said taken from what was detected.
    pub fn format(&self, detected: &super::Detected) -> Result<Format, Message> {
        let encoding: &'static Encoding = match &self.encoding {
            Some(name) => Format::encoding_named(name)?,
            None => detected.encoding,
        };
        let delimiter = match self.delimiter.as_deref() {
            None => detected.delimiter,
            Some("tab") => b'\t',
            Some(text) => match text.as_bytes() {
                [one] => *one,
                _ => return Err(message!("file-delimiter-unknown", found = text)),
            },
        };
        Format::new(encoding, delimiter)
    }

    /// How the file's values are read.
    pub fn reading(&self, detected: &super::Detected, company: Reading) -> Reading {
        Reading {
            dates: self.dates.clone().or(company.dates),
            currency: self.currency.clone().unwrap_or(company.currency),
            decimal_comma: self.decimal_comma.unwrap_or(detected.decimal_comma),
            ..company
        }
    }
}

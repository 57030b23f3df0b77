//! Countries, kept as their ISO 3166-1 code.

use super::{FieldKind, Objects, Reading, texts};
use crate::{
    field::{Field, Refused},
    lists,
    value::Value,
};
use base::message;
use serde_json::{Value as Json, json};

pub(super) struct Country;

impl FieldKind for Country {
    fn name(&self) -> &'static str {
        "country"
    }

    /// By code of two or three letters, or by name in English, Polish, French or Romanian.
    fn from_text(&self, _field: &Field, text: &str, _reading: &Reading) -> Result<Value, Refused> {
        code(text).map(|code| Value::Text(code.to_owned()))
    }

    fn to_text(&self, _field: &Field, value: &Value, _objects: &Objects) -> String {
        value.text().unwrap_or("").to_owned()
    }

    fn schema(&self, _field: &Field) -> Json {
        json!({ "type": "string", "pattern": "^[A-Z]{2}$", "description": "ISO 3166-1 alpha-2", "examples": ["PL"] })
    }
}

/// The code of a country that is written in any of the ways above.
pub(super) fn code(text: &str) -> Result<&'static str, Refused> {
    let found = lists::countries().find(texts::trim(text)).map(|entry| entry.code);
    found.ok_or_else(|| message!("field-unknown-country", found = texts::quote(text)))
}

//! Languages, kept as their ISO 639-1 code.

use super::{FieldKind, Objects, Reading, texts};
use crate::{
    field::{Field, Refused},
    lists,
    value::Value,
};
use base::message;
use serde_json::{Value as Json, json};

pub(super) struct LanguageKind;

impl FieldKind for LanguageKind {
    fn name(&self) -> &'static str {
        "language"
    }

    /// By code of two or three letters, or by name in English, Polish, French or Romanian.
    fn from_text(&self, _field: &Field, text: &str, _reading: &Reading) -> Result<Value, Refused> {
        match lists::languages().find(texts::trim(text)) {
            Some(language) => Ok(Value::Text(language.code.to_owned())),
            None => Err(message!("field-unknown-language", found = texts::quote(text))),
        }
    }

    fn to_text(&self, _field: &Field, value: &Value, _objects: &Objects) -> String {
        value.text().unwrap_or("").to_owned()
    }

    fn schema(&self, _field: &Field) -> Json {
        json!({ "type": "string", "pattern": "^[a-z]{2}$", "description": "ISO 639-1", "examples": ["pl"] })
    }
}

//! Currencies, kept as their ISO 4217 code.

use super::{FieldKind, Objects, Reading, texts};
use crate::{
    field::{Field, Refused},
    lists,
    value::Value,
};
use base::message;
use serde_json::{Value as Json, json};

pub(super) struct Currency;

impl FieldKind for Currency {
    fn name(&self) -> &'static str {
        "currency"
    }

    fn from_text(&self, _field: &Field, text: &str, _reading: &Reading) -> Result<Value, Refused> {
        match lists::currency(texts::trim(text)) {
            Some(code) => Ok(Value::Text(code.to_owned())),
            None => Err(message!("field-unknown-currency", found = texts::quote(text))),
        }
    }

    fn to_text(&self, _field: &Field, value: &Value, _objects: &Objects) -> String {
        value.text().unwrap_or("").to_owned()
    }

    fn schema(&self, _field: &Field) -> Json {
        json!({ "type": "string", "pattern": "^[A-Z]{3}$", "description": "ISO 4217", "examples": ["EUR"] })
    }
}

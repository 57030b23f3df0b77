//! Yes or no.

use super::{FieldKind, Objects, Reading, texts};
use crate::{
    field::{Field, Refused},
    value::Value,
};
use base::{fold, message};
use serde_json::{Value as Json, json};

pub(super) struct YesNo;

impl FieldKind for YesNo {
    fn name(&self) -> &'static str {
        "yes_no"
    }

    /// In the product's four languages, as spreadsheets write it, and as `1`, `0`, `x`.
    fn from_text(&self, _field: &Field, text: &str, _reading: &Reading) -> Result<Value, Refused> {
        match fold::key(text).as_str() {
            "true" | "yes" | "y" | "t" | "1" | "x" | "tak" | "prawda" | "oui" | "vrai" | "da" | "adevarat" => {
                Ok(Value::Int(1))
            }
            "false" | "no" | "n" | "f" | "0" | "nie" | "falsz" | "non" | "faux" | "nu" | "fals" => Ok(Value::Int(0)),
            _ => Err(message!("field-not-yes-no", found = texts::quote(text))),
        }
    }

    fn from_json(&self, field: &Field, json: &Json, reading: &Reading) -> Result<Value, Refused> {
        match json {
            Json::Bool(yes) => Ok(Value::Int(i64::from(*yes))),
            Json::String(text) => self.from_text(field, text, reading),
            other => Err(message!("field-not-yes-no", found = texts::quote(&other.to_string()))),
        }
    }

    fn to_json(&self, _field: &Field, value: &Value, _objects: &Objects) -> Json {
        Json::Bool(value.int() == Some(1))
    }

    fn to_text(&self, _field: &Field, value: &Value, _objects: &Objects) -> String {
        if value.int() == Some(1) { "true" } else { "false" }.to_owned()
    }

    fn schema(&self, _field: &Field) -> Json {
        json!({ "type": "boolean" })
    }

    /// One letter would say all.
    fn masked(&self, _field: &Field, _value: &Value) -> String {
        "•••".to_owned()
    }
}

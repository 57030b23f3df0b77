//! Whole numbers: counts, years, places in a row.

use super::{FieldKind, Objects, Reading, numbers};
use crate::{
    field::{Field, Refused},
    value::Value,
};
use base::decimal::LIMIT;
use serde_json::{Value as Json, json};

pub(super) struct Integer;

impl FieldKind for Integer {
    fn name(&self) -> &'static str {
        "integer"
    }

    fn from_text(&self, field: &Field, text: &str, reading: &Reading) -> Result<Value, Refused> {
        checked(field, numbers::from_text(text, 0, reading)?)
    }

    fn from_json(&self, field: &Field, json: &Json, _reading: &Reading) -> Result<Value, Refused> {
        checked(field, numbers::from_json(json, 0)?)
    }

    fn to_json(&self, _field: &Field, value: &Value, _objects: &Objects) -> Json {
        value.int().into()
    }

    fn to_text(&self, _field: &Field, value: &Value, _objects: &Objects) -> String {
        value.int().map(|number| number.to_string()).unwrap_or_default()
    }

    fn schema(&self, field: &Field) -> Json {
        json!({
            "type": "integer",
            "minimum": field.min.unwrap_or(-LIMIT),
            "maximum": field.max.unwrap_or(LIMIT),
        })
    }
}

fn checked(field: &Field, number: i64) -> Result<Value, Refused> {
    numbers::check(field, number, |bound| bound.to_string())?;
    Ok(Value::Int(number))
}

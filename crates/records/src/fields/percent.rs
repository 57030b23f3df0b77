//! Shares of a hundred: `12.5` is twelve and a half percent.

use super::{
    FieldKind, Objects, Reading,
    decimal::{checked, decimal_pattern},
    numbers, texts,
};
use crate::{
    field::{Field, Refused},
    value::Value,
};
use base::decimal;
use serde_json::{Value as Json, json};

pub(super) struct Percent;

impl FieldKind for Percent {
    fn name(&self) -> &'static str {
        "percent"
    }

    fn from_text(&self, field: &Field, text: &str, reading: &Reading) -> Result<Value, Refused> {
        let text = texts::trim(text);
        let number = text.strip_suffix('%').unwrap_or(text);
        checked(field, numbers::from_text(number, field.scale, reading)?)
    }

    fn from_json(&self, field: &Field, json: &Json, _reading: &Reading) -> Result<Value, Refused> {
        checked(field, numbers::from_json(json, field.scale)?)
    }

    fn to_text(&self, field: &Field, value: &Value, _objects: &Objects) -> String {
        value.int().map(|units| decimal::format(units, field.scale)).unwrap_or_default()
    }

    fn schema(&self, field: &Field) -> Json {
        json!({
            "type": "string",
            "pattern": decimal_pattern(field.scale),
            "description": "in percent: 12.5 is 12.5 %",
        })
    }
}

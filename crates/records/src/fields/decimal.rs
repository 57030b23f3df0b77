//! Exact decimals: quantities, weights, hours. A text in JSON, so that no reader makes a binary fraction of it.

use super::{FieldKind, Objects, Reading, numbers};
use crate::{
    field::{Field, Refused},
    value::Value,
};
use base::decimal;
use serde_json::{Value as Json, json};

pub(super) struct Decimal;

impl FieldKind for Decimal {
    fn name(&self) -> &'static str {
        "decimal"
    }

    fn from_text(&self, field: &Field, text: &str, reading: &Reading) -> Result<Value, Refused> {
        checked(field, numbers::from_text(text, field.scale, reading)?)
    }

    fn from_json(&self, field: &Field, json: &Json, _reading: &Reading) -> Result<Value, Refused> {
        checked(field, numbers::from_json(json, field.scale)?)
    }

    fn to_text(&self, field: &Field, value: &Value, _objects: &Objects) -> String {
        value.int().map(|units| decimal::format(units, field.scale)).unwrap_or_default()
    }

    fn schema(&self, field: &Field) -> Json {
        json!({ "type": "string", "pattern": decimal_pattern(field.scale), "examples": [decimal::format(125, field.scale)] })
    }
}

pub(super) fn checked(field: &Field, units: i64) -> Result<Value, Refused> {
    numbers::check(field, units, |bound| decimal::format(bound, field.scale))?;
    Ok(Value::Int(units))
}

/// The form of a decimal with up to `scale` digits behind the point.
pub(super) fn decimal_pattern(scale: u8) -> String {
    if scale == 0 { r"^-?\d+$".to_owned() } else { format!(r"^-?\d+(\.\d{{1,{scale}}})?$") }
}

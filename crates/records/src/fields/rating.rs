//! So many of so many: stars, from none to the most that the field allows.

use super::{FieldKind, Objects, Reading, numbers, texts};
use crate::{
    field::{Field, Refused},
    value::Value,
};
use serde_json::{Value as Json, json};

pub(super) struct Rating;

/// The best, unless the field sets its own.
const BEST: i64 = 5;

impl FieldKind for Rating {
    fn name(&self) -> &'static str {
        "rating"
    }

    /// `4`, or `4/5` where five is the best.
    fn from_text(&self, field: &Field, text: &str, reading: &Reading) -> Result<Value, Refused> {
        let text = texts::trim(text);
        let of_best = format!("/{}", best(field));
        let number = text.strip_suffix(of_best.as_str()).unwrap_or(text);
        checked(field, numbers::from_text(texts::trim(number), 0, reading)?)
    }

    fn from_json(&self, field: &Field, json: &Json, reading: &Reading) -> Result<Value, Refused> {
        match json {
            Json::String(text) => self.from_text(field, text, reading),
            _ => checked(field, numbers::from_json(json, 0)?),
        }
    }

    fn to_json(&self, _field: &Field, value: &Value, _objects: &Objects) -> Json {
        value.int().into()
    }

    fn to_text(&self, _field: &Field, value: &Value, _objects: &Objects) -> String {
        value.int().map(|number| number.to_string()).unwrap_or_default()
    }

    fn schema(&self, field: &Field) -> Json {
        json!({ "type": "integer", "minimum": field.min.unwrap_or(0), "maximum": best(field) })
    }

    fn masked(&self, _field: &Field, _value: &Value) -> String {
        "•••".to_owned()
    }
}

fn best(field: &Field) -> i64 {
    field.max.unwrap_or(BEST)
}

fn checked(field: &Field, number: i64) -> Result<Value, Refused> {
    let bounded = Field { min: Some(field.min.unwrap_or(0)), max: Some(best(field)), ..field.clone() };
    numbers::check(&bounded, number, |bound| bound.to_string())?;
    Ok(Value::Int(number))
}

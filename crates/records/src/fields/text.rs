//! One line of text: names, titles, numbers that are not counted with.

use super::{FieldKind, Objects, Reading, texts};
use crate::{
    field::{Field, Refused},
    value::Value,
};
use serde_json::{Value as Json, json};

pub(super) struct Text;

/// Characters, unless the field sets its own bound.
const LONGEST: i64 = 500;

impl FieldKind for Text {
    fn name(&self) -> &'static str {
        "text"
    }

    fn from_text(&self, field: &Field, text: &str, reading: &Reading) -> Result<Value, Refused> {
        let text = texts::clean(text, texts::Lines::One)?;
        if text.is_empty() {
            return Ok(Value::Empty);
        }
        texts::check(field, &text, LONGEST, reading)?;
        Ok(Value::Text(text.into_owned()))
    }

    fn to_text(&self, _field: &Field, value: &Value, _objects: &Objects) -> String {
        value.text().unwrap_or("").to_owned()
    }

    fn schema(&self, field: &Field) -> Json {
        texts_schema(field, LONGEST)
    }
}

/// The schema of a text with the field's own bounds.
pub(super) fn texts_schema(field: &Field, longest: i64) -> Json {
    let mut schema = json!({ "type": "string", "maxLength": field.max.unwrap_or(longest).min(texts::LONGEST) });
    if let Some(min) = field.min {
        schema["minLength"] = min.into();
    }
    if let Some(pattern) = &field.pattern {
        schema["pattern"] = format!("^(?:{pattern})$").into();
    }
    schema
}

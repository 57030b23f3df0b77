//! Tags: short texts that people make up as they go. Two that differ only in case and accents are the same tag.

use super::{FieldKind, Objects, Reading, texts};
use crate::{
    field::{Field, Refused},
    value::Value,
};
use serde_json::{Value as Json, json};

/// One tag. A field of tags always holds many.
pub(super) struct Tags;

/// Characters.
const LONGEST: i64 = 100;

impl FieldKind for Tags {
    fn name(&self) -> &'static str {
        "tags"
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

    fn schema(&self, _field: &Field) -> Json {
        json!({ "type": "string", "minLength": 1, "maxLength": LONGEST })
    }
}

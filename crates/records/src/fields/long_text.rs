//! Text of many lines: notes, descriptions.

use super::{FieldKind, Objects, Reading, text::texts_schema, texts};
use crate::{
    field::{Field, Refused},
    value::Value,
};
use serde_json::Value as Json;

pub(super) struct LongText;

impl FieldKind for LongText {
    fn name(&self) -> &'static str {
        "long_text"
    }

    fn from_text(&self, field: &Field, text: &str, reading: &Reading) -> Result<Value, Refused> {
        let text = texts::clean(text, texts::Lines::Many)?;
        if text.is_empty() {
            return Ok(Value::Empty);
        }
        texts::check(field, &text, texts::LONGEST, reading)?;
        Ok(Value::Text(text.into_owned()))
    }

    fn to_text(&self, _field: &Field, value: &Value, _objects: &Objects) -> String {
        value.text().unwrap_or("").to_owned()
    }

    fn schema(&self, field: &Field) -> Json {
        texts_schema(field, texts::LONGEST)
    }
}

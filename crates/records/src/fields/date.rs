//! Calendar days, without time and zone: birthdays, due days.

use super::{FieldKind, Objects, Reading, texts};
use crate::{
    field::{Field, Refused},
    value::Value,
};
use base::{message, time};
use jiff::{civil, fmt::strtime};
use serde_json::{Value as Json, json};

pub(super) struct Date;

impl FieldKind for Date {
    fn name(&self) -> &'static str {
        "date"
    }

    fn from_text(&self, _field: &Field, text: &str, reading: &Reading) -> Result<Value, Refused> {
        read(texts::trim(text), reading.dates.as_deref())
    }

    fn from_json(&self, _field: &Field, json: &Json, _reading: &Reading) -> Result<Value, Refused> {
        match json {
            Json::String(text) => read(texts::trim(text), None),
            _ => Err(message!("field-needs-text")),
        }
    }

    fn to_text(&self, _field: &Field, value: &Value, _objects: &Objects) -> String {
        value.text().unwrap_or("").to_owned()
    }

    fn schema(&self, _field: &Field) -> Json {
        json!({ "type": "string", "format": "date", "examples": ["2026-11-22"] })
    }
}

/// By the file's pattern where there is one, or as ISO writes it; a midnight behind the day is ignored.
fn read(text: &str, pattern: Option<&str>) -> Result<Value, Refused> {
    if let Some(pattern) = pattern {
        let parsed = strtime::parse(pattern, text).and_then(|parts| parts.to_date());
        if let Some(date) = parsed.ok().filter(|date| date.year() >= 1) {
            return Ok(Value::Text(date.to_string()));
        }
    }
    let day = match text.get(10..) {
        Some("T00:00:00" | " 00:00:00" | " 00:00" | "T00:00:00.000") => text.get(..10).unwrap_or(text),
        _ => text,
    };
    match (time::parse_date(day), pattern) {
        (Some(date), _) => Ok(Value::Text(date.to_string())),
        (None, None) => Err(message!("field-not-a-date", found = texts::quote(text))),
        (None, Some(pattern)) => {
            let example = civil::date(2026, 11, 22).strftime(pattern);
            Err(message!("field-not-a-date-like", found = texts::quote(text), example = example))
        }
    }
}

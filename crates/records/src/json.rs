//! Records as JSON. A page of records is written straight into one buffer, without a tree in between.

use crate::{
    field::{Field, Kind},
    fields,
    object::Object,
    schema::Schema,
    store,
    value::Value,
};
use base::FieldRule;
use serde_json::Value as Json;

/// How one field of a page is written: its place among the selected values, its name and the caller's rule.
#[derive(Debug)]
pub struct Column {
    /// Index into [`Object::fields`].
    pub at: usize,
    /// `"name":`, ready to be copied.
    label: String,
    rule: FieldRule,
}

impl Column {
    pub fn new(field: &Field, at: usize, rule: FieldRule) -> Column {
        Column { at, label: format!("{}:", Json::String(field.name.clone())), rule }
    }
}

/// Writes a record's columns as the members of a JSON object, without the braces.
///
/// `values` stand beside [`Object::fields`]; what was not selected is not asked for.
pub fn write_members(out: &mut String, schema: &Schema, object: &Object, columns: &[Column], values: &[Value]) {
    for (place, column) in columns.iter().enumerate() {
        let Some(field) = object.fields.get(column.at) else { continue };
        if place > 0 {
            out.push(',');
        }
        out.push_str(&column.label);
        match values.get(column.at).unwrap_or(&Value::Empty) {
            Value::Empty if field.first.is_some() => {
                let seen = store::seen(object, values, column.at);
                write_value(out, schema, (field, column.rule), &seen);
            }
            own => write_value(out, schema, (field, column.rule), own),
        }
    }
}

fn write_value(out: &mut String, schema: &Schema, (field, rule): (&Field, FieldRule), value: &Value) {
    match value {
        Value::Empty if field.holds_many() => out.push_str("[]"),
        Value::Empty => out.push_str("null"),
        value if rule == FieldRule::Masked => out.push_str(&fields::masked(field, value).to_string()),
        Value::Text(text) => write_text(out, text),
        Value::Int(number) if field.kind == Kind::Integer => {
            out.push_str(itoa::Buffer::new().format(*number));
        }
        Value::Int(at) if field.kind == Kind::Instant => {
            out.push('"');
            out.push_str(&base::Timestamp(*at).rfc3339());
            out.push('"');
        }
        Value::Int(flag) if field.kind == Kind::YesNo => out.push_str(if *flag != 0 { "true" } else { "false" }),
        Value::Link(link) if is_plain(field) => {
            use std::fmt::Write;
            let _ = write!(out, "\"{}\"", link.id);
        }
        other => out.push_str(&fields::to_json(field, other, schema.names()).to_string()),
    }
}

fn is_plain(field: &Field) -> bool {
    field.target.as_ref().is_none_or(|target| target.object.is_some() && !target.roles)
}

/// A JSON string: nothing but quotes, backslashes and control characters needs care.
pub fn write_text(out: &mut String, text: &str) {
    out.push('"');
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        if byte >= 0x20 && byte != b'"' && byte != b'\\' {
            continue;
        }
        out.push_str(text.get(from..at).unwrap_or_default());
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\t' => out.push_str("\\t"),
            other => out.push_str(&format!("\\u{other:04x}")),
        }
        from = at + 1;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_written_text_reads_back(text in "(\\PC|[\\x00-\\x1f\"\\\\]){0,40}") {
            let mut out = String::new();
            write_text(&mut out, &text);
            prop_assert_eq!(serde_json::from_str::<String>(&out).unwrap(), text);
        }
    }
}

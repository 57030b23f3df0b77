//! Records as JSON. A page of records is written straight into one buffer, without a tree in between.

use crate::{
    field::{Field, Kind, Storage},
    fields,
    layout::{self, Selection},
    object::Object,
    schema::Schema,
    store,
    value::Value,
    view::View,
};
use base::{Error, FieldRule, Result};
use db::Cell;
use serde_json::Value as Json;

/// How one field of a page is written: its place among the object's fields, its name and the caller's rule.
#[derive(Debug)]
pub struct Column {
    /// Index into [`Object::fields`].
    pub at: usize,
    /// `"name":`, ready to be copied.
    label: String,
    rule: FieldRule,
    source: Source,
}

/// Where in a row the value of a column stands.
#[derive(Debug)]
enum Source {
    /// In one cell, as it is.
    Cell(usize),
    /// In one member of the `custom` document, as it is.
    Member(String),
    /// In several parts, which must become a value first. Where it is empty, that of the first's field stands for it.
    Parts { place: usize, first: Option<usize> },
}

impl Column {
    /// Of a field that is selected.
    pub fn new(object: &Object, at: usize, rule: FieldRule, selection: &Selection) -> Option<Column> {
        let field = object.fields.get(at)?;
        let place = |at: usize| selection.fields.iter().position(|&selected| selected == at);
        let own = place(at)?;
        let source = match (&field.storage, selection.cell_of(own)) {
            _ if rule == FieldRule::Masked || !is_one_cell(field) => {
                let first = field.first.and_then(|first| object.fields.iter().position(|other| other.name == first));
                Source::Parts { place: own, first: first.and_then(place) }
            }
            (Storage::Slot(slot), None) => Source::Member(slot.clone()),
            (_, cell) => Source::Cell(cell?),
        };
        Some(Column { at, label: format!("{}:", Json::String(field.name.clone())), rule, source })
    }
}

/// Whether the stored cell or member of a field is what is shown, but for its notation.
fn is_one_cell(field: &Field) -> bool {
    use Kind::*;
    let is_plain_kind = match field.kind {
        Text | LongText | Integer | Rating | YesNo | Date | Instant | Choice | Email | Phone | Url | Country
        | Language | Currency | User | Team => true,
        Relation => is_plain(field),
        _ => false,
    };
    is_plain_kind && !field.holds_many()
}

/// Writes a row of a page as the members of a JSON object, without the braces.
pub fn write_row(out: &mut String, schema: &Schema, object: &Object, view: &View, row: &mut [Cell]) -> Result<()> {
    let custom = view.selection.take_custom(row);
    let document = layout::document(custom.as_deref())?;
    for (place, column) in view.columns.iter().enumerate() {
        let Some(field) = object.fields.get(column.at) else { continue };
        if place > 0 {
            out.push(',');
        }
        out.push_str(&column.label);
        match &column.source {
            Source::Cell(at) => match row.get(*at) {
                Some(Cell::Text(text)) => write_text(out, text),
                Some(Cell::Int(number)) => write_number(out, field, *number),
                _ => out.push_str("null"),
            },
            Source::Member(slot) => write_member(out, field, document.raw(slot))?,
            Source::Parts { place, first } => {
                let mut value = view.selection.value(object, *place, row, &document)?;
                if let (Value::Empty, Some(first)) = (&value, first) {
                    value = match view.selection.value(object, *first, row, &document)? {
                        Value::Empty => Value::Empty,
                        single => Value::Many(vec![single]),
                    };
                }
                write_value(out, schema, (field, column.rule), &value);
            }
        }
    }
    Ok(())
}

fn write_member(out: &mut String, field: &Field, raw: Option<&str>) -> Result<()> {
    match raw {
        None => out.push_str("null"),
        // Escapes are written as everywhere else.
        Some(raw) if raw.contains('\\') => {
            write_text(out, &serde_json::from_str::<String>(raw).map_err(Error::internal)?);
        }
        Some(text) if text.starts_with('"') => out.push_str(text),
        Some(number) => write_number(out, field, number.parse().map_err(Error::internal)?),
    }
    Ok(())
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
        Value::Int(number) if is_one_cell(field) => write_number(out, field, *number),
        Value::Link(link) if is_one_cell(field) => write_number(out, field, link.id.0),
        other => out.push_str(&fields::to_json(field, other, schema.names()).to_string()),
    }
}

/// A number as its kind has it: a count, an instant, a flag, or the id of a record.
fn write_number(out: &mut String, field: &Field, number: i64) {
    match field.kind {
        Kind::Integer | Kind::Rating => out.push_str(itoa::Buffer::new().format(number)),
        Kind::YesNo => out.push_str(if number != 0 { "true" } else { "false" }),
        Kind::Instant => {
            out.push('"');
            out.push_str(&base::Timestamp(number).rfc3339());
            out.push('"');
        }
        _ => {
            use std::fmt::Write;
            let _ = write!(out, "\"{}\"", base::Id(number));
        }
    }
}

fn is_plain(field: &Field) -> bool {
    field.target.as_ref().is_none_or(|target| target.object.is_some() && target.roles.is_none())
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

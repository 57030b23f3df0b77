//! How values lie in the database: columns for standard fields, keys of the JSON column `custom` for the others.
//!
//! Pure: cells and JSON in, values out, and back.

use crate::{
    document::Document,
    field::{Field, Kind, Storage},
    fields,
    value::{Address, File, Link, Money, Value},
};
use base::{Error, Id, Result, fold};
use db::Cell;
use jiff::civil::Date;
use serde_json::{Map, Value as Json, json};

/// The column endings that a standard field takes up, in order.
pub fn endings(field: &Field) -> &'static [&'static str] {
    match field.kind {
        _ if field.holds_many() => &[""],
        kind if kind.has_key() => &["", "_key"],
        Kind::Money => &["", "_currency", "_base"],
        Kind::Relation if is_any(field) => &["", "_object"],
        _ => &[""],
    }
}

/// The column endings that hold the value itself; the others are derived from it.
pub fn value_endings(field: &Field) -> &'static [&'static str] {
    match endings(field) {
        ["", "_key"] => &[""],
        all => all,
    }
}

/// A value of the kind has parts and is kept as one JSON document.
fn is_document(field: &Field) -> bool {
    field.kind == Kind::Address || field.kind.is_file()
}

fn is_any(field: &Field) -> bool {
    field.kind == Kind::Relation && field.target.as_ref().is_none_or(|target| target.object.is_none())
}

/// The folded key by which a single text-like value is compared; `None` for other kinds.
pub fn key(field: &Field, value: &Value) -> Option<String> {
    match value {
        Value::Text(text) if field.kind == Kind::LongText => Some(fold::fold(text)),
        Value::Text(html) if field.kind == Kind::RichText => Some(fold::fold(&fields::plain(html))),
        Value::Text(text) if field.kind.has_key() => Some(fold::key(text)),
        _ => None,
    }
}

/// The cells of a standard field's columns, in the order of [`endings`].
pub fn push_cells(field: &Field, value: &Value, cells: &mut Vec<Cell>) {
    let width = cells.len() + endings(field).len();
    match value {
        _ if field.holds_many() || is_document(field) => {
            cells.push(if value.is_empty() { Cell::Null } else { Cell::Text(encode(value).to_string()) });
        }
        Value::Text(text) => {
            cells.push(Cell::Text(text.clone()));
            cells.extend(key(field, value).map(Cell::Text));
        }
        Value::Int(number) => cells.push(Cell::Int(*number)),
        Value::Money(money) => {
            cells.push(Cell::Int(money.minor));
            cells.push(Cell::Text(money.currency.clone()));
            cells.push(Cell::from(money.base));
        }
        Value::Link(link) => {
            cells.push(Cell::from(link.id));
            if is_any(field) {
                cells.push(Cell::Int(link.object));
            }
        }
        Value::Empty | Value::Address(_) | Value::File(_) | Value::Many(_) => {}
    }
    cells.resize(width, Cell::Null);
}

/// Reads a standard field from its value cells (in the order of [`value_endings`]), taking the texts out of them.
pub fn take_cells(field: &Field, target: Option<i64>, cells: &mut [Cell]) -> Result<Value> {
    let mut taken = cells.iter_mut().map(std::mem::take);
    let mut next = || taken.next().unwrap_or_default();
    match next() {
        Cell::Null => Ok(Value::Empty),
        Cell::Text(text) if field.holds_many() || is_document(field) => {
            decode(field, target, serde_json::from_str(&text).map_err(Error::internal)?)
        }
        Cell::Text(text) => Ok(Value::Text(text)),
        Cell::Int(minor) if field.kind == Kind::Money => match (next(), next()) {
            (Cell::Text(currency), Cell::Int(base)) => Ok(Value::Money(Money { minor, currency, base: Some(base) })),
            (Cell::Text(currency), _) => Ok(Value::Money(Money { minor, currency, base: None })),
            _ => Err(broken(field)),
        },
        Cell::Int(id) if field.kind.is_reference() => {
            let object = match (target, next()) {
                (Some(object), _) | (None, Cell::Int(object)) => object,
                _ => return Err(broken(field)),
            };
            Ok(Value::Link(Link::to(object, Id(id))))
        }
        Cell::Int(number) => Ok(Value::Int(number)),
        Cell::Bytes(_) => Err(broken(field)),
    }
}

fn broken(field: &Field) -> Error {
    Error::internal(format!("the stored value of {} does not look like one", field.name))
}

/// Puts a custom field's value under its keys of the `custom` document.
pub fn put_custom(field: &Field, value: &Value, document: &mut Map<String, Json>) {
    let Storage::Slot(slot) = &field.storage else { return };
    for slot in std::iter::once(slot).chain(&field.next_slot) {
        put_in_slot(slot, field, value, document);
    }
}

fn put_in_slot(slot: &str, field: &Field, value: &Value, document: &mut Map<String, Json>) {
    for ending in ["", "k", "c", "b", "o"] {
        document.remove(&format!("{slot}{ending}"));
    }
    let mut put = |ending: &str, json: Json| document.insert(format!("{slot}{ending}"), json);
    match value {
        Value::Empty => {}
        Value::Money(money) => {
            put("", json!(money.minor));
            put("c", json!(money.currency));
            if let Some(base) = money.base {
                put("b", json!(base));
            }
        }
        Value::Link(link) => {
            put("", json!(link.id.0));
            put("o", json!(link.object));
        }
        Value::Text(_) | Value::Int(_) | Value::Address(_) | Value::File(_) | Value::Many(_) => {
            put("", encode(value));
            if let Some(key) = key(field, value) {
                put("k", json!(key));
            }
        }
    }
}

/// Reads a custom field's value from the `custom` document.
pub fn get_custom(field: &Field, target: Option<i64>, document: &Document) -> Result<Value> {
    let Storage::Slot(slot) = &field.storage else { return Ok(Value::Empty) };
    let part = |ending: &str| document.part(slot, ending);
    let Some(json) = part("") else { return Ok(Value::Empty) };
    if field.holds_many() {
        return decode(field, target, json);
    }
    match field.kind {
        Kind::Money => {
            let Some(Json::String(currency)) = part("c") else { return Err(broken(field)) };
            let minor = json.as_i64().ok_or_else(|| broken(field))?;
            Ok(Value::Money(Money { minor, currency, base: part("b").and_then(|base| base.as_i64()) }))
        }
        kind if kind.is_reference() => {
            let own = || part("o").and_then(|object| object.as_i64());
            let object = target.or_else(own).ok_or_else(|| broken(field))?;
            let id = json.as_i64().map(Id).ok_or_else(|| broken(field))?;
            Ok(Value::Link(Link::to(object, id)))
        }
        _ => decode(field, target, json),
    }
}

/// The JSON of a value that is not spread over parts. Links are `[object, id, role]`, or
/// `[object, id, role, from, until]` where they have days.
fn encode(value: &Value) -> Json {
    match value {
        Value::Empty => Json::Null,
        Value::Text(text) => json!(text),
        Value::Int(number) => json!(number),
        Value::Money(money) => json!([money.minor, money.currency, money.base]),
        Value::Link(link) if link.from.is_some() || link.until.is_some() => {
            let day = |day: Option<Date>| day.map(|day| day.to_string());
            json!([link.object, link.id.0, link.role, day(link.from), day(link.until)])
        }
        Value::Link(link) => json!([link.object, link.id.0, link.role]),
        Value::Address(address) => json!(address),
        Value::File(file) => json!(file),
        Value::Many(values) => values.iter().map(encode).collect(),
    }
}

fn decode(field: &Field, target: Option<i64>, json: Json) -> Result<Value> {
    match json {
        Json::Array(values) if field.holds_many() => {
            Ok(Value::Many(values.into_iter().map(|value| decode_one(field, target, value)).collect::<Result<_>>()?))
        }
        one => decode_one(field, target, one),
    }
}

/// A single value, also of a field that holds many.
fn decode_one(field: &Field, target: Option<i64>, json: Json) -> Result<Value> {
    Ok(match json {
        Json::Null => Value::Empty,
        Json::Array(parts) => decode_parts(field, target, &parts)?,
        Json::String(text) => Value::Text(text),
        Json::Number(number) => Value::Int(number.as_i64().ok_or_else(|| broken(field))?),
        Json::Object(_) if field.kind.is_file() => {
            Value::File(Box::new(<File as serde::Deserialize>::deserialize(&json).map_err(Error::internal)?))
        }
        Json::Object(_) => Value::Address(Box::new(Address::deserialize(&json)?)),
        Json::Bool(_) => return Err(broken(field)),
    })
}

/// The kind of one of the values of a field that holds many.
pub fn single(kind: Kind) -> Kind {
    match kind {
        Kind::Choices => Kind::Choice,
        Kind::Relations => Kind::Relation,
        other => other,
    }
}

fn decode_parts(field: &Field, target: Option<i64>, parts: &[Json]) -> Result<Value> {
    let number = |at: usize| parts.get(at).and_then(Json::as_i64);
    let text = |at: usize| parts.get(at).and_then(Json::as_str).map(str::to_owned);
    if field.kind == Kind::Money {
        let (Some(minor), Some(currency)) = (number(0), text(1)) else { return Err(broken(field)) };
        return Ok(Value::Money(Money { minor, currency, base: number(2) }));
    }
    let (Some(object), Some(id)) = (target.or(number(0)), number(1)) else { return Err(broken(field)) };
    let day = |at: usize| text(at).and_then(|text| base::time::parse_date(&text));
    Ok(Value::Link(Link { role: text(2), from: day(3), until: day(4), ..Link::to(object, Id(id)) }))
}

impl Address {
    fn deserialize(json: &Json) -> Result<Address> {
        serde::Deserialize::deserialize(json).map_err(Error::internal)
    }
}

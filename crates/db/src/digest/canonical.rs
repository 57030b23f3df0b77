//! The colour of one row: its columns in a form that does not depend on ids, instants or the database.

use crate::{
    Cell, Row,
    catalog::{Column, Table},
};
use base::Id;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// Smaller numbers are values: ids have carried more bits since the first hundred days of their time.
const SMALLEST_ID: i64 = 1 << 55;
const ID_LENGTH: usize = 13;
/// What a secret looks like is chance; that there is one is not.
const SECRETS: [&str; 3] = ["hash", "password", "secret"];
/// How often and by whom a job was tried.
const ATTEMPTS: [&str; 2] = ["attempts", "fence"];

/// What rows refer to each other by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Key {
    Id(i64),
    /// A place in the log.
    Place(i64, i64),
}

pub(super) type Colours = HashMap<Key, u128>;

/// How a column enters the colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Treatment {
    Value,
    /// Only whether there is one.
    Presence,
    Nothing,
}

pub(super) fn treatments(table: &Table) -> Vec<Treatment> {
    let treatment = |column: &Column| match column.name.as_str() {
        "tenant_id" | "tx" | "seq" => Treatment::Nothing,
        name if name.starts_with("lease") || ATTEMPTS.contains(&name) => Treatment::Nothing,
        name if is_instant(name) || SECRETS.contains(&name) => Treatment::Presence,
        _ if !can_read(&column.kind) => Treatment::Nothing,
        _ => Treatment::Value,
    };
    table.columns.iter().map(treatment).collect()
}

fn is_instant(name: &str) -> bool {
    name == "at" || name.ends_with("_at")
}

fn can_read(kind: &str) -> bool {
    ["bigint", "integer", "smallint", "numeric", "boolean", "text", "jsonb", "bytea", "blob"].contains(&kind)
}

/// The column in a query; NULL in place of what no cell can hold.
pub(super) fn readable(column: &Column) -> String {
    if can_read(&column.kind) { column.name.clone() } else { "NULL".to_owned() }
}

/// Whether others may refer to this table's rows.
pub(super) fn names_rows(table: &Table) -> bool {
    own_id(table).is_some() || table.key() == ["tenant_id", "tx", "seq"]
}

/// The column with the row's own id: `id`, or the only one of the key besides the tenant.
fn own_id(table: &Table) -> Option<usize> {
    let key = table.key();
    let name = match key.as_slice() {
        ["tenant_id", only] => only,
        _ => key.iter().find(|column| **column == "id")?,
    };
    table.columns.iter().position(|column| column.name == **name)
}

/// What others refer to this row by.
pub(super) fn own_key(table: &Table, row: Row<'_>) -> Option<Key> {
    match own_id(table) {
        Some(column) => row.int(column).ok().filter(|id| *id >= SMALLEST_ID).map(Key::Id),
        None => place(table, row),
    }
}

/// The place in the log that the row stands at, where its key has one.
fn place(table: &Table, row: Row<'_>) -> Option<Key> {
    let number = |name: &str| {
        let column = table.columns.iter().position(|column| column.name == name && column.key > 0)?;
        row.int(column).ok()
    };
    Some(Key::Place(number("tx")?, number("seq")?))
}

pub(super) fn colour(table: &Table, treatments: &[Treatment], row: Row<'_>, colours: &Colours) -> u128 {
    let mut hash = Hash::new(&table.name);
    for (at, (column, treatment)) in table.columns.iter().zip(treatments).enumerate() {
        let cell = row.cell(at);
        match treatment {
            Treatment::Nothing => continue,
            Treatment::Presence => hash.number(u128::from(*cell != Cell::Null)),
            Treatment::Value => hash_cell(&mut hash, cell, colours),
        }
        hash.text(&column.name);
    }
    if let Some(place) = place(table, row) {
        hash.number(colours.get(&place).copied().unwrap_or_default());
    }
    hash.finish()
}

fn hash_cell(hash: &mut Hash, cell: &Cell, colours: &Colours) {
    match cell {
        Cell::Null => hash.tag(b'0'),
        Cell::Int(number) => hash_int(hash, *number, colours),
        Cell::Text(text) if text.starts_with(['{', '[']) => match serde_json::from_str(text) {
            Ok(value) => hash.number(json(&value, colours)),
            Err(_) => hash_text(hash, text, colours),
        },
        Cell::Text(text) => hash_text(hash, text, colours),
        Cell::Bytes(bytes) => {
            hash.tag(b'b');
            hash.bytes(bytes);
        }
    }
}

fn hash_int(hash: &mut Hash, number: i64, colours: &Colours) {
    if number >= SMALLEST_ID {
        hash.tag(b'@');
        hash.number(colours.get(&Key::Id(number)).copied().unwrap_or_default());
    } else {
        hash.tag(b'i');
        hash.bytes(&number.to_be_bytes());
    }
}

/// A document's colour: the order of its members does not matter, that of its elements does.
fn json(value: &Value, colours: &Colours) -> u128 {
    let mut hash = Hash::new("json");
    match value {
        Value::Null => hash.tag(b'0'),
        Value::Bool(yes) => hash.number(u128::from(*yes)),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => hash_int(&mut hash, whole, colours),
            None => hash.text(&number.to_string()),
        },
        Value::String(text) => hash_text(&mut hash, text, colours),
        Value::Array(elements) => {
            hash.tag(b'[');
            elements.iter().for_each(|element| hash.number(json(element, colours)));
        }
        Value::Object(members) => {
            hash.tag(b'{');
            let sum = |sum: u128, (name, value): (&String, &Value)| sum.wrapping_add(member(name, value, colours));
            hash.number(members.iter().fold(0, sum));
        }
    }
    hash.finish()
}

fn member(name: &str, value: &Value, colours: &Colours) -> u128 {
    let mut hash = Hash::new("member");
    hash_text(&mut hash, name, colours);
    hash.number(if is_instant(name) { u128::from(!value.is_null()) } else { json(value, colours) });
    hash.finish()
}

/// A text in which ids are replaced by what they stand for.
fn hash_text(hash: &mut Hash, text: &str, colours: &Colours) {
    hash.tag(b't');
    let mut plain = 0;
    for (start, word) in words(text) {
        if let Some(colour) = id_colour(word, colours) {
            hash.text(&text[plain..start]);
            hash.tag(b'@');
            hash.number(colour);
            plain = start + word.len();
        }
    }
    hash.text(&text[plain..]);
}

/// Runs of ASCII letters and digits, with their places.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + text[rest..].find(|c: char| c.is_ascii_alphanumeric())?;
        let end = text[start..].find(|c: char| !c.is_ascii_alphanumeric()).map_or(text.len(), |length| start + length);
        rest = end;
        Some((start, &text[start..end]))
    })
}

/// An id nobody knows counts as one only if it has a letter: thirteen digits are rather a bar code.
fn id_colour(word: &str, colours: &Colours) -> Option<u128> {
    if word.len() != ID_LENGTH {
        return None;
    }
    let id: Id = word.parse().ok()?;
    if id.0 < SMALLEST_ID || id.to_string() != word {
        return None;
    }
    let unknown = || word.bytes().any(|b| b.is_ascii_uppercase()).then_some(0);
    colours.get(&Key::Id(id.0)).copied().or_else(unknown)
}

/// Sixteen bytes of SHA-256, with lengths, so that no two sequences run into each other.
pub(super) struct Hash(Sha256);

impl Hash {
    pub(super) fn new(domain: &str) -> Hash {
        let mut hash = Hash(Sha256::new());
        hash.text(domain);
        hash
    }

    fn tag(&mut self, tag: u8) {
        self.0.update([tag]);
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.0.update(bytes.len().to_be_bytes());
        self.0.update(bytes);
    }

    pub(super) fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    pub(super) fn number(&mut self, number: u128) {
        self.0.update(number.to_be_bytes());
    }

    pub(super) fn finish(self) -> u128 {
        let digest: [u8; 32] = self.0.finalize().into();
        digest.first_chunk().map_or(0, |head| u128::from_be_bytes(*head))
    }
}

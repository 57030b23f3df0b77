//! Holding a ledger's map against the file's header and the fields there are.

use super::{
    map::{LedgerMap, Told, wrong},
    plan::Ledger,
};
use base::{Error, Result, message};
use records::{
    field::Kind,
    fields::Reading,
    import::{Planner, Preparing, WantedField},
    object::Object,
};
use std::{collections::BTreeMap, sync::Arc};

/// The columns of one of the four objects that a row speaks of.
#[derive(Debug)]
pub struct Part {
    pub object: i64,
    /// The column that says which one it is; lines have none.
    pub key: Option<usize>,
    /// The column with a person's whole name.
    pub name: Option<usize>,
    pub columns: Vec<PartColumn>,
}

#[derive(Debug)]
pub struct PartColumn {
    pub column: usize,
    /// Index into the object's fields.
    pub field: usize,
    pub reading: Reading,
}

/// The planner for a ledger with this map.
pub fn prepare(from: &Preparing) -> Result<Arc<dyn Planner>> {
    let map = parse(from)?;
    let contact = part(from, "contacts", &map.contact)?;
    let product = part(from, "products", &map.product)?;
    let order = part(from, "orders", &map.order)?;
    let line = part(from, "order_lines", &map.line)?;
    for (part, table) in [(&product, "product"), (&order, "order")] {
        if part.key.is_none() {
            return Err(wrong(message!("ledger-key-missing", table = table)));
        }
    }
    Ok(Arc::new(Ledger { contact, product, order, line, action: from.action }))
}

fn parse(from: &Preparing) -> Result<LedgerMap> {
    LedgerMap::parse(from.map.ok_or_else(|| wrong(message!("ledger-map-missing")))?)
}

/// The custom fields that the map wants.
pub fn fields(from: &Preparing) -> Result<Vec<WantedField>> {
    let map = parse(from)?;
    let mut wanted = Vec::new();
    let parts: [(&'static str, &BTreeMap<String, Told>); 4] =
        [("contacts", &map.contact), ("products", &map.product), ("orders", &map.order), ("order_lines", &map.line)];
    for (object, columns) in parts {
        for (name, told) in columns {
            let Some(kind) = told.read().and_then(|read| read.kind.clone()) else { continue };
            wanted.push(WantedField { object, name: name.clone(), kind, column: place(from, told)? });
        }
    }
    Ok(wanted)
}

fn place(from: &Preparing, told: &Told) -> Result<usize> {
    let unknown = || wrong(message!("file-map-unknown-column", column = told.column()));
    from.header.place(told.column()).ok_or_else(unknown)
}

fn part(from: &Preparing, object: &'static str, map: &BTreeMap<String, Told>) -> Result<Part> {
    let object = from.catalog.object(object)?;
    let mut part = Part { object: object.id, key: None, name: None, columns: Vec::new() };
    for (name, told) in map {
        let column = place(from, told)?;
        match name.as_str() {
            "key" => part.key = Some(column),
            "name" if object.name == "contacts" => part.name = Some(column),
            name => part.columns.extend(self::column(from, object, name, told, column)?),
        }
    }
    Ok(part)
}

/// A column of a field; `None` for a field that is yet to be made.
fn column(from: &Preparing, object: &Object, name: &str, told: &Told, column: usize) -> Result<Option<PartColumn>> {
    let read = told.read();
    let Some(field) = object.fields.iter().position(|field| field.name == name && !field.read_only) else {
        let kind = read.and_then(|read| read.kind.as_deref());
        let known = kind.ok_or_else(|| wrong(message!("file-map-unknown-field", field = name)))?;
        Kind::parse(known).ok_or_else(|| wrong(message!("ledger-type-unknown", kind = known)))?;
        return Ok(None);
    };
    // Ledgers carry more digits than money has: they are rounded as banks round.
    let mut reading = Reading { round: true, ..from.reading.clone() };
    if let Some(read) = read {
        reading.dates = read.dates.clone().or(reading.dates);
        reading.currency = read.currency.clone().unwrap_or(reading.currency);
    }
    if iso_currency(&reading.currency).is_none() {
        return Err(Error::field("map", message!("settings-currency")));
    }
    Ok(Some(PartColumn { column, field, reading }))
}

fn iso_currency(code: &str) -> Option<&str> {
    (code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase())).then_some(code)
}

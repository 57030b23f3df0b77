//! One row of a ledger, read: what it says of the customer, the product, the order and the line. Pure.

use super::{plan::Ledger, prepare::Part};
use base::{FieldError, message};
use records::{fields, import::RawRow, object::Object, value::Value};

/// Values beside the index of their field.
pub type Values = Vec<(usize, Value)>;

/// What a row says.
#[derive(Debug, Clone)]
pub struct Told {
    pub contact_key: Option<String>,
    pub product_key: String,
    pub order_key: String,
    pub contact: Values,
    pub product: Values,
    pub order: Values,
    pub line: Values,
}

/// The objects in the order of the parts: contact, product, order, line.
pub type Objects<'a> = [&'a Object; 4];

/// Reads a row; every problem of it is reported.
pub fn read(ledger: &Ledger, objects: Objects, row: &RawRow) -> Result<Told, Vec<FieldError>> {
    let mut errors = Vec::new();
    let [contacts, products, orders, lines] = objects;
    let mut told = Told {
        contact_key: key(&ledger.contact, row),
        product_key: key(&ledger.product, row).unwrap_or_default(),
        order_key: key(&ledger.order, row).unwrap_or_default(),
        contact: values(&ledger.contact, contacts, row, &mut errors),
        product: values(&ledger.product, products, row, &mut errors),
        order: values(&ledger.order, orders, row, &mut errors),
        line: values(&ledger.line, lines, row, &mut errors),
    };
    for (missing, field) in [(told.product_key.is_empty(), "product"), (told.order_key.is_empty(), "order")] {
        if missing {
            errors.push(FieldError { field: field.to_owned(), message: message!("field-required") });
        }
    }
    if let Some(name) = ledger.contact.name {
        let (first, last) = split_name(row.cell(name));
        for (field, text) in [("first_name", first), ("last_name", last)] {
            told.contact.extend(at(contacts, field).zip(text.map(Value::Text)));
        }
    }
    if errors.is_empty() { Ok(told) } else { Err(errors) }
}

fn key(part: &Part, row: &RawRow) -> Option<String> {
    Some(row.cell(part.key?).trim().to_owned()).filter(|key| !key.is_empty())
}

fn values(part: &Part, object: &Object, row: &RawRow, errors: &mut Vec<FieldError>) -> Values {
    let mut values = Vec::with_capacity(part.columns.len());
    for column in &part.columns {
        let Some(field) = object.fields.get(column.field) else { continue };
        match fields::from_text(field, row.cell(column.column), &column.reading) {
            Ok(Value::Empty) => {}
            Ok(value) => values.push((column.field, value)),
            Err(message) => errors.push(FieldError { field: format!("{}.{}", object.name, field.name), message }),
        }
    }
    values
}

/// The index of a field.
pub fn at(object: &Object, name: &str) -> Option<usize> {
    object.fields.iter().position(|field| field.name == name)
}

/// The first word is the first name, the rest the last name; a single word is a last name.
pub fn split_name(name: &str) -> (Option<String>, Option<String>) {
    let name = name.trim();
    let full = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    match name.split_once(char::is_whitespace) {
        Some((first, last)) => (full(first), full(last)),
        None => (None, full(name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split_behind_the_first_word() {
        for (name, first, last) in [
            ("Claire Gute", Some("Claire"), Some("Gute")),
            ("Ludwig  van Beethoven ", Some("Ludwig"), Some("van Beethoven")),
            ("Cher", None, Some("Cher")),
            ("  ", None, None),
        ] {
            let expected = (first.map(str::to_owned), last.map(str::to_owned));
            assert_eq!(split_name(name), expected, "{name:?}");
        }
    }
}

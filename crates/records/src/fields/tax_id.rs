//! Numbers that states give to firms and people, of the scheme that the field names: form and check digits.
//! Kept without separators, in upper case.

mod digits;
mod national;
mod people;
mod scheme;
mod union;

#[cfg(test)]
mod tests;

pub use scheme::Scheme;

use super::{FieldKind, Objects, Reading, texts};
use crate::{
    field::{Field, Refused},
    value::Value,
};
use base::message;
use serde_json::{Value as Json, json};

pub(super) struct TaxId;

impl FieldKind for TaxId {
    fn name(&self) -> &'static str {
        "tax_id"
    }

    fn from_text(&self, field: &Field, text: &str, reading: &Reading) -> Result<Value, Refused> {
        let scheme = field.scheme.unwrap_or_default();
        if scheme.is_of_people() && !reading.national_ids {
            return Err(message!("field-national-ids", scheme = scheme.title()));
        }
        let compact = texts::compact(text);
        let number = match scheme {
            Scheme::EuVat => vat(field, &compact, reading),
            _ => scheme.read(&compact).ok_or_else(|| message!("field-not-a-tax-id", scheme = scheme.title())),
        }?;
        texts::check(field, &number, texts::LONGEST, reading)?;
        Ok(Value::Text(number))
    }

    fn to_text(&self, _field: &Field, value: &Value, _objects: &Objects) -> String {
        value.text().unwrap_or("").to_owned()
    }

    fn schema(&self, field: &Field) -> Json {
        let scheme = field.scheme.unwrap_or_default();
        json!({
            "type": "string",
            "pattern": scheme.pattern(),
            "description": format!("{}, with right check digits, without separators", scheme.title()),
        })
    }

    /// `PL•••74`; nothing of a person's number, which begins and ends with what it tells.
    fn masked(&self, field: &Field, value: &Value) -> String {
        if field.scheme.is_some_and(Scheme::is_of_people) {
            return "•••".to_owned();
        }
        let text = value.text().unwrap_or_default();
        let country: String = text.chars().take(2).filter(char::is_ascii_uppercase).collect();
        let last = text.len().checked_sub(2).and_then(|at| text.get(at..)).unwrap_or_default();
        format!("{country}•••{last}")
    }
}

/// A number of value added tax with its country: the one it is written with, that of the record, of the field, or of
/// the company.
fn vat(field: &Field, compact: &str, reading: &Reading) -> Result<String, Refused> {
    let code = |country: &str| if country == "GR" { "EL".to_owned() } else { country.to_owned() };
    let named = compact.get(..2).map(code).filter(|code| union::CODES.contains(&code.as_str()));
    if let (Some(named), Some(number)) = (&named, compact.get(2..))
        && union::is_valid(named, number)
    {
        return Ok(format!("{named}{number}"));
    }
    let country = reading.record_country.as_ref().or(field.country.as_ref()).unwrap_or(&reading.country);
    let assumed = code(country);
    if union::is_valid(&assumed, compact) {
        return Ok(format!("{assumed}{compact}"));
    }
    match named {
        Some(named) => Err(message!("field-not-a-vat-number", country = named)),
        None => Err(message!("field-vat-without-country", country = assumed)),
    }
}

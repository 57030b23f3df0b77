//! Telephone numbers, kept as E.164: `+48123456789`.

use super::{FieldKind, Objects, Reading, texts};
use crate::{
    field::{Field, Refused},
    value::Value,
};
use base::message;
use rlibphonenumber::{NumberLengthType, PhoneNumber, PhoneNumberFormat, Region};
use serde_json::{Value as Json, json};

pub(super) struct Phone;

/// Longer texts are not looked at.
const LONGEST_INPUT: usize = 100;

impl FieldKind for Phone {
    fn name(&self) -> &'static str {
        "phone"
    }

    /// As people write it; without a country code it is a number of the company's country.
    fn from_text(&self, _field: &Field, text: &str, reading: &Reading) -> Result<Value, Refused> {
        let text = texts::trim(text);
        let refuse = || message!("field-not-a-phone", found = texts::quote(text), country = reading.country);
        // Letters would be read as keys of the dial (1-800-FLOWERS): in a CRM they are rather a mistake.
        if text.len() > LONGEST_INPUT {
            return Err(refuse());
        }
        let region = reading.country.parse::<Region>().ok();
        let number = PhoneNumber::parse(text, region).map_err(|_| refuse())?;
        if !number.extension().is_empty() {
            return Err(message!("field-phone-extension", found = texts::quote(text)));
        }
        if text.contains(|c: char| c.is_alphabetic()) {
            return Err(refuse());
        }
        if !matches!(number.is_possible_with_reason(), Ok(NumberLengthType::IsPossible)) {
            return Err(refuse());
        }
        // Of a row of zeros each reading takes another one for the prefix of calls within the country: nobody's number.
        let kept = number.format_as(PhoneNumberFormat::E164).into_owned();
        match PhoneNumber::parse(&kept, region) {
            Ok(again) if again == number => Ok(Value::Text(kept)),
            _ => Err(refuse()),
        }
    }

    fn to_text(&self, _field: &Field, value: &Value, _objects: &Objects) -> String {
        value.text().unwrap_or("").to_owned()
    }

    fn schema(&self, _field: &Field) -> Json {
        json!({
            "type": "string",
            "description": "kept as E.164; without a country code it is read as a number of the company's country",
            "examples": ["+48123456789"],
        })
    }

    /// `+48•••67`
    fn masked(&self, _field: &Field, value: &Value) -> String {
        let text = value.text().unwrap_or("");
        let country: String = text.chars().take(3).collect();
        let end = text.len().saturating_sub(2).max(country.len());
        format!("{country}•••{}", text.get(end..).unwrap_or(""))
    }
}

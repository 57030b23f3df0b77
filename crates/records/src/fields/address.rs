//! Postal addresses in parts.

use super::{FieldKind, Objects, Reading, country, texts};
use crate::{
    field::{Field, Refused},
    value::{Address, Value},
};
use base::message;
use serde_json::{Map, Value as Json, json};

pub(super) struct AddressKind;

/// Characters of one part.
const LONGEST_PART: usize = 500;

impl FieldKind for AddressKind {
    fn name(&self) -> &'static str {
        "address"
    }

    /// `street; postcode; city; region; country`, parts at the end may be missing; or the JSON object as text.
    fn from_text(&self, field: &Field, text: &str, reading: &Reading) -> Result<Value, Refused> {
        let text = texts::trim(text);
        if text.starts_with('{') {
            let json = serde_json::from_str(text).map_err(|_| message!("field-not-an-address"))?;
            return self.from_json(field, &json, reading);
        }
        let mut parts = text.split(';');
        let mut address = Address::default();
        for place in
            [&mut address.street, &mut address.postcode, &mut address.city, &mut address.region, &mut address.country]
        {
            *place = parts.next().map(str::to_owned);
        }
        if parts.next().is_some() { Err(message!("field-not-an-address")) } else { tidied(address) }
    }

    fn from_json(&self, field: &Field, json: &Json, reading: &Reading) -> Result<Value, Refused> {
        let parts = match json {
            Json::Object(parts) => parts,
            Json::String(text) => return self.from_text(field, text, reading),
            _ => return Err(message!("field-not-an-address")),
        };
        let mut address = Address::default();
        for (name, part) in parts {
            let place = match name.as_str() {
                "label" => &mut address.label,
                "street" => &mut address.street,
                "postcode" => &mut address.postcode,
                "city" => &mut address.city,
                "region" => &mut address.region,
                "country" => &mut address.country,
                other => return Err(message!("field-unknown-part", part = texts::quote(other))),
            };
            *place = match part {
                Json::String(text) => Some(text.clone()),
                Json::Null => None,
                _ => return Err(message!("field-not-an-address")),
            };
        }
        tidied(address)
    }

    fn to_json(&self, _field: &Field, value: &Value, _objects: &Objects) -> Json {
        let Value::Address(address) = value else { return Json::Null };
        let parts = [("label", &address.label)].into_iter().chain(named(address));
        let given = parts.filter_map(|(name, part)| Some((name.to_owned(), Json::String(part.clone()?))));
        Json::Object(given.collect::<Map<String, Json>>())
    }

    fn to_text(&self, field: &Field, value: &Value, objects: &Objects) -> String {
        let Value::Address(address) = value else { return String::new() };
        let parts: Vec<&str> = named(address).map(|(_, part)| part.as_deref().unwrap_or("")).to_vec();
        let is_plain = address.label.is_none() && !parts.iter().any(|part| part.contains(';') || part.starts_with('{'));
        if is_plain {
            return parts.join("; ").trim_end_matches([';', ' ']).to_owned();
        }
        self.to_json(field, value, objects).to_string()
    }

    fn schema(&self, _field: &Field) -> Json {
        let part = json!({ "type": ["string", "null"], "maxLength": LONGEST_PART });
        let mut parts = Map::new();
        for name in ["label", "street", "postcode", "city", "region"] {
            parts.insert(name.to_owned(), part.clone());
        }
        parts.insert("country".to_owned(), json!({ "type": ["string", "null"], "description": "ISO 3166-1 alpha-2" }));
        json!({ "type": "object", "properties": parts, "additionalProperties": false })
    }
}

/// The parts in the order of a written address.
fn named(address: &Address) -> [(&'static str, &Option<String>); 5] {
    [
        ("street", &address.street),
        ("postcode", &address.postcode),
        ("city", &address.city),
        ("region", &address.region),
        ("country", &address.country),
    ]
}

/// Cleans all parts; an address with none is nothing.
fn tidied(address: Address) -> Result<Value, Refused> {
    let address = Address {
        label: part(address.label)?,
        street: part(address.street)?,
        postcode: part(address.postcode)?,
        city: part(address.city)?,
        region: part(address.region)?,
        country: match part(address.country)? {
            Some(name) => Some(country::code(&name)?.to_owned()),
            None => None,
        },
    };
    Ok(if address == Address::default() { Value::Empty } else { Value::Address(Box::new(address)) })
}

fn part(text: Option<String>) -> Result<Option<String>, Refused> {
    let Some(text) = text else { return Ok(None) };
    let text = texts::clean(&text, texts::Lines::One)?;
    let length = text.chars().count();
    if length > LONGEST_PART {
        return Err(message!("field-text-too-long", length = length, max = LONGEST_PART));
    }
    Ok((!text.is_empty()).then(|| text.into_owned()))
}

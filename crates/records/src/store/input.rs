//! What a caller gives for the fields of a record, read with the caller's rights.

use super::Work;
use crate::{field::Kind, fields, object::Object, permissions::Access, value::Value};
use base::{Error, FieldError, Id, Result, message};
use serde_json::{Map, Value as Json};
use std::collections::HashMap;

/// Reads a JSON object of field values: every problem is reported, not only the first.
///
/// A field that the caller may not know of is unknown; one that may only be read is refused.
pub fn parse_input(work: &Work, object: &Object, input: &Map<String, Json>) -> Result<Vec<(usize, Value)>> {
    parse_input_of(work, object, input, None)
}

/// As [`parse_input`] for a record that is there: where the input names no country, it is the record's (see
/// [`countries`]) that tells what a tax number without one means.
pub fn parse_input_of(
    work: &Work,
    object: &Object,
    input: &Map<String, Json>,
    country: Option<&str>,
) -> Result<Vec<(usize, Value)>> {
    let access = Access::new(&work.catalog.schema, work.caller);
    let mut reading = work.catalog.schema.reading();
    if object.fields.iter().any(|field| field.kind == Kind::TaxId) {
        let country = input.get("country").map_or(country, Json::as_str);
        reading.record_country = country.and_then(|country| fields::country_code(country).ok());
    }
    let (mut values, mut errors) = (Vec::with_capacity(input.len()), Vec::new());
    for (name, json) in input {
        let known = object.fields.iter().enumerate().find(|(_, field)| field.name == *name);
        let outcome = match known.filter(|(_, field)| access.may_see(object, field)) {
            None => Err(message!("field-unknown", object = object.name)),
            Some((_, field)) if field.read_only || !access.may_write(object, field) => Err(message!("field-read-only")),
            Some((at, field)) => fields::from_json(field, json, &reading).map(|value| (at, value)),
        };
        match outcome {
            Ok(value) => values.push(value),
            Err(message) => errors.push(FieldError { field: name.clone(), message }),
        }
    }
    if errors.is_empty() { Ok(values) } else { Err(Error::Invalid(errors)) }
}

/// The countries of records whose input names a tax number and no country, as far as the caller may know them.
pub async fn countries(
    work: &Work<'_>,
    object: &Object,
    inputs: impl Iterator<Item = (Id, &Map<String, Json>)>,
) -> Result<HashMap<Id, String>> {
    let access = Access::new(&work.catalog.schema, work.caller);
    let country = object.fields.iter().position(|field| field.name == "country" && access.may_know(object, field));
    let names_number = |input: &Map<String, Json>| {
        input.keys().any(|name| object.field(name).is_some_and(|field| field.kind == Kind::TaxId))
    };
    let needs = |input: &Map<String, Json>| !input.contains_key("country") && names_number(input);
    let ids: Vec<Id> = inputs.filter(|(_, input)| needs(input)).map(|(id, _)| id).collect();
    let Some(country) = country.filter(|_| !ids.is_empty()) else { return Ok(HashMap::new()) };
    let mut reader = work.records.db().reader(work.caller);
    let records = work.load(&mut reader, object, &ids, false).await?;
    let own = |record: &crate::layout::Record| Some((record.id, record.values.get(country)?.text()?.to_owned()));
    Ok(records.iter().filter_map(own).collect())
}

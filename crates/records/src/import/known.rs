//! The records that rows are about, found by the value of one field.

use super::related::Parsed;
use crate::{
    field::Field,
    matching::{self, match_key},
    object::Object,
    permissions::Access,
    store::Work,
    value::Value,
};
use base::{Error, Id, Result, message};
use db::Reader;
use std::collections::HashMap;

/// By key, all that have it.
pub(super) type Known = HashMap<String, Vec<Id>>;

/// Those that the rows' values name in the field.
///
/// # Errors
/// A field error for `match` where the caller may not filter by it: what they may not ask must not be found out by
/// importing either.
pub(super) async fn find(
    work: &Work<'_>,
    reader: &mut Reader,
    object: &Object,
    at: usize,
    parsed: &[Parsed],
) -> Result<Known> {
    let Some(field) = object.fields.get(at) else { return Ok(Known::new()) };
    let access = Access::new(&work.catalog.schema, work.caller);
    if field.name != "id" && !access.may_filter(object, field) {
        return Err(Error::field("match", message!("match-unknown", field = field.name)));
    }
    let rows = parsed.iter().flatten();
    let keys: Vec<String> = rows.filter_map(|read| key_in(&read.values, at, field)).collect();
    if field.name == "id" {
        let ids: Vec<Id> = keys.iter().filter_map(|key| key.parse().ok()).collect();
        let found = work.load(reader, object, &ids, false).await?;
        return Ok(found.iter().map(|record| (record.id.to_string(), vec![record.id])).collect());
    }
    matching::find(work, reader, object, field, &keys).await
}

/// What the values name their record by.
pub(super) fn key_in(values: &[(usize, Value)], at: usize, field: &Field) -> Option<String> {
    let value = values.iter().find(|(place, _)| *place == at).map(|(_, value)| value)?;
    match value.link() {
        Some(link) if field.name == "id" => Some(link.id.to_string()),
        _ => match_key(field, value),
    }
}

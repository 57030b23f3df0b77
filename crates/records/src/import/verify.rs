//! Rows of plain files that were read again, held against the records that came of them.

use super::{
    cells::{self, Ready},
    looked::{Again, Difference, Verified},
    related,
};
use crate::{
    fields,
    layout::Record,
    object::Object,
    permissions::Access,
    store::{self, Work},
    value::Value,
};
use base::{Id, Result};
use db::Reader;
use std::collections::HashMap;

/// Compares what the rows say with what is there, as far as the caller may know it.
pub(super) async fn verify(
    work: &Work<'_>,
    reader: &mut Reader,
    object: &Object,
    columns: &[Ready],
    again: &[Again],
) -> Result<Verified> {
    let mut parsed: Vec<_> = again.iter().map(|one| cells::read(columns, work, object, &one.row)).collect();
    related::resolve(work, reader, object, &mut parsed).await?;
    let ids: Vec<Id> = again.iter().map(|one| one.id).collect();
    let there: HashMap<Id, Record> =
        work.load(reader, object, &ids, false).await?.into_iter().map(|record| (record.id, record)).collect();
    let mut verified = Verified::default();
    for (one, parsed) in again.iter().zip(parsed) {
        verified.looked_at += 1;
        let Some(record) = there.get(&one.id) else { continue };
        verified.found += 1;
        // A reference that is found no more has no value to compare.
        for (at, value) in parsed.map(|read| read.values).unwrap_or_default() {
            if let Some(difference) = compare(work, object, (one, record), (at, &value)) {
                verified.compare(difference);
            }
        }
    }
    Ok(verified)
}

/// How one value differs, if it does; nothing where there is nothing to compare.
fn compare(
    work: &Work<'_>,
    object: &Object,
    (one, record): (&Again, &Record),
    (at, value): (usize, &Value),
) -> Option<Option<Difference>> {
    let access = Access::new(&work.catalog.schema, work.caller);
    let is_compared = !(value.is_empty() && one.is_new);
    let field = object.fields.get(at).filter(|field| field.name != "id" && is_compared)?;
    if !access.may_know(object, field) {
        return None;
    }
    let stored = store::seen(object, &record.values, at);
    let is_there = |one: &Value| stored.each().iter().any(|known| fields::same(field, known, one));
    let names = work.catalog.schema.names();
    let text = |value: &Value| fields::to_text(field, value, names);
    let agrees = match field.holds_many() {
        true if !value.is_empty() => value.each().iter().all(is_there),
        _ => text(value) == text(&stored),
    };
    let difference = || Difference {
        row: one.row.number,
        record: one.id,
        field: field.name.clone(),
        file: text(value),
        stored: text(&stored),
    };
    Some((!agrees).then(difference))
}

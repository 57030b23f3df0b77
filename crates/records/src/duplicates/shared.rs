//! Who has the same e-mail, phone or code as a record, in whichever of some fields.

use crate::{field::Field, matching, object::Object, permissions::Access, store::Work, value::Value};
use base::{Id, Result};
use db::Reader;
use std::collections::{BTreeMap, BTreeSet};

/// The records that share something with one, by each thing that is shared. `values` are those of the one; of its fields
/// only those are looked at that `is_meant`, and that the caller may filter by. What is in a field is looked for in all
/// of its kind.
pub async fn with(
    work: &Work<'_>,
    reader: &mut Reader,
    object: &Object,
    values: &[(usize, Value)],
    is_meant: impl Fn(usize, &Field) -> bool,
) -> Result<Vec<BTreeSet<Id>>> {
    let access = Access::new(&work.catalog.schema, work.caller);
    let fields =
        object.fields.iter().enumerate().filter(|(at, field)| {
            is_meant(*at, field) && matching::can_match(field) && access.may_filter(object, field)
        });
    let fields: Vec<(usize, &Field)> = fields.collect();
    let mut keys: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    for (at, value) in values {
        let Some((_, own)) = fields.iter().find(|(place, _)| place == at) else { continue };
        let found = value.each().iter().filter_map(|one| matching::match_key(own, &Value::Many(vec![one.clone()])));
        let found: Vec<String> = found.collect();
        // The same words are the same key in every field of the kind.
        for (place, _) in fields.iter().filter(|(_, field)| field.kind == own.kind) {
            keys.entry(*place).or_default().extend(found.iter().cloned());
        }
    }
    // A field that holds many is asked together with the one that holds its first.
    let is_asked = |field: &Field| fields.iter().any(|(_, many)| many.first == Some(field.name.as_str()));
    let mut shared: BTreeMap<String, BTreeSet<Id>> = BTreeMap::new();
    for (at, field) in fields.iter().filter(|(_, field)| !is_asked(field)) {
        let keys: Vec<String> = keys.remove(at).into_iter().flatten().collect();
        for (key, ids) in matching::find(work, reader, object, field, &keys).await? {
            shared.entry(key).or_default().extend(ids);
        }
    }
    Ok(shared.into_values().collect())
}

//! Values that may stand only once among the living records: their keys, and who has them.

use super::{Decided, load::Facts};
use crate::{
    field::Field,
    fields::{self, Objects},
    layout::Record,
    object::Object,
    permissions::Access,
    stored,
    value::Value,
};
use base::{Error, Id, Message, Result, message};
use std::collections::HashMap;

/// Keys that changes before this one took (of whom) or gave up (nobody).
pub(super) type Keys = HashMap<(i64, String), Option<Id>>;

pub(super) fn check_unique(
    access: &Access<'_>,
    object: &Object,
    decided: &Decided,
    facts: &Facts,
    claimed: &mut Keys,
) -> Result<()> {
    let key = |field: &Field, value: &Value| unique_key(field, value).map(|key| (field.id, key));
    let mut keys = Vec::new();
    for (at, field) in object.fields.iter().enumerate().filter(|(_, field)| field.unique) {
        let side = |record: Option<&Record>| record.and_then(|record| key(field, record.values.get(at)?));
        let old = side(decided.before.as_ref().filter(|before| before.deleted_at.is_none()));
        let new = side(Some(&decided.after).filter(|after| after.deleted_at.is_none()));
        if let Some(place) = &new {
            let holder = claimed.get(place).copied().unwrap_or_else(|| facts.taken.get(place).copied());
            if holder.is_some_and(|holder| holder != decided.after.id) {
                return Err(Error::Conflict(taken(access, object, field, &place.1)));
            }
        }
        keys.extend(old.filter(|old| Some(old) != new.as_ref()).map(|old| (old, None)));
        keys.extend(new.map(|new| (new, Some(decided.after.id))));
    }
    claimed.extend(keys);
    Ok(())
}

/// The sentence for a value that another record has already. It tells no value that the caller may not know.
pub(super) fn taken(access: &Access<'_>, object: &Object, field: &Field, key: &str) -> Message {
    match access.may_know(object, field) {
        true => message!("unique-taken", field = field.name, value = key),
        false => message!("unique-taken-unknown"),
    }
}

/// The key under which a value is unique: folded for texts, so that `AB-1` and `ab-1` are the same.
pub(super) fn unique_key(field: &Field, value: &Value) -> Option<String> {
    match value {
        Value::Empty => None,
        value if field.holds_many() => {
            let one = super::one_of(field);
            value.each().first().and_then(|value| unique_key(&one, value))
        }
        value => Some(
            stored::key(field, value)
                .unwrap_or_else(|| fields::kind(field.kind).to_text(field, value, &Objects::default())),
        ),
    }
}

//! What a new field would be: its id, its slot, and everything that stands in its way. Nothing is written here.

use super::{FieldInput, slots};
use crate::{
    catalog::Records,
    derived,
    field::{Field, Storage},
    object::Object,
    schema::Schema,
};
use base::{FieldError, Id, message};

/// Most custom fields of an object.
const MOST_FIELDS: usize = 300;

/// Checks a new field and gives it an id and a slot; the object gets it, so that the next one sees it.
pub(super) fn plan_field(
    records: &Records,
    schema: &Schema,
    object: &mut Object,
    input: &FieldInput,
) -> Result<(i64, String), Vec<FieldError>> {
    let mut errors = input.problems(schema);
    let mut wrong = |field: &str, message| errors.push(FieldError { field: field.to_owned(), message });
    if is_taken(schema, object, &input.name) {
        wrong("name", message!("definition-taken"));
    }
    if object.fields.iter().filter(|field| field.custom).count() >= MOST_FIELDS {
        wrong("name", message!("definition-too-many", most = MOST_FIELDS));
    }
    if input.inverse.as_deref().is_some_and(|inverse| is_inverse_taken(schema, object, input, inverse)) {
        wrong("inverse", message!("definition-taken"));
    }
    if input.hierarchy && !makes_tree(object, input) {
        wrong("hierarchy", message!("definition-hierarchy"));
    }
    let mut field = match derived::made(schema, object, input) {
        Ok(field) => field,
        Err(problems) => {
            errors.extend(problems);
            return Err(errors);
        }
    };
    field.name = input.name.clone();
    field.custom = true;
    field.id = records.db().ids().next().0;
    let taken: Vec<String> = object.fields.iter().filter_map(slot_of).collect();
    let slot = match slots::class(&field).filter(|_| field.filterable || field.sortable) {
        None => Some(format!("x{}", Id(field.id))),
        Some((letter, count)) => slots::free(letter, count, &taken),
    };
    let Some(slot) = slot else {
        errors.push(FieldError { field: "filterable".to_owned(), message: message!("definition-slots-full") });
        return Err(errors);
    };
    if !errors.is_empty() {
        return Err(errors);
    }
    field.storage = Storage::Slot(slot.clone());
    let id = field.id;
    object.fields.push(field);
    Ok((id, slot))
}

/// A relation to one record of the same object, that can be filtered by: trees are walked along its index.
fn makes_tree(object: &Object, input: &FieldInput) -> bool {
    input.kind == "relation" && input.target.as_deref() == Some(&object.name) && input.filterable != Some(false)
}

fn slot_of(field: &Field) -> Option<String> {
    match &field.storage {
        Storage::Slot(slot) => Some(slot.clone()),
        Storage::Column(_) => None,
    }
}

/// Filters know the object's fields and the relations that lead to it by one name each.
pub(super) fn is_taken(schema: &Schema, object: &Object, name: &str) -> bool {
    object.field(name).is_some() || schema.inverse(object, name).is_some()
}

/// The name under which the other end would know the relation is in use there, or by a field planned before this one.
pub(super) fn is_inverse_taken(schema: &Schema, object: &Object, input: &FieldInput, inverse: &str) -> bool {
    let meets = |other: Option<&str>| other.is_none() || input.target.is_none() || other == input.target.as_deref();
    let planned = object.fields.iter().filter_map(|field| field.target.as_ref());
    let mut ends = schema.objects().iter().filter(|end| !end.internal && meets(Some(&end.name)));
    ends.any(|end| is_taken(schema, end, inverse))
        || planned.filter(|other| meets(other.object.as_deref())).any(|other| other.inverse.as_deref() == Some(inverse))
}

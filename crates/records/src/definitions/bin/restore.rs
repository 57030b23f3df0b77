//! Objects and fields that come back from the bin: into a world that may have changed meanwhile.

use super::{Lying, lying_under};
use crate::{
    catalog::Records,
    definitions::{
        FieldInput, ObjectInput,
        keep::{commit_undoing, place},
        plan::{is_inverse_taken, is_taken},
        slots::TOMBSTONE,
    },
    derived,
};
use base::{Caller, Error, Id, Result, message};
use db::{Batch, Cell, Expect, Statement, sql};
use serde_json::json;

/// Brings a field back, by its name (the one that was deleted last) or its id; gives the action and the name.
///
/// # Errors
/// `NotFound` where none lies there; `Conflict` where its name is taken; `Invalid` where it does not fit any more.
pub async fn restore_field(
    records: &Records,
    caller: &Caller,
    (object, name): (&str, &str),
    undoes: Option<Id>,
) -> Result<(Id, String)> {
    let catalog = records.catalog(caller).await?;
    let object = catalog.object(object)?;
    let lying = lying_under(records, caller, Some(object), name, "field").await?;
    let input: FieldInput = serde_json::from_str(&lying.stored).map_err(Error::internal)?;
    if is_taken(&catalog.schema, object, &input.name) {
        return Err(taken(&input.name));
    }
    let inverse = input.inverse.as_deref();
    if let Some(inverse) = inverse.filter(|own| is_inverse_taken(&catalog.schema, object, &input, own)) {
        return Err(taken(inverse));
    }
    let mut errors = input.problems(&catalog.schema);
    errors.extend(place(records, caller, &catalog.schema, object).condition_problems(&input));
    errors.extend(derived::made(&catalog.schema, object, &input).err().unwrap_or_default());
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let mut batch = Batch::new();
    let text = sql!(
        "UPDATE field_definition SET name = ?3, deleted_at = NULL
         WHERE tenant_id = ?1 AND id = ?2 AND deleted_at IS NOT NULL"
    );
    batch.expect(Statement::new(text, back(caller, &lying)), Expect::Fresh);
    if derived::is_derived(&input.kind) {
        derived::fill::later(records, &mut batch, caller.tenant, object.id, lying.id.0);
    }
    if input.searched {
        crate::reindex::later(records, &mut batch, caller.tenant, object.id);
    }
    let changes = json!({"object": object.name, "name": input.name, "id": lying.id});
    Ok((commit_undoing(records, caller, batch, ("field.restored", changes), undoes).await?, input.name))
}

/// Brings an object back with its records, by its name (the one that was deleted last) or its id; gives the action and
/// the name.
///
/// # Errors
/// As of [`restore_field`]; `Conflict` also where a relation of it leads to an object that is not there.
pub async fn restore_object(
    records: &Records,
    caller: &Caller,
    name: &str,
    undoes: Option<Id>,
) -> Result<(Id, String)> {
    let catalog = records.catalog(caller).await?;
    let lying = lying_under(records, caller, None, name, "object").await?;
    let object = catalog.object_by_id(lying.id.0)?;
    let input: ObjectInput = serde_json::from_str(&lying.stored).map_err(Error::internal)?;
    if catalog.schema.object(&input.name).is_some() {
        return Err(taken(&input.name));
    }
    let mut batch = Batch::new();
    for (id, field) in living_fields(records, caller, lying.id).await? {
        if derived::is_derived(&field.kind) {
            derived::fill::later(records, &mut batch, caller.tenant, object.id, id);
        }
        let target = field.target.as_deref().filter(|target| *target != input.name);
        if let Some(lost) = target.filter(|target| catalog.schema.object(target).is_none()) {
            return Err(Error::Conflict(message!("definition-restore-target", field = field.name, object = lost)));
        }
        let inverse = field.inverse.as_deref();
        if let Some(inverse) = inverse.filter(|own| is_inverse_taken(&catalog.schema, object, &field, own)) {
            return Err(taken(inverse));
        }
    }
    let text = sql!(
        "UPDATE object_definition SET name = ?3, deleted_at = NULL
         WHERE tenant_id = ?1 AND id = ?2 AND deleted_at IS NOT NULL"
    );
    batch.expect(Statement::new(text, back(caller, &lying)), Expect::Fresh);
    crate::reindex::later(records, &mut batch, caller.tenant, lying.id.0);
    let changes = json!({"name": input.name, "id": lying.id});
    Ok((commit_undoing(records, caller, batch, ("object.restored", changes), undoes).await?, input.name))
}

fn taken(name: &str) -> Error {
    Error::Conflict(message!("definition-restore-taken", name = name))
}

fn back(caller: &Caller, lying: &Lying) -> [Cell; 3] {
    [caller.tenant.into(), lying.id.into(), Cell::from(lying.name())]
}

/// The definitions of an object's fields, by their ids, that did not go into the bin before it.
async fn living_fields(records: &Records, caller: &Caller, object: Id) -> Result<Vec<(i64, FieldInput)>> {
    let text = sql!(
        "SELECT definition, name, id FROM field_definition
         WHERE tenant_id = ?1 AND object_id = ?2 AND deleted_at IS NULL"
    );
    let rows = records.db().reader(caller).once(Statement::new(text, [caller.tenant.into(), object.into()])).await?;
    let mut fields = Vec::new();
    for row in rows.iter() {
        if !row.text(1)?.starts_with(TOMBSTONE) {
            fields.push((row.int(2)?, serde_json::from_str(row.text(0)?).map_err(Error::internal)?));
        }
    }
    Ok(fields)
}

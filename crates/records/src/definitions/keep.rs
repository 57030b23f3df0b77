//! Making, changing and deleting custom objects and fields. Nothing here touches a table's shape.

use super::{FieldInput, ObjectInput, plan::plan_field, slots};
use crate::{
    catalog::Records,
    field::{Field, Part, Storage},
    object::{Object, Table},
};
use base::{Caller, Error, FieldError, Id, Result, message};
use db::{Batch, Cell, Event, Expect, Statement, sql};
use serde_json::{Value as Json, json};

/// Most custom objects of a tenant.
const MOST_OBJECTS: usize = 200;

/// Makes an object with its fields, in one go.
pub async fn create_object(records: &Records, caller: &Caller, input: &ObjectInput) -> Result<()> {
    let catalog = records.catalog(caller).await?;
    let mut errors = input.problems();
    if catalog.schema.object(&input.name).is_some() {
        errors.push(FieldError { field: "name".to_owned(), message: message!("definition-taken") });
    }
    if catalog.schema.objects().iter().filter(|object| object.custom).count() >= MOST_OBJECTS {
        return Err(Error::Conflict(message!("definition-too-many", most = MOST_OBJECTS)));
    }
    let mut object = super::custom_object(0, &input.name, input);
    object.id = records.db().ids().next().0;
    let mut batch = Batch::new();
    for (at, field) in input.fields.iter().enumerate() {
        match plan_field(records, &catalog.schema, &mut object, field) {
            Ok((id, slot)) => push_field(&mut batch, caller, &object, id, &slot, field)?,
            Err(problems) => errors.extend(problems.into_iter().map(|problem| FieldError {
                field: format!("fields[{at}].{}", problem.field),
                message: problem.message,
            })),
        }
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let kept = ObjectInput { fields: Vec::new(), ..input.clone() };
    let text = sql!(
        "INSERT INTO object_definition (tenant_id, id, name, definition) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING"
    );
    let cells = [caller.tenant.into(), object.id.into(), Cell::from(input.name.as_str()), definition(&kept)?];
    batch.expect(Statement::new(text, cells), Expect::Free(message!("definition-taken")));
    for field in object.fields.iter().filter(|field| field.custom) {
        crate::indexes::later(records, &mut batch, &object, field)?;
    }
    commit(records, caller, batch, "object.created", json!(input)).await
}

/// Changes what an object is called.
pub async fn change_object(records: &Records, caller: &Caller, name: &str, input: &ObjectInput) -> Result<()> {
    let catalog = records.catalog(caller).await?;
    let object = catalog.object(name)?;
    if !object.custom {
        return Err(Error::Conflict(message!("definition-standard")));
    }
    let renamed = !input.name.is_empty() && input.name != name;
    let whole = ObjectInput { name: name.to_owned(), ..input.clone() };
    let mut errors = whole.problems();
    if renamed || !input.fields.is_empty() {
        let field = if renamed { "name" } else { "fields" };
        errors.push(FieldError { field: field.to_owned(), message: message!("definition-fixed") });
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let mut batch = Batch::new();
    let text = sql!("UPDATE object_definition SET definition = ?3 WHERE tenant_id = ?1 AND id = ?2");
    let cells = [caller.tenant.into(), object.id.into(), definition(&whole)?];
    batch.expect(Statement::new(text, cells), Expect::Fresh);
    commit(records, caller, batch, "object.changed", json!(whole)).await
}

/// Deletes an object that has no records, not even in the bin, and that nothing leads to.
pub async fn delete_object(records: &Records, caller: &Caller, name: &str) -> Result<()> {
    let catalog = records.catalog(caller).await?;
    let object = catalog.object(name)?;
    if !object.custom {
        return Err(Error::Conflict(message!("definition-standard")));
    }
    let leads_here = |field: &&Field| {
        field.target.as_ref().and_then(|target| target.object.as_deref()) == Some(name) && field.name != "id"
    };
    let others = catalog.schema.objects().iter().filter(|other| other.id != object.id);
    if let Some((other, field)) = others.flat_map(|o| o.fields.iter().find(leads_here).map(|f| (o, f))).next() {
        let place = format!("{}.{}", other.name, field.name);
        return Err(Error::Conflict(message!("definition-in-use", by = place)));
    }
    let text = sql!("SELECT id FROM record WHERE tenant_id = ?1 AND object_id = ?2 LIMIT 1");
    let cells = [caller.tenant.into(), object.id.into()];
    if !records.db().reader(caller).once(Statement::new(text, cells.clone())).await?.is_empty() {
        return Err(Error::Conflict(message!("definition-has-records", object = name)));
    }
    let mut batch = Batch::new();
    batch.run(Statement::new(
        sql!("DELETE FROM field_definition WHERE tenant_id = ?1 AND object_id = ?2"),
        cells.clone(),
    ));
    let text = sql!("DELETE FROM object_definition WHERE tenant_id = ?1 AND id = ?2");
    batch.expect(Statement::new(text, cells), Expect::Fresh);
    commit(records, caller, batch, "object.deleted", json!({"name": name})).await
}

/// Adds a field to an object, standard or custom.
pub async fn create_field(records: &Records, caller: &Caller, object: &str, input: &FieldInput) -> Result<()> {
    let catalog = records.catalog(caller).await?;
    let mut object = catalog.object(object)?.clone();
    let (id, slot) = plan_field(records, &catalog.schema, &mut object, input).map_err(Error::Invalid)?;
    let slot = match taken_slots(records, caller, object.id).await? {
        taken if taken.contains(&slot) => {
            let field = object.fields.iter().find(|field| field.id == id);
            let class = field.and_then(slots::class);
            let free = class.and_then(|(letter, count)| slots::free(letter, count, &taken));
            free.ok_or_else(|| Error::field("filterable", message!("definition-slots-full")))?
        }
        _ => slot,
    };
    if let Some(field) = object.fields.iter_mut().find(|field| field.id == id) {
        field.storage = Storage::Slot(slot.clone());
    }
    let mut batch = Batch::new();
    push_field(&mut batch, caller, &object, id, &slot, input)?;
    if let Some(field) = object.fields.iter().find(|field| field.id == id) {
        crate::indexes::later(records, &mut batch, &object, field)?;
    }
    commit(records, caller, batch, "field.created", json!({"object": object.name, "field": input})).await
}

async fn taken_slots(records: &Records, caller: &Caller, object: i64) -> Result<Vec<String>> {
    let text = sql!("SELECT slot FROM field_definition WHERE tenant_id = ?1 AND object_id = ?2");
    let rows = records.db().reader(caller).once(Statement::new(text, [caller.tenant.into(), object.into()])).await?;
    rows.iter().map(|row| Ok(row.text(0)?.to_owned())).collect()
}

fn push_field(
    batch: &mut Batch,
    caller: &Caller,
    object: &Object,
    id: i64,
    slot: &str,
    input: &FieldInput,
) -> Result<()> {
    let text = sql!(
        "INSERT INTO field_definition (tenant_id, id, object_id, name, slot, position, definition)
         VALUES (?1, ?2, ?3, ?4, ?5, ?2, ?6) ON CONFLICT DO NOTHING"
    );
    let cells = [
        caller.tenant.into(),
        id.into(),
        object.id.into(),
        Cell::from(input.name.as_str()),
        Cell::from(slot),
        definition(input)?,
    ];
    batch.expect(Statement::new(text, cells), Expect::Free(message!("definition-taken")));
    Ok(())
}

/// Changes what may change of a field while values lie in it: labels, rules, defaults and further options.
pub async fn change_field(
    records: &Records,
    caller: &Caller,
    object: &str,
    name: &str,
    change: &serde_json::Map<String, Json>,
) -> Result<()> {
    let catalog = records.catalog(caller).await?;
    let object = catalog.object(object)?;
    let field = object.field(name).ok_or(Error::NotFound("field"))?;
    if !field.custom {
        return Err(Error::Conflict(message!("definition-standard")));
    }
    let text = sql!("SELECT definition FROM field_definition WHERE tenant_id = ?1 AND id = ?2");
    let rows = records.db().reader(caller).once(Statement::new(text, [caller.tenant.into(), field.id.into()])).await?;
    let stored = rows.first().ok_or(Error::NotFound("field"))?.text(0)?.to_owned();
    let mut merged: serde_json::Map<String, Json> = serde_json::from_str(&stored).map_err(Error::internal)?;
    const MAY: [&str; 11] = [
        "label", "required", "searched", "personal", "default", "min", "max", "pattern", "country", "options",
        "sortable",
    ];
    let fixed = change.keys().filter(|key| !MAY.contains(&key.as_str()));
    let errors: Vec<FieldError> =
        fixed.map(|key| FieldError { field: key.clone(), message: message!("definition-fixed") }).collect();
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    merged.extend(change.clone());
    let input: FieldInput = serde_json::from_value(Json::Object(merged))
        .map_err(|cause| Error::field("field", message!("definition-shape", cause = cause)))?;
    let mut problems = input.problems(&catalog.schema);
    let mut after = field.clone();
    input.describe(&mut after);
    let lost = field.choices.iter().find(|old| after.choices.iter().all(|new| new.code != old.code));
    if let Some(lost) = lost {
        let message = message!("definition-option-in-use", code = lost.code);
        problems.push(FieldError { field: "options".to_owned(), message });
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let mut batch = Batch::new();
    let text = sql!("UPDATE field_definition SET definition = ?3 WHERE tenant_id = ?1 AND id = ?2 AND definition = ?4");
    let cells = [caller.tenant.into(), field.id.into(), definition(&input)?, Cell::Text(stored)];
    batch.expect(Statement::new(text, cells), Expect::Fresh);
    commit(records, caller, batch, "field.changed", json!({"object": object.name, "field": input})).await
}

/// Takes a field away. Its slot stays taken, since old values may still lie there.
pub async fn delete_field(records: &Records, caller: &Caller, object: &str, name: &str) -> Result<()> {
    let catalog = records.catalog(caller).await?;
    let object = catalog.object(object)?;
    let field = object.field(name).ok_or(Error::NotFound("field"))?;
    if !field.custom {
        return Err(Error::Conflict(message!("definition-standard")));
    }
    let mut batch = Batch::new();
    let text = sql!("UPDATE field_definition SET name = ?3 WHERE tenant_id = ?1 AND id = ?2");
    let grave = format!("{}{}", slots::TOMBSTONE, Id(field.id));
    batch.expect(Statement::new(text, [caller.tenant.into(), field.id.into(), Cell::Text(grave)]), Expect::Fresh);
    let key: [Cell; 2] = [caller.tenant.into(), field.id.into()];
    batch.run(Statement::new(sql!("DELETE FROM unique_key WHERE tenant_id = ?1 AND field_id = ?2"), key.clone()));
    commit(records, caller, batch, "field.deleted", json!({"object": object.name, "name": name})).await
}

async fn commit(records: &Records, caller: &Caller, mut batch: Batch, kind: &'static str, changes: Json) -> Result<()> {
    let action = records.db().ids().next();
    batch.log(Event { action, kind, object: 0, record: None, changes: changes.to_string(), also: Vec::new() });
    batch.schema_changed();
    records.db().submit(caller, batch).await.map(drop)
}

fn definition(input: &impl serde::Serialize) -> Result<Cell> {
    serde_json::to_string(input).map(Cell::Text).map_err(Error::internal)
}

/// The SQL of a custom field's index: what is compared, then the id.
pub fn index_columns(dialect: db::Dialect, object: &Object, field: &Field) -> String {
    let compared = field.expression(dialect, "r", Part::Compared).replace("r.custom", "custom");
    let object_id = if object.table == Table::Shared { "object_id, " } else { "" };
    format!("tenant_id, {object_id}{compared}, id")
}

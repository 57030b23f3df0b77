//! Making and changing fields of objects, standard and custom.

use super::{commit, definition, place};
use crate::{
    catalog::Records,
    definitions::{FieldInput, choices, plan::plan_field, slots},
    derived,
    field::{Field, Kind, Storage},
    object::Object,
    schema::Schema,
};
use base::{Caller, Error, FieldError, Id, Result, message};
use db::{Batch, Cell, Expect, Statement, sql};
use serde_json::{Value as Json, json};

/// Adds a field to an object, standard or custom.
pub async fn create_field(records: &Records, caller: &Caller, object: &str, input: &FieldInput) -> Result<Id> {
    let catalog = records.catalog(caller).await?;
    let mut object = catalog.object(object)?.clone();
    let (id, slot) = plan_field(records, &catalog.schema, &mut object, input).map_err(Error::Invalid)?;
    let problems = place(records, caller, &catalog.schema, &object).condition_problems(input);
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
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
        if field.derived.is_some() {
            derived::fill::later(records, &mut batch, caller.tenant, object.id, field.id);
        }
    }
    commit(records, caller, batch, "field.created", json!({"object": object.name, "id": Id(id), "field": input})).await
}

async fn taken_slots(records: &Records, caller: &Caller, object: i64) -> Result<Vec<String>> {
    let text = sql!("SELECT slot, next_slot FROM field_definition WHERE tenant_id = ?1 AND object_id = ?2");
    let rows = records.db().reader(caller).once(Statement::new(text, [caller.tenant.into(), object.into()])).await?;
    let mut taken = Vec::new();
    for row in rows.iter() {
        taken.push(row.text(0)?.to_owned());
        taken.extend(row.opt_text(1)?.map(str::to_owned));
    }
    Ok(taken)
}

/// The slot with an index that a field's values shall lie in, where it is to be filtered by from now on.
async fn next_slot(records: &Records, caller: &Caller, object: &Object, field: &Field) -> Result<Option<String>> {
    let Some((letter, count)) = slots::class(field).filter(|_| !field.filterable && field.next_slot.is_none()) else {
        return Ok(None);
    };
    let taken = taken_slots(records, caller, object.id).await?;
    let free = slots::free(letter, count, &taken);
    free.map(Some).ok_or_else(|| Error::field("filterable", message!("definition-slots-full")))
}

pub(super) fn push_field(
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
) -> Result<Id> {
    let catalog = records.catalog(caller).await?;
    let object = catalog.object(object)?;
    let field = object.field(name).ok_or(Error::NotFound("field"))?;
    if !field.custom {
        return choices::change_standard(records, caller, &catalog.schema, (object, field), change).await;
    }
    let text = sql!("SELECT definition FROM field_definition WHERE tenant_id = ?1 AND id = ?2");
    let rows = records.db().reader(caller).once(Statement::new(text, [caller.tenant.into(), field.id.into()])).await?;
    let stored = rows.first().ok_or(Error::NotFound("field"))?.text(0)?.to_owned();
    let mut change = change.clone();
    // What has no index is filtered by without one.
    let has_index = slots::class(field).is_some();
    let moves = has_index && change.get("filterable") == Some(&json!(true)) && change.remove("filterable").is_some();
    let next = if moves { next_slot(records, caller, object, field).await? } else { None };
    let mut input = merged(&stored, &change, !has_index)?;
    if derived::expression(field).is_some() && matches!(field.kind, Kind::Integer | Kind::Decimal) {
        // Whatever the new expression is like, the field's digits stay.
        input.scale = input.scale.or(Some(field.scale));
    }
    let mut problems = input.problems(&catalog.schema);
    problems.extend(place(records, caller, &catalog.schema, object).condition_problems(&input));
    let (after, more) = changed(&catalog.schema, object, field, &input);
    problems.extend(more);
    problems.extend(choices::lost(records, caller, &catalog.schema, (object, field), &after.choices).await?);
    problems.extend(lost_roles(field, &after));
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let mut batch = Batch::new();
    let text = sql!("UPDATE field_definition SET definition = ?3 WHERE tenant_id = ?1 AND id = ?2 AND definition = ?4");
    let cells = [caller.tenant.into(), field.id.into(), definition(&input)?, Cell::Text(stored)];
    batch.expect(Statement::new(text, cells), Expect::Fresh);
    follow(records, caller, &mut batch, (object, field, &after), next);
    commit(records, caller, batch, "field.changed", json!({"object": object.name, "field": input})).await
}

/// The field as a new definition describes it, and what of its values forbids that.
fn changed(schema: &Schema, object: &Object, field: &Field, input: &FieldInput) -> (Field, Vec<FieldError>) {
    let wrong = |place: &str, message| vec![FieldError { field: place.to_owned(), message }];
    let after = match derived::made(schema, object, input) {
        Ok(after) => after,
        Err(problems) => return (field.clone(), problems),
    };
    if field.derived.is_some() && (after.kind, after.scale) != (field.kind, field.scale) {
        return (after, wrong(&input.kind, message!("definition-other-values")));
    }
    if field.filterable
        && !after.filterable
        && let Some((of, made)) = derived::rolled_from(schema, object, Some(field)).next()
    {
        let by = format!("{}.{}", of.name, made.name);
        return (after, wrong("filterable", message!("definition-looked-at", by = by)));
    }
    (after, Vec::new())
}

/// Links keep their roles, so none of those that they may have goes.
fn lost_roles(field: &Field, after: &Field) -> Option<FieldError> {
    let roles = |field: &Field| field.target.as_ref().and_then(|target| target.roles.clone());
    let wrong = |message| Some(FieldError { field: "roles".to_owned(), message });
    match (roles(field), roles(after)) {
        (None, _) => None,
        (Some(_), Some(after)) if after.open => None,
        (Some(before), Some(after)) if !before.open => {
            let lost = before.choices.iter().find(|old| after.choices.iter().all(|new| new.code != old.code));
            lost.and_then(|lost| wrong(message!("definition-role-in-use", code = lost.code)))
        }
        (Some(_), _) => wrong(message!("definition-fixed")),
    }
}

/// What a changed field means for the records that are there: its values move to another slot, its words come into the
/// search box or go.
fn follow(
    records: &Records,
    caller: &Caller,
    batch: &mut Batch,
    (object, field, after): (&Object, &Field, &Field),
    next: Option<String>,
) {
    if let Some(next) = next {
        let text =
            sql!("UPDATE field_definition SET next_slot = ?3 WHERE tenant_id = ?1 AND id = ?2 AND next_slot IS NULL");
        batch.expect(Statement::new(text, [caller.tenant.into(), field.id.into(), next.into()]), Expect::Fresh);
        crate::refit::later(records, batch, object.id, field.id);
    }
    if field.searched != after.searched {
        crate::reindex::later(records, batch, caller.tenant, object.id);
    }
    if field.derived != after.derived {
        derived::fill::later(records, batch, caller.tenant, object.id, field.id);
    }
}

/// A field's definition with a change of what may change.
fn merged(stored: &str, change: &serde_json::Map<String, Json>, has_no_index: bool) -> Result<FieldInput> {
    const MAY: [&str; 17] = [
        "roles",
        "label",
        "inverse_label",
        "required",
        "required_when",
        "visible_when",
        "searched",
        "personal",
        "default",
        "min",
        "max",
        "pattern",
        "country",
        "options",
        "sortable",
        "rollup",
        "expression",
    ];
    let may = |key: &&String| MAY.contains(&key.as_str()) || has_no_index && *key == "filterable";
    let fixed = change.keys().filter(|key| !may(key));
    let errors: Vec<FieldError> =
        fixed.map(|key| FieldError { field: key.clone(), message: message!("definition-fixed") }).collect();
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let mut merged: serde_json::Map<String, Json> = serde_json::from_str(stored).map_err(Error::internal)?;
    merged.extend(change.clone());
    serde_json::from_value(Json::Object(merged))
        .map_err(|cause| Error::field("field", message!("definition-shape", cause = cause)))
}

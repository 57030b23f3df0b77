//! Making and changing custom objects; fields have a file of their own. Nothing here touches a table's shape.

mod fields;

pub use fields::{change_field, create_field};

use super::{ObjectInput, duplicates, plan::plan_field, rules::Place};
use crate::{
    catalog::Records,
    field::{Field, Part},
    object::{Object, Table},
    saved_views,
    schema::Schema,
};
use base::{Caller, Error, FieldError, Id, Result, message};
use db::{Batch, Cell, Event, Expect, Statement, sql};
use serde_json::{Value as Json, json};

/// Most custom objects of a tenant.
const MOST_OBJECTS: usize = 200;

/// Makes an object with its fields, in one go.
pub async fn create_object(records: &Records, caller: &Caller, input: &ObjectInput) -> Result<Id> {
    let catalog = records.catalog(caller).await?;
    let mut errors = input.problems();
    // In roles, the name of rights on views stands among those of objects.
    if catalog.schema.object(&input.name).is_some() || input.name == saved_views::RIGHTS {
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
            Ok((id, slot)) => fields::push_field(&mut batch, caller, &object, id, &slot, field)?,
            Err(problems) => errors.extend(problems.into_iter().map(|problem| FieldError {
                field: format!("fields[{at}].{}", problem.field),
                message: problem.message,
            })),
        }
    }
    let place = place(records, caller, &catalog.schema, &object);
    errors.extend(place.rule_problems(input.rules.as_deref().unwrap_or_default()));
    errors.extend(duplicates::problems(input, &object));
    for (at, field) in input.fields.iter().enumerate() {
        let inside = |problem: FieldError| FieldError { field: format!("fields[{at}].{}", problem.field), ..problem };
        errors.extend(place.condition_problems(field).into_iter().map(inside));
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
    let mut changes = json!(input);
    changes["id"] = json!(Id(object.id));
    commit(records, caller, batch, "object.created", changes).await
}

/// Changes what an object is called, and its rules; of a standard object only these. What is absent stays.
pub async fn change_object(records: &Records, caller: &Caller, name: &str, input: &ObjectInput) -> Result<Id> {
    let catalog = records.catalog(caller).await?;
    let object = catalog.object(name)?;
    let renamed = !input.name.is_empty() && input.name != name;
    let more_than_rules = renamed || input.label.is_some() || input.singular.is_some() || !input.fields.is_empty();
    let has_rules = input.rules.is_some() || input.duplicates.is_some();
    if !object.custom && (more_than_rules || !has_rules) {
        return Err(Error::Conflict(message!("definition-standard")));
    }
    let before = stored_object(records, caller, object).await?;
    let whole = ObjectInput {
        name: name.to_owned(),
        label: input.label.clone().or(before.label),
        singular: input.singular.clone().or(before.singular),
        rules: input.rules.clone().or(before.rules),
        duplicates: input.duplicates.clone().or(before.duplicates),
        fields: Vec::new(),
    };
    let mut errors = whole.problems();
    if renamed || !input.fields.is_empty() {
        let field = if renamed { "name" } else { "fields" };
        errors.push(FieldError { field: field.to_owned(), message: message!("definition-fixed") });
    }
    if let Some(rules) = &input.rules {
        errors.extend(place(records, caller, &catalog.schema, object).rule_problems(rules));
    }
    errors.extend(duplicates::problems(input, object));
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let mut batch = Batch::new();
    keep(caller, &mut batch, object, &whole)?;
    if input.duplicates.is_some() {
        crate::duplicates::later(records, &mut batch);
    }
    commit(records, caller, batch, "object.changed", json!(whole)).await
}

/// Keeps the definition of an object that is there.
pub(super) fn keep(caller: &Caller, batch: &mut Batch, object: &Object, whole: &ObjectInput) -> Result<()> {
    let text = sql!(
        "INSERT INTO object_definition (tenant_id, id, name, definition) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (tenant_id, id) DO UPDATE SET definition = excluded.definition"
    );
    let cells = [caller.tenant.into(), object.id.into(), Cell::from(object.name.as_str()), definition(whole)?];
    batch.expect(Statement::new(text, cells), Expect::Fresh);
    Ok(())
}

/// The object's definition as it is kept; nothing for a standard object without rules.
pub(super) async fn stored_object(records: &Records, caller: &Caller, object: &Object) -> Result<ObjectInput> {
    let text = sql!("SELECT definition FROM object_definition WHERE tenant_id = ?1 AND id = ?2");
    let rows = records.db().reader(caller).once(Statement::new(text, [caller.tenant.into(), object.id.into()])).await?;
    match rows.first() {
        Some(row) => serde_json::from_str(row.text(0)?).map_err(Error::internal),
        None => Ok(ObjectInput::default()),
    }
}

pub(super) fn place<'a>(records: &Records, caller: &Caller, schema: &'a Schema, object: &'a Object) -> Place<'a> {
    Place { schema, object, tenant: caller.tenant, now: records.db().clock().now() }
}

/// Commits a change of definitions with its event; gives the action.
pub(super) async fn commit(
    records: &Records,
    caller: &Caller,
    batch: Batch,
    kind: &'static str,
    changes: Json,
) -> Result<Id> {
    commit_undoing(records, caller, batch, (kind, changes), None).await
}

/// As [`commit`], of what takes another action back.
pub(super) async fn commit_undoing(
    records: &Records,
    caller: &Caller,
    mut batch: Batch,
    (kind, changes): (&'static str, Json),
    undoes: Option<Id>,
) -> Result<Id> {
    let action = records.db().ids().next();
    batch.log(Event { action, kind, object: 0, record: None, changes: changes.to_string(), also: Vec::new() });
    if let Some(undone) = undoes {
        batch.log(crate::undo::note(action, undone));
    }
    batch.schema_changed();
    records.db().submit(caller, batch).await?;
    Ok(action)
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

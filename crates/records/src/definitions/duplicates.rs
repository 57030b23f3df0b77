//! The rules by which records of an object are told to be the same: set, back to the usual ones, and taken back.

use super::{
    ObjectInput,
    keep::{commit_undoing, keep, stored_object},
};
use crate::{
    catalog::Records,
    duplicates::{self, Rules},
    object::Object,
};
use base::{Caller, Error, FieldError, Id, Result, message};
use db::{Batch, Statement, sql};
use serde_json::{Value as Json, json};

/// What the log calls a change of the rules.
const CHANGED: &str = "duplicate_rules.changed";

/// Everything wrong with the rules in a definition.
pub fn problems(input: &ObjectInput, object: &Object) -> Vec<FieldError> {
    let problems = input.duplicates.iter().flat_map(|rules| rules.problems(object));
    let inside = |problem: FieldError| FieldError { field: format!("duplicates.{}", problem.field), ..problem };
    problems.map(inside).collect()
}

/// Sets the rules of an object, or with none goes back to the usual ones, and looks over its records anew.
///
/// # Errors
/// `Invalid` where they do not fit the object.
pub async fn set(records: &Records, caller: &Caller, name: &str, rules: Option<&Rules>) -> Result<Id> {
    let catalog = records.catalog(caller).await?;
    let object = catalog.object(name)?;
    let problems = rules.map(|rules| rules.problems(object)).unwrap_or_default();
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    write(records, caller, object, rules, None).await
}

async fn write(
    records: &Records,
    caller: &Caller,
    object: &Object,
    rules: Option<&Rules>,
    undoes: Option<Id>,
) -> Result<Id> {
    let before = stored_object(records, caller, object).await?;
    let changes = json!({"object": object.name, "from": before.duplicates, "to": rules});
    let whole = ObjectInput { name: object.name.clone(), duplicates: rules.cloned(), ..before };
    let mut batch = Batch::new();
    keep(caller, &mut batch, object, &whole)?;
    duplicates::later(records, &mut batch);
    commit_undoing(records, caller, batch, (CHANGED, changes), undoes).await
}

/// Takes an action back that changed the rules; nothing where it did something else.
///
/// # Errors
/// `Conflict` where they were changed again since.
pub async fn take_back(records: &Records, caller: &Caller, action: Id) -> Result<Option<Id>> {
    let text = sql!(
        "SELECT changes FROM event WHERE tenant_id = ?1 AND action_id = ?2 AND object_id = 0
            AND kind = 'duplicate_rules.changed' LIMIT 1"
    );
    let rows = records.db().reader(caller).once(Statement::new(text, [caller.tenant.into(), action.into()])).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let changes: Json = serde_json::from_str(row.text(0)?).map_err(Error::internal)?;
    let side = |name: &str| serde_json::from_value(changes[name].clone()).map_err(Error::internal);
    let (from, to): (Option<Rules>, Option<Rules>) = (side("from")?, side("to")?);
    let catalog = records.catalog(caller).await?;
    let gone = || Error::Conflict(message!("undo-nothing"));
    let object = changes["object"].as_str().and_then(|name| catalog.schema.object(name)).ok_or_else(gone)?;
    if from == to || object.duplicates == from {
        return Err(gone());
    }
    if object.duplicates != to {
        return Err(Error::Conflict(message!("undo-changed-since")));
    }
    write(records, caller, object, from.as_ref(), Some(action)).await.map(Some)
}

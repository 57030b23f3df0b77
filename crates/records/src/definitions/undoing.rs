//! Taking back what was done to definitions: what was made or brought back goes into the bin, what went there comes
//! back.

use super::{Deletion, Manner, delete_field, delete_object, duplicates, restore_field, restore_object};
use crate::catalog::Records;
use base::{Caller, Error, Id, Result, message};
use db::{Statement, sql};
use serde_json::Value as Json;

/// What an action did to one definition.
struct Deed {
    kind: String,
    object: String,
    name: String,
    id: String,
}

/// Takes an action back that made, deleted or restored an object or a field; nothing where it did something else.
///
/// # Errors
/// `Conflict` where it is taken back already or something stands in the way.
pub async fn take_back(records: &Records, caller: &Caller, action: Id) -> Result<Option<Deletion>> {
    if !caller.plan.everything {
        return Ok(None);
    }
    if let Some(by) = duplicates::take_back(records, caller, action).await? {
        return Ok(Some(Deletion::Done(by)));
    }
    let Some(deed) = deed(records, caller, action).await? else { return Ok(None) };
    let undoes = Some(action);
    let outcome = match deed.kind.as_str() {
        "field.deleted" => {
            restore_field(records, caller, (&deed.object, &deed.id), undoes).await.map(|(by, _)| Deletion::Done(by))
        }
        "object.deleted" => restore_object(records, caller, &deed.id, undoes).await.map(|(by, _)| Deletion::Done(by)),
        _ if !is_the_same(records, caller, &deed).await? => Err(Error::NotFound("definition")),
        "field.created" | "field.restored" => {
            delete_field(records, caller, (&deed.object, &deed.name), Manner { undoes, for_good: false }).await
        }
        _ => delete_object(records, caller, &deed.name, Manner { undoes, for_good: false }).await,
    };
    match outcome {
        Err(Error::NotFound(_)) => Err(Error::Conflict(message!("undo-nothing"))),
        outcome => outcome.map(Some),
    }
}

async fn deed(records: &Records, caller: &Caller, action: Id) -> Result<Option<Deed>> {
    let text = sql!(
        "SELECT kind, changes FROM event WHERE tenant_id = ?1 AND action_id = ?2 AND object_id = 0
            AND kind IN ('field.created', 'field.deleted', 'field.restored', 'object.created', 'object.deleted',
                'object.restored') ORDER BY tx, seq LIMIT 1"
    );
    let rows = records.db().reader(caller).once(Statement::new(text, [caller.tenant.into(), action.into()])).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let changes: Json = serde_json::from_str(row.text(1)?).map_err(Error::internal)?;
    let own = |part: &Json| part.as_str().unwrap_or_default().to_owned();
    let name = changes["field"].get("name").unwrap_or(&changes["name"]);
    let deed = Deed {
        kind: row.text(0)?.to_owned(),
        object: own(&changes["object"]),
        name: own(name),
        id: own(&changes["id"]),
    };
    // What was done before the log told ids cannot be told from what has the name today.
    Ok(Some(deed).filter(|deed| !deed.id.is_empty()))
}

/// What has the name today is what the deed was about.
async fn is_the_same(records: &Records, caller: &Caller, deed: &Deed) -> Result<bool> {
    let catalog = records.catalog(caller).await?;
    let id = match deed.object.is_empty() {
        true => catalog.schema.object(&deed.name).map(|object| object.id),
        false => catalog.schema.object(&deed.object).and_then(|object| Some(object.field(&deed.name)?.id)),
    };
    Ok(id.is_some_and(|id| Id(id).to_string() == deed.id))
}

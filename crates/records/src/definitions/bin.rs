//! The bin of objects and fields: they go there with all their values, come back from there, and are thrown away in
//! time (`purge`). Their names are free meanwhile.

mod restore;

pub use restore::{restore_field, restore_object};

use super::{Dependent, Subject, dependents, dependents::forget_keys, holders, keep::commit_undoing, slots};
use crate::{catalog::Records, object::Object};
use base::{Caller, Error, Id, Result, Timestamp, message, time::DAY_MS};
use db::{Batch, Cell, Expect, Statement, sql};
use serde_json::{Value as Json, json};

/// What came of a deletion.
#[derive(Debug)]
pub enum Deletion {
    /// It is done, by this action.
    Done(Id),
    /// All that depends on it; some of them stand in the way.
    Refused(Vec<Dependent>),
}

/// An object or a field in the bin.
#[derive(Debug)]
pub struct Binned {
    pub id: Id,
    pub name: String,
    /// The type of a field; nothing for an object.
    pub kind: Option<String>,
    pub deleted_at: Timestamp,
    /// When it is thrown away.
    pub purged_at: Timestamp,
    /// The records that hold a value of the field; all of an object.
    pub records: i64,
}

/// How something is deleted.
#[derive(Debug, Clone, Copy, Default)]
pub struct Manner {
    /// It is thrown away at once, also out of the bin.
    pub for_good: bool,
    /// The action that is taken back so.
    pub undoes: Option<Id>,
}

/// Puts a field into the bin, or throws it away with its values.
///
/// # Errors
/// `NotFound` where there is none; `Conflict` for a standard one.
pub async fn delete_field(
    records: &Records,
    caller: &Caller,
    (object, name): (&str, &str),
    Manner { for_good, undoes }: Manner,
) -> Result<Deletion> {
    let catalog = records.catalog(caller).await?;
    let object = catalog.object(object)?;
    let (id, searched) = match object.field(name) {
        Some(field) if !field.custom => return Err(Error::Conflict(message!("definition-standard"))),
        Some(field) => {
            let subject = Subject { object: object.name.clone(), field: Some(name.to_owned()) };
            if let Some(refused) = refused(records, caller, &subject).await? {
                return Ok(refused);
            }
            (field.id, field.searched)
        }
        None if for_good => (lying_under(records, caller, Some(object), name, "field").await?.id.0, false),
        None => return Err(Error::NotFound("field")),
    };
    let mut batch = Batch::new();
    let text = sql!("UPDATE field_definition SET name = ?3, deleted_at = ?4 WHERE tenant_id = ?1 AND id = ?2");
    batch.expect(Statement::new(text, away(records, caller, id, for_good)), Expect::Fresh);
    if for_good {
        batch.run(forget_keys(caller.tenant, id));
        crate::refit::later(records, &mut batch, object.id, id);
    }
    if searched {
        crate::reindex::later(records, &mut batch, caller.tenant, object.id);
    }
    let changes = json!({"object": object.name, "name": name, "id": Id(id), "for_good": for_good});
    Ok(Deletion::Done(commit_undoing(records, caller, batch, ("field.deleted", changes), undoes).await?))
}

/// Puts an object with its records into the bin, or throws all of it away.
///
/// # Errors
/// `NotFound` where there is none; `Conflict` for a standard one.
pub async fn delete_object(
    records: &Records,
    caller: &Caller,
    name: &str,
    Manner { for_good, undoes }: Manner,
) -> Result<Deletion> {
    let catalog = records.catalog(caller).await?;
    let id = match catalog.object(name) {
        Ok(object) if !object.custom => return Err(Error::Conflict(message!("definition-standard"))),
        Ok(object) => {
            let subject = Subject { object: name.to_owned(), field: None };
            if let Some(refused) = refused(records, caller, &subject).await? {
                return Ok(refused);
            }
            object.id
        }
        Err(_) if for_good => lying_under(records, caller, None, name, "object").await?.id.0,
        Err(error) => return Err(error),
    };
    let mut batch = Batch::new();
    let text = sql!("UPDATE object_definition SET name = ?3, deleted_at = ?4 WHERE tenant_id = ?1 AND id = ?2");
    batch.expect(Statement::new(text, away(records, caller, id, for_good)), Expect::Fresh);
    if for_good {
        crate::purge::later(records, &mut batch, id);
    }
    let changes = json!({"name": name, "id": Id(id), "for_good": for_good});
    Ok(Deletion::Done(commit_undoing(records, caller, batch, ("object.deleted", changes), undoes).await?))
}

/// All dependents, where one stands in the way.
async fn refused(records: &Records, caller: &Caller, subject: &Subject) -> Result<Option<Deletion>> {
    let found = dependents(records, caller, subject).await?;
    let stands = found.iter().any(|one| one.stands_in_the_way.is_some());
    Ok(stands.then_some(Deletion::Refused(found)))
}

/// The arguments of what puts a definition away: its name in the bin, and since when, unless it goes for good.
fn away(records: &Records, caller: &Caller, id: i64, for_good: bool) -> [Cell; 4] {
    let at = Some(records.db().clock().now()).filter(|_| !for_good);
    [caller.tenant.into(), id.into(), Cell::Text(format!("{}{}", slots::TOMBSTONE, Id(id))), at.into()]
}

/// What lies in the bin: the fields of an object, or objects; what was deleted last comes first.
///
/// # Errors
/// `NotFound` where there is no such object.
pub async fn bin(records: &Records, caller: &Caller, object: Option<&str>) -> Result<Vec<Binned>> {
    let catalog = records.catalog(caller).await?;
    let object = object.map(|name| catalog.object(name)).transpose()?;
    let days = catalog.schema.settings.definition_bin_days;
    let mut found = Vec::new();
    for one in lying(records, caller, object).await? {
        let (owner, field) = match object {
            Some(object) => (object, object.fields.iter().find(|field| field.id == one.id.0)),
            None => (catalog.object_by_id(one.id.0)?, None),
        };
        found.push(Binned {
            id: one.id,
            name: one.name().to_owned(),
            kind: one.definition["type"].as_str().map(str::to_owned),
            deleted_at: one.deleted_at,
            purged_at: Timestamp(one.deleted_at.0 + days * DAY_MS),
            records: holders(records, caller, owner, field).await?,
        });
    }
    Ok(found)
}

/// A row of the bin.
struct Lying {
    id: Id,
    stored: String,
    definition: Json,
    deleted_at: Timestamp,
}

impl Lying {
    fn name(&self) -> &str {
        self.definition["name"].as_str().unwrap_or_default()
    }
}

/// What of an object's fields, or of the objects, lies in the bin; what was deleted last comes first.
async fn lying(records: &Records, caller: &Caller, object: Option<&Object>) -> Result<Vec<Lying>> {
    let statement = match object {
        Some(object) => {
            let text = sql!(
                "SELECT id, definition, deleted_at FROM field_definition
                 WHERE tenant_id = ?1 AND object_id = ?2 AND deleted_at IS NOT NULL ORDER BY deleted_at DESC, id DESC"
            );
            Statement::new(text, [caller.tenant.into(), object.id.into()])
        }
        None => {
            let text = sql!(
                "SELECT id, definition, deleted_at FROM object_definition
                 WHERE tenant_id = ?1 AND deleted_at IS NOT NULL ORDER BY deleted_at DESC, id DESC"
            );
            Statement::new(text, [caller.tenant.into()])
        }
    };
    let rows = records.db().reader(caller).once(statement).await?;
    let one = |row: db::Row| {
        let stored = row.text(1)?.to_owned();
        let definition = serde_json::from_str(&stored).map_err(Error::internal)?;
        Ok(Lying { id: row.id(0)?, stored, definition, deleted_at: row.time(2)? })
    };
    rows.iter().map(one).collect()
}

/// What lies there under a name, of several what was deleted last; or under its id.
async fn lying_under(
    records: &Records,
    caller: &Caller,
    object: Option<&Object>,
    name: &str,
    what: &'static str,
) -> Result<Lying> {
    let all = lying(records, caller, object).await?;
    all.into_iter().find(|one| one.name() == name || one.id.to_string() == name).ok_or(Error::NotFound(what))
}

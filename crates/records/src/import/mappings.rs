//! Maps that are kept under a name. Everybody who may import into an object sees its maps; who made one, and an
//! administrator, may change it.

use super::{Asked, written::hints};
use crate::{catalog::Records, permissions::Access};
use base::{Caller, Error, Id, Result, Timestamp, fold, message};
use db::{Batch, Cell, Event, Expect, Row, Statement, sql};
use serde_json::{Value as Json, json};

/// Characters of a name, bytes of a map, and maps of a company.
const LONGEST_NAME: usize = 100;
const MOST_BYTES: usize = 256 << 10;
const MOST: i64 = 1_000;

#[derive(Debug, Clone)]
pub struct Mapping {
    pub id: Id,
    pub object: String,
    pub name: String,
    pub map: String,
    pub created_by: Option<Id>,
    pub created_at: Timestamp,
}

/// What is given of a map; on a change, only what changes.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MappingInput {
    pub object: Option<String>,
    pub name: Option<String>,
    pub map: Option<String>,
}

const COLUMNS: &str = "id, object, name, map, created_by, created_at";

fn mapping(row: Row) -> Result<Mapping> {
    Ok(Mapping {
        id: row.id(0)?,
        object: row.text(1)?.to_owned(),
        name: row.text(2)?.to_owned(),
        map: row.text(3)?.to_owned(),
        created_by: row.opt_id(4)?,
        created_at: row.time(5)?,
    })
}

/// All that the caller may use, by name.
pub async fn list(records: &Records, caller: &Caller, object: Option<&str>) -> Result<Vec<Mapping>> {
    let text = format!(
        "SELECT {COLUMNS} FROM import_mapping WHERE tenant_id = ?1 AND (CAST(?2 AS TEXT) IS NULL OR object = ?2)
         ORDER BY object, name_key LIMIT ?3"
    );
    let cells = [caller.tenant.into(), object.into(), MOST.into()];
    let rows = records.db().reader(caller).once(Statement::new(std::sync::Arc::<str>::from(text), cells)).await?;
    let mut found = Vec::new();
    for row in rows.iter() {
        let one = mapping(row)?;
        if may_use(records, caller, &one.object).await? {
            found.push(one);
        }
    }
    Ok(found)
}

pub async fn get(records: &Records, caller: &Caller, id: Id) -> Result<Mapping> {
    let text = format!("SELECT {COLUMNS} FROM import_mapping WHERE tenant_id = ?1 AND id = ?2");
    let cells = [caller.tenant.into(), id.into()];
    let rows = records.db().reader(caller).once(Statement::new(std::sync::Arc::<str>::from(text), cells)).await?;
    let found = rows.first().map(mapping).transpose()?.ok_or(Error::NotFound("mapping"))?;
    if may_use(records, caller, &found.object).await? { Ok(found) } else { Err(Error::NotFound("mapping")) }
}

/// The map of that name, for an import into the object.
pub async fn named(records: &Records, caller: &Caller, object: &str, name: &str) -> Result<String> {
    let text = sql!("SELECT map FROM import_mapping WHERE tenant_id = ?1 AND object = ?2 AND name_key = ?3");
    let cells = [caller.tenant.into(), Cell::from(object), Cell::Text(fold::key(name))];
    let rows = records.db().reader(caller).once(Statement::new(text, cells)).await?;
    let found = rows.first().map(|row| row.text(0).map(str::to_owned)).transpose()?;
    found.ok_or_else(|| Error::field("map_name", message!("mapping-unknown", name = name)))
}

pub async fn create(records: &Records, caller: &Caller, input: MappingInput) -> Result<Mapping> {
    let given = |value: Option<String>, field| value.ok_or_else(|| Error::field(field, message!("field-required")));
    let mapping = Mapping {
        id: records.db().ids().next(),
        object: given(input.object, "object")?,
        name: given(input.name, "name")?.trim().to_owned(),
        map: given(input.map, "map")?,
        created_by: caller.principal.user(),
        created_at: records.db().clock().now(),
    };
    check(records, caller, &mapping).await?;
    let text = sql!(
        "INSERT INTO import_mapping (tenant_id, id, object, name, name_key, map, created_by, created_at)
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8
         WHERE (SELECT count(*) FROM import_mapping WHERE tenant_id = ?1) < ?9
         ON CONFLICT (tenant_id, object, name_key) DO NOTHING"
    );
    let cells = [
        caller.tenant.into(),
        mapping.id.into(),
        Cell::from(mapping.object.as_str()),
        Cell::from(mapping.name.as_str()),
        Cell::Text(fold::key(&mapping.name)),
        Cell::from(mapping.map.as_str()),
        mapping.created_by.into(),
        mapping.created_at.into(),
        MOST.into(),
    ];
    write(records, caller, &mapping, Statement::new(text, cells)).await?;
    Ok(mapping)
}

pub async fn change(records: &Records, caller: &Caller, id: Id, input: MappingInput) -> Result<Mapping> {
    let before = owned(records, caller, id).await?;
    if input.object.as_ref().is_some_and(|object| *object != before.object) {
        return Err(Error::field("object", message!("field-read-only")));
    }
    let name = input.name.map_or(before.name, |name| name.trim().to_owned());
    let mapping = Mapping { name, map: input.map.unwrap_or(before.map), ..before };
    check(records, caller, &mapping).await?;
    let text = sql!(
        "UPDATE import_mapping SET name = ?3, name_key = ?4, map = ?5 WHERE tenant_id = ?1 AND id = ?2
            AND NOT EXISTS (SELECT 1 FROM import_mapping AS other WHERE other.tenant_id = ?1 AND other.object = ?6
                AND other.name_key = ?4 AND other.id <> ?2)"
    );
    let cells = [
        caller.tenant.into(),
        id.into(),
        Cell::from(mapping.name.as_str()),
        Cell::Text(fold::key(&mapping.name)),
        Cell::from(mapping.map.as_str()),
        Cell::from(mapping.object.as_str()),
    ];
    write(records, caller, &mapping, Statement::new(text, cells)).await?;
    Ok(mapping)
}

pub async fn delete(records: &Records, caller: &Caller, id: Id) -> Result<()> {
    let mapping = owned(records, caller, id).await?;
    let text = sql!("DELETE FROM import_mapping WHERE tenant_id = ?1 AND id = ?2");
    write(records, caller, &mapping, Statement::new(text, [caller.tenant.into(), id.into()])).await
}

/// What is written about a map, with its event.
async fn write(records: &Records, caller: &Caller, mapping: &Mapping, statement: Statement) -> Result<()> {
    let mut batch = Batch::new();
    batch.expect(statement, Expect::Free(message!("mapping-name-taken", name = mapping.name)));
    let action = records.db().ids().next();
    let changes = json!({"object": mapping.object, "name": mapping.name}).to_string();
    batch.log(Event { action, kind: "import_mapping.changed", object: 0, record: None, changes, also: Vec::new() });
    records.db().submit(caller, batch).await.map(drop)
}

async fn check(records: &Records, caller: &Caller, mapping: &Mapping) -> Result<()> {
    if !may_use(records, caller, &mapping.object).await? {
        return Err(Error::field("object", message!("mapping-object-unknown", object = mapping.object)));
    }
    if mapping.name.is_empty() || mapping.name.chars().count() > LONGEST_NAME {
        return Err(Error::field("name", message!("mapping-name-length", max = LONGEST_NAME)));
    }
    if mapping.map.len() > MOST_BYTES {
        return Err(Error::TooLarge(message!("body-too-large")));
    }
    let asked = Asked { map: Some(mapping.map.clone()), ..Asked::default() };
    hints(&asked, records.import_kind(&mapping.object).is_some()).map(drop)
}

/// A map that the caller may change.
async fn owned(records: &Records, caller: &Caller, id: Id) -> Result<Mapping> {
    let mapping = get(records, caller, id).await?;
    let is_own = mapping.created_by.is_some() && mapping.created_by == caller.principal.user();
    if caller.plan.everything || is_own { Ok(mapping) } else { Err(Error::Forbidden(message!("mapping-not-yours"))) }
}

async fn may_use(records: &Records, caller: &Caller, object: &str) -> Result<bool> {
    if records.import_kind(object).is_some() {
        return Ok(true);
    }
    let catalog = records.catalog(caller).await?;
    let Ok(known) = catalog.object(object) else { return Ok(false) };
    let access = Access::new(&catalog.schema, caller);
    Ok(access.rights(known).create || access.may_read(known))
}

impl Mapping {
    pub fn to_json(&self) -> Json {
        json!({"id": self.id, "object": self.object, "name": self.name, "map": self.map,
            "created_by": self.created_by, "created_at": self.created_at.rfc3339()})
    }
}

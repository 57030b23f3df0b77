//! What an administrator has shaped of records, to be written into a file that people review: by names, in a stable
//! order, without ids and instants. What is as usual is left out.

use crate::{
    catalog::Records,
    definitions::{self, FieldInput, ObjectInput, TOMBSTONE},
    import::mappings,
    schema::Schema,
    settings,
    templates::{self, Template},
};
use base::{Caller, Error, Id, Result};
use db::{Reader, Statement, sql};
use serde_json::{Map, Value as Json, json};
use std::collections::HashMap;

/// The settings, the objects (of the standard ones their rules, the options of their choices and the fields added to
/// them) in the order in which they were made, the saved maps of imports, and the templates that are shared. Nothing of
/// what lies in the bin.
pub async fn exported(records: &Records, caller: &Caller) -> Result<Map<String, Json>> {
    let catalog = records.catalog(caller).await?;
    let mut reader = records.db().reader(caller);
    let mut objects = Vec::new();
    for object in catalog.schema.objects().iter().filter(|object| !object.internal && !object.deleted) {
        let own = definition(&mut reader, caller, object.id).await?;
        let mut shown = as_map(&ObjectInput { name: object.name.clone(), fields: Vec::new(), ..own })?;
        let fields = fields(&mut reader, caller, object.id).await?;
        if !fields.is_empty() {
            shown.insert("fields".to_owned(), json!(fields));
        }
        let options = definitions::standard_options(&mut reader, caller, object).await?;
        if !options.is_empty() {
            shown.insert("options".to_owned(), Json::Object(options));
        }
        if object.custom || shown.len() > 1 {
            objects.push(Json::Object(shown));
        }
    }
    let mut all = Map::new();
    all.insert("settings".to_owned(), settings::to_json(&catalog.schema.settings));
    all.insert("objects".to_owned(), Json::Array(objects));
    let maps = mappings::list(records, caller, None).await?;
    let maps = maps.iter().map(|one| json!({"object": one.object, "name": one.name, "map": one.map}));
    all.insert("import_mappings".to_owned(), maps.collect());
    all.insert("templates".to_owned(), templates(records, caller, &catalog.schema).await?);
    Ok(all)
}

async fn definition(reader: &mut Reader, caller: &Caller, object: i64) -> Result<ObjectInput> {
    let text = sql!("SELECT definition FROM object_definition WHERE tenant_id = ?1 AND id = ?2");
    let rows = reader.rows(Statement::new(text, [caller.tenant.into(), object.into()])).await?;
    let stored = rows.first().map(|row| serde_json::from_str(row.text(0)?).map_err(Error::internal));
    Ok(stored.transpose()?.unwrap_or_default())
}

async fn fields(reader: &mut Reader, caller: &Caller, object: i64) -> Result<Vec<Map<String, Json>>> {
    let text = sql!(
        "SELECT name, definition FROM field_definition
         WHERE tenant_id = ?1 AND object_id = ?2 AND deleted_at IS NULL ORDER BY position, id"
    );
    let mut found = Vec::new();
    for row in reader.rows(Statement::new(text, [caller.tenant.into(), object.into()])).await?.iter() {
        if !row.text(0)?.starts_with(TOMBSTONE) {
            let input: FieldInput = serde_json::from_str(row.text(1)?).map_err(Error::internal)?;
            found.push(field(&input)?);
        }
    }
    Ok(found)
}

/// A field without what is as usual. A default that names a record or a user means nothing elsewhere.
fn field(input: &FieldInput) -> Result<Map<String, Json>> {
    const USUALLY_NOT: [&str; 7] = ["many", "required", "unique", "searched", "on_timeline", "hierarchy", "roles"];
    let mut shown = as_map(input)?;
    shown.retain(|name, value| !(USUALLY_NOT.contains(&name.as_str()) && *value == json!(false)));
    if matches!(input.kind.as_str(), "relation" | "relations" | "user" | "team") {
        shown.shift_remove("default");
    }
    Ok(shown)
}

fn as_map(input: &impl serde::Serialize) -> Result<Map<String, Json>> {
    match serde_json::to_value(input).map_err(Error::internal)? {
        Json::Object(map) => Ok(map),
        _ => Err(Error::internal("a definition that is no object")),
    }
}

/// What teams and everybody share. Links and days that name a record mean nothing elsewhere.
async fn templates(records: &Records, caller: &Caller, schema: &Schema) -> Result<Json> {
    let teams = team_names(records, caller).await?;
    let shown = |one: Template| {
        let object = schema.object(&one.object)?;
        let portable = |name: &str| object.field(name).is_some_and(|field| !field.kind.is_reference());
        let values: Map<String, Json> = one.values.into_iter().filter(|(name, _)| portable(name)).collect();
        let team = one.share.team.map(|team| teams.get(&team).cloned().unwrap_or_default());
        let audience = one.share.audience;
        Some(json!({"object": one.object, "name": one.name, "audience": audience, "team": team, "values": values}))
    };
    Ok(templates::shared(records, caller).await?.into_iter().filter_map(shown).collect())
}

async fn team_names(records: &Records, caller: &Caller) -> Result<HashMap<Id, String>> {
    let text = sql!("SELECT id, name FROM team WHERE tenant_id = ?1 ORDER BY id LIMIT 10000");
    let rows = records.db().reader(caller).once(Statement::new(text, [caller.tenant.into()])).await?;
    rows.iter().map(|row| Ok((row.id(0)?, row.text(1)?.to_owned()))).collect()
}

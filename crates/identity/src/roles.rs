//! The collection of roles.

use crate::{
    Identity,
    change::{Change, check_version, differences},
    page::Window,
    role::{self, ADMINISTRATOR, Grant, Role, Rule},
    users::keep_an_administrator,
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use base::{Caller, Error, Id, Result, message};
use db::{Batch, Expect, Row, Statement, sql};
use serde::Deserialize;
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::Arc};
use web::{Answer, Json, Needs, Query, Route, Routes, Signed};

const LONGEST_NAME: usize = 60;
const MOST: i64 = 1_000;

pub(crate) fn routes() -> Routes<Arc<Identity>> {
    let page = json!({ "type": "object", "required": ["items", "next"], "properties": {
        "items": { "type": "array", "items": schema() }, "next": { "type": ["string", "null"] } } });
    Routes::new()
        .add(
            Route::get("/roles", list)
                .summary("List roles")
                .tag("roles")
                .query(&["cursor"])
                .parameter("limit", json!({ "type": "integer", "minimum": 1, "maximum": 200 }))
                .answers(page),
        )
        .add(Route::get("/roles/{id}", get).summary("Get a role").tag("roles").answers(schema()))
        .add(
            Route::post("/roles", create)
                .summary("Create a role")
                .tag("roles")
                .body(body(&["name"]))
                .answers(schema())
                .status(201),
        )
        .add(
            Route::patch("/roles/{id}", change).summary("Change a role").tag("roles").body(body(&[])).answers(schema()),
        )
        .add(Route::delete("/roles/{id}", delete).summary("Delete a role").tag("roles").status(204))
        .all_need(Needs::Administrator)
}

fn definition() -> Value {
    let reach = json!({ "type": "string", "enum": ["none", "own", "team", "team_tree", "all"] });
    json!({
        "name": { "type": "string", "pattern": "^[a-z0-9][a-z0-9_-]*$", "maxLength": LONGEST_NAME },
        "everything": { "type": "boolean" },
        "objects": { "type": "object", "additionalProperties": { "type": "object", "additionalProperties": false,
            "properties": { "create": { "type": "boolean" }, "read": reach, "update": reach, "delete": reach, "export": reach } } },
        "fields": { "type": "object", "additionalProperties": { "type": "object",
            "additionalProperties": { "type": "string", "enum": ["hidden", "masked", "read", "write"] } } },
    })
}

fn body(required: &[&str]) -> Value {
    json!({ "type": "object", "required": required, "additionalProperties": false, "properties": definition() })
}

fn schema() -> Value {
    let mut schema = json!({ "type": "object", "properties": definition() });
    schema["properties"]["id"] = json!({ "type": "string" });
    schema["properties"]["version"] = json!({ "type": "integer" });
    schema
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    limit: Option<i64>,
    cursor: Option<String>,
}

/// What a change asks for; absent is left as it is, a map that is given replaces the whole map.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    name: Option<String>,
    everything: Option<bool>,
    objects: Option<BTreeMap<String, Grant>>,
    fields: Option<BTreeMap<String, BTreeMap<String, Rule>>>,
}

/// A role as stored.
struct Stored {
    id: Id,
    role: Role,
    version: i64,
}

fn stored(row: Row<'_>) -> Result<Stored> {
    let role = serde_json::from_str(row.text(1)?).map_err(Error::internal)?;
    Ok(Stored { id: row.id(0)?, role, version: row.int(2)? })
}

impl Stored {
    fn shown(&self) -> Value {
        let mut value = json!({ "id": self.id, "name": self.role.name, "everything": self.role.everything });
        value["objects"] = json!(self.role.objects);
        value["fields"] = json!(self.role.fields);
        value["version"] = self.version.into();
        value
    }
}

async fn list(
    State(identity): State<Arc<Identity>>,
    Signed(caller): Signed,
    Query(asked): Query<List>,
) -> Answer<Json<Value>> {
    let window = Window::new(asked.limit, asked.cursor.as_deref())?;
    let text = sql!("SELECT id, definition, version FROM role WHERE tenant_id = ?1 AND id > ?2 ORDER BY id LIMIT ?3");
    let args = [caller.tenant.into(), window.after.into(), window.rows().into()];
    let rows = identity.db.reader(&caller).once(Statement::new(text, args)).await?;
    let items = rows.iter().map(|row| Ok(stored(row)?.shown())).collect::<Result<_>>()?;
    Ok(Json(window.page(items)))
}

async fn one(identity: &Identity, caller: &Caller, id: &str) -> Result<Stored> {
    let id: Id = id.parse().map_err(|_| Error::NotFound("role"))?;
    let text = sql!("SELECT id, definition, version FROM role WHERE tenant_id = ?1 AND id = ?2");
    let rows = identity.db.reader(caller).once(Statement::new(text, [caller.tenant.into(), id.into()])).await?;
    rows.first().map_or(Err(Error::NotFound("role")), stored)
}

async fn get(
    State(identity): State<Arc<Identity>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Answer<Json<Value>> {
    Ok(Json(one(&identity, &caller, &id).await?.shown()))
}

async fn create(
    State(identity): State<Arc<Identity>>,
    Signed(caller): Signed,
    Json(role): Json<Role>,
) -> Answer<Response> {
    check(&role)?;
    let mut change = Change::new(identity.db.ids().next());
    let (id, statement) = insertion(&identity, &role)?;
    change.batch.expect(statement, Expect::Free(message!("identity-role-name-taken")));
    change.log("role.created", id, json!({ "name": [null, role.name] }));
    identity.db.submit(&caller, std::mem::take(&mut change.batch)).await?;
    Ok(change.answer(StatusCode::CREATED, one(&identity, &caller, &id.to_string()).await?.shown()))
}

fn insertion(identity: &Identity, role: &Role) -> Result<(Id, Statement)> {
    let (id, now) = (identity.db.ids().next(), identity.db.clock().now());
    let definition = serde_json::to_string(role).map_err(Error::internal)?;
    let text = sql!(
        "INSERT INTO role (tenant_id, id, name, definition, everything, version, created_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6, ?6) ON CONFLICT DO NOTHING"
    );
    let tenant = identity.db.tenant();
    let name = role.name.as_str();
    let args = [tenant.into(), id.into(), name.into(), definition.into(), role.everything.into(), now.into()];
    Ok((id, Statement::new(text, args)))
}

/// The roles of a new installation. Where there is any role already, nothing is added.
pub(crate) async fn create_presets(identity: &Identity) -> Result<()> {
    let caller = identity.system();
    let text = sql!("SELECT 1 FROM role WHERE tenant_id = ?1 LIMIT 1");
    let rows = identity.db.reader(&caller).once(Statement::new(text, [caller.tenant.into()])).await?;
    if !rows.is_empty() {
        return Ok(());
    }
    let mut batch = Batch::new();
    for role in role::presets().map_err(Error::internal)? {
        // Another node may be starting at the same moment: the name decides.
        batch.run(insertion(identity, &role)?.1);
    }
    identity.db.submit(&caller, batch).await.map(drop)
}

async fn change(
    State(identity): State<Arc<Identity>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    headers: HeaderMap,
    Json(wanted): Json<Wanted>,
) -> Answer<Response> {
    let before = one(&identity, &caller, &id).await?;
    check_version(&headers, before.version)?;
    keep_the_first(&before.role)?;
    let mut role = before.role.clone();
    role.name = wanted.name.unwrap_or(role.name);
    role.everything = wanted.everything.unwrap_or(role.everything);
    role.objects = wanted.objects.unwrap_or(role.objects);
    role.fields = wanted.fields.unwrap_or(role.fields);
    check(&role)?;
    let mut change = Change::new(identity.db.ids().next());
    let definition = serde_json::to_string(&role).map_err(Error::internal)?;
    let text = sql!(
        "UPDATE role SET definition = ?3, everything = ?4, updated_at = ?5, version = version + 1
         WHERE tenant_id = ?1 AND id = ?2 AND version = ?6"
    );
    let (now, tenant) = (identity.db.clock().now(), caller.tenant);
    let args =
        [tenant.into(), before.id.into(), definition.into(), role.everything.into(), now.into(), before.version.into()];
    change.batch.expect(Statement::new(text, args), Expect::Fresh);
    let text = sql!(
        "UPDATE role SET name = ?3 WHERE tenant_id = ?1 AND id = ?2
         AND NOT EXISTS (SELECT 1 FROM role other WHERE other.tenant_id = ?1 AND other.name = ?3 AND other.id <> ?2)"
    );
    let args = [tenant.into(), before.id.into(), role.name.as_str().into()];
    change.batch.expect(Statement::new(text, args), Expect::Free(message!("identity-role-name-taken")));
    if before.role.everything && !role.everything {
        keep_an_administrator(&identity, &mut change);
    }
    change.batch.access_changed();
    change.log("role.changed", before.id, differences(&json!(before.role), &json!(role)));
    identity.db.submit(&caller, std::mem::take(&mut change.batch)).await?;
    Ok(change.answer(StatusCode::OK, one(&identity, &caller, &id).await?.shown()))
}

async fn delete(
    State(identity): State<Arc<Identity>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Answer<Response> {
    let before = one(&identity, &caller, &id).await?;
    keep_the_first(&before.role)?;
    let mut change = Change::new(identity.db.ids().next());
    let text = sql!(
        "DELETE FROM role WHERE tenant_id = ?1 AND id = ?2 AND NOT EXISTS (SELECT 1 FROM user_role
         WHERE user_role.tenant_id = ?1 AND user_role.role_id = ?2)"
    );
    let statement = Statement::new(text, [caller.tenant.into(), before.id.into()]);
    change.batch.expect(statement, Expect::Free(message!("identity-role-in-use")));
    change.log("role.deleted", before.id, json!({ "name": [before.role.name, null] }));
    identity.db.submit(&caller, std::mem::take(&mut change.batch)).await?;
    Ok(change.no_content())
}

/// Without it nobody could give rights again.
fn keep_the_first(role: &Role) -> Result<()> {
    match role.name == ADMINISTRATOR {
        true => Err(Error::Conflict(message!("identity-role-fixed"))),
        false => Ok(()),
    }
}

fn check(role: &Role) -> Result<()> {
    let is_name = |name: &str, extra: &[u8]| {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || extra.contains(&b);
        (1..=LONGEST_NAME).contains(&name.len()) && name.bytes().all(plain) && !name.starts_with(['-', '_'])
    };
    if !is_name(&role.name, b"-_") {
        return Err(Error::field("name", message!("identity-role-name-invalid", most = LONGEST_NAME)));
    }
    let wrong_object = role.objects.keys().chain(role.fields.keys()).find(|name| !is_name(name, b"_"));
    if let Some(object) = wrong_object {
        return Err(Error::field("objects", message!("identity-object-name-invalid", name = object)));
    }
    Ok(())
}

/// The roles that say something of an object, or of one of its fields.
pub(crate) async fn naming(identity: &Identity, object: &str, field: Option<&str>) -> Result<Vec<String>> {
    let caller = identity.system();
    let text = sql!("SELECT definition FROM role WHERE tenant_id = ?1 ORDER BY name LIMIT ?2");
    let rows = identity.db.reader(&caller).once(Statement::new(text, [caller.tenant.into(), MOST.into()])).await?;
    let mut names = Vec::new();
    for row in rows.iter() {
        let role: Role = serde_json::from_str(row.text(0)?).map_err(Error::internal)?;
        let of_fields = role.fields.get(object);
        let says = match field {
            Some(field) => of_fields.is_some_and(|fields| fields.contains_key(field)),
            None => of_fields.is_some() || role.objects.contains_key(object),
        };
        names.extend(Some(role.name).filter(|_| says));
    }
    Ok(names)
}

/// The roles that a user's `roles` name.
pub(crate) async fn ids_of(identity: &Identity, names: &[String]) -> Result<Vec<Id>> {
    let caller = identity.system();
    let text = sql!("SELECT id, name FROM role WHERE tenant_id = ?1 LIMIT ?2");
    let rows = identity.db.reader(&caller).once(Statement::new(text, [caller.tenant.into(), MOST.into()])).await?;
    let mut ids = Vec::new();
    for name in names {
        let Some(row) = rows.iter().find(|row| row.text(1).is_ok_and(|known| known == name)) else {
            return Err(Error::field("roles", message!("identity-role-unknown", role = name)));
        };
        ids.push(row.id(0)?);
    }
    Ok(ids)
}

//! The collection of teams: a forest, in which a team contains all below it.

use crate::{
    Identity,
    change::{Change, check_version, differences},
    page::Window,
    plan,
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use base::{Caller, Error, Id, Result, fold, message};
use db::{Expect, Row, Statement, sql};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;
use web::{Answer, Json, Needs, Query, Route, Routes, Signed};

const LONGEST_NAME: usize = 200;
/// Enough for any tree that people can still find their way in.
const MOST: i64 = 20_000;

pub(crate) fn routes() -> Routes<Arc<Identity>> {
    let team = || {
        json!({ "type": "object", "properties": {
            "id": { "type": "string" },
            "name": { "type": "string" },
            "parent": { "type": ["string", "null"] },
            "created_at": { "type": "string", "format": "date-time" },
            "updated_at": { "type": "string", "format": "date-time" },
            "version": { "type": "integer" },
        } })
    };
    let page = json!({ "type": "object", "required": ["items", "next"], "properties": {
        "items": { "type": "array", "items": team() }, "next": { "type": ["string", "null"] } } });
    let body = |required: &[&str]| {
        json!({ "type": "object", "required": required, "additionalProperties": false, "properties": {
            "name": { "type": "string", "minLength": 1, "maxLength": LONGEST_NAME },
            "parent": { "type": ["string", "null"], "description": "Id or name" },
        } })
    };
    let route = |route: Route<Arc<Identity>>, needs| route.needs(needs).tag("teams");
    Routes::new()
        .add(
            route(Route::get("/teams", list), Needs::SignedIn)
                .summary("List teams")
                .query(&["cursor"])
                .parameter("limit", json!({ "type": "integer", "minimum": 1, "maximum": 200 }))
                .answers(page),
        )
        .add(route(Route::get("/teams/{id}", get), Needs::SignedIn).summary("Get a team").answers(team()))
        .add(
            route(Route::post("/teams", create), Needs::Administrator)
                .summary("Create a team")
                .body(body(&["name"]))
                .answers(team())
                .status(201),
        )
        .add(
            route(Route::patch("/teams/{id}", change), Needs::Administrator)
                .summary("Change a team")
                .body(body(&[]))
                .answers(team()),
        )
        .add(route(Route::delete("/teams/{id}", delete), Needs::Administrator).summary("Delete a team").status(204))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    limit: Option<i64>,
    cursor: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewTeam {
    name: String,
    parent: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    name: Option<String>,
    /// `null` makes it a root.
    #[serde(default, deserialize_with = "crate::change::given")]
    parent: Option<Option<String>>,
}

fn shown(row: Row<'_>) -> Result<Value> {
    Ok(json!({
        "id": row.id(0)?,
        "name": row.text(1)?,
        "parent": row.opt_id(2)?,
        "created_at": row.time(3)?.rfc3339(),
        "updated_at": row.time(4)?.rfc3339(),
        "version": row.int(5)?,
    }))
}

async fn list(
    State(identity): State<Arc<Identity>>,
    Signed(caller): Signed,
    Query(asked): Query<List>,
) -> Answer<Json<Value>> {
    let window = Window::new(asked.limit, asked.cursor.as_deref())?;
    let text = sql!(
        "SELECT id, name, parent, created_at, updated_at, version FROM team
         WHERE tenant_id = ?1 AND id > ?2 ORDER BY id LIMIT ?3"
    );
    let args = [caller.tenant.into(), window.after.into(), window.rows().into()];
    let rows = identity.db.reader(&caller).once(Statement::new(text, args)).await?;
    let items = rows.iter().map(shown).collect::<Result<_>>()?;
    Ok(Json(window.page(items)))
}

async fn one(identity: &Identity, caller: &Caller, id: Id) -> Result<Value> {
    let text =
        sql!("SELECT id, name, parent, created_at, updated_at, version FROM team WHERE tenant_id = ?1 AND id = ?2");
    let rows = identity.db.reader(caller).once(Statement::new(text, [caller.tenant.into(), id.into()])).await?;
    rows.first().map_or(Err(Error::NotFound("team")), shown)
}

fn parse(id: &str) -> Result<Id> {
    id.parse().map_err(|_| Error::NotFound("team"))
}

async fn get(
    State(identity): State<Arc<Identity>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Answer<Json<Value>> {
    Ok(Json(one(&identity, &caller, parse(&id)?).await?))
}

async fn create(
    State(identity): State<Arc<Identity>>,
    Signed(caller): Signed,
    Json(new): Json<NewTeam>,
) -> Answer<Response> {
    let name = check_name(&new.name)?;
    let parent = match &new.parent {
        Some(parent) => Some(find(&identity, "parent", parent).await?),
        None => None,
    };
    let mut change = Change::new(identity.db.ids().next());
    let (id, now) = (identity.db.ids().next(), identity.db.clock().now());
    let text = sql!(
        "INSERT INTO team (tenant_id, id, name, name_key, parent, version, created_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6, ?6) ON CONFLICT DO NOTHING"
    );
    let key = fold::key(&name);
    let args = [caller.tenant.into(), id.into(), name.as_str().into(), key.into(), parent.into(), now.into()];
    change.batch.expect(Statement::new(text, args), Expect::Free(message!("identity-team-name-taken")));
    change.batch.access_changed();
    change.log("team.created", id, json!({ "name": [null, name], "parent": [null, parent] }));
    identity.db.submit(&caller, std::mem::take(&mut change.batch)).await?;
    Ok(change.answer(StatusCode::CREATED, one(&identity, &caller, id).await?))
}

async fn change(
    State(identity): State<Arc<Identity>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    headers: HeaderMap,
    Json(wanted): Json<Wanted>,
) -> Answer<Response> {
    let id = parse(&id)?;
    let before = one(&identity, &caller, id).await?;
    let version = before["version"].as_i64().unwrap_or_default();
    check_version(&headers, version)?;
    let mut after = before.clone();
    if let Some(name) = &wanted.name {
        after["name"] = check_name(name)?.into();
    }
    let mut parent = before["parent"].as_str().and_then(|text| text.parse::<Id>().ok());
    if let Some(wanted) = &wanted.parent {
        parent = match wanted {
            Some(text) => Some(find_above(&identity, text, id).await?),
            None => None,
        };
        after["parent"] = json!(parent);
    }
    let name = after["name"].as_str().unwrap_or_default();
    let mut change = Change::new(identity.db.ids().next());
    let text = sql!(
        "UPDATE team SET parent = ?3, updated_at = ?4, version = version + 1
         WHERE tenant_id = ?1 AND id = ?2 AND version = ?5"
    );
    let now = identity.db.clock().now();
    let args = [caller.tenant.into(), id.into(), parent.into(), now.into(), version.into()];
    change.batch.expect(Statement::new(text, args), Expect::Fresh);
    let text = sql!(
        "UPDATE team SET name = ?3, name_key = ?4 WHERE tenant_id = ?1 AND id = ?2
         AND NOT EXISTS (SELECT 1 FROM team other WHERE other.tenant_id = ?1 AND other.name_key = ?4 AND other.id <> ?2)"
    );
    let args = [caller.tenant.into(), id.into(), name.into(), fold::key(name).into()];
    change.batch.expect(Statement::new(text, args), Expect::Free(message!("identity-team-name-taken")));
    change.batch.access_changed();
    change.log("team.changed", id, differences(&before, &after));
    identity.db.submit(&caller, std::mem::take(&mut change.batch)).await?;
    Ok(change.answer(StatusCode::OK, one(&identity, &caller, id).await?))
}

async fn delete(
    State(identity): State<Arc<Identity>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Answer<Response> {
    let id = parse(&id)?;
    let before = one(&identity, &caller, id).await?;
    let mut change = Change::new(identity.db.ids().next());
    let text = sql!(
        "DELETE FROM team WHERE tenant_id = ?1 AND id = ?2
         AND NOT EXISTS (SELECT 1 FROM team below WHERE below.tenant_id = ?1 AND below.parent = ?2)
         AND NOT EXISTS (SELECT 1 FROM user_team WHERE user_team.tenant_id = ?1 AND user_team.team_id = ?2)"
    );
    let statement = Statement::new(text, [caller.tenant.into(), id.into()]);
    change.batch.expect(statement, Expect::Free(message!("identity-team-in-use")));
    change.batch.access_changed();
    change.log("team.deleted", id, json!({ "name": [before["name"], null] }));
    identity.db.submit(&caller, std::mem::take(&mut change.batch)).await?;
    Ok(change.no_content())
}

/// The teams that a user's `teams` name, by id or name.
pub(crate) async fn ids_of(identity: &Identity, given: &[String]) -> Result<Vec<Id>> {
    let mut ids = Vec::new();
    for text in given {
        let id = find(identity, "teams", text).await?;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

async fn find(identity: &Identity, field: &str, id_or_name: &str) -> Result<Id> {
    let unknown = || Error::field(field, message!("identity-team-unknown", team = id_or_name));
    known(identity, id_or_name).await?.ok_or_else(unknown)
}

/// The team with this id or name.
pub(crate) async fn known(identity: &Identity, id_or_name: &str) -> Result<Option<Id>> {
    let caller = identity.system();
    // An id that nothing has, where the text is a name.
    let id = id_or_name.parse().unwrap_or(Id(-1));
    let text = sql!("SELECT id FROM team WHERE tenant_id = ?1 AND (id = ?2 OR name_key = ?3)");
    let args = [caller.tenant.into(), id.into(), fold::key(id_or_name).into()];
    let rows = identity.db.reader(&caller).once(Statement::new(text, args)).await?;
    rows.first().map(|row| row.id(0)).transpose()
}

/// The active users in a team itself.
pub(crate) async fn members(identity: &Identity, team: Id, most: i64) -> Result<Vec<Id>> {
    let caller = identity.system();
    let text = sql!(
        "SELECT m.user_id FROM user_team m JOIN app_user u ON u.tenant_id = m.tenant_id AND u.id = m.user_id
         WHERE m.tenant_id = ?1 AND m.team_id = ?2 AND u.active = 1 AND u.deleted_at IS NULL
         ORDER BY m.user_id LIMIT ?3"
    );
    let args = [caller.tenant.into(), team.into(), most.into()];
    let rows = identity.db.reader(&caller).once(Statement::new(text, args)).await?;
    rows.iter().map(|row| row.id(0)).collect()
}

/// A team that may stand above `below`: not itself, and none that stands below it.
async fn find_above(identity: &Identity, text: &str, below: Id) -> Result<Id> {
    let above = find(identity, "parent", text).await?;
    let caller = identity.system();
    let edges = sql!("SELECT id, parent FROM team WHERE tenant_id = ?1 LIMIT ?2");
    let rows = identity.db.reader(&caller).once(Statement::new(edges, [caller.tenant.into(), MOST.into()])).await?;
    let edges: Vec<plan::Edge> = rows.iter().map(|row| Ok((row.id(0)?, row.opt_id(1)?))).collect::<Result<_>>()?;
    match plan::tree(&[below], &edges).contains(&above) {
        true => Err(Error::field("parent", message!("identity-team-circle"))),
        false => Ok(above),
    }
}

fn check_name(name: &str) -> Result<String> {
    let name = name.trim();
    match (1..=LONGEST_NAME).contains(&name.chars().count()) && !name.contains(char::is_control) {
        true => Ok(name.to_owned()),
        false => Err(Error::field("name", message!("identity-name-invalid", most = LONGEST_NAME))),
    }
}

//! The collection of users.

mod read;
mod write;

use crate::{
    Identity,
    change::{Change, check_version, differences},
    page::Window,
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use base::{Caller, Error, Id, Principal, Result, message};
use db::{Statement, sql};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;
use web::{Answer, Json, Needs, Query, Route, Routes, Signed, Visit};

pub(crate) use write::{NewUser, add, keep_an_administrator};

pub(crate) fn routes() -> Routes<Arc<Identity>> {
    let user = schema();
    let page = json!({ "type": "object", "required": ["items", "next"], "properties": {
        "items": { "type": "array", "items": user }, "next": { "type": ["string", "null"] } } });
    Routes::new()
        .add(
            Route::get("/users", list)
                .needs(Needs::SignedIn)
                .summary("List users")
                .tag("users")
                .query(&["search", "cursor"])
                .parameter("limit", json!({ "type": "integer", "minimum": 1, "maximum": 200 }))
                .answers(page),
        )
        .add(Route::get("/users/{id}", get).needs(Needs::SignedIn).summary("Get a user").tag("users").answers(schema()))
        .add(
            Route::post("/users", create)
                .needs(Needs::Administrator)
                .summary("Create a user")
                .tag("users")
                .body(body(&["email", "name"]))
                .answers(schema())
                .status(201),
        )
        .add(
            Route::patch("/users/{id}", change)
                .needs(Needs::SignedIn)
                .summary("Change a user")
                .tag("users")
                .body(body(&[]))
                .answers(schema()),
        )
        .add(
            Route::delete("/users/{id}", delete)
                .needs(Needs::Administrator)
                .summary("Delete a user")
                .tag("users")
                .status(204),
        )
}

fn schema() -> Value {
    json!({ "type": "object", "properties": {
        "id": { "type": "string" },
        "email": { "type": "string" },
        "name": { "type": "string" },
        "roles": { "type": "array", "items": { "type": "string" } },
        "teams": { "type": "array", "items": { "type": "string" } },
        "language": { "type": "string" },
        "active": { "type": "boolean" },
        "created_at": { "type": "string", "format": "date-time" },
        "updated_at": { "type": "string", "format": "date-time" },
        "version": { "type": "integer" },
    } })
}

fn body(required: &[&str]) -> Value {
    json!({ "type": "object", "required": required, "additionalProperties": false, "properties": {
        "email": { "type": "string", "format": "email" },
        "name": { "type": "string", "minLength": 1, "maxLength": 200 },
        "roles": { "type": "array", "items": { "type": "string" } },
        "teams": { "type": "array", "items": { "type": "string" }, "description": "Ids or names, the first one is the usual" },
        "language": { "type": "string", "enum": ["en", "pl", "fr", "ro"] },
        "active": { "type": "boolean" },
        "password": { "type": "string", "minLength": 15, "maxLength": 1024 },
        "current_password": { "type": "string", "description": "Needed to change one's own password" },
    } })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    search: Option<String>,
    limit: Option<i64>,
    cursor: Option<String>,
}

async fn list(
    State(identity): State<Arc<Identity>>,
    Signed(caller): Signed,
    Query(asked): Query<List>,
) -> Answer<Json<Value>> {
    let window = Window::new(asked.limit, asked.cursor.as_deref())?;
    let search = asked.search.unwrap_or_default();
    Ok(Json(read::page(&identity, &caller, &window, &search).await?))
}

async fn get(
    State(identity): State<Arc<Identity>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Answer<Json<Value>> {
    let id = parse(&id)?;
    Ok(Json(read::one(&identity, &caller, id).await?))
}

/// What is no id cannot be found either.
fn parse(id: &str) -> Result<Id> {
    id.parse().map_err(|_| Error::NotFound("user"))
}

async fn create(
    State(identity): State<Arc<Identity>>,
    Signed(caller): Signed,
    Json(new): Json<NewUser>,
) -> Answer<Response> {
    let mut change = Change::new(identity.db.ids().next());
    let id = add(&identity, &mut change, new).await?;
    identity.db.submit(&caller, std::mem::take(&mut change.batch)).await?;
    Ok(change.answer(StatusCode::CREATED, read::one(&identity, &caller, id).await?))
}

async fn change(
    State(identity): State<Arc<Identity>>,
    visit: Visit,
    Path(id): Path<String>,
    headers: HeaderMap,
    Json(wanted): Json<write::Wanted>,
) -> Answer<Response> {
    let (id, caller) = (parse(&id)?, &visit.caller);
    let before = read::one(&identity, caller, id).await?;
    may_change(caller, id, &wanted)?;
    check_version(&headers, before["version"].as_i64().unwrap_or_default())?;
    let mut change = Change::new(identity.db.ids().next());
    let own_session = visit.cookie.as_deref().filter(|_| caller.principal.user() == Some(id));
    let target = write::Target { id, before: &before, own_session, is_self: !caller.plan.everything };
    let after = write::apply(&identity, &mut change, target, wanted).await?;
    let changes = differences(&before, &after);
    if changes.as_object().is_some_and(|changes| !changes.is_empty()) {
        change.log("user.changed", id, changes);
    }
    identity.db.submit(caller, std::mem::take(&mut change.batch)).await?;
    Ok(change.answer(StatusCode::OK, read::one(&identity, caller, id).await?))
}

/// Administrators may change everything, others how they are called and how they sign in, and only in person.
fn may_change(caller: &Caller, id: Id, wanted: &write::Wanted) -> Result<()> {
    let own = caller.principal == Principal::User(id) && wanted.is_personal();
    if caller.plan.everything || own { Ok(()) } else { Err(Error::Forbidden(message!("administrators-only"))) }
}

async fn delete(
    State(identity): State<Arc<Identity>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Answer<Response> {
    let id = parse(&id)?;
    let before = read::one(&identity, &caller, id).await?;
    let mut change = Change::new(identity.db.ids().next());
    write::remove(&identity, &mut change, id).await?;
    change.log("user.deleted", id, json!({ "email": [before["email"], null] }));
    identity.db.submit(&caller, std::mem::take(&mut change.batch)).await?;
    Ok(change.no_content())
}

/// Statements that end what a user could still enter with.
fn end_sessions(identity: &Identity, change: &mut Change, id: Id, except: Option<&str>) {
    let kept = except.map(|secret| crate::secret::fingerprint(secret).to_vec()).unwrap_or_default();
    let text = sql!("DELETE FROM session WHERE tenant_id = ?1 AND user_id = ?2 AND hash <> ?3");
    let args = [identity.db.tenant().into(), id.into(), kept.into()];
    change.batch.run(Statement::new(text, args));
}

//! The collection of API tokens. A token's text is shown once, when it is made.

mod check;

use crate::{
    Identity, account,
    change::{Change, check_version, differences, given},
    page::Window,
    secret,
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use base::{Caller, Error, Id, Principal, Result, Timestamp, message};
use db::{Expect, Row, Statement, sql};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;
use web::{Answer, Json, Needs, Query, Route, Routes, Signed};

pub(crate) fn routes() -> Routes<Arc<Identity>> {
    let token = || {
        json!({ "type": "object", "properties": {
            "id": { "type": "string" },
            "user": { "type": "string" },
            "name": { "type": "string" },
            "scopes": { "type": ["array", "null"], "items": { "type": "string" } },
            "created_at": { "type": "string", "format": "date-time" },
            "expires_at": { "type": ["string", "null"], "format": "date-time" },
            "last_used_at": { "type": ["string", "null"], "format": "date-time" },
            "version": { "type": "integer" },
        } })
    };
    let made = json!({ "type": "object", "required": ["id", "token"], "properties": {
        "id": { "type": "string" }, "token": { "type": "string" } } });
    let page = json!({ "type": "object", "required": ["items", "next"], "properties": {
        "items": { "type": "array", "items": token() }, "next": { "type": ["string", "null"] } } });
    let name = json!({ "type": "string", "minLength": 1, "maxLength": check::LONGEST_NAME });
    let expires = json!({ "type": ["string", "null"], "format": "date-time" });
    let new = json!({ "type": "object", "required": ["name"], "additionalProperties": false, "properties": {
        "user": { "type": "string", "description": "E-mail or id; the caller where absent" },
        "name": name, "expires_at": expires,
        "scopes": { "type": ["array", "null"], "items": { "type": "string", "pattern": "^[a-z0-9_]+:(read|create|update|delete|export|write)$" } },
    } });
    let wanted = json!({ "type": "object", "additionalProperties": false, "properties": { "name": name, "expires_at": expires } });
    Routes::new()
        .add(
            Route::get("/tokens", list)
                .summary("List tokens")
                .tag("tokens")
                .query(&["user", "cursor"])
                .parameter("limit", json!({ "type": "integer", "minimum": 1, "maximum": 200 }))
                .answers(page),
        )
        .add(Route::get("/tokens/{id}", get).summary("Get a token").tag("tokens").answers(token()))
        .add(Route::post("/tokens", create).summary("Create a token").tag("tokens").body(new).answers(made).status(201))
        .add(Route::patch("/tokens/{id}", change).summary("Change a token").tag("tokens").body(wanted).answers(token()))
        .add(Route::delete("/tokens/{id}", delete).summary("Delete a token").tag("tokens").status(204))
        .all_need(Needs::SignedIn)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    user: Option<String>,
    limit: Option<i64>,
    cursor: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewToken {
    user: Option<String>,
    name: String,
    scopes: Option<Vec<String>>,
    expires_at: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    name: Option<String>,
    #[serde(default, deserialize_with = "given")]
    expires_at: Option<Option<String>>,
}

fn shown(row: Row<'_>) -> Result<Value> {
    let instant = |column| Ok::<_, Error>(row.opt_int(column)?.map(|at| Timestamp(at).rfc3339()));
    let scopes: Value = serde_json::from_str(row.opt_text(3)?.unwrap_or("null")).map_err(Error::internal)?;
    Ok(json!({
        "id": row.id(0)?,
        "user": row.id(1)?,
        "name": row.text(2)?,
        "scopes": scopes,
        "created_at": instant(4)?,
        "expires_at": instant(5)?,
        "last_used_at": instant(6)?,
        "version": row.int(7)?,
    }))
}

/// Whose tokens a caller may see: `None` for everybody's.
fn whose(caller: &Caller) -> Result<Option<Id>> {
    match caller.principal.user() {
        _ if caller.plan.everything => Ok(None),
        Some(user) => Ok(Some(user)),
        None => Err(Error::Unauthenticated),
    }
}

async fn list(
    State(identity): State<Arc<Identity>>,
    Signed(caller): Signed,
    Query(asked): Query<List>,
) -> Answer<Json<Value>> {
    let window = Window::new(asked.limit, asked.cursor.as_deref())?;
    let mut user = whose(&caller)?;
    if let Some(text) = &asked.user {
        let found = account::find(&identity, text).await?;
        // Another's tokens are as absent as those of nobody.
        user = Some(found.filter(|found| user.is_none_or(|own| own == *found)).unwrap_or(Id(-1)));
    }
    let text = sql!(
        "SELECT id, user_id, name, scopes, created_at, expires_at, last_used_at, version FROM api_token
         WHERE tenant_id = ?1 AND id > ?2 AND (user_id = ?4 OR ?4 = 0) ORDER BY id LIMIT ?3"
    );
    let args = [caller.tenant.into(), window.after.into(), window.rows().into(), user.unwrap_or(Id(0)).into()];
    let rows = identity.db.reader(&caller).once(Statement::new(text, args)).await?;
    let items = rows.iter().map(shown).collect::<Result<_>>()?;
    Ok(Json(window.page(items)))
}

async fn one(identity: &Identity, caller: &Caller, id: &str) -> Result<(Id, Value)> {
    let id: Id = id.parse().map_err(|_| Error::NotFound("token"))?;
    let text = sql!(
        "SELECT id, user_id, name, scopes, created_at, expires_at, last_used_at, version FROM api_token
         WHERE tenant_id = ?1 AND id = ?2 AND (user_id = ?3 OR ?3 = 0)"
    );
    let args = [caller.tenant.into(), id.into(), whose(caller)?.unwrap_or(Id(0)).into()];
    let rows = identity.db.reader(caller).once(Statement::new(text, args)).await?;
    let row = rows.first().ok_or(Error::NotFound("token"))?;
    Ok((id, shown(row)?))
}

async fn get(
    State(identity): State<Arc<Identity>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Answer<Json<Value>> {
    Ok(Json(one(&identity, &caller, &id).await?.1))
}

/// A token must not make or change tokens: a narrow one could otherwise widen itself.
fn in_person(caller: &Caller) -> Result<()> {
    match caller.principal {
        Principal::Token { .. } if !caller.plan.everything => {
            Err(Error::Forbidden(message!("identity-token-by-token")))
        }
        _ => Ok(()),
    }
}

async fn create(
    State(identity): State<Arc<Identity>>,
    Signed(caller): Signed,
    Json(new): Json<NewToken>,
) -> Answer<Response> {
    in_person(&caller)?;
    let user = owner(&identity, &caller, new.user.as_deref()).await?;
    let name = check::name(&new.name)?;
    check::scopes(new.scopes.as_deref())?;
    let (id, now) = (identity.db.ids().next(), identity.db.clock().now());
    let expires_at = check::expiry(new.expires_at.as_deref(), now)?;
    let token = secret::token(id)?;
    let scopes = new.scopes.as_ref().map(|scopes| json!(scopes).to_string());
    let mut change = Change::new(identity.db.ids().next());
    let text = sql!(
        "INSERT INTO api_token (tenant_id, id, user_id, name, hash, scopes, version, created_at, expires_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1, ?7, ?8)"
    );
    let hash = secret::fingerprint(&token).to_vec();
    let args = [
        caller.tenant.into(),
        id.into(),
        user.into(),
        name.as_str().into(),
        hash.into(),
        scopes.into(),
        now.into(),
        expires_at.into(),
    ];
    change.batch.run(Statement::new(text, args));
    change.log(
        "token.created",
        id,
        json!({ "user": [null, user], "name": [null, name], "scopes": [null, new.scopes] }),
    );
    identity.db.submit(&caller, std::mem::take(&mut change.batch)).await?;
    Ok(change.answer(StatusCode::CREATED, json!({ "id": id, "token": token })))
}

/// Users make tokens for themselves, administrators for anybody.
async fn owner(identity: &Identity, caller: &Caller, wanted: Option<&str>) -> Result<Id> {
    let own = caller.principal.user();
    let Some(text) = wanted else {
        return own.ok_or_else(|| Error::field("user", message!("identity-token-user-missing")));
    };
    let found = account::find(identity, text).await?;
    match found {
        Some(user) if caller.plan.everything || own == Some(user) => Ok(user),
        // Whether the other exists is not for this caller to learn here.
        _ if !caller.plan.everything => Err(Error::Forbidden(message!("administrators-only"))),
        _ => Err(Error::field("user", message!("identity-user-unknown", user = text))),
    }
}

async fn change(
    State(identity): State<Arc<Identity>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    headers: HeaderMap,
    Json(wanted): Json<Wanted>,
) -> Answer<Response> {
    let (token, before) = one(&identity, &caller, &id).await?;
    in_person(&caller)?;
    let version = before["version"].as_i64().unwrap_or_default();
    check_version(&headers, version)?;
    let mut after = before.clone();
    if let Some(name) = &wanted.name {
        after["name"] = check::name(name)?.into();
    }
    if let Some(expires_at) = &wanted.expires_at {
        let at = check::expiry(expires_at.as_deref(), identity.db.clock().now())?;
        after["expires_at"] = json!(at.map(Timestamp::rfc3339));
    }
    let expires_at = after["expires_at"].as_str().and_then(Timestamp::parse);
    let mut change = Change::new(identity.db.ids().next());
    let text = sql!(
        "UPDATE api_token SET name = ?3, expires_at = ?4, version = version + 1
         WHERE tenant_id = ?1 AND id = ?2 AND version = ?5"
    );
    let name = after["name"].as_str().unwrap_or_default();
    let args = [caller.tenant.into(), token.into(), name.into(), expires_at.into(), version.into()];
    change.batch.expect(Statement::new(text, args), Expect::Fresh);
    change.batch.access_changed();
    change.log("token.changed", token, differences(&before, &after));
    identity.db.submit(&caller, std::mem::take(&mut change.batch)).await?;
    Ok(change.answer(StatusCode::OK, one(&identity, &caller, &id).await?.1))
}

async fn delete(
    State(identity): State<Arc<Identity>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Answer<Response> {
    let (token, before) = one(&identity, &caller, &id).await?;
    // A token may always end itself: whoever has stolen it gains nothing by that.
    let ends_itself = matches!(caller.principal, Principal::Token { token: own, .. } if own == token);
    if !ends_itself {
        in_person(&caller)?;
    }
    let mut change = Change::new(identity.db.ids().next());
    let text = sql!("DELETE FROM api_token WHERE tenant_id = ?1 AND id = ?2");
    change.batch.expect(Statement::new(text, [caller.tenant.into(), token.into()]), Expect::Fresh);
    change.batch.access_changed();
    change.log("token.deleted", token, json!({ "name": [before["name"], null] }));
    identity.db.submit(&caller, std::mem::take(&mut change.batch)).await?;
    Ok(change.no_content())
}

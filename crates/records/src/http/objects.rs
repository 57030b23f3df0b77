//! The definitions: `GET/POST/PATCH/DELETE /objects` and their fields.

use super::answered::{Action, by};
use crate::{
    catalog::Records,
    definitions::{self, FieldInput, ObjectInput, field_json, object_json},
    permissions::Access,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use base::{Caller, Error, Result};
use serde_json::{Map, Value as JsonValue, json};
use web::{Answer, Json, Needs, Query, Route, Routes, Signed};

pub fn routes() -> Routes<Records> {
    let object = || json!({"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]});
    let list =
        json!({"type": "object", "properties": {"items": {"type": "array", "items": object()}}, "required": ["items"]});
    let named = |route: Route<Records>, summary| route.summary(summary).tag("objects");
    let flag = || json!({"type": "boolean", "description": "what lies in the bin instead, for administrators"});
    let input = || json!({"type": "object", "properties": {"name": {"type": "string"}}});
    let options = || json!({"type": "array", "items": super::options::schema()});
    Routes::new()
        .add(
            named(Route::get("/objects", all), "List objects")
                .parameter("deleted", flag())
                .needs(Needs::SignedIn)
                .answers(list.clone()),
        )
        .add(named(Route::get("/objects/{object}", one), "Get an object").needs(Needs::SignedIn).answers(object()))
        .add(named(Route::post("/objects", create), "Create an object").body(object()).answers(object()).status(201))
        .add(named(Route::patch("/objects/{object}", change), "Change an object").body(input()).answers(object()))
        .add(
            named(Route::get("/objects/{object}/fields", fields), "List the fields of an object")
                .parameter("deleted", flag())
                .needs(Needs::SignedIn)
                .answers(list),
        )
        .add(
            named(Route::post("/objects/{object}/fields", create_field), "Create a field")
                .body(json!({
                    "type": "object",
                    "properties": {"name": {"type": "string"}, "type": {"type": "string"}, "options": options()},
                    "required": ["name", "type"]
                }))
                .answers(object())
                .status(201),
        )
        .add(
            named(Route::patch("/objects/{object}/fields/{field}", change_field), "Change a field")
                .body(json!({"type": "object", "properties": {"options": options()}}))
                .answers(object()),
        )
}

/// What the caller may know of an object.
pub(super) async fn describe(records: &Records, caller: &Caller, name: &str) -> Result<JsonValue> {
    let catalog = records.catalog(caller).await?;
    let object = catalog.object(name)?;
    let access = Access::new(&catalog.schema, caller);
    if !access.may_read(object) && !access.rights(object).create {
        return Err(Error::NotFound("object"));
    }
    let mut described = object_json(&catalog.schema, object, |of, field| {
        (of.id == object.id || access.may_read(of)) && access.may_see(of, field)
    });
    let relations = definitions::to_many(&access, object);
    described["relations"] = relations.iter().map(definitions::ToMany::json).collect();
    Ok(described)
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Listed {
    deleted: bool,
}

async fn all(
    State(records): State<Records>,
    Signed(caller): Signed,
    Query(listed): Query<Listed>,
) -> Answer<Json<JsonValue>> {
    if listed.deleted {
        return Ok(Json(super::bin::list(&records, &caller, None).await?));
    }
    let catalog = records.catalog(&caller).await?;
    let mut items = Vec::new();
    for object in catalog.schema.objects().iter().filter(|object| !object.internal) {
        match describe(&records, &caller, &object.name).await {
            Ok(described) => items.push(described),
            Err(Error::NotFound(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(Json(json!({"items": items})))
}

async fn one(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path(object): Path<String>,
) -> Answer<Json<JsonValue>> {
    Ok(Json(describe(&records, &caller, &object).await?))
}

async fn create(
    State(records): State<Records>,
    Signed(caller): Signed,
    Json(input): Json<ObjectInput>,
) -> Answer<(StatusCode, Action, Json<JsonValue>)> {
    let action = definitions::create_object(&records, &caller, &input).await?;
    Ok((StatusCode::CREATED, by(action), Json(describe(&records, &caller, &input.name).await?)))
}

async fn change(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path(object): Path<String>,
    Json(input): Json<ObjectInput>,
) -> Answer<(Action, Json<JsonValue>)> {
    let action = definitions::change_object(&records, &caller, &object, &input).await?;
    Ok((by(action), Json(describe(&records, &caller, &object).await?)))
}

async fn fields(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path(object): Path<String>,
    Query(listed): Query<Listed>,
) -> Answer<Json<JsonValue>> {
    if listed.deleted {
        return Ok(Json(super::bin::list(&records, &caller, Some(&object)).await?));
    }
    let described = describe(&records, &caller, &object).await?;
    Ok(Json(json!({"items": described["fields"]})))
}

async fn create_field(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path(object): Path<String>,
    Json(input): Json<FieldInput>,
) -> Answer<(StatusCode, Action, Json<JsonValue>)> {
    let action = definitions::create_field(&records, &caller, &object, &input).await?;
    Ok((StatusCode::CREATED, by(action), Json(described_field(&records, &caller, &object, &input.name).await?)))
}

pub(super) async fn described_field(records: &Records, caller: &Caller, object: &str, name: &str) -> Result<JsonValue> {
    let catalog = records.catalog(caller).await?;
    let field = catalog.object(object)?.field(name).ok_or(Error::NotFound("field"))?;
    Ok(field_json(&catalog.schema, field))
}

async fn change_field(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path((object, field)): Path<(String, String)>,
    Json(input): Json<Map<String, JsonValue>>,
) -> Answer<(Action, Json<JsonValue>)> {
    let action = definitions::change_field(&records, &caller, &object, &field, &input).await?;
    Ok((by(action), Json(described_field(&records, &caller, &object, &field).await?)))
}

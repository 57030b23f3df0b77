//! How an object's records are laid out on screens: `GET/PUT/DELETE /objects/{object}/layout`.

use crate::{
    catalog::Records,
    object::Object,
    query::Question,
    sections::{self, LayoutInput},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use base::{Error, Result};
use serde_json::{Value as JsonValue, json};
use web::{Answer, Json, Needs, Query, Route, Routes, Signed};

const PLACE: &str = "/objects/{object}/layout";

pub fn routes() -> Routes<Records> {
    let section = json!({
        "type": "object",
        "properties": {
            "title": {"type": ["string", "object"]},
            "columns": {"type": "integer", "minimum": 1, "maximum": 3, "default": 2},
            "fields": {"type": "array", "items": {"type": "string"}}
        },
        "required": ["title", "fields"]
    });
    let sections = json!({"type": "array", "items": section});
    let input = json!({"type": "object", "properties": {"sections": sections, "related": {"type": "array", "items": {"type": "string"}}}, "required": ["sections"]});
    let answer = json!({
        "type": "object",
        "properties": {
            "object": {"type": "string"}, "team": {"type": ["string", "null"]}, "set": {"type": "boolean"},
            "sections": sections,
            "related": {"type": "array", "items": {"type": "object"}, "description": "The lists of related records"}
        },
        "required": ["object", "team", "set", "sections", "related"]
    });
    let named = |route: Route<Records>, summary| route.summary(summary).tag("objects").query(&["team"]);
    Routes::new()
        .add(
            named(Route::get(PLACE, get), "Get the layout of an object").needs(Needs::SignedIn).answers(answer.clone()),
        )
        .add(named(Route::put(PLACE, put), "Set the layout of an object").body(input).answers(answer))
        .add(named(Route::delete(PLACE, delete), "Take back the layout of an object").status(204))
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Request {
    team: Option<String>,
}

/// An object whose records the caller may read or create.
fn known<'q>(question: &'q Question, name: &str) -> Result<&'q Object> {
    let object = question.catalog.object(name)?;
    let access = question.access();
    if access.may_read(object) || access.rights(object).create { Ok(object) } else { Err(Error::NotFound("object")) }
}

async fn get(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path(object): Path<String>,
    Query(asked): Query<Request>,
) -> Answer<Json<JsonValue>> {
    let question = Question::new(&records, &caller).await?;
    Ok(Json(sections::shown(&question, known(&question, &object)?, asked.team.as_deref()).await?))
}

async fn put(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path(object): Path<String>,
    Query(asked): Query<Request>,
    Json(input): Json<LayoutInput>,
) -> Answer<Json<JsonValue>> {
    let question = Question::new(&records, &caller).await?;
    let object = known(&question, &object)?;
    sections::set(&question, object, asked.team.as_deref(), input).await?;
    Ok(Json(sections::shown(&question, object, asked.team.as_deref()).await?))
}

async fn delete(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path(object): Path<String>,
    Query(asked): Query<Request>,
) -> Answer<StatusCode> {
    let question = Question::new(&records, &caller).await?;
    sections::unset(&question, known(&question, &object)?, asked.team.as_deref()).await?;
    Ok(StatusCode::NO_CONTENT)
}

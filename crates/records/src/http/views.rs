//! Views that are kept: `GET/POST/PATCH/DELETE /views`.

use super::{changing::if_match, parse_id, reading::versioned};
use crate::{
    catalog::Records,
    query::Question,
    saved_views::{self, SavedView, ViewInput},
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use base::Caller;
use serde_json::{Value as JsonValue, json};
use web::{Answer, Json, Needs, Query, Route, Routes, Signed};

pub fn routes() -> Routes<Records> {
    let list = json!({"type": "object", "required": ["items"],
        "properties": {"items": {"type": "array", "items": schema()}, "default": {"type": ["string", "null"]}}});
    let named = |route: Route<Records>, summary| route.needs(Needs::SignedIn).summary(summary).tag("views");
    const ONE: &str = "/views/{view}";
    Routes::new()
        .add(named(Route::get("/views", all), "List saved views").query(&["object"]).answers(list))
        .add(
            named(Route::post("/views", create), "Save a view")
                .body(input(&["object", "name"]))
                .answers(schema())
                .status(201),
        )
        .add(named(Route::get(ONE, one), "Get a saved view").answers(schema()))
        .add(named(Route::patch(ONE, change), "Change a saved view").body(input(&[])).answers(schema()))
        .add(named(Route::delete(ONE, delete), "Delete a saved view").status(204))
}

fn properties() -> JsonValue {
    let text = || json!({"type": "string"});
    json!({
        "object": text(),
        "name": text(),
        "audience": {"type": "string", "enum": ["private", "team", "all"]},
        "team": {"type": ["string", "null"]},
        "columns": {"type": "array", "items": text()},
        "filter": {"type": ["string", "null"]},
        "sort": {"type": ["string", "null"]},
        "group": {"type": ["string", "null"]},
        "totals": {"type": ["string", "null"]},
        "default": {"type": "boolean"},
    })
}

fn input(required: &[&str]) -> JsonValue {
    json!({"type": "object", "required": required, "properties": properties(), "additionalProperties": false})
}

fn schema() -> JsonValue {
    let mut properties = properties();
    properties["id"] = json!({"type": "string"});
    properties["owner"] = json!({"type": ["string", "null"]});
    properties["version"] = json!({"type": "integer"});
    properties["can_change"] = json!({"type": "boolean"});
    properties["broken"] = json!({"type": "array", "items": {"type": "object", "properties": {
        "part": {"type": "string"}, "code": {"type": "string"}, "message": {"type": "string"}}}});
    json!({"type": "object", "required": ["id", "object", "name"], "properties": properties})
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
struct ListViews {
    object: Option<String>,
}

/// With the one that the caller's lists of the object open with.
async fn all(
    State(records): State<Records>,
    Signed(caller): Signed,
    Query(asked): Query<ListViews>,
) -> Answer<Json<JsonValue>> {
    let question = Question::new(&records, &caller).await?;
    let found = saved_views::list(&records, &caller, asked.object.as_deref()).await?;
    let mut items = Vec::with_capacity(found.len());
    for view in &found {
        items.push(view.to_json(&question)?);
    }
    let mut answer = json!({"items": items});
    if asked.object.is_some() {
        answer["default"] = json!(saved_views::default_of(&found, &caller).map(|view| view.id));
    }
    Ok(Json(answer))
}

async fn create(
    State(records): State<Records>,
    Signed(caller): Signed,
    Json(input): Json<ViewInput>,
) -> Answer<Response> {
    let view = saved_views::create(&records, &caller, input).await?;
    answer(&records, &caller, &view, StatusCode::CREATED).await
}

async fn one(State(records): State<Records>, Signed(caller): Signed, Path(id): Path<String>) -> Answer<Response> {
    let view = saved_views::get(&records, &caller, parse_id(&id, "view")?).await?;
    answer(&records, &caller, &view, StatusCode::OK).await
}

async fn change(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    headers: HeaderMap,
    Json(input): Json<ViewInput>,
) -> Answer<Response> {
    let view = saved_views::change(&records, &caller, parse_id(&id, "view")?, if_match(&headers)?, input).await?;
    answer(&records, &caller, &view, StatusCode::OK).await
}

async fn delete(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Answer<StatusCode> {
    saved_views::delete(&records, &caller, parse_id(&id, "view")?, if_match(&headers)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The view with its version for `If-Match`.
async fn answer(records: &Records, caller: &Caller, view: &SavedView, status: StatusCode) -> Answer<Response> {
    let question = Question::new(records, caller).await?;
    Ok(versioned(status, view.version, Json(view.to_json(&question)?)))
}

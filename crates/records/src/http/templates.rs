//! Templates of records: `GET/POST/PATCH/DELETE /templates`.

use super::{changing::if_match, parse_id, reading::versioned};
use crate::{
    catalog::Records,
    query::Question,
    templates::{self, Template, TemplateInput},
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use base::{Caller, Result};
use serde_json::{Value as JsonValue, json};
use web::{Answer, Json, Needs, Query, Route, Routes, Signed};

pub fn routes() -> Routes<Records> {
    let list =
        json!({"type": "object", "required": ["items"], "properties": {"items": {"type": "array", "items": schema()}}});
    let named = |route: Route<Records>, summary| route.needs(Needs::SignedIn).summary(summary).tag("templates");
    const ONE: &str = "/templates/{template}";
    Routes::new()
        .add(named(Route::get("/templates", all), "List templates of records").query(&["object"]).answers(list))
        .add(
            named(Route::post("/templates", create), "Make a template of records, or one from a record")
                .body(input())
                .answers(schema())
                .status(201),
        )
        .add(named(Route::get(ONE, one), "Get a template of records").answers(schema()))
        .add(named(Route::patch(ONE, change), "Change a template of records").body(input()).answers(schema()))
        .add(named(Route::delete(ONE, delete), "Delete a template of records").status(204))
}

fn properties() -> JsonValue {
    let text = || json!({"type": "string"});
    json!({
        "object": text(),
        "name": text(),
        "audience": {"type": "string", "enum": ["private", "team", "all"]},
        "team": {"type": ["string", "null"]},
        "values": {"type": "object", "description": "Values by field; days may be {\"days_from_today\": 14}"},
    })
}

fn input() -> JsonValue {
    let mut properties = properties();
    properties["from"] = json!({"type": "string", "description": "A record whose values it begins with"});
    json!({"type": "object", "properties": properties, "additionalProperties": false})
}

fn schema() -> JsonValue {
    let mut properties = properties();
    properties["id"] = json!({"type": "string"});
    properties["owner"] = json!({"type": ["string", "null"]});
    properties["version"] = json!({"type": "integer"});
    properties["can_change"] = json!({"type": "boolean"});
    json!({"type": "object", "required": ["id", "object", "name", "values"], "properties": properties})
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
struct ListTemplates {
    object: Option<String>,
}

async fn all(
    State(records): State<Records>,
    Signed(caller): Signed,
    Query(asked): Query<ListTemplates>,
) -> Answer<Json<JsonValue>> {
    let question = Question::new(&records, &caller).await?;
    let found = templates::list(&records, &caller, asked.object.as_deref()).await?;
    let items: Vec<JsonValue> = found.iter().map(|one| shown(&question, one)).collect::<Result<_>>()?;
    Ok(Json(json!({"items": items})))
}

async fn create(
    State(records): State<Records>,
    Signed(caller): Signed,
    Json(input): Json<TemplateInput>,
) -> Answer<Response> {
    let template = templates::create(&records, &caller, input).await?;
    answer(&records, &caller, &template, StatusCode::CREATED).await
}

async fn one(State(records): State<Records>, Signed(caller): Signed, Path(id): Path<String>) -> Answer<Response> {
    let template = templates::get(&records, &caller, parse_id(&id, "template")?).await?;
    answer(&records, &caller, &template, StatusCode::OK).await
}

async fn change(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    headers: HeaderMap,
    Json(input): Json<TemplateInput>,
) -> Answer<Response> {
    let template = templates::change(&records, &caller, parse_id(&id, "template")?, if_match(&headers)?, input).await?;
    answer(&records, &caller, &template, StatusCode::OK).await
}

async fn delete(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Answer<StatusCode> {
    templates::delete(&records, &caller, parse_id(&id, "template")?, if_match(&headers)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The template with its version for `If-Match`.
async fn answer(records: &Records, caller: &Caller, template: &Template, status: StatusCode) -> Answer<Response> {
    let question = Question::new(records, caller).await?;
    Ok(versioned(status, template.version, Json(shown(&question, template)?)))
}

fn shown(question: &Question<'_>, template: &Template) -> Result<JsonValue> {
    Ok(template.to_json(&question.access(), question.catalog.object(&template.object)?))
}

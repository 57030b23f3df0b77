//! Maps of imports that are kept: `GET/POST/PATCH/DELETE /import-mappings`.

use super::parse_id;
use crate::{
    catalog::Records,
    import::mappings::{self, Mapping, MappingInput},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use serde_json::{Value as JsonValue, json};
use web::{Answer, Json, Needs, Query, Route, Routes, Signed};

pub fn routes() -> Routes<Records> {
    let properties = json!({"object": {"type": "string"}, "name": {"type": "string"}, "map": {"type": "string"}});
    let input = || json!({"type": "object", "properties": properties, "additionalProperties": false});
    let answer = || json!({"type": "object", "properties": {"id": {"type": "string"}, "name": {"type": "string"}}});
    let list = json!({"type": "object", "properties": {"items": {"type": "array", "items": answer()}}});
    let named = |route: Route<Records>, summary| route.needs(Needs::SignedIn).summary(summary).tag("imports");
    const ONE: &str = "/import-mappings/{mapping}";
    Routes::new()
        .add(named(Route::get("/import-mappings", all), "List saved maps").query(&["object"]).answers(list))
        .add(named(Route::post("/import-mappings", create), "Save a map").body(input()).answers(answer()).status(201))
        .add(named(Route::get(ONE, one), "Get a saved map").answers(answer()))
        .add(named(Route::patch(ONE, change), "Change a saved map").body(input()).answers(answer()))
        .add(named(Route::delete(ONE, delete), "Delete a saved map").status(204))
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
struct ListMappings {
    object: Option<String>,
}

async fn all(
    State(records): State<Records>,
    Signed(caller): Signed,
    Query(asked): Query<ListMappings>,
) -> Answer<Json<JsonValue>> {
    let found = mappings::list(&records, &caller, asked.object.as_deref()).await?;
    Ok(Json(json!({"items": found.iter().map(Mapping::to_json).collect::<Vec<_>>()})))
}

async fn create(
    State(records): State<Records>,
    Signed(caller): Signed,
    Json(input): Json<MappingInput>,
) -> Answer<(StatusCode, Json<JsonValue>)> {
    Ok((StatusCode::CREATED, Json(mappings::create(&records, &caller, input).await?.to_json())))
}

async fn one(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Answer<Json<JsonValue>> {
    Ok(Json(mappings::get(&records, &caller, parse_id(&id, "mapping")?).await?.to_json()))
}

async fn change(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    Json(input): Json<MappingInput>,
) -> Answer<Json<JsonValue>> {
    Ok(Json(mappings::change(&records, &caller, parse_id(&id, "mapping")?, input).await?.to_json()))
}

async fn delete(State(records): State<Records>, Signed(caller): Signed, Path(id): Path<String>) -> Answer<StatusCode> {
    mappings::delete(&records, &caller, parse_id(&id, "mapping")?).await?;
    Ok(StatusCode::NO_CONTENT)
}

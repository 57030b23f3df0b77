//! When two records of an object may be the same: `GET/PUT/DELETE /objects/{object}/duplicate-rules`.

use super::answered::{Action, by};
use crate::{
    catalog::Records,
    definitions,
    duplicates::{Rules, usual_rules},
};
use axum::extract::{Path, State};
use base::{Caller, Error, Result};
use serde_json::{Value as JsonValue, json};
use web::{Answer, Json, Route, Routes, Signed};

const PLACE: &str = "/objects/{object}/duplicate-rules";

pub fn routes() -> Routes<Records> {
    let percent = || json!({"type": "integer", "minimum": 0, "maximum": 100});
    let compares = ["exact", "text", "phone", "tax_id", "code", "name", "company_name", "address", "group"];
    let signal = json!({"type": "object", "additionalProperties": false, "required": ["fields", "compare", "points"],
        "properties": {"fields": {"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": 8},
            "compare": {"type": "string", "enum": compares}, "points": percent(), "similar": percent(),
            "against": percent()}});
    let properties = json!({
        "threshold": {"type": "integer", "minimum": 1, "maximum": 100, "default": 60},
        "on_entry": {"type": "string", "enum": ["warn", "refuse", "off"], "default": "warn"},
        "background": {"type": "boolean", "default": true},
        "signals": {"type": "array", "items": signal, "minItems": 1, "maxItems": 12}
    });
    let input =
        json!({"type": "object", "additionalProperties": false, "required": ["signals"], "properties": properties});
    let mut answer = input.clone();
    answer["properties"]["object"] = json!({"type": "string"});
    answer["properties"]["set"] = json!({"type": "boolean"});
    let named = |route: Route<Records>, summary| route.summary(summary).tag("objects").answers(answer.clone());
    Routes::new()
        .add(named(Route::get(PLACE, get), "Get the rules by which records are told to be the same"))
        .add(named(Route::put(PLACE, put), "Set the rules by which records are told to be the same").body(input))
        .add(named(Route::delete(PLACE, delete), "Go back to the usual rules for what is the same"))
}

async fn described(records: &Records, caller: &Caller, name: &str) -> Result<JsonValue> {
    let catalog = records.catalog(caller).await?;
    let object = catalog.object(name)?;
    let rules = object.duplicates.clone().unwrap_or_else(|| usual_rules(object));
    let mut shown = serde_json::to_value(rules).map_err(Error::internal)?;
    shown["object"] = json!(object.name);
    shown["set"] = json!(object.duplicates.is_some());
    Ok(shown)
}

async fn get(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path(object): Path<String>,
) -> Answer<Json<JsonValue>> {
    Ok(Json(described(&records, &caller, &object).await?))
}

async fn put(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path(object): Path<String>,
    Json(rules): Json<Rules>,
) -> Answer<(Action, Json<JsonValue>)> {
    let action = definitions::set_duplicate_rules(&records, &caller, &object, Some(&rules)).await?;
    Ok((by(action), Json(described(&records, &caller, &object).await?)))
}

async fn delete(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path(object): Path<String>,
) -> Answer<(Action, Json<JsonValue>)> {
    let action = definitions::set_duplicate_rules(&records, &caller, &object, None).await?;
    Ok((by(action), Json(described(&records, &caller, &object).await?)))
}

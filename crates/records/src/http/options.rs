//! The options of choices: how many records hold each, and one that gives way to another.

use crate::{
    catalog::Records,
    definitions::{self, Replacing},
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use serde_json::{Value as JsonValue, json};
use web::{Answer, Json, Route, Routes, Signed};

/// The schema of one option.
pub(super) fn schema() -> JsonValue {
    json!({"anyOf": [{"type": "string"}, {"type": "object", "required": ["code"], "additionalProperties": false,
        "properties": {"code": {"type": "string", "maxLength": 100}, "label": {"type": ["string", "object"]},
            "colour": {"type": ["string", "null"], "description": "a name of the palette, or #rrggbb"},
            "retired": {"type": "boolean", "default": false}}}]})
}

pub fn routes() -> Routes<Records> {
    let item = json!({"type": "object", "required": ["code", "records"], "properties": {
        "code": {"type": "string"}, "label": {"type": "object"}, "colour": {"type": "string"},
        "retired": {"type": "boolean"}, "records": {"type": "integer"},
        "named_by": {"type": "array", "items": {"type": "string"}},
        "unknown": {"type": "boolean", "description": "records hold it, and the field does not offer it"}}});
    Routes::new()
        .add(
            Route::get("/objects/{object}/fields/{field}/options", list)
                .summary("List the options of a field, and how many records hold each")
                .tag("objects")
                .answers(json!({"type": "object", "required": ["items"], "properties": {
                    "items": {"type": "array", "items": item}}})),
        )
        .add(
            Route::post("/objects/{object}/fields/{field}/options/{code}/replace", replace)
                .summary("Replace an option in all records, and take it out of the list")
                .tag("objects")
                .body(json!({"type": "object", "required": ["with"], "additionalProperties": false, "properties": {
                    "with": {"type": ["string", "null"]}}}))
                .answers(json!({"type": "object"}))
                .status(202),
        )
}

async fn list(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path((object, field)): Path<(String, String)>,
) -> Answer<Json<JsonValue>> {
    let items = definitions::options(&records, &caller, &object, &field).await?;
    Ok(Json(json!({"items": items})))
}

/// What comes in the place of the option; it must be said, also that nothing does.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    #[serde(deserialize_with = "said")]
    with: Option<String>,
}

fn said<'de, D: serde::Deserializer<'de>>(source: D) -> Result<Option<String>, D::Error> {
    serde::Deserialize::deserialize(source)
}

async fn replace(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path((object, field, code)): Path<(String, String, String)>,
    Json(Asked { with }): Json<Asked>,
) -> Answer<Response> {
    let wanted = Replacing { field, code, with };
    let begun = definitions::replace_option(&records, &caller, &object, wanted).await?;
    Ok(super::bulk::accepted(&begun, Some(&object)))
}

//! `GET …/tree`: a record's place in a hierarchy.

use super::parse_id;
use crate::{
    catalog::Records,
    hierarchy::{Place, TreeRequest},
    query::Question,
};
use axum::extract::{Path, State};
use serde_json::json;
use web::{Answer, Json, Needs, Query, Route, Routes, Signed};

pub fn routes() -> Routes<Records> {
    let named = json!({"id": {"type": "string"}, "title": {"type": "string"}});
    let counted = json!({
        "type": "object", "required": ["count", "exact"],
        "properties": {"count": {"type": "integer"}, "exact": {"type": "boolean"}}
    });
    let mut child = named.clone();
    child["children"] = json!({"type": "integer", "description": "How many stand right below it"});
    let answer = json!({
        "type": "object",
        "required": ["field", "id", "title", "ancestors", "children", "next", "direct", "below"],
        "properties": {
            "field": {"type": "string"}, "id": named["id"], "title": named["title"],
            "ancestors": {
                "type": "array", "items": {"type": "object", "properties": named},
                "description": "From the top down to the one right above it"
            },
            "children": {"type": "array", "items": {"type": "object", "properties": child}},
            "next": {"type": ["string", "null"]},
            "direct": counted, "below": counted,
        }
    });
    Routes::new().add(
        Route::get("/records/{object}/{id}/tree", tree)
            .needs(Needs::Object("read"))
            .summary("Get a record's place in a hierarchy")
            .tag("records")
            .query(&["field", "cursor"])
            .parameter("limit", json!({"type": "integer", "minimum": 1, "maximum": 200, "default": 50}))
            .answers(answer),
    )
}

async fn tree(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path((object, id)): Path<(String, String)>,
    Query(request): Query<TreeRequest>,
) -> Answer<Json<Place>> {
    let question = Question::new(&records, &caller).await?;
    let object = question.object(&object)?;
    Ok(Json(question.tree(object, parse_id(&id, "record")?, &request).await?))
}

//! `GET /search`: across all objects that the caller may see.

use crate::{catalog::Records, query::Question, search::Query as SearchQuery};
use axum::extract::State;
use base::{Error, message};
use serde_json::json;
use web::{Answer, Json, Needs, Query, Route, Routes, Signed};

/// Most hits of one answer, and how many there are when nobody says.
const MOST: usize = 50;
const USUAL: usize = 20;

pub fn routes() -> Routes<Records> {
    Routes::new().add(
        Route::get("/search", search)
            .needs(Needs::SignedIn)
            .summary("Search across objects")
            .tag("search")
            .query(&["q"])
            .parameter("limit", json!({"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}))
            .answers(json!({
                "type": "object",
                "properties": {"items": {"type": "array", "items": {
                    "type": "object",
                    "properties": {
                        "object": {"type": "string"}, "id": {"type": "string"}, "title": {"type": "string"},
                        "fields": {"type": "array", "items": {"type": "string"}},
                        "in": {"type": "string", "description": "The name of the document that has the words"}
                    },
                    "required": ["object", "id", "title"]
                }}},
                "required": ["items"]
            })),
    )
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Request {
    q: String,
    limit: Option<usize>,
}

async fn search(
    State(records): State<Records>,
    Signed(caller): Signed,
    Query(asked): Query<Request>,
) -> Answer<Json<serde_json::Value>> {
    let limit = asked.limit.unwrap_or(USUAL);
    if !(1..=MOST).contains(&limit) {
        return Err(Error::field("limit", message!("limit-range", most = MOST)).into());
    }
    let question = Question::new(&records, &caller).await?;
    let Some(query) = SearchQuery::parse("q", &asked.q)? else { return Ok(Json(json!({"items": []}))) };
    let mut reader = records.db().reader(&caller);
    let hits = records.search().find(&mut reader, question.access(), &query, limit).await?;
    let items: Vec<_> = hits
        .into_iter()
        .map(|hit| {
            let mut item = json!({"object": hit.object, "id": hit.id, "title": hit.title, "fields": hit.fields});
            if let Some(file) = hit.file {
                item["in"] = json!(file);
            }
            item
        })
        .collect();
    Ok(Json(json!({"items": items})))
}

//! `GET /search`: across all objects that the caller may see.

use crate::{
    catalog::Records,
    query::Question,
    recents::{self, Recent},
    search::{Found, Hit, Matched, Query as SearchQuery, Within},
};
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
            .query(&["q", "object"])
            .parameter("limit", json!({"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}))
            .answers(json!({
                "type": "object",
                "properties": {"items": {"type": "array", "items": {
                    "type": "object",
                    "properties": {
                        "object": {"type": "string"}, "id": {"type": "string"}, "title": {"type": "string"},
                        "fields": {"type": "array", "items": {"type": "string"}},
                        "in": {"type": "string", "description": "The name of the document that has the words"},
                        "matched": matched_schema()
                    },
                    "required": ["object", "id", "title"]
                }}, "did_you_mean": {"type": ["string", "null"]}},
                "required": ["items"]
            })),
    )
}

fn matched_schema() -> serde_json::Value {
    let mark = json!({"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2});
    json!({"type": "array", "items": {
        "type": "object",
        "properties": {
            "field": {"type": "string"}, "text": {"type": "string"}, "marks": {"type": "array", "items": mark}
        },
        "required": ["field", "text", "marks"]
    }})
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Request {
    q: String,
    object: Option<String>,
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
    let (within, text) =
        Within::parse(&question.access(), asked.object.as_deref())?.split(&question.access(), &asked.q);
    if text.trim().is_empty() {
        let recent = recents::list(&question, &within, limit).await?;
        return Ok(Json(json!({"items": recent.iter().map(looked_at).collect::<Vec<_>>(), "did_you_mean": null})));
    }
    let Some(query) = SearchQuery::parse("q", text)? else { return Ok(Json(answer(&Found::default()))) };
    let mut reader = records.db().reader(&caller);
    let found = records.search().find(&mut reader, question.access(), (&query, &within), limit).await?;
    Ok(Json(answer(&found)))
}

/// In the box before anything is typed.
fn looked_at(recent: &Recent) -> serde_json::Value {
    let mut hit = super::recents::shown(recent);
    hit["fields"] = json!([]);
    hit["matched"] = json!([]);
    hit
}

fn answer(found: &Found) -> serde_json::Value {
    json!({"items": found.hits.iter().map(hit).collect::<Vec<_>>(), "did_you_mean": found.did_you_mean})
}

fn hit(hit: &Hit) -> serde_json::Value {
    let fields: Vec<_> = hit.matched.iter().map(|matched| &matched.field).collect();
    let matched: Vec<_> = hit.matched.iter().map(matched).collect();
    let mut item =
        json!({"object": hit.object, "id": hit.id, "title": hit.title, "fields": fields, "matched": matched});
    if let Some(file) = &hit.file {
        item["in"] = json!(file);
    }
    item
}

fn matched(matched: &Matched) -> serde_json::Value {
    json!({"field": matched.field, "text": matched.text, "marks": matched.marks})
}

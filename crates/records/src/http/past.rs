//! `GET …/history` and `…/timeline`.

use super::parse_id;
use crate::{
    catalog::Records,
    history::Past,
    query::{DEFAULT_LIMIT, MOST, Question},
};
use axum::extract::{Path, State};
use base::{Error, Result, message};
use serde_json::json;
use web::{Answer, Json, Needs, Query, Route, Routes, Signed};

pub fn routes() -> Routes<Records> {
    let answer = || {
        json!({
            "type": "object",
            "properties": {
                "items": {"type": "array", "items": {"type": "object"}},
                "next": {"type": ["string", "null"]}
            },
            "required": ["items", "next"]
        })
    };
    let limit = || json!({"type": "integer", "minimum": 1, "maximum": 200, "default": 50});
    Routes::new()
        .add(
            Route::get("/records/{object}/{id}/history", history)
                .needs(Needs::Object("read"))
                .summary("Get the changes of a record")
                .tag("records")
                .query(&["cursor"])
                .parameter("limit", limit())
                .answers(answer()),
        )
        .add(
            Route::get("/records/{object}/{id}/timeline", timeline)
                .needs(Needs::Object("read"))
                .summary("Get everything that happened around a record")
                .tag("records")
                .query(&["cursor"])
                .parameter("limit", limit())
                .answers(answer()),
        )
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Request {
    cursor: Option<String>,
    limit: Option<u32>,
}

impl Request {
    fn limit(&self) -> Result<usize> {
        let limit = self.limit.unwrap_or(DEFAULT_LIMIT);
        match usize::try_from(limit) {
            Ok(count) if (1..=MOST).contains(&limit) => Ok(count),
            _ => Err(Error::field("limit", message!("limit-range", most = MOST))),
        }
    }
}

async fn history(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path((object, id)): Path<(String, String)>,
    Query(asked): Query<Request>,
) -> Answer<Json<serde_json::Value>> {
    let question = Question::new(&records, &caller).await?;
    let object = question.object(&object)?;
    let past = question.history(object, parse_id(&id, "record")?, asked.cursor.as_deref(), asked.limit()?).await?;
    Ok(page(past))
}

async fn timeline(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path((object, id)): Path<(String, String)>,
    Query(asked): Query<Request>,
) -> Answer<Json<serde_json::Value>> {
    let question = Question::new(&records, &caller).await?;
    let object = question.object(&object)?;
    let past = question.timeline(object, parse_id(&id, "record")?, asked.cursor.as_deref(), asked.limit()?).await?;
    Ok(page(past))
}

fn page(past: Past) -> Json<serde_json::Value> {
    Json(json!({"items": past.items, "next": past.next}))
}

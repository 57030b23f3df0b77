//! What the caller looked at last: `GET /recents`, and the notes about it.

use super::parse_id;
use crate::{
    catalog::Records,
    query::Question,
    recents::{self, MOST, Recent},
    search::Within,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use base::{Error, message};
use serde_json::{Value as JsonValue, json};
use web::{Answer, Json, Needs, Query, Route, Routes, Signed};

/// How many there are when nobody says.
const USUAL: usize = 20;

pub fn routes() -> Routes<Records> {
    let item = json!({
        "type": "object",
        "properties": {
            "object": {"type": "string"}, "id": {"type": "string"}, "title": {"type": "string"},
            "at": {"type": "string", "format": "date-time"}
        },
        "required": ["object", "id", "title", "at"]
    });
    let items = json!({"type": "object", "properties": {"items": {"type": "array", "items": item}}});
    let named = |route: Route<Records>, summary| route.needs(Needs::SignedIn).summary(summary).tag("search");
    Routes::new()
        .add(
            named(Route::get("/recents", list), "List what was looked at last")
                .query(&["object"])
                .parameter("limit", json!({"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}))
                .answers(items),
        )
        .add(named(Route::delete("/recents", forget), "Forget what was looked at").status(204))
        .add(named(Route::put("/recents/{object}/{id}", note), "Note that a record was looked at").status(204))
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Request {
    object: Option<String>,
    limit: Option<usize>,
}

async fn list(
    State(records): State<Records>,
    Signed(caller): Signed,
    Query(asked): Query<Request>,
) -> Answer<Json<JsonValue>> {
    let limit = asked.limit.unwrap_or(USUAL);
    if !(1..=MOST).contains(&limit) {
        return Err(Error::field("limit", message!("limit-range", most = MOST)).into());
    }
    let question = Question::new(&records, &caller).await?;
    let within = Within::parse(&question.access(), asked.object.as_deref())?;
    let found = recents::list(&question, &within, limit).await?;
    Ok(Json(json!({"items": found.iter().map(shown).collect::<Vec<_>>()})))
}

pub(super) fn shown(recent: &Recent) -> JsonValue {
    json!({"object": recent.object, "id": recent.id, "title": recent.title, "at": recent.at.rfc3339()})
}

async fn note(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path((object, id)): Path<(String, String)>,
) -> Answer<StatusCode> {
    let question = Question::new(&records, &caller).await?;
    recents::note(&question, question.object(&object)?, parse_id(&id, "record")?).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn forget(State(records): State<Records>, Signed(caller): Signed) -> Answer<StatusCode> {
    recents::forget(&records, &caller).await?;
    Ok(StatusCode::NO_CONTENT)
}

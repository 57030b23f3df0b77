//! `GET /records/{object}/{id}/household`: who shares an address, a telephone or an e-mail with a record.

use super::{duplicates::known, parse_id};
use crate::{catalog::Records, duplicates, query::Question, store::Work};
use axum::extract::{Path, State};
use serde_json::{Value as JsonValue, json};
use web::{Answer, Json, Needs, Route, Routes, Signed};

pub fn routes() -> Routes<Records> {
    Routes::new().add(
        Route::get("/records/{object}/{id}/household", household)
            .needs(Needs::Object("read"))
            .summary("List the records that share an address, a telephone or an e-mail with this one")
            .tag("records")
            .answers(json!({"type": "object", "required": ["items"], "properties": {"items": {"type": "array",
                    "items": {"type": "object", "required": ["id", "title", "shares"], "properties": {
                        "id": {"type": "string"}, "title": {"type": "string"},
                        "shares": {"type": "array", "items": {"type": "string"}}}}}}})),
    )
}

async fn household(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path((object, id)): Path<(String, String)>,
) -> Answer<Json<JsonValue>> {
    let work = Work::begin(&records, &caller).await?;
    let object = Question::new(&records, &caller).await?.object(&object)?.clone();
    let id = parse_id(&id, "record")?;
    let values = known(&work, &object, Some(id)).await?;
    let members = duplicates::household(&work, &object, id, &values).await?;
    let item = |member: &duplicates::Member| json!({"id": member.id, "title": member.title, "shares": member.shares});
    Ok(Json(json!({"items": members.iter().map(item).collect::<Vec<_>>()})))
}

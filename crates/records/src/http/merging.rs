//! `POST /records/{object}/merge`.

use super::{
    answered::{Answered, Once},
    changing::{shown, writable},
};
use crate::{
    catalog::Records,
    merge::{self, Wish},
    store::{Work, parse_input},
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use base::{Error, Id, Result, message};
use serde_json::{Map, Value, json};
use web::{Answer, Failure, Json, Needs, Route, Routes, Signed};

pub fn routes() -> Routes<Records> {
    Routes::new().add(
        Route::post("/records/{object}/merge", run)
            .needs(Needs::Object("update"))
            .summary("Make several records one")
            .tag("records")
            .body(json!({"type": "object", "required": ["survivor", "merged"], "additionalProperties": false,
                "properties": {
                    "survivor": {"type": "string"},
                    "merged": {"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": merge::MOST},
                    "fields": {"type": "object"},
                    "confirm": {"type": "boolean", "default": false}}}))
            .answers(super::document::record_schema()),
    )
}

#[derive(Debug, serde::Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields)]
struct Request {
    survivor: String,
    merged: Vec<String>,
    #[serde(default)]
    fields: Map<String, Value>,
    /// They are the same although they contradict each other.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    confirm: bool,
}

async fn run(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path(object): Path<String>,
    headers: HeaderMap,
    Json(asked): Json<Request>,
) -> Answer<Response> {
    let work = Work::begin(&records, &caller).await?;
    let object = writable(&work, &object)?;
    let body = serde_json::to_string(&asked).map_err(Error::internal)?;
    let once = Once::new(&records, &caller, &headers, &format!("{} merge", object.name), &body)?;
    if let Some(answered) = once.before(&records, &caller).await? {
        return Ok(answered.into_response());
    }
    let wish = Wish {
        survivor: id("survivor", &asked.survivor)?,
        merged: asked.merged.iter().map(|text| id("merged", text)).collect::<Result<_>>()?,
        values: parse_input(&work, object, &asked.fields)?,
        is_confirmed: asked.confirm,
    };
    merge::check(object, &wish)?;
    let answer = |one: &crate::store::Decided| {
        let body = shown(&work, object, one.after.id, &one.after.values)?;
        Ok::<_, Error>(Answered { status: StatusCode::OK, action: Some(work.action), body })
    };
    let kept = |one: &crate::store::Decided, batch: &mut db::Batch| {
        if once.is_named() {
            once.remember(&caller, batch, &answer(one)?);
        }
        Ok(())
    };
    match merge::merge(&work, object, &wish, kept).await {
        Ok(survivor) => Ok(answer(&survivor)?.into_response()),
        Err(Error::Conflict(message)) if message.code == merge::CONTRADICTION => {
            let found = merge::contradictions(&work, object, &wish).await?;
            let found = found.iter().map(merge::Contradiction::to_json).collect();
            let extra = Map::from_iter([("contradictions".to_owned(), Value::Array(found))]);
            Err(Failure::with(Error::Conflict(message), extra))
        }
        Err(error) => Ok(once.or_twin(&records, &caller, error).await?.into_response()),
    }
}

fn id(field: &str, text: &str) -> Result<Id> {
    text.parse().map_err(|_| Error::field(field, message!("relation-not-found", id = text)))
}

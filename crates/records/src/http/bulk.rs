//! `POST /records/{object}/bulk`: one change of all records that a filter finds; `/bulk/{id}`: how it is going.

use super::{answered::by, changing::writable, parse_id};
use crate::{
    bulk::{self, Bulk, Effect, Values, Wish},
    catalog::Records,
    query::{DEFAULT_LIMIT, MOST, Question},
    store::Work,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use base::{Caller, Error, Id, Result, message};
use serde_json::{Map, Value, json};
use web::{Answer, Json, Needs, Query, Route, Routes, Signed};

pub fn routes() -> Routes<Records> {
    let effects = json!({"type": "string", "enum": ["change", "delete", "restore"]});
    let body = json!({"type": "object", "required": ["do"], "additionalProperties": false, "properties": {
        "do": effects, "filter": {"type": "string"}, "search": {"type": "string"}, "fields": {"type": "object"},
        "add": {"type": "object"}, "remove": {"type": "object"}, "dry_run": {"type": "boolean", "default": false}}});
    Routes::new()
        .add(
            Route::post("/records/{object}/bulk", begin)
                .needs(Needs::Object("update"))
                .summary("Change all records that a filter finds")
                .tag("records")
                .body(body)
                .answers(json!({"type": "object"}))
                .status(202),
        )
        .add(
            Route::get("/bulk/{id}", get).needs(Needs::SignedIn).summary("See how far a bulk change is").tag("records"),
        )
        .add(
            Route::get("/bulk/{id}/left", left)
                .needs(Needs::SignedIn)
                .summary("List what a bulk change left as it was, and why")
                .tag("records")
                .query(&["cursor"])
                .parameter("limit", json!({"type": "integer", "minimum": 1, "maximum": 200, "default": 50})),
        )
        .add(
            Route::delete("/bulk/{id}", stop)
                .needs(Needs::SignedIn)
                .summary("Stop a bulk change")
                .tag("records")
                .status(204),
        )
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Request {
    #[serde(rename = "do")]
    effect: String,
    filter: Option<String>,
    search: Option<String>,
    fields: Map<String, Value>,
    add: Map<String, Value>,
    remove: Map<String, Value>,
    dry_run: bool,
}

impl Request {
    fn wish(self) -> Result<Wish> {
        let has_values = !(self.fields.is_empty() && self.add.is_empty() && self.remove.is_empty());
        let effect = match self.effect.as_str() {
            "change" => Effect::Change(Box::new(Values { fields: self.fields, add: self.add, remove: self.remove })),
            "delete" | "restore" if has_values => return Err(Error::field("fields", message!("bulk-no-fields"))),
            "delete" => Effect::Delete,
            "restore" => Effect::Restore,
            _ => return Err(Error::field("do", message!("bulk-unknown"))),
        };
        Ok(Wish { filter: self.filter, search: self.search, effect })
    }
}

async fn begin(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path(object): Path<String>,
    Json(asked): Json<Request>,
) -> Answer<Response> {
    let work = Work::begin(&records, &caller).await?;
    let object = writable(&work, &object)?;
    let question = Question { records: &records, caller: &caller, catalog: work.catalog.clone() };
    let (dry_run, wish) = (asked.dry_run, asked.wish()?);
    bulk::check(&work, object, &wish)?;
    let count = bulk::count(&question, object, &wish).await?;
    if dry_run {
        return Ok((StatusCode::OK, Json(json!({"count": count}))).into_response());
    }
    let begun = bulk::begin(&records, &caller, object.id, &wish, count).await?;
    Ok(accepted(&begun, Some(&object.name)))
}

/// It goes on in the background.
pub(super) fn accepted(bulk: &Bulk, object: Option<&str>) -> Response {
    (StatusCode::ACCEPTED, by(bulk.action), Json(bulk.to_json(object))).into_response()
}

async fn get(State(records): State<Records>, Signed(caller): Signed, Path(id): Path<String>) -> Answer<Json<Value>> {
    let bulk = find(&records, &caller, &id).await?;
    let catalog = records.catalog(&caller).await?;
    let object = catalog.object_by_id(bulk.object).ok();
    Ok(Json(bulk.to_json(object.map(|object| object.name.as_str()))))
}

async fn find(records: &Records, caller: &Caller, id: &str) -> Result<Bulk> {
    bulk::find(records, caller, parse_id(id, "record")?).await
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Page {
    cursor: Option<String>,
    limit: Option<u32>,
}

async fn left(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    Query(asked): Query<Page>,
) -> Answer<Json<Value>> {
    let bulk = find(&records, &caller, &id).await?;
    let limit = asked.limit.unwrap_or(DEFAULT_LIMIT);
    if !(1..=MOST).contains(&limit) {
        return Err(Error::field("limit", message!("limit-range", most = MOST)).into());
    }
    let unusable = |_| Error::field("cursor", message!("cursor-unusable"));
    let after = asked.cursor.as_deref().map_or(Ok(Id(0)), |text| text.parse().map_err(unusable))?;
    let all = bulk::left(&records, &caller, bulk.id, after, i64::from(limit)).await?;
    let next = all.last().filter(|_| all.len() == limit as usize).map(|(id, _)| *id);
    let items = all.iter().map(|(id, reason)| {
        let reason: Value = serde_json::from_str(reason).map_err(Error::internal)?;
        Ok(json!({"id": id, "code": reason["code"], "message": reason["message"]}))
    });
    Ok(Json(json!({"items": items.collect::<Result<Vec<_>>>()?, "next": next})))
}

async fn stop(State(records): State<Records>, Signed(caller): Signed, Path(id): Path<String>) -> Answer<StatusCode> {
    let bulk = find(&records, &caller, &id).await?;
    bulk::stop(&records, &caller, &bulk).await?;
    Ok(StatusCode::NO_CONTENT)
}

//! `/notifications`: what the caller should hear of.

use super::page_size;
use crate::{Talk, notices};
use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use base::{Error, Timestamp, message};
use records::http::parse_id;
use serde_json::{Value, json};
use web::{Answer, Json, Needs, Query, Route, Routes, Signed};

const USUAL: usize = 50;
const MOST: usize = 200;

pub(super) fn routes() -> Routes<Talk> {
    let time = || json!({"type": ["string", "null"], "format": "date-time"});
    let text = || json!({"type": ["string", "null"]});
    let item = json!({"type": "object", "required": ["id", "kind", "text", "count", "at", "read_at"], "properties": {
        "id": {"type": "string"}, "kind": {"type": "string"}, "text": {"type": "string"}, "code": {"type": "string"},
        "object": text(), "record": text(), "title": text(), "comment": text(), "by": {"type": ["object", "null"]},
        "count": {"type": "integer"}, "details": {"type": "object"}, "first_at": time(), "at": time(),
        "read_at": time()}});
    let page = json!({"type": "object", "required": ["items", "next"], "properties": {
        "items": {"type": "array", "items": item}, "next": {"type": ["string", "null"]}}});
    let count = json!({"type": "object", "required": ["unread", "exact"], "properties": {
        "unread": {"type": "integer"}, "exact": {"type": "boolean"}}});
    let named = |route: Route<Talk>, summary| route.needs(Needs::SignedIn).summary(summary).tag("notifications");
    Routes::new()
        .add(
            named(Route::get("/notifications", list), "List notifications")
                .query(&["cursor"])
                .parameter("unread", json!({"type": "boolean", "default": false}))
                .parameter("limit", json!({"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}))
                .answers(page),
        )
        .add(named(Route::get("/notifications/count", unread), "Count unread notifications").answers(count))
        .add(
            named(Route::patch("/notifications/{id}", mark), "Mark a notification as read or unread")
                .body(json!({"type": "object", "required": ["read"], "additionalProperties": false, "properties": {
                    "read": {"type": "boolean"}, "at": time()}}))
                .status(204),
        )
        .add(
            named(Route::post("/notifications/read", mark_all), "Mark notifications as read")
                .body(json!({"type": "object", "additionalProperties": false, "properties": {
                    "all": {"type": "boolean"}, "until": {"type": "string", "format": "date-time"}}}))
                .status(204),
        )
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Asked {
    unread: bool,
    cursor: Option<String>,
    limit: Option<usize>,
}

async fn list(State(talk): State<Talk>, Signed(caller): Signed, Query(asked): Query<Asked>) -> Answer<Json<Value>> {
    let limit = page_size(asked.limit, USUAL, MOST)?;
    let (seen, next) = notices::page(&talk, &caller, asked.unread, asked.cursor.as_deref(), limit).await?;
    let items = notices::said(&talk.records, &caller, &seen).await?;
    Ok(Json(json!({"items": items, "next": next})))
}

async fn unread(State(talk): State<Talk>, Signed(caller): Signed) -> Answer<Json<Value>> {
    let (unread, more) = notices::unread(&talk, &caller).await?;
    Ok(Json(json!({"unread": unread, "exact": !more})))
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Mark {
    read: bool,
    /// The `at` that was seen.
    at: Option<String>,
}

async fn mark(
    State(talk): State<Talk>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    Json(mark): Json<Mark>,
) -> Answer<StatusCode> {
    let unreadable = || Error::field("at", message!("notice-at"));
    let seen = mark.at.as_deref().map(|text| Timestamp::parse(text).ok_or_else(unreadable)).transpose()?;
    notices::mark_one(&talk, &caller, parse_id(&id, "notification")?, mark.read, seen).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
struct MarkAll {
    all: bool,
    until: Option<String>,
}

async fn mark_all(State(talk): State<Talk>, Signed(caller): Signed, Json(asked): Json<MarkAll>) -> Answer<StatusCode> {
    let unreadable = || Error::field("until", message!("notice-until"));
    let until = match (asked.all, asked.until.as_deref()) {
        (true, None) => Timestamp(i64::MAX),
        (false, Some(text)) => Timestamp::parse(text).ok_or_else(unreadable)?,
        _ => return Err(unreadable().into()),
    };
    notices::mark_until(&talk, &caller, until).await?;
    Ok(StatusCode::NO_CONTENT)
}

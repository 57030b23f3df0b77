//! `…/comments` of a record, and `/comments/{id}`.

use super::page_size;
use crate::{
    Talk,
    comments::{self, Around, Comment},
    mentions,
    place::{self, Place},
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use base::{Caller, Error, Id, Result, message};
use db::Batch;
use records::http::{Answered, Once, by, parse_id};
use serde_json::{Value, json};
use web::{Answer, Json, Needs, Query, Route, Routes, Signed};

/// Threads on a page when nobody says, and at most.
const USUAL: usize = 20;
const MOST: usize = 50;

pub(super) fn routes() -> Routes<Talk> {
    let (id, time) = (|| json!({"type": "string"}), || json!({"type": ["string", "null"], "format": "date-time"}));
    let comment = || {
        json!({"type": "object", "required": ["id", "object", "record", "parent", "body", "created_at", "version"],
            "properties": {"id": id(), "object": id(), "record": id(), "parent": {"type": ["string", "null"]},
                "author": {"type": ["object", "null"]}, "body": {"type": ["string", "null"]}, "created_at": time(),
                "edited_at": time(), "deleted_at": time(), "pinned": {"type": ["object", "null"]},
                "reactions": {"type": "array"}, "mentions": {"type": "array"}, "answers": {"type": "array"},
                "cannot_read": {"type": "array"}, "version": {"type": "integer"}}})
    };
    let body = json!({"type": "string", "contentMediaType": "text/html"});
    let page = json!({"type": "object", "required": ["items", "next"], "properties": {
        "items": {"type": "array", "items": comment()}, "next": {"type": ["string", "null"]}}});
    let named = |route: Route<Talk>, summary| route.summary(summary).tag("comments");
    Routes::new()
        .add(
            named(Route::get("/records/{object}/{id}/comments", list), "List the comments on a record")
                .needs(Needs::Object("read"))
                .query(&["cursor"])
                .parameter("limit", json!({"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}))
                .parameter("pinned", json!({"type": "boolean", "default": false}))
                .answers(page),
        )
        .add(
            named(Route::post("/records/{object}/{id}/comments", create), "Comment on a record")
                .needs(Needs::Object("read"))
                .body(json!({"type": "object", "required": ["body"], "additionalProperties": false, "properties": {
                    "body": body, "parent": {"type": ["string", "null"]}}}))
                .answers(comment())
                .status(201),
        )
        .add(named(Route::get("/comments/{id}", get), "Get a comment").needs(Needs::SignedIn).answers(comment()))
        .add(
            named(Route::patch("/comments/{id}", change), "Change a comment")
                .needs(Needs::SignedIn)
                .body(json!({"type": "object", "required": ["body"], "additionalProperties": false, "properties": {
                    "body": body}}))
                .answers(comment()),
        )
        .add(named(Route::delete("/comments/{id}", delete), "Delete a comment").needs(Needs::SignedIn).status(204))
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Asked {
    cursor: Option<String>,
    limit: Option<usize>,
    pinned: bool,
}

async fn list(
    State(talk): State<Talk>,
    Signed(caller): Signed,
    Path((object, id)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Answer<Json<Value>> {
    let limit = page_size(asked.limit, USUAL, MOST)?;
    let unusable = |_| Error::field("cursor", message!("cursor-unusable"));
    let before = asked.cursor.as_deref().map_or(Ok(Id(i64::MAX)), |text| text.parse().map_err(unusable))?;
    let place = place::find(&talk.records, &caller, &object, parse_id(&id, "record")?).await?;
    let mut reader = talk.records.db().reader(&caller);
    let (threads, more) = comments::threads(&mut reader, &caller, &place, asked.pinned, before, limit).await?;
    drop(reader);
    let all: Vec<&Comment> =
        threads.iter().flat_map(|thread| std::iter::once(&thread.first).chain(&thread.answers)).collect();
    let around = Around::load(&talk.records, &caller, &all).await?;
    let items: Vec<Value> = threads.iter().map(|thread| around.thread(thread, &place)).collect();
    let next = threads.last().filter(|_| more).map(|thread| thread.first.id);
    Ok(Json(json!({"items": items, "next": next})))
}

async fn get(State(talk): State<Talk>, Signed(caller): Signed, Path(id): Path<String>) -> Answer<Json<Value>> {
    let (comment, place) = comments::get(&talk.records, &caller, parse_id(&id, "comment")?).await?;
    let around = Around::load(&talk.records, &caller, &[&comment]).await?;
    Ok(Json(around.comment(&comment, &place)))
}

#[derive(Debug, serde::Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields)]
struct New {
    body: String,
    parent: Option<String>,
}

async fn create(
    State(talk): State<Talk>,
    Signed(caller): Signed,
    Path((object, id)): Path<(String, String)>,
    headers: HeaderMap,
    Json(new): Json<New>,
) -> Answer<Response> {
    let records = &talk.records;
    let place = place::find(records, &caller, &object, parse_id(&id, "record")?).await?;
    let asked = json!(new).to_string();
    let once = Once::new(records, &caller, &headers, &format!("{object} comment {id}"), &asked)?;
    if let Some(answered) = once.before(records, &caller).await? {
        return Ok(answered.into_response());
    }
    let unknown = |_| Error::field("parent", message!("comment-parent-unknown"));
    let parent: Option<Id> = new.parent.as_deref().map(|text| text.parse().map_err(unknown)).transpose()?;
    let draft = comments::create(&talk, &caller, &place, &new.body, parent).await?;
    let body = with_deaf(&talk, &caller, (&draft.comment, &place)).await?.to_string();
    let answered = Answered { status: StatusCode::CREATED, action: Some(draft.action), body };
    let mut batch = Batch::new();
    draft.write(&caller, &mut batch);
    once.commit(records, &caller, batch, answered).await
}

/// A comment, and those whom it mentions in vain.
async fn with_deaf(talk: &Talk, caller: &Caller, (comment, place): (&Comment, &Place)) -> Result<Value> {
    let around = Around::load(&talk.records, caller, &[comment]).await?;
    let about = (comment.object, place.id);
    let deaf = mentions::cannot_read(&talk.records, &talk.people, &mentions::users(&comment.body), about).await?;
    let mut shown = around.comment(comment, place);
    shown["cannot_read"] = deaf.into_iter().map(|user| around.user(user)).collect();
    Ok(shown)
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Changed {
    body: String,
}

async fn change(
    State(talk): State<Talk>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    Json(changed): Json<Changed>,
) -> Answer<Response> {
    let id = parse_id(&id, "comment")?;
    let (comment, action) = comments::change_body(&talk, &caller, id, &changed.body).await?;
    let place = place::of(&talk.records, &caller, comment.object, comment.record).await?;
    let shown = with_deaf(&talk, &caller, (&comment, &place)).await?;
    Ok((action.map(by), Json(shown)).into_response())
}

async fn delete(State(talk): State<Talk>, Signed(caller): Signed, Path(id): Path<String>) -> Answer<Response> {
    let action = comments::delete(&talk, &caller, parse_id(&id, "comment")?, None).await?;
    Ok((StatusCode::NO_CONTENT, by(action)).into_response())
}
